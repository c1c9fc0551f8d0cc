//! Whether two sentences of different reports assert the same: features, and the scorer that weighs them.

use std::sync::LazyLock;

use rapporteur_scorer::{Features, Model};

use super::near::{Near, Neighbour};
use super::unit::Unit;
use crate::context::MergeContext;

/// The weights, fitted by `cargo xtask train claims` (weights/ORIGIN.md).
static MODEL: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(include_str!("../../weights/claim.json")).ok());

/// How likely a pair asserts the same, 0 to 1.
pub(super) fn probability(features: &Features) -> f32 {
    MODEL.as_ref().map_or(0.0, |m| m.probability(features))
}

/// From where on it is taken to.
pub(super) fn threshold() -> f32 {
    MODEL.as_ref().map_or(1.0, |m| m.threshold)
}

/// Two sentences, each among the other's nearest.
pub(crate) struct Candidate {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) features: Features,
}

/// The pairs that are compared: one is among the nearest of the other.
pub(crate) fn candidates(story: &MergeContext<'_>, units: &[Unit], near: &Near) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (a, neighbours) in near.of.iter().enumerate() {
        for there in neighbours {
            let b = there.unit;
            let back = near.of[b].iter().find(|n| n.unit == a);
            // Of a pair that each proposes the first tells; what only one proposes, that one.
            if back.is_some() && b < a {
                continue;
            }
            let features = features(story, units, near, a, b, there, back);
            out.push(Candidate { a: a.min(b), b: a.max(b), features });
        }
    }
    out.sort_by_key(|c| (c.a, c.b));
    out
}

/// What is known of a pair, alike whichever comes first.
fn features(
    story: &MergeContext<'_>,
    units: &[Unit],
    near: &Near,
    a: usize,
    b: usize,
    there: &Neighbour,
    back: Option<&Neighbour>,
) -> Features {
    let (x, y) = (&units[a], &units[b]);
    let mut f = Features::default();
    let cosine = there.cosine;
    f.add("cosine", cosine);
    for (name, least) in [("cosine>.15", 0.15), ("cosine>.3", 0.3), ("cosine>.5", 0.5), ("cosine>.8", 0.8)] {
        f.flag(name, cosine > least);
    }
    f.add("shared weight", there.shared / 20.0);
    let share = |n: usize| there.shared / near.total[n].max(1e-6);
    f.add("share of the one", share(a).max(share(b)));
    f.add("share of the other", share(a).min(share(b)));
    let none = (3, 0.0);
    let (there_rank, there_margin) = (there.rank, there.margin);
    let (back_rank, back_margin) = back.map_or(none, |n| (n.rank, n.margin));
    f.flag("nearest both ways", there_rank == 0 && back_rank == 0);
    f.flag("nearest one way", (there_rank == 0) != (back_rank == 0));
    f.flag("proposed one way", back.is_none());
    f.add("margin of the one", there_margin.max(back_margin));
    f.add("margin of the other", there_margin.min(back_margin));
    let shared = both(&x.stems, &y.stems);
    let rarest = shared.iter().filter_map(|s| near.weight.get(s)).fold(0.0f32, |m, w| m.max(*w));
    f.add("rarest shared", rarest / 6.0);
    f.add("words shared", shared.len().min(12) as f32 / 12.0);
    f.flag("one word shared", shared.len() == 1);
    f.flag("two words shared", shared.len() == 2);
    let (short, long) = (x.stems.len().min(y.stems.len()), x.stems.len().max(y.stems.len()));
    f.add("words of the shorter", short.min(40) as f32 / 40.0);
    f.add("words of the longer", long.min(40) as f32 / 40.0);
    let (entities, fewer) = (both(&x.entities, &y.entities).len(), x.entities.len().min(y.entities.len()));
    f.flag("an entity shared", entities > 0);
    f.add("entities shared", entities.min(5) as f32 / 5.0);
    f.add("share of entities", entities as f32 / fewer.max(1) as f32);
    f.flag("none of the entities", entities == 0 && fewer > 0);
    let named = both(&x.named, &y.named).len();
    f.add("names shared", named.min(4) as f32 / 4.0);
    let (figures, fewer) = (both(&x.figures, &y.figures).len(), x.figures.len().min(y.figures.len()));
    f.flag("a figure shared", figures > 0);
    f.add("figures shared", figures.min(3) as f32 / 3.0);
    f.flag("none of the figures", figures == 0 && fewer > 0);
    f.flag("figures in one only", (x.figures.is_empty()) != (y.figures.is_empty()));
    let meets = x.days.iter().any(|d| y.days.iter().any(|e| d.meets(*e)));
    f.flag("a day shared", meets);
    f.flag("other days", !meets && !x.days.is_empty() && !y.days.is_empty());
    f.flag("both quoted", x.quoted && y.quoted);
    f.flag("one quoted", x.quoted != y.quoted);
    match (x.speaker, y.speaker) {
        (Some(p), Some(q)) => {
            f.flag("one speaker", p == q);
            f.flag("other speakers", p != q);
        }
        (None, None) => f.flag("both told", true),
        _ => f.flag("one said", true),
    }
    let run = longest_run(story, x, y);
    f.add("words in a row", run.min(10) as f32 / 10.0);
    f.flag("three in a row", run >= 3);
    f.flag("six in a row", run >= 6);
    let part = |u: &Unit| u.place as f32 / u.of.max(1) as f32;
    f.add("apart in the reports", (part(x) - part(y)).abs());
    let (early, late) = (x.place.min(y.place), x.place.max(y.place));
    f.flag("both at the start", late < 3);
    f.flag("one at the start", early < 3);
    f.add("place of the later", (1.0 + late as f32).ln() / 4.0);
    f.add("sentences", (units.len() as f32).ln() / 6.0);
    f
}

/// What two lists in order share.
pub(crate) fn both<T: Ord + Copy>(a: &[T], b: &[T]) -> Vec<T> {
    a.iter().copied().filter(|x| b.binary_search(x).is_ok()).collect()
}

/// How many words in a row are the same in both.
fn longest_run(story: &MergeContext<'_>, a: &Unit, b: &Unit) -> usize {
    const MOST: usize = 80;
    let words = |u: &Unit| &story.words[u.report][u.words.clone()];
    let (a, b) = (words(a), words(b));
    let (a, b) = (&a[..a.len().min(MOST)], &b[..b.len().min(MOST)]);
    let mut best = 0;
    let mut row = vec![0usize; b.len() + 1];
    for x in a {
        for n in (0..b.len()).rev() {
            row[n + 1] = if x.word == b[n].word { row[n] + 1 } else { 0 };
            best = best.max(row[n + 1]);
        }
    }
    best
}
