//! Joining people: by family name and given name, never by a surname that two of them share.
//!
//! 1. Every full name is taken apart; which end the family name stands at is what most reports show by using it alone.
//! 2. Full names of one family name are one person where their given names agree; spellings that differ in vowels only
//!    need a given name or an office that says the same.
//! 3. A surname alone is the one person of that name; of several the one of the same office, or the one that the other
//!    reports call so.
//! 4. A first name alone is the one person who has it.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_lexicon::words::comparison;
use rapporteur_schema::EntityKind;

use super::name::{PersonName, consonant_key, name_words, skeleton};
use super::{Node, Sets};

/// A person as reports name them.
struct Known<'n> {
    node: usize,
    data: &'n Node<'n>,
    name: PersonName,
    keys: Vec<String>,
}

impl Known<'_> {
    fn shares_office(&self, other: &Self) -> bool {
        !self.data.offices.is_disjoint(&other.data.offices)
    }
}

/// Joins the people among `nodes`.
pub(super) fn join(nodes: &[Node<'_>], sets: &mut Sets) {
    let mut full: Vec<Known<'_>> = Vec::new();
    let mut bare: Vec<Known<'_>> = Vec::new();
    for (node, data) in nodes.iter().enumerate().filter(|(_, n)| n.kind == EntityKind::Person) {
        let Some(mut name) = PersonName::parse(&data.name, family_first(data)) else { continue };
        hyphened(data, &mut name);
        let keys = name.family_keys();
        let one = Known { node, data, name, keys };
        if one.name.given.is_empty() { bare.push(one) } else { full.push(one) }
    }
    // Longest given names first, so that an initial meets the names it may stand for.
    full.sort_by_key(|k| (std::cmp::Reverse(k.name.given.join(" ").len()), k.name.clone(), k.node));
    same_words(&full, sets);
    let by_key = index(full.iter().enumerate().flat_map(|(i, k)| k.keys.iter().map(move |key| (key.clone(), i))));
    for people in by_key.values() {
        join_family(people, &full, sets);
    }
    let loosely = |k: &Known<'_>| k.keys.iter().filter_map(|key| consonant_key(key)).collect::<BTreeSet<_>>();
    let by_loose = index(full.iter().enumerate().flat_map(|(i, k)| loosely(k).into_iter().map(move |key| (key, i))));
    for people in by_loose.values() {
        for (n, &a) in people.iter().enumerate() {
            for &b in &people[n + 1..] {
                let (x, y) = (&full[a], &full[b]);
                let speaks = x.name.given_speaks_for(&y.name) || x.shares_office(y) && x.name.given_agrees(&y.name);
                if speaks && x.keys != y.keys {
                    sets.union(x.node, y.node);
                }
            }
        }
    }
    let by_first = index(full.iter().enumerate().map(|(i, k)| (k.name.given[0].clone(), i)));
    let whole = index(full.iter().enumerate().flat_map(|(i, k)| parts(&k.data.name).into_iter().map(move |p| (p, i))));
    let mut strangers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for person in &bare {
        let mut fits: Vec<usize> = person.keys.iter().filter_map(|k| by_key.get(k)).flatten().copied().collect();
        if fits.is_empty() {
            fits = loosely(person).iter().filter_map(|k| by_loose.get(k)).flatten().copied().collect();
        }
        if fits.is_empty() {
            fits = by_first.get(&*person.data.name).or(whole.get(&*person.data.name)).cloned().unwrap_or_default();
        }
        match one_of(person, &fits, &full, sets) {
            Some(node) => sets.union(node, person.node),
            // Nobody gives a first name: one surname is one person.
            None if fits.is_empty() => strangers.entry(&person.keys[0]).or_default().push(person.node),
            None => {}
        }
    }
    for same in strangers.values() {
        same.windows(2).for_each(|w| sets.union(w[0], w[1]));
    }
    shortened(&full, &whole, sets);
}

/// The words of a full name, as written, by which the person may be called alone: the last, and the first where it is a
/// family name that comes first.
pub(super) fn surnames(written: &str) -> Vec<&str> {
    let (first, last) = (written.split(' ').next(), written.rsplit(' ').next());
    let first = first.filter(|w| comparison::FAMILY_NAME_FIRST.has(w.to_lowercase().as_str()));
    first.into_iter().chain(last).collect()
}

/// "Bettina Okoro-Hale": both halves are the family name, as "Okoro-Hale" alone is.
fn hyphened(node: &Node<'_>, name: &mut PersonName) {
    let last = node.written.rsplit(char::is_whitespace).next().unwrap_or("");
    let halves = last.split('-').filter(|h| h.chars().next().is_some_and(char::is_uppercase)).count();
    // A name that comes first has its hyphen in the given name ("Park Min-Ho").
    let closes = name_words(&node.name).last().is_some_and(|w| name.family == *w);
    if halves == 2 && closes && !name.given.is_empty() {
        let first = name.given.pop().unwrap_or_default();
        name.family = format!("{first} {}", name.family);
    }
}

/// Lists by key, each in order and without doubles.
fn index(entries: impl Iterator<Item = (String, usize)>) -> BTreeMap<String, Vec<usize>> {
    let mut all: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (key, i) in entries {
        let list = all.entry(key).or_default();
        if list.last() != Some(&i) {
            list.push(i);
        }
    }
    all
}

/// Whether the family name comes first: where reports use the first word alone more often than the last ("Xi" for "Xi
/// Jinping"), or, if they show neither, where it is a family name of a country that has it so.
fn family_first(node: &Node<'_>) -> bool {
    let words = name_words(&node.name);
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let alone = |w: &str| node.names.get(w).copied().unwrap_or(0);
    match (words.len(), alone(first), alone(last)) {
        (0 | 1, ..) => false,
        (n, 0, 0) => {
            (2..=3).contains(&n) && comparison::FAMILY_NAME_FIRST.has(first) && !comparison::FAMILY_NAME_FIRST.has(last)
        }
        (_, first, last) => first > last,
    }
}

/// The same words, whichever comes first, are the same name.
fn same_words(full: &[Known<'_>], sets: &mut Sets) {
    let sorted = |k: &Known<'_>| {
        let mut words: Vec<String> = name_words(&k.data.name).iter().map(|w| skeleton(w)).collect();
        words.sort();
        words.join(" ")
    };
    for same in index(full.iter().enumerate().map(|(i, k)| (sorted(k), i))).values() {
        for w in same.windows(2).filter(|w| !apart(&full[w[0]], &full[w[1]])) {
            sets.union(full[w[0]].node, full[w[1]].node);
        }
    }
}

/// Whether two names that differ only in a "Jr." are two people: one report tells of both.
fn apart(a: &Known<'_>, b: &Known<'_>) -> bool {
    let suffix = |k: &Known<'_>| k.data.name[name_words(&k.data.name).join(" ").len()..].to_owned();
    suffix(a) != suffix(b) && a.data.reports.iter().any(|r| b.data.reports.binary_search(r).is_ok())
}

/// Joins the full names of one family name whose given names agree.
fn join_family(people: &[usize], full: &[Known<'_>], sets: &mut Sets) {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for &p in people {
        let person = &full[p];
        let mut fits: Vec<usize> = (0..groups.len())
            .filter(|&g| groups[g].iter().all(|&k| full[k].name.given_agrees(&person.name) && !apart(&full[k], person)))
            .collect();
        if fits.len() > 1 {
            // An initial that fits two people is decided by the office, or not at all.
            fits.retain(|&g| groups[g].iter().any(|&k| full[k].shares_office(person)));
        }
        match fits.as_slice() {
            [only] => groups[*only].push(p),
            _ => groups.push(vec![p]),
        }
    }
    for group in &groups {
        group.windows(2).for_each(|w| sets.union(full[w[0]].node, full[w[1]].node));
    }
}

/// The person among `fits` whom a name of one word means: the only one; or the one of the same office; or the one whom
/// most reports call by that name alone.
fn one_of(person: &Known<'_>, fits: &[usize], full: &[Known<'_>], sets: &mut Sets) -> Option<usize> {
    let mut people: BTreeMap<usize, (bool, usize)> = BTreeMap::new();
    for &f in fits {
        let known = &full[f];
        let slot = people.entry(sets.find(known.node)).or_default();
        slot.0 |= known.shares_office(person);
        slot.1 += known.data.names.get(&person.data.name).copied().unwrap_or(0);
    }
    if people.len() <= 1 {
        return people.into_keys().next();
    }
    let officers: Vec<usize> = people.iter().filter(|(_, (office, _))| *office).map(|(p, _)| *p).collect();
    if let [only] = officers.as_slice() {
        return Some(*only);
    }
    let mut by_use: Vec<(usize, usize)> = people.into_iter().map(|(p, (_, uses))| (uses, p)).collect();
    by_use.sort_unstable_by(|a, b| b.cmp(a));
    (by_use[0].0 >= 2 && by_use[0].0 > 2 * by_use[1].0 || by_use[0].0 == 1 && by_use[1].0 == 0).then_some(by_use[0].1)
}

/// What is left of a name of three words or more when words are left out at one end: two or more in a row.
fn parts(folded: &str) -> Vec<String> {
    let words = name_words(folded);
    let n = words.len();
    let cuts = (2..n).flat_map(|len| [words[..len].join(" "), words[n - len..].join(" ")]);
    cuts.collect::<BTreeSet<_>>().into_iter().collect()
}

/// "Andrés López" and "López Obrador" are "Andrés López Obrador" where nobody else can be.
fn shortened(full: &[Known<'_>], whole: &BTreeMap<String, Vec<usize>>, sets: &mut Sets) {
    for short in full {
        let longer: BTreeSet<usize> =
            whole.get(&*short.data.name).into_iter().flatten().map(|&l| sets.find(full[l].node)).collect();
        if let (1, Some(&only)) = (longer.len(), longer.first()) {
            sets.union(only, short.node);
        }
    }
}
