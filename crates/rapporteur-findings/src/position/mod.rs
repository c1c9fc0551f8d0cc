//! Who stands how to what: accepts, rejects, demands, offers, supports, doubts, declines.
//!
//! 1. The lexicon knows the words of stance and their frames; `object` says what a stance may be about.
//! 2. `frame` says what fills the slots of a verb; `verb`, `noun`, `judgement`, `duty` and `silence` each read one way of telling a stance.
//! 3. `party` says who takes it.
//! 4. `degree` says how far an acceptance goes.
//! 5. `mood` and `denial` say whether the stance is taken at all: negated, supposed, asked of others, denied.

mod degree;
mod denial;
mod duty;
mod frame;
mod judgement;
mod marked;
mod mood;
mod noun;
mod object;
mod party;
mod silence;
mod verb;

use std::ops::Range;

use rapporteur_language::Dep;
use rapporteur_lexicon::stances;
use rapporteur_lexicon::words::clause::DENIES;
use rapporteur_lexicon::words::negotiation::COURTESY;
use rapporteur_schema::{
    ActorIndex, EntityKind, IssueFinding, MeetingFinding, PassageKind, PositionFinding, ProposalFinding, Rule, Stance,
};
use rustc_hash::FxHashSet;

use crate::doc::{At, Doc};
use crate::grammar::{child, own_subject};
use crate::party::RuleContext;
use degree::degree;
use object::{Object, Topics};
use party::Bodies;

/// A stance in the making.
struct StanceCandidate {
    /// The rule that reads it.
    by: &'static str,
    /// What is cited.
    at: At,
    /// Who takes it.
    parties: Vec<ActorIndex>,
    stance: Stance,
    /// What it is about, where that is a matter of bargaining.
    object: Option<Object>,
    /// The words for it.
    subject: Option<Range<usize>>,
    /// What the tagger says of the whole: words, label and holder together, 0 to 1.
    likely: Option<f32>,
}

/// Finds them all, in the order of the text.
pub(crate) fn find(
    context: &RuleContext<'_, '_>,
    proposals: &[ProposalFinding],
    issues: &[IssueFinding],
    meetings: &[MeetingFinding],
) -> Vec<PositionFinding> {
    let bodies = Bodies::of(context.doc, context.names);
    let topics = Topics::new(proposals, issues, meetings, bodies);
    // Each with the words that show it.
    let mut candidates: Vec<(Range<usize>, StanceCandidate)> = Vec::new();
    for p in 0..context.doc.len() {
        if context.doc.kind(p) != PassageKind::Body {
            continue;
        }
        let first = candidates.len();
        let mut told = Vec::new();
        for t in (0..context.doc.tokens(p).len()).filter(|&t| !context.doc.is_furniture(p, t)) {
            verb::candidates(context, &topics, p, t, &mut told);
            noun::candidates(context, &topics, p, t, &mut told);
            if mood::is_stated(context.doc, p, t) {
                judgement::candidates(context, &topics, p, t, &mut told);
                duty::candidates(context, &topics, p, t, &mut told);
                silence::candidates(context, &topics, p, t, &mut told);
            }
            candidates.extend(told.drain(..).map(|c| (t..t + 1, c)));
        }
        let by_rule = candidates.split_off(first);
        marked::join(context, &topics, p, by_rule, &mut candidates);
    }
    // What is given is what the noun says; where that is told by itself it is told once.
    let own: FxHashSet<(usize, usize)> =
        candidates.iter().flat_map(|(cue, c)| cue.clone().map(|t| (c.at.paragraph, t))).collect();
    candidates.retain_mut(|(cue, candidate)| {
        let p = candidate.at.paragraph;
        // "No official defended it": nobody takes the stance.
        if cue.clone().any(|t| nobody(context.doc, p, t)) {
            return false;
        }
        let offers = candidate.stance == Stance::Offers;
        let Some((noun, stance)) = offers.then(|| given(context.doc, p, cue)).flatten() else {
            // "Offered her prayers" holds out nothing.
            let is_kind = candidate.by == marked::RULE && cue.clone().any(|t| courtesy(context.doc, p, t));
            return !(offers && is_kind);
        };
        candidate.stance = stance;
        cue.contains(&noun) || !own.contains(&(p, noun))
    });
    candidates.sort_by_key(|(_, d)| d.at.clone());
    let mut seen = FxHashSet::default();
    let mut out = Vec::new();
    for (_, candidate) in candidates {
        out.extend(findings(context, &candidate, &mut seen));
    }
    out
}

/// Whether the verb at `v` has a subject that is denied: "no official", "nobody".
fn nobody(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let denied = |t: usize| DENIES.has(doc.lower(p, t));
    own_subject(doc, p, v).is_some_and(|s| denied(s) || child(doc, p, s, &[Dep::Det]).is_some_and(denied))
}

/// Whether the verb at `v` holds out what is no bargain.
fn courtesy(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    child(doc, p, v, &[Dep::Dobj]).is_some_and(|o| COURTESY.has(doc.lower_lemma(p, o)))
}

/// The noun that tells a stance which its verb only gives, and the stance: "offered his doubts", "offered praise".
fn given(doc: &Doc<'_>, p: usize, cue: &Range<usize>) -> Option<(usize, Stance)> {
    let verb = cue.clone().find(|&t| doc.lower_lemma(p, t) == "offer")?;
    let noun = child(doc, p, verb, &[Dep::Dobj])?;
    let told = stances().noun(doc.lower_lemma(p, noun)).first()?.stance;
    matches!(told, Stance::Doubts | Stance::Rejects | Stance::Supports).then_some((noun, told))
}

/// How likely a stance is right, with its holder, that the tagger rates so: a line through how often those of a rule, and those of the
/// tagger alone, were right on the 35 reports of `annotated/train` that the tagger was not fitted on (600 stands, 228 right;
/// docs/accuracy.md has the same on dev).
fn confidence(by: &str, likely: f32) -> f32 {
    let right = if by == marked::RULE { 0.05 + 0.6 * likely } else { 0.27 + 0.57 * likely };
    (right.clamp(0.0, 1.0) * 100.0).round() / 100.0
}

/// Whose words the verb at `v` is of: the speaker's; the reporter's own are nobody's.
fn speaker(context: &RuleContext<'_, '_>, p: usize, v: usize) -> Option<ActorIndex> {
    let byte = context.doc.bytes(p, v..v + 1).start;
    context.speech.around(p, byte).and_then(|i| context.speech.speaker(i))
}

/// One finding a party, without what has been told by the same words before.
fn findings(
    context: &RuleContext<'_, '_>,
    candidate: &StanceCandidate,
    seen: &mut FxHashSet<(ActorIndex, Stance, usize, Option<usize>)>,
) -> Vec<PositionFinding> {
    let doc = context.doc;
    let p = candidate.at.paragraph;
    let Some(at) = doc.cite(&candidate.at) else { return Vec::new() };
    let lost = |slot: &'static str, why: &'static str| {
        doc.trace.lost(doc, candidate.by, slot, &candidate.at, &candidate.at, why);
    };
    let place = |a: &ActorIndex| context.names.actor(*a).kind == EntityKind::Place;
    if candidate.parties.iter().any(place) {
        lost("party", "only a place");
    }
    if candidate.parties.is_empty() {
        lost("finding", "nobody is named who takes the stance");
    }
    let parties = candidate.parties.iter().copied().filter(|a| !place(a));
    let date = crate::date::date_of_verb(doc, context.dates, p, candidate.at.tokens.start);
    let made = parties.filter_map(|party| {
        let token = candidate.object.as_ref().map(|o| o.token).or(candidate.subject.as_ref().map(|s| s.start));
        let new = seen.insert((party, candidate.stance, p, token));
        if !new {
            lost("finding", "told by the same words already");
        }
        new.then(|| PositionFinding {
            by: Rule::new(candidate.by),
            at: at.clone(),
            party,
            stance: candidate.stance,
            degree: degree(doc, &candidate.at, candidate.stance),
            on: candidate.object.as_ref().and_then(|o| o.on),
            subject: candidate.subject.as_ref().and_then(|s| doc.cite(&At::new(p, s.clone()))),
            date,
            confidence: candidate.likely.map(|l| confidence(candidate.by, l)),
        })
    });
    made.collect()
}
