//! The clauses of the nearest sentences of the reports beside a clause of the draft: which settles it, which excludes it, and in whose
//! voice it is told.

use std::collections::BTreeSet;

use rapporteur_lexicon::senses;
use rapporteur_lexicon::words::clause::CONTESTED;

use super::Asked;
use super::assertion::{self, Assertion, Conflict, DENIES, Pair, Relation, Sameness};
use crate::index::{ComparisonIndex, Hit};

/// Sentences of the reports beside which a sentence of the draft is laid.
const CANDIDATES: usize = 8;

/// How much of a sentence of the draft another must have to be a candidate.
const MIN_CANDIDATE: f64 = 0.2;

/// The plainest verb of speech: what can stand for it only leads to what is said.
const SAYS: &str = "say";

/// The same as [`MIN_AGAINST`](super::MIN_AGAINST) where the object is settled, and the opposite is said of it.
const MIN_OBJECT: f64 = 0.4;

/// How much of a sentence must be alike where its participants are left open.
const MIN_ALONE: f64 = 0.5;

/// How near a clause must come to tell in whose voice the reports say it.
const MIN_VOICE: f64 = 0.5;

/// How much of a sentence a report's must have to tell it in its own voice where a participant is left open.
const MIN_OWN: f64 = 0.75;

/// How much nearer a clause that contradicts must be than one that does not.
pub(super) const MARGIN: f64 = 0.08;

/// What is found against a clause or for it.
pub(super) struct Finding {
    pub(super) hit: Hit,
    /// The clause of the report, by its place in the sentence.
    pub(super) theirs: usize,
    pub(super) pair: Pair,
    /// How near, the context counted with it.
    pub(super) near: f64,
}

/// The sentences beside which these features are laid: the nearest, each wording once.
pub(super) fn candidates(index: &ComparisonIndex<'_>, features: &[(u32, f64)]) -> Vec<Hit> {
    let mut seen: BTreeSet<&[u32]> = BTreeSet::new();
    let mut out = Vec::new();
    for hit in index.nearest(features, MIN_CANDIDATE) {
        let sentence = &index.docs[hit.doc].sentences[hit.sentence];
        if seen.insert(&sentence.features) {
            out.push(hit);
        }
        if out.len() == CANDIDATES {
            break;
        }
    }
    out
}

/// In whose voice the reports tell what a clause says.
#[derive(Default)]
pub(super) struct Voice {
    /// In their own, or in that of whom it is told of.
    pub(super) own: bool,
    /// Else in somebody's: the sentence, its clause, and who says it.
    pub(super) spoken: Option<(Hit, usize, usize)>,
}

impl Voice {
    fn hear(
        &mut self,
        index: &ComparisonIndex<'_>,
        ours: &Assertion,
        theirs: &Assertion,
        hit: Hit,
        n: usize,
        pair: &Pair,
    ) {
        let Some(said) = &theirs.said else {
            self.own |= pair.subject == Sameness::Same && pair.object == Sameness::Same || hit.score >= MIN_OWN;
            return;
        };
        let same = |a: &assertion::Who, b: &assertion::Who| assertion::same(index, a, b) == Sameness::Same;
        let himself = |s: &assertion::Who| ours.subject.iter().chain(&theirs.subject).any(|w| same(w, s) || w.pointing);
        if said.iter().any(himself) {
            self.own = true;
        }
        let contested = theirs.clause.speech.as_ref().is_some_and(|s| CONTESTED.has(&s.cue));
        let who = said.iter().find_map(|w| w.entities.first().copied());
        let held = pair.subject == Sameness::Same || pair.object == Sameness::Same;
        if let Some(who) = who.filter(|_| (contested || hit.score >= MIN_ALONE) && held && self.spoken.is_none()) {
            self.spoken = Some((hit, n, who));
        }
    }
}

/// The nearest clause that settles one of the draft, and the nearest that excludes it.
pub(super) fn weigh(
    index: &ComparisonIndex<'_>,
    asked: &mut Asked<'_, '_>,
    hits: &[Hit],
    ours: &Assertion,
) -> (Option<Finding>, Option<Finding>, Voice) {
    let mut voice = Voice::default();
    let (mut settled, mut opposed): (Option<Finding>, Option<Finding>) = (None, None);
    // What does not exclude it, though it does not settle it either, keeps another from contradicting.
    let mut compatible: f64 = 0.0;
    for hit in hits {
        let present = entities_near(index, hit);
        let there = |w: &assertion::Who| w.entities.iter().any(|e| present.contains(e));
        for (theirs, other) in asked.of_report(hit.doc, hit.sentence).iter().enumerate() {
            let pair = assertion::pair(index, ours, other);
            if pair.relation == Relation::Apart {
                continue;
            }
            let near = 0.6 * pair.near + 0.4 * hit.score.min(1.0);
            if pair.conflict.is_none() && near >= MIN_VOICE {
                voice.hear(index, ours, other, *hit, theirs, &pair);
            }
            let finding = Finding { hit: *hit, theirs, pair, near };
            let slot = if pair.settled {
                &mut settled
            } else if pair.conflict.is_some()
                && opposes(ours, other, &pair, hit.score)
                && !explained(ours, &pair, &there)
            {
                &mut opposed
            } else {
                if pair.conflict.is_none() {
                    compatible = compatible.max(near);
                }
                continue;
            };
            if slot.as_ref().is_none_or(|known| near > known.near) {
                *slot = Some(finding);
            }
        }
    }
    opposed = opposed.filter(|o| {
        o.near > compatible + MARGIN / 2.0 || o.pair.conflict == Some(Conflict::Polarity) && o.near >= compatible
    });
    (settled, opposed, voice)
}

/// Whether somebody who seems to be another is named right there all the same: then a reader has to compare.
fn explained(ours: &Assertion, pair: &Pair, there: &dyn Fn(&assertion::Who) -> bool) -> bool {
    match pair.conflict {
        Some(Conflict::Participant) => {
            let apart = |side: &[assertion::Who], s: Sameness| {
                s == Sameness::Other && side.iter().filter(|w| !w.entities.is_empty()).all(there)
            };
            let behind: Vec<assertion::Who> = ours.object.iter().chain(&ours.other).cloned().collect();
            apart(&ours.subject, pair.subject) || apart(&behind, pair.object)
        }
        Some(Conflict::Speaker) => ours.said.iter().flatten().any(there),
        _ => false,
    }
}

/// Who is named or meant in a sentence.
fn entities_near(index: &ComparisonIndex<'_>, hit: &Hit) -> BTreeSet<usize> {
    let doc = &index.docs[hit.doc];
    let sentences = hit.sentence..(hit.sentence + 1).min(doc.sentences.len());
    let spans = sentences.filter_map(|s| doc.span(doc.sentences[s].words.clone()));
    spans.flat_map(|span| doc.seen_at(span).map(|s| s.entity).collect::<Vec<_>>()).collect()
}

/// Whether what sets two clauses apart is sure enough to speak against the draft.
fn opposes(ours: &Assertion, theirs: &Assertion, pair: &Pair, context: f64) -> bool {
    let same = |s: Sameness| s == Sameness::Same;
    let (subject, object) = (same(pair.subject), same(pair.object));
    let light = ours.is_light() || theirs.is_light();
    let word = ours.clause.predicate == theirs.clause.predicate;
    // Where the words leave open who is meant, the rest of the sentence has to be much alike.
    let alone = |other_side: bool| other_side || context >= MIN_ALONE;
    let empty = |a: &[assertion::Who], b: &[assertion::Who]| a.is_empty() || b.is_empty();
    let (no_subject, no_object) = (empty(&ours.subject, &theirs.subject), empty(&ours.object, &theirs.object));
    let denies = ours.clause.predicate == DENIES || theirs.clause.predicate == DENIES;
    match pair.conflict {
        Some(Conflict::Swapped) => !light,
        // Verbs of speech deny and affirm what they lead to, not each other.
        Some(Conflict::Polarity) if senses().same(&ours.clause.predicate, SAYS) => {
            word && subject && context >= MIN_OWN
        }
        // "Admitted" and "denied": of the same thing only where the rest is much alike.
        Some(Conflict::Polarity) if pair.relation == Relation::Opposite && denies => context >= MIN_ALONE && subject,
        // A noun by itself is part of a sentence that says more; its "no" may stand before what is taken for one.
        Some(Conflict::Polarity) if ours.clause.nominal && theirs.clause.nominal => false,
        Some(Conflict::Polarity) if ours.clause.nominal != theirs.clause.nominal => subject && object,
        Some(Conflict::Polarity) if light => object && subject,
        Some(Conflict::Polarity) => match pair.relation {
            Relation::Opposite => {
                // "Stopped short of attacking them", "is backing them": what only leads up to it is no opposite.
                let told = !ours.clause.describing && !theirs.clause.describing;
                subject && (object || alone(no_object))
                    || object && told && (alone(no_subject) || context >= MIN_OBJECT)
            }
            _ => subject || object || context >= MIN_ALONE,
        },
        Some(Conflict::Participant) => {
            !light && matches!(pair.relation, Relation::Alike(_)) && (subject || object || context >= MIN_ALONE)
        }
        Some(Conflict::Mood) => {
            let nominal = ours.clause.nominal || theirs.clause.nominal;
            let alike = matches!(pair.relation, Relation::Alike(sure) if sure > 0.9);
            (!light || word && object)
                && !nominal
                && (subject && object || alike && (subject || object || context >= MIN_ALONE))
        }
        Some(Conflict::Speaker) => !ours.clause.nominal && (subject || object || word) && context >= MIN_ALONE,
        None => false,
    }
}
