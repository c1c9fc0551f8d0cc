//! Why a dossier could not do what was asked: which file, and what is wrong.

use std::path::{Path, PathBuf};

use rapporteur_schema::ErrorKind;

/// A dossier that could not do what was asked of it. Nothing that was acknowledged before is lost by it.
#[derive(Debug, thiserror::Error)]
#[error("{}: {cause}", path.display())]
pub struct Error {
    path: PathBuf,
    cause: Cause,
}

/// What is wrong, with what belongs to it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Cause {
    #[error("there is no such dossier")]
    NotFound,
    #[error("is not a dossier")]
    NotADossier,
    #[error("was written by a newer version of Rapporteur (form {found}; this version knows up to {known})")]
    Newer { found: i64, known: i64 },
    #[error("another process has been writing to it for too long")]
    Busy,
    #[error("there is no space left on the disk")]
    Full,
    #[error("cannot be opened: {0}")]
    CannotOpen(String),
    #[error("cannot be written: {0}")]
    CannotWrite(String),
    #[error("may only be read, not written to")]
    ReadOnly,
    #[error("is damaged: {0}")]
    Damaged(String),
    #[error(
        "has something in it that no dossier has ({0}); it is not opened, for such a thing could change what is read"
    )]
    Strange(String),
    #[error(
        "may only be read, and its last changes stand in a file beside it (-wal) that cannot be used so; copy both to where they may be written"
    )]
    LogBeside,
    #[error("there is no {} {id:?} in it", .what.as_str())]
    NoSuch { what: Item, id: String },
    #[error("{id:?} could be {count} of its {}", .what.plural())]
    Ambiguous { what: Item, id: String, count: usize },
    #[error("{0:?} cannot be searched for")]
    BadQuery(String),
    #[error("cannot be used: {0}")]
    Sql(rusqlite::Error),
}

/// What is kept under an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    Report,
    Story,
    Correction,
}

impl Item {
    fn as_str(self) -> &'static str {
        match self {
            Item::Report => "report",
            Item::Story => "story",
            Item::Correction => "correction",
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Item::Report => "reports",
            Item::Story => "stories",
            Item::Correction => "corrections",
        }
    }
}

impl Error {
    pub(crate) fn new(path: &Path, cause: impl Into<Cause>) -> Self {
        Error { path: path.to_owned(), cause: cause.into() }
    }

    /// The file meant.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is wrong, without the path.
    pub fn what(&self) -> String {
        self.cause.to_string()
    }

    /// Whether it can be read only together with what stands beside it, which is not possible where it is.
    pub(crate) fn is_log_beside(&self) -> bool {
        matches!(self.cause, Cause::LogBeside)
    }

    /// What sort of thing is wrong.
    pub fn kind(&self) -> ErrorKind {
        match self.cause {
            Cause::NotFound => ErrorKind::NoDossier,
            Cause::NotADossier => ErrorKind::NotADossier,
            Cause::Newer { .. } => ErrorKind::Newer,
            Cause::Busy => ErrorKind::Busy,
            Cause::Full => ErrorKind::Full,
            Cause::CannotOpen(_) => ErrorKind::CannotOpen,
            Cause::CannotWrite(_) => ErrorKind::CannotWrite,
            Cause::ReadOnly => ErrorKind::ReadOnly,
            Cause::Damaged(_) => ErrorKind::Damaged,
            Cause::Strange(_) => ErrorKind::NotADossier,
            Cause::LogBeside => ErrorKind::ReadOnly,
            Cause::NoSuch { what: Item::Report, .. } => ErrorKind::NoSuchReport,
            Cause::NoSuch { what: Item::Story, .. } => ErrorKind::NoSuchStory,
            Cause::NoSuch { what: Item::Correction, .. } => ErrorKind::NoSuchCorrection,
            Cause::Ambiguous { .. } => ErrorKind::Ambiguous,
            Cause::BadQuery(_) => ErrorKind::BadQuery,
            Cause::Sql(_) => ErrorKind::Other,
        }
    }
}

impl From<rusqlite::Error> for Cause {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Cause::Busy,
            Some(Code::DiskFull) => Cause::Full,
            Some(Code::ReadOnly | Code::PermissionDenied) => Cause::ReadOnly,
            Some(Code::NotADatabase) => Cause::NotADossier,
            Some(Code::CannotOpen) => Cause::CannotOpen(plain(&error)),
            Some(Code::SystemIoFailure) => Cause::CannotWrite(plain(&error)),
            Some(Code::DatabaseCorrupt) => Cause::Damaged(error.to_string()),
            _ => Cause::Sql(error),
        }
    }
}

/// What SQLite says, without its numbers.
fn plain(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}

impl From<serde_json::Error> for Cause {
    fn from(error: serde_json::Error) -> Self {
        Cause::Damaged(error.to_string())
    }
}

impl From<std::io::Error> for Cause {
    fn from(error: std::io::Error) -> Self {
        Cause::Damaged(error.to_string())
    }
}
