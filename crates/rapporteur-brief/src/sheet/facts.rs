//! The facts of a record as sheets, a function a kind; every row names the place of its words.

use rapporteur_schema::{Change, ChangeKind, Citation, Record, ReportId};

use super::{Cell, Sheet};
use crate::view::{RecordIndex, table};
use crate::words::clean;

/// Who said what, report by report; only what this person says where one is named (by any part of any spelling).
pub fn statements(record: &Record, by: Option<&str>) -> Sheet {
    let desk = RecordIndex::new(record);
    let mut sheet = Sheet::new(
        &["id", "date", "by", "report", "mode", "-cue", "-medium", "-utterance", "-start", "-end", "-where", "what"],
        if by.is_some() { "nobody of that name is quoted" } else { "nobody is quoted" },
    );
    let wanted = by.map(fold);
    for s in &record.statements {
        let speaker = s.speaker.as_ref().and_then(|id| desk.entity(id));
        let named = |wanted: &String| match speaker {
            Some(entity) => entity.names.iter().any(|n| fold(&n.form).contains(wanted)),
            None => s.speaker_span.as_ref().is_some_and(|c| fold(c.exact()).contains(wanted)),
        };
        if !wanted.as_ref().is_none_or(named) {
            continue;
        }
        let who = speaker.map(|e| clean(&e.name)).or(s.speaker_span.as_ref().map(|c| clean(c.exact())));
        sheet.push(vec![
            Cell::id(&s.id),
            Cell::maybe(s.date.map(|d| d.to_string())),
            Cell::maybe(who),
            Cell::text(desk.outlet(&s.report)),
            Cell::text(s.mode.as_str()),
            Cell::maybe(s.cue.as_ref().map(|c| clean(c.exact()))),
            Cell::maybe(s.medium.clone()),
            Cell::maybe(s.utterance.as_ref().map(ToString::to_string)),
            Cell::Number(s.content.span().start().into()),
            Cell::Number(s.content.span().end().into()),
            Cell::text(s.report.to_string()),
            Cell::text(clean(s.content.exact())),
        ]);
    }
    sheet
}

/// Who met whom, or is to.
pub fn meetings(record: &Record) -> Sheet {
    let mut desk = RecordIndex::new(record);
    let mut sheet = Sheet::new(
        &["id", "status", "date", "place", "-kind", "reports", "-differs", "-where", "who"],
        "no report tells of a meeting",
    );
    for line in table::meetings(&mut desk) {
        let Some(meeting) = record.meetings.iter().find(|m| m.id.as_str() == line.id) else { continue };
        sheet.push(vec![
            Cell::id(&line.id),
            Cell::text(line.status),
            Cell::maybe(meeting.date.map(|d| d.to_string())),
            Cell::maybe(meeting.place.as_ref().map(|p| desk.entity_name(p))),
            Cell::text(meeting.kind.as_str()),
            Cell::Number(line.reports.len() as i64),
            Cell::List(line.differs.iter().map(|d| (*d).to_owned()).collect()),
            Cell::List(meeting.accounts.iter().map(|a| place(&a.span)).collect()),
            Cell::text(desk.entity_names(&meeting.participants, ", ")),
        ]);
    }
    sheet
}

/// Where accounts of the same thing differ: a row an answer.
pub fn differences(record: &Record) -> Sheet {
    let desk = RecordIndex::new(record);
    let mut sheet =
        Sheet::new(&["id", "kind", "about", "reports", "-where", "account"], "no accounts of one thing differ");
    for d in &record.discrepancies {
        for account in &d.accounts {
            let reports: Vec<&ReportId> = account.evidence.iter().map(Citation::report).collect();
            sheet.push(vec![
                Cell::id(&d.id),
                Cell::text(d.kind.as_str()),
                Cell::text(clean(&d.about)),
                Cell::List(desk.outlets(reports)),
                Cell::List(account.evidence.iter().map(place).collect()),
                Cell::text(clean(&account.value)),
            ]);
        }
    }
    sheet
}

/// What happened, and is to happen, in the order of days.
pub fn timeline(record: &Record) -> Sheet {
    let mut desk = RecordIndex::new(record);
    let mut sheet =
        Sheet::new(&["date", "kind", "reports", "-id", "-where", "what"], "nothing in the reports has a date");
    for happening in table::timeline(&mut desk) {
        let places = happening.cites.iter().filter_map(|&c| desk.cited(c));
        let places = places.map(|(report, c)| format!("{report}:{}-{}", c.start, c.end)).collect();
        sheet.push(vec![
            Cell::text(happening.at.to_string()),
            Cell::text(happening.fact.as_str()),
            Cell::Number(happening.reports.len() as i64),
            Cell::text(happening.id),
            Cell::List(places),
            Cell::text(happening.what),
        ]);
    }
    sheet
}

/// What changed between two times, in the order given.
pub fn changes(changes: &[Change]) -> Sheet {
    let mut sheet =
        Sheet::new(&["change", "fact", "part", "before", "after", "-id", "-where", "what"], "nothing has changed");
    for c in changes {
        sheet.push(vec![
            Cell::text(kind(c)),
            Cell::text(c.fact.as_str()),
            Cell::maybe(c.part.clone()),
            Cell::maybe(c.before.clone()),
            Cell::maybe(c.after.clone()),
            Cell::text(c.on.to_string()),
            Cell::List(c.evidence.iter().map(place).collect()),
            Cell::text(clean(&c.about)),
        ]);
    }
    sheet
}

/// The word for the way in which something changed.
fn kind(change: &Change) -> &'static str {
    match change.kind {
        ChangeKind::New => "new",
        ChangeKind::Changed => "changed",
        ChangeKind::Contradicted => "contradicted",
        ChangeKind::Withdrawn => "withdrawn",
    }
}

/// "r1:12-34", in code points of the report.
fn place(citation: &Citation) -> String {
    format!("{}:{}-{}", citation.report(), citation.span().start(), citation.span().end())
}

/// A name as it is compared: without case.
fn fold(name: &str) -> String {
    name.to_lowercase()
}
