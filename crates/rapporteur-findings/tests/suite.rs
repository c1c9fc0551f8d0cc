//! The readable cases of `tests/suite/` at the root of the repository: a text, and below it what must be found.
//!
//! ```text
//! --- a quotation with its cue after it
//!
//! “The weir stays open,” Water Minister Mira Orlan said.
//!
//! =>
//! direct | Mira Orlan | said | The weir stays open,
//! ```
//! A blank line parts paragraphs. Each line below `=>` is a statement: mode, speaker, cue, content. A speaker who is not
//! resolved stands as written, in brackets; `-` is nobody, or no cue; `¶` is where a paragraph ends inside a content.
//! `!` says that there is no statement at all. A line `known: REASON` under the name marks a shortfall: what stands
//! below `=>` is right, what is found is not, and the run tells when that has changed.
//!
//! `RAPPORTEUR_UPDATE=1 cargo test -p rapporteur-findings --test suite` writes what is found into the files, apart from
//! known shortfalls: read the difference before you keep it. `RAPPORTEUR_CASE=words` runs the cases whose name or text
//! has these words and prints what is found.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests are tests")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rapporteur_findings::read;
use rapporteur_language::Pipeline;
use rapporteur_schema::{Findings, Passage, PassageKind, Report, ReportHead, ReportId, StatementFinding, Text, sha256};

#[test]
fn statements() {
    run("statement");
}

#[test]
fn speakers() {
    run("speaker");
}

/// One case of a file.
struct Case {
    name: String,
    known: Option<String>,
    text: String,
    expected: Vec<String>,
}

fn asked(name: &str) -> Option<String> {
    #[allow(clippy::disallowed_methods, reason = "how a developer asks for the cases to be rewritten")]
    std::env::var(name).ok().filter(|v| !v.is_empty())
}

fn run(stage: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite").join(stage);
    let (update, only) = (asked("RAPPORTEUR_UPDATE").is_some(), asked("RAPPORTEUR_CASE"));
    let mut told = String::new();
    let (mut passed, mut known, mut failed) = (0, 0, 0);
    for file in files(&folder) {
        let written = std::fs::read_to_string(&file).unwrap();
        let (head, mut cases) = parse(&file, &written);
        for case in &mut cases {
            if only.as_ref().is_some_and(|o| !case.name.contains(o.as_str()) && !case.text.contains(o.as_str())) {
                continue;
            }
            let found = found(&case.text);
            if only.is_some() {
                println!("--- {}\n{}\n=>\n{}\n", case.name, case.text, found.join("\n"));
            }
            let place = format!("{}: {}", file.file_name().unwrap().display(), case.name);
            match (found == case.expected, &case.known) {
                (true, None) => passed += 1,
                (false, Some(_)) => known += 1,
                (true, Some(_)) => {
                    failed += 1;
                    writeln!(told, "\n{place}\n  is right now: take out its line `known:`").unwrap();
                    if update {
                        case.known = None;
                    }
                }
                (false, None) => {
                    failed += 1;
                    writeln!(told, "\n{place}\n{}", indented(&case.text)).unwrap();
                    told.push_str(&difference(&case.expected, &found));
                    if update {
                        case.expected = found;
                    }
                }
            }
        }
        let rewritten = write(&head, &cases);
        if update && rewritten != written {
            std::fs::write(&file, rewritten).unwrap();
        }
    }
    println!("{stage}: {passed} right, {known} known shortfalls, {failed} wrong");
    assert!(failed == 0 || update, "{told}\n{stage}: {passed} right, {known} known shortfalls, {failed} wrong");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "case"));
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", folder.display());
    files
}

/// What stands before the first case, and the cases.
fn parse(file: &Path, written: &str) -> (String, Vec<Case>) {
    let (head, rest) = match written.strip_prefix("--- ") {
        Some(rest) => (String::new(), rest),
        None => match written.split_once("\n--- ") {
            Some((head, rest)) => (format!("{head}\n"), rest),
            None => panic!("{}: has no case", file.display()),
        },
    };
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
    (head, cases.collect())
}

fn write(head: &str, cases: &[Case]) -> String {
    let mut out = head.to_owned();
    for case in cases {
        if !out.is_empty() && !out.ends_with("\n\n") {
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

/// What is found in a text, a line a statement.
fn found(text: &str) -> Vec<String> {
    let found = read(&report(text), Pipeline::builtin());
    if found.statements.is_empty() {
        return vec!["!".into()];
    }
    found.statements.iter().map(|s| line(&found, s)).collect()
}

fn line(found: &Findings, s: &StatementFinding) -> String {
    let speaker = match (s.speaker, &s.speaker_span) {
        (Some(actor), _) => found.actors[actor.index()].name.clone(),
        (None, Some(words)) => format!("({})", words.exact()),
        (None, None) => "-".into(),
    };
    let cue = s.cue.as_ref().map_or("-", |c| c.exact());
    let content = s.content.exact().split("\n\n").map(str::trim).collect::<Vec<_>>().join(" ¶ ");
    format!("{} | {speaker} | {cue} | {content}", s.mode.as_str())
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
        published: None,
        published_basis: None,
        modified: None,
        language: "en".into(),
        credits: Vec::new(),
        passages,
    };
    Report::new(head, Text::new(text))
}

fn indented(text: &str) -> String {
    text.lines().map(|l| format!("  {l}")).collect::<Vec<_>>().join("\n")
}

/// What is missing with `-`, what is too much with `+`, what is right with a space.
fn difference(expected: &[String], found: &[String]) -> String {
    let mut out = String::new();
    for line in expected {
        writeln!(out, "  {} {line}", if found.contains(line) { ' ' } else { '-' }).unwrap();
    }
    for line in found.iter().filter(|l| !expected.contains(l)) {
        writeln!(out, "  + {line}").unwrap();
    }
    out
}
