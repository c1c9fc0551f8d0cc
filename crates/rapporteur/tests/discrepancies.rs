//! The readable cases of `tests/suite/discrepancy`: two or three tiny reports, and where their accounts differ.
//!
//! ```text
//! --- two counts of the same people
//!
//! @ 2026-03-04
//! The strike involves 640 welders.
//!
//! @ 2026-03-04
//! The union called 700 welders out on strike.
//!
//! =>
//! number | 640 | 700
//! ```
//! `@` begins a report, with the day it is of. Each line below `=>` is a discrepancy: its kind and the value of each
//! account; `!` says that there is none. A line `known: REASON` under the name marks a shortfall: what stands below `=>`
//! is right, what is found is not, and the run tells when that has changed. `RAPPORTEUR_CASE=words` runs the cases whose
//! name has these words and prints what is found.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails says so by panicking")]

use std::fmt::Write as _;
use std::path::Path;

use rapporteur::{Basis, Passage, PassageKind, Report, ReportHead, ReportId, Text, record, sha256};

/// One case of a file.
struct Case {
    name: String,
    known: bool,
    reports: Vec<Report>,
    want: Vec<String>,
}

/// The cases of a file.
fn cases(file: &str) -> Vec<Case> {
    file.split("--- ").skip(1).map(case).collect()
}

fn case(block: &str) -> Case {
    let (given, want) = block.split_once("\n=>\n").expect("a case has a line =>");
    let (head, reports) = given.split_once("\n@").expect("a case has reports");
    let mut head = head.lines();
    let name = head.next().expect("a case has a name").trim().to_owned();
    let reports = reports.split("\n@").enumerate().map(|(i, r)| {
        let (day, text) = r.split_once('\n').expect("a report has a text");
        report(i, day.trim(), text.trim())
    });
    let lines = |want: &str| want.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect();
    Case { name, known: head.any(|l| l.starts_with("known:")), reports: reports.collect(), want: lines(want) }
}

/// A report whose lines are its paragraphs.
fn report(n: usize, day: &str, text: &str) -> Report {
    let mut passages = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let length = line.chars().count() as u32;
        passages.push(Passage { start: at, end: at + length, kind: PassageKind::Body });
        at += length;
    }
    let head = ReportHead {
        id: ReportId::new(format!("r{n}")),
        source: format!("{n}.txt"),
        sha256: sha256(text.as_bytes()),
        encoding: "UTF-8".into(),
        outlet: None,
        url: None,
        title: None,
        byline: None,
        published: Some(day.parse().expect("a day is EDTF")),
        published_basis: Some(Basis::Given),
        modified: None,
        language: "en".into(),
        credits: Vec::new(),
        passages,
    };
    Report::new(head, Text::new(text))
}

/// What is found, a line a discrepancy.
fn found(reports: &[Report]) -> Vec<String> {
    let record = record(reports);
    record.verify(reports).expect("every citation reads as the record gives it");
    let mut lines: Vec<String> = record
        .discrepancies
        .iter()
        .map(|d| {
            let values = d.accounts.iter().map(|a| a.value.as_str());
            [d.kind.as_str()].into_iter().chain(values).collect::<Vec<_>>().join(" | ")
        })
        .collect();
    if lines.is_empty() {
        lines.push("!".into());
    }
    lines.sort();
    lines
}

#[test]
fn every_discrepancy_of_the_suite_is_found_and_no_other() {
    #[allow(clippy::disallowed_methods, reason = "how a developer asks for some cases")]
    let only = std::env::var("RAPPORTEUR_CASE").ok();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite/discrepancy");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "case"));
    files.sort();
    let (mut count, mut wrong) = (0, String::new());
    for path in files {
        for mut case in cases(&std::fs::read_to_string(&path).unwrap()) {
            if only.as_ref().is_some_and(|o| !case.name.contains(o)) {
                continue;
            }
            let got = found(&case.reports);
            case.want.sort();
            count += 1;
            if only.is_some() {
                println!("{}: {got:#?}", case.name);
            }
            let file = path.file_name().unwrap_or_default().display();
            match (got == case.want, case.known) {
                (false, false) => {
                    let _ = writeln!(wrong, "{file}: {}\n  want {:?}\n  got  {got:?}", case.name, case.want);
                }
                (true, true) => {
                    let _ = writeln!(wrong, "{file}: {} is no longer a shortfall: take `known` away", case.name);
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "of {count} cases these are wrong:\n{wrong}");
    assert!(count > 0, "no case");
}
