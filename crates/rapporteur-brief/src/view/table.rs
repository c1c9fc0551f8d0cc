//! The sections that are tables: where things stand, who met whom, where accounts differ, what one report alone has.

use std::collections::BTreeSet;

use rapporteur_schema::{Evidence, Meeting, MeetingKind, Proposal, StatementId, Version};

use super::{Desk, parts};
use crate::words::{brief, clean, date_within};

/// A line with a label and some answers, each with its reports.
pub(crate) struct Row {
    /// Party, kind of difference, state: the first column.
    pub label: String,
    /// What it is about, where that is not told by the label.
    pub about: String,
    pub parts: Vec<Part>,
    /// Indices of citations.
    pub cites: Vec<usize>,
}

/// Some words and the reports that have them.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub text: String,
    pub reports: Vec<usize>,
}

/// A meeting on one line.
pub(crate) struct MeetingLine {
    pub status: &'static str,
    pub date: String,
    /// The place, or how it was held ("by video").
    pub place: String,
    pub who: String,
    pub reports: Vec<usize>,
    /// On what accounts differ: "date", "place", "status".
    pub differs: Vec<&'static str>,
    pub cites: Vec<usize>,
}

fn reports_of(desk: &Desk<'_>, evidence: &Evidence) -> Vec<usize> {
    desk.report_numbers(evidence.iter().map(|c| c.report()))
}

/// Where it stands: plans and their versions, the parties' positions, what is open, what depends on what.
pub(super) fn stands(desk: &mut Desk<'_>) -> Vec<Row> {
    let record = desk.record;
    let mut rows = Vec::new();
    for p in &record.proposals {
        let versions = p.versions.iter().map(|v| (version(desk, v), reports_of(desk, &v.evidence))).collect::<Vec<_>>();
        let about = p.names.first().map(|n| clean(n)).unwrap_or_default();
        let cites = desk.cite_all(p.versions.iter().flat_map(|v| v.evidence.iter()));
        rows.push(Row { label: "plan".into(), about, parts: parts(versions), cites });
    }
    let mut parties = Vec::new();
    for p in &record.positions {
        if !parties.contains(&&p.party) {
            parties.push(&p.party);
        }
    }
    for party in parties {
        let theirs: Vec<_> = record.positions.iter().filter(|p| p.party == *party).collect();
        let answers = theirs.iter().map(|p| {
            let text = match subject(desk, &p.on) {
                subject if subject.is_empty() => p.stance.as_str().to_owned(),
                subject => format!("{subject}: {}", p.stance.as_str()),
            };
            (text, reports_of(desk, &p.evidence))
        });
        let (label, parts) = (desk.entity_name(party), parts(answers.collect::<Vec<_>>()));
        let cites = desk.cite_all(theirs.iter().flat_map(|p| p.evidence.iter()));
        rows.push(Row { label, about: String::new(), parts, cites });
    }
    let states: BTreeSet<_> = record.issues.iter().map(|i| i.status).collect();
    for state in states {
        let these: Vec<_> = record.issues.iter().filter(|i| i.status == state).collect();
        let answers: Vec<_> = these.iter().map(|i| (clean(&i.name), reports_of(desk, &i.evidence))).collect();
        let cites = desk.cite_all(these.iter().flat_map(|i| i.evidence.iter()));
        let label = state.map_or("at issue", |s| s.as_str()).to_owned();
        rows.push(Row { label, about: String::new(), parts: parts(answers), cites });
    }
    for c in &record.conditions {
        let (what, only_if) = (clean(c.what.exact()), clean(c.only_if.exact()));
        let text = if what.contains(&only_if) { what } else { format!("{what} ← {only_if}") };
        let reports =
            desk.report_numbers([&c.what, &c.only_if].into_iter().chain(c.evidence.iter()).map(|c| c.report()));
        let cites = desk.cite_all(c.evidence.iter());
        rows.push(Row { label: "only if".into(), about: String::new(), parts: parts([(text, reports)]), cites });
    }
    rows
}

fn version(desk: &Desk<'_>, v: &Version) -> String {
    let points = v.points.map(|n| format!("{}{n} points", if v.approximate { "about " } else { "" }));
    let mut by: Vec<String> = Vec::new();
    if !v.authors.is_empty() {
        by.push(desk.entity_names(&v.authors, " and "));
    }
    by.extend(v.date.map(|d| date_within(d, desk.year)));
    match (points, by.is_empty()) {
        (Some(points), true) => points,
        (Some(points), false) => format!("{points} ({})", by.join(", ")),
        (None, true) => "a version".into(),
        (None, false) => by.join(", "),
    }
}

/// What a position is on: the name of a proposal or an issue.
fn subject(desk: &Desk<'_>, id: &str) -> String {
    let proposal = |p: &&Proposal| p.id.as_str() == id;
    if let Some(name) = desk.record.proposals.iter().find(proposal).and_then(|p| p.names.first()) {
        return clean(name);
    }
    desk.record.issues.iter().find(|i| i.id.as_str() == id).map(|i| clean(&i.name)).unwrap_or_default()
}

/// Who met whom, or is to.
pub(super) fn meetings(desk: &mut Desk<'_>) -> Vec<MeetingLine> {
    let record = desk.record;
    record.meetings.iter().map(|m| meeting(desk, m)).collect()
}

fn meeting(desk: &mut Desk<'_>, m: &Meeting) -> MeetingLine {
    let mut differs = Vec::new();
    if m.accounts.iter().filter_map(|a| a.date).collect::<BTreeSet<_>>().len() > 1 {
        differs.push("date");
    }
    if m.accounts.iter().filter_map(|a| a.place.as_ref()).collect::<BTreeSet<_>>().len() > 1 {
        differs.push("place");
    }
    if m.accounts.iter().map(|a| a.status).collect::<BTreeSet<_>>().len() > 1 {
        differs.push("status");
    }
    let how = match m.kind {
        MeetingKind::Talks => "–",
        MeetingKind::VideoCall => "by video",
        MeetingKind::Call => "by telephone",
        other => other.as_str(),
    };
    MeetingLine {
        status: m.status.as_str(),
        date: m.date.map_or_else(|| "–".into(), |d| date_within(d, desk.year)),
        place: m.place.as_ref().map_or_else(|| how.into(), |p| desk.entity_name(p)),
        who: match m.participants.len() {
            0 => "–".into(),
            2 => desk.entity_names(&m.participants, " – "),
            _ => desk.entity_names(&m.participants, ", "),
        },
        reports: desk.report_numbers(m.accounts.iter().map(|a| a.span.report())),
        differs,
        cites: desk.cite_all(m.accounts.iter().map(|a| &a.span)),
    }
}

/// Where accounts differ: a question a row, its answers side by side.
pub(super) fn differ(desk: &mut Desk<'_>) -> Vec<Row> {
    let record = desk.record;
    let row = |d: &rapporteur_schema::Discrepancy| {
        let answers: Vec<_> = d.accounts.iter().map(|a| (clean(&a.value), reports_of(desk, &a.evidence))).collect();
        let cites = desk.cite_all(d.accounts.iter().flat_map(|a| a.evidence.iter()));
        Row { label: d.kind.as_str().into(), about: clean(&d.about), parts: parts(answers), cites }
    };
    record.discrepancies.iter().map(row).collect()
}

/// What one report alone has.
pub(super) fn only_in(desk: &mut Desk<'_>) -> Vec<Row> {
    let record = desk.record;
    let mut rows = Vec::new();
    for only in &record.only_in {
        let number = desk.number(&only.report);
        let mut cites = Vec::new();
        let mut facts: Vec<String> = Vec::new();
        for id in &only.facts {
            if let Some(s) = desk.statement(&StatementId::new(id.as_str())) {
                let who = s.speaker.as_ref().map_or_else(|| "unattributed".into(), |e| desk.entity_name(e));
                facts.push(format!("{who}: {}", brief(&clean(s.content.exact()))));
                cites.push(desk.cite(&s.content));
            } else if let Some(m) = record.meetings.iter().find(|m| m.id.as_str() == id) {
                let line = meeting(desk, m);
                facts.push(format!("{} {}", line.status, line.who));
                cites.extend(line.cites);
            }
        }
        if !facts.is_empty() {
            let parts = facts.into_iter().map(|text| Part { text, reports: vec![number] }).collect();
            rows.push(Row { label: number.to_string(), about: String::new(), parts, cites });
        }
    }
    rows
}
