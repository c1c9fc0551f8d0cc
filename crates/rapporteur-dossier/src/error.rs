//! Why a dossier could not do what was asked: which file, what is wrong, what to do.

use std::path::{Path, PathBuf};

/// A dossier that could not do what was asked of it. Nothing that was acknowledged before is lost by it.
#[derive(Debug, thiserror::Error)]
#[error("{}: {kind}", path.display())]
pub struct Error {
    path: PathBuf,
    kind: ErrorKind,
}

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ErrorKind {
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
    #[error("may not be written to")]
    ReadOnly,
    #[error("is damaged: {0}")]
    Damaged(String),
    #[error("there is no {what} {id:?} in it")]
    NoSuch { what: &'static str, id: String },
    #[error("{id:?} could be {} of its reports", .count)]
    Ambiguous { id: String, count: usize },
    #[error("{0:?} cannot be searched for")]
    BadQuery(String),
    #[error("cannot be used: {0}")]
    Sql(rusqlite::Error),
}

impl Error {
    pub(crate) fn new(path: &Path, kind: impl Into<ErrorKind>) -> Self {
        Error { path: path.to_owned(), kind: kind.into() }
    }

    /// The file meant.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is wrong, without the path.
    pub fn what(&self) -> String {
        self.kind.to_string()
    }

    /// Whether waiting and trying again may help.
    pub fn is_busy(&self) -> bool {
        matches!(self.kind, ErrorKind::Busy)
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self.kind {
            ErrorKind::NotFound => "check the spelling; 'rapporteur add REPORTS --into FILE' makes a new one",
            ErrorKind::NotADossier => "give a file that 'rapporteur add --into' made; nothing was changed",
            ErrorKind::Newer { .. } => "use that version; nothing was changed",
            ErrorKind::Busy => "try again when it is done; nothing was lost",
            ErrorKind::CannotOpen(_) => "check that its folder is there and that you may write in it",
            ErrorKind::CannotWrite(_) | ErrorKind::Full => {
                "make room and run the same command again; every report acknowledged so far is kept"
            }
            ErrorKind::ReadOnly => "check who may write the file and its folder",
            ErrorKind::Damaged(_) => "'rapporteur check-file FILE' tells what is hurt; take the last good copy",
            ErrorKind::NoSuch { .. } => "'rapporteur list --from FILE' shows the reports, 'stories' the stories",
            ErrorKind::Ambiguous { .. } => "give more of its letters",
            ErrorKind::BadQuery(_) => "give some words",
            ErrorKind::Sql(_) => "'rapporteur check-file FILE' tells whether the file is whole",
        }
    }
}

impl From<rusqlite::Error> for ErrorKind {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => ErrorKind::Busy,
            Some(Code::DiskFull) => ErrorKind::Full,
            Some(Code::ReadOnly | Code::PermissionDenied) => ErrorKind::ReadOnly,
            Some(Code::NotADatabase) => ErrorKind::NotADossier,
            Some(Code::CannotOpen) => ErrorKind::CannotOpen(plain(&error)),
            Some(Code::SystemIoFailure) => ErrorKind::CannotWrite(plain(&error)),
            Some(Code::DatabaseCorrupt) => ErrorKind::Damaged(error.to_string()),
            _ => ErrorKind::Sql(error),
        }
    }
}

/// What SQLite says, without its numbers.
fn plain(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(told)) => told.clone(),
        other => other.to_string(),
    }
}

impl From<serde_json::Error> for ErrorKind {
    fn from(error: serde_json::Error) -> Self {
        ErrorKind::Damaged(error.to_string())
    }
}

impl From<std::io::Error> for ErrorKind {
    fn from(error: std::io::Error) -> Self {
        ErrorKind::Damaged(error.to_string())
    }
}
