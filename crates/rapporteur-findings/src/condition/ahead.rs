//! Whether a condition speaks of what is ahead: of what parties will, would or will not do, not of what has been.

use rapporteur_language::{Dep, Pos, Tag};

use super::marker::{Kind, Marked};
use crate::doc::Doc;
use crate::grammar::{head, is_negated, own_subject};
use rapporteur_lexicon::topics;
use rapporteur_lexicon::words::{condition, negotiation};

/// Whether the clause that the condition is set to speaks of what is ahead or always so, and is negated where it must be.
pub(super) fn is_ahead(doc: &Doc<'_>, p: usize, m: &Marked, main: usize) -> bool {
    let verbs = chain(doc, p, main);
    let modal = verbs.iter().any(|&v| has_modal(doc, p, v));
    let no = verbs.iter().any(|&v| is_negated(doc, p, v) || is_refusing(doc.lemma(p, v)))
        || own_subject(doc, p, main)
            .is_some_and(|s| doc.word(p, s).eq_ignore_ascii_case("nobody") || has_no(doc, p, s))
        || doc.analyses[p].children(main).any(|c| has_no(doc, p, c));
    let verb = matches!(doc.tokens(p)[main].pos, Pos::Verb | Pos::Aux);
    let past = verb && doc.tokens(p)[main].tag == Tag::Vbd && !modal;
    let present = present(doc, p, m.inner);
    let willing = verbs
        .iter()
        .any(|&v| doc.analyses[p].children(v).any(|c| is_willing(doc.lemma(p, c))) || is_willing(doc.lemma(p, v)))
        || is_willing(doc.lemma(p, m.main));
    match m.kind {
        Kind::Strict => !past || willing || present || is_threat(doc, p, main),
        Kind::Until => {
            (no || verbs.iter().any(|&v| condition::WITHHOLDING.has(doc.lemma(p, v))))
                && (modal || !past)
                && (present || doc.tokens(p)[m.inner].pos != Pos::Verb || modal)
        }
        Kind::Once => present,
        // "if the tolls stay, there is no treaty": two clauses in the present of which the main one says no.
        Kind::If => (modal || willing || present && no && !past) && !is_set_phrase(doc, p, m),
        Kind::Without => {
            let impossible =
                (main..main + 6).any(|t| t < doc.tokens(p).len() && condition::IMPOSSIBLE.has(doc.lemma(p, t)));
            let agreed = is_of_negotiation(doc, p, m.inner) || doc.tokens(p)[m.inner].pos == Pos::Noun;
            // "Without a truce, the ships would sail"
            let fronted = m.from == doc.sentence(p, m.from).start && modal;
            (modal && no || impossible || no && !past || fronted) && (agreed || fronted) && !is_manner(doc, p, m)
        }
        Kind::Phrase => !past || modal || willing,
        // "would lift the ban in exchange for …"; "lifted it in exchange for" tells what a deal was.
        Kind::Exchange => modal || willing || condition::COMMITTING_ACT.has(doc.lemma(p, main)),
        Kind::After => {
            let indefinite = doc.analyses[p].children(m.inner).any(|c| matches!(doc.word(p, c), "a" | "an" | "any"));
            modal && indefinite && condition::SETTLEMENT.has(doc.lemma(p, m.inner))
        }
    }
}

/// A verb and the verbs that it hangs on as an infinitive ("would be willing to meet").
pub(super) fn chain(doc: &Doc<'_>, p: usize, main: usize) -> Vec<usize> {
    let mut all = vec![main];
    let mut at = main;
    for _ in 0..4 {
        let Some(h) = head(doc, p, at) else { break };
        let joins = matches!(doc.tokens(p)[at].dep, Dep::Xcomp | Dep::Acomp | Dep::Attr | Dep::Dobj)
            || doc.tokens(p)[at].dep == Dep::Ccomp && has_to(doc, p, at);
        if !joins {
            break;
        }
        all.push(h);
        at = h;
    }
    all
}

fn has_to(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    doc.analyses[p].children(v).any(|c| c < v && doc.tokens(p)[c].tag == Tag::To)
}

fn has_modal(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    doc.analyses[p].children(v).any(|c| {
        doc.tokens(p)[c].tag == Tag::Md && matches!(negotiation::MODAL.value(doc.lower(p, c)), Some("firm" | "duty"))
    })
}

fn has_no(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    doc.analyses[p].children(t).any(|c| c < t && matches!(doc.lower(p, c), "no" | "neither" | "nothing"))
        || matches!(doc.lower(p, t), "nothing" | "impossible" | "never")
}

/// Whether the verb of a conditional clause speaks of what is ahead: in the present, or in a present perfect.
fn present(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let tokens = doc.tokens(p);
    let now = |t: usize| matches!(tokens[t].tag, Tag::Vbz | Tag::Vbp);
    now(v)
        || doc.analyses[p].children(v).any(|c| matches!(tokens[c].dep, Dep::Aux | Dep::Auxpass) && now(c))
        || tokens[v].tag == Tag::Vb
}

/// Whether a word says that a party is ready to do what is ahead, or could.
pub(super) fn is_willing(lemma: &str) -> bool {
    negotiation::READINESS.value(lemma) == Some("keeps")
        || binds(lemma)
        || matches!(lemma, "open" | "possible" | "potential")
}

/// Whether a verb binds a party to what is ahead.
fn binds(lemma: &str) -> bool {
    negotiation::HIGHER_VERB.value(lemma) == Some("binds") || lemma == "offer"
}

fn is_refusing(lemma: &str) -> bool {
    negotiation::HIGHER_VERB.value(lemma) == Some("turns")
        || matches!(lemma, "impossible" | "reject" | "unwilling" | "oppose")
}

/// "threatened to strike unless": told in the past, ahead all the same.
fn is_threat(doc: &Doc<'_>, p: usize, main: usize) -> bool {
    chain(doc, p, main).iter().any(|&v| {
        let lemma = doc.lemma(p, v);
        binds(lemma) || matches!(lemma, "warn" | "say" | "refuse" | "plan")
    })
}

pub(super) fn is_of_negotiation(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    topics().has(doc.lower_lemma(p, t))
}

/// Whether a phrase with "without" tells how it is done, not on what condition: "without question", "without precedent".
pub(super) fn is_manner(doc: &Doc<'_>, p: usize, m: &Marked) -> bool {
    let lemma = doc.lemma(p, m.inner);
    condition::MANNER.has(lemma) || doc.tokens(p)[m.inner].tag == Tag::Vbg && negotiation::SPEAKING.has(lemma)
}

/// "if so", "if necessary", "if anything": no clause of its own.
fn is_set_phrase(doc: &Doc<'_>, p: usize, m: &Marked) -> bool {
    own_subject(doc, p, m.inner).is_none()
}
