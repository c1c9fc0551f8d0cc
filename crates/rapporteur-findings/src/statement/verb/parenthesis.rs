//! A cue put into or behind what was said: "S, X said", "S1, X said, S2", "as X noted, S".

use std::ops::Range;

use rapporteur_language::{Dep, Pos};

use crate::doc::Doc;
use crate::grammar::{child, sentence, subtree};
use crate::statement::trim::trimmed;
use rapporteur_lexicon::{Cue, Frames};

/// "S, X said" where the parse hangs the cue on S, and "S1, X said, S2" where it stands in the middle.
pub(super) fn parenthesis(doc: &Doc<'_>, p: usize, v: usize, cue: Cue) -> Option<Range<usize>> {
    if !cue.frames.any(Frames::PAREN) || cue.strength < 2 {
        return None;
    }
    let tokens = doc.tokens(p);
    if !matches!(tokens[v].dep, Dep::Parataxis | Dep::Advcl | Dep::Ccomp | Dep::Conj | Dep::Dep | Dep::Root) {
        return None;
    }
    child(doc, p, v, &[Dep::Nsubj, Dep::Nsubjpass])?;
    let bounds = sentence(doc, p, v);
    let own = subtree(doc, p, v);
    // "As X noted, S" and "S, as X noted".
    if child(doc, p, v, &[Dep::Mark, Dep::Advmod]).is_some_and(|m| m < v && doc.word(p, m).eq_ignore_ascii_case("as"))
        && tokens[v].dep == Dep::Advcl
    {
        let (before, after) = (bounds.start..own.start, own.end..bounds.end);
        return Some(trimmed(doc, p, if before.len() > after.len() { before } else { after }));
    }
    if child(doc, p, v, &[Dep::Mark, Dep::Dobj]).is_some() {
        return None;
    }
    let first = own.clone().find(|&t| tokens[t].pos != Pos::Punct).unwrap_or(own.start);
    let comma = first.checked_sub(1).is_some_and(|t| doc.word(p, t) == "--" || is_break(doc.word(p, t)));
    if !comma || first <= bounds.start {
        return None;
    }
    let rest = (v + 1..bounds.end).filter(|&t| tokens[t].pos != Pos::Punct).count();
    let left = bounds.start..first;
    let right = own.end.max(v + 1)..bounds.end;
    let close = doc.word(p, right.start.min(tokens.len() - 1)) == "," || own.end > v + 1;
    // In the middle: the longer side is the content.
    if right.len() > left.len() && rest > 3 && close && tokens[v].dep != Dep::Root {
        return Some(trimmed(doc, p, right));
    }
    Some(trimmed(doc, p, left))
}

/// Whether a token is a mark that can stand before a parenthesis.
fn is_break(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| matches!(c, ',' | '—' | '–' | '”' | '"' | '’' | '\'')) && chars.next().is_none()
}
