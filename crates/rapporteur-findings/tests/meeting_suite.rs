//! The readable cases of who met whom: `tests/suite/meeting/*.case`.
//!
//! The form is that of the other suites (see `suite.rs`): a text, `=>`, and below it a line an account, `!` for none:
//! `kind | status | date | place | participants`, with `+both` where it is said of both parties of the story and `?`
//! where it only points to a gathering told elsewhere. Every text was published on Wednesday 2025-03-12.
//!
//! `RAPPORTEUR_UPDATE=1 cargo test -p rapporteur-findings --test meeting_suite` writes what is found into the files,
//! apart from known shortfalls: read the difference before you keep it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests are tests")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rapporteur_findings::read;
use rapporteur_language::Pipeline;
use rapporteur_schema::{
    ActorIndex, Edtf, Findings, MeetingFinding, Passage, PassageKind, Report, ReportHead, ReportId, Text, sha256,
};

#[test]
fn meetings() {
    run("meeting", |f| f.meetings.iter().map(|m| line(f, m)).collect());
}

fn line(f: &Findings, m: &MeetingFinding) -> String {
    let who: Vec<&str> = m.participants.iter().map(|&a| name(f, a)).collect();
    let mut out = format!(
        "{} | {} | {} | {} | {}",
        m.kind.as_str(),
        m.status.as_str(),
        m.date.map_or("-".into(), |d| d.to_string()),
        m.place.map_or("-", |a| name(f, a)),
        if who.is_empty() { "-".into() } else { who.join(", ") },
    );
    out.push_str(if m.sides { " +both" } else { "" });
    out.push_str(if m.refers { " ?" } else { "" });
    out
}

fn name(f: &Findings, actor: ActorIndex) -> &str {
    &f.actors[actor.index()].name
}

/// One case of a file.
struct Case {
    name: String,
    known: Option<String>,
    text: String,
    expected: Vec<String>,
}

fn run(stage: &str, lines: impl Fn(&Findings) -> Vec<String>) {
    #[allow(clippy::disallowed_methods, reason = "how a developer asks for the cases to be rewritten")]
    let update = std::env::var("RAPPORTEUR_UPDATE").is_ok_and(|v| !v.is_empty());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite").join(stage);
    let (mut told, mut failed, mut passed) = (String::new(), 0, 0);
    for file in files(&folder) {
        let mut cases = parse(&file);
        for case in &mut cases {
            let mut found = lines(&read(&report(&case.text), Pipeline::builtin()));
            if found.is_empty() {
                found.push("!".into());
            }
            let right = found == case.expected;
            if right != case.known.is_some() {
                passed += 1;
                continue;
            }
            failed += 1;
            writeln!(told, "\n{}: {}\n  {}", file.file_name().unwrap().display(), case.name, case.text).unwrap();
            if right {
                told.push_str("  is right now: take out its line `known:`\n");
                case.known = None;
                continue;
            }
            case.expected.iter().for_each(|l| writeln!(told, "  {} {l}", mark(&found, l, '-')).unwrap());
            found.iter().filter(|l| !case.expected.contains(l)).for_each(|l| writeln!(told, "  + {l}").unwrap());
            case.expected = found;
        }
        if update {
            std::fs::write(&file, write(&cases)).unwrap();
        }
    }
    println!("{stage}: {passed} as expected, {failed} not");
    assert!(failed == 0 || update, "{told}\n{stage}: {passed} as expected, {failed} not");
}

fn mark(found: &[String], line: &String, missing: char) -> char {
    if found.contains(line) { ' ' } else { missing }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "case"));
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", folder.display());
    files
}

fn parse(file: &Path) -> Vec<Case> {
    let written = std::fs::read_to_string(file).unwrap();
    let rest = written.strip_prefix("--- ").unwrap_or_else(|| panic!("{}: begins with no case", file.display()));
    let cases = rest.split("\n--- ").map(|case| {
        let (name, body) = case.split_once('\n').unwrap_or((case, ""));
        let (known, body) = match body.strip_prefix("known: ").and_then(|b| b.split_once('\n')) {
            Some((reason, body)) => (Some(reason.to_owned()), body),
            None => (None, body),
        };
        let Some((text, expected)) = body.split_once("\n=>") else {
            panic!("{}: the case {name:?} has no line =>", file.display());
        };
        let expected = expected.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
        Case { name: name.trim().to_owned(), known, text: text.trim().to_owned(), expected }
    });
    cases.collect()
}

fn write(cases: &[Case]) -> String {
    let mut out = String::new();
    for case in cases {
        if !out.is_empty() {
            out.push('\n');
        }
        writeln!(out, "--- {}", case.name).unwrap();
        if let Some(reason) = &case.known {
            writeln!(out, "known: {reason}").unwrap();
        }
        writeln!(out, "\n{}\n\n=>\n{}", case.text, case.expected.join("\n")).unwrap();
    }
    out
}

/// A report of body paragraphs; a line that is broken in the case is none in the report.
fn report(text: &str) -> Report {
    let paragraphs: Vec<String> =
        text.split("\n\n").map(|p| p.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let text = paragraphs.join("\n\n");
    let (mut passages, mut at) = (Vec::new(), 0);
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let break_after = if i + 1 < paragraphs.len() { 2 } else { 0 };
        let end = at + paragraph.chars().count() as u32 + break_after;
        passages.push(Passage { start: at, end, kind: PassageKind::Body });
        at = end;
    }
    let head = ReportHead {
        id: ReportId::new("r1"),
        source: "case".into(),
        sha256: sha256(text.as_bytes()),
        encoding: "UTF-8".into(),
        outlet: None,
        url: None,
        title: None,
        byline: None,
        published: Some("2025-03-12".parse::<Edtf>().unwrap()),
        published_basis: None,
        modified: None,
        language: "en".into(),
        credits: Vec::new(),
        passages,
    };
    Report::new(head, Text::new(text))
}
