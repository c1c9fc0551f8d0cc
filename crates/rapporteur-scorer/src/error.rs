//! Why a scorer could not be had. Scoring itself never fails: every candidate has a score.

/// What went wrong while a model was read. Ask with [`Error::is_damaged`] and its siblings.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Kind>);

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("not a sound model file: {0}")]
    Damaged(String),
    #[error("cannot run this model: {0}")]
    Unsupported(String),
}

impl Error {
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self(Box::new(Kind::Damaged(what.into())))
    }

    pub(crate) fn unsupported(what: impl Into<String>) -> Self {
        Self(Box::new(Kind::Unsupported(what.into())))
    }

    /// The bytes are not a sound model: cut off, changed, or something else altogether.
    pub fn is_damaged(&self) -> bool {
        matches!(*self.0, Kind::Damaged(_))
    }

    /// The model is sound but of a shape that this crate does not run; the message says what.
    pub fn is_unsupported(&self) -> bool {
        matches!(*self.0, Kind::Unsupported(_))
    }
}
