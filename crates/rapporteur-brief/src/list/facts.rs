//! The facts of a record as lists, a function a command; every row names the place of its words.

use std::collections::BTreeSet;

use rapporteur_export::table::{self, Cell, Table};
use rapporteur_schema::{Change, ChangeKind, Citation, Record};

use super::rows::List;
use crate::view::{ViewBuilder, meeting, timeline as happenings};
use crate::words::clean;

/// Who said what, report by report; only what this person says where one is named (by any part of any spelling).
pub fn statements(record: &Record, by: Option<&str>) -> List {
    let index = ViewBuilder::new(record);
    let columns =
        // not words: column names
        &["id", "date", "by", "report", "mode", "-cue", "-medium", "-utterance", "-start", "-end", "-where", "what"];
    let mut list = List::new(columns, if by.is_some() { "nobody of that name is quoted" } else { "nobody is quoted" });
    let wanted = by.map(str::to_lowercase);
    let all = table::statements(record);
    for (s, row) in record.statements.iter().zip(&all.rows) {
        let named = |wanted: &String| match s.speaker.as_ref().and_then(|id| index.entity(id)) {
            Some(entity) => entity.names.iter().any(|n| n.form.to_lowercase().contains(wanted)),
            None => s.speaker_span.as_ref().is_some_and(|c| c.exact().to_lowercase().contains(wanted)),
        };
        if !wanted.as_ref().is_none_or(named) {
            continue;
        }
        let [date, name, words, mode, cue, medium, utterance, start, end, report, outlet, exact] = all.cells(
            row,
            [
                // not words: column names
                "date",
                "speaker_name",
                "speaker_words",
                "mode",
                "cue",
                "medium",
                "utterance",
                "start",
                "end",
                "report",
                "outlet",
                "exact",
            ],
        );
        let by = if name == Cell::Empty { words } else { name };
        let [by, outlet, cue, exact] = [by, outlet, cue, exact].map(on_one_line);
        list.push(vec![Cell::id(&s.id), date, by, outlet, mode, cue, medium, utterance, start, end, report, exact]);
    }
    list
}

/// Who met whom, or is to.
pub fn meetings(record: &Record) -> List {
    let mut builder = ViewBuilder::new(record);
    // not words: column names
    let columns = &["id", "status", "date", "place", "-kind", "reports", "-differs", "-where", "who"];
    let mut list = List::new(columns, "no report tells of a meeting");
    let all = table::meetings(record);
    for line in meeting::meetings(&mut builder) {
        let found = record.meetings.iter().zip(&all.rows).find(|(m, _)| m.id.as_str() == line.id);
        let Some((meeting, row)) = found else { continue };
        let [status, date, place, kind] = all.cells(row, ["status", "date", "place_name", "kind"]);
        list.push(vec![
            Cell::id(&line.id),
            status,
            date,
            on_one_line(place),
            kind,
            Cell::Int(line.reports.len() as i64),
            Cell::List(line.differs.iter().map(|d| (*d).to_owned()).collect()),
            Cell::List(meeting.accounts.iter().map(|a| place_of(&a.span)).collect()),
            Cell::text(builder.entity_names(&meeting.participants, ", ")),
        ]);
    }
    list
}

/// Where accounts of the same thing differ: a row an answer.
pub fn differences(record: &Record) -> List {
    // not words: column names
    let columns = &["id", "kind", "about", "reports", "-where", "account"];
    let mut list = List::new(columns, "no accounts of one thing differ");
    let all = table::discrepancies(record);
    for answer in all.rows.chunk_by(|a, b| same_answer(&all, a, b)) {
        let Some(first) = answer.first() else { continue };
        let [id, kind, about, value] = all.cells(first, ["discrepancy", "kind", "about", "value"]);
        let mut outlets = BTreeSet::new();
        let mut places = Vec::new();
        for row in answer {
            let [outlet, report, start, end] = all.cells(row, ["outlet", "report", "start", "end"]);
            outlets.insert(clean(&outlet.plain()));
            places.push(format!("{}:{}-{}", report.plain(), start.plain(), end.plain()));
        }
        list.push(vec![
            Cell::id(id.plain()),
            kind,
            on_one_line(about),
            Cell::List(outlets.into_iter().collect()),
            Cell::List(places),
            on_one_line(value),
        ]);
    }
    list
}

/// Whether two rows are citations of one answer.
fn same_answer(table: &Table, a: &[Cell], b: &[Cell]) -> bool {
    let names = ["discrepancy", "answer"];
    table.cells(a, names) == table.cells(b, names)
}

/// What happened, and is to happen, in the order of days.
pub fn timeline(record: &Record) -> List {
    let mut builder = ViewBuilder::new(record);
    // not words: column names
    let columns = &["date", "kind", "reports", "-id", "-where", "what"];
    let mut list = List::new(columns, "nothing in the reports has a date");
    for happening in happenings::timeline(&mut builder) {
        let places = happening.cites.iter().filter_map(|&c| builder.cited(c));
        let places = places.map(|(report, c)| format!("{report}:{}-{}", c.start, c.end)).collect();
        list.push(vec![
            Cell::text(happening.at.to_string()),
            Cell::text(happening.fact.as_str()),
            Cell::Int(happening.reports.len() as i64),
            Cell::text(happening.id),
            Cell::List(places),
            Cell::text(happening.what),
        ]);
    }
    list
}

/// What changed between two times, in the order given.
pub fn changes(changes: &[Change]) -> List {
    // not words: column names
    let columns = &["change", "fact", "part", "before", "after", "-id", "-where", "what"];
    let mut list = List::new(columns, "nothing has changed");
    for c in changes {
        list.push(vec![
            Cell::text(kind(c)),
            Cell::text(c.fact.as_str()),
            Cell::maybe(c.part.clone()),
            Cell::maybe(c.before.clone()),
            Cell::maybe(c.after.clone()),
            Cell::text(c.on.to_string()),
            Cell::List(c.evidence.iter().map(place_of).collect()),
            Cell::text(clean(&c.about)),
        ]);
    }
    list
}

/// The word for the way in which something changed.
fn kind(change: &Change) -> &'static str {
    match change.kind {
        ChangeKind::New => "new",
        ChangeKind::Changed => "changed",
        ChangeKind::Contradicted => "contradicted",
        ChangeKind::Confirmed => "confirmed",
        ChangeKind::Withdrawn => "withdrawn",
    }
}

/// "r1:12-34", in code points of the report.
fn place_of(citation: &Citation) -> String {
    format!("{}:{}-{}", citation.report(), citation.span().start(), citation.span().end())
}

/// The same words without line breaks and what could steer a terminal.
fn on_one_line(cell: Cell) -> Cell {
    match cell {
        Cell::Text(words) => Cell::text(clean(&words)),
        other => other,
    }
}
