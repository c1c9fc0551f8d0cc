//! Reports that were read one by one, brought together as if they had been read at once.

use std::convert::Infallible;

use rapporteur_schema::{Findings, Report};
use serde::{Deserialize, Serialize};

use crate::infer_dates;

/// The findings of one report, and where the report came from: how findings are written down, a JSON object a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportFindings<S, F> {
    /// The source of the report ([`rapporteur_schema::ReportHead::source`]).
    pub source: S,
    /// What it says.
    #[serde(flatten)]
    pub findings: F,
}

/// Infers the dates of reports that tell none from the reports beside them, where reading them together would: what comes
/// out is the same as of [`crate::findings_of`].
///
/// `findings` are those of `reports`, in their order, each made by [`crate::findings`]. Only the reports that get a date are
/// read again.
///
/// # Example
/// ```
/// use rapporteur::{Options, findings, findings_of, gather, infer_missing_dates};
///
/// let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/strait");
/// let reports = gather(&[story.into()], &Options::default()).reports;
/// let one_by_one = reports.iter().map(findings).collect();
/// assert_eq!(infer_missing_dates(&reports, one_by_one), findings_of(&reports, 1));
/// ```
pub fn infer_missing_dates(reports: &[Report], findings: Vec<Findings>) -> Vec<Findings> {
    let read = |report: &Report, shared| Ok(infer_dates::read_again(report, shared));
    let inferred: Result<_, Infallible> = infer_dates::infer(reports, findings, read);
    match inferred {
        Ok(findings) => findings,
        Err(never) => match never {},
    }
}
