//! The reports as a bibliography: BibTeX (also for biblatex) and CSL-JSON (Zotero, pandoc, word processors).
//!
//! A byline is given as it was printed, as one name: taking it apart into given and family names would be a guess.

mod bibtex;
mod csl;

use rapporteur_schema::ReportHead;

pub(crate) use bibtex::write as bibtex;
pub(crate) use csl::write as csl_json;

/// A key that stays the same as long as the report does: letters of the outlet, the year, the report's id.
fn key(report: &ReportHead) -> String {
    let outlet = report.outlet.as_deref().unwrap_or_default();
    let letters = outlet.chars().filter(char::is_ascii_alphanumeric).take(20).collect::<String>().to_lowercase();
    let year = report.published.map(|d| d.first_day().year().to_string()).unwrap_or_default();
    format!("{letters}{year}{}", report.id)
}

/// A byline without the "By" that some print before it.
fn byline(report: &ReportHead) -> Option<&str> {
    let byline = report.byline.as_deref()?.trim();
    let bare = byline.strip_prefix("By ").or_else(|| byline.strip_prefix("by ")).unwrap_or(byline).trim();
    (!bare.is_empty()).then_some(bare)
}
