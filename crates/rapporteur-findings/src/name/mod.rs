//! Who and what a report names: each person, body, country, place and group once, with every place it is named.
//!
//! 1. `candidate` marks stretches that may be names; `evidence` weighs words that are capitalised whatever they mean.
//! 2. `signal` tells what is known of each place and each spelling; from all of it together a fitted scorer (`kind`) says of which
//!    kind the name is, or that it is nobody's.
//! 3. `chain` joins the names of one thing: surname to full name, abbreviation to name, capital to its spelling.
//! 4. `office` reads the titles beside them.
//! 5. `implied` adds, apart from these, whom other words could mean.
//!
//! After that nothing is added: a rule that needs an actor looks it up.

mod candidate;
mod chain;
mod evidence;
mod extent;
mod implied;
mod kind;
mod office;
mod signal;
mod title;

use rapporteur_language::{Dep, Pos};
use rapporteur_schema::{Actor, ActorIndex, ActorMention, EntityKind, MentionKind};
use rustc_hash::FxHashMap;

use self::evidence::{Usage, is_name_tag};
use crate::doc::{At, Doc};
use crate::statement::speaker::Asked;

pub(crate) use implied::demonym_at;
pub(crate) use title::title_before;

/// The actors of a report, with where their names stand in tokens.
pub(crate) struct Names {
    /// Each actor that is named, with the places of its names.
    pub(crate) actors: Vec<Actor>,
    /// Where names stand, in order, and whose they are.
    pub(crate) mentions: Vec<(At, ActorIndex)>,
    /// The countries among the actors by ISO 3166-1 code, of several the first.
    countries: FxHashMap<String, ActorIndex>,
    /// What rules ask about all of them, worked out once where one asks.
    pub(crate) asked: Asked,
    /// Those that are only meant, numbered behind the others.
    implied: implied::Implied,
    /// Of which gender those are before whose name "Mr." or "Ms." stands.
    titled: FxHashMap<ActorIndex, char>,
}

impl Names {
    /// Finds the names of a report.
    pub(crate) fn find(doc: &Doc<'_>) -> Self {
        let usage = Usage::of(doc);
        let chains = chain::chains(doc, &usage, candidates(doc, &usage));
        let (countries, asked, implied, titled) = Default::default();
        let mut names = Names { actors: Vec::new(), mentions: Vec::new(), countries, asked, implied, titled };
        for chain in chains {
            let mentions: Vec<ActorMention> = chain
                .members
                .iter()
                .filter_map(|c| Some(ActorMention { at: doc.cite(&c.at)?, kind: MentionKind::Name }))
                .collect();
            if mentions.is_empty() {
                continue;
            }
            let index = ActorIndex(names.actors.len() as u32);
            if let (EntityKind::Country, Some(code)) = (chain.kind, chain.iso3166) {
                names.countries.entry(code.to_owned()).or_insert(index);
            }
            names.mentions.extend(chain.members.iter().map(|c| (c.at.clone(), index)));
            names.actors.push(Actor {
                kind: chain.kind,
                name: chain.name,
                iso3166: chain.iso3166.map(str::to_owned),
                country: chain.country.map(str::to_owned),
                mentions,
                offices: Vec::new(),
            });
        }
        names.mentions.sort();
        again(doc, &usage, &mut names);
        names.titled =
            names.mentions.iter().filter_map(|(at, actor)| Some((*actor, chain::title_gender(doc, at)?))).collect();
        office::fill(doc, &mut names);
        names.implied = implied::Implied::find(doc, &names);
        names
    }

    /// The actor whose name covers this token.
    pub(crate) fn at(&self, paragraph: usize, token: usize) -> Option<ActorIndex> {
        self.mention_at(paragraph, token).map(|(_, a)| *a)
    }

    /// The name that covers this token.
    pub(crate) fn mention_at(&self, paragraph: usize, token: usize) -> Option<&(At, ActorIndex)> {
        let i = self.mentions.partition_point(|(at, _)| (at.paragraph, at.tokens.end) <= (paragraph, token));
        self.mentions.get(i).filter(|(at, _)| at.has(paragraph, token))
    }

    /// The names that begin among these tokens, in order.
    pub(crate) fn within(&self, paragraph: usize, tokens: std::ops::Range<usize>) -> &[(At, ActorIndex)] {
        let place =
            |t: usize| self.mentions.partition_point(|(at, _)| (at.paragraph, at.tokens.start) < (paragraph, t));
        let (first, last) = (place(tokens.start), place(tokens.end));
        &self.mentions[first..last.max(first)]
    }

    /// The country with this ISO 3166-1 code, where the report names it.
    pub(crate) fn named_country(&self, code: &str) -> Option<ActorIndex> {
        self.countries.get(code).copied()
    }

    /// An actor, named or only meant.
    pub(crate) fn actor(&self, index: ActorIndex) -> &Actor {
        match index.index().checked_sub(self.actors.len()) {
            None => &self.actors[index.index()],
            Some(implied) => &self.implied.actors[implied],
        }
    }

    /// Whether all of some tokens, and there are some, are names of persons.
    pub(crate) fn is_person_at(&self, paragraph: usize, mut tokens: std::ops::Range<usize>) -> bool {
        !tokens.is_empty() && tokens.all(|t| self.at(paragraph, t).is_some_and(|a| self.is_person(a)))
    }

    /// The gender that "Mr." or "Ms." before the name of an actor tells.
    pub(crate) fn titled_gender(&self, index: ActorIndex) -> Option<char> {
        self.titled.get(&index).copied()
    }

    /// Whether an actor is a person.
    pub(crate) fn is_person(&self, index: ActorIndex) -> bool {
        self.actor(index).kind == EntityKind::Person
    }
}

/// Every stretch of a report that may be a name.
fn candidates(doc: &Doc<'_>, usage: &Usage<'_>) -> Vec<candidate::Candidate> {
    (0..doc.len()).flat_map(|p| candidate::candidates(doc, usage, p)).collect()
}

/// The names of a report as they are written, with what is known of the kind of each.
#[cfg(feature = "train")]
pub(crate) fn written(doc: &Doc<'_>) -> Vec<crate::train::Name> {
    let usage = Usage::of(doc);
    let place = |at: &At| doc.cite(at).map(|c| (c.span().start(), c.span().end()));
    let name = |form: chain::Form| crate::train::Name {
        places: form.members.iter().filter_map(|m| place(&m.at)).collect(),
        known: form.members.first().and_then(|m| m.known).map(|k| k.kind),
        answers: kind::features(&form.known),
        form: form.text,
    };
    chain::forms(doc, &usage, candidates(doc, &usage)).into_iter().map(name).collect()
}

/// Marks surnames and other one-word names where the model has passed over them: what is a name once in a report is one
/// wherever it stands alone with a capital.
fn again(doc: &Doc<'_>, usage: &Usage<'_>, names: &mut Names) {
    let mut words: FxHashMap<String, Vec<ActorIndex>> = FxHashMap::default();
    for (i, actor) in names.actors.iter().enumerate() {
        let surname = Some(chain::family(&actor.name)).filter(|_| actor.kind == EntityKind::Person);
        let written = actor.mentions.iter().map(|m| m.at.exact()).filter(|w| !w.contains(' '));
        for word in written.chain(surname) {
            let telling = word.chars().count() > 2 && word.chars().next().is_some_and(char::is_uppercase);
            let holders = words.entry(word.to_owned()).or_default();
            // Actors come in order, so that one which is there already is the last.
            if telling && holders.last() != Some(&ActorIndex(i as u32)) {
                holders.push(ActorIndex(i as u32));
            }
        }
    }
    let mut found: Vec<(At, ActorIndex)> = Vec::new();
    for p in 0..doc.len() {
        for t in 0..doc.tokens(p).len() {
            let Some([actor]) = words.get(doc.word(p, t)).map(Vec::as_slice) else { continue };
            // Part of a longer name is not the shorter one: "Lake" in "Veronica Lake".
            let beside =
                |t: Option<usize>| t.is_some_and(|t| t < doc.tokens(p).len() && is_name_tag(doc.tokens(p)[t].tag));
            let alone = !beside(t.checked_sub(1)) && !beside(Some(t + 1));
            let token = doc.tokens(p)[t];
            let noun = matches!(token.pos, Pos::Propn | Pos::Noun)
                || token.pos == Pos::Adj && matches!(token.dep, Dep::Nsubj | Dep::Dobj | Dep::Pobj | Dep::Conj);
            let person = !names.is_person(*actor) || usage.means_person(doc, p, t);
            if noun && alone && person && names.at(p, t).is_none() {
                found.push((At::new(p, t..t + 1), *actor));
            }
        }
    }
    for (at, actor) in found {
        if let Some(cited) = doc.cite(&at) {
            names.actors[actor.index()].mentions.push(ActorMention { at: cited, kind: MentionKind::Name });
            names.mentions.push((at, actor));
        }
    }
    names.mentions.sort();
    for actor in &mut names.actors {
        actor.mentions.sort_by_key(ActorMention::span);
    }
}
