//! What happens only if something else does: "only if the tolls are off the table", "unless the firm withdraws its plan",
//! "impossible without the Europeans".
//!
//! `marker` finds the words that set one clause under the condition of another; here it is decided whether that is a
//! condition of bargaining, which speaks of what is ahead and of what parties do, and what is cited for it.

mod marker;

use std::ops::Range;

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{ActorIndex, ConditionFinding, EntityKind, PassageKind};

use crate::doc::{At, Doc};
use crate::grammar::{head, is_negated, own_subject, phrase, subject, subtree};
use crate::party::Ground;
use crate::position::clause::trim;
use crate::position::lexicon::lexicon;
use crate::proposal::noun::noun;
use marker::{Kind, Marked, marked};

/// A sentence is searched for words of bargaining no further than this.
const LONG: usize = 80;

/// Finds them all, in the order of the text.
pub(crate) fn find(ground: &mut Ground<'_, '_>) -> Vec<ConditionFinding> {
    let mut out: Vec<ConditionFinding> = Vec::new();
    for p in 0..ground.doc.len() {
        if ground.doc.kind(p) != PassageKind::Body {
            continue;
        }
        for t in 0..ground.doc.tokens(p).len() {
            let Some(m) = marked(ground.doc, p, t) else { continue };
            if let Some(found) = condition(ground, p, &m) {
                // One clause under two markers ("if and only if") is one condition.
                if out.last().is_none_or(|last| last.only_if != found.only_if) {
                    out.push(found);
                }
            }
        }
    }
    out
}

fn condition(ground: &mut Ground<'_, '_>, p: usize, m: &Marked) -> Option<ConditionFinding> {
    let doc = ground.doc;
    let main = clause_head(doc, p, m.main);
    if is_question(doc, p, m.inner) || !is_ahead(doc, p, m, main) {
        return None;
    }
    let who = party(ground, p, m, main);
    if m.kind == Kind::If && !is_of_bargaining(doc, p, m, main) && !(is_told(ground, p, m) && !who.is_empty()) {
        return None;
    }
    let bounds = doc.sentence(p, m.inner);
    let what = what(doc, p, m, main, &bounds)?;
    let only_if = trim(doc, p, m.only_if.start..m.only_if.end.min(bounds.end), m.inner.min(m.only_if.end - 1));
    let whole = what.tokens.start.min(m.from)..what.tokens.end.max(only_if.tokens.end);
    let at = trim(doc, p, whole, m.from);
    Some(ConditionFinding {
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

/// Whether the clause that the condition is set to speaks of what is ahead or always so, and is negated where it must be.
fn is_ahead(doc: &Doc<'_>, p: usize, m: &Marked, main: usize) -> bool {
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
            (no || verbs.iter().any(|&v| is_withholding(doc.lemma(p, v))))
                && (modal || !past)
                && (present || doc.tokens(p)[m.inner].pos != Pos::Verb || modal)
        }
        Kind::Once => (modal || willing || !past || present) && present,
        // "if there's no wall, there's no deal": two clauses in the present of which the main one says no.
        Kind::If => (modal || willing || present && no && !past) && !is_set_phrase(doc, p, m),
        Kind::Without => {
            let impossible = (main..main + 6).any(|t| t < doc.tokens(p).len() && is_impossible(doc.lemma(p, t)));
            let agreed = noun_is_matter(doc, p, m.inner) || doc.tokens(p)[m.inner].pos == Pos::Noun;
            // "Without a new one, pickets would go up"
            let fronted = m.from == doc.sentence(p, m.from).start && modal;
            (modal && no || impossible || no && !past || fronted) && (agreed || fronted) && !is_manner(doc, p, m)
        }
        Kind::Phrase => !past || modal || willing,
        Kind::After => {
            let indefinite = doc.analyses[p].children(m.inner).any(|c| matches!(doc.word(p, c), "a" | "an" | "any"));
            modal && indefinite && (is_truce(doc.lemma(p, m.inner)))
        }
    }
}

/// A verb and the verbs that it hangs on as an infinitive ("would be willing to meet").
fn chain(doc: &Doc<'_>, p: usize, main: usize) -> Vec<usize> {
    let mut all = vec![main];
    let mut at = main;
    for _ in 0..4 {
        let Some(h) = head(doc, p, at) else { break };
        let joins = matches!(doc.tokens(p)[at].dep, Dep::Xcomp | Dep::Acomp | Dep::Attr | Dep::Dobj)
            || doc.tokens(p)[at].dep == Dep::Ccomp && doc.tokens(p)[at].tag == Tag::Vb;
        if !joins {
            break;
        }
        all.push(h);
        at = h;
    }
    all
}

fn has_modal(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    doc.analyses[p].children(v).any(|c| {
        doc.tokens(p)[c].tag == Tag::Md
            && matches!(
                doc.word(p, c).to_lowercase().as_str(),
                "will"
                    | "would"
                    | "can"
                    | "could"
                    | "'ll"
                    | "’ll"
                    | "wo"
                    | "must"
                    | "ca"
                    | "should"
                    | "shall"
                    | "'d"
                    | "’d"
            )
    })
}

fn has_no(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    doc.analyses[p]
        .children(t)
        .any(|c| c < t && matches!(doc.word(p, c).to_lowercase().as_str(), "no" | "neither" | "nothing"))
        || matches!(doc.word(p, t).to_lowercase().as_str(), "nothing" | "impossible" | "never")
}

/// Whether the verb of a conditional clause speaks of what is ahead: in the present, or in a present perfect.
fn present(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let tokens = doc.tokens(p);
    let now = |t: usize| matches!(tokens[t].tag, Tag::Vbz | Tag::Vbp);
    now(v)
        || doc.analyses[p].children(v).any(|c| matches!(tokens[c].dep, Dep::Aux | Dep::Auxpass) && now(c))
        || tokens[v].tag == Tag::Vb
}

fn is_willing(lemma: &str) -> bool {
    matches!(
        lemma,
        "ready"
            | "willing"
            | "prepared"
            | "open"
            | "agree"
            | "offer"
            | "threaten"
            | "vow"
            | "promise"
            | "pledge"
            | "possible"
            | "potential"
    )
}

fn is_refusing(lemma: &str) -> bool {
    matches!(lemma, "refuse" | "decline" | "impossible" | "reject" | "unwilling" | "oppose")
}

/// Verbs of keeping back or keeping on until something is done.
fn is_withholding(lemma: &str) -> bool {
    matches!(
        lemma,
        "withhold"
            | "suspend"
            | "block"
            | "freeze"
            | "halt"
            | "continue"
            | "remain"
            | "stay"
            | "boycott"
            | "delay"
            | "strike"
    )
}

fn is_impossible(lemma: &str) -> bool {
    matches!(lemma, "impossible" | "unthinkable" | "inconceivable" | "meaningless" | "unacceptable" | "pointless")
}

fn is_truce(lemma: &str) -> bool {
    matches!(
        lemma,
        "ceasefire"
            | "cease-fire"
            | "truce"
            | "armistice"
            | "settlement"
            | "agreement"
            | "deal"
            | "treaty"
            | "withdrawal"
            | "vote"
            | "referendum"
    )
}

/// "threatened to strike unless": told in the past, ahead all the same.
fn is_threat(doc: &Doc<'_>, p: usize, main: usize) -> bool {
    chain(doc, p, main).iter().any(|&v| {
        matches!(
            doc.lemma(p, v),
            "threaten" | "vow" | "warn" | "pledge" | "say" | "agree" | "refuse" | "plan" | "promise"
        )
    })
}

fn noun_is_matter(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let lemma = doc.lemma(p, t).to_lowercase();
    lexicon().matter(&lemma).is_some() || noun(&lemma).is_some()
}

/// "without question", "without precedent": how it is done, not on what condition.
fn is_manner(doc: &Doc<'_>, p: usize, m: &Marked) -> bool {
    matches!(
        doc.lemma(p, m.inner),
        "doubt"
            | "question"
            | "name"
            | "work"
            | "job"
            | "pay"
            | "insurance"
            | "power"
            | "water"
            | "trial"
            | "help"
            | "precedent"
            | "exception"
            | "warning"
            | "comment"
            | "notice"
            | "delay"
            | "evidence"
            | "say"
            | "explanation"
            | "reason"
            | "detail"
            | "elaborate"
            | "name"
            | "it"
            | "fail"
            | "hesitation"
    ) || doc.tokens(p)[m.inner].tag == Tag::Vbg
        && matches!(
            doc.lemma(p, m.inner),
            "give" | "specify" | "provide" | "elaborate" | "mention" | "offer" | "name" | "say"
        )
}

/// "if so", "if necessary", "if anything": no clause of its own.
fn is_set_phrase(doc: &Doc<'_>, p: usize, m: &Marked) -> bool {
    own_subject(doc, p, m.inner).is_none()
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
    let plan = bounds.clone().take(LONG).any(|t| {
        matches!(doc.tokens(p)[t].pos, Pos::Noun)
            && noun(&doc.lemma(p, t).to_lowercase()).is_some_and(|n| n.strength == 3)
    });
    only || plan
        || is_bargaining_verb(doc.lemma(p, main))
            && near.clone().any(|t| doc.tokens(p)[t].pos == Pos::Noun && noun_is_matter(doc, p, t))
        || is_willing(doc.lemma(p, m.main))
        || is_committing(doc.lemma(p, main))
}

/// Whether somebody says so: what a party says that it will do if something happens is a condition it sets.
fn is_told(ground: &Ground<'_, '_>, p: usize, m: &Marked) -> bool {
    let byte = ground.doc.bytes(p, m.inner..m.inner + 1).start;
    ground.speech.around(p, byte).is_some()
}

/// Verbs of what a party does to or with the other's wishes.
fn is_bargaining_verb(lemma: &str) -> bool {
    matches!(
        lemma,
        "accept"
            | "reject"
            | "approve"
            | "back"
            | "support"
            | "oppose"
            | "withdraw"
            | "lift"
            | "impose"
            | "pay"
            | "give"
            | "offer"
            | "return"
            | "resume"
            | "suspend"
            | "end"
            | "halt"
            | "stop"
            | "continue"
            | "provide"
            | "raise"
            | "cut"
            | "drop"
            | "reopen"
            | "consider"
            | "abandon"
            | "leave"
            | "quit"
            | "pull"
            | "walk"
            | "go"
            | "take"
            | "call"
            | "block"
            | "join"
            | "release"
            | "vote"
            | "meet"
            | "come"
            | "begin"
            | "start"
            | "agree"
            | "negotiate"
            | "discuss"
            | "talk"
            | "attend"
            | "declare"
            | "implement"
            | "enter"
            | "make"
            | "face"
            | "collapse"
    )
}

/// Verbs that commit a party by themselves.
fn is_committing(lemma: &str) -> bool {
    matches!(
        lemma,
        "sign"
            | "veto"
            | "strike"
            | "ratify"
            | "retaliate"
            | "concede"
            | "disarm"
            | "negotiate"
            | "reconsider"
            | "invade"
            | "attack"
            | "boycott"
            | "resign"
            | "filibuster"
    )
}

fn is_question(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let bounds = doc.sentence(p, t);
    (bounds.end.saturating_sub(3)..bounds.end).any(|i| doc.word(p, i) == "?")
}

/// Who sets it: the one who would do it, else who says so.
fn party(ground: &mut Ground<'_, '_>, p: usize, m: &Marked, main: usize) -> Vec<ActorIndex> {
    let doc = ground.doc;
    let mut found = match subject(doc, p, main) {
        Some(s) => ground.parties(p, s),
        None => Vec::new(),
    };
    found.retain(|&a| ground.names.actor(a).kind != EntityKind::Place);
    if found.is_empty() {
        let byte = doc.bytes(p, m.inner..m.inner + 1).start;
        found.extend(ground.speech.around(p, byte).and_then(|i| ground.speech.speaker(i)));
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
    let tail = |t: usize| {
        doc.tokens(p)[t].pos == Pos::Punct
            || matches!(doc.word(p, t).to_lowercase().as_str(), "but" | "and" | "only" | "then" | "or")
    };
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
