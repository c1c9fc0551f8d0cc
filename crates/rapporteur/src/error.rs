//! What can go wrong, as one type whatever part of the house it comes from.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rapporteur_schema::ErrorKind;

/// Something that could not be done. What was acknowledged before is kept all the same.
///
/// It says what is wrong in words for people ([`Error::what`]), with the path where a file is meant, and for programs what sort
/// of thing it is ([`Error::kind`], or a predicate such as [`Error::is_busy`]). What to do about it is for the program to
/// say that knows how it is asked: a command names options, a page its fields.
///
/// # Example
/// ```
/// let error = rapporteur::Store::open("no-such.dossier".as_ref()).unwrap_err();
/// assert!(error.is_not_found() && !error.is_busy());
/// assert_eq!(error.to_string(), "no-such.dossier: there is no such dossier");
/// ```
#[derive(Clone, Debug)]
pub struct Error {
    kind: ErrorKind,
    path: Option<PathBuf>,
    what: String,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, what: impl Into<String>) -> Self {
        Error { kind, path: None, what: what.into(), source: None }
    }

    fn of(
        kind: ErrorKind,
        path: Option<&Path>,
        what: String,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        Error { kind, path: path.map(Path::to_owned), what, source: Some(Arc::new(source)) }
    }

    /// What sort of thing is wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The file or the input meant, where there is one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What is wrong, without the path.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Whether what was asked for is not there: a file, a report, a story, a fact, a name, a correction.
    pub fn is_not_found(&self) -> bool {
        use ErrorKind as K;
        matches!(
            self.kind,
            K::NoDossier | K::NoSuchReport | K::NoSuchStory | K::NoSuchCorrection | K::NoSuchFact | K::NoSuchEntity
        )
    }

    /// Whether another process is at it: waiting and trying again may help.
    pub fn is_busy(&self) -> bool {
        self.kind == ErrorKind::Busy
    }

    /// Whether what was given could mean several things: more of it tells which.
    pub fn is_ambiguous(&self) -> bool {
        self.kind == ErrorKind::Ambiguous
    }

    /// Whether a correction was refused because it makes no sense for its fact, or lacks a word; nothing was changed.
    pub fn is_refused(&self) -> bool {
        matches!(self.kind, ErrorKind::Refused | ErrorKind::Incomplete)
    }

    /// Whether a value is not of its form: a date that is none, a citation that does not read so.
    pub fn is_invalid(&self) -> bool {
        self.kind == ErrorKind::Invalid
    }

    /// Whether the file is damaged.
    pub fn is_damaged(&self) -> bool {
        self.kind == ErrorKind::Damaged
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{}: {}", path.display(), self.what),
            None => f.write_str(&self.what),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The words of the source are those of this error: what lies behind it is the next cause.
        self.source.as_deref().and_then(std::error::Error::source)
    }
}

impl From<rapporteur_dossier::Error> for Error {
    fn from(error: rapporteur_dossier::Error) -> Self {
        let (path, what) = (error.path().to_owned(), error.what());
        Error::of(error.kind(), Some(&path), what, error)
    }
}

impl From<rapporteur_schema::Error> for Error {
    fn from(error: rapporteur_schema::Error) -> Self {
        Error::of(ErrorKind::Invalid, None, error.to_string(), error)
    }
}

impl From<rapporteur_source::Error> for Error {
    fn from(error: rapporteur_source::Error) -> Self {
        let (path, what) = (error.path().to_owned(), error.what());
        Error::of(ErrorKind::Input, Some(&path), what, error)
    }
}

impl From<rapporteur_record::Refusal> for Error {
    fn from(refusal: rapporteur_record::Refusal) -> Self {
        use rapporteur_record::Refusal as R;
        use rapporteur_schema::FactKind;
        let kind = match &refusal {
            R::NoSuchFact { kinds, .. } if kinds.as_slice() == [FactKind::Entity] => ErrorKind::NoSuchEntity,
            R::NoSuchFact { .. } => ErrorKind::NoSuchFact,
            R::Ambiguous { .. } => ErrorKind::Ambiguous,
            R::Missing(_) => ErrorKind::Incomplete,
            R::NotADate { .. } => ErrorKind::Invalid,
            _ => ErrorKind::Refused,
        };
        Error::of(kind, None, refusal.to_string(), refusal)
    }
}
