//! Bytes in, reports out: finding the files, decoding them, cutting them into passages, and what a text states about
//! itself.

mod error;
mod gather;

pub use error::Error;
pub use gather::{Gathered, Options, Skipped, gather};
