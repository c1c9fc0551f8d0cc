//! `rapporteur schema`: the form of a record, generated from the types that are written.

use crate::error::Failure;
use crate::output;

/// Prints the JSON Schema of a record.
///
/// # Errors
/// It cannot be written.
pub fn run() -> Result<(), Failure> {
    output::write(&super::json(&rapporteur::Record::json_schema())?, None)
}
