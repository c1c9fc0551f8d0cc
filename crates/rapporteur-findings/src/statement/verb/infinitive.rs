//! What somebody will do or wants done: "vowed to V", "urged Y to V".

use std::ops::Range;

use rapporteur_language::Dep;

use super::order::{is_aside, is_order};
use crate::doc::Doc;
use crate::grammar::{child, is_passive, subtree};
use crate::statement::trim::trimmed;
use rapporteur_lexicon::words::speech;
use rapporteur_lexicon::{Cue, Frames, cues};

/// "vowed to V", "urged Y to V", "declined to V".
pub(super) fn infinitive(doc: &Doc<'_>, p: usize, v: usize, cue: Cue) -> Option<Range<usize>> {
    if !cue.frames.any(Frames::INFINITIVE) || cue.strength < 2 || cue.kind == b'a' || is_aside(doc, p, v) {
        return None;
    }
    // "The bill is expected to pass": who expects it is not told, and the bill says nothing.
    if cue.kind == b't' && is_passive(doc, p, v) {
        return None;
    }
    let x = doc.analyses[p].children(v).find(|&c| {
        c > v
            && matches!(doc.tokens(p)[c].dep, Dep::Xcomp | Dep::Ccomp | Dep::Advcl)
            && child(doc, p, c, &[Dep::Aux]).is_some_and(|a| doc.word(p, a) == "to")
    })?;
    if is_order(doc, p, v) {
        return None;
    }
    if speech::DECLINE_VERB.has(doc.lemma(p, v)) {
        return declined(doc, p, x);
    }
    if speech::STANCE_VERB.has(doc.lemma(p, v)) {
        return None;
    }
    let range = subtree(doc, p, x);
    let object = child(doc, p, v, &[Dep::Dobj]).filter(|&o| o > v && o < x).map(|o| subtree(doc, p, o).start);
    Some(trimmed(doc, p, object.unwrap_or(range.start).min(range.start)..range.end))
}

/// "declined to comment on N", "refused to say whether S": what is left unsaid.
fn declined(doc: &Doc<'_>, p: usize, verb: usize) -> Option<Range<usize>> {
    let lemma = doc.lemma(p, verb);
    let clause = child(doc, p, verb, &[Dep::Ccomp]).filter(|&c| c > verb && cues().verb(lemma).is_some());
    if let Some(c) = clause {
        return Some(trimmed(doc, p, subtree(doc, p, c)));
    }
    let speaks = speech::COMMENT_VERB.has(lemma);
    let prep = child(doc, p, verb, &[Dep::Prep]).filter(|&c| speaks && matches!(doc.word(p, c), "on" | "about"));
    let matter = prep.and_then(|c| child(doc, p, c, &[Dep::Pobj, Dep::Pcomp]));
    let matter = matter.or_else(|| child(doc, p, verb, &[Dep::Dobj]));
    // "declined to comment": on what is not told.
    speaks.then(|| trimmed(doc, p, subtree(doc, p, matter.unwrap_or(verb))))
}
