//! What one report says: its names and its statements, each with its place in the text.

mod doc;
mod facts;
mod grammar;
mod name;
mod quotation;
mod statement;
mod view;

use rapporteur_language::Pipeline;
use rapporteur_schema::{Findings, Report};

/// Finds everything in one report.
pub fn read(report: &Report, pipeline: &Pipeline) -> Findings {
    let doc = doc::Doc::read(report, pipeline);
    let mut names = name::Names::find(&doc);
    let statements = statement::find(&doc, &mut names);
    Findings { report: report.id().clone(), actors: names.actors, dates: Vec::new(), statements }
}
