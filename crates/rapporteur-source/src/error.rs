//! Why an input could not become a report: always with the path, what is wrong and what to do.

use std::path::PathBuf;

/// An input that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{}: {}", path.display(), kind)]
pub struct Error {
    path: PathBuf,
    kind: ErrorKind,
}

impl Error {
    pub(crate) fn new(path: impl Into<PathBuf>, kind: ErrorKind) -> Self {
        Error { path: path.into(), kind }
    }

    /// The input meant, as given; `-` for standard input.
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// What is wrong, without the path.
    pub fn what(&self) -> String {
        self.kind.to_string()
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self.kind {
            ErrorKind::NotFound => "check the spelling; a relative path starts at the folder you are in",
            ErrorKind::Unreadable(_) => "check who may read it",
            ErrorKind::Empty => "a report needs some text",
            ErrorKind::Binary => "give the article as plain text",
            ErrorKind::NoArticle => {
                "check that it is the page of one article, or save the article's text as a .txt file"
            }
            ErrorKind::TooLarge { .. } => "give one article a file; a report is a few thousand words",
            ErrorKind::NoReports => "put the articles there as .txt or .html files, or name the files themselves",
            ErrorKind::BadSidecar(_) => {
                "a sidecar is a JSON object with any of outlet, url, published, title, byline, each a string"
            }
        }
    }
}

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ErrorKind {
    #[error("there is no such file or folder")]
    NotFound,
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
    #[error("is empty")]
    Empty,
    #[error("is not text (it has the bytes of a binary file)")]
    Binary,
    #[error("no article text was found in the page")]
    NoArticle,
    #[error("has {bytes} bytes, more than the limit of {limit} for one report")]
    TooLarge { bytes: u64, limit: u64 },
    #[error("the folder has no report in it")]
    NoReports,
    #[error("the sidecar cannot be used: {0}")]
    BadSidecar(String),
}

impl ErrorKind {
    pub(crate) fn io(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => ErrorKind::NotFound,
            _ => ErrorKind::Unreadable(error),
        }
    }
}
