//! What one report says: its names and its statements, each with its place in the text.

use rapporteur_schema::{Findings, Report};

/// Finds everything in one report.
pub fn read(report: &Report) -> Findings {
    Findings { report: report.id().clone(), actors: Vec::new(), dates: Vec::new(), statements: Vec::new() }
}
