//! Runs the readable cases of `tests/suite/` at the root of the repository: a text, and below it what must be found.
//!
//! ```text
//! --- the name of the case
//! reference: 2025-11-25
//!
//! “The weir stays open,” Water Minister Mira Orlan said.
//!
//! =>
//! direct | Mira Orlan | said | The weir stays open,
//! ```
//! A blank line parts paragraphs. Each line below `=>` is something found, in the words of the suite; `!` says that there
//! is nothing. Lines `key: value` under the name are for the suite, but for `known: REASON`, which marks a shortfall: what
//! stands below `=>` is right, what is found is not, and the run tells when that has changed.
//! `before: …` says what commit 3111ada found in the same text, where it invented something or lost somebody; `before: the
//! same` marks what was right then and must stay so.
//!
//! `RAPPORTEUR_UPDATE=1 cargo test -p rapporteur-findings --test suite` writes what is found into the files, apart from known shortfalls:
//! read the difference before you keep it. `RAPPORTEUR_CASE=words` runs the cases whose name or text has these words and
//! prints what is found.

#![allow(dead_code, reason = "the suites of another crate need a part of it")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rapporteur_schema::{Report, ReportId};

/// One case of a file.
pub struct Case {
    name: String,
    notes: Vec<(String, String)>,
    /// Its text as written.
    pub text: String,
    expected: Vec<String>,
}

impl Case {
    /// What a line `key: value` under its name says.
    pub fn note(&self, key: &str) -> Option<&str> {
        self.notes.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }

    /// Its text as a report of body paragraphs; a line that is broken in the case is none in the report.
    pub fn report(&self) -> Report {
        let words = |p: &str| p.split_whitespace().collect::<Vec<_>>().join(" ");
        let paragraphs: Vec<String> = self.text.split("\n\n").map(words).collect();
        Report::plain(ReportId::new("r1"), &paragraphs.join("\n\n"))
    }
}

fn asked(name: &str) -> Option<String> {
    #[allow(
        clippy::disallowed_methods,
        reason = "how a developer asks for the cases to be rewritten, or for some of them"
    )]
    std::env::var(name).ok().filter(|v| !v.is_empty())
}

/// Runs the cases of a stage; `lines` says what is found in one. How many there are.
pub fn run(stage: &str, lines: impl Fn(&Case) -> Vec<String>) -> usize {
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
            let mut found = lines(case);
            if found.is_empty() {
                found.push("!".into());
            }
            if only.is_some() {
                println!("--- {}\n{}\n=>\n{}\n", case.name, case.text, found.join("\n"));
            }
            let place = format!("{}: {}", file.file_name().unwrap().display(), case.name);
            match (found == case.expected, case.note("known").is_some()) {
                (true, false) => passed += 1,
                (false, true) => known += 1,
                (true, true) => {
                    failed += 1;
                    writeln!(told, "\n{place}\n  is right now: take out its line `known:`").unwrap();
                    case.notes.retain(|(key, _)| key != "known");
                }
                (false, false) => {
                    failed += 1;
                    writeln!(told, "\n{place}\n{}", indented(&case.text)).unwrap();
                    told.push_str(&difference(&case.expected, &found));
                    case.expected = found;
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
    passed + known + failed
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
        let Some((given, expected)) = case.split_once("\n=>") else {
            panic!("{}: a case has no line =>\n{case}", file.display());
        };
        let Some((names, text)) = given.split_once("\n\n") else {
            panic!("{}: a case has no blank line before its text\n{case}", file.display());
        };
        let mut names = names.lines();
        let name = names.next().unwrap_or_default().trim().to_owned();
        let note = |line: &str| line.split_once(": ").map(|(key, value)| (key.to_owned(), value.to_owned()));
        let expected = expected.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
        Case { name, notes: names.filter_map(note).collect(), text: text.trim().to_owned(), expected }
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
        for (key, value) in &case.notes {
            writeln!(out, "{key}: {value}").unwrap();
        }
        writeln!(out, "\n{}\n\n=>\n{}", case.text, case.expected.join("\n")).unwrap();
    }
    out
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
