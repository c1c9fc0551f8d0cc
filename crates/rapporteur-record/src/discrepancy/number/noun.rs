//! Nouns and words that mean one thing.

use std::collections::BTreeSet;

use rapporteur_lexicon::words::comparison;
use rapporteur_schema::QuantityFinding;

/// Words for one thing: the first stands for all.
const SAME: &[&[&str]] = &[
    &["country", "nation", "state"],
    &["person", "people", "individual", "human"],
    &["worker", "employee", "staffer", "staff"],
    &["death", "fatality", "dead"],
    &["job", "post", "position"],
    &["ship", "vessel"],
    &["firm", "company", "employer", "business"],
    &["ruble", "rouble"],
    &["strike", "walkout", "stoppage"],
    &["agreement", "deal", "accord", "contract"],
    &["pay", "wage", "salary"],
    &["support", "back"],
    &["vote", "ballot", "voting"],
];

/// Nouns of people in general: they may mean any of the others.
const GENERAL: &[&str] = &["person", "worker", "member"];

/// The noun or word that stands for all that mean the same ("vessel" and "ship").
pub fn meaning(word: &str) -> &str {
    SAME.iter().find(|row| row.contains(&word)).map_or(word, |row| row[0])
}

/// Whether a noun means people of any kind.
pub(super) fn is_general(noun: &str) -> bool {
    GENERAL.contains(&noun)
}

/// Whether a noun counts people: a general one, or one of trades by its ending.
pub(super) fn is_person(noun: &str) -> bool {
    let trade = noun.len() > 5
        && (2..=3).any(|n| noun.get(noun.len() - n..).is_some_and(|end| comparison::TRADE_ENDING.has(end)));
    // "25 kilometers" ends like a trade too.
    let thing = comparison::NO_TRADE.has(noun) || comparison::MEASURE.has(noun);
    GENERAL.contains(&noun) || comparison::TRADE.has(noun) || trade && !thing
}

/// The words of a context that tell what a number is of.
pub(super) fn telling(q: &QuantityFinding) -> BTreeSet<&str> {
    q.of.iter().map(|w| meaning(w)).filter(|w| !comparison::TIME_OF_A_QUANTITY.has(w)).collect()
}
