//! Why an input could not become a report: always with the path, what is wrong and what to do.

use std::path::PathBuf;

use crate::format::Other;
use crate::http::FetchError;

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
        match &self.kind {
            ErrorKind::NotFound => "check the spelling; a relative path starts at the folder you are in",
            ErrorKind::Unreadable(_) => "check who may read it",
            ErrorKind::Empty => "a report needs some text",
            ErrorKind::Binary => "give the article as plain text",
            ErrorKind::Other(Other::OldOffice) => "open it and save it as .docx (a message as .eml), then give that",
            ErrorKind::Other(Other::Database) => {
                "a dossier is read with '--from FILE' ('rapporteur brief --from talks.dossier'), not as a path"
            }
            ErrorKind::Other(Other::Picture) => "have its text recognised (OCR) and give that as .txt or .pdf",
            ErrorKind::Other(Other::Recording) => "give its transcript: .txt, or subtitles as .srt or .vtt",
            ErrorKind::Package(_) => "open it in the program that wrote it and save it again as .docx or .odt",
            ErrorKind::ForeignPackage => "give one article a file, as .docx, .odt or .pdf; unpack an archive first",
            #[cfg(not(all(feature = "documents", feature = "pdf")))]
            ErrorKind::LeftOut(_) => "save it as text and give that, or build with the features 'documents' and 'pdf'",
            ErrorKind::Mail(_) => "open it in a mail program and save it as .eml or .txt",
            ErrorKind::NoSubtitles => "subtitles have a line of times (00:00:01,000 --> 00:00:02,500) before each",
            ErrorKind::NoColumn => {
                "a table needs a row of names at its head, one of them text, body or content; name others outlet, title, \
                 author, published, url"
            }
            ErrorKind::Scanned => "have its text recognised (OCR; 'ocrmypdf IN OUT' does it) and give what comes out",
            ErrorKind::Pdf(_) => "open it and print it to a new PDF, or copy its text into a .txt file",
            ErrorKind::PdfTooMuch => "print the pages of the article alone to a new PDF, or give its text as .txt",
            ErrorKind::PdfProcess(_) => "the command rapporteur reads it; else give its text ('pdftotext FILE')",
            ErrorKind::TooLarge { .. } | ErrorKind::TooMuch { .. } => {
                "give one article a file; a report is a few thousand words"
            }
            ErrorKind::NotOne(_) => {
                "give the text or the page of one article; feeds, archives and JSON are read from files"
            }
            ErrorKind::Xml(_) => "give a page (.html), a feed (RSS, Atom) or an OPML list of feeds",
            #[cfg(feature = "feeds")]
            ErrorKind::Feed(_) => "open it in a browser; it should be RSS, Atom or JSON Feed",
            #[cfg(feature = "feeds")]
            ErrorKind::NoFeeds => "each feed of an OPML list is an <outline> with an xmlUrl that is a web address",
            ErrorKind::Object { .. } => {
                "each report is a JSON object with its text in text, body, content, articleBody or body_text"
            }
            ErrorKind::Record { .. } => {
                "the records that could be read were read; fetch the archive again if it was cut"
            }
            ErrorKind::Gzip(_) => "fetch the file again; `gzip -t` tells whether it is whole",
            ErrorKind::NoFetcher if cfg!(feature = "fetch") => "save the page and give the file, or allow fetching",
            ErrorKind::NoFetcher => "save the page and give the file, or build with the feature 'fetch'",
            #[cfg(not(feature = "feeds"))]
            ErrorKind::NoFeedReader => "give the pages of the articles, or build with the feature 'feeds'",
            ErrorKind::Scheme => "give an http or https address, or the path of a file without `file:`",
            ErrorKind::Fetch(error) => error.help(),
            ErrorKind::NoArticle => {
                "check that it is the page of one article, or save the article's text as a .txt file"
            }
            ErrorKind::NoFile(_) => "name it itself if it is meant: what is named is read, whatever it is",
            ErrorKind::LinkOutside(_) => "name the file it leads to, or allow it with '--follow-links'",
            ErrorKind::TooMuchText { .. } | ErrorKind::TooManyParagraphs { .. } => {
                "give one article a file; a report is a few thousand words"
            }
            ErrorKind::NoReports => "put the articles there (.txt, .html, .pdf, .docx …), or name the files themselves",
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
    #[error("is {}", match .0 {
        Other::OldOffice => "an Office file of before 2007 (.doc, .xls, .ppt, .msg), which is not read",
        Other::Database => "a database: a dossier, perhaps, and no report",
        Other::Picture => "a picture, not text",
        Other::Recording => "a recording, not text",
    })]
    Other(Other),
    #[error("the document is damaged: {0}")]
    Package(String),
    #[error("is a zip file, but no document of a word processor")]
    ForeignPackage,
    #[cfg(not(all(feature = "documents", feature = "pdf")))]
    #[error("is {0}, which this build does not read")]
    LeftOut(&'static str),
    #[error("the message cannot be read: {0}")]
    Mail(String),
    #[error("has no subtitles in it")]
    NoSubtitles,
    #[error("is a table without a column of texts")]
    NoColumn,
    #[error("has no text: its pages are pictures (scanned)")]
    Scanned,
    #[error("the PDF cannot be read: {0}")]
    Pdf(String),
    #[error("the PDF takes more time or memory than one report may")]
    PdfTooMuch,
    #[error("a PDF is read by a process of its own, which cannot be started here: {0}")]
    PdfProcess(String),
    #[error("no article text was found in the page")]
    NoArticle,
    #[error("is {0}, not the text of one article")]
    NotOne(&'static str),
    #[error("has {bytes} bytes, more than the limit of {limit} for one report")]
    TooLarge { bytes: u64, limit: u64 },
    #[error("has more than the limit of {limit} bytes for one report")]
    TooMuch { limit: u64 },
    #[error("is XML of another kind (<{0}>)")]
    Xml(String),
    #[cfg(not(feature = "feeds"))]
    #[error("is a feed or a list of feeds, which this build does not read")]
    NoFeedReader,
    #[cfg(feature = "feeds")]
    #[error("the feed cannot be read: {0}")]
    Feed(String),
    #[cfg(feature = "feeds")]
    #[error("names no feed")]
    NoFeeds,
    /// `unit` is "line" or "object".
    #[error("{unit} {number}: {what}")]
    Object { unit: &'static str, number: u64, what: String },
    #[error("record {record} at byte {byte}: {what}")]
    Record { record: u64, byte: u64, what: String },
    #[error("the gzip data is damaged: {0}")]
    Gzip(String),
    #[error("is an address of the web, and {}", if cfg!(feature = "fetch") { "fetching was not asked for" } else { "this build fetches nothing" })]
    NoFetcher,
    #[error("is no web address that can be fetched")]
    Scheme,
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error("the folder has no report in it")]
    NoReports,
    #[error("is {0}, no file")]
    NoFile(&'static str),
    #[error("is a link that leads out of the folder, to {}", .0.display())]
    LinkOutside(PathBuf),
    #[error("has more than the limit of {limit} bytes of text for one report")]
    TooMuchText { limit: usize },
    #[error("has more than the limit of {limit} paragraphs for one report")]
    TooManyParagraphs { limit: usize },
    #[error("the sidecar cannot be used: {0}")]
    BadSidecar(String),
}

impl ErrorKind {
    pub(crate) fn io(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => ErrorKind::NotFound,
            // What the gzip decoder says of bytes that are no gzip data, or of too few of them.
            std::io::ErrorKind::InvalidInput | std::io::ErrorKind::InvalidData => ErrorKind::Gzip(error.to_string()),
            std::io::ErrorKind::UnexpectedEof => ErrorKind::Gzip("it ends too early".into()),
            _ => ErrorKind::Unreadable(error),
        }
    }
}
