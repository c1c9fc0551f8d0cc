//! Who the two parties of a story are, where a report says only "both sides".

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::EntityKind;

use super::Told;
use crate::story::Story;

/// The two parties of a story: whom most of its gatherings bring together, counted as the countries and bodies for which
/// people act; where no gathering tells, the two bodies whose people speak most.
pub(super) fn principals(story: &Story<'_>, all: &[Told<'_>]) -> Option<[usize; 2]> {
    let mut pairs: BTreeMap<[usize; 2], (BTreeSet<usize>, BTreeSet<usize>)> = BTreeMap::new();
    for told in all.iter().filter(|t| t.who.len() == 2) {
        let person = |&w: &usize| story.merged.entities[w].kind == EntityKind::Person;
        let themselves = !told.who.iter().any(person);
        let mut who = told.who.iter().map(|&w| story.side(w));
        if let (Some(a), Some(b)) = (who.next(), who.next())
            && a != b
        {
            let (direct, through) = pairs.entry([a.min(b), a.max(b)]).or_default();
            if themselves { direct } else { through }.insert(told.report);
        }
    }
    let bodies = |pair: &[usize; 2]| pair.iter().all(|&e| story.merged.entities[e].kind != EntityKind::Person);
    let met = pairs.iter().filter(|(pair, _)| bodies(pair));
    // Bodies told to have met count before people who act for them: an envoy meets everybody.
    let best = met
        .max_by_key(|(pair, (direct, through))| (direct.len(), through.len(), std::cmp::Reverse(**pair)))
        .map(|(pair, _)| *pair);
    best.or_else(|| {
        let mut words: BTreeMap<usize, usize> = BTreeMap::new();
        for (report, found) in story.findings.iter().enumerate() {
            for speaker in found.statements.iter().filter_map(|s| story.index(report, s.speaker?)) {
                *words.entry(story.side(speaker)).or_default() += 1;
            }
        }
        let mut bodies: Vec<(usize, usize)> = words
            .iter()
            .map(|(&e, &n)| (e, n))
            .filter(|&(e, _)| story.merged.entities[e].kind == EntityKind::Organization)
            .collect();
        bodies.sort_by_key(|&(e, n)| (std::cmp::Reverse(n), e));
        let all: usize = words.values().sum();
        match bodies.as_slice() {
            // Two that carry the story between them.
            [(a, m), (b, n), ..] if *n > 2 && 5 * (m + n) >= 2 * all => Some([*a.min(b), *a.max(b)]),
            _ => dispute(story),
        }
    })
}

/// A union and the other body named most in a story: the parties of a labour dispute of which nothing else tells.
fn dispute(story: &Story<'_>) -> Option<[usize; 2]> {
    let bodies = || {
        let all = story.merged.entities.iter().enumerate();
        all.filter(|(_, e)| e.kind == EntityKind::Organization && !e.mentions.is_empty())
    };
    let named = |name: &str, words: &[&str]| name.split(' ').any(|w| words.contains(&w.trim_end_matches(['\'', '’'])));
    let union = |name: &str| named(name, UNIONS);
    let most = |unions: bool| {
        bodies()
            .filter(|(_, e)| union(&e.name) == unions && !named(&e.name, NO_PARTY))
            .max_by_key(|(i, e)| (e.mentions.len(), std::cmp::Reverse(*i)))
            .map(|(i, _)| i)
    };
    let (a, b) = (most(true)?, most(false)?);
    Some([a.min(b), a.max(b)])
}

/// Words in the names of unions.
const UNIONS: &[&str] =
    &["Union", "Unions", "Workers", "Guild", "Brotherhood", "Teamsters", "Nurses", "Teachers", "Federation", "Pilots"];

/// Words in the names of bodies that report or judge a dispute.
const NO_PARTY: &[&str] = &[
    "News",
    "Times",
    "Post",
    "Press",
    "Reuters",
    "Herald",
    "Journal",
    "Radio",
    "TV",
    "Court",
    "Board",
    "Ministry",
    "Department",
    "Government",
    "Congress",
    "Senate",
    "House",
    "Party",
    "Police",
    "European",
];
