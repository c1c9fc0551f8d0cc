//! Words left out at the edges of a quotation that change what it says: "we will accept it" of "We will accept it only if …".
//!
//! What is kept stands so, word for word; whether what is left out denies it, makes it a condition or a guess is asked of the clauses of
//! the sentence that it was taken from. What the draft tells itself beside the quotation is not left out.

use std::ops::Range;

use rapporteur_lexicon::cues;
use rapporteur_lexicon::words::checking::{EDGE_CONDITION, NO_CUT, OPINION};
use rapporteur_lexicon::words::clause::{CONDITION_MARK, CONTESTED, DENIES, HEDGE, TURNS};
use rapporteur_schema::{Clause, ClauseRole, Mood, Span};

use super::Match;
use crate::entail;
use crate::index::{ComparisonIndex, Doc};
use crate::verdict::Weight;
use crate::word;

/// Places of the same words that are looked at: one that is whole is enough.
const MAX_PLACES: usize = 8;

/// Words of a cut that tell at once how it goes on.
const REACH: usize = 3;

/// What was left out.
#[derive(Clone, Debug)]
pub(super) struct Dropped {
    pub(super) doc: usize,
    /// The words that are kept, and those that are left out.
    pub(super) kept: Range<usize>,
    pub(super) left_out: Range<usize>,
    /// The sentence of it.
    pub(super) sentence: Range<usize>,
    pub(super) weight: Weight,
}

/// What the words of a quotation leave out where they stand so in reports; `None` where any place is as good as whole.
pub(super) fn dropped(index: &ComparisonIndex<'_>, words: &Range<usize>, places: &[Match]) -> Option<Dropped> {
    // A single word is the draft's own sentence with somebody's word in it.
    if words.len() < 2 {
        return None;
    }
    let told = Told::beside(index, words);
    let mut found = None;
    for place in places.iter().take(MAX_PLACES) {
        let dropped = at_place(index, place.doc, place.words.0..place.words.1, &told)?;
        found = found.or(Some(dropped));
    }
    found
}

/// What the draft's sentence says outside of the quotation.
struct Told {
    denies: bool,
    depends: bool,
    guesses: bool,
}

impl Told {
    fn beside(index: &ComparisonIndex<'_>, words: &Range<usize>) -> Told {
        let draft = &index.draft;
        let sentence = |w: usize| draft.sentence_of.get(w).and_then(|&s| draft.sentences.get(s));
        let first = sentence(words.start).map_or(words.start, |s| s.words.start.min(words.start));
        let last = sentence(words.end - 1).map_or(words.end, |s| s.words.end.max(words.end));
        let beside = || (first..words.start).chain(words.end..last).map(|w| draft.words[w].folded.as_str());
        let stem = |w: &str| TURNS.words().into_iter().any(|t| word::stem(t) == word::stem(w));
        Told {
            denies: beside().any(|w| denies(w) || stem(w)),
            depends: beside().any(|w| CONDITION_MARK.has(w) || EDGE_CONDITION.has(w)),
            guesses: beside().any(|w| HEDGE.has(w) || OPINION.has(w) || matches!(w, "may" | "might" | "could")),
        }
    }
}

fn denies(word: &str) -> bool {
    DENIES.has(word) || word::is_negation(word)
}

fn at_place(index: &ComparisonIndex<'_>, doc: usize, kept: Range<usize>, told: &Told) -> Option<Dropped> {
    let there = &index.docs[doc];
    let sentence = |w: usize| there.sentence_of.get(w).and_then(|&s| Some((s, there.sentences.get(s)?.words.clone())));
    let ((first, before), (last, behind)) = (sentence(kept.start)?, sentence(kept.end - 1)?);
    let found = |left_out: Range<usize>, sentence: &Range<usize>, weight| {
        let sentence = sentence.clone();
        Dropped { doc, kept: kept.clone(), left_out, sentence, weight }
    };
    // What somebody else says around it, the reporter say, is no part of the quotation.
    let said = |range: Range<usize>| -> Range<usize> {
        let mut quoted = range.clone().filter(|&w| there.quoted[w].is_some());
        quoted.next().map_or(range.end..range.end, |first| first..quoted.next_back().map_or(first + 1, |w| w + 1))
    };
    let right = said(kept.end..behind.end.max(kept.end));
    if !right.is_empty()
        && let Some(weight) = goes_on(index, there, last, &kept, &right, told)
    {
        return Some(found(right, &behind, weight));
    }
    let left = said(before.start.min(kept.start)..kept.start);
    if !left.is_empty()
        && let Some(weight) = goes_before(index, there, first, &kept, &left, told)
    {
        return Some(found(left, &before, weight));
    }
    None
}

/// What the words behind do to those that are kept.
fn goes_on(
    index: &ComparisonIndex<'_>,
    doc: &Doc<'_>,
    sentence: usize,
    kept: &Range<usize>,
    right: &Range<usize>,
    told: &Told,
) -> Option<Weight> {
    let words: Vec<&str> = doc.words[right.clone()].iter().map(|w| w.folded.as_str()).collect();
    let stops = |n: usize| doc.words[right.start + n].after_stop;
    let first = *words.first()?;
    // "We will accept | nothing less".
    if !told.denies && denies(first) && !stops(0) && words.get(1) != Some(&"only") {
        return Some(Weight::Negation);
    }
    let opinion = matches!(first, "i" | "we") && words.get(1).is_some_and(|w| OPINION.has(w));
    if !told.guesses && (HEDGE.has(first) && words.len() <= REACH || opinion) {
        return Some(Weight::Modal);
    }
    if told.depends {
        return None;
    }
    // "… | only if", ", but only if": at once, or, where the grammar says so, behind what else it does.
    let skipped = words.iter().take_while(|w| matches!(**w, "but" | "only" | "and")).count();
    let phrase = |from: usize| {
        EDGE_CONDITION.words().into_iter().any(|p| {
            let parts: Vec<&str> = p.split(' ').collect();
            words.get(from..from + parts.len()) == Some(&parts[..])
        })
    };
    if phrase(skipped) {
        return Some(Weight::Modal);
    }
    let marked = words.iter().any(|w| CONDITION_MARK.has(w));
    (marked && depends(index, doc, sentence, kept)).then_some(Weight::Modal)
}

/// What the words before do to those that are kept.
fn goes_before(
    index: &ComparisonIndex<'_>,
    doc: &Doc<'_>,
    sentence: usize,
    kept: &Range<usize>,
    left: &Range<usize>,
    told: &Told,
) -> Option<Weight> {
    let words: Vec<&str> = doc.words[left.clone()].iter().map(|w| w.folded.as_str()).collect();
    let last = *words.last()?;
    if words.windows(2).any(|w| w[0] == "not" && NO_CUT.has(w[1])) {
        return None;
    }
    if words.iter().any(|w| denies(w) || turns(w)) && !told.denies {
        // "Not | a good day".
        if denies(last) && !doc.words[kept.start].after_stop || denied(index, doc, sentence, kept) {
            return Some(Weight::Negation);
        }
    }
    if !told.depends && words.iter().any(|w| CONDITION_MARK.has(w)) && depends(index, doc, sentence, kept) {
        return Some(Weight::Modal);
    }
    let hedged = HEDGE.has(last) && !doc.words[kept.start].after_stop || words.len() <= REACH && HEDGE.has(words[0]);
    (hedged && !told.guesses).then_some(Weight::Modal)
}

fn turns(word: &str) -> bool {
    TURNS.words().into_iter().any(|t| word::stem(t) == word::stem(word))
}

/// The clauses of a sentence, and whether a place stands among the words that are kept.
fn clauses(index: &ComparisonIndex<'_>, doc: &Doc<'_>, sentence: usize) -> std::sync::Arc<[Clause]> {
    let place = index.doc_of(doc.report.id()).unwrap_or_default();
    index.reports.clauses(place, sentence, &|| entail::read(index, doc, sentence))
}

fn within(doc: &Doc<'_>, kept: &Range<usize>, at: Span<rapporteur_schema::Char>) -> bool {
    let words = doc.words_at(at);
    !words.is_empty() && kept.start <= words.start && words.end <= kept.end
}

/// Whether what is kept depends on a condition, or is one: its first clause with its subject, or its last.
fn depends(index: &ComparisonIndex<'_>, doc: &Doc<'_>, sentence: usize, kept: &Range<usize>) -> bool {
    let own = kept.clone().any(|w| CONDITION_MARK.has(&doc.words[w].folded));
    let all = clauses(index, doc, sentence);
    let conditional = |c: &&Clause| c.mood == Mood::Conditional && !c.nominal && within(doc, kept, c.at);
    !own && all.iter().filter(conditional).any(|c| c.of(&ClauseRole::Subject).any(|s| within(doc, kept, s.at)))
}

/// Whether what is kept is denied by words that are not: its own verb, or one that leads to it ("I do not think that").
fn denied(index: &ComparisonIndex<'_>, doc: &Doc<'_>, sentence: usize, kept: &Range<usize>) -> bool {
    if kept.clone().any(|w| denies(&doc.words[w].folded)) {
        return false;
    }
    let all = clauses(index, doc, sentence);
    let inside = |c: &Clause| within(doc, kept, c.at) && !c.nominal;
    let leads = |c: &Clause| {
        let speech = cues().verb(&c.predicate).is_some() || CONTESTED.has(&c.predicate);
        speech && c.negated && !within(doc, kept, c.at)
    };
    let led = |c: &Clause| {
        let nearest =
            all.iter().filter(|o| o.at.end() <= c.at.start() && !within(doc, kept, o.at)).max_by_key(|o| o.at.start());
        nearest.is_some_and(leads)
    };
    // Of several clauses the first that is kept is the one that the words before reach.
    let first = all.iter().filter(|c| inside(c)).min_by_key(|c| c.at.start());
    first.is_some_and(|c| c.negated || c.of(&ClauseRole::Subject).any(|s| within(doc, kept, s.at)) && led(c))
}
