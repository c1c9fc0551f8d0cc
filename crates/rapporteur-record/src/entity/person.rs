//! Joining people: by family name and given name, never by a surname that two of them share.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::EntityKind;

use super::name::{PersonName, fold};
use super::{Chain, Sets};

/// A person as one report names them.
struct Known {
    chain: usize,
    name: PersonName,
    /// The offices the report gives them, folded.
    offices: BTreeSet<String>,
}

/// Joins the people among `chains`.
pub(super) fn join(chains: &[Chain<'_>], sets: &mut Sets) {
    let mut by_family: BTreeMap<String, Vec<Known>> = BTreeMap::new();
    for (chain, c) in chains.iter().enumerate().filter(|(_, c)| c.kind == EntityKind::Person) {
        let Some(name) = PersonName::parse(&c.actor.name) else { continue };
        let offices = c.actor.offices.iter().map(|o| fold(&o.title)).collect();
        by_family.entry(family(c, &name)).or_default().push(Known { chain, name, offices });
    }
    for people in by_family.values() {
        join_family(people, sets);
    }
}

/// The key of the family name: the last part, or the first where the report itself uses that alone ("Xi" for
/// "Xi Jinping": family names come first in much of Asia and in Hungary).
fn family(chain: &Chain<'_>, name: &PersonName) -> String {
    let folded = fold(&chain.actor.name);
    let first = folded.split(' ').next().unwrap_or("");
    let last = folded.rsplit(' ').next().unwrap_or("");
    if first != last && chain.names.contains(first) && !chain.names.contains(last) {
        return PersonName { given: Vec::new(), family: first.to_owned() }.family_key();
    }
    name.family_key()
}

fn join_family(people: &[Known], sets: &mut Sets) {
    // People with a given name first: those whose given names agree with every member of a group join it.
    let (full, bare): (Vec<&Known>, Vec<&Known>) = people.iter().partition(|k| !k.name.given.is_empty());
    let mut full = full;
    // Longest given names first, so that an initial meets the names it may stand for.
    full.sort_by(|a, b| {
        (b.name.given.join(" ").len(), &a.name, a.chain).cmp(&(a.name.given.join(" ").len(), &b.name, b.chain))
    });
    let mut groups: Vec<Vec<&Known>> = Vec::new();
    for person in full {
        let mut fits: Vec<usize> =
            (0..groups.len()).filter(|&g| groups[g].iter().all(|k| k.name.given_agrees(&person.name))).collect();
        if fits.len() > 1 {
            // An initial that fits two people is decided by the office, or not at all.
            fits.retain(|&g| groups[g].iter().any(|k| !k.offices.is_disjoint(&person.offices)));
        }
        match fits.as_slice() {
            [only] => groups[*only].push(person),
            _ => groups.push(vec![person]),
        }
    }
    for group in &groups {
        group.windows(2).for_each(|w| sets.union(w[0].chain, w[1].chain));
    }
    // A surname alone is the only person of that name, or the one of the same office.
    let mut strangers: Vec<&Known> = Vec::new();
    for person in bare {
        let by_office: Vec<usize> =
            (0..groups.len()).filter(|&g| groups[g].iter().any(|k| !k.offices.is_disjoint(&person.offices))).collect();
        match (groups.as_slice(), by_office.as_slice()) {
            ([only], _) => sets.union(only[0].chain, person.chain),
            (_, [only]) => sets.union(groups[*only][0].chain, person.chain),
            ([], _) => strangers.push(person),
            _ => {}
        }
    }
    // Nobody gives a first name: one surname is one person.
    strangers.windows(2).for_each(|w| sets.union(w[0].chain, w[1].chain));
}
