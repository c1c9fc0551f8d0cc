//! Cues in the passive that tell what was said of or to somebody: "was accused of N", "asked whether S".
//!
//! Who asks or accuses is named by "by", or nobody is.

use std::ops::Range;

use rapporteur_language::{Dep, Pos, Tag};

use crate::doc::Doc;
use crate::grammar::{child, is_passive, sentence, subtree};
use crate::statement::trim::trimmed;
use rapporteur_lexicon::words::speech;

/// What a cue in the passive takes as bytes of its paragraph, and the head of who says it.
pub(super) fn passive(doc: &Doc<'_>, p: usize, v: usize) -> Option<(Range<usize>, Option<usize>)> {
    let tokens = doc.tokens(p);
    if tokens[v].tag != Tag::Vbn && tokens[v].tag != Tag::Vbd {
        return None;
    }
    let opens = {
        let before = (sentence(doc, p, v).start..v).rev().find(|&t| tokens[t].pos != Pos::Adv);
        before.is_none_or(|t| doc.lower(p, t) == "when" || matches!(doc.word(p, t), "and" | "but"))
    };
    let reduced = matches!(tokens[v].dep, Dep::Acl | Dep::Advcl) && tokens[v].tag == Tag::Vbn || opens;
    if !is_passive(doc, p, v) && !reduced || child(doc, p, v, &[Dep::Nsubj, Dep::Dobj]).is_some() {
        return None;
    }
    let agent =
        child(doc, p, v, &[Dep::Agent]).or_else(|| child(doc, p, v, &[Dep::Prep]).filter(|&c| doc.word(p, c) == "by"));
    let source = agent.and_then(|a| child(doc, p, a, &[Dep::Pobj]));
    let lemma = doc.lemma(p, v);
    let matter = match () {
        () if speech::ASK_VERB.has(lemma) => {
            let question = |&c: &usize| {
                let first = subtree(doc, p, c).start;
                c > v
                    && (source.is_some() && tokens[c].dep == Dep::Prep && doc.word(p, c) == "about"
                        || matches!(tokens[first].tag, Tag::Wp | Tag::Wrb | Tag::Wdt)
                        || matches!(doc.lower(p, first), "whether" | "if"))
            };
            let c = doc.analyses[p].children(v).find(question)?;
            let range = subtree(doc, p, c);
            if tokens[c].dep == Dep::Prep { c + 1..range.end } else { range }
        }
        () if speech::ACCUSE_VERB.has(lemma) => {
            let of = doc.analyses[p].children(v).find(|&c| c > v && matches!(doc.word(p, c), "of" | "for"))?;
            of + 1..subtree(doc, p, of).end
        }
        () => return None,
    };
    // Up to the comma behind which who was asked answers.
    let comma = matter.clone().find(|&t| doc.word(p, t) == "," && opens && doc.quoted(p, t).is_none());
    let bytes = trimmed(doc, p, matter.start..comma.unwrap_or(matter.end));
    (bytes.start < bytes.end).then_some((bytes, source))
}
