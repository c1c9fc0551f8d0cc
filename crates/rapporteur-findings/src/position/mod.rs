//! Who stands how to what: accepts, rejects, demands, offers, supports, doubts, declines.
//!
//! 1. `lexicon` knows the words of stance and their frames, `object` what a stance may be about.
//! 2. `frame` says what fills the slots of a verb; `verb`, `noun`, `judgement`, `duty` and `silence` each read one way of telling a stance.
//! 3. `mood` and `denial` say whether the stance is taken at all: negated, supposed, asked of others, denied.
//! 4. `clause` cuts the words that are cited.

pub(crate) mod clause;
mod denial;
mod duty;
mod frame;
mod judgement;
pub(crate) mod lexicon;
mod mood;
mod noun;
pub(crate) mod object;
mod side;
mod silence;
mod verb;

use std::ops::Range;

use rapporteur_schema::{
    ActorIndex, EntityKind, IssueFinding, MeetingFinding, PassageKind, PositionFinding, ProposalFinding, Rule, Stance,
};
use rustc_hash::FxHashSet;

use crate::doc::At;
use crate::party::RuleContext;
use object::{Object, Topics};
use side::Sides;

/// A stance in the making.
struct Draft {
    /// What is cited.
    at: At,
    /// Who takes it.
    parties: Vec<ActorIndex>,
    stance: Stance,
    /// What it is about, where that is a matter of bargaining.
    object: Option<Object>,
    /// The words for it.
    subject: Option<Range<usize>>,
}

/// Finds them all, in the order of the text.
pub(crate) fn find(
    context: &mut RuleContext<'_, '_>,
    proposals: &[ProposalFinding],
    issues: &[IssueFinding],
    meetings: &[MeetingFinding],
) -> Vec<PositionFinding> {
    let sides = Sides::of(context.doc, context.names);
    let topics = Topics { proposals, issues, meetings, sides };
    let mut drafts = Vec::new();
    for p in 0..context.doc.len() {
        if context.doc.kind(p) != PassageKind::Body {
            continue;
        }
        for t in 0..context.doc.tokens(p).len() {
            verb::drafts(context, &topics, p, t, &mut drafts);
            noun::drafts(context, &topics, p, t, &mut drafts);
            judgement::drafts(context, &topics, p, t, &mut drafts);
            duty::drafts(context, &topics, p, t, &mut drafts);
            silence::drafts(context, &topics, p, t, &mut drafts);
        }
    }
    drafts.sort_by_key(|d| d.at.clone());
    let mut seen = FxHashSet::default();
    let mut out = Vec::new();
    for draft in drafts {
        out.extend(findings(context, &draft, &mut seen));
    }
    out
}

/// One finding a party, without what has been told by the same words before.
fn findings(
    context: &RuleContext<'_, '_>,
    draft: &Draft,
    seen: &mut FxHashSet<(ActorIndex, Stance, usize, Option<usize>)>,
) -> Vec<PositionFinding> {
    let doc = context.doc;
    let p = draft.at.paragraph;
    let Some(at) = doc.cite(&draft.at) else { return Vec::new() };
    let parties = draft.parties.iter().copied().filter(|&a| context.names.actor(a).kind != EntityKind::Place);
    let date = crate::date::date_of_verb(doc, context.dates, p, draft.at.tokens.start);
    let made = parties.filter_map(|party| {
        let token = draft.object.as_ref().map(|o| o.token).or(draft.subject.as_ref().map(|s| s.start));
        seen.insert((party, draft.stance, p, token)).then(|| PositionFinding {
            by: Rule::new("position"),
            at: at.clone(),
            party,
            stance: draft.stance,
            on: draft.object.as_ref().and_then(|o| o.on),
            subject: draft.subject.as_ref().and_then(|s| doc.cite(&At::new(p, s.clone()))),
            date,
        })
    });
    made.collect()
}
