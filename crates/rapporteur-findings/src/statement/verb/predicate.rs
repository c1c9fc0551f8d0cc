//! What something is called: "described N as A", "called it N".

use std::ops::Range;

use rapporteur_language::{Dep, Pos, Tag};

use crate::doc::Doc;
use crate::grammar::{child, head, sentence, subtree};
use crate::statement::trim::trimmed;
use rapporteur_lexicon::{Cue, Frames};

/// "described N as A", "called it N", "accused Y of V-ing".
pub(super) fn predicate(doc: &Doc<'_>, p: usize, v: usize, cue: Cue) -> Option<Range<usize>> {
    let tokens = doc.tokens(p);
    if cue.strength < 2 || !cue.frames.any(Frames::AS | Frames::PREDICATE) {
        return None;
    }
    if cue.frames.any(Frames::PREDICATE)
        && let Some(named) = called(doc, p, v)
    {
        return Some(named);
    }
    let object = child(doc, p, v, &[Dep::Dobj, Dep::Nsubjpass])?;
    let as_ = (v + 1..tokens.len()).take(30).find(|&t| {
        matches!(doc.lemma(p, t), "as") && tokens[t].dep == Dep::Prep && {
            let h = tokens[t].head as usize;
            h == v || h == object || subtree(doc, p, object).contains(&h)
        }
    });
    let oprd = child(doc, p, v, &[Dep::Oprd]);
    let tail = as_.filter(|_| cue.frames.any(Frames::AS)).or(oprd.filter(|_| cue.frames.any(Frames::PREDICATE)))?;
    // "a plan which Voss called a trap": all of what it is called.
    let behind = subtree(doc, p, tail).start.max(v + 1);
    let start = if object < v { behind } else { subtree(doc, p, object).start };
    let end = subtree(doc, p, tail).end.max(tail + 1);
    (start < end).then(|| trimmed(doc, p, start..end))
}

/// "called the plan “a trap”": a noun phrase and words in marks right behind it, however they are parsed.
fn called(doc: &Doc<'_>, p: usize, v: usize) -> Option<Range<usize>> {
    let bounds = sentence(doc, p, v);
    let stop = |t: usize| {
        matches!(doc.word(p, t), ";" | ":" | ",") || matches!(doc.word(p, t), "and" | "but" | "that") || t >= bounds.end
    };
    let first = v + 1;
    let quote = (first..bounds.end.min(v + 16))
        .take_while(|&t| !stop(t) || doc.quoted(p, t).is_some())
        .find_map(|t| doc.quoted(p, t))?;
    let q = &doc.quotations[quote];
    let inner = doc.tokens_in(p, q.inner.clone());
    let noun = (first..inner.start).any(|t| matches!(doc.tokens(p)[t].pos, Pos::Noun | Pos::Propn | Pos::Pron));
    let direct = (inner.start..inner.end).any(|t| matches!(doc.tokens(p)[t].tag, Tag::Vbz | Tag::Vbp | Tag::Md))
        && inner.len() > 6;
    // "called it “a hunt” that hurts the country": what is said of it goes on.
    let relative = (inner.end..bounds.end.min(inner.end + 2))
        .find(|&t| matches!(doc.word(p, t), "that" | "which"))
        .and_then(|t| head(doc, p, t))
        .filter(|&r| doc.tokens(p)[r].dep == Dep::Relcl);
    let end = with_next(doc, p, inner.end);
    let end = relative.map_or(end, |r| subtree(doc, p, r).end.max(end));
    (noun && !direct && !inner.is_empty()).then(|| trimmed(doc, p, first..end))
}

/// "called him “weak” and “dishonest”": with the next words in marks, where only "and" or a comma parts them.
fn with_next(doc: &Doc<'_>, p: usize, end: usize) -> usize {
    let next = (end..doc.tokens(p).len().min(end + 5)).find_map(|t| doc.quoted(p, t)).map(|q| &doc.quotations[q]);
    let Some(next) = next.filter(|q| q.paragraph == p) else { return end };
    let inner = doc.tokens_in(p, next.inner.clone());
    let between = |t: usize| matches!(doc.word(p, t), "and" | ",") || doc.tokens(p)[t].pos == Pos::Punct;
    let joined =
        inner.start > end && (end..inner.start).all(between) && (end..inner.start).any(|t| doc.word(p, t) == "and");
    if joined && inner.len() <= 6 { inner.end } else { end }
}
