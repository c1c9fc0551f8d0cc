//! Bytes in, reports out.
//!
//! 1. `read` finds what is behind the inputs a user names: files with their `sidecar`, folders, web addresses (`http`).
//! 2. `unpack` takes gzip off; `format` tells what the bytes are.
//! 3. A folder a format: `plain` text, `html`, `feed` (and lists of feeds), `warc` (archives of the web), `json`, `table` (CSV,
//!    TSV), `docx`, `odt`, `rtf`, `pdf`, `mail` (and mbox), `subtitles` (SRT, WebVTT). Each gives a `raw_article`, of which a
//!    report is made; `language` tells where it is not English.
//! 4. `passage` says what each paragraph is: body, heading, caption, credit, boilerplate.
//! 5. `stated` reads what the text says of its own date and agency.
//! 6. `markdown` makes the marks of a draft invisible, each word staying where it is.
//!
//! [`limits`] says how much is read of anything. `input` opens files so that none of them can hang or surprise.
//!
//! `from_text` makes a report of one text that a program has already, as if it lay in a file; `handed` reads a file that a
//! program holds in memory.
//!
//! Four features bring what some uses do without: `fetch` asks the web, `feeds` reads feeds and lists of them, `documents` reads
//! DOCX, ODT and mail, `pdf` reads PDF.
//!
//! The text is kept as given; only the mark of the encoding (BOM) is left out, which is no part of it.

mod date;
#[cfg(feature = "documents")]
mod docx;
mod error;
#[cfg(feature = "feeds")]
mod feed;
mod format;
mod fragment;
mod from_text;
mod gather;
mod handed;
mod html;
mod http;
mod input;
mod json;
mod known;
mod language;
pub mod limits;
#[cfg(feature = "documents")]
mod mail;
mod markdown;
#[cfg(any(feature = "documents", feature = "feeds"))]
mod markup;
#[cfg(feature = "documents")]
mod odt;
#[cfg(feature = "documents")]
mod package;
mod paragraphs;
mod passage;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod raw_article;
mod read;
mod rtf;
mod sidecar;
mod stated;
mod subtitles;
mod table;
mod unpack;
mod walk;
mod warc;

pub use error::Error;
pub(crate) use error::ErrorKind;
#[cfg(feature = "feeds")]
pub use feed::{FeedState, feeds_in, poll};
pub use from_text::{Metadata, from_text};
pub use gather::{Gathered, gather, gather_with};
pub use handed::{is_sidecar_of, read_handed};
pub use http::{Answer, Fetch, FetchError, Fetched, RetryAfter, Validators};
#[cfg(feature = "fetch")]
pub use http::{Fetcher, Lookup, Policy};
pub use markdown::{Unmarked, strip_markdown};
#[cfg(feature = "pdf")]
pub use pdf::{PDF_COMMAND, lay_out_for_fuzzing, reply_for_fuzzing, serve_pdf};
pub use read::{Incoming, Item, Options, Sink, Skipped, Via, read, read_with};
