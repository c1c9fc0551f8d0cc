//! What a gathering depends on, and whether its telling is sure: "if", "only when", "reportedly", "the paper reports".

use rapporteur_language::{Dep, Pos};
use rapporteur_schema::{Citation, EntityKind};

use super::trigger::Trigger;
use crate::doc::{At, Doc};
use crate::grammar::{head, is_passive, is_verb, subtree};
use crate::party::RuleContext;
use rapporteur_lexicon::words::{condition as conditions, gathering};
use rapporteur_lexicon::{facts, gatherings};

/// Whether a clause leaves open if it is so: "if he meets him", "whether they met", "before he met him".
pub(super) fn open(doc: &Doc<'_>, p: usize, verb: usize) -> bool {
    let mut v = verb;
    for _ in 0..3 {
        let marked = doc.analyses[p].children(v).any(|c| {
            c < v
                && matches!(doc.tokens(p)[c].dep, Dep::Mark | Dep::Advmod)
                && matches!(doc.lower_lemma(p, c), "if" | "whether" | "before" | "unless")
        });
        if marked {
            return true;
        }
        match head(doc, p, v).filter(|&h| is_verb(doc, p, h) && doc.tokens(p)[v].dep == Dep::Xcomp) {
            Some(up) => v = up,
            None => return false,
        }
    }
    false
}

/// Whether it is told on the word of a newspaper or of people without a name only ("the broadcaster reported").
pub(super) fn hearsay(context: &RuleContext<'_, '_>, trigger: &Trigger) -> bool {
    let (p, doc) = (trigger.p, context.doc);
    let Some(i) = context.speech.around(p, doc.bytes(p, trigger.token..trigger.token + 1).start) else { return false };
    let Some((cue_p, cue)) = context.speech.cue(i) else { return false };
    // "The paper reported that, as the minister arrived in Oslo, …": what is told in passing is not what is reported.
    if trigger.verb.is_some_and(|v| in_passing(doc, p, v)) {
        return false;
    }
    let reports = matches!(doc.lemma(cue_p, cue), "report" | "understand" | "learn" | "hear");
    match context.speech.speaker(i) {
        Some(speaker) => {
            let actor = context.names.actor(speaker);
            let class = facts().known(&actor.name).map(|k| k.class);
            matches!(class, Some("outlet" | "agency")) || reports && actor.kind == EntityKind::Organization
        }
        None => reports,
    }
}

/// Whether a verb tells the circumstance of something else: in a clause of time ("when they met"), a participle ("meeting
/// with"), or a clause about a noun ("who met her").
fn in_passing(doc: &Doc<'_>, p: usize, verb: usize) -> bool {
    matches!(doc.tokens(p)[verb].dep, Dep::Advcl | Dep::Acl | Dep::Relcl | Dep::Pcomp)
}

/// "reportedly", "allegedly", "is said to have".
pub(super) fn hedged(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let by_adverb = |t: usize| {
        doc.analyses[p].children(t).any(|c| {
            gathering::HEARSAY.has(doc.lower_lemma(p, c)) && matches!(doc.tokens(p)[c].dep, Dep::Advmod | Dep::Amod)
        })
    };
    by_adverb(t)
        || head(doc, p, t).is_some_and(|up| {
            is_verb(doc, p, up)
                && (by_adverb(up)
                    || doc.tokens(p)[t].dep == Dep::Xcomp
                        && is_passive(doc, p, up)
                        && gathering::BELIEVED.has(doc.lemma(p, up)))
        })
}

/// The clause that this verb's depends on: "only when", "if", "once", "unless".
pub(super) fn condition(doc: &Doc<'_>, p: usize, verb: usize) -> Option<Citation> {
    let mut v = verb;
    for _ in 0..4 {
        for c in doc.analyses[p].children(v) {
            let clause = matches!(doc.tokens(p)[c].dep, Dep::Advcl) && is_verb(doc, p, c);
            if !clause {
                continue;
            }
            let mark = doc.analyses[p]
                .children(c)
                .find(|&m| matches!(doc.tokens(p)[m].dep, Dep::Mark | Dep::Advmod) && m < c)
                .filter(|&m| sets_condition(doc.lower_lemma(p, m)));
            let Some(mark) = mark else { continue };
            let lemma = doc.lower_lemma(p, mark);
            let only = doc.tokens(p).get(mark.wrapping_sub(1)).is_some()
                && doc.word(p, mark.saturating_sub(1)).eq_ignore_ascii_case("only");
            // "when" and "until" alone tell a time, "if" and "once" a condition.
            if matches!(lemma, "when" | "until" | "till") && !only {
                continue;
            }
            let range = subtree(doc, p, c);
            let start = if only { mark - 1 } else { mark };
            return doc.cite(&At::new(p, start.min(range.start.max(start))..range.end.min(doc.sentence(p, c).end)));
        }
        match head(doc, p, v)
            .filter(|&h| is_verb(doc, p, h) && matches!(doc.tokens(p)[v].dep, Dep::Xcomp | Dep::Pcomp | Dep::Ccomp))
        {
            // What is said if something is so is not what happens if it is.
            Some(up) if doc.tokens(p)[v].dep != Dep::Ccomp => v = up,
            _ => {
                // "look forward to meeting": through the preposition.
                let prep = head(doc, p, v).filter(|_| doc.tokens(p)[v].dep == Dep::Pcomp)?;
                v = head(doc, p, prep).filter(|&h| is_verb(doc, p, h))?;
            }
        }
    }
    None
}

/// Whether a word leads a clause on which the one above depends.
fn sets_condition(word: &str) -> bool {
    // not words: what the list says of a marker
    matches!(conditions::CLAUSE_MARKER.value(word), Some("if" | "once" | "strict" | "until" | "when"))
}

/// A condition added behind, wherever the parse hangs it: "…, but only when the deal is final".
pub(super) fn added(doc: &Doc<'_>, trigger: &Trigger) -> Option<Citation> {
    let p = trigger.p;
    let end = doc.sentence(p, trigger.token).end;
    let only = (trigger.words.end..end.min(trigger.words.end + 40)).find(|&t| {
        doc.word(p, t).eq_ignore_ascii_case("only")
            && t + 1 < end
            && matches!(doc.lower(p, t + 1), "when" | "if" | "once" | "after")
    })?;
    // Another verb that says something of its own in between takes the condition to itself.
    let other = (trigger.words.end..only).any(|t| is_verb(doc, p, t) && gatherings().verb(doc.lemma(p, t)).is_some());
    let mut stop = end;
    while stop > only + 2 && doc.tokens(p)[stop - 1].pos == Pos::Punct {
        stop -= 1;
    }
    if other { None } else { doc.cite(&At::new(p, only..stop)) }
}
