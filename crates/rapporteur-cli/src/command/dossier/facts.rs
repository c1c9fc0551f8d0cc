//! `rapporteur statements`, `meetings`, `differences` and `timeline`: facts of the record as rows.

use rapporteur::brief::list;

use crate::args::{FactsArgs, StatementsArgs};
use crate::error::Failure;

/// Lists who said what.
///
/// # Errors
/// The dossier cannot be read.
pub fn statements(args: &StatementsArgs) -> Result<(), Failure> {
    let record = super::record(&args.from)?;
    super::write(&list::statements(&record, args.by.as_deref()), &args.rows)
}

/// Lists who met whom.
///
/// # Errors
/// The dossier cannot be read.
pub fn meetings(args: &FactsArgs) -> Result<(), Failure> {
    super::write(&list::meetings(&super::record(&args.from)?), &args.rows)
}

/// Lists where accounts differ.
///
/// # Errors
/// The dossier cannot be read.
pub fn differences(args: &FactsArgs) -> Result<(), Failure> {
    super::write(&list::differences(&super::record(&args.from)?), &args.rows)
}

/// Lists what happened, day by day.
///
/// # Errors
/// The dossier cannot be read.
pub fn timeline(args: &FactsArgs) -> Result<(), Failure> {
    super::write(&list::timeline(&super::record(&args.from)?), &args.rows)
}
