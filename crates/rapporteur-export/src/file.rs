//! What an export is: files, how they are written, why there may be none.

use rapporteur_schema::phrase::escaped_json;

use crate::format::Format;

/// One file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without a folder.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// How an export is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Put `'` before a CSV cell that a spreadsheet would take for a formula (one that begins with `=`, `+`, `-`, `@`,
    /// a tab or a carriage return). Changes the words, so it is off unless asked for.
    pub guard_formulas: bool,
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// This program was built without the feature that writes the format.
    #[error("{0} is not part of this program: it was built without the feature 'parquet'")]
    NotBuilt(Format),
    /// A file could not be put together.
    #[error("{file} cannot be written as {format}: {why}")]
    Writing {
        /// The file.
        file: String,
        /// The form it was to have.
        format: Format,
        /// What is wrong.
        why: String,
    },
}

/// What every reader of Rapporteur's exports may hold on to: a name for a thing of a record that is no web address.
pub(crate) fn urn(kind: &str, id: &str) -> String {
    format!("urn:rapporteur:{kind}:{id}")
}

/// JSON for people and programs, with a line end at the end.
pub(crate) fn json(value: &serde_json::Value) -> Vec<u8> {
    // A value that was built here has only strings for keys, so it can always be written.
    let mut text = escaped_json(serde_json::to_string_pretty(value).unwrap_or_default());
    text.push('\n');
    text.into_bytes()
}
