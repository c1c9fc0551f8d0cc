//! The readable cases of `tests/suite/gathering`: tiny reports, and the gatherings that they tell of together.
//!
//! ```text
//! --- two reports of one meeting
//!
//! @ 2026-03-04
//! President Jon Berg met Elin Voss in Oslo on Tuesday.
//!
//! @ 2026-03-04
//! Voss met Berg on Tuesday.
//!
//! =>
//! talks | held | 2026-03-03 | Oslo | Elin Voss, Jon Berg | 2 accounts
//! ```
//! `@` begins a report, with the day it is of; its lines are its paragraphs. Each line below `=>` is a gathering, its
//! participants sorted. The rest of the form is told in `common`.

use crate::common;
use rapporteur::{Basis, EntityId, Record, Report, ReportId, record};

fn reports(text: &str) -> Vec<Report> {
    let text = text.strip_prefix('@').expect("a case begins with a report");
    let report = |(n, given): (usize, &str)| {
        let (day, text) = given.split_once('\n').expect("a report has a text");
        let mut report = Report::plain(ReportId::new(format!("r{n}")), text.trim());
        report.head.source = format!("{n}.txt");
        report.head.published = Some(day.trim().parse().expect("a day is EDTF"));
        report.head.published_basis = Some(Basis::Given);
        report
    };
    text.split("\n@").enumerate().map(report).collect()
}

fn name<'r>(record: &'r Record, id: &EntityId) -> &'r str {
    record.entities.iter().find(|e| e.id == *id).map_or("?", |e| e.name.as_str())
}

/// What is found, a line a gathering.
fn found(reports: &[Report]) -> Vec<String> {
    let record = record(reports);
    record.verify(reports).expect("every citation reads as the record gives it");
    let line = |m: &rapporteur::Meeting| {
        let mut who: Vec<&str> = m.participants.iter().map(|id| name(&record, id)).collect();
        who.sort_unstable();
        let told = m.accounts.len();
        format!(
            "{} | {} | {} | {} | {} | {told} account{}",
            m.kind.as_str(),
            m.status.as_str(),
            m.date.map_or("-".into(), |d| d.to_string()),
            m.place.as_ref().map_or("-", |id| name(&record, id)),
            if who.is_empty() { "-".into() } else { who.join(", ") },
            if told == 1 { "" } else { "s" },
        )
    };
    record.meetings.iter().map(line).collect()
}

#[test]
fn every_gathering_of_the_suite_is_found_and_no_other() {
    common::run("gathering", |case| found(&reports(&case.text)));
}

#[test]
fn an_account_names_its_rule() {
    let record = record(&reports("@ 2026-03-04\nPresident Jon Berg met Elin Voss in Oslo on Tuesday."));
    let rules: Vec<&str> = record.meetings.iter().flat_map(|m| &m.accounts).map(|a| a.by.as_str()).collect();
    assert_eq!(rules, ["meeting/verb/object"]);
}
