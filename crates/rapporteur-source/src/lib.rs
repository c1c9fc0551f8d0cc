//! Bytes in, reports out.
//!
//! 1. `read` finds what is behind the inputs a user names, with sidecars; `format` tells what the bytes are.
//! 2. `plain` decodes bytes and finds the paragraphs; a folder a format. Each gives a `draft`, of which a report is made.
//! 3. `passage` says what each paragraph is: body, heading, caption, credit, boilerplate.
//! 4. `stated` reads what the text says of its own date and agency.
//!
//! The text is kept as given; only the mark of the encoding (BOM) is left out, which is no part of it.

mod draft;
mod error;
mod format;
mod gather;
mod html;
mod known;
mod passage;
mod plain;
mod read;
mod sidecar;
mod stated;
mod table;

pub use error::Error;
pub(crate) use error::ErrorKind;
pub use gather::{Gathered, gather};
pub use read::{Incoming, Item, Options, Sink, Skipped, read};
