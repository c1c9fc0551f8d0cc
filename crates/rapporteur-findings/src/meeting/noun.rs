//! Who takes part in a gathering that a noun tells of: who stands before it, who is named "between", "with" or "of" it,
//! and the subject of the verb above it.

use rapporteur_language::{Dep, Pos};
use rapporteur_schema::EntityKind;

use super::place::is_building;
use super::sides::{Sides, actors_of, objects};
use super::status;
use super::trigger::{Role, Trigger};
use crate::grammar::{child, head, is_passive, own_subject, subtree};
use crate::party::RuleContext;
use rapporteur_lexicon::words::gathering;
use rapporteur_lexicon::{Meets, gatherings};

pub(super) fn of_noun(context: &mut RuleContext<'_, '_>, trigger: &Trigger) -> Sides {
    let (p, noun) = (trigger.p, trigger.token);
    let doc = context.doc;
    let mut sides = Sides::default();
    // "Norwegian-Swedish talks", "the union's meeting with", "our call": who stands before the noun.
    before(context, p, noun, &mut sides);
    sides.before = !sides.all.is_empty();
    sides.of = match sides.all[..] {
        [one] if context.names.actor(one).kind == EntityKind::Organization => Some(one),
        _ => None,
    };
    let mut with = false;
    for t in objects(context, p, noun, &["between", "among", "involving", "of"]) {
        // "talks of peace", "a meeting of minds" name nobody.
        sides.both |= context.means_both(p, t);
        let found = context.parties(p, t);
        sides.apart |= found.len() > 1;
        if let [one] = found[..]
            && sides.of.is_none()
            && context.names.actor(one).kind == EntityKind::Organization
        {
            sides.of = Some(one);
        }
        sides.add(found);
        // "meetings of officials with Norway": the other side may hang on the first.
        for t in objects(context, p, t, &["with"]) {
            with |= sides.add(context.parties(p, t));
        }
    }
    // "involving X" may be read as a participle.
    for c in doc.analyses[p].children(noun).collect::<Vec<_>>() {
        if doc.tokens(p)[c].dep == Dep::Acl
            && doc.lemma(p, c) == "involve"
            && let Some(t) = child(doc, p, c, &[Dep::Dobj])
        {
            sides.add(context.parties(p, t));
        }
        // "talks, conducted chiefly by the two leaders"
        if matches!(doc.tokens(p)[c].dep, Dep::Relcl | Dep::Acl) {
            joined(context, p, c, &mut sides);
        }
    }
    // "a conference of the group, in which he was joined by": the clause may hang on a noun below.
    for c in subtree(doc, p, noun).filter(|&c| doc.tokens(p)[c].dep == Dep::Relcl).take(2).collect::<Vec<_>>() {
        joined(context, p, c, &mut sides);
    }
    let whole = sides.apart;
    for t in objects(context, p, noun, &["with"]) {
        sides.both |= context.means_both(p, t);
        with |= sides.add(context.parties(p, t));
    }
    let Some(v) = trigger.verb else {
        sides.apart |= with;
        return sides;
    };
    if matches!(trigger.role, Role::Object | Role::Adjunct(_)) {
        // "led a call on Tuesday with leaders": the parse hangs the phrase on the verb as often as on the noun.
        for t in objects(context, p, v, &["with"]) {
            let after = t > noun && t - noun < 24;
            if after {
                sides.both |= context.means_both(p, t);
                with |= sides.add(context.parties(p, t));
            }
        }
    }
    if trigger.role == Role::Subject && is_passive(doc, p, v) {
        // "talks were held with X", "between X and Y" on the verb.
        for t in objects(context, p, v, &["with", "between", "among"]) {
            let found = context.parties(p, t);
            sides.apart |= found.len() > 1;
            with |= sides.add(found);
        }
    }
    sides.apart |= with;
    if !whole && takes_part(context, trigger, v, with, &sides) {
        for t in actors_of(context, p, v) {
            // The gathering cannot take part in itself.
            if t != noun && !subtree(doc, p, noun).contains(&t) {
                sides.both |= context.means_both(p, t);
                let had = sides.all.len();
                sides.subject |= sides.add(context.parties(p, t));
                sides.apart |= had > 0 && sides.all.len() > had;
            }
        }
    }
    sides
}

/// Whether the subject of the verb takes part in the noun that depends on it.
fn takes_part(context: &RuleContext<'_, '_>, trigger: &Trigger, v: usize, with: bool, sides: &Sides) -> bool {
    let (doc, p) = (context.doc, trigger.p);
    let lemma = doc.lemma(p, v);
    match trigger.role {
        Role::Object => {
            gatherings().takes(lemma, Meets::HAVE)
                || status::leaves(lemma)
                || with && !sides.before && gathering::ONE_SIDED.has(lemma)
        }
        Role::Adjunct(prep) => {
            let goes = gatherings().takes(lemma, Meets::GO | Meets::HAVE | Meets::SEND | Meets::WITH) || lemma == "be";
            let word = doc.word(p, prep).to_lowercase();
            match word.as_str() {
                "for" | "to" | "in" | "into" if goes => true,
                // "walked out of talks", "withdrew from talks with X"
                "of" | "from" => status::leaves(lemma),
                "after" | "following" if status::settles(lemma) => !sides.before,
                // "said at a meeting with X", "told X during a call".
                word if gathering::AROUND.has(word) => with && !sides.before,
                _ => false,
            }
        }
        _ => false,
    }
}

/// Who stands before the noun: compounds, adjectives of nations, possessors.
fn before(context: &mut RuleContext<'_, '_>, p: usize, noun: usize, sides: &mut Sides) {
    let doc = context.doc;
    let start = subtree(doc, p, noun).start;
    let mut t = start;
    while t < noun {
        let token = doc.tokens(p)[t];
        let own = token.head as usize == noun || near(context, p, t, noun);
        let adjective = token.pos == Pos::Adj && context.demonym(p, t).is_some();
        let name = adjective || matches!(token.pos, Pos::Propn | Pos::Pron) || token.dep == Dep::Poss;
        if own && name && !matches!(token.dep, Dep::Det) {
            let had = sides.all.len();
            let found = match context.names.mention_at(p, t).cloned() {
                // "the second White House meeting": where, not who.
                Some((at, actor)) if is_building(context, actor) => {
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
            sides.add(found);
            sides.apart |= had > 0 && sides.all.len() > had;
        }
        t += 1;
    }
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
fn joined(context: &mut RuleContext<'_, '_>, p: usize, v: usize, sides: &mut Sides) {
    let doc = context.doc;
    if !gatherings().takes(doc.lemma(p, v), Meets::HAVE) {
        return;
    }
    if let Some(s) = own_subject(doc, p, v) {
        sides.add(context.parties(p, s));
    }
    for t in objects(context, p, v, &["by"]) {
        sides.apart |= sides.add(context.parties(p, t));
    }
}
