//! What a party calls a proposal: "described it as a basis for talks", "called the offer an insult", "it is unacceptable".

use rapporteur_language::{Dep, Pos};
use rapporteur_schema::Stance;

use super::StanceCandidate;
use super::object::Topics;
use crate::clause::clause;
use crate::doc::{At, Doc};
use crate::grammar::{child, is_negated, own_subject, subject, subtree};
use crate::party::RuleContext;
use rapporteur_lexicon::stances;
use rapporteur_lexicon::words::negotiation;

/// "called the offer unfair".
const CALLED: &str = "position/judgement/called";
/// "the offer is unfair", said by somebody.
const IS: &str = "position/judgement/is";

/// The judgement that the stated verb at `v` tells.
pub(super) fn candidates(
    context: &RuleContext<'_, '_>,
    topics: &Topics<'_>,
    p: usize,
    v: usize,
    out: &mut Vec<StanceCandidate>,
) {
    let doc = context.doc;
    if negotiation::CALLING.has(doc.lemma(p, v)) {
        called(context, topics, p, v, out);
    } else if negotiation::LINKING.has(doc.lemma(p, v)) {
        is(context, topics, p, v, out);
    }
}

/// "described the plan as the basis for peace", "called the offer unfair".
fn called(context: &RuleContext<'_, '_>, topics: &Topics<'_>, p: usize, v: usize, out: &mut Vec<StanceCandidate>) {
    let doc = context.doc;
    let tokens = doc.tokens(p);
    let range = v + 1..subtree(doc, p, v).end.min(v + 40);
    // The object, or what the parser makes the subject of a small clause ("called [it a surrender]").
    let object = child(doc, p, v, &[Dep::Dobj]).filter(|&o| o > v).or_else(|| {
        let inner = child(doc, p, v, &[Dep::Ccomp, Dep::Oprd]).filter(|&c| c > v)?;
        own_subject(doc, p, inner).filter(|&s| s > v)
    });
    let Some(object) = object.or_else(|| child(doc, p, v, &[Dep::Nsubjpass])) else { return };
    let Some(found) = topics.of(doc, p, object).or_else(|| topics.back(doc, p, object)) else { return };
    // "rejected the deal, calling it weak": the stance is told by the verb before.
    if tokens[v].dep == Dep::Advcl && tokens[object].pos == Pos::Pron {
        let at = |t: usize| At::new(p, t..t + 1);
        doc.trace.lost(doc, CALLED, "finding", &at(v), &at(object), "goes on about what the verb before told");
        return;
    }
    if matches!(found.on, Some(rapporteur_schema::Topic::Meeting(_))) || topics.is_gathering(doc, p, object) {
        return;
    }
    let after = range.start.max(object + 1)..range.end;
    let predicate = match after.clone().find(|&i| doc.word(p, i) == "as" && i < v + 30) {
        Some(link) => link + 1..after.end,
        None if negotiation::CALLING.value(doc.lemma(p, v)) == Some("bare") => {
            let oprd = doc.analyses[p]
                .children(v)
                .find(|&c| c > object && matches!(tokens[c].dep, Dep::Oprd | Dep::Ccomp | Dep::Xcomp | Dep::Acomp));
            match oprd {
                Some(c) => subtree(doc, p, c).start.max(object + 1)..subtree(doc, p, c).end,
                None => return,
            }
        }
        None => return,
    };
    let Some((sign, end)) = sign(doc, p, predicate) else { return };
    let Some(stance) = stance(sign, is_negated(doc, p, v)) else { return };
    let passive = crate::grammar::is_passive(doc, p, v);
    let who = match passive {
        true => doc.analyses[p]
            .children(v)
            .find(|&c| tokens[c].dep == Dep::Agent)
            .and_then(|a| child(doc, p, a, &[Dep::Pobj])),
        false => subject(doc, p, v),
    };
    let Some(who) = who.filter(|&w| w != object) else { return };
    let parties = topics.bodies.parties(context, CALLED, p, who);
    let subject = crate::grammar::phrase(doc, p, object);
    out.push(StanceCandidate {
        likely: None,
        by: CALLED,
        at: clause(doc, p, v, end),
        parties,
        stance,
        object: Some(found),
        subject: Some(subject),
    });
}

/// "the offer is unacceptable", said by somebody.
fn is(context: &RuleContext<'_, '_>, topics: &Topics<'_>, p: usize, v: usize, out: &mut Vec<StanceCandidate>) {
    let doc = context.doc;
    let Some(s) = own_subject(doc, p, v).filter(|&s| s < v) else { return };
    // "it is a good deal": what is said of "it" is itself of plan kind.
    let attribute = child(doc, p, v, &[Dep::Attr]).filter(|&a| a > v && is_thing(doc, p, s));
    let found = topics
        .of(doc, p, s)
        .or_else(|| attribute.and_then(|a| topics.of(doc, p, a)))
        .or_else(|| topics.back(doc, p, s));
    let Some(found) = found else { return };
    if !matches!(found.on, Some(rapporteur_schema::Topic::Proposal(_))) {
        return;
    }
    let predicate = child(doc, p, v, &[Dep::Attr, Dep::Acomp]).filter(|&c| c > v);
    let Some(predicate) = predicate else { return };
    let range = subtree(doc, p, predicate);
    let Some((sign, end)) = sign(doc, p, range.start..range.end.min(predicate + 4)) else { return };
    let Some(stance) = stance(sign, is_negated(doc, p, v)) else { return };
    let Some(speaker) = super::speaker(context, p, v) else { return };
    let subject = crate::grammar::phrase(doc, p, s);
    let at = clause(doc, p, v, end);
    out.push(StanceCandidate {
        likely: None,
        by: IS,
        at,
        parties: vec![speaker],
        stance,
        object: Some(found),
        subject: Some(subject),
    });
}

fn is_thing(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    matches!(doc.lower(p, t), "it" | "this" | "that" | "which")
}

/// The sign of the first judging word among some tokens, and where it ends; "not enough" and "not fair" turn it.
fn sign(doc: &Doc<'_>, p: usize, range: std::ops::Range<usize>) -> Option<(i8, usize)> {
    let mut turn = 1;
    let near = range.start..range.end.min(range.start + 14);
    for i in near.clone() {
        let word = doc.lower(p, i);
        if negotiation::NEGATION.has(word) {
            turn = -1;
        }
        let found = stances().judgement(word).or_else(|| stances().judgement(doc.lemma(p, i)));
        if let Some(sign) = found {
            return Some((sign * turn, end_of_predicate(doc, p, i, &range)));
        }
    }
    None
}

fn end_of_predicate(doc: &Doc<'_>, p: usize, i: usize, range: &std::ops::Range<usize>) -> usize {
    let up = crate::grammar::head(doc, p, i).filter(|&h| range.contains(&h) && h > i).unwrap_or(i);
    subtree(doc, p, up).end.clamp(i + 1, (i + 12).min(range.end.max(i + 1)))
}

fn stance(sign: i8, negated: bool) -> Option<Stance> {
    match (sign > 0, negated) {
        (true, false) => Some(Stance::Supports),
        (true, true) | (false, false) => Some(Stance::Doubts),
        (false, true) => None,
    }
}
