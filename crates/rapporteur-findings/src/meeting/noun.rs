//! Who takes part in a gathering that a noun tells of: who stands before it, who is named "between", "with" or "of" it,
//! and the subject of the verb above it. A rule a relation of the noun to its verb (`meeting/noun/object`, …).

use rapporteur_language::{Dep, Pos};
use rapporteur_schema::EntityKind;

use super::participants::{Participants, actors_of, objects};
use super::place::is_building;
use super::status;
use super::trigger::{Role, Trigger};
use crate::doc::At;
use crate::grammar::{child, head, is_passive, own_subject, subtree};
use crate::party::RuleContext;
use rapporteur_lexicon::words::gathering;
use rapporteur_lexicon::{Meets, gatherings};

pub(super) fn of_noun(context: &RuleContext<'_, '_>, trigger: &Trigger) -> Participants {
    let (p, noun) = (trigger.p, trigger.token);
    let doc = context.doc;
    let by = match trigger.role {
        Role::Object => "meeting/noun/object",
        Role::Subject => "meeting/noun/subject",
        Role::Adjunct(_) => "meeting/noun/adjunct",
        Role::Bare | Role::Verb => "meeting/noun/bare",
    };
    let mut out = Participants { by, ..Participants::default() };
    // "Norwegian-Swedish talks", "the union's meeting with", "our call": who stands before the noun.
    before(context, p, noun, &mut out);
    out.before = !out.all.is_empty();
    out.of = match out.all[..] {
        [one] if context.names.actor(one).kind == EntityKind::Organization => Some(one),
        _ => None,
    };
    let mut with = false;
    for t in objects(context, p, noun, &["between", "among", "involving", "of"]) {
        // "talks of peace", "a meeting of minds" name nobody.
        out.note_both(context, p, t);
        let found = context.parties(p, t);
        out.apart |= found.len() > 1;
        if let [one] = found[..]
            && out.of.is_none()
            && context.names.actor(one).kind == EntityKind::Organization
        {
            out.of = Some(one);
        }
        out.add(found);
        // "meetings of officials with Norway": the other side may hang on the first.
        for t in objects(context, p, t, &["with"]) {
            with |= out.add(context.parties(p, t));
        }
    }
    // "involving X" may be read as a participle.
    for c in doc.analyses[p].children(noun).collect::<Vec<_>>() {
        if doc.tokens(p)[c].dep == Dep::Acl
            && doc.lemma(p, c) == "involve"
            && let Some(t) = child(doc, p, c, &[Dep::Dobj])
        {
            out.add(context.parties(p, t));
        }
        // "talks, conducted chiefly by the two leaders"
        if matches!(doc.tokens(p)[c].dep, Dep::Relcl | Dep::Acl) {
            joined(context, p, c, &mut out);
        }
    }
    // "a conference of the group, in which he was joined by": the clause may hang on a noun below.
    for c in subtree(doc, p, noun).filter(|&c| doc.tokens(p)[c].dep == Dep::Relcl).take(2).collect::<Vec<_>>() {
        joined(context, p, c, &mut out);
    }
    let whole = out.apart;
    for t in objects(context, p, noun, &["with"]) {
        with |= out.add_phrase(context, p, t);
    }
    let Some(v) = trigger.verb else {
        out.apart |= with;
        return out;
    };
    if matches!(trigger.role, Role::Object | Role::Adjunct(_)) {
        // "led a call on Tuesday with leaders": the parse hangs the phrase on the verb as often as on the noun.
        for t in objects(context, p, v, &["with"]) {
            let after = t > noun && t - noun < 24;
            if after {
                with |= out.add_phrase(context, p, t);
            }
        }
    }
    if trigger.role == Role::Subject && is_passive(doc, p, v) {
        // "talks were held with X", "between X and Y" on the verb.
        for t in objects(context, p, v, &["with", "between", "among"]) {
            let found = context.parties(p, t);
            out.apart |= found.len() > 1;
            with |= out.add(found);
        }
    }
    out.apart |= with;
    if !whole && takes_part(context, trigger, v, with, &out) {
        for t in actors_of(context, p, v) {
            // The gathering cannot take part in itself.
            if t != noun && !subtree(doc, p, noun).contains(&t) {
                let had = out.all.len();
                out.subject |= out.add_phrase(context, p, t);
                out.apart |= had > 0 && out.all.len() > had;
            }
        }
    }
    out
}

/// Whether the subject of the verb takes part in the noun that depends on it.
fn takes_part(context: &RuleContext<'_, '_>, trigger: &Trigger, v: usize, with: bool, out: &Participants) -> bool {
    let (doc, p) = (context.doc, trigger.p);
    let lemma = doc.lemma(p, v);
    match trigger.role {
        Role::Object => {
            gatherings().takes(lemma, Meets::HAVE)
                || status::leaves(lemma)
                || with && !out.before && gathering::ONE_SIDED.has(lemma)
        }
        Role::Adjunct(prep) => {
            let goes = gatherings().takes(lemma, Meets::GO | Meets::HAVE | Meets::SEND | Meets::WITH) || lemma == "be";
            let word = doc.lower(p, prep);
            match word {
                "for" | "to" | "in" | "into" if goes => true,
                // "walked out of talks", "withdrew from talks with X"
                "of" | "from" => status::leaves(lemma),
                "after" | "following" if status::settles(lemma) => !out.before,
                // "said at a meeting with X", "told X during a call".
                word if gathering::AROUND.has(word) => with && !out.before,
                _ => false,
            }
        }
        _ => false,
    }
}

/// Who stands before the noun: compounds, adjectives of nations, possessors.
fn before(context: &RuleContext<'_, '_>, p: usize, noun: usize, out: &mut Participants) {
    let doc = context.doc;
    let start = subtree(doc, p, noun).start;
    let mut t = start;
    while t < noun {
        let token = doc.tokens(p)[t];
        let own = token.head as usize == noun || near(context, p, t, noun);
        let adjective = token.pos == Pos::Adj && context.demonym(p, t).is_some();
        let name = adjective || matches!(token.pos, Pos::Propn | Pos::Pron) || token.dep == Dep::Poss;
        if own && name && !matches!(token.dep, Dep::Det) {
            let had = out.all.len();
            let found = match context.names.mention_at(p, t).cloned() {
                // "the second White House meeting", "the Oslo talks", where Oslo is a capital too: where, not who.
                Some((at, actor)) if is_building(context, actor) || is_where(context, p, &at.tokens, actor, noun) => {
                    let (by, why) = (out.by, "a place before the noun says where");
                    let words = At::new(p, noun..noun + 1);
                    doc.trace.lost(doc, by, "participants", &words, &at, why);
                    t = at.tokens.end.max(t + 1) - 1;
                    Vec::new()
                }
                Some((at, _)) => {
                    let found = context.party(p, t);
                    t = at.tokens.end.max(t + 1) - 1;
                    found
                }
                None => context.party(p, t),
            };
            out.add(found);
            out.apart |= had > 0 && out.all.len() > had;
        }
        t += 1;
    }
}

/// Whether a place before the noun of a gathering says where it is: alone ("the Oslo talks"), not as one of two that meet
/// ("Oslo-Stockholm talks") or whose it is ("Oslo's talks with Stockholm").
fn is_where(
    context: &RuleContext<'_, '_>,
    p: usize,
    at: &std::ops::Range<usize>,
    actor: rapporteur_schema::ActorIndex,
    noun: usize,
) -> bool {
    let doc = context.doc;
    let owner = doc.tokens(p)[at.end - 1].dep == Dep::Poss;
    let start = subtree(doc, p, noun).start;
    let party = |t: usize| !at.contains(&t) && (context.names.at(p, t).is_some() || context.demonym(p, t).is_some());
    context.names.actor(actor).kind == EntityKind::Place && !owner && !(start..noun).any(party)
}

/// Whether a token hangs on the noun through names before it ("US-Norway talks", "the Roe-Voss meeting").
fn near(context: &RuleContext<'_, '_>, p: usize, t: usize, noun: usize) -> bool {
    let doc = context.doc;
    let mut at = t;
    for _ in 0..3 {
        let Some(up) = head(doc, p, at) else { return false };
        if up == noun {
            return true;
        }
        let joins = matches!(doc.tokens(p)[at].dep, Dep::Compound | Dep::Nmod | Dep::Amod | Dep::Conj | Dep::Punct);
        if up > noun || !joins {
            return false;
        }
        at = up;
    }
    false
}

/// "in which he was joined by X", "that Y hosted": who takes part by a clause about the gathering.
fn joined(context: &RuleContext<'_, '_>, p: usize, v: usize, out: &mut Participants) {
    let doc = context.doc;
    if !gatherings().takes(doc.lemma(p, v), Meets::HAVE) {
        return;
    }
    if let Some(s) = own_subject(doc, p, v) {
        out.add(context.parties(p, s));
    }
    for t in objects(context, p, v, &["by"]) {
        out.apart |= out.add(context.parties(p, t));
    }
}
