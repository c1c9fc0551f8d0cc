//! One draft for one attribution where several rules found it.
//!
//! Every look-up goes by place (a cue's token, a stretch of text), so that the work grows with the text and not with
//! the square of its statements.

use std::collections::BTreeMap;

use rapporteur_language::Dep;

use super::{Draft, Spot};
use crate::doc::{At, Doc};
use crate::grammar::{child, phrase};
use rapporteur_lexicon::cues;

/// How many contents before a place, in order of their beginning, may still reach over it.
const NESTED: usize = 48;

/// Adds to direct speech what the other rules found, where it is not the same thing over again.
pub(super) fn settle(doc: &Doc<'_>, drafts: &mut Vec<Draft>, others: Vec<Draft>) {
    let mut found = Found::default();
    for draft in drafts.drain(..) {
        found.add(doc, draft);
    }
    found.speech = found.drafts.len();
    for other in others {
        if !found.credits(doc, &other) && !found.repeated(doc, &other) {
            found.add(doc, other);
        }
    }
    *drafts = in_order(doc, found);
}

/// The drafts so far, to be found by place.
#[derive(Default)]
struct Found {
    drafts: Vec<Draft>,
    /// How many of them, at the front, are direct speech.
    speech: usize,
    /// By paragraph and token of the cue; the first of a split quotation stands for both halves.
    by_cue: BTreeMap<(usize, usize), usize>,
    /// By paragraph and byte of the cue.
    by_place: BTreeMap<Spot, usize>,
    /// Direct speech by where it begins.
    by_start: BTreeMap<Spot, usize>,
}

fn cue_of(draft: &Draft) -> Option<(usize, usize)> {
    draft.cue.as_ref().map(|(cue, at)| (at.paragraph, *cue))
}

fn place(doc: &Doc<'_>, (p, cue): (usize, usize)) -> Spot {
    (p, doc.bytes(p, cue..cue + 1).start)
}

impl Found {
    fn add(&mut self, doc: &Doc<'_>, draft: Draft) {
        let at = self.drafts.len();
        if let Some(cue) = cue_of(&draft) {
            self.by_cue.entry(cue).or_insert(at);
            self.by_place.entry(place(doc, cue)).or_insert(at);
        }
        if draft.quotation.is_some() {
            self.by_start.insert(draft.content.start, at);
        }
        self.drafts.push(draft);
    }

    /// Whether a draft only says again what is there: its cue is another's, or lies in direct speech, or its content
    /// does for the most part.
    fn repeated(&self, doc: &Doc<'_>, other: &Draft) -> bool {
        let Some(cue) = cue_of(other) else { return false };
        let spot = place(doc, cue);
        if self.by_cue.get(&cue).is_some_and(|&d| d >= self.speech) {
            return true;
        }
        let (from, to) = (other.content.start, other.content.end);
        // The speech that begins at or before the content's end, going back as long as it can touch it.
        for (_, &d) in self.by_start.range(..to).rev().take(NESTED) {
            let direct = &self.drafts[d];
            if direct.content.start <= spot && spot < direct.content.end {
                return true;
            }
            let (start, end) = (direct.content.start.max(from), direct.content.end.min(to));
            if start < end {
                let same_cue = cue_of(direct) == Some(cue);
                let mostly = start.0 == end.0 && from.0 == to.0 && (end.1 - start.1) * 2 > to.1 - from.1;
                if same_cue || mostly {
                    return true;
                }
            }
            if direct.content.end < from {
                break;
            }
        }
        self.by_start.range(..=spot).next_back().is_some_and(|(_, &d)| spot < self.drafts[d].content.end)
    }

    /// "S, X said, according to the agency": the agency has it from X; no second statement but a credit.
    fn credits(&mut self, doc: &Doc<'_>, other: &Draft) -> bool {
        let Some((p, cue)) = cue_of(other) else { return false };
        let Some((_, source)) = other.source else { return false };
        let adjunct = doc.word(p, cue).eq_ignore_ascii_case("according");
        if !adjunct && !matches!(doc.lemma(p, cue), "report" | "cite" | "quote") {
            return false;
        }
        // The statement on whose cue this adjunct hangs, or whose cue lies inside this one's content.
        let head = doc.tokens(p)[cue].head as usize;
        let hangs = self.by_cue.get(&(p, head)).copied().filter(|_| adjunct);
        let (from, to) = (other.content.start, other.content.end);
        let inner = hangs.or_else(|| {
            let inside = self.by_place.range(from..to).map(|(_, &d)| d);
            inside
                .into_iter()
                .find(|&d| self.drafts[d].content.start >= from && cue_of(&self.drafts[d]) != Some((p, cue)))
        });
        match inner.map(|d| &mut self.drafts[d]) {
            Some(draft) if draft.via.is_none() => {
                draft.via = Some(At::new(p, phrase(doc, p, source)));
                true
            }
            _ => false,
        }
    }
}

/// The drafts in order of the text, which is the order in which pronouns are understood; links between them move along.
///
/// What is only thought, promised or judged inside somebody else's statement is part of what they say and goes; speech
/// inside speech ("A says that B said") stays.
fn in_order(doc: &Doc<'_>, found: Found) -> Vec<Draft> {
    let Found { drafts, speech, .. } = found;
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&i| (drafts[i].content.start, drafts[i].content.end, i));
    let stays: Vec<bool> = order
        .iter()
        .enumerate()
        .map(|(n, &i)| i < speech || is_speech(doc, &drafts[i]) || !inside_another(doc, &drafts, &order, n))
        .collect();
    let mut new_place: Vec<Option<usize>> = vec![None; drafts.len()];
    let kept: Vec<usize> = order.iter().zip(&stays).filter(|(_, stays)| **stays).map(|(&i, _)| i).collect();
    for (new, &old) in kept.iter().enumerate() {
        new_place[old] = Some(new);
    }
    let with_links = |&i: &usize| {
        let mut draft = drafts[i].clone();
        draft.follows = draft.follows.and_then(|f| new_place.get(f).copied().flatten());
        draft
    };
    kept.iter().map(with_links).collect()
}

/// Whether a draft's cue lies in the content of another.
fn inside_another(doc: &Doc<'_>, drafts: &[Draft], order: &[usize], n: usize) -> bool {
    let own = &drafts[order[n]];
    let Some(cue) = cue_of(own) else { return false };
    let spot = place(doc, cue);
    let around = n.saturating_sub(NESTED)..order.len().min(n + NESTED);
    around
        .into_iter()
        .filter(|&m| m != n)
        .map(|m| &drafts[order[m]])
        .any(|o| o.content.start <= spot && spot < o.content.end && o.content != own.content)
}

/// Whether a draft is speech or writing with a clause for content.
fn is_speech(doc: &Doc<'_>, draft: &Draft) -> bool {
    let Some((p, cue)) = cue_of(draft) else { return true };
    let verb = cues().verb(doc.lemma(p, cue));
    let clause = child(doc, p, cue, &[Dep::Ccomp]).is_some();
    verb.is_none_or(|c| c.kind != b't' && c.kind != b'a' && clause)
}
