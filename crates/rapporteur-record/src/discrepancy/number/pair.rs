//! Whether two numbers are told of the same thing: features, and the scorer that weighs them.

use std::sync::LazyLock;

use rapporteur_lexicon::words::comparison;
use rapporteur_scorer::{Features, Model};

use super::like::{Neighbour, Neighbours};
use super::measure::{Measure, coin};
use super::{Item, Numbers};
use crate::claim::{Unit, shared_of};

/// The weights, fitted by `cargo xtask train numbers` (weights/ORIGIN.md).
static MODEL: LazyLock<Option<Model>> =
    LazyLock::new(|| Model::read(include_str!("../../../weights/number.json")).ok());

/// How likely two numbers are told of the same thing, 0 to 1.
pub(super) fn probability(features: &Features) -> f32 {
    MODEL.as_ref().map_or(0.0, |m| m.probability(features))
}

/// From where on two that do not fit are a difference.
pub(super) fn threshold() -> f32 {
    MODEL.as_ref().map_or(1.0, |m| m.threshold)
}

/// A report of so many days later tells how things stand then.
const LATER: i32 = 4;

/// Numbers one of which is a smaller part than this of the other are of two things; of two nouns, than the second.
const APART: f64 = 0.3;
const NEAR: f64 = 0.6;

/// Whether two numbers may be of one thing at all: of one order, in one unit and coin; what goes by two particular nouns is people or
/// nearly as many.
pub(super) fn comparable(x: &Item<'_>, y: &Item<'_>) -> bool {
    let (p, q) = (x.interval.stated, y.interval.stated);
    let ratio = p.min(q) / p.max(q);
    let nouns = x.measure == Measure::Count && x.noun != y.noun;
    let units = nouns && (comparison::MEASURE.has(x.noun) || comparison::MEASURE.has(y.noun));
    let alike = x.is_general() || y.is_general() || x.counted() == y.counted() || ratio >= NEAR;
    let coins = coin(x.found).zip(coin(y.found)).is_some_and(|(a, b)| a != b);
    ratio >= APART && !units && !coins && (!nouns || alike)
}

/// Whether two numbers that do not fit may be two answers to one question: not the sum and its parts, what is asked and what is
/// agreed, other terms, other starts, other days; nor what is told days later.
pub(super) fn may_differ(all: &Numbers<'_>, a: usize, b: usize) -> bool {
    let (x, y) = (&all.items[a], &all.items[b]);
    let (p, q) = (x.interval.stated, y.interval.stated);
    let part = |sums: &[f64], whole: f64| sums.iter().any(|s| (s - whole).abs() < 1e-6);
    let other = |one: Option<bool>| one == Some(false);
    let (ours, theirs) = (x.found, y.found);
    let later = x.published.zip(y.published).is_some_and(|(a, b)| (a - b).get_days().abs() >= LATER);
    let stages = x.measure != Measure::Count && ours.stage.zip(theirs.stage).is_some_and(|(a, b)| a != b);
    !(part(&all.sums[a], q)
        || part(&all.sums[b], p)
        || x.adds != y.adds
        || stages
        || later
        || ours.per.as_ref().zip(theirs.per.as_ref()).is_some_and(|(a, b)| a != b)
        || ours.from.zip(theirs.from).is_some_and(|(a, b)| a != b)
        || other(ours.date.zip(theirs.date).map(|(a, b)| a.meets(b))))
}

/// What is known of a pair, alike whichever comes first.
pub(super) fn features(all: &Numbers<'_>, near: &Neighbours<'_>, a: usize, b: usize) -> Features {
    let (x, y) = (&all.items[a], &all.items[b]);
    let (p, q) = (&all.units[x.sentence], &all.units[y.sentence]);
    let mut f = Features::default();
    around(&mut f, near, a, b);
    sentences(&mut f, p, q);
    told(&mut f, x, y);
    values(&mut f, all, a, b);
    rivals(&mut f, all, near, a, b);
    by_measure(&mut f, x.measure);
    f
}

/// Features that tell more or less by what is measured: percentages of one story are many and near each other, counts of one noun few.
// not words: names of features
const BY_MEASURE: &[&str] = &[
    "cosine",
    "cosine nearby",
    "likest both ways",
    "not round",
    "other rates",
    "other stages",
    "rank of the other",
    "ratio",
    "ratio<.5",
    "ratio>.9",
    "rivals that fit",
    "told by the other as well",
];

/// Adds them once more under the name of what is measured.
fn by_measure(f: &mut Features, measure: Measure) {
    let all: Vec<(String, f32)> = f
        .iter()
        .filter(|(name, _)| BY_MEASURE.contains(name))
        .map(|(name, value)| (format!("{name}, {}", measure.as_str()), value))
        .collect();
    all.into_iter().for_each(|(name, value)| f.add(name, value));
}

/// The words around both.
fn around(f: &mut Features, near: &Neighbours<'_>, a: usize, b: usize) {
    let sentence = near.sentence(a, b);
    f.add("cosine", sentence.cosine);
    f.add("shared weight", sentence.shared.min(20.0) / 20.0);
    f.add("rarest shared", sentence.rarest / 6.0);
    f.add("words shared", sentence.count.min(10) as f32 / 10.0);
    let [nearby, close] = near.nearby(a, b);
    f.add("cosine nearby", nearby.cosine);
    f.add("shared weight nearby", nearby.shared.min(12.0) / 12.0);
    f.add("rarest shared nearby", nearby.rarest / 6.0);
    f.add("cosine close by", close.cosine);
    f.add("shared weight close by", close.shared.min(8.0) / 8.0);
    let telling = near.telling(a, b);
    f.add("cosine of what they are of", telling.cosine);
    f.add("shared weight of what they are of", telling.shared.min(10.0) / 10.0);
}

/// The sentences of both.
fn sentences(f: &mut Features, p: &Unit, q: &Unit) {
    let entities = shared_of(&p.entities, &q.entities).len();
    f.add("entities shared", entities.min(4) as f32 / 4.0);
    f.flag("none of the entities", entities == 0 && !p.entities.is_empty() && !q.entities.is_empty());
    match (p.speaker, q.speaker) {
        (Some(one), Some(other)) if one == other => f.flag("one speaker", true),
        (Some(_), Some(_)) => f.flag("other speakers", true),
        _ => {}
    }
    let part = |u: &Unit| u.place as f32 / u.of.max(1) as f32;
    f.add("apart in the reports", (part(p) - part(q)).abs());
    f.add("how early the later", 1.0 - part(p).max(part(q)));
    f.flag("both at the start", p.place.max(q.place) < 3);
    f.flag("both quoted", p.quoted && q.quoted);
}

/// What the findings tell of both.
fn told(f: &mut Features, x: &Item<'_>, y: &Item<'_>) {
    let some = |a: bool, b: bool| f32::from(u8::from(a)) / 2.0 + f32::from(u8::from(b)) / 2.0;
    f.flag("one word before", x.before == y.before);
    f.flag("one word behind", x.behind == y.behind);
    let actors = x.actors.intersection(&y.actors).count();
    f.add("actors shared", actors.min(2) as f32 / 2.0);
    f.flag("none of the actors", actors == 0 && !x.actors.is_empty() && !y.actors.is_empty());
    f.flag(format!("of {}", x.measure.as_str()), true);
    let (noun, count) = (x.noun == y.noun, x.measure == Measure::Count);
    f.flag("one noun", noun);
    f.flag("counts of one noun", count && noun);
    f.flag("counts of other nouns", count && !noun);
    f.flag("counts of people in general", count && (x.is_general() || y.is_general()));
    let (ours, theirs) = (x.found, y.found);
    f.flag("one stage", ours.stage.is_some() && ours.stage == theirs.stage);
    f.flag("other stages", ours.stage.is_some() && theirs.stage.is_some() && ours.stage != theirs.stage);
    if let (Some(one), Some(other)) = (x.published, y.published) {
        let apart = (one - other).get_days().abs();
        f.flag("published a day apart", apart == 1);
        f.flag("published days apart", apart > 1);
    }
    let people = count && x.counted() == "person" && y.counted() == "person";
    f.flag("counts of people", people);
    // "Over three years" tells more than "a year".
    f.flag("one term", ours.per.as_ref().is_some_and(|p| p.contains(' ')) && ours.per == theirs.per);
    f.flag("one rate", ours.per.is_some() && ours.per == theirs.per);
    f.flag("other rates", ours.per != theirs.per);
    f.flag("one start", ours.from.is_some() && ours.from == theirs.from);
    if let (Some(one), Some(other)) = (ours.date, theirs.date) {
        f.flag("a day shared", one.meets(other));
        f.flag("other days", !one.meets(other));
    }
    f.flag("one coin", coin(ours).is_some() && coin(ours) == coin(theirs));
    f.add("marked by the tagger alone", some(ours.by.is_marked(), theirs.by.is_marked()));
}

/// The numbers themselves.
fn values(f: &mut Features, all: &Numbers<'_>, a: usize, b: usize) {
    let (x, y) = (&all.items[a], &all.items[b]);
    let (one, other) = (x.interval.stated, y.interval.stated);
    let (less, more) = (one.min(other), one.max(other));
    f.flag("hedged", x.interval.hedged || y.interval.hedged);
    f.flag("small counts", more < 10.0 && x.measure != Measure::Time);
    f.flag("large", less >= 100.0);
    f.flag("a one", less == 1.0);
    f.flag("not round", one % 10.0 != 0.0 || other % 10.0 != 0.0);
    if x.fits(y) {
        f.flag("fits", true);
        f.flag("fits and large", less >= 100.0);
        return;
    }
    let ratio = (less / more) as f32;
    f.add("ratio", ratio);
    f.flag("ratio>.9", ratio > 0.9);
    f.flag("ratio<.5", ratio < 0.5);
    // Two reports rarely have 1,900 and 2,100 nurses by chance.
    let people = x.counted() == "person" && y.counted() == "person";
    f.flag("large and near", less >= 100.0 && ratio > 0.75);
    f.flag("people, large and near", people && less >= 100.0 && ratio > 0.75);
    f.flag("one noun, near", x.noun == y.noun && ratio > 0.75);
    if let (Some(one), Some(other)) = (x.tally, y.tally) {
        f.flag("one side alike", one.iter().any(|side| other.contains(side)));
    }
}

/// The other numbers of either report that might be meant.
fn rivals(f: &mut Features, all: &Numbers<'_>, near: &Neighbours<'_>, a: usize, b: usize) {
    let items = all.items.as_slice();
    let likeness = near.likeness_of(a, b);
    let ours = near.in_report(a, items[b].report);
    let theirs = near.in_report(b, items[a].report);
    let rank = |list: &[Neighbour], other: usize| list.iter().position(|n| n.item == other).unwrap_or(4);
    let (there, back) = (rank(ours, b), rank(theirs, a));
    f.add("rank of the one", there.min(back) as f32 / 4.0);
    f.add("rank of the other", there.max(back) as f32 / 4.0);
    f.flag("likest both ways", there == 0 && back == 0);
    let best = |list: &[Neighbour], not: usize, of: &dyn Fn(&Item<'_>) -> bool| {
        list.iter().filter(|n| n.item != not && of(&items[n.item])).map(|n| n.likeness).fold(0.0f32, f32::max)
    };
    let (one, other) = (likeness - best(ours, b, &|_| true), likeness - best(theirs, a, &|_| true));
    f.add("margin of the one", one.max(other));
    f.add("margin of the other", one.min(other));
    let (one, other) = (best(ours, b, &|i| items[a].fits(i)), best(theirs, a, &|i| items[b].fits(i)));
    let fits = items[a].fits(&items[b]);
    f.add("rival that fits", one.max(other));
    f.add("rivals that fit both", one.min(other));
    f.flag("a likelier rival fits", one.max(other) >= likeness);
    f.add("rivals that fit", f32::from(u8::from(one > 0.0)) / 2.0 + f32::from(u8::from(other > 0.0)) / 2.0);
    f.add("numbers near the one", (1.0 + ours.len().min(theirs.len()) as f32).ln());
    f.add("numbers near the other", (1.0 + ours.len().max(theirs.len()) as f32).ln());
    let (one, other) = (all.tells(a, b), all.tells(b, a));
    f.add("told by the other as well", f32::from(u8::from(one)) / 2.0 + f32::from(u8::from(other)) / 2.0);
    f.flag("both told by both", one && other);
    if fits {
        f.add("fits, likeness", likeness);
        f.flag("fits, likest both ways", there == 0 && back == 0);
        f.add("fits, cosine nearby", near.nearby(a, b)[0].cosine);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::measure::{measured, tests::found};
    use super::super::noun::meaning;
    use super::*;

    /// Whether two numbers may be of one thing, each by its words, value and noun.
    fn may(a: (&str, f64, &str), b: (&str, f64, &str)) -> bool {
        let [(p, x), (q, y)] = [a, b].map(|(words, value, noun)| found(words, words, value, noun));
        let item = |text, found| {
            let (measure, interval, tally) = measured(text, found).unwrap();
            Item {
                report: 0,
                found,
                measure,
                interval,
                tally,
                noun: meaning(&found.noun),
                published: None,
                actors: BTreeSet::new(),
                sentence: 0,
                context: Vec::new(),
                nearby: Vec::new(),
                close: Vec::new(),
                adds: [false; 2],
                of: Vec::new(),
                before: None,
                behind: None,
            }
        };
        comparable(&item(&p, &x), &item(&q, &y))
    }

    #[test]
    fn one_order_one_unit_one_coin() {
        assert!(may(("8,600", 8600.0, "nurse"), ("9,100", 9100.0, "member")));
        assert!(may(("22", 22.0, "ship"), ("26", 26.0, "vessel")));
        assert!(!may(("1.5 million", 1.5e6, "woman"), ("4,300", 4300.0, "store")));
        assert!(!may(("5,500", 5500.0, "kilometre"), ("3,400", 3400.0, "mile")));
        assert!(!may(("$2.3 billion", 2.3e9, "dollar"), ("£1.8 billion", 1.8e9, "pound")));
        assert!(!may(("24", 24.0, "gauge"), ("12", 12.0, "valve")));
    }
}
