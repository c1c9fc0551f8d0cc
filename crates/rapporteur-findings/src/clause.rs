//! The clause that tells something, as it is cited: from its subject to the end of what it says, within one sentence. Used by
//! the rules of stances and conditions.

use std::ops::Range;

use rapporteur_language::{Dep, Pos};

use crate::doc::{At, Doc};
use crate::grammar::{own_subject, phrase, subject, subtree};

/// A clause is cited in no more words than this: the words nearest to what it is about.
const MAX_CITED: usize = 45;

/// From the subject of `verb`, where it stands shortly before, or the first word of the verb's own group, to `end`.
pub(crate) fn clause(doc: &Doc<'_>, p: usize, verb: usize, end: usize) -> At {
    let bounds = doc.sentence(p, verb);
    let tokens = doc.tokens(p);
    let group = doc.analyses[p]
        .children(verb)
        .filter(|&c| c < verb && matches!(tokens[c].dep, Dep::Aux | Dep::Auxpass | Dep::Neg | Dep::Advmod))
        .min()
        .unwrap_or(verb);
    let start = match own_subject(doc, p, verb).or_else(|| holder(doc, p, verb).filter(|&s| s < verb && verb - s <= 8))
    {
        Some(s) if s < verb => {
            let range = phrase(doc, p, s);
            if verb - range.start <= MAX_CITED / 2 { range.start } else { s.min(group) }
        }
        _ => group,
    };
    trim(doc, p, start.max(bounds.start)..end.clamp(verb + 1, bounds.end.max(verb + 1)), verb)
}

/// A stretch cut to what may be cited, with no marks at its ends; `keep` stays inside.
pub(crate) fn trim(doc: &Doc<'_>, p: usize, range: Range<usize>, keep: usize) -> At {
    let tokens = doc.tokens(p);
    let Range { mut start, mut end } = range;
    if end - start > MAX_CITED {
        end = end.min(keep.max(start) + MAX_CITED);
        start = start.max(keep.saturating_sub(MAX_CITED));
    }
    let loose = |t: usize| tokens[t].pos == Pos::Punct || matches!(tokens[t].pos, Pos::Space);
    while end > start + 1 && end > keep + 1 && loose(end - 1) && !matches!(doc.word(p, end - 1), "%" | ")" | "]") {
        end -= 1;
    }
    while start + 1 < end && start < keep && loose(start) {
        start += 1;
    }
    At::new(p, start..end)
}

/// Where the phrase of an object ends for a reader: with what belongs to it, without a clause that goes on about it.
pub(crate) fn end_of(doc: &Doc<'_>, p: usize, object: usize) -> usize {
    let short = phrase(doc, p, object).end;
    let full = subtree(doc, p, object).end;
    if full - object <= 14 { full.max(short) } else { short.min(object + 20).max(object + 1) }
}

/// Who takes the stance of a verb: its subject, which the parser may have hung on its auxiliary.
pub(crate) fn holder(doc: &Doc<'_>, p: usize, v: usize) -> Option<usize> {
    let auxiliary = || {
        let mut aux = doc.analyses[p].children(v).filter(|&c| c < v && doc.tokens(p)[c].dep == Dep::Aux);
        aux.find_map(|a| own_subject(doc, p, a))
    };
    own_subject(doc, p, v).is_none().then(auxiliary).flatten().or_else(|| subject(doc, p, v))
}
