//! Why a fact stands in a record: the findings behind it, the rule and the words of each, and what lost against them.
//!
//! The record does not keep how it was read, so the reports concerned are read again, each against the day that the record
//! had for it, and the rules tell this time what they decided against. `slots` lays a finding out, `behind` says which
//! findings are those of a fact.

mod behind;
mod slots;

use crate::models;
use rapporteur_findings::{Reading, Reference};
use rapporteur_schema::{Basis, Char, Citation, Edtf, FactKind, Record, Report, ReportId, Rival, Rule, Span};
use serde::Serialize;

/// Why a fact stands in a record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Why {
    /// The id of the fact.
    pub id: String,
    /// What sort of fact it is.
    pub kind: FactKind,
    /// What it says, in a few words.
    pub about: String,
    /// The reports behind it, in the order of the record.
    pub reports: Vec<WhyReport>,
}

/// What one report has to do with a fact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhyReport {
    /// The report.
    pub report: ReportId,
    /// Its file or address.
    pub source: String,
    /// Who published it, where known.
    pub outlet: Option<String>,
    /// The day against which its expressions of time were read, where there is one.
    pub read_against: Option<Edtf>,
    /// How that day is known.
    pub basis: Option<Basis>,
    /// The findings that the fact rests on, in the order of the text.
    pub findings: Vec<WhyFinding>,
}

/// One finding behind a fact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhyFinding {
    /// What it is: a statement, a meeting, a name.
    pub what: &'static str,
    /// The rule that found it; empty for a name, which the stage of names finds as a whole.
    pub by: Rule,
    /// The words that tell it.
    pub at: Citation,
    /// What fills it, in the order of importance.
    pub slots: Vec<Slot>,
    /// What its rules decided against.
    pub rivals: Vec<Rival>,
}

/// One thing that a finding says, with the words that say it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Slot {
    /// What it is: `trigger`, `cue`, `speaker`, `participant`, `place`, `date`, `party`, `subject` …
    pub name: &'static str,
    /// What the words were taken for, where that is more than the words: whose name, which day, which status.
    pub value: Option<String>,
    /// The words, where there are any of their own.
    pub words: Option<Citation>,
}

/// Why the fact with this id, or with the only id that begins so, stands in the record of these reports; nothing where no
/// fact or more than one is meant.
///
/// # Example
/// ```
/// use rapporteur::{Options, gather, record, why};
///
/// let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/strait");
/// let reports = gather(&[story.into()], &Options::default()).reports;
/// let record = record(&reports);
/// let meeting = &record.meetings[0];
/// let why = why(&record, &reports, meeting.id.as_str()).unwrap();
/// let finding = &why.reports[0].findings[0];
/// assert!(finding.by.as_str().starts_with("meeting"));
/// assert_eq!(finding.slots[0].name, "trigger");
/// ```
pub fn why(record: &Record, reports: &[Report], id: &str) -> Option<Why> {
    let facts = rapporteur_record::facts(record);
    let exact = facts.iter().find(|f| f.id == id);
    let fact = exact.or_else(|| {
        let mut begin = facts.iter().filter(|f| id.len() > 1 && f.id.as_str().starts_with(id));
        begin.next().filter(|_| begin.next().is_none())
    })?;
    let of_report = |report: &ReportId| -> Vec<Span<Char>> {
        let here = fact.places.iter().filter(|p| p.report == *report);
        here.map(|p| Span::new(p.start, p.end)).collect()
    };
    let concerned = record.reports.iter().filter_map(|head| {
        let places = of_report(&head.id);
        let report = reports.iter().find(|r| *r.id() == head.id).filter(|_| !places.is_empty())?;
        let mut reading = Reading::new(report, models());
        let kept = head.published.zip(head.published_basis).map(|(date, basis)| Reference { date, basis });
        let reference = reading.reference().or(kept);
        let (findings, rivals) = reading.explain(reference);
        let mut behind = behind::behind(fact.kind, record, fact.id.as_str(), &findings, &places);
        for finding in &mut behind {
            finding.rivals = rivals.iter().filter(|r| behind::concerns(r, finding)).cloned().collect();
        }
        Some(WhyReport {
            report: head.id.clone(),
            source: head.source.clone(),
            outlet: head.outlet.clone(),
            read_against: reference.map(|r| r.date),
            basis: reference.map(|r| r.basis),
            findings: behind,
        })
    });
    Some(Why {
        id: fact.id.to_string(),
        kind: fact.kind,
        about: fact.about.clone(),
        reports: concerned.filter(|r| !r.findings.is_empty()).collect(),
    })
}
