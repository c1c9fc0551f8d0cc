//! Who takes a stance: whom words of the clause name, or lead to by a body that the report has introduced as such.
//!
//! A name, a pronoun or a description of people is read as any party is. "The union", "the nurses" and "the company" mean a
//! body that the report calls so: by its name ("Harbour Pilots Union"), by the lists, or by a word beside the name ("the union
//! Verd"). Where no body has been introduced as one, nobody is meant, and the stance is not given. A gathering and the city in
//! which it is held take no stance. Members of a political party do not stand for it ("several Republican senators"), its leaders and
//! spokesmen do; people of nobody's stand for themselves.

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{ActorIndex, EntityKind};

use crate::doc::{At, Doc};
use crate::grammar::{child, head, own_subject, phrase};
use crate::name::Names;
use crate::party::RuleContext;
use rapporteur_lexicon::words::negotiation;
use rapporteur_lexicon::{WordClass, facts, topics};

/// What a body has been introduced as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// A union: of labour, of states, of customs.
    Union,
    /// A company or those who speak for companies.
    Firm,
}

/// A place where a report introduces or names a body that a bare noun may mean afterwards.
#[derive(Clone, Copy, Debug)]
struct Antecedent {
    paragraph: usize,
    token: usize,
    sort: Sort,
    /// Which body; none where the words do not name it ("a customs union").
    actor: Option<ActorIndex>,
    /// Whether it is a union of people at work, for whom "the workers" act.
    of_labour: bool,
}

/// The bodies that a report has introduced as unions or companies, in the order of the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Bodies {
    introduced: Vec<Antecedent>,
    /// The unions of labour among them, each once, with the trades that their names tell of.
    unions: Vec<(ActorIndex, Vec<&'static str>)>,
}

impl Bodies {
    /// Finds them.
    pub(super) fn of(doc: &Doc<'_>, names: &Names) -> Self {
        let mut introduced = Vec::new();
        // What words beside one mention say of a body holds wherever it is named.
        let mut called: Vec<Option<Sort>> = vec![None; names.actors.len()];
        for (at, actor) in &names.mentions {
            let p = at.paragraph;
            let slot = &mut called[actor.index()];
            if is_called(doc, at, |t| doc.lemma(p, t).eq_ignore_ascii_case("union") && !is_other_union(doc, p, t)) {
                *slot = Some(Sort::Union);
            } else if slot.is_none() && is_called(doc, at, |t| negotiation::FIRM.has(doc.lemma(p, t))) {
                *slot = Some(Sort::Firm);
            }
        }
        for (at, actor) in &names.mentions {
            let Some((sort, of_labour)) = sort(names, *actor, called[actor.index()]) else { continue };
            let (paragraph, token) = (at.paragraph, at.tokens.start);
            introduced.push(Antecedent { paragraph, token, sort, actor: Some(*actor), of_labour });
        }
        for paragraph in 0..doc.len() {
            for token in 0..doc.tokens(paragraph).len() {
                if is_other_union(doc, paragraph, token) && names.at(paragraph, token).is_none() {
                    introduced.push(Antecedent { paragraph, token, sort: Sort::Union, actor: None, of_labour: false });
                }
            }
        }
        introduced.sort_by_key(|a| (a.paragraph, a.token));
        let mut of_labour: Vec<ActorIndex> =
            introduced.iter().filter(|a| a.of_labour).filter_map(|a| a.actor).collect();
        of_labour.sort_unstable();
        of_labour.dedup();
        let unions = of_labour.into_iter().map(|a| (a, trades(&names.actor(a).name))).collect();
        Bodies { introduced, unions }
    }

    /// The body that "the union" or "the company" at this place means: the one last introduced as such before it, or the only
    /// one of the report.
    fn meant(&self, p: usize, t: usize, sort: Sort) -> Option<ActorIndex> {
        let before = self.introduced.partition_point(|a| (a.paragraph, a.token) < (p, t));
        let mut last = self.introduced[..before].iter().rev().filter(|a| a.sort == sort);
        // A union of states or of customs is meant only close by, where the report has one of labour.
        let near = |a: &&Antecedent| a.of_labour || sort == Sort::Firm || a.paragraph == p;
        let found = last.clone().find(near).or_else(|| last.next());
        match found {
            Some(found) => found.actor,
            None => only(self.introduced[before..].iter().filter(|a| a.sort == sort)),
        }
    }

    /// The union that people at work act for: the one that is named after their trade ("the dockers": Longshoremen's Union),
    /// else the only one of the report, unless its name is of another trade.
    fn union_of(&self, lemma: &str) -> Option<ActorIndex> {
        let trade = negotiation::PEOPLE_AT_WORK.value(lemma).unwrap_or_default();
        let mut named_after = self.unions.iter().filter(|(_, trades)| trades.contains(&trade));
        if let (Some((union, _)), None) = (named_after.next().filter(|_| !trade.is_empty()), named_after.next()) {
            return Some(*union);
        }
        match &self.unions[..] {
            [(union, trades)] => (trade.is_empty() || trades.is_empty()).then_some(*union),
            _ => None,
        }
    }

    /// The actors that the noun phrase with this head and its conjuncts mean, in order, each once; `by` is the rule that asks.
    pub(super) fn parties(
        &self,
        context: &RuleContext<'_, '_>,
        by: &'static str,
        p: usize,
        t: usize,
    ) -> Vec<ActorIndex> {
        let found = self.at(context, p, t, 0);
        let doc = context.doc;
        if found.is_empty() && doc.trace.is_on() {
            let cue = head(doc, p, t).unwrap_or(t);
            let why = why_nobody(context, p, t);
            doc.trace.lost(doc, by, "party", &At::new(p, cue..cue + 1), &At::new(p, phrase(doc, p, t)), why);
        }
        found
    }

    fn at(&self, context: &RuleContext<'_, '_>, p: usize, t: usize, depth: u8) -> Vec<ActorIndex> {
        let mut out = Vec::new();
        for c in context.conjuncts(p, t) {
            for actor in self.one(context, p, c, depth) {
                if !out.contains(&actor) {
                    out.push(actor);
                }
            }
        }
        out
    }

    fn one(&self, context: &RuleContext<'_, '_>, p: usize, t: usize, depth: u8) -> Vec<ActorIndex> {
        let doc = context.doc;
        let token = doc.tokens(p)[t];
        let lower = doc.lower(p, t);
        if let Some(actor) = context.names.at(p, t) {
            // A person is meant by the name whatever else the word may be ("May", "March").
            return match () {
                () if context.names.is_person(actor) => vec![actor],
                () if is_event(context.names, actor) => Vec::new(),
                () => context.party(p, t),
            };
        }
        if matches!(lower, "it" | "they") && depth == 0 {
            let before = self.subject_before(context, p, t);
            return if before.is_empty() { context.party(p, t) } else { before };
        }
        // "three-quarters of the nurses", "members of the union": whom it is of.
        if (token.pos == Pos::Num || negotiation::SHARE.has(lower)) && depth < 2 {
            let of = doc.analyses[p].children(t).find(|&c| c > t && doc.word(p, c) == "of");
            if let Some(object) = of.and_then(|of| child(doc, p, of, &[Dep::Pobj])) {
                return self.at(context, p, object, depth + 1);
            }
        }
        // "Several Republican senators" are not their party, and people whom nobody stands for speak for themselves: "residents of Oslo".
        let of_party =
            |a: &ActorIndex| facts().known(&context.names.actor(*a).name).is_some_and(|k| k.class == "party");
        let lemma = doc.lower_lemma(p, t);
        let speaks = negotiation::LEADING.has(lemma);
        if let Some(some) = context.names.described(p, t).or_else(|| context.names.group(p, t))
            && !speaks
            && context.party(p, t).iter().all(of_party)
        {
            return vec![some];
        }
        if !matches!(token.pos, Pos::Noun) {
            return context.party(p, t);
        }
        let lemma = doc.lower_lemma(p, t);
        if negotiation::FRIEND_OR_FOE.has(lemma) || topics().is_gathering(lemma) {
            return Vec::new();
        }
        let workers = negotiation::PEOPLE_AT_WORK.has(lemma) && (token.tag == Tag::Nns || lemma == "staff");
        let firm = negotiation::FIRM.has(lemma);
        if lemma != "union" && !workers && !firm {
            return context.party(p, t);
        }
        match is_another(doc, p, t) {
            true if lemma == "union" => Vec::new(),
            true => context.party(p, t),
            false if lemma == "union" => self.meant(p, t, Sort::Union).into_iter().collect(),
            false if firm => self.meant(p, t, Sort::Firm).into_iter().collect(),
            false => match self.union_of(lemma) {
                Some(union) => vec![union],
                // Where unions are named, people of another trade are of none of them.
                None if !self.unions.is_empty() => Vec::new(),
                None => context.party(p, t),
            },
        }
    }

    /// Whom the subject of the sentence before means, for a pronoun that goes on about it: a body or a country, no person.
    fn subject_before(&self, context: &RuleContext<'_, '_>, p: usize, t: usize) -> Vec<ActorIndex> {
        let doc = context.doc;
        let start = doc.sentence(p, t).start;
        // A quotation has subjects of its own.
        if doc.quoted(p, t).is_some() {
            return Vec::new();
        }
        // Later in a sentence a pronoun goes on about its subject; at its beginning, about that of the sentence before.
        let opens = (start..t).take(4).any(|i| doc.word(p, i).eq_ignore_ascii_case(doc.word(p, t)));
        let first = t <= start + 3 || opens;
        if first && start == 0 {
            return Vec::new();
        }
        let before = if first { doc.sentence(p, start - 1) } else { start..t };
        let root = before
            .clone()
            .find(|&i| doc.tokens(p)[i].dep == Dep::Root && matches!(doc.tokens(p)[i].pos, Pos::Verb | Pos::Aux));
        let Some(subject) = root.and_then(|r| own_subject(doc, p, r)) else { return Vec::new() };
        if doc.tokens(p)[subject].pos == Pos::Pron || doc.quoted(p, subject).is_some() {
            return Vec::new();
        }
        let mut found = self.at(context, p, subject, 1);
        found.retain(|&a| context.names.actor(a).kind != EntityKind::Person);
        found
    }
}

/// What a body is by the lists, by the words of its name or by what the report calls it, and whether it is a union of labour.
fn sort(names: &Names, actor: ActorIndex, called: Option<Sort>) -> Option<(Sort, bool)> {
    let body = names.actor(actor);
    if body.kind != EntityKind::Organization {
        return None;
    }
    let has = |words: &WordClass| body.name.split(' ').any(|w| words.has(w.trim_end_matches(['\'', '’'])));
    let states = || body.name.split(' ').any(|w| negotiation::UNION_OF_STATES.has(&w.to_lowercase()));
    match facts().known(&body.name).map(|k| k.class) {
        Some("union") => Some((Sort::Union, true)),
        Some("company") => Some((Sort::Firm, false)),
        Some(_) => body.name.ends_with(" Union").then_some((Sort::Union, false)),
        None if is_firm(&body.name) => Some((Sort::Firm, false)),
        None if has(&negotiation::UNION_NAME) => Some((Sort::Union, !states())),
        None => called.map(|sort| (sort, sort == Sort::Union)),
    }
}

/// Whether words of a name make it a company's: the last one, or one for those who speak for companies.
fn is_firm(name: &str) -> bool {
    let last = name.rsplit(' ').next().is_some_and(|w| negotiation::FIRM_NAME.has(w));
    last || name.split(' ').any(|w| negotiation::FIRM_NAME.value(w) == Some("anywhere"))
}

/// The trades that a union's name tells of ("Harbour Pilots Union").
fn trades(name: &str) -> Vec<&'static str> {
    let words = name.split([' ', '-']).map(|w| w.trim_end_matches(['\'', '’']).to_lowercase());
    let one = words.map(|w| match w.strip_suffix("men") {
        Some(stem) => format!("{stem}man"),
        None => w.strip_suffix('s').unwrap_or(&w).to_owned(),
    });
    one.filter_map(|w| negotiation::PEOPLE_AT_WORK.value(&w)).filter(|trade| !trade.is_empty()).collect()
}

/// The body of some antecedents, if all are of one.
fn only<'a>(mut of: impl Iterator<Item = &'a Antecedent>) -> Option<ActorIndex> {
    let first = of.next()?.actor?;
    of.all(|a| a.actor == Some(first)).then_some(first)
}

/// Whether words beside a name call it by one of these nouns: "the union Verd", "the Verd union", "Verd, a union of nurses".
fn is_called(doc: &Doc<'_>, at: &At, noun: impl Fn(usize) -> bool) -> bool {
    let p = at.paragraph;
    let last = at.tokens.end - 1;
    let apposed = doc.analyses[p].children(last).filter(|&c| c > last && doc.tokens(p)[c].dep == Dep::Appos);
    let above = head(doc, p, last).filter(|_| doc.tokens(p)[last].dep == Dep::Appos);
    let beside = at.tokens.start.checked_sub(1).into_iter().chain([at.tokens.end]);
    let inside = doc.sentence(p, last);
    beside.filter(|t| inside.contains(t)).chain(apposed).chain(above).any(noun)
}

/// Whether a noun is "union" of a sort that no workers are in: "customs union", "a union of states".
fn is_other_union(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let modified = |c: usize| c < t && negotiation::UNION_OF_STATES.has(doc.lower(p, c));
    doc.lemma(p, t).eq_ignore_ascii_case("union") && doc.analyses[p].children(t).any(modified)
}

/// Whether a noun means another than the one spoken of: "a union", "rival unions", "workers at the other mill".
fn is_another(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    doc.analyses[p].children(t).any(|c| {
        let before = || {
            let word = doc.lower(p, c);
            negotiation::ANOTHER.has(word) || facts().demonym(doc.word(p, c)).is_some()
        };
        if c < t { before() } else { matches!(doc.word(p, c), "at" | "of" | "from" | "in") }
    })
}

/// Whether an actor is an event by its name ("the Brenn Summit"), not a body that the lists know by such a name.
fn is_event(names: &Names, actor: ActorIndex) -> bool {
    let actor = names.actor(actor);
    let last = actor.name.rsplit(' ').next().unwrap_or("").to_lowercase();
    actor.kind == EntityKind::Organization && facts().known(&actor.name).is_none() && topics().is_gathering(&last)
}

/// Why a phrase names no party, for who asks.
fn why_nobody(context: &RuleContext<'_, '_>, p: usize, t: usize) -> &'static str {
    let doc = context.doc;
    let lemma = doc.lower_lemma(p, t);
    match context.names.at(p, t) {
        Some(actor) if is_event(context.names, actor) => "an event takes no stance",
        Some(actor) if context.names.actor(actor).kind == EntityKind::Place => "only a place",
        _ if topics().is_gathering(lemma) => "a gathering takes no stance",
        _ if negotiation::FRIEND_OR_FOE.has(lemma) => "friends and foes of a party are others than the party",
        _ if lemma == "union" || negotiation::FIRM.has(lemma) => "the report has introduced no body as such",
        _ => "names nobody that the report knows",
    }
}
