//! Actors that a report means without naming them: the country of "German leaders", the party of "Democratic senators",
//! "Ukrainian officials" as a group, and, where they speak, the people and parts that words beside them tell apart ("senior
//! Harbour Trust officials", "Voss's office", "House Democrats").
//!
//! All that words could mean is worked out here, once, right after the names; rules only look it up, so that none sees
//! what another has asked for. What nothing is told of in the end is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rapporteur_language::{Dep, EntType, Pos, Tag};
use rapporteur_lexicon::facts;
use rapporteur_lexicon::words::{people, speech};
use rapporteur_schema::{Actor, ActorIndex, ActorMention, EntityKind, Findings, MentionKind};
use rustc_hash::FxHashMap;

use super::Names;
use crate::doc::{At, Doc};
use crate::grammar::{child, is_verb, phrase, subtree};

/// How many words a group's name has at most.
const MAX_GROUP_WORDS: usize = 5;

/// How many tokens has what tells apart people or parts that are described, and what follows their noun.
const MAX_DESCRIPTION: usize = 12;

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
    /// People without a name and parts of bodies, by the place of their noun.
    described: BTreeMap<(usize, usize), ActorIndex>,
    /// Those of them who are one person.
    singles: BTreeSet<ActorIndex>,
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
                implied.described(doc, names, p, t);
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

    /// People without a name, or a part of a body, told apart by a name beside their noun: an actor by that description, one
    /// in a report under the same words.
    fn described(&mut self, doc: &Doc<'_>, names: &Names, p: usize, t: usize) {
        let Some(found) = Described::at(doc, names, p, t) else { return };
        let name = doc.words(p, found.tokens.clone()).to_owned();
        let Some(at) = doc.cite(&At::new(p, found.tokens.clone())) else { return };
        let mention = ActorMention { at, kind: MentionKind::Description };
        let key = name.to_ascii_lowercase();
        let index = match self.groups_by_name.get(&key).copied() {
            Some(index) => {
                if let Some(actor) = index.index().checked_sub(names.actors.len()).and_then(|i| self.actors.get_mut(i))
                {
                    actor.mentions.push(mention);
                }
                index
            }
            None => {
                let actor = Actor {
                    kind: if found.part { EntityKind::Organization } else { EntityKind::Group },
                    name,
                    iso3166: None,
                    country: None,
                    mentions: vec![mention],
                    offices: Vec::new(),
                };
                self.add(names, actor)
            }
        };
        if found.single {
            self.singles.insert(index);
        }
        self.groups_by_name.insert(key, index);
        self.described.insert((p, t), index);
    }
}

/// A description that tells people or a part of a body apart.
struct Described {
    /// Its words without determiners and numbers.
    tokens: Range<usize>,
    /// Whether it is an office, a ministry, a team, and not people.
    part: bool,
    /// Whether it is one person.
    single: bool,
}

impl Described {
    /// The description that this noun heads, if it is one.
    fn at(doc: &Doc<'_>, names: &Names, p: usize, t: usize) -> Option<Self> {
        let token = doc.tokens(p)[t];
        if !matches!(token.pos, Pos::Noun | Pos::Propn) || matches!(token.dep, Dep::Compound | Dep::Amod) {
            return None;
        }
        let plural = matches!(token.tag, Tag::Nns | Tag::Nnps);
        // Behind a dateline: "OSLO (Herald) - Harbour Trust officials".
        let left = subtree(doc, p, t).start.max(t.saturating_sub(MAX_DESCRIPTION));
        let mark = |&i: &usize| {
            doc.tokens(p)[i].pos == Pos::Punct && (doc.word(p, i) != "-" || doc.tokens(p)[i - 1].space_after)
        };
        let left = (left.max(1)..t).rev().find(mark).map_or(left, |i| i + 1)..t;
        if let Some((at, actor)) = names.mention_at(p, t) {
            // "House Democrats", "some Ukrainians" are some of them; "the Democrats" are all.
            let all = at.tokens.len() == 1 && plural && !names.is_person(*actor);
            let some = all && left.clone().any(|i| tells_apart(doc, p, i, t));
            let start = left.clone().find(|&i| !is_article(doc, p, i)).filter(|_| some)?;
            let simple = (start..t).all(|i| doc.tokens(p)[i].head as usize == t && doc.tokens(p)[i].pos != Pos::Punct);
            return simple.then_some(Described { tokens: start..t + 1, part: false, single: false });
        }
        let lemma = doc.lower_lemma(p, t);
        let part = !plural && people::PART.has(lemma);
        let human =
            || speech::SPEAKER_NOUN.has(lemma) || people::REPRESENTATIVE.has(lemma) || facts().title(lemma).is_some();
        // "the governments of Norway and Chile" are two of those who are named.
        if !part && !human() || plural && people::RULING.has(lemma) {
            return None;
        }
        // One person is somebody new only behind "a" or "one": "the senator" is somebody who has been named; but whoever speaks
        // for somebody is often not.
        let single = !plural && !part;
        let one = |i: usize| matches!(doc.lower(p, i), "a" | "an" | "one" | "another");
        let speaks_for = matches!(lemma, "spokesman" | "spokeswoman" | "spokesperson");
        if single && !speaks_for && !left.clone().any(|i| doc.tokens(p)[i].head as usize == t && one(i)) {
            return None;
        }
        let start = left.clone().find(|&i| !is_counting(doc, p, i)).unwrap_or(t);
        let stretch = |mut r: Range<usize>| {
            r.all(|i| doc.tokens(p)[i].pos != Pos::Punct && !is_verb(doc, p, i) || doc.word(p, i) == "-")
        };
        if !stretch(start..t) {
            return None;
        }
        let name_in = |mut r: Range<usize>| r.any(|i| is_name_like(doc, names, p, i));
        if name_in(start..t) {
            return Some(Described { tokens: start..t + 1, part, single });
        }
        // "a spokesman for Voss", "leaders of the Harbour Trust"
        let link = doc.analyses[p].children(t).find(|&c| c == t + 1 && doc.tokens(p)[c].dep == Dep::Prep)?;
        // "a source in the ministry" is nobody that could be told from another.
        if single && !matches!(doc.word(p, link), "for" | "of") {
            return None;
        }
        let object = child(doc, p, link, &[Dep::Pobj])?;
        let end = phrase(doc, p, object).end;
        let telling = end - link <= MAX_DESCRIPTION && stretch(link..end) && name_in(link..end);
        telling.then_some(Described { tokens: start..end, part, single })
    }
}

/// Whether a token before a noun says which of them: a name, an adjective, a number, "some".
fn tells_apart(doc: &Doc<'_>, p: usize, t: usize, noun: usize) -> bool {
    let token = doc.tokens(p)[t];
    token.head as usize == noun
        && (matches!(token.dep, Dep::Amod | Dep::Compound | Dep::Nmod | Dep::Nummod)
            || token.dep == Dep::Det && !is_article(doc, p, t))
}

/// Whether a token is a determiner that means all of them.
fn is_article(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    matches!(doc.lower(p, t), "the" | "both" | "all" | "these") || doc.tokens(p)[t].pos == Pos::Cconj
}

/// Whether a token before a noun only determines or counts it.
fn is_counting(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let token = doc.tokens(p)[t];
    matches!(token.dep, Dep::Det | Dep::Predet | Dep::Nummod | Dep::Cc | Dep::Quantmod)
        || matches!(doc.lower(p, t), "many" | "several" | "few" | "most")
        || token.pos == Pos::Adv
}

/// Whether a token is a name, a part of one or an adjective of one ("Norwegian", "Democratic").
fn is_name_like(doc: &Doc<'_>, names: &Names, p: usize, t: usize) -> bool {
    let word = doc.word(p, t);
    word.starts_with(char::is_uppercase)
        && (names.at(p, t).is_some()
            || demonym_at(doc, p, t).is_some()
            || facts().party(word).is_some()
            || matches!(doc.tokens(p)[t].ent_type, EntType::Norp | EntType::Gpe | EntType::Loc | EntType::Org)
            || doc.tokens(p)[t].pos == Pos::Propn && t > doc.sentence(p, t).start)
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

    /// The people or the part of a body that a noun describes with a name beside it: "senior Harbour Trust officials".
    pub(crate) fn described(&self, paragraph: usize, noun: usize) -> Option<ActorIndex> {
        self.implied.described.get(&(paragraph, noun)).copied()
    }

    /// Whether an actor is one person without a name.
    pub(crate) fn is_unnamed(&self, actor: ActorIndex) -> bool {
        self.implied.singles.contains(&actor)
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
