//! What one report says: its names and its statements, each with its place in the text.

mod doc;
mod facts;
mod name;
mod quotation;
mod view;

use rapporteur_language::Pipeline;
use rapporteur_schema::{Findings, Report};

/// Finds everything in one report.
pub fn read(report: &Report, pipeline: &Pipeline) -> Findings {
    let doc = doc::Doc::read(report, pipeline);
    let names = name::Names::find(&doc);
    Findings { report: report.id().clone(), actors: names.actors, dates: Vec::new(), statements: Vec::new() }
}
