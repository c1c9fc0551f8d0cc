//! Actors that a report means without naming them: the country of "German leaders", the party of "Democratic senators",
//! "Ukrainian officials" as a group.
//!
//! All that words could mean is worked out here, once, right after the names; rules only look it up, so that none sees
//! what another has asked for. What nothing is told of in the end is left out.

use std::collections::BTreeMap;

use rapporteur_language::Tag;
use rapporteur_lexicon::facts;
use rapporteur_lexicon::words::people;
use rapporteur_schema::{Actor, ActorIndex, ActorMention, EntityKind, Findings, MentionKind};
use rustc_hash::FxHashMap;

use super::Names;
use crate::doc::{At, Doc};
use crate::grammar::subtree;

/// How many words a group's name has at most.
const MAX_GROUP_WORDS: usize = 5;

/// Who is meant, each actor once; they are numbered behind those that the report names.
#[derive(Default)]
pub(super) struct Implied {
    pub(super) actors: Vec<Actor>,
    /// By ISO 3166-1 code, named countries too.
    countries: BTreeMap<String, ActorIndex>,
    /// Political parties and parliaments, by the place of the adjective that means them.
    bodies: BTreeMap<(usize, usize), ActorIndex>,
    /// By the place of their noun.
    groups: BTreeMap<(usize, usize), ActorIndex>,
    /// Groups by their names in lower case, named ones too.
    groups_by_name: FxHashMap<String, ActorIndex>,
    /// Parties and parliaments by the names that the lists have for them.
    bodies_by_name: FxHashMap<&'static str, ActorIndex>,
}

impl Implied {
    /// Looks over a report whose names are found.
    pub(super) fn find(doc: &Doc<'_>, names: &Names) -> Self {
        let mut implied = Implied::default();
        for (i, actor) in names.actors.iter().enumerate() {
            let index = ActorIndex(i as u32);
            if let (EntityKind::Country, Some(code)) = (actor.kind, &actor.iso3166) {
                implied.countries.entry(code.clone()).or_insert(index);
            } else if actor.kind == EntityKind::Group {
                implied.groups_by_name.entry(actor.name.to_ascii_lowercase()).or_insert(index);
            }
        }
        for p in 0..doc.len() {
            for t in 0..doc.tokens(p).len() {
                implied.country(doc, names, p, t);
                implied.body(doc, names, p, t);
                implied.group(doc, names, p, t);
            }
        }
        implied
    }

    fn add(&mut self, names: &Names, actor: Actor) -> ActorIndex {
        self.actors.push(actor);
        ActorIndex((names.actors.len() + self.actors.len() - 1) as u32)
    }

    fn country(&mut self, doc: &Doc<'_>, names: &Names, p: usize, t: usize) {
        let Some((code, words)) = demonym_at(doc, p, t).filter(|(code, _)| !self.countries.contains_key(*code)) else {
            return;
        };
        let person = names.at(p, t).is_some_and(|a| names.is_person(a));
        if let (false, Some(at), Some(name)) = (person, doc.cite(&At::new(p, t..t + words)), facts().country(code)) {
            let index = self.add(
                names,
                Actor {
                    kind: EntityKind::Country,
                    name: name.to_owned(),
                    iso3166: Some(code.to_owned()),
                    country: Some(code.to_owned()),
                    mentions: vec![ActorMention { at, kind: MentionKind::Description }],
                    offices: Vec::new(),
                },
            );
            self.countries.insert(code.to_owned(), index);
        }
    }

    /// The party of "Democratic leaders", the body of "congressional leaders".
    fn body(&mut self, doc: &Doc<'_>, names: &Names, p: usize, t: usize) {
        let word = doc.word(p, t);
        let known = match word {
            "congressional" | "Congressional" => facts().known("Congress"),
            _ if word.starts_with(char::is_uppercase) => facts().party(word),
            _ => None,
        };
        let Some(known) = known else { return };
        let is = |a: &Actor| a.name == known.name || a.mentions.iter().any(|m| m.at.exact() == known.name);
        let there = self.bodies_by_name.get(known.name).copied();
        let there = there.or_else(|| {
            let at = names.actors.iter().chain(&self.actors).position(is)?;
            Some(ActorIndex(at as u32))
        });
        let index = match (there, doc.cite(&At::new(p, t..t + 1))) {
            (Some(index), _) => index,
            (None, Some(at)) => self.add(
                names,
                Actor {
                    kind: known.kind,
                    name: known.name.to_owned(),
                    iso3166: None,
                    country: (!known.country.is_empty()).then(|| known.country.to_owned()),
                    mentions: vec![ActorMention { at, kind: MentionKind::Description }],
                    offices: Vec::new(),
                },
            ),
            (None, None) => return,
        };
        self.bodies_by_name.insert(known.name, index);
        self.bodies.insert((p, t), index);
    }

    /// People without a name who act for a country ("Ukrainian officials", "the Russian delegation"): a group of that
    /// country, one in a report under the same words.
    fn group(&mut self, doc: &Doc<'_>, names: &Names, p: usize, t: usize) {
        if doc.tokens(p)[t].tag != Tag::Nns && !people::DELEGATION.has(doc.lemma(p, t)) {
            return;
        }
        let country = |i: usize| {
            let word = doc.word(p, i);
            let known = || facts().known(word).filter(|k| k.class == "country").map(|k| k.country);
            Some((i, facts().demonym(word).or_else(known)?))
        };
        let Some((first, code)) = (subtree(doc, p, t).start..t).find_map(country) else { return };
        let tokens = first..t + 1;
        let name = doc.words(p, tokens.clone()).to_owned();
        // A clause between them is no part of a name.
        if name.contains([',', ';', '"', '“']) || tokens.len() > MAX_GROUP_WORDS {
            return;
        }
        let key = name.to_ascii_lowercase();
        let there = self.groups_by_name.get(&key).copied();
        let index = match (there, doc.cite(&At::new(p, tokens))) {
            (Some(index), _) => index,
            (None, Some(at)) => self.add(
                names,
                Actor {
                    kind: EntityKind::Group,
                    name,
                    iso3166: None,
                    country: Some(code.to_owned()),
                    mentions: vec![ActorMention { at, kind: MentionKind::Description }],
                    offices: Vec::new(),
                },
            ),
            (None, None) => return,
        };
        self.groups_by_name.insert(key, index);
        self.groups.insert((p, t), index);
    }
}

impl Names {
    /// The country with this code, named or meant by its people or things.
    pub(crate) fn country(&self, code: &str) -> Option<ActorIndex> {
        self.implied.countries.get(code).copied()
    }

    /// The body that an adjective means: "Democratic", "congressional".
    pub(crate) fn adjective(&self, paragraph: usize, token: usize) -> Option<ActorIndex> {
        self.implied.bodies.get(&(paragraph, token)).copied()
    }

    /// The group that a noun and the country before it mean: "Ukrainian officials".
    pub(crate) fn group(&self, paragraph: usize, noun: usize) -> Option<ActorIndex> {
        self.implied.groups.get(&(paragraph, noun)).copied()
    }

    /// Closes the findings of a report: gives them the actors that are named, those that are meant and told of, and what
    /// else describes them.
    pub(crate) fn close(self, found: &mut Findings, descriptions: Vec<(ActorIndex, ActorMention)>) {
        let named = self.actors.len();
        let mut used = vec![false; self.implied.actors.len()];
        for_each_actor(found, |a| {
            if let Some(slot) = a.index().checked_sub(named).and_then(|i| used.get_mut(i)) {
                *slot = true;
            }
        });
        let mut new_index: Vec<Option<ActorIndex>> = (0..named).map(|i| Some(ActorIndex(i as u32))).collect();
        let mut actors = self.actors;
        for (actor, used) in self.implied.actors.into_iter().zip(used) {
            new_index.push(used.then_some(ActorIndex(actors.len() as u32)));
            actors.extend(Some(actor).filter(|_| used));
        }
        let place = |a: ActorIndex| new_index.get(a.index()).copied().flatten();
        for_each_actor(found, |a| *a = place(*a).unwrap_or(*a));
        for (actor, mention) in descriptions {
            if let Some(actor) = place(actor).and_then(|a| actors.get_mut(a.index())) {
                actor.mentions.push(mention);
            }
        }
        for actor in &mut actors {
            actor.mentions.sort_by_key(ActorMention::span);
            actor.mentions.dedup_by(|a, b| a.at == b.at);
        }
        found.actors = actors;
    }
}

/// The country whose people a word, or it and the next ("North Korean"), names, and how many words that takes.
pub(crate) fn demonym_at(doc: &Doc<'_>, p: usize, t: usize) -> Option<(&'static str, usize)> {
    let pair = (t + 1 < doc.tokens(p).len()).then(|| facts().demonym(doc.words(p, t..t + 2))).flatten();
    pair.map(|code| (code, 2)).or_else(|| facts().demonym(doc.word(p, t)).map(|code| (code, 1)))
}

/// Every reference to an actor in what was found of it.
fn for_each_actor(found: &mut Findings, mut f: impl FnMut(&mut ActorIndex)) {
    found.statements.iter_mut().filter_map(|s| s.speaker.as_mut()).for_each(&mut f);
    for meeting in &mut found.meetings {
        meeting.participants.iter_mut().chain(&mut meeting.of).chain(&mut meeting.place).for_each(&mut f);
    }
    found.proposals.iter_mut().flat_map(|p| &mut p.authors).for_each(&mut f);
    found.positions.iter_mut().map(|p| &mut p.party).for_each(&mut f);
    found.conditions.iter_mut().filter_map(|c| c.party.as_mut()).for_each(&mut f);
    found.quantities.iter_mut().flat_map(|q| &mut q.actors).for_each(&mut f);
}
