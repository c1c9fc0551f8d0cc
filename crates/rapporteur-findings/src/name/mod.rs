//! Who and what a report names: each person, body, country, place and group once, with every place it is named.
//!
//! 1. `candidate` marks stretches that may be names and what speaks for each kind.
//! 2. Evidence is summed over the report, so that "Brandt" has the kind of "Oskar Brandt".
//! 3. `chain` joins the names of one thing: surname to full name, abbreviation to name, capital to its spelling.
//! 4. `office` reads the titles beside them.

mod candidate;
mod chain;
mod extent;
mod office;
mod title;

use rapporteur_schema::{Actor, ActorIndex, ActorMention, EntityKind, MentionKind};

use crate::doc::{At, Doc};

pub(crate) use title::title_before;

/// The actors of a report, with where their names stand in tokens.
pub(crate) struct Names {
    /// Each actor, with its name mentions.
    pub(crate) actors: Vec<Actor>,
    /// Where names stand, in order, and whose they are.
    pub(crate) mentions: Vec<(At, ActorIndex)>,
}

impl Names {
    /// Finds the names of a report.
    pub(crate) fn find(doc: &Doc<'_>) -> Self {
        let candidates: Vec<candidate::Candidate> =
            (0..doc.len()).flat_map(|p| candidate::candidates(doc, p)).collect();
        let chains = chain::chains(doc, candidates);
        let mut names = Names { actors: Vec::new(), mentions: Vec::new() };
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
        office::fill(doc, &mut names);
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

    /// An actor.
    pub(crate) fn actor(&self, index: ActorIndex) -> &Actor {
        &self.actors[index.index()]
    }

    /// Whether an actor is a person.
    pub(crate) fn is_person(&self, index: ActorIndex) -> bool {
        self.actor(index).kind == EntityKind::Person
    }
}
