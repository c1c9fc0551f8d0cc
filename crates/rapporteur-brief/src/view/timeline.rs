//! What happened when: gatherings, versions of plans and what several reports quote, in the order of days.

use rapporteur_schema::{Edtf, Evidence, FactKind, Version};

use super::builder::ViewBuilder;
use super::meeting::{self, MeetingLine};
use crate::words::{brief, clean, date_within};

/// Something that happened on a day.
#[derive(Clone, Debug)]
pub struct Happening {
    /// The meeting, proposal or utterance.
    pub id: String,
    /// Which of these it is.
    pub fact: FactKind,
    /// When.
    pub at: Edtf,
    /// Whether no report tells its day, and this is that of the first report that tells of it.
    pub first_reported: bool,
    /// When, for people.
    pub date: String,
    /// What.
    pub what: String,
    /// The reports that tell of it.
    pub reports: Vec<usize>,
    /// Indices of citations.
    pub cites: Vec<usize>,
}

/// Dated happenings in order: meetings, versions of plans, what several reports quote.
pub(crate) fn timeline(builder: &mut ViewBuilder<'_>) -> Vec<Happening> {
    let record = builder.record;
    let mut all: Vec<Happening> = Vec::new();
    for m in &record.meetings {
        let Some(at) = m.date else { continue };
        let line = meeting::line(builder, m);
        let place = m.place.as_ref().map(|p| format!(", {}", builder.entity_name(p))).unwrap_or_default();
        let who = if line.who.is_empty() { &line.clause } else { &line.who };
        let what = format!("{} ({}{place}): {who}", m.kind.as_str(), line.status);
        let MeetingLine { id, reports, cites, .. } = line;
        let date = date_within(at, builder.year);
        all.push(Happening { id, fact: FactKind::Meeting, at, first_reported: false, date, what, reports, cites });
    }
    for p in &record.proposals {
        for v in &p.versions {
            // A plan seldom has a day of its own; what counts is when it was first heard of.
            let first_reported = v.date.is_none();
            let says = v.points.is_some() || v.sum.is_some();
            let heard = || first_report_of(builder, &v.evidence).filter(|_| says);
            let Some(at) = v.date.or_else(heard) else { continue };
            let name = p.names.first().map(|n| clean(n)).unwrap_or_default();
            let sign = if first_reported { ", first reported" } else { "" };
            let what = format!("{name}: {}{sign}", version(builder, v));
            let (reports, cites) = (builder.reports_of(&v.evidence), builder.cite_all(v.evidence.iter()));
            let (id, date) = (p.id.to_string(), date_within(at, builder.year));
            all.push(Happening { id, fact: FactKind::Proposal, at, first_reported, date, what, reports, cites });
        }
    }
    for u in &record.utterances {
        let statements: Vec<_> = u.statements.iter().filter_map(|id| builder.statement(id)).collect();
        let Some(at) = statements.iter().find_map(|s| s.date) else { continue };
        let reports = builder.report_numbers(statements.iter().map(|s| &s.report));
        let Some(speaker) = u.speaker.as_ref().filter(|_| reports.len() > 1) else { continue };
        let what = format!("{}: “{}”", builder.entity_name(speaker), brief(&clean(&u.text)));
        let cites = builder.cite_all(statements.iter().map(|s| &s.content));
        let (id, date) = (u.id.to_string(), date_within(at, builder.year));
        all.push(Happening { id, fact: FactKind::Utterance, at, first_reported: false, date, what, reports, cites });
    }
    // Of one day in the order of the record: versions of a plan follow each other there.
    all.sort_by_key(|h| (h.at.first_day(), h.at.last_day()));
    all
}

/// The day of the first of the reports in which this stands.
fn first_report_of(builder: &ViewBuilder<'_>, evidence: &Evidence) -> Option<Edtf> {
    let published = |c: &rapporteur_schema::Citation| builder.index.report(c.report())?.published;
    evidence.iter().filter_map(published).min_by_key(|day| day.first_day())
}

fn version(builder: &ViewBuilder<'_>, v: &Version) -> String {
    let points = v.points.map(|n| format!("{}{n} points", if v.approximate { "about " } else { "" }));
    let sum = v.sum.as_deref().map(clean);
    let terms = points.or(sum).map(|t| match v.change.as_deref().map(clean).filter(|c| !c.is_empty()) {
        Some(change) => format!("{t} [{change}]"),
        None => t,
    });
    let mut by: Vec<String> = Vec::new();
    if !v.authors.is_empty() {
        by.push(builder.entity_names(&v.authors, " and "));
    }
    by.extend(v.date.map(|d| date_within(d, builder.year)));
    match (terms, by.is_empty()) {
        (Some(terms), true) => terms,
        (Some(terms), false) => format!("{terms} ({})", by.join(", ")),
        (None, true) => "a version".into(),
        (None, false) => by.join(", "),
    }
}
