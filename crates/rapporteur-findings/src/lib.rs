//! What one report says: whom it names, who said what, who met whom, who wants what, each with its place in the text.
//!
//! `name` finds the names, once and for all; `date` the dates; `statement` who said what. The other stages read these
//! through `party::RuleContext` and add nothing to them, so that their order does not matter.
//!
//! Apart from these, [`clauses`] tells what one sentence asserts, for whoever lays two sentences side by side.

mod assertion;
mod at;
mod clause;
mod condition;
mod cut;
mod date;
mod doc;
mod grammar;
mod issue;
mod meeting;
mod models;
mod name;
mod number;
mod party;
mod places;
mod position;
mod proposal;
mod quantity;
mod quotation;
mod sentence;
mod small;
mod statement;
mod tagged;
mod trace;
#[cfg(feature = "train")]
pub mod train;
mod view;
mod watch;

use rapporteur_schema::{Edtf, Findings, Quoted, Report, Rival, Span};

pub use assertion::clauses;
pub use date::Reference;
pub use models::Models;
pub use watch::{Stage, Watch, While};

/// A report read by the language runtime, ready to be asked.
///
/// Asking comes in two steps because a report may not say when it was written: what the reports beside it tell can then
/// serve as its date, and "on Tuesday" has a value.
pub struct Reading<'r> {
    doc: doc::Doc<'r>,
}

impl<'r> Reading<'r> {
    /// Reads a report: the costly step.
    pub fn new(report: &'r Report, models: Models<'_>) -> Self {
        Self::watched(report, models, &mut ())
    }

    /// As [`new`](Reading::new); `watch` is told of each stage as it ends, and asked before every paragraph whether to go on;
    /// once it says no, the rest is not read.
    pub fn watched(report: &'r Report, models: Models<'_>, watch: &mut dyn Watch) -> Self {
        Reading { doc: doc::Doc::read(report, models, watch) }
    }

    /// The date of the report as handed in, or as it states or lets infer by itself.
    pub fn reference(&self) -> Option<Reference> {
        date::reference(&self.doc)
    }

    /// Whether the report, which tells no date of its own, may have been written on this day: it speaks of that weekday
    /// or of the one before.
    pub fn could_be_dated(&self, day: Edtf) -> bool {
        day.is_day() && date::could_be_dated(&self.doc, day.first_day())
    }

    /// As [`findings`](Reading::findings), with what the rules decided against: the rivals of every finding.
    pub fn explain(&mut self, reference: Option<Reference>) -> (Findings, Vec<Rival>) {
        self.doc.trace = trace::Trace::on();
        let findings = self.findings(reference);
        let rivals = std::mem::take(&mut self.doc.trace).rivals();
        (findings, rivals)
    }

    /// Finds everything in the report, its dates against this reference.
    pub fn findings(&self, reference: Option<Reference>) -> Findings {
        self.findings_watched(reference, &mut ())
    }

    /// As [`findings`](Reading::findings); `watch` is told of each stage as it ends, and asked before each of
    /// gatherings, proposals, issues, positions, conditions and quantities whether to go on. Once it says no, those that are left
    /// are not looked for: whoever may say no asks once more before what is returned is taken for all.
    pub fn findings_watched(&self, reference: Option<Reference>, watch: &mut dyn Watch) -> Findings {
        let doc = &self.doc;
        let names = name::Names::find(doc);
        watch.ended(Stage::Names);
        let dates = date::find(doc, reference, |p, tokens| names.is_person_at(p, tokens));
        watch.ended(Stage::Dates);
        let (statements, speech) = statement::find(doc, &names, &dates);
        watch.ended(Stage::Statements);
        let context = party::RuleContext {
            doc,
            names: &names,
            dates: &dates,
            speech: &speech,
            published: reference.map(|r| r.date),
        };
        fn stage<T>(watch: &mut dyn Watch, stage: Stage, find: impl FnOnce() -> Vec<T>) -> Vec<T> {
            let found = if watch.goes_on() { find() } else { Vec::new() };
            watch.ended(stage);
            found
        }
        let meetings = stage(watch, Stage::Gatherings, || meeting::find(&context));
        let proposals = stage(watch, Stage::Proposals, || proposal::find(&context));
        let issues = stage(watch, Stage::Issues, || issue::find(&context));
        let positions = stage(watch, Stage::Positions, || position::find(&context, &proposals, &issues, &meetings));
        let conditions = stage(watch, Stage::Conditions, || condition::find(&context));
        let quantities = stage(watch, Stage::Quantities, || quantity::find(&context));
        let mut found = Findings {
            report: doc.view.report.id().clone(),
            published: reference.map(|r| r.date),
            published_basis: reference.map(|r| r.basis),
            furniture: doc.furniture(),
            actors: Vec::new(),
            text: doc.text_units(),
            dates: date::mentions(doc, &dates),
            statements,
            meetings,
            proposals,
            issues,
            positions,
            conditions,
            quantities,
            cut: Vec::new(),
        };
        found.cut = doc.cuts.of(doc, &found);
        let descriptions = speech.descriptions(doc, &names);
        names.close(&mut found, descriptions);
        watch.ended(Stage::Closing);
        found
    }
}

/// Finds everything in one report, by itself.
pub fn read(report: &Report, models: Models<'_>) -> Findings {
    let reading = Reading::new(report, models);
    reading.findings(reading.reference())
}

/// Every stretch of a report that stands in quotation marks, in order, without asking the language runtime.
pub fn quoted(report: &Report) -> Vec<Quoted> {
    let view = view::View::of(report);
    let texts = view.paragraphs.iter().enumerate().map(|(i, p)| (i, p.text.as_str()));
    let cite = |q: quotation::Quotation| {
        let at = view.cite(q.paragraph, q.inner)?;
        Some(Quoted { at, depth: q.depth, closed: q.closed, resumes: q.resumes })
    };
    quotation::quotations(texts).into_iter().filter_map(cite).collect()
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
pub fn timexes(report: &Report, models: Models<'_>) -> Vec<Timex> {
    let doc = doc::Doc::read(report, models, &mut ());
    let names = name::Names::find(&doc);
    let found = date::find(&doc, date::reference(&doc), |p, tokens| names.is_person_at(p, tokens));
    let parts = found.into_iter().flat_map(|f| f.timex.into_iter().map(move |part| (f.paragraph, part)));
    parts
        .filter_map(|(p, (bytes, kind, value))| Some(Timex { span: doc.view.cite(p, bytes)?.span(), kind, value }))
        .collect()
}
