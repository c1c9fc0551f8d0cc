//! How much speaks for two numbers being of the same thing.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_lexicon::words::comparison;
use rapporteur_schema::{EntityKind, QuantityFinding, Stage};

use super::Item;
use crate::context::MergeContext;

/// What a pair must reach, in hundredths. The weights below were set by hand on the stories of xtask/keys.
pub(super) const ENOUGH: i64 = 200;

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
    let thing = comparison::NO_TRADE.has(noun) || is_measure(noun);
    GENERAL.contains(&noun) || comparison::TRADE.has(noun) || trade && !thing
}

/// Whether a unit measures anything at all, so that the same unit tells nothing.
fn is_measure(noun: &str) -> bool {
    comparison::MEASURE.has(noun)
}

/// What the whole story tells of how common words and actors are among its numbers.
pub(super) struct Scale {
    words: BTreeMap<String, usize>,
    actors: BTreeMap<usize, usize>,
    /// Countries, which stand in every other context.
    countries: BTreeSet<usize>,
    all: usize,
    /// For each number, the sums it makes with others of its clause.
    sums: Vec<Vec<f64>>,
}

impl Scale {
    pub(super) fn of(items: &[Item<'_>], story: &MergeContext<'_>) -> Self {
        let (mut words, mut actors) = (BTreeMap::new(), BTreeMap::new());
        for item in items {
            for word in telling(item.found) {
                *words.entry(word.to_owned()).or_default() += 1;
            }
            for &actor in &item.actors {
                *actors.entry(actor).or_default() += 1;
            }
        }
        let kind = |e: usize| story.merged.entities[e].kind;
        let countries = actors.keys().copied().filter(|&e| kind(e) == EntityKind::Country).collect();
        Scale { words, actors, countries, all: items.len(), sums: sums(items) }
    }

    /// The weight of two numbers being of the same thing; `None` where they cannot be.
    pub(super) fn score(&self, items: &[Item<'_>], a: usize, b: usize) -> Option<f64> {
        let (x, y) = (&items[a], &items[b]);
        if x.report == y.report {
            return None;
        }
        let measure = is_measure(x.noun);
        let general = is_general(x.noun) || is_general(y.noun);
        if x.noun != y.noun && !general || !comparable(x.found, y.found, measure) {
            return None;
        }
        let (p, q) = (x.interval, y.interval);
        let fits = p.fits(q);
        // "Two sides", "one of them": small counts are of anything.
        if !measure && p.stated.min(q.stated) < 3.0 {
            return None;
        }
        let part = |sums: &Vec<f64>, whole: f64| sums.iter().any(|s| (s - whole).abs() < 1e-6);
        if !fits && (part(&self.sums[a], q.stated) || part(&self.sums[b], p.stated)) {
            return None;
        }
        let near = p.nearness(q);
        // "45,000 people", "47,800 dockworkers": other nouns only where the numbers are all but the same, and nothing
        // says which people.
        let some = |i: &Item<'_>| is_general(i.noun) && i.found.at.exact().split_whitespace().count() > 3;
        if x.noun != y.noun && (near < 0.9 || some(x) || some(y)) {
            return None;
        }
        let mut score = match near {
            n if n >= 0.9 => 1.0,
            n if n >= 0.8 => {
                if measure {
                    0.0
                } else {
                    0.5
                }
            }
            n if n >= 0.75 => 0.0,
            n if n >= 0.6 => -1.0,
            n if n >= 0.5 => -2.0,
            _ => return None,
        };
        if fits {
            score += if p.stated >= 1000.0 { 2.0 } else { 1.0 };
        }
        let large = p.stated.max(q.stated);
        if measure {
            // A sum of many millions is no chance, where it is not a round one.
            score += if large >= 1e6 && large / 10f64.powf(large.log10().floor()) % 1.0 > 1e-9 { 1.0 } else { 0.0 };
        } else {
            score += if x.noun == y.noun && !is_general(x.noun) { 1.0 } else { 0.0 };
            // Large numbers are rarely near each other by chance.
            score += match large {
                _ if near < 0.8 => 0.0,
                n if n >= 1000.0 => 1.5,
                n if n >= 100.0 => 0.75,
                _ => 0.0,
            };
        }
        if x.found.from.is_some() && x.found.from == y.found.from {
            score += 3.0;
        }
        if x.found.per.is_some() && x.found.per == y.found.per {
            // "Over three years" tells more than "a year".
            score += if x.found.per.as_deref().is_some_and(|p| p.contains(' ')) { 1.5 } else { 0.5 };
        }
        // What is only asked or offered is rarely what another report tells as settled.
        let open = |q: &QuantityFinding| matches!(q.stage, Some(Stage::Asked | Stage::Offered));
        if measure && open(x.found) != open(y.found) {
            score -= 0.5;
        }
        if x.found.date.is_some() && y.found.date.is_some() {
            score += 0.5;
        }
        Some(score + self.shared(x, y))
    }

    /// What the contexts share, rare words and actors more than common ones; no more than a few count.
    fn shared(&self, x: &Item<'_>, y: &Item<'_>) -> f64 {
        let rare = |n: usize| if n <= 4 || n * 8 <= self.all { 1.0 } else { 0.5 };
        let (ours, theirs) = (telling(x.found), telling(y.found));
        let words: f64 =
            ours.intersection(&theirs).map(|w| rare(self.words.get(*w).copied().unwrap_or(0))).take(4).sum();
        let both = x.actors.intersection(&y.actors);
        let actors: f64 = both
            .map(|a| if self.countries.contains(a) { 0.25 } else { rare(self.actors.get(a).copied().unwrap_or(0)) })
            .take(3)
            .sum();
        words + actors
    }
}

/// The words of a context that tell what a number is of.
fn telling(q: &QuantityFinding) -> BTreeSet<&str> {
    q.of.iter().map(|w| meaning(w)).filter(|w| !comparison::TIME_OF_A_QUANTITY.has(w)).collect()
}

/// Whether stage, rate, start and day of two numbers allow them to be of one thing.
fn comparable(x: &QuantityFinding, y: &QuantityFinding, measure: bool) -> bool {
    let apart = |a: Option<&str>, b: Option<&str>| match (a, b) {
        (Some(a), Some(b)) => a != b,
        // A wage by the hour is no sum, but a rise may be given without its term.
        (Some(one), None) | (None, Some(one)) => !one.contains(' ') && measure && x.noun != "percent",
        _ => false,
    };
    if apart(x.per.as_deref(), y.per.as_deref()) {
        return false;
    }
    if measure && x.stage.is_some() && y.stage.is_some() && x.stage != y.stage {
        return false;
    }
    if x.from.is_some() && y.from.is_some() && x.from != y.from {
        return false;
    }
    match (x.date, y.date) {
        (Some(a), Some(b)) => a.meets(b),
        _ => true,
    }
}

/// For each number, its sums with others of the same report and clause: "eight drivers and one clerk" are nine workers.
fn sums(items: &[Item<'_>]) -> Vec<Vec<f64>> {
    let mut out: Vec<Vec<f64>> = vec![Vec::new(); items.len()];
    for (i, x) in items.iter().enumerate() {
        // Numbers come in the order of the text: those of one clause stand together.
        let beside = items
            .iter()
            .enumerate()
            .skip(i + 1)
            .take(6)
            .take_while(|(_, y)| y.report == x.report && y.found.clause.span().overlaps(x.found.clause.span()));
        for (j, y) in beside.collect::<Vec<_>>() {
            let sum = x.interval.stated + y.interval.stated;
            out[i].push(sum);
            out[j].push(sum);
        }
    }
    out
}
