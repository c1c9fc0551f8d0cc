//! Why a pipeline could not be had. Analysis itself never fails: any text has an analysis.

use std::path::PathBuf;

/// What went wrong while loading or converting a pipeline, or choosing its kernels.
///
/// Opaque and small to pass on; ask with [`Error::is_unsupported`] and its siblings.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Kind>);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("cannot read {path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("not a sound model file: {0}")]
    Damaged(String),
    #[error("cannot run this pipeline: component {component:?}: {what}")]
    Unsupported { component: String, what: String },
    #[error("{0}")]
    Unavailable(String),
    #[cfg(not(feature = "convert"))]
    #[error("{0} is a folder: reading spaCy folders needs the feature \"convert\"")]
    Folder(PathBuf),
}

impl Error {
    pub(crate) fn io(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self(Box::new(Kind::Io { path: path.into(), source }))
    }

    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self(Box::new(Kind::Damaged(what.into())))
    }

    pub(crate) fn unsupported(component: impl Into<String>, what: impl Into<String>) -> Self {
        Self(Box::new(Kind::Unsupported { component: component.into(), what: what.into() }))
    }

    pub(crate) fn unavailable(what: impl Into<String>) -> Self {
        Self(Box::new(Kind::Unavailable(what.into())))
    }

    #[cfg(not(feature = "convert"))]
    pub(crate) fn folder(path: impl Into<PathBuf>) -> Self {
        Self(Box::new(Kind::Folder(path.into())))
    }

    /// The file or folder could not be read at all.
    pub fn is_io(&self) -> bool {
        matches!(*self.0, Kind::Io { .. })
    }

    /// The bytes are not a sound model: cut off, changed, or something else altogether.
    pub fn is_damaged(&self) -> bool {
        matches!(*self.0, Kind::Damaged(_))
    }

    /// The pipeline is sound but has a part that this crate cannot run; the message names the component.
    pub fn is_unsupported(&self) -> bool {
        matches!(*self.0, Kind::Unsupported { .. })
    }

    /// The version of the kernels that was asked for is not to be had: no such name, not on this processor, or too late.
    pub fn is_unavailable(&self) -> bool {
        matches!(*self.0, Kind::Unavailable(_))
    }
}
