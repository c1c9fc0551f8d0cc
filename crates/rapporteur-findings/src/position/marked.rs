//! Stances that the tagger marks: which, whose and on what by its labels and roles, with the clause by the parse.

use std::ops::Range;

use rapporteur_language::Pos;
use rapporteur_reader::{Role, Tag};
use rapporteur_schema::{ActorIndex, Stance};

use super::StanceCandidate;
use super::object::Topics;
use crate::clause::{clause, holder, trim};
use crate::doc::At;
use crate::grammar::phrase;
use crate::party::RuleContext;
use crate::tagged::{Mark, top, underlined};

/// The rule.
pub(super) const RULE: &str = "position/marked";

/// A stance that a rule tells and whose words the tagger rates below this is none.
const DOUBTED: f32 = 0.05;

/// A label this likely goes before a rule's.
const SURE: f32 = 0.8;

/// What is left of the tagger's score where it marks no stance, where it has another holder or label than the rule, and where whoever
/// says the words is taken to hold it: set by hand before the scores are fitted to how often they are right.
const UNMARKED: f32 = 0.5;
const OTHER: f32 = 0.25;
const SAYS: f32 = 0.6;

/// Joins what rules tell of a paragraph with what the tagger marks: what both tell is told once, with the rule's clause and
/// matter; what the tagger gives no chance is left out.
pub(super) fn join(
    context: &RuleContext<'_, '_>,
    topics: &Topics<'_>,
    p: usize,
    by_rule: Vec<(Range<usize>, StanceCandidate)>,
    out: &mut Vec<(Range<usize>, StanceCandidate)>,
) {
    let tagged = context.doc.tagged(p);
    let mut taken: Vec<Range<usize>> = Vec::new();
    for (cue, mut told) in by_rule {
        let near = cue.start.saturating_sub(1)..cue.end + 1;
        if tagged.most(Tag::Stance, near.start..near.end.min(context.doc.tokens(p).len())).is_some_and(|s| s < DOUBTED)
        {
            context.doc.trace.lost(
                context.doc,
                told.by,
                "finding",
                &told.at,
                &told.at,
                "the tagger sees no stance in it",
            );
            continue;
        }
        // What the tagger makes of words that it does not mark.
        told.likely =
            tagged.most(Tag::Stance, near.start..near.end.min(context.doc.tokens(p).len())).map(|s| s * UNMARKED);
        let mark = tagged.marks(Tag::Stance).find(|m| m.tokens.start < near.end && near.start < m.tokens.end);
        if let Some(mark) = mark {
            taken.push(mark.tokens.clone());
            // Degrees of acceptance are the rules': they read what is kept back.
            if let Some((stance, likely)) = mark.stance
                && likely >= SURE
                && told.stance != Stance::AcceptsWithReservations
            {
                told.stance = stance;
            }
            let (parties, held) = whose(context, topics, p, mark, top(context.doc, p, mark.tokens.clone()));
            // Another holder than the rule's speaks against it.
            let held =
                if told.parties.is_empty() || told.parties.iter().any(|a| parties.contains(a)) { held } else { OTHER };
            let named = mark.stance.filter(|(stance, _)| *stance == told.stance).map_or(OTHER, |(_, likely)| likely);
            told.likely = Some(mark.score * named * held);
            if told.parties.is_empty() {
                told.parties = parties;
            }
        }
        out.push((cue, told));
    }
    let free = |m: &&Mark| !taken.contains(&m.tokens) && !context.doc.is_furniture(p, m.tokens.start);
    for mark in tagged.marks(Tag::Stance).filter(free) {
        out.extend(candidate(context, topics, p, mark).map(|c| (mark.tokens.clone(), c)));
    }
}

fn candidate(context: &RuleContext<'_, '_>, topics: &Topics<'_>, p: usize, mark: &Mark) -> Option<StanceCandidate> {
    let doc = context.doc;
    let (stance, named) = mark.stance?;
    let cue = top(doc, p, mark.tokens.clone());
    let (parties, held) = whose(context, topics, p, mark, cue);
    let about = mark.stretch(Role::StanceOn, 2).and_then(|on| subject(context, p, on, &mark.tokens));
    // Only what the words are about as a whole: a plan that is named among them is not therefore the matter.
    let object = about.as_ref().and_then(|on| topics.of(doc, p, top(doc, p, on.clone())));
    let bounds = doc.sentence(p, cue);
    let end = about.as_ref().map_or(mark.tokens.end, |on| on.end.max(mark.tokens.end)).min(bounds.end);
    let is_verb = matches!(doc.tokens(p)[cue].pos, Pos::Verb | Pos::Aux);
    let mut at = if is_verb { clause(doc, p, cue, end) } else { At::new(p, mark.tokens.start..end) };
    // The words of the stance, of who takes it and of what it is about, where they stand near.
    let first = mark.runs(Role::StanceHolder).iter().map(|(r, _)| r.start).chain(about.iter().map(|on| on.start)).min();
    let first = first.filter(|&f| f >= bounds.start).unwrap_or(at.tokens.start);
    at.tokens = at.tokens.start.min(mark.tokens.start).min(first)..at.tokens.end.max(mark.tokens.end);
    let at = trim(doc, p, at.tokens, mark.tokens.start);
    let likely = Some(mark.score * named * held);
    Some(StanceCandidate { likely, by: RULE, at, parties, stance, object, subject: about })
}

/// Who takes a stance, and how likely they do: whom the words of the role mean; else the subject of its verb; else who says it.
fn whose(
    context: &RuleContext<'_, '_>,
    topics: &Topics<'_>,
    p: usize,
    mark: &Mark,
    cue: usize,
) -> (Vec<ActorIndex>, f32) {
    let doc = context.doc;
    let mut out: Vec<ActorIndex> = Vec::new();
    let mut held = OTHER;
    let mut runs = mark.runs(Role::StanceHolder);
    runs.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (run, likely) in runs {
        out.extend(topics.bodies.parties(context, RULE, p, top(doc, p, run)));
        if !out.is_empty() {
            held = likely;
            break;
        }
    }
    if out.is_empty()
        && let Some(subject) = holder(doc, p, cue).filter(|&s| mark.role(Role::StanceHolder, phrase(doc, p, s)) > 0.1)
    {
        out = topics.bodies.parties(context, RULE, p, subject);
        held = mark.role(Role::StanceHolder, phrase(doc, p, subject));
    }
    // The words that name whoever takes it, and lead to nobody whom the report names: whoever says so is another.
    let me = |(run, _): &(Range<usize>, f32)| {
        run.clone().any(|t| rapporteur_lexicon::words::function::FIRST_PERSON.has(doc.lower(p, t)))
    };
    let others = mark.runs(Role::StanceHolder);
    if out.is_empty() && (others.is_empty() || others.iter().any(me)) {
        let byte = doc.bytes(p, mark.tokens.clone()).start;
        out.extend(context.speech.around(p, byte).and_then(|i| context.speech.speaker(i)));
        held = SAYS;
    }
    out.dedup();
    (out, held)
}

/// More tokens than this are no phrase for what a stance is about.
const MAX_PHRASE: usize = 20;

/// Words for what a stance is about as a reader would underline them: the phrase of a noun, the cue left out.
fn subject(context: &RuleContext<'_, '_>, p: usize, on: Range<usize>, cue: &Range<usize>) -> Option<Range<usize>> {
    let doc = context.doc;
    let on = underlined(doc, p, on)?;
    let head = top(doc, p, on.clone());
    let noun = matches!(doc.tokens(p)[head].pos, Pos::Noun | Pos::Propn);
    let full = phrase(doc, p, head);
    let touches = full.start < cue.end && cue.start < full.end;
    if noun && !touches && full.len() <= MAX_PHRASE { underlined(doc, p, full) } else { Some(on) }
}
