//! Stances told by nouns and adjectives: "expressed reservations about the deal", "is opposed to the plan", "the union's
//! rejection of the offer", "is against the deal".

use std::ops::Range;

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::Stance;

use super::StanceCandidate;
use super::mood::is_supposed;
use super::object::{Object, Topics};
use crate::clause::{clause, end_of, holder, trim};
use crate::doc::Doc;
use crate::grammar::{child, head, is_negated, subject};
use crate::party::RuleContext;
use rapporteur_lexicon::words::negotiation;
use rapporteur_lexicon::{StanceFrame, stances};

/// "expressed reservations about N".
const VOICED: &str = "position/noun/voiced";
/// "the union's rejection of N".
const OWNED: &str = "position/noun/owned";
/// "the union's refusal to sign".
const OWNED_CLAUSE: &str = "position/noun/owned/clause";
/// "is opposed to N".
const ADJECTIVE: &str = "position/adjective";
/// "is ready to negotiate".
const COMPLEMENT: &str = "position/adjective/clause";
/// "is against N".
const PREPOSITION: &str = "position/preposition";

/// The stance that the noun or adjective at `t` tells.
pub(super) fn candidates(
    context: &RuleContext<'_, '_>,
    topics: &Topics<'_>,
    p: usize,
    t: usize,
    out: &mut Vec<StanceCandidate>,
) {
    match context.doc.tokens(p)[t].pos {
        Pos::Noun => noun(context, topics, p, t, out),
        Pos::Adj | Pos::Verb => adjective(context, topics, p, t, out),
        Pos::Adp => preposition(context, topics, p, t, out),
        _ => {}
    }
}

/// The matter that hangs on `t` by this preposition, or by the verb above where the parse says so.
fn linked(doc: &Doc<'_>, p: usize, t: usize, prep: &str) -> Option<usize> {
    let own = doc.analyses[p].children(t).find(|&c| c > t && doc.word(p, c) == prep);
    let above = || {
        let up = head(doc, p, t)?;
        doc.analyses[p].children(up).find(|&c| c > t && c - t <= 4 && doc.word(p, c) == prep)
    };
    child(doc, p, own.or_else(above)?, &[Dep::Pobj])
}

fn noun(context: &RuleContext<'_, '_>, topics: &Topics<'_>, p: usize, t: usize, out: &mut Vec<StanceCandidate>) {
    let doc = context.doc;
    let frames = stances().noun(doc.lemma(p, t));
    if frames.is_empty() {
        return;
    }
    let tokens = doc.tokens(p);
    for frame in frames {
        let Some((found, words, end)) = filled(doc, topics, p, t, *frame) else { continue };
        let words = Some(words);
        // "expressed reservations about N"
        let verb = head(doc, p, t).filter(|&v| tokens[v].pos == Pos::Verb && tokens[t].dep == Dep::Dobj);
        if let Some(v) = verb.filter(|&v| negotiation::VOICING.has(doc.lemma(p, v))) {
            if is_supposed(doc, p, v) || is_negated(doc, p, v) {
                return;
            }
            let none = doc.analyses[p].children(t).any(|c| c < t && matches!(doc.word(p, c), "no" | "little"));
            let Some(who) = subject(doc, p, v).filter(|_| !none) else { return };
            let parties = topics.bodies.parties(context, VOICED, p, who);
            out.push(StanceCandidate {
                likely: None,
                by: VOICED,
                at: clause(doc, p, v, end),
                parties,
                stance: frame.stance,
                object: found,
                subject: words,
            });
            return;
        }
        // "the union's rejection of N"
        if let Some(owner) = child(doc, p, t, &[Dep::Poss]) {
            if matches!(frame.stance, Stance::Accepts) && is_supposed(doc, p, t) {
                return;
            }
            let by = if matches!(frame.form, "inf" | "that") { OWNED_CLAUSE } else { OWNED };
            let parties = topics.bodies.parties(context, by, p, owner);
            let start = crate::grammar::phrase(doc, p, owner).start;
            let at = trim(doc, p, start.max(t.saturating_sub(12))..end.max(t + 1), t);
            out.push(StanceCandidate {
                likely: None,
                by,
                at,
                parties,
                stance: frame.stance,
                object: found,
                subject: words,
            });
        }
        return;
    }
}

/// What a stance noun is about: the matter by its preposition, or the infinitive or clause that hangs on it.
fn filled(
    doc: &Doc<'_>,
    topics: &Topics<'_>,
    p: usize,
    t: usize,
    frame: StanceFrame,
) -> Option<(Option<Object>, Range<usize>, usize)> {
    let tokens = doc.tokens(p);
    if frame.form == "that" || frame.form == "inf" {
        let verb = doc.analyses[p].children(t).find(|&c| {
            let to = doc.analyses[p].children(c).any(|x| tokens[x].tag == Tag::To && x < c);
            c > t && matches!(tokens[c].dep, Dep::Acl | Dep::Ccomp | Dep::Xcomp) && to == (frame.form == "inf")
        })?;
        let object = child(doc, p, verb, &[Dep::Dobj]).and_then(|o| topics.of(doc, p, o));
        let range = crate::grammar::subtree(doc, p, verb);
        let end = range.end.min(verb + 20);
        return Some((object, verb..end, end));
    }
    let object = linked(doc, p, t, frame.form)?;
    let found = topics.of(doc, p, object);
    (found.is_some() || frame.any && tokens[object].pos == Pos::Noun)
        .then(|| (found, crate::grammar::phrase(doc, p, object), end_of(doc, p, object)))
}

fn adjective(context: &RuleContext<'_, '_>, topics: &Topics<'_>, p: usize, t: usize, out: &mut Vec<StanceCandidate>) {
    let doc = context.doc;
    let word = doc.lower(p, t);
    let frames = stances().adjective(word);
    if frames.is_empty() {
        return;
    }
    let tokens = doc.tokens(p);
    // "is opposed to": an adjective, or a participle that the parser takes for a passive.
    let verb = match tokens[t].dep {
        Dep::Acomp | Dep::Attr | Dep::Conj => head(doc, p, t),
        _ if tokens[t].pos == Pos::Verb && crate::grammar::is_passive(doc, p, t) => Some(t),
        _ => None,
    };
    let Some(v) = verb.filter(|&v| matches!(tokens[v].pos, Pos::Verb | Pos::Aux)) else { return };
    for frame in frames {
        if matches!(frame.form, "inf" | "that") {
            complement(context, topics, p, (t, v), *frame, out);
            continue;
        }
        let link = doc.analyses[p].children(t).find(|&c| c > t && doc.word(p, c) == frame.form);
        let Some(object) = link.and_then(|l| child(doc, p, l, &[Dep::Pobj, Dep::Pcomp])) else { continue };
        let found = topics.of(doc, p, object);
        if found.is_none() && !frame.any {
            continue;
        }
        if is_supposed(doc, p, v) {
            return;
        }
        let stance = match (is_negated(doc, p, v) || is_negated(doc, p, t), frame.stance) {
            (false, stance) => stance,
            (true, Stance::Supports) => Stance::Doubts,
            _ => return,
        };
        let Some(who) = own(doc, p, v) else { return };
        let parties = topics.bodies.parties(context, ADJECTIVE, p, who);
        let words = Some(crate::grammar::phrase(doc, p, object));
        let at = clause(doc, p, v, end_of(doc, p, object));
        out.push(StanceCandidate { likely: None, by: ADJECTIVE, at, parties, stance, object: found, subject: words });
        return;
    }
}

/// "is ready to negotiate", "is pleased that a deal was reached": what follows is a clause.
fn complement(
    context: &RuleContext<'_, '_>,
    topics: &Topics<'_>,
    p: usize,
    (t, v): (usize, usize),
    frame: StanceFrame,
    out: &mut Vec<StanceCandidate>,
) {
    let doc = context.doc;
    let tokens = doc.tokens(p);
    let verb = doc.analyses[p].children(t).find(|&c| {
        let to = doc.analyses[p].children(c).any(|x| tokens[x].tag == Tag::To && x < c);
        let that = tokens[c].dep == Dep::Ccomp && !to;
        c > t && (if frame.form == "inf" { to && tokens[c].dep == Dep::Xcomp } else { that })
    });
    // "would only be ready to meet if": a condition, no readiness.
    let only = |x: usize| doc.analyses[p].children(x).any(|c| doc.word(p, c).eq_ignore_ascii_case("only"));
    let Some(verb) = verb.filter(|_| !is_supposed(doc, p, v) && !only(v) && !only(t)) else { return };
    let range = crate::grammar::subtree(doc, p, verb);
    let end = range.end.min(verb + 20);
    let object = match frame.form {
        // A stance inside ("willing to accept the offer") is told by the inner verb.
        "inf" if !stances().verb(doc.lemma(p, verb)).is_empty() => return,
        "inf" => child(doc, p, verb, &[Dep::Dobj]).and_then(|o| topics.of(doc, p, o)),
        // "pleased that the two sides could strike a deal"
        _ => {
            let mut nouns = (verb..end).filter(|&i| tokens[i].pos == Pos::Noun);
            match nouns.find_map(|i| topics.of(doc, p, i).filter(|o| o.on.is_some())) {
                Some(found) => Some(found),
                None => return,
            }
        }
    };
    let stance = match (is_negated(doc, p, v) || is_negated(doc, p, t), frame.stance) {
        (false, stance) => stance,
        (true, Stance::Offers) => Stance::Rejects,
        _ => return,
    };
    let Some(who) = own(doc, p, v) else { return };
    let parties = topics.bodies.parties(context, COMPLEMENT, p, who);
    out.push(StanceCandidate {
        likely: None,
        by: COMPLEMENT,
        at: clause(doc, p, v, end),
        parties,
        stance,
        object,
        subject: Some(verb..end),
    });
}

fn own(doc: &Doc<'_>, p: usize, v: usize) -> Option<usize> {
    child(doc, p, v, &[Dep::Nsubjpass]).or_else(|| holder(doc, p, v))
}

/// "is against the deal", "are in favour of it", "voted against it" (the verb's own frame comes first).
fn preposition(context: &RuleContext<'_, '_>, topics: &Topics<'_>, p: usize, t: usize, out: &mut Vec<StanceCandidate>) {
    let doc = context.doc;
    let Some(v) = head(doc, p, t) else { return };
    let (stance, object) = match doc.word(p, t) {
        "against" if doc.lemma(p, v) == "be" => (Stance::Rejects, child(doc, p, t, &[Dep::Pobj])),
        "in" if negotiation::FAVOURING.has(doc.lemma(p, v)) => {
            let favour =
                child(doc, p, t, &[Dep::Pobj]).filter(|&f| matches!(doc.word(p, f), "favour" | "favor" | "support"));
            let of = favour.and_then(|f| doc.analyses[p].children(f).find(|&c| doc.word(p, c) == "of"));
            (Stance::Supports, of.and_then(|of| child(doc, p, of, &[Dep::Pobj])))
        }
        "of" if doc.lemma(p, v) == "speak" => {
            let warm = doc.analyses[p].children(v).any(|c| negotiation::WARMLY.has(doc.word(p, c)));
            (Stance::Supports, child(doc, p, t, &[Dep::Pobj]).filter(|_| warm))
        }
        _ => return,
    };
    let Some(object) = object else { return };
    let found = topics.of(doc, p, object);
    let praised = doc.lemma(p, v) == "speak" && doc.word(p, t) == "of";
    if found.is_none() && !praised || is_supposed(doc, p, v) {
        return;
    }
    let stance = match (is_negated(doc, p, v), stance) {
        (false, stance) => stance,
        (true, Stance::Supports) => Stance::Doubts,
        _ => return,
    };
    let Some(who) = subject(doc, p, v) else { return };
    let parties = topics.bodies.parties(context, PREPOSITION, p, who);
    let words = Some(crate::grammar::phrase(doc, p, object));
    out.push(StanceCandidate {
        likely: None,
        by: PREPOSITION,
        at: clause(doc, p, v, end_of(doc, p, object)),
        parties,
        stance,
        object: found,
        subject: words,
    });
}
