//! Stances that somebody denies: "denied that it had agreed", "rejected reports that it had given in".

use rapporteur_language::{Dep, Pos};
use rapporteur_schema::{ActorIndex, Stance};

use super::StanceCandidate;
use super::frame::Filled;
use super::object::Topics;
use crate::clause::clause;
use crate::doc::{At, Doc};
use crate::grammar::{head, subject};
use crate::party::RuleContext;
use rapporteur_lexicon::words::negotiation;

/// The rule.
const RULE: &str = "position/denial";

/// Whether the clause is what somebody denies: `Some(true)` if the denial is firm, `Some(false)` if it is played down.
pub(super) fn is_denied(doc: &Doc<'_>, p: usize, v: usize) -> Option<bool> {
    denier(doc, p, v).map(|(_, firm)| firm)
}

/// The verb of denial above a clause: "denied that it had agreed", "rejected reports that it had given in".
fn denier(doc: &Doc<'_>, p: usize, v: usize) -> Option<(usize, bool)> {
    let tokens = doc.tokens(p);
    let mut up = head(doc, p, v)?;
    if matches!(tokens[v].dep, Dep::Acl | Dep::Relcl | Dep::Ccomp) && tokens[up].pos == Pos::Noun {
        let told = negotiation::CLAIM.has(doc.lemma(p, up));
        up = head(doc, p, up).filter(|_| told)?;
    }
    let denies = negotiation::DENYING.value(doc.lemma(p, up)).filter(|_| tokens[up].pos == Pos::Verb)?;
    Some((up, denies == "firm"))
}

/// Who denies having taken the stance doubts what it is about.
#[allow(clippy::too_many_arguments, reason = "what one clause tells, handed on once")]
pub(super) fn denied(
    context: &RuleContext<'_, '_>,
    topics: &Topics<'_>,
    p: usize,
    v: usize,
    parties: &[ActorIndex],
    stance: Stance,
    filled: &Filled,
    at: &At,
    out: &mut Vec<StanceCandidate>,
) {
    let doc = context.doc;
    let Some((verb, true)) = denier(doc, p, v) else { return };
    if !matches!(stance, Stance::Accepts | Stance::AcceptsWithReservations) || crate::grammar::is_negated(doc, p, verb)
    {
        return;
    }
    let Some(who) = subject(doc, p, verb) else { return };
    let deniers = topics.bodies.parties(context, RULE, p, who);
    let own = deniers.iter().any(|&d| {
        parties.contains(&d)
            || context.country_of(d).is_some_and(|c| parties.iter().any(|&x| context.country_of(x) == Some(c)))
    });
    if own {
        let mut at = clause(doc, p, verb, at.tokens.end);
        at.tokens.end = at.tokens.end.max(filled.end.min(doc.sentence(p, v).end));
        out.push(StanceCandidate {
            by: RULE,
            at,
            parties: deniers,
            stance: Stance::Doubts,
            object: filled.object.clone(),
            subject: filled.subject.clone(),
        });
    }
}
