//! `rapporteur check-file`: whether a dossier is whole.

use crate::args::CheckFileArgs;
use crate::error::{self, Failure, Severity};
use crate::output;
use crate::progress::Progress;

/// Looks through the whole file.
///
/// # Errors
/// Something is wrong with it.
pub fn run(args: &CheckFileArgs) -> Result<(), Failure> {
    let store = super::open(&args.file)?;
    let count = store.dossier().count()?;
    let bar = Progress::bar("checking", count);
    let faults = store.dossier().check(&mut |done, _| bar.at(done))?;
    drop(bar);
    for fault in &faults {
        let advice = if fault.is_mended_by_reading {
            "; 'rapporteur refresh --all' makes it anew"
        } else if fault.is_mended_by_adding {
            "; adding the report again mends it"
        } else {
            ""
        };
        error::general(Severity::Error, &format!("{}: {}{advice}", fault.about, fault.what));
    }
    if !faults.is_empty() {
        return Err(Failure::Reported);
    }
    let reports = if count == 1 { "report" } else { "reports" };
    output::write(&format!("{} is whole: {count} {reports}\n", error::printable(&args.file)), None)
}
