//! Bytes in, reports out.
//!
//! 1. `gather` finds the files behind the paths a user names, with their sidecars.
//! 2. `plain` decodes bytes and finds the paragraphs.
//! 3. `passage` says what each paragraph is: body, heading, caption, credit, boilerplate.
//! 4. `stated` reads what the text says of its own date and agency.
//!
//! The text is kept as given; only the mark of the encoding (BOM) is left out, which is no part of it.

mod error;
mod gather;
mod passage;
mod plain;
mod sidecar;
mod stated;
mod table;

pub use error::Error;
pub use gather::{Gathered, Options, Skipped, gather};
