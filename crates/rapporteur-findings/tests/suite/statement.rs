//! The readable cases of who said what: `tests/suite/{statement,speaker}/*.case`.
//!
//! Each line below `=>` is a statement: mode, speaker, cue, content. A speaker who is not resolved stands as written, in
//! brackets; `-` is nobody, or no cue; `¶` is where a paragraph ends inside a content. The form is told in `common`.

use crate::common::{self, Case};
use rapporteur_findings::Models;
use rapporteur_findings::read;
use rapporteur_schema::{Findings, StatementFinding};

#[test]
fn statements() {
    common::run("statement", found);
}

#[test]
fn speakers() {
    common::run("speaker", found);
}

/// What is found in a text, a line a statement.
fn found(case: &Case) -> Vec<String> {
    let found = read(&case.report(), Models::quick());
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
