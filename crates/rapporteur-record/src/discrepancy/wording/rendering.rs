//! What one speaker said of one thing, reported with another modality: "could have been a basis", "could become a good
//! basis". Both words may be a reporter's; they cannot both be what was meant.

use std::collections::BTreeMap;

use rapporteur_lexicon::words::comparison;
use rapporteur_schema::{Citation, DiscrepancyKind, EntityId, Mode, Record};

use super::word::{Word, span, words};
use super::{RawDiscrepancy, cite, label};
use crate::context::MergeContext;

/// How far a noun may stand from the modal verb that it belongs to.
const REACH: usize = 7;

/// A noun that many statements of one speaker have tells nothing.
const MAX_SAYINGS: usize = 4;

/// One statement's modal verb and what follows it.
struct Said {
    report: usize,
    day: Option<rapporteur_schema::Edtf>,
    modal: String,
    at: Citation,
}

/// Finds them.
pub(super) fn find(story: &MergeContext<'_>, record: &Record) -> Vec<RawDiscrepancy> {
    let mut said: BTreeMap<(&EntityId, String), Vec<Said>> = BTreeMap::new();
    let reports: BTreeMap<_, usize> = story.reports.iter().enumerate().map(|(i, r)| (r.id(), i)).collect();
    for statement in record.statements.iter().filter(|s| s.mode != Mode::Direct) {
        let (Some(speaker), Some(&report)) = (&statement.speaker, reports.get(&statement.report)) else { continue };
        let day = statement.date.or(story.findings.get(report).and_then(|f| f.published));
        let words = words(&story.reports[report].text, story.tokens_at(report, &statement.content));
        for (at, _) in words.iter().enumerate().filter(|(_, w)| is_modal(&w.folded)) {
            let group = at + verb_group(&words[at..]);
            let end = (at + REACH).min(words.len());
            for noun in group..end {
                if words[noun].is_telling() && words[noun].folded.len() >= 5 {
                    let modal = words[at..group].iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" ");
                    let Some(at) = around(story, report, &words, at, noun) else { continue };
                    said.entry((speaker, words[noun].folded.clone())).or_default().push(Said {
                        report,
                        day,
                        modal,
                        at,
                    });
                }
            }
        }
    }
    said.into_iter().filter_map(|((speaker, noun), all)| draft(record, speaker, &noun, all)).collect()
}

fn draft(record: &Record, speaker: &EntityId, noun: &str, all: Vec<Said>) -> Option<RawDiscrepancy> {
    let first = all.first()?;
    let (report, day) = (first.report, first.day);
    let other = |s: &Said| s.report != report && s.day.zip(day).is_none_or(|(a, b)| a.meets(b));
    let same_verb = |s: &&Said| s.modal.split(' ').next() == all[0].modal.split(' ').next();
    let against =
        all.iter().filter(|s| other(s)).find(|s| same_verb(s) && is_being(&s.modal) && s.modal != all[0].modal)?;
    if all.len() > MAX_SAYINGS || !is_being(&first.modal) {
        return None;
    }
    let name = record.entities.iter().find(|e| e.id == *speaker).map_or("", |e| e.name.as_str());
    let accounts = [first, against].map(|s| (label(&s.modal), vec![s.at.clone()]));
    Some(RawDiscrepancy::new(DiscrepancyKind::Wording, format!("{name}: {noun}"), accounts.into()))
}

/// How many words the verb with its modal takes up: "could have been", "could become".
fn verb_group(words: &[Word]) -> usize {
    let aux = words.iter().skip(1).take(3).take_while(|w| matches!(w.folded.as_str(), "not" | "have" | "be" | "also"));
    let end = 1 + aux.count();
    // "could have been" ends with its participle.
    (end + usize::from(words.get(end - 1).is_none_or(|w| w.folded != "be"))).min(words.len())
}

/// Whether the verb says what a thing is, was or becomes: there the modality is the message.
fn is_being(modal: &str) -> bool {
    modal.split(' ').skip(1).any(|w| comparison::VERB_OF_BEING.has(w))
}

fn is_modal(word: &str) -> bool {
    comparison::MODAL_VERB.has(word)
}

/// The modal verb and its noun with some words around.
fn around(story: &MergeContext<'_>, report: usize, words: &[Word], from: usize, to: usize) -> Option<Citation> {
    let (first, last) = (from.saturating_sub(6), (to + 3).min(words.len()));
    cite(story.reports.get(report)?, span(words.get(first..last)?)?)
}
