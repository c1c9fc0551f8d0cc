//! What happens only if something else does: "only if the tolls are off the table", "unless the firm withdraws its plan",
//! "impossible without the islanders".
//!
//! `marker` finds the words that set one clause under the condition of another; here and in `ahead` it is decided whether that is a
//! condition of bargaining, which speaks of what is ahead and of what parties do, and what is cited for it.

mod ahead;
mod marked;
mod marker;

use std::ops::Range;

use rapporteur_language::{Dep, Pos};
use rapporteur_schema::{ActorIndex, ConditionFinding, EntityKind, PassageKind, Rule};

use crate::clause::trim;
use crate::doc::{At, Doc};
use crate::grammar::{head, own_subject, phrase, subject, subtree};
use crate::party::RuleContext;
use ahead::{chain, is_ahead, is_manner, is_of_negotiation, is_willing};
use marker::{Kind, Marked, marked};
use rapporteur_lexicon::words::condition;
use rapporteur_lexicon::{cues, topics};

/// A sentence is searched for words of bargaining no further than this.
const MAX_SEARCHED: usize = 80;

/// Finds them all, in the order of the text.
pub(crate) fn find(context: &RuleContext<'_, '_>) -> Vec<ConditionFinding> {
    let mut out: Vec<ConditionFinding> = Vec::new();
    for p in 0..context.doc.len() {
        if context.doc.kind(p) != PassageKind::Body {
            continue;
        }
        let first = out.len();
        for t in (0..context.doc.tokens(p).len()).filter(|&t| !context.doc.is_furniture(p, t)) {
            let Some(m) = marked(context.doc, p, t) else { continue };
            if let Some(found) = condition(context, p, &m) {
                // One clause under two markers ("if and only if") is one condition.
                if out.last().is_none_or(|last| last.only_if != found.only_if) {
                    out.push(found);
                }
            }
        }
        let by_rule = out.split_off(first);
        marked::join(context, p, by_rule, &mut out);
    }
    out
}

fn condition(context: &RuleContext<'_, '_>, p: usize, m: &Marked) -> Option<ConditionFinding> {
    let doc = context.doc;
    let main = said(doc, p, clause_head(doc, p, m.main), m.from);
    let by = m.kind.rule();
    let marker = At::new(p, m.from..m.from + 1);
    let lost = |why: &'static str| doc.trace.lost(doc, by, "finding", &marker, &At::new(p, m.only_if.clone()), why);
    if is_question(doc, p, m.inner) {
        lost("a question sets no condition");
        return None;
    }
    if !is_ahead(doc, p, m, main) {
        let manner = m.kind == Kind::Without && is_manner(doc, p, m);
        lost(if manner { "tells how it is done, not on what condition" } else { "does not speak of what is ahead" });
        return None;
    }
    let who = party(context, p, m, main);
    let told = !who.is_empty() && is_told(context, p, m);
    if m.kind == Kind::If && !told && !is_of_bargaining(doc, p, m, main) {
        lost("nobody says so, and it is not about what parties bargain over");
        return None;
    }
    finding(context, p, m, by, main)
}

/// What a marker's words tell, by the parse.
fn finding(
    context: &RuleContext<'_, '_>,
    p: usize,
    m: &Marked,
    by: &'static str,
    main: usize,
) -> Option<ConditionFinding> {
    let doc = context.doc;
    let who = party(context, p, m, main);
    let bounds = doc.sentence(p, m.inner);
    let what = what(doc, p, m, main, &bounds)?;
    let only_if = trim(doc, p, m.only_if.start..m.only_if.end.min(bounds.end), m.inner.min(m.only_if.end - 1));
    let whole = what.tokens.start.min(m.from)..what.tokens.end.max(only_if.tokens.end);
    let at = trim(doc, p, whole, m.from);
    Some(ConditionFinding {
        by: Rule::new(by),
        at: doc.cite(&at)?,
        what: doc.cite(&what)?,
        only_if: doc.cite(&only_if)?,
        party: who.first().copied(),
    })
}

/// The verb whose clause says what would happen.
fn clause_head(doc: &Doc<'_>, p: usize, main: usize) -> usize {
    let tokens = doc.tokens(p);
    let mut at = main;
    for _ in 0..3 {
        if matches!(tokens[at].pos, Pos::Verb | Pos::Aux) {
            return at;
        }
        match head(doc, p, at) {
            Some(h)
                if matches!(tokens[at].dep, Dep::Acomp | Dep::Attr | Dep::Dobj | Dep::Pobj | Dep::Prep | Dep::Amod) =>
            {
                at = h
            }
            _ => return main,
        }
    }
    at
}

/// What is said, where the parser hangs a condition on the verb of saying: "“We will come, but only if …,” she said."
fn said(doc: &Doc<'_>, p: usize, main: usize, from: usize) -> usize {
    let cue = cues().verb(doc.lemma(p, main)).is_some_and(|c| c.strength == 3);
    let said = doc.analyses[p].children(main).find(|&c| {
        doc.tokens(p)[c].dep == Dep::Ccomp && c < from && matches!(doc.tokens(p)[c].pos, Pos::Verb | Pos::Aux)
    });
    said.filter(|_| cue && from < main).unwrap_or(main)
}

/// Whether "if" stands between things of bargaining: what a party would do about a proposal or a matter, or would only do.
fn is_of_bargaining(doc: &Doc<'_>, p: usize, m: &Marked, main: usize) -> bool {
    let bounds = doc.sentence(p, main);
    let range = subtree(doc, p, main);
    let near = range.start.max(bounds.start)..range.end.min(bounds.end).min(range.start + 60);
    let only = doc.analyses[p].children(main).any(|c| doc.word(p, c).eq_ignore_ascii_case("only"))
        || chain(doc, p, main)
            .iter()
            .any(|&v| doc.analyses[p].children(v).any(|c| doc.word(p, c).eq_ignore_ascii_case("only")));
    let plan = bounds.clone().take(MAX_SEARCHED).any(|t| {
        matches!(doc.tokens(p)[t].pos, Pos::Noun)
            && topics().proposal(doc.lower_lemma(p, t)).is_some_and(|n| n.strength == 3)
    });
    only || plan
        || condition::PARTY_ACT.has(doc.lemma(p, main))
            && near.clone().any(|t| doc.tokens(p)[t].pos == Pos::Noun && is_of_negotiation(doc, p, t))
        || is_willing(doc.lemma(p, m.main))
        || condition::COMMITTING_ACT.has(doc.lemma(p, main))
}

/// Whether somebody says so: what a party says that it will do if something happens is a condition it sets.
fn is_told(context: &RuleContext<'_, '_>, p: usize, m: &Marked) -> bool {
    let byte = context.doc.bytes(p, m.inner..m.inner + 1).start;
    context.speech.around(p, byte).is_some()
}

fn is_question(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let bounds = doc.sentence(p, t);
    (bounds.end.saturating_sub(3)..bounds.end).any(|i| doc.word(p, i) == "?")
}

/// Who sets it: the one who would do it, else who says so.
fn party(context: &RuleContext<'_, '_>, p: usize, m: &Marked, main: usize) -> Vec<ActorIndex> {
    let doc = context.doc;
    let mut found = match subject(doc, p, main) {
        Some(s) => context.parties(p, s),
        None => Vec::new(),
    };
    found.retain(|&a| context.names.actor(a).kind != EntityKind::Place);
    if found.is_empty() {
        let byte = doc.bytes(p, m.inner..m.inner + 1).start;
        found.extend(context.speech.around(p, byte).and_then(|i| context.speech.speaker(i)));
    }
    found
}

/// The words of what would happen: the clause or noun phrase that the condition is set to, without the condition.
fn what(doc: &Doc<'_>, p: usize, m: &Marked, main: usize, bounds: &Range<usize>) -> Option<At> {
    let nominal = doc.tokens(p)[m.main].pos == Pos::Noun && m.main != main && m.from > m.main;
    let top = if nominal { m.main } else { *chain(doc, p, main).last().unwrap_or(&main) };
    let full = subtree(doc, p, top);
    let full = full.start.max(bounds.start)..full.end.min(bounds.end);
    let range = if m.from > top {
        // Behind: "they will sign only if …".
        let start = match own_subject(doc, p, top).filter(|&s| s < top) {
            Some(s) if !nominal => phrase(doc, p, s).start,
            _ => full.start,
        };
        start.max(full.start)..m.from
    } else {
        // In front: "If they sign, we will …".
        m.only_if.end..full.end
    };
    let mut range = range.start.min(range.end)..range.end;
    let tail = |t: usize| doc.tokens(p)[t].pos == Pos::Punct || condition::CLAUSE_JOINT.has(doc.lower(p, t));
    while range.end > range.start && tail(range.end - 1) {
        range.end -= 1;
    }
    while range.start < range.end && tail(range.start) {
        range.start += 1;
    }
    if range.is_empty() {
        range = top..top + 1;
    }
    let keep = if m.from > top { range.end - 1 } else { range.start };
    Some(trim(doc, p, range, keep))
}
