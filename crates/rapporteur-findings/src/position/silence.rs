//! Saying nothing: "declined to comment", "had nothing to say", "would not discuss the talks", "no comment".

use rapporteur_language::{Dep, Pos};
use rapporteur_schema::Stance;

use super::StanceCandidate;
use super::object::Topics;
use crate::clause::{clause, end_of};
use crate::grammar::{child, is_negated, subject};
use crate::party::RuleContext;
use rapporteur_lexicon::words::negotiation;

/// The rule.
const RULE: &str = "position/silence";

/// "would not", "will not": by one's own will.
fn is_firm(doc: &crate::doc::Doc<'_>, p: usize, v: usize) -> bool {
    matches!(super::mood::modal(doc, p, v), Some("would" | "will" | "wo"))
}

/// The silence that the stated verb at `v` tells.
pub(super) fn candidates(
    context: &RuleContext<'_, '_>,
    topics: &Topics<'_>,
    p: usize,
    v: usize,
    out: &mut Vec<StanceCandidate>,
) {
    let doc = context.doc;
    let tokens = doc.tokens(p);
    let inner = match doc.lemma(p, v) {
        "decline" | "refuse" => child(doc, p, v, &[Dep::Xcomp]).filter(|&x| negotiation::SPEAKING.has(doc.lemma(p, x))),
        // "would not say which", "won't discuss it"; "did not say" is the reporter's own remark
        _ if negotiation::SPEAKING.value(doc.lemma(p, v)) == Some("kept back")
            && is_negated(doc, p, v)
            && is_firm(doc, p, v) =>
        {
            Some(v)
        }
        "respond" | "answer" if is_negated(doc, p, v) && child(doc, p, v, &[Dep::Dobj, Dep::Prep]).is_some() => Some(v),
        // "had nothing to say about it", "has no comment on it"
        "have" => doc.analyses[p].children(v).find(|&c| {
            let nothing = matches!(doc.lower(p, c), "nothing")
                && (c + 1..tokens.len().min(c + 4))
                    .any(|i| matches!(doc.lemma(p, i), "say" | "report" | "add" | "announce"));
            let none = doc.lemma(p, c) == "comment"
                && doc.analyses[p].children(c).any(|d| doc.word(p, d).eq_ignore_ascii_case("no"));
            c > v && matches!(tokens[c].dep, Dep::Dobj | Dep::Ccomp | Dep::Xcomp) && (nothing || none)
        }),
        "comment" if is_negated(doc, p, v) => Some(v),
        _ => None,
    };
    let Some(inner) = inner else { return };
    // "did not decline to comment"
    if matches!(doc.lemma(p, v), "decline" | "refuse") && is_negated(doc, p, v) {
        return;
    }
    let Some(who) = subject(doc, p, v) else { return };
    let parties = topics.bodies.parties(context, RULE, p, who);
    // On what: the object of "on" or "about", or of "discuss"; the parse may hang it on either verb.
    let bounds = doc.sentence(p, v);
    let last = bounds.end.min(inner + 14);
    let about = (v + 1..last)
        .find(|&i| matches!(doc.word(p, i), "on" | "about" | "regarding" | "over"))
        .and_then(|link| child(doc, p, link, &[Dep::Pobj]))
        .or_else(|| child(doc, p, inner, &[Dep::Dobj]).filter(|&o| tokens[o].pos == Pos::Noun && o > inner));
    let end = match about {
        Some(o) => end_of(doc, p, o),
        None => (inner + 1..last)
            .find(|&i| doc.lemma(p, i) == "say" || doc.lemma(p, i) == "report")
            .map_or(inner + 1, |i| i + 1),
    };
    let object = about.and_then(|o| topics.of(doc, p, o));
    // "declined to say whether she would": the question itself.
    let complement = || {
        let c = child(doc, p, inner, &[Dep::Ccomp, Dep::Xcomp]).filter(|&c| c > inner)?;
        let range = crate::grammar::subtree(doc, p, c);
        Some(range.start.max(inner + 1)..range.end.min(bounds.end).min(range.start + 20))
    };
    let subject = about.map(|o| crate::grammar::phrase(doc, p, o)).or_else(complement);
    let end = subject.as_ref().map_or(end, |s| end.max(s.end));
    let subject = subject.or(Some(inner..inner + 1));
    let at = clause(doc, p, v, end);
    out.push(StanceCandidate { likely: None, by: RULE, at, parties, stance: Stance::Declines, object, subject });
}
