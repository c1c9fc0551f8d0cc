//! `rapporteur remove`: a report goes out of a dossier.

use crate::args::RemoveArgs;
use crate::error::{self, Failure};
use crate::{clock, output};

/// Takes a report out.
///
/// # Errors
/// There is no such report, or the dossier cannot be written.
pub fn run(args: &RemoveArgs) -> Result<(), Failure> {
    let mut store = super::open(&args.from)?;
    let kept = store.dossier().report(&args.id)?;
    store.dossier_mut().remove(kept.report.id(), args.for_good, &clock::now())?;
    let source = error::printable(kept.report.head.source.as_ref());
    let how = if args.for_good { "deleted" } else { "taken out; adding it again brings it back" };
    output::write(&format!("{} {source}: {how}\n", kept.report.id()), None)
}
