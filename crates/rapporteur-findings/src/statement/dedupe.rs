//! One candidate for one attribution where several rules found it.
//!
//! Every look-up goes by spot (a cue's token, a stretch of text), so that the work grows with the text and not with
//! the square of its statements.

use std::collections::BTreeMap;

use rapporteur_language::Dep;

use super::candidate::{AttributionCandidate, Spot};
use crate::doc::{At, Doc};
use crate::grammar::{child, phrase};
use rapporteur_lexicon::cues;

/// How many contents before a spot, in order of their beginning, may still reach over it.
const MAX_NESTED: usize = 48;

/// Candidates that stand, and of the others what is not the same thing over again, in the order of the text.
pub(super) fn dedupe(
    doc: &Doc<'_>,
    standing: Vec<AttributionCandidate>,
    others: Vec<AttributionCandidate>,
) -> Vec<AttributionCandidate> {
    let mut kept = Kept::default();
    for candidate in standing {
        kept.add(doc, candidate);
    }
    kept.standing = kept.candidates.len();
    for other in others {
        if let Some(winner) = kept.credits(doc, &other) {
            lost_to(doc, &kept.candidates[winner], &other, "it only tells who is credited with this statement");
        } else if let Some((winner, why)) = kept.repeated(doc, &other) {
            lost_to(doc, &kept.candidates[winner], &other, why);
        } else {
            kept.add(doc, other);
        }
    }
    in_order(doc, kept)
}

/// Whether somebody reports in direct speech what somebody else has said: a strong verb of speech with a clause, and not
/// the whole of what is said.
fn is_inner(doc: &Doc<'_>, other: &AttributionCandidate, direct: &AttributionCandidate) -> bool {
    let Some((p, cue)) = other.cue_head() else { return false };
    let said = cues().verb(doc.lemma(p, cue)).is_some_and(|c| c.strength >= 3 && c.kind == b's');
    let clause = other.by.as_str() == "statement/verb/clause";
    let inside = direct.content.start <= other.content.start && other.content.end <= direct.content.end;
    // Marks inside marks are the outer speaker's reading: who asks for those words finds them with him.
    let (q, start) = other.content.start;
    let before = doc.paragraph(q)[..start].trim_end();
    let marked = before.ends_with(['"', '“', '‘', '\'', '«'])
        || doc.paragraph(q)[start..].starts_with(['"', '“', '‘', '\'', '«']);
    said && clause && inside && !marked && other.source.is_some()
}

/// The candidates kept so far, to be found by spot.
#[derive(Default)]
struct Kept {
    candidates: Vec<AttributionCandidate>,
    /// How many of them, at the front, stood before.
    standing: usize,
    /// By paragraph and token of the cue; the first of a split quotation stands for both halves.
    by_cue: BTreeMap<(usize, usize), usize>,
    /// By paragraph and byte of the cue.
    by_spot: BTreeMap<Spot, usize>,
    /// Direct speech by where it begins.
    by_start: BTreeMap<Spot, usize>,
    /// By where the content begins and ends.
    by_content: BTreeMap<(Spot, Spot), usize>,
}

/// Where a cue begins.
fn spot_of(doc: &Doc<'_>, (p, cue): (usize, usize)) -> Spot {
    (p, doc.bytes(p, cue..cue + 1).start)
}

impl Kept {
    fn add(&mut self, doc: &Doc<'_>, candidate: AttributionCandidate) {
        let at = self.candidates.len();
        if let Some(cue) = candidate.cue_head() {
            self.by_cue.entry(cue).or_insert(at);
            self.by_spot.entry(spot_of(doc, cue)).or_insert(at);
        }
        if candidate.quotation.is_some() {
            self.by_start.insert(candidate.content.start, at);
        }
        self.by_content.entry((candidate.content.start, candidate.content.end)).or_insert(at);
        self.candidates.push(candidate);
    }

    /// Which candidate another only says again, and how: its cue is that one's or lies in direct speech, or its content
    /// does for the most part.
    fn repeated(&self, doc: &Doc<'_>, other: &AttributionCandidate) -> Option<(usize, &'static str)> {
        let cue = other.cue_head()?;
        let spot = spot_of(doc, cue);
        if let Some(&same) = self.by_cue.get(&cue).filter(|&&c| c >= self.standing) {
            return Some((same, "another rule has taken its cue"));
        }
        let (from, to) = (other.content.start, other.content.end);
        // "took the view that S": the noun says nothing that the phrase does not.
        if let Some(&same) = self.by_content.get(&(from, to)) {
            return Some((same, "another rule has found the same words"));
        }
        // The speech that begins at or before the content's end, going back as long as it can touch it.
        for (_, &d) in self.by_start.range(..to).rev().take(MAX_NESTED) {
            let direct = &self.candidates[d];
            if direct.content.start <= spot && spot < direct.content.end {
                if is_inner(doc, other, direct) {
                    break;
                }
                return Some((d, "its cue stands in somebody's direct speech"));
            }
            let (start, end) = (direct.content.start.max(from), direct.content.end.min(to));
            if start < end {
                let same_cue = direct.cue_head() == Some(cue);
                let mostly = start.0 == end.0 && from.0 == to.0 && (end.1 - start.1) * 2 > to.1 - from.1;
                if same_cue || mostly {
                    return Some((d, "its content is that direct speech for the most part"));
                }
            }
            if direct.content.end < from {
                break;
            }
        }
        let (_, &last) = self.by_start.range(..=spot).next_back()?;
        (!is_inner(doc, other, &self.candidates[last]) && spot < self.candidates[last].content.end)
            .then_some((last, "its cue stands in somebody's direct speech"))
    }

    /// "S, X said, according to the agency": the agency has it from X; no second statement but a credit of the first,
    /// which is handed back.
    fn credits(&mut self, doc: &Doc<'_>, other: &AttributionCandidate) -> Option<usize> {
        let (p, cue) = other.cue_head()?;
        let (_, source) = other.source?;
        let adjunct = doc.word(p, cue).eq_ignore_ascii_case("according");
        if !adjunct && !matches!(doc.lemma(p, cue), "report" | "cite" | "quote") {
            return None;
        }
        // The statement on whose cue this adjunct hangs, or whose cue lies inside this one's content.
        let head = doc.tokens(p)[cue].head as usize;
        let hangs = self.by_cue.get(&(p, head)).copied().filter(|_| adjunct);
        let (from, to) = (other.content.start, other.content.end);
        let inner = hangs.or_else(|| {
            let inside = self.by_spot.range(from..to).map(|(_, &c)| c);
            inside
                .into_iter()
                .find(|&c| self.candidates[c].content.start >= from && self.candidates[c].cue_head() != Some((p, cue)))
        })?;
        let credited = &mut self.candidates[inner];
        if credited.via.is_some() {
            return None;
        }
        credited.via = Some(At::new(p, phrase(doc, p, source)));
        Some(inner)
    }
}

/// Tells, where somebody asked, that `lost` is not kept because of `winner`.
fn lost_to(doc: &Doc<'_>, winner: &AttributionCandidate, lost: &AttributionCandidate, why: &str) {
    if !doc.trace.is_on() {
        return;
    }
    let words = |c: &AttributionCandidate| {
        let ((p, start), (q, end)) = (c.content.start, c.content.end);
        let end = if p == q { end } else { doc.paragraph(p).len() };
        At::new(p, doc.tokens_in(p, start..end))
    };
    let of = winner.cue.as_ref().map_or_else(|| words(winner), |(_, at)| at.clone());
    let lost_words = lost.cue.as_ref().map_or_else(|| words(lost), |(_, at)| at.clone());
    doc.trace.lost(doc, "statement/dedupe", "finding", &of, &lost_words, format!("proposed by {}: {why}", lost.by));
}

/// The candidates in order of the text, which is the order in which pronouns are understood; links between them move
/// along.
///
/// What is only thought, promised or judged inside somebody else's statement is part of what they say and goes; speech
/// inside speech ("A says that B said") stays.
fn in_order(doc: &Doc<'_>, kept: Kept) -> Vec<AttributionCandidate> {
    let Kept { candidates, standing, .. } = kept;
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_key(|&i| (candidates[i].content.start, candidates[i].content.end, i));
    let mut moved_to: Vec<Option<usize>> = vec![None; candidates.len()];
    let mut stay: Vec<usize> = Vec::with_capacity(candidates.len());
    for (n, &i) in order.iter().enumerate() {
        if i >= standing
            && !is_speech(doc, &candidates[i])
            && let Some(around) = inside_another(doc, &candidates, &order, n)
        {
            lost_to(
                doc,
                &candidates[around],
                &candidates[i],
                "thought or judged inside this statement, so a part of it",
            );
            continue;
        }
        moved_to[i] = Some(stay.len());
        stay.push(i);
    }
    let with_links = |&i: &usize| {
        let mut candidate = candidates[i].clone();
        candidate.follows = candidate.follows.and_then(|f| moved_to.get(f).copied().flatten());
        candidate
    };
    stay.iter().map(with_links).collect()
}

/// The candidate in whose content another's cue lies.
fn inside_another(doc: &Doc<'_>, candidates: &[AttributionCandidate], order: &[usize], n: usize) -> Option<usize> {
    let own = &candidates[order[n]];
    let spot = spot_of(doc, own.cue_head()?);
    let around = n.saturating_sub(MAX_NESTED)..order.len().min(n + MAX_NESTED);
    around.into_iter().filter(|&m| m != n).map(|m| order[m]).find(|&o| {
        let other = &candidates[o].content;
        other.start <= spot && spot < other.end && *other != own.content
    })
}

/// Whether a candidate is speech or writing with a clause for content.
fn is_speech(doc: &Doc<'_>, candidate: &AttributionCandidate) -> bool {
    let Some((p, cue)) = candidate.cue_head() else { return true };
    let verb = cues().verb(doc.lemma(p, cue));
    let clause = child(doc, p, cue, &[Dep::Ccomp]).is_some();
    verb.is_none_or(|c| c.kind != b't' && c.kind != b'a' && clause)
}
