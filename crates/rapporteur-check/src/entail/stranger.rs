//! Somebody in a sentence of whom the reports do not tell this: whoever is named must be named where the rest of it stands.

use std::collections::BTreeSet;

use rapporteur_lexicon::words::clause::PERSON_PRONOUN;
use rapporteur_schema::{EntityKind, MentionKind};

use crate::index::{ComparisonIndex, Hit};

/// How much of the rest of the sentence must stand in a report's.
const MIN_REST: f64 = 0.52;

/// How much less than the best another sentence may have and still tell the same.
const REACH: f64 = 0.15;

/// Telling words of the rest at least.
const MIN_FEATURES: usize = 5;

/// A person of the sentence whom no sentence that tells the rest of it names, or one beside it; and the nearest of these.
pub(super) fn stranger(index: &ComparisonIndex<'_>, number: usize) -> Option<(usize, Hit)> {
    let draft = &index.draft;
    let words = draft.sentences[number].words.clone();
    let span = draft.span(words.clone())?;
    let named = draft.seen_at(span).filter(|s| s.kind == MentionKind::Name);
    let people: BTreeSet<usize> = named
        .filter(|s| {
            let inside = draft.words_at(rapporteur_schema::Span::new(s.start, s.end));
            !inside.clone().any(|w| draft.quoted[w].is_some())
        })
        .map(|s| s.entity)
        .filter(|&e| index.entity(e).kind == EntityKind::Person && index.is_reported(e))
        .collect();
    for person in people {
        let own = index.feature_of_entity(person);
        let rest: Vec<(u32, f64)> =
            index.features_of(words.clone(), &[]).into_iter().filter(|f| Some(f.0) != own).collect();
        if rest.len() < MIN_FEATURES {
            continue;
        }
        let hits = index.nearest(&rest, MIN_REST);
        let Some(best) = hits.first().copied() else { continue };
        let near = hits.iter().filter(|h| h.score >= best.score - REACH).take(8);
        let mut all = near.map(|hit| {
            let doc = &index.docs[hit.doc];
            let sentences = hit.sentence.saturating_sub(2)..(hit.sentence + 3).min(doc.sentences.len());
            let mut spans = sentences.filter_map(|s| doc.span(doc.sentences[s].words.clone()));
            // A name that is joined with another still has its letters.
            let last = index.entities.forms(person).iter().filter_map(|f| f.last()).collect::<BTreeSet<_>>();
            spans.any(|span| {
                doc.seen_at(span).any(|s| s.entity == person)
                    || doc.words[doc.words_at(span)].iter().any(|w| {
                        // Whom "him" means is left open; a surname may be spelt in several ways.
                        let spelt = |l: &&String| l.get(..5).is_some_and(|begins| w.folded.starts_with(begins));
                        PERSON_PRONOUN.has(&w.folded) || last.contains(&w.folded) || last.iter().any(spelt)
                    })
            })
        });
        if !all.any(|there| there) {
            return Some((person, best));
        }
    }
    None
}
