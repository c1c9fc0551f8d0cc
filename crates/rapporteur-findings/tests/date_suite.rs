//! Runs the cases of `tests/suite/date`: a sentence, the date it is read against, and the dates the record then holds.
#![allow(clippy::expect_used, reason = "a test may stop at what it cannot read")]

use std::fmt::Write as _;
use std::path::Path;

use rapporteur_language::Pipeline;
use rapporteur_schema::{Basis, Passage, PassageKind, Report, ReportHead, ReportId, Text, sha256};

/// One case of a file.
struct Case {
    name: String,
    reference: String,
    text: String,
    want: String,
}

/// The cases of a file: `--- name`, `reference: DATE`, the text, `=>`, and an expression and its value a line.
fn cases(file: &str) -> Vec<Case> {
    let read = |block: &str| {
        let (given, want) = block.split_once("\n=>\n").expect("a case has a line =>");
        let mut lines = given.lines();
        let name = lines.next().expect("a case has a name").trim().to_owned();
        let reference = lines.next().and_then(|l| l.strip_prefix("reference:")).expect("a case has a reference");
        let want = want.lines().map(str::trim).filter(|l| !l.is_empty());
        Case {
            name,
            reference: reference.trim().to_owned(),
            text: lines.collect::<Vec<_>>().join("\n"),
            want: want.fold(String::new(), |all, line| all + line + "\n"),
        }
    };
    file.split("--- ").skip(1).map(read).collect()
}

/// A report of one paragraph.
fn report(text: &str, reference: &str) -> Report {
    let published = (reference != "none").then(|| reference.parse().expect("a reference is EDTF"));
    let head = ReportHead {
        id: ReportId::new("r1"),
        source: "case".into(),
        sha256: sha256(text.as_bytes()),
        encoding: "UTF-8".into(),
        outlet: None,
        url: None,
        title: None,
        byline: None,
        published,
        published_basis: published.map(|_| Basis::Given),
        modified: None,
        language: "en".into(),
        credits: Vec::new(),
        passages: vec![Passage { start: 0, end: text.chars().count() as u32, kind: PassageKind::Body }],
    };
    Report::new(head, Text::new(text))
}

#[test]
fn every_date_of_the_suite_is_found_and_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite/date");
    let files = std::fs::read_dir(&folder).expect("the suite stands in tests/suite/date");
    let mut files: Vec<_> = files.filter_map(|f| Some(f.ok()?.path())).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "case"));
    files.sort();
    let (mut count, mut wrong) = (0, String::new());
    for path in files {
        for case in cases(&std::fs::read_to_string(&path).expect("a case file is UTF-8")) {
            let findings = rapporteur_findings::read(&report(&case.text, &case.reference), Pipeline::builtin());
            let mut got = String::new();
            for date in &findings.dates {
                let value = date.value.map_or("open".to_owned(), |v| v.to_string());
                let _ = writeln!(got, "{} = {value}", date.at.exact());
            }
            count += 1;
            if got != case.want {
                let file = path.file_name().unwrap_or_default().display();
                let _ = writeln!(wrong, "{file}: {}\n  want {:?}\n  got  {got:?}", case.name, case.want);
            }
        }
    }
    assert!(wrong.is_empty(), "of {count} cases these are wrong:\n{wrong}");
    assert!(count >= 100, "only {count} cases");
}
