//! Whose a proposal is: "the US-backed plan", "Norway's offer", "drafted by the mediators", "the firm presented a plan".

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{ActorIndex, EntityKind};

use crate::grammar::{child, head, own_subject};
use crate::party::RuleContext;
use rapporteur_lexicon::facts;
use rapporteur_lexicon::words::negotiation;

/// The authors of the proposal whose noun stands at `t`, in order, each once.
pub(super) fn authors(context: &RuleContext<'_, '_>, p: usize, t: usize) -> Vec<ActorIndex> {
    let mut out: Vec<ActorIndex> = Vec::new();
    let doc = context.doc;
    for c in doc.analyses[p].children(t).collect::<Vec<_>>() {
        let token = doc.tokens(p)[c];
        let found = match token.dep {
            Dep::Poss => owner(context, p, t, c),
            Dep::Amod | Dep::Compound | Dep::Nmod if c < t => before(context, p, c),
            Dep::Acl | Dep::Relcl if negotiation::MAKING.has(doc.lemma(p, c)) => maker(context, p, c),
            Dep::Prep if c > t && matches!(doc.word(p, c), "from" | "by") => match child(doc, p, c, &[Dep::Pobj]) {
                Some(object) => context.parties(p, object),
                None => Vec::new(),
            },
            Dep::Agent => child(doc, p, c, &[Dep::Pobj]).map_or(Vec::new(), |o| context.parties(p, o)),
            _ => Vec::new(),
        };
        out.extend(found);
    }
    if out.is_empty() {
        out = above(context, p, t);
    }
    let mut once: Vec<ActorIndex> = Vec::new();
    out.into_iter().for_each(|a| {
        if !once.contains(&a) {
            once.push(a)
        }
    });
    once.retain(|&a| context.names.actor(a).kind != EntityKind::Place);
    once
}

/// Who owns it: "the firm's offer"; "raised its offer" is the offer of whoever raised it.
fn owner(context: &RuleContext<'_, '_>, p: usize, t: usize, c: usize) -> Vec<ActorIndex> {
    let doc = context.doc;
    let own = matches!(doc.lower(p, c), "its" | "their");
    let verb = head(doc, p, t).filter(|&v| doc.tokens(p)[v].pos == Pos::Verb && doc.tokens(p)[t].dep == Dep::Dobj);
    if own && let Some(s) = verb.and_then(|v| crate::grammar::subject(doc, p, v)).filter(|&s| s != t) {
        let made = context.parties(p, s);
        if !made.is_empty() {
            return made;
        }
    }
    context.parties(p, c)
}

/// A word before the noun: "Norwegian", "US-backed", "the White House plan"; a country's name is what a plan is about.
fn before(context: &RuleContext<'_, '_>, p: usize, c: usize) -> Vec<ActorIndex> {
    let doc = context.doc;
    if let Some((_, actor)) = context.names.mention_at(p, c).cloned() {
        let named = context.names.actor(actor);
        let acts = matches!(named.kind, EntityKind::Person | EntityKind::Organization);
        // An abbreviated country stands for its adjective ("a US plan"); "the Norway plan" is about Norway.
        let word = doc.word(p, c);
        let short = word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || c == '.');
        let adjective = short || facts().demonym(word).is_some();
        return if acts || adjective { context.party(p, c) } else { Vec::new() };
    }
    if facts().demonym(doc.word(p, c)).is_some() {
        return context.party(p, c);
    }
    let token = doc.tokens(p)[c];
    // "US-backed", "union-drafted": the maker is joined to the participle.
    if matches!(token.tag, Tag::Vbn | Tag::Vbd) && negotiation::MAKING.has(doc.lemma(p, c)) {
        let maker = doc.analyses[p].children(c).find(|&m| {
            m < c && matches!(doc.tokens(p)[m].dep, Dep::Npadvmod | Dep::Nmod | Dep::Amod | Dep::Compound | Dep::Nsubj)
        });
        return maker.map_or(Vec::new(), |m| context.party(p, m));
    }
    Vec::new()
}

/// Who does the making in a clause that hangs on the noun: its agent, or its own subject.
fn maker(context: &RuleContext<'_, '_>, p: usize, verb: usize) -> Vec<ActorIndex> {
    let doc = context.doc;
    let agent = child(doc, p, verb, &[Dep::Agent]).and_then(|a| child(doc, p, a, &[Dep::Pobj]));
    let by = doc.analyses[p]
        .children(verb)
        .find(|&c| doc.tokens(p)[c].dep == Dep::Prep && doc.word(p, c) == "by")
        .and_then(|c| child(doc, p, c, &[Dep::Pobj]));
    let subject = own_subject(doc, p, verb)
        .filter(|&s| doc.tokens(p)[s].dep == Dep::Nsubj && !matches!(doc.tokens(p)[s].tag, Tag::Wp | Tag::Wdt));
    agent.or(by).or(subject).map_or(Vec::new(), |t| context.parties(p, t))
}

/// Who makes it by the verb that it is the object of, or the agent of the passive that it is the subject of.
fn above(context: &RuleContext<'_, '_>, p: usize, t: usize) -> Vec<ActorIndex> {
    let doc = context.doc;
    let Some(verb) = head(doc, p, t).filter(|&v| doc.tokens(p)[v].pos == Pos::Verb) else { return Vec::new() };
    let making = negotiation::MAKING.value(doc.lemma(p, verb));
    if making.is_none() || doc.analyses[p].children(verb).any(|c| doc.tokens(p)[c].dep == Dep::Neg) {
        return Vec::new();
    }
    match doc.tokens(p)[t].dep {
        // "made a deal", "backs the plan" tell of no author.
        Dep::Dobj if making != Some("no author") => match crate::grammar::subject(doc, p, verb) {
            Some(s) if s != t => context.parties(p, s),
            _ => Vec::new(),
        },
        Dep::Nsubjpass => maker(context, p, verb),
        _ => Vec::new(),
    }
}
