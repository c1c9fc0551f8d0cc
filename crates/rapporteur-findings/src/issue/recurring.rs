//! Matters that are dealt with in words of bargaining without being said to be in dispute: "a deal that raises the toll
//! ceiling", "fund the harbour works". One report's are too many to tell; those that several reports deal with are issues.

use rapporteur_language::{Dep, Pos};

use super::matter::{Found, matters};
use crate::doc::Doc;
use crate::grammar::head;
use crate::party::RuleContext;
use rapporteur_lexicon::words::negotiation;
use rapporteur_lexicon::{DisputeFrame, NegotiationTopic, disputes, stances, topics};

/// The matter that the noun at `t` names, if words of bargaining govern it.
pub(super) fn matter(context: &RuleContext<'_, '_>, p: usize, t: usize) -> Option<Found> {
    let doc = context.doc;
    let token = doc.tokens(p)[t];
    if token.pos != Pos::Noun || matches!(token.dep, Dep::Nmod | Dep::Amod | Dep::Npadvmod) {
        return None;
    }
    // "a border security package": what a plan is for.
    let named_by = token.dep == Dep::Compound;
    let strength = head(doc, p, t).and_then(|h| topics().proposal(doc.lower_lemma(p, h))).map_or(0, |n| n.strength);
    if named_by && strength < 2 {
        return None;
    }
    let kind = topics().noun(doc.lower_lemma(p, t));
    let compound = doc.analyses[p]
        .children(t)
        .any(|c| c < t && c + 3 > t && doc.tokens(p)[c].dep == Dep::Compound && doc.tokens(p)[c].pos == Pos::Noun);
    let fits = match kind {
        Some(NegotiationTopic::Matter) => true,
        Some(_) => false,
        None => compound,
    };
    if !fits || !named_by && !is_dealt_with(doc, p, t) {
        return None;
    }
    matters(context, p, t).into_iter().find(|m| m.head == t && !negotiation::GENERAL.has(&m.name))
}

/// Whether a word of bargaining stands above a noun: a plan, a stance, a dispute, or a verb of changing and granting.
fn is_dealt_with(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let mut at = t;
    for _ in 0..4 {
        let Some(up) = head(doc, p, at) else { return false };
        let dep = doc.tokens(p)[at].dep;
        if !matches!(dep, Dep::Dobj | Dep::Pobj | Dep::Prep | Dep::Nsubjpass | Dep::Conj | Dep::Appos | Dep::Attr) {
            return false;
        }
        let lemma = doc.lower_lemma(p, up);
        let bargains = match doc.tokens(p)[up].pos {
            Pos::Noun => {
                topics().proposal(lemma).is_some_and(|n| n.strength >= 2)
                    || disputes().get(lemma, DisputeFrame::Noun).is_some()
                    || matches!(topics().noun(lemma), Some(NegotiationTopic::Gathering | NegotiationTopic::Matter))
                    || !stances().noun(lemma).is_empty()
            }
            Pos::Verb => {
                !stances().verb(lemma).is_empty()
                    || disputes().get(lemma, DisputeFrame::Object).is_some()
                    || negotiation::TERMS_VERB.has(lemma)
            }
            _ => false,
        };
        if bargains {
            return true;
        }
        at = up;
    }
    false
}
