//! Adjuncts that attribute: "S, according to X", "in the words of X, S". The sentence is X's.

use std::ops::Range;

use rapporteur_language::{Dep, Pos, Tag};

use super::candidate::AttributionCandidate;
use super::trim::trimmed;
use crate::doc::{At, Doc};
use crate::grammar::{child, head, own_subject, sentence, subtree};
use rapporteur_lexicon::cues;

/// Candidates of one paragraph.
pub(super) fn candidates(doc: &Doc<'_>, p: usize, out: &mut Vec<AttributionCandidate>) {
    for t in 0..doc.tokens(p).len().saturating_sub(2) {
        let Some(end) = adjunct_at(doc, p, t) else { continue };
        let last = end - 1;
        let bounds = sentence(doc, p, t);
        // Where the parse finds no object, the last noun before the next mark is it.
        let parsed = child(doc, p, last, &[Dep::Pobj]).or_else(|| child(doc, p, t, &[Dep::Pobj]));
        let noun = || {
            let stop = (end..bounds.end).find(|&i| doc.tokens(p)[i].pos == Pos::Punct).unwrap_or(bounds.end);
            (end..stop).rev().find(|&i| matches!(doc.tokens(p)[i].pos, Pos::Noun | Pos::Propn | Pos::Pron))
        };
        let Some(source) = parsed.or_else(noun) else { continue };
        let phrase = t..subtree(doc, p, last).end.max(subtree(doc, p, source).end);
        // At the head of its sentence the rest is X's, else the clause before it.
        let content = if t <= bounds.start + 2 {
            let mut commas = (source + 1..bounds.end).filter(|&c| doc.word(p, c) == "," && doc.quoted(p, c).is_none());
            let first = commas.next();
            // "According to Jane Roe, a lawyer, S": what stands between two commas without a verb tells who she is.
            let finite = |range: Range<usize>| {
                range.into_iter().any(|i| matches!(doc.tokens(p)[i].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md))
            };
            let apart = first.and_then(|f| commas.next().filter(|&c| !finite(f..c) && finite(c..bounds.end)));
            let start = apart.or(first).map_or(phrase.end, |c| c + 1).min(bounds.end);
            start..bounds.end
        } else {
            let rest = phrase.end.min(bounds.end)..bounds.end;
            let finite = |mut range: Range<usize>| {
                range.any(|i| matches!(doc.tokens(p)[i].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md))
            };
            match !finite(bounds.start..t) && finite(rest.clone()) {
                // "A licence, according to X, is …"
                true => rest,
                false => clause_before(doc, p, bounds.start, t)..t,
            }
        };
        let bytes = trimmed(doc, p, content);
        if bytes.start < bytes.end {
            let cue = (t, At::new(p, t..end));
            out.push(AttributionCandidate::of_cue("statement/according", cue, Some(source), bytes));
        }
    }
}

/// Where an adjunct that attributes ends, if one begins at this token.
fn adjunct_at(doc: &Doc<'_>, p: usize, t: usize) -> Option<usize> {
    let all = doc.tokens(p).len();
    let is_word = |(i, word): (usize, &&str)| t + i < all && doc.word(p, t + i).eq_ignore_ascii_case(word);
    let adjuncts = cues().adjuncts(doc.lower(p, t));
    let found = adjuncts.iter().find(|a| a.words.iter().enumerate().all(is_word))?;
    Some(t + found.words.len())
        .filter(|&end| end < all && doc.quoted(p, t).is_none() == doc.quoted(p, end - 1).is_none())
}

/// Where the clause begins that an adjunct at `t` ends: with the sentence, or behind "S1, but" and a semicolon.
fn clause_before(doc: &Doc<'_>, p: usize, start: usize, t: usize) -> usize {
    let joined = head(doc, p, t).filter(|&h| doc.tokens(p)[h].dep == Dep::Conj && own_subject(doc, p, h).is_some());
    let clause = joined.map(|h| subtree(doc, p, h).start).filter(|c| (start..t).contains(c));
    let mark = (start..t).rev().find(|&i| doc.word(p, i) == ";" && doc.quoted(p, i).is_none()).map(|i| i + 1);
    clause.into_iter().chain(mark).max().unwrap_or(start)
}
