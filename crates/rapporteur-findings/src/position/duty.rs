//! What a speaker says must be: "territorial issues must be settled first", "hopes to negotiate pay directly".

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{Stance, Topic};

use super::StanceCandidate;
use super::mood::modal;
use super::object::Topics;
use crate::clause::{clause, end_of};
use crate::doc::Doc;
use crate::grammar::{child, is_negated, own_subject, subject, subtree};
use crate::party::RuleContext;
use rapporteur_lexicon::words::negotiation;

/// "must be settled", said by somebody.
const OWED: &str = "position/duty/owed";
/// "wants to renegotiate it".
const WISHED: &str = "position/duty/wished";

/// The demand that the stated verb at `v` tells.
pub(super) fn candidates(
    context: &RuleContext<'_, '_>,
    topics: &Topics<'_>,
    p: usize,
    v: usize,
    out: &mut Vec<StanceCandidate>,
) {
    let doc = context.doc;
    if negotiation::WISHING.has(doc.lemma(p, v)) {
        wished(context, topics, p, v, out);
    } else if must(doc, p, v) {
        owed(context, topics, p, v, out);
    }
}

fn must(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    matches!(modal(doc, p, v), Some("must" | "should"))
}

/// "the border must be settled by the presidents", said by somebody, of an issue or a proposal.
fn owed(context: &RuleContext<'_, '_>, topics: &Topics<'_>, p: usize, v: usize, out: &mut Vec<StanceCandidate>) {
    let doc = context.doc;
    // "should have been made" looks back.
    let perfect = doc.analyses[p].children(v).any(|c| doc.tokens(p)[c].dep == Dep::Aux && doc.lemma(p, c) == "have");
    if perfect {
        return;
    }
    let Some(s) = own_subject(doc, p, v).filter(|&s| s < v) else { return };
    // "discussions involving N must …" are about N.
    let inside = subtree(doc, p, s);
    let found = topics.of(doc, p, s).filter(|o| o.on.is_some()).or_else(|| {
        let mut nouns = (inside.start..inside.end.min(s + 10)).filter(|&t| doc.tokens(p)[t].pos == Pos::Noun);
        nouns.find_map(|t| topics.of(doc, p, t).filter(|o| matches!(o.on, Some(Topic::Issue(_)))))
    });
    let Some(found) = found.filter(|o| match o.on {
        Some(Topic::Issue(i)) => topics.issues[i as usize].disputed,
        Some(Topic::Proposal(_)) => true,
        _ => false,
    }) else {
        return;
    };
    let Some(speaker) = super::speaker(context, p, v) else { return };
    let end = subtree(doc, p, v).end.min(v + 20);
    let subject = Some(crate::grammar::phrase(doc, p, found.token));
    let at = clause(doc, p, v, end);
    out.push(StanceCandidate {
        likely: None,
        by: OWED,
        at,
        parties: vec![speaker],
        stance: Stance::Demands,
        object: Some(found),
        subject,
    });
}

/// "wants to renegotiate the deal", "hopes to secure guarantees".
fn wished(context: &RuleContext<'_, '_>, topics: &Topics<'_>, p: usize, v: usize, out: &mut Vec<StanceCandidate>) {
    let doc = context.doc;
    let inner = doc.analyses[p].children(v).find(|&c| {
        c > v
            && matches!(doc.tokens(p)[c].dep, Dep::Xcomp | Dep::Ccomp)
            && negotiation::PURSUING.has(doc.lemma(p, c))
            && (doc.tokens(p)[c].tag == Tag::Vb || doc.tokens(p)[c].tag == Tag::Vbn)
    });
    let Some(inner) = inner else { return };
    if is_negated(doc, p, v) || matches!(modal(doc, p, v), Some("may" | "might")) {
        return;
    }
    // "wants the clause rewritten": the thing is the subject of the participle.
    let object = child(doc, p, inner, &[Dep::Dobj]).or_else(|| own_subject(doc, p, inner).filter(|&s| s > v));
    let Some(object) = object else { return };
    let Some(found) = topics.of(doc, p, object) else { return };
    let Some(who) = subject(doc, p, v) else { return };
    let parties = topics.bodies.parties(context, WISHED, p, who);
    let end = end_of(doc, p, object).max(inner + 1);
    let at = clause(doc, p, v, end);
    let subject = Some(crate::grammar::phrase(doc, p, object));
    out.push(StanceCandidate {
        likely: None,
        by: WISHED,
        at,
        parties,
        stance: Stance::Demands,
        object: Some(found),
        subject,
    });
}
