//! Reports that were read one by one, brought together as if they had been read at once.

use rapporteur_findings::{Reading, Reference};
use rapporteur_language::Pipeline;
use rapporteur_schema::{Basis, Edtf, Findings, Report};
use serde::{Deserialize, Serialize};

use crate::shared_day;

/// The findings of one report, and where the report came from: how findings are written down, a JSON object a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportFindings<S, F> {
    /// The source of the report ([`rapporteur_schema::ReportHead::source`]).
    pub source: S,
    /// What it says.
    #[serde(flatten)]
    pub findings: F,
}

/// Lends reports that tell no date that of the reports beside them, where reading them together would: what comes out is
/// the same as of [`crate::findings_of`].
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
/// let apart = reports.iter().map(findings).collect();
/// assert_eq!(infer_missing_dates(&reports, apart), findings_of(&reports, 1));
/// ```
pub fn infer_missing_dates(reports: &[Report], findings: Vec<Findings>) -> Vec<Findings> {
    let Some(day) = shared_day(&references(&findings)) else { return findings };
    let lent = |(report, own): (&Report, Findings)| match own.published {
        Some(_) => own,
        None => on(report, day).unwrap_or(own),
    };
    reports.iter().zip(findings).map(lent).collect()
}

/// The dates that reports told, as their findings give them.
pub(crate) fn references(findings: &[Findings]) -> Vec<Option<Reference>> {
    let told = |f: &Findings| f.published.zip(f.published_basis).map(|(date, basis)| Reference { date, basis });
    findings.iter().map(told).collect()
}

/// What a report without a date says if it is of this day; nothing where it cannot be.
pub(crate) fn on(report: &Report, day: Edtf) -> Option<Findings> {
    let reading = Reading::new(report, Pipeline::builtin());
    reading.could_be_dated(day).then(|| reading.findings(Some(Reference { date: day, basis: Basis::Inferred })))
}
