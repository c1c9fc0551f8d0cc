//! Joining bodies, places and groups by any name they share, and countries by their code.
//!
//! Names are compared as their readers take them: "U.N. Command" is "United Nations Command", "Corvane Glass Inc." is
//! "Corvane Glass", an abbreviation is the one body that has those initials. An abbreviation alone does not join two
//! that have different full names.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_lexicon::words::comparison;
use rapporteur_schema::EntityKind;

use super::{Node, Sets};

/// Joins what is not a person among `nodes`.
pub(super) fn join(nodes: &[Node<'_>], sets: &mut Sets) {
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, node) in nodes.iter().enumerate() {
        if let Some(code) = node.iso3166 {
            let first = *by_code.entry(code).or_insert(i);
            sets.union(first, i);
        }
    }
    shared_names(nodes, sets);
    abbreviated(nodes, sets);
    join_by_first_word(nodes, sets);
}

/// Kinds that may be one thing: a state is a place as well.
fn class(kind: EntityKind) -> u8 {
    match kind {
        EntityKind::Person => 0,
        EntityKind::Organization => 1,
        EntityKind::Country | EntityKind::Place => 2,
        EntityKind::Group => 3,
    }
}

/// A folded name without what its readers don't miss.
fn key(node: &Node<'_>, name: &str) -> String {
    let mut words: Vec<&str> = name.split(' ').collect();
    if node.kind == EntityKind::Organization {
        while words.len() > 1 && words.last().is_some_and(|w| comparison::LEGAL_FORM.has(w)) {
            words.pop();
        }
    }
    // "St. Anselm" and "Saint Anselm".
    words.iter_mut().filter(|w| **w == "st").for_each(|w| *w = "saint");
    words.join(" ")
}

fn shared_names(nodes: &[Node<'_>], sets: &mut Sets) {
    let mut by_name: BTreeMap<(u8, String), Vec<usize>> = BTreeMap::new();
    for (i, node) in nodes.iter().enumerate().filter(|(_, n)| n.kind != EntityKind::Person) {
        for name in node.names.keys() {
            by_name.entry((class(node.kind), key(node, name))).or_default().push(i);
        }
    }
    let full = |i: usize| nodes[i].names.keys().filter(|n| n.contains(' ')).collect::<BTreeSet<_>>();
    for ((_, name), holders) in &by_name {
        let short = !name.contains(' ') && name.len() <= 5;
        for pair in holders.windows(2) {
            let (a, b) = (full(pair[0]), full(pair[1]));
            let strangers = short && !a.is_empty() && !b.is_empty() && a.is_disjoint(&b);
            if !strangers {
                sets.union(pair[0], pair[1]);
            }
        }
    }
}

/// "U.N. Command", "UNC" and "United Nations Command": words that are the initials of others, where only one body of the
/// story has them.
fn abbreviated(nodes: &[Node<'_>], sets: &mut Sets) {
    let bodies: Vec<usize> = (0..nodes.len()).filter(|&i| nodes[i].kind == EntityKind::Organization).collect();
    // By last word and first letter, so that few are compared; a whole abbreviation by its letters.
    let mut long: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for &i in &bodies {
        for name in nodes[i].names.keys().filter(|n| n.contains(' ')) {
            for initials in [initials(name, false), initials(name, true)] {
                long.entry(initials).or_default().insert(i);
            }
            long.entry(ends(name)).or_default().insert(i);
        }
    }
    for &i in &bodies {
        let node = &nodes[i];
        let short = !node.name.contains(' ');
        if short && !is_abbreviation(node.written) {
            continue;
        }
        let near = long.get(&if short { node.name.to_string() } else { ends(&node.name) });
        let fits = |&&j: &&usize| {
            let other = &nodes[j];
            let names = other.names.keys().filter(|n| n.contains(' '));
            short || other.name.len() > node.name.len() && names.into_iter().any(|n| stands_for(&node.name, n))
        };
        let fits: BTreeSet<usize> = near.into_iter().flatten().filter(fits).map(|&j| sets.find(j)).collect();
        if let (1, Some(&only)) = (fits.len(), fits.first())
            && agree(node, &nodes[only])
        {
            sets.union(only, i);
        }
    }
}

/// "Corvane" is "Corvane Glass" where no other body of the story begins so and nothing else is called that: the same
/// company by its first word, the same chamber ("the House").
fn join_by_first_word(nodes: &[Node<'_>], sets: &mut Sets) {
    let mut begin: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut others: BTreeSet<&str> = BTreeSet::new();
    for (i, node) in nodes.iter().enumerate() {
        if node.kind != EntityKind::Organization {
            others.extend(node.names.keys().map(|n| &**n));
            continue;
        }
        for (first, rest) in node.names.keys().filter_map(|n| n.split_once(' ')) {
            if !comparison::CHAMBER.has(first) || rest.starts_with("of ") {
                begin.entry(first).or_default().insert(i);
            }
        }
    }
    for (i, node) in nodes.iter().enumerate().filter(|(_, n)| n.kind == EntityKind::Organization) {
        let short = !node.names.keys().any(|n| n.contains(' ')) && node.name.len() >= 4;
        if !short || others.contains(&*node.name) || is_abbreviation(node.written) {
            continue;
        }
        let fits: BTreeSet<usize> = begin.get(&*node.name).into_iter().flatten().map(|&j| sets.find(j)).collect();
        if let (1, Some(&only)) = (fits.len(), fits.first())
            && agree(node, &nodes[only])
        {
            sets.union(only, i);
        }
    }
}

/// Whether what is known of two bodies' countries does not keep them apart.
fn agree(a: &Node<'_>, b: &Node<'_>) -> bool {
    a.countries.is_empty() || b.countries.is_empty() || a.countries.keys().any(|c| b.countries.contains_key(c))
}

/// "UNC", "I.A.E.A.", "DoD".
fn is_abbreviation(written: &str) -> bool {
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = written.chars().filter(|c| c.is_uppercase()).count();
    (2..=8).contains(&letters) && capitals * 3 >= letters * 2
}

fn initials(name: &str, all: bool) -> String {
    name.split(' ')
        .filter(|w| all || !comparison::WORD_WITHOUT_INITIAL.has(w))
        .filter_map(|w| w.chars().next())
        .collect()
}

/// The first letter and the last word: what a name and one with abbreviated words share.
fn ends(name: &str) -> String {
    let first = name.chars().next().map(String::from).unwrap_or_default();
    format!("{first} {}", name.rsplit(' ').next().unwrap_or(""))
}

/// Whether every word of the shorter is a word of the longer, or the initials of several in a row; one at least is.
fn stands_for(short: &str, long: &str) -> bool {
    let words: Vec<&str> = long.split(' ').collect();
    let (mut at, mut abbreviated) = (0, false);
    for word in short.split(' ') {
        if words.get(at) == Some(&word) {
            at += 1;
            continue;
        }
        let n = word.chars().count();
        let run = words[at.min(words.len())..].iter().take(n);
        if n < 2 || n > words.len() - at.min(words.len()) || !run.zip(word.chars()).all(|(w, c)| w.starts_with(c)) {
            return false;
        }
        at += n;
        abbreviated = true;
    }
    abbreviated && at == words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_stand_for_words() {
        assert!(stands_for("un command", "united nations command"));
        assert!(stands_for("us trade office", "united states trade office"));
        assert!(!stands_for("un command", "united nations mission"));
        assert!(!stands_for("ports council", "ports council"), "nothing is abbreviated");
        assert_eq!(initials("centre for straits and tolls", false), "cst");
    }

    #[test]
    fn abbreviations_are_written_in_capitals() {
        assert!(["UNC", "I.A.E.A.", "DoD"].iter().all(|w| is_abbreviation(w)));
        assert!(!["Unesco", "X", "Ports"].iter().any(|w| is_abbreviation(w)));
    }
}
