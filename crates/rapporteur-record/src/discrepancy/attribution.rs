//! Whose words they are: the same quotation in two people's mouths, by what the reports themselves write beside it.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{Citation, DiscrepancyKind, EntityKind, Record, Statement};

use super::{Draft, label};
use crate::story::Story;

/// Finds them among the utterances.
pub(super) fn find(story: &Story<'_>, record: &Record) -> Vec<Draft> {
    let persons: BTreeMap<_, usize> = story
        .merged
        .entities
        .iter()
        .enumerate()
        .filter(|(_, e)| e.kind == EntityKind::Person)
        .map(|(i, e)| (&e.id, i))
        .collect();
    let statements: BTreeMap<_, &Statement> = record.statements.iter().map(|s| (&s.id, s)).collect();
    let mut drafts = Vec::new();
    for utterance in &record.utterances {
        let mut speakers: BTreeMap<usize, Vec<&Statement>> = BTreeMap::new();
        for statement in utterance.statements.iter().filter_map(|id| statements.get(id)) {
            let speaker = statement.speaker.as_ref().and_then(|id| persons.get(id).copied());
            if let Some(speaker) = speaker.filter(|&s| named(story, s, statement)) {
                speakers.entry(speaker).or_default().push(statement);
            }
        }
        let reports = |all: &[&Statement]| -> BTreeSet<_> { all.iter().map(|s| s.report.clone()).collect() };
        let sets: Vec<BTreeSet<_>> = speakers.values().map(|s| reports(s)).collect();
        // A report that gives the words to both tells of two who said them.
        let apart = sets.iter().enumerate().all(|(i, a)| sets[i + 1..].iter().all(|b| a.is_disjoint(b)));
        if speakers.len() < 2 || !apart {
            continue;
        }
        let accounts = speakers.into_iter().map(|(speaker, all)| {
            let evidence: Vec<Citation> = all.iter().map(|s| s.content.clone()).collect();
            (story.merged.entities[speaker].name.clone(), evidence)
        });
        let about = format!("who said: {}", label(&utterance.text));
        drafts.push(Draft::new(DiscrepancyKind::Attribution, about, accounts.collect()));
    }
    drafts
}

/// Whether the words beside a statement name its speaker, so that no pronoun and no guess stands behind it.
fn named(story: &Story<'_>, speaker: usize, statement: &Statement) -> bool {
    let Some(span) = &statement.speaker_span else { return false };
    let words: Vec<String> = span.exact().split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    let name = &story.merged.entities[speaker].name;
    name.split(' ').next_back().is_some_and(|last| words.contains(&last.to_lowercase()))
}
