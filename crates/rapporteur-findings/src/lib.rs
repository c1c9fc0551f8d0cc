//! What one report says: its names and its statements, each with its place in the text.

mod date;
mod doc;
mod facts;
mod grammar;
mod name;
mod quotation;
mod statement;
mod view;

use rapporteur_language::Pipeline;
use rapporteur_schema::{Findings, Report, Span};

pub use date::Reference;

/// Finds everything in one report.
pub fn read(report: &Report, pipeline: &Pipeline) -> Findings {
    let doc = doc::Doc::read(report, pipeline);
    let mut names = name::Names::find(&doc);
    let dates = date::find(&doc, date::reference(&doc));
    let statements = statement::find(&doc, &mut names, &dates);
    Findings { report: report.id().clone(), actors: names.actors, dates: date::mentions(&doc, &dates), statements }
}

/// An expression of time in the form of TIMEX3, by which corpora of dates are marked: lengths and vague words too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timex {
    /// Its place.
    pub span: Span<rapporteur_schema::Char>,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    pub kind: &'static str,
    /// Its value in TIMEX3.
    pub value: String,
}

/// Every expression of time of one report, as corpora mark them. For measuring; the record has [`Findings::dates`].
pub fn timexes(report: &Report, pipeline: &Pipeline) -> Vec<Timex> {
    let doc = doc::Doc::read(report, pipeline);
    let found = date::find(&doc, date::reference(&doc));
    let parts = found.into_iter().flat_map(|f| f.timex.into_iter().map(move |part| (f.paragraph, part)));
    parts
        .filter_map(|(p, (bytes, kind, value))| Some(Timex { span: doc.view.cite(p, bytes)?.span(), kind, value }))
        .collect()
}

/// The date that a report tells of itself, and how it is known, where none was given with it.
pub fn published(report: &Report, pipeline: &Pipeline) -> Option<Reference> {
    let doc = doc::Doc::read(report, pipeline);
    date::infer(&doc).map(|(date, basis)| Reference { date, basis })
}
