//! The readable cases of what is bargained over: `tests/suite/{proposal,issue,position,condition}/*.case`.
//!
//! The form is that of the other suites (see `suite.rs`): a text, `=>`, and below it a line a finding, `!` for none.
//! - proposal: `class | name | points, sum or - | authors | change or -`
//! - issue: `status | name | words` (what is only dealt with, not in dispute, stands as `mentioned`)
//! - position: `party | stance | what it is on | words of the clause`
//! - condition: `party | what would be | only if`
//!
//! `RAPPORTEUR_UPDATE=1 cargo test -p rapporteur-findings --test bargain_suite` writes what is found into the files, apart
//! from known shortfalls: read the difference before you keep it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests are tests")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rapporteur_findings::read;
use rapporteur_language::Pipeline;
use rapporteur_schema::{
    ActorIndex, Findings, Passage, PassageKind, ProposalClass, Report, ReportHead, ReportId, Text, Topic, sha256,
};

#[test]
fn proposals() {
    run("proposal", |f| {
        let class = |c| match c {
            ProposalClass::Plan => "plan",
            ProposalClass::Law => "law",
            ProposalClass::Offer => "offer",
            ProposalClass::Demand => "demand",
        };
        let number = |p: &rapporteur_schema::ProposalFinding| match (p.points, &p.sum) {
            (Some(n), _) => format!("{}{n} points", if p.approximate { "about " } else { "" }),
            (None, Some(sum)) => format!("{}{}", if p.approximate { "about " } else { "" }, sum.exact()),
            _ => "-".into(),
        };
        let all = f.proposals.iter().map(|p| {
            let authors: Vec<&str> = p.authors.iter().map(|&a| name(f, a)).collect();
            let authors = if authors.is_empty() { "-".into() } else { authors.join(", ") };
            let change = p.change.as_ref().map_or("-", |c| c.exact());
            format!("{} | {} | {} | {authors} | {change}", class(p.class), p.name, number(p))
        });
        all.collect()
    });
}

#[test]
fn issues() {
    run("issue", |f| {
        let status = |i: &rapporteur_schema::IssueFinding| i.status.map_or("mentioned", |s| s.as_str());
        f.issues.iter().map(|i| format!("{} | {} | {}", status(i), i.name, i.at.exact())).collect()
    });
}

#[test]
fn positions() {
    run("position", |f| {
        let all = f.positions.iter().map(|p| {
            let on = match p.on {
                Some(Topic::Proposal(i)) => format!("proposal: {}", f.proposals[i as usize].name),
                Some(Topic::Issue(i)) => format!("issue: {}", f.issues[i as usize].name),
                Some(Topic::Meeting(_)) => "meeting".into(),
                None => p.subject.as_ref().map_or("-".into(), |s| s.exact().to_owned()),
            };
            format!("{} | {} | {on} | {}", name(f, p.party), p.stance.as_str(), p.at.exact())
        });
        all.collect()
    });
}

#[test]
fn conditions() {
    run("condition", |f| {
        let party = |p: Option<ActorIndex>| p.map_or("-", |a| name(f, a));
        let all =
            f.conditions.iter().map(|c| format!("{} | {} | {}", party(c.party), c.what.exact(), c.only_if.exact()));
        all.collect()
    });
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
        published: None,
        published_basis: None,
        modified: None,
        language: "en".into(),
        credits: Vec::new(),
        passages,
    };
    Report::new(head, Text::new(text))
}
