//! Stance verbs with their frames: "rejected the offer", "agreed to the plan", "signed off on the text", "demands that …".

use rapporteur_language::Pos;
use rapporteur_language::{Dep, Tag};
use rapporteur_schema::Stance;

use super::StanceCandidate;
use super::denial::is_denied;
use super::frame::{Filled, fill, is_reduced, rule};
use super::mood::mood;
use super::object::{Object, Topics};
use crate::clause::{clause, end_of, holder};
use crate::doc::{At, Doc};
use crate::grammar::{child, is_passive, own_subject, subtree};
use crate::party::RuleContext;
use rapporteur_lexicon::words::negotiation;
use rapporteur_lexicon::{StanceFrame, stances};

/// The stances that the verb at `v` tells.
pub(super) fn candidates(
    context: &RuleContext<'_, '_>,
    topics: &Topics<'_>,
    p: usize,
    v: usize,
    out: &mut Vec<StanceCandidate>,
) {
    let doc = context.doc;
    if doc.tokens(p)[v].pos != Pos::Verb {
        return;
    }
    let lemma = doc.lower_lemma(p, v);
    let frames = stances().verb(lemma);
    let mut best: Option<(StanceFrame, Filled)> = None;
    for &frame in frames {
        if let Some(filled) = fill(doc, topics, p, v, frame) {
            // The frame with the longest form is the most telling: "sign off on" before "sign".
            if best.as_ref().is_none_or(|(b, _)| frame.form.len() > b.form.len() && !filled.weak) {
                best = Some((frame, filled));
            }
        }
    }
    let Some((frame, filled)) = best else { return };
    let by = rule(frame.form);
    // "a bill that nobody has endorsed" tells which bill is meant, not a stance to it.
    if doc.tokens(p)[v].dep == Dep::Relcl && crate::grammar::is_negated(doc, p, v) {
        return;
    }
    // Only laws are passed.
    if lemma == "pass" && !filled.object.as_ref().is_some_and(|o| is_law(topics, o)) {
        return;
    }
    let Some(mut mood) = mood(doc, p, v, frame.stance) else {
        let at = At::new(p, v..v + 1);
        doc.trace.lost(doc, by, "finding", &at, &at, "supposed, asked, wished or left open: the stance is not taken");
        return;
    };
    // "signed a deal", "reached an agreement": only once it is done.
    let terms = negotiation::COMING_TO_TERMS.value(lemma);
    let taken = mood.stance == Stance::Accepts || terms == Some("both");
    if terms.is_some() && taken && !is_done(doc, p, v) {
        return;
    }
    let passive = is_passive(doc, p, v) || is_reduced(doc, p, v);
    let who = if passive { agent(doc, p, v) } else { holder(doc, p, mood.of) };
    let Some(who) = who.filter(|&w| Some(w) != filled.object.as_ref().map(|o| o.token)) else {
        // "could be accepted", "was rejected": the words name nobody who does it.
        let at = |t: usize| At::new(p, t..t + 1);
        doc.trace.lost(doc, by, "party", &at(v), &at(v), "its clause names nobody who takes the stance");
        return;
    };
    let partly = filled.object.as_ref().is_some_and(|o| o.part) || is_partly(doc, p, v);
    if partly && mood.stance == Stance::Accepts {
        mood.stance = Stance::AcceptsWithReservations;
    }
    let parties = topics.bodies.parties(context, by, p, who);
    let start = if subject_near(doc, p, mood.of, v) { mood.of } else { v };
    // A plan put forward is told by its author; only an offer to the other side is a stance.
    if mood.stance == Stance::Offers && filled.object.as_ref().is_some_and(|o| is_plan(topics, o)) {
        return;
    }
    let end = if passive { filled.end.max(end_of(doc, p, who)) } else { filled.end };
    let mut at = clause(doc, p, start, end);
    if let Some(o) = filled.object.as_ref().filter(|o| o.token < at.tokens.start && at.tokens.start - o.token < 20) {
        at.tokens.start = crate::grammar::phrase(doc, p, o.token).start;
    }
    if is_denied(doc, p, v) {
        doc.trace.lost(doc, by, "finding", &at, &at, "somebody denies it");
        return;
    }
    out.push(StanceCandidate {
        likely: None,
        by,
        at,
        parties,
        stance: mood.stance,
        object: filled.object,
        subject: filled.subject,
    });
}

fn is_law(topics: &Topics<'_>, object: &Object) -> bool {
    let Some(rapporteur_schema::Topic::Proposal(i)) = object.on else { return false };
    topics.proposals.get(i as usize).is_some_and(|x| x.class == rapporteur_schema::ProposalClass::Law)
}

fn is_plan(topics: &Topics<'_>, object: &Object) -> bool {
    let Some(rapporteur_schema::Topic::Proposal(i)) = object.on else { return false };
    topics.proposals.get(i as usize).is_some_and(|x| {
        matches!(x.class, rapporteur_schema::ProposalClass::Plan | rapporteur_schema::ProposalClass::Law)
    })
}

/// By whom it is done, in the passive.
fn agent(doc: &Doc<'_>, p: usize, v: usize) -> Option<usize> {
    let by = doc.analyses[p]
        .children(v)
        .find(|&c| matches!(doc.tokens(p)[c].dep, Dep::Agent | Dep::Prep) && doc.word(p, c) == "by")?;
    child(doc, p, by, &[Dep::Pobj])
}

/// Whether a verb above brings its subject near enough to be cited with it.
fn subject_near(doc: &Doc<'_>, p: usize, above: usize, v: usize) -> bool {
    above <= v && v - above <= 8 && own_subject(doc, p, above).is_some()
}

/// Whether a verb tells what has happened: past or perfect, not an infinitive or a plan.
fn is_done(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let tag = doc.tokens(p)[v].tag;
    let perfect = doc.analyses[p].children(v).any(|c| doc.tokens(p)[c].dep == Dep::Aux && doc.lemma(p, c) == "have");
    (tag == Tag::Vbd || tag == Tag::Vbn && (perfect || is_passive(doc, p, v)))
        && super::mood::modal(doc, p, v).is_none()
}

/// Whether an adverb or what follows makes the acceptance a partial one.
fn is_partly(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let near = subtree(doc, p, v);
    let window = near.start.max(v.saturating_sub(4))..near.end.min(v + 16);
    window.clone().any(|t| {
        let word = doc.lower(p, t);
        negotiation::PARTLY.has(word) || word == "principle" && t > 0 && doc.word(p, t - 1) == "in"
    })
}
