//! Cues of several words that begin with a verb: "made it clear that S", "called for N", "hit back: “…”".

use std::ops::Range;

use rapporteur_language::{Dep, Pos, Tag};

use super::parenthesis::parenthesis;
use crate::doc::Doc;
use crate::grammar::{child, sentence, subtree};
use crate::statement::trim::trimmed;
use rapporteur_lexicon::{Cue, Frames, cues};

/// Words that may stand between two words of a cue: "made it very clear".
const MAX_BETWEEN: usize = 1;

/// A cue of several words where it stands.
#[derive(Clone, Copy, Debug)]
pub(in crate::statement) struct Phrase {
    /// The first token after it.
    pub(in crate::statement) end: usize,
    /// What is known of it.
    pub(in crate::statement) cue: Cue,
}

/// The longest cue of several words that begins with this verb.
pub(in crate::statement) fn phrase_at(doc: &Doc<'_>, p: usize, v: usize) -> Option<Phrase> {
    let end = sentence(doc, p, v).end;
    cues().phrases(doc.lemma(p, v)).iter().find_map(|phrase| {
        let mut at = v + 1;
        for word in &phrase.words[1..] {
            let is_word = |t: &usize| doc.lemma(p, *t) == *word || doc.word(p, *t) == *word;
            let next = (at..end.min(at + MAX_BETWEEN + 1)).find(is_word)?;
            if (at..next).any(|t| doc.tokens(p)[t].pos != Pos::Adv) {
                return None;
            }
            at = next + 1;
        }
        Some(Phrase { end: at, cue: phrase.cue })
    })
}

/// What a cue of several words takes: a clause, what stands before it, or the noun behind its preposition or particle.
pub(super) fn phrase(doc: &Doc<'_>, p: usize, v: usize, phrase: Phrase) -> Option<Range<usize>> {
    let frames = phrase.cue.frames;
    let clause = || clause_behind(doc, p, v, phrase.end);
    let before = || parenthesis(doc, p, v, phrase.cue);
    let noun = || noun_behind(doc, p, v, phrase.end);
    let found = Some(()).filter(|()| frames.any(Frames::CLAUSE)).and_then(|()| clause()).or_else(before);
    found.or_else(|| Some(()).filter(|()| frames.any(Frames::OBJECT)).and_then(|()| noun()))
}

/// The clause that hangs on one of the words of the cue and stands behind it.
fn clause_behind(doc: &Doc<'_>, p: usize, v: usize, end: usize) -> Option<Range<usize>> {
    let tokens = doc.tokens(p);
    // "made clear that S", whatever the parse makes of S.
    let all = sentence(doc, p, v).end;
    if end < all && doc.word(p, end) == "that" && tokens[end].dep == Dep::Mark && doc.quoted(p, end).is_none() {
        let head = (tokens[end].head as usize).max(end);
        return Some(trimmed(doc, p, end + 1..subtree(doc, p, head).end.clamp(end + 1, all)));
    }
    let head = (end..subtree(doc, p, v).end).find(|&t| {
        let of_cue = (v..end).contains(&(tokens[t].head as usize));
        let that = || child(doc, p, t, &[Dep::Mark]).is_some_and(|m| doc.word(p, m) == "that");
        of_cue && (tokens[t].dep == Dep::Ccomp || matches!(tokens[t].dep, Dep::Acl | Dep::Advcl) && that())
    })?;
    let range = subtree(doc, p, head);
    let finite = range.clone().any(|t| matches!(tokens[t].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md));
    let start = range.start.max(end);
    let start = if doc.word(p, start) == "that" { start + 1 } else { start };
    finite.then(|| trimmed(doc, p, start..range.end))
}

/// The noun phrase that the last word of the cue takes.
fn noun_behind(doc: &Doc<'_>, p: usize, v: usize, end: usize) -> Option<Range<usize>> {
    let tokens = doc.tokens(p);
    let last = end - 1;
    let mut behind = match child(doc, p, last, &[Dep::Pobj, Dep::Pcomp]).filter(|&o| o > last) {
        Some(_) => end..subtree(doc, p, last).end,
        None => {
            let object = child(doc, p, v, &[Dep::Dobj]).filter(|&o| o >= end)?;
            subtree(doc, p, object)
        }
    };
    // "called on X to V": what X is to do belongs to it, wherever the parse hangs it.
    let purpose = doc.analyses[p].children(v).find(|&c| {
        matches!(tokens[c].dep, Dep::Xcomp | Dep::Advcl | Dep::Ccomp)
            && subtree(doc, p, c).start == behind.end
            && child(doc, p, c, &[Dep::Aux]).is_some_and(|a| doc.word(p, a) == "to")
    });
    if let Some(c) = purpose {
        behind.end = subtree(doc, p, c).end;
    }
    // "warned against N": the word says how, and belongs to it.
    let start = if doc.lemma(p, v) == "warn" { last } else { behind.start };
    let named = behind.clone().find(|&t| tokens[t].pos != Pos::Punct)?;
    (tokens[named].pos != Pos::Pron || behind.len() > 2).then(|| trimmed(doc, p, start..behind.end))
}
