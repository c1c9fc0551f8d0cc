//! The readable cases of who and what is named: `tests/suite/names/*.case`.
//!
//! The form is told in `common`; a line is an actor: `kind | name | the words it is named by, in order`,
//! `(meant)` for one that other words mean.

use crate::common;
use rapporteur_findings::Models;
use rapporteur_findings::read;
use rapporteur_schema::{Actor, MentionKind};

#[test]
fn names() {
    common::run("names", |case| {
        let found = read(&case.report(), Models::quick());
        found.actors.iter().map(line).collect()
    });
}

fn line(actor: &Actor) -> String {
    let named = actor.mentions.iter().filter(|m| m.kind == MentionKind::Name);
    let words: Vec<&str> = named.map(|m| m.at.exact()).collect();
    let words = if words.is_empty() { "(meant)".to_owned() } else { words.join(", ") };
    format!("{} | {} | {words}", actor.kind.as_str(), actor.name)
}
