//! The noun phrase that a cue takes: "rejected the offer", "accused Y of V-ing".

use std::ops::Range;

use rapporteur_language::{Dep, EntType, Pos, Tag};

use super::order::{is_aside, is_order};
use crate::doc::Doc;
use crate::grammar::{child, is_passive, subtree};
use crate::statement::trim::trimmed;
use rapporteur_lexicon::words::speech;
use rapporteur_lexicon::{Cue, Frames};

/// "announced two meetings", "expressed reservations about N".
pub(super) fn object(doc: &Doc<'_>, p: usize, v: usize, cue: Cue) -> Option<Range<usize>> {
    if !cue.frames.any(Frames::OBJECT)
        || cue.kind == b'a'
        || cue.strength < 2
        || is_passive(doc, p, v)
        || is_order(doc, p, v)
        || is_aside(doc, p, v)
        || speech::STANCE_VERB.has(doc.lemma(p, v))
    {
        return None;
    }
    let tokens = doc.tokens(p);
    let lemma = doc.lemma(p, v);
    let of_nouns = speech::VOICING_VERB.has(lemma);
    // "denied taking the keys"
    let gerund = child(doc, p, v, &[Dep::Xcomp]).filter(|&x| x == v + 1 && tokens[x].tag == Tag::Vbg);
    if let Some(x) = gerund {
        return Some(trimmed(doc, p, subtree(doc, p, x)));
    }
    let o = child(doc, p, v, &[Dep::Dobj]).filter(|&o| o > v)?;
    if tokens[o].pos == Pos::Pron {
        return None;
    }
    if of_nouns && let Some(prep) = child(doc, p, o, &[Dep::Prep]).filter(|&c| c > o) {
        let range = subtree(doc, p, prep);
        return Some(trimmed(doc, p, prep + 1..range.end));
    }
    let mut range = subtree(doc, p, o);
    // "accused X of V-ing", "praised X for N": what X is accused of is the matter.
    let matter = doc.analyses[p].children(v).find(|&c| {
        tokens[c].dep == Dep::Prep
            && c >= range.end
            && c <= range.end + 1
            && speech::MATTER_PREPOSITION.has(doc.word(p, c))
    });
    // "expressed frustration at how they were treated": however the parse hangs it.
    let is_day = |c: usize| {
        child(doc, p, c, &[Dep::Pobj]).is_none_or(|o| matches!(tokens[o].ent_type, EntType::Date | EntType::Time))
    };
    let on = doc.analyses[p].children(v).find(|&c| {
        tokens[c].dep == Dep::Prep
            && c == range.end
            && matches!(doc.word(p, c), "at" | "on" | "about" | "over")
            && !is_day(c)
    });
    if let Some(c) = matter.or(on) {
        range.end = subtree(doc, p, c).end;
    }
    // Somebody's bare name is no content ("criticized the minister").
    if matter.is_none() && range.len() <= 3 && tokens[o].pos == Pos::Propn {
        return None;
    }
    // "announced two meetings to negotiate …": the infinitive belongs to the noun, wherever the parse hangs it.
    let purpose = doc.analyses[p].children(v).find(|&c| {
        matches!(tokens[c].dep, Dep::Xcomp | Dep::Advcl)
            && subtree(doc, p, c).start == range.end
            && doc.word(p, range.end) == "to"
    });
    let end = purpose.map_or(range.end, |c| subtree(doc, p, c).end);
    Some(trimmed(doc, p, range.start..end))
}
