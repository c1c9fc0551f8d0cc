//! `rapporteur record`: everything the reports say, for other programs.

use crate::args::RecordArgs;
use crate::error::Failure;
use crate::output;

/// Writes the record of some reports as JSON.
///
/// # Errors
/// None can be read, or the record cannot be written.
pub fn run(args: &RecordArgs) -> Result<(), Failure> {
    output::ready(args.out.as_deref(), &args.reports.paths)?;
    let record = super::read(&args.reports, "record")?;
    output::write(&super::json(&record)?, args.out.as_deref())
}
