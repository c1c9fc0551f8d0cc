//! Which numbers of other reports stand in words like those around a number: an index proposes, so that the work stays near linear.

use std::collections::BTreeMap;

use super::Item;
use crate::words::QuickMap;

/// Numbers that a word proposes at most: what more share is no help.
const MOST_SHARING: usize = 256;

/// Numbers that a counted noun proposes at most, the nearest in size.
const NEAREST_IN_SIZE: usize = 20;

/// Neighbours of a number in one other report, and in all together.
const NEIGHBOURS_A_REPORT: usize = 4;
const NEIGHBOURS: usize = 48;

/// How alike the words around two numbers are: the cosine of the weighted stems, and the weight of those that both have.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Overlap {
    pub(super) cosine: f32,
    pub(super) shared: f32,
    /// The weight of the rarest that both have, and how many these are.
    pub(super) rarest: f32,
    pub(super) count: usize,
}

/// Compares two lists in order.
pub(super) fn overlap(a: &[u32], b: &[u32], weight: impl Fn(u32) -> f32) -> Overlap {
    let squares = |list: &[u32]| list.iter().map(|s| weight(*s).powi(2)).sum::<f32>();
    let mut out = Overlap::default();
    let mut dot = 0.0;
    for stem in a.iter().filter(|s| b.binary_search(s).is_ok()) {
        let weight = weight(*stem);
        dot += weight * weight;
        out.shared += weight;
        out.rarest = out.rarest.max(weight);
        out.count += 1;
    }
    if dot > 0.0 {
        out.cosine = dot / (squares(a) * squares(b)).sqrt().max(1e-6);
    }
    out
}

/// A number of another report, and how like it its words are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Neighbour {
    pub(super) item: usize,
    pub(super) likeness: f32,
}

/// The neighbours of every number, those of one report together, the likest of each first.
pub(super) struct Neighbours<'a> {
    of: Vec<Vec<Neighbour>>,
    items: &'a [Item<'a>],
    /// How much a stem weighs, in the sentences of the story, and a word that tells what a number is of, among these.
    weight: &'a QuickMap<u32, f32>,
    telling: Vec<f32>,
}

impl<'a> Neighbours<'a> {
    /// Finds them.
    pub(super) fn find(items: &'a [Item<'a>], weight: &'a QuickMap<u32, f32>) -> Self {
        let most = items.iter().flat_map(|i| &i.of).max().map_or(0, |m| *m as usize + 1);
        let mut count = vec![0usize; most];
        items.iter().flat_map(|i| &i.of).for_each(|w| count[*w as usize] += 1);
        let telling = count.iter().map(|n| ((items.len() as f32 + 1.0) / (*n as f32 + 0.5)).ln().max(0.0)).collect();
        let mut out = Neighbours { of: Vec::new(), items, weight, telling };
        let mut sharing: QuickMap<(usize, u32), Vec<usize>> = QuickMap::default();
        let mut counted: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (n, item) in items.iter().enumerate() {
            for &stem in &item.context {
                sharing.entry((item.measure as usize, stem)).or_default().push(n);
            }
            counted.entry((item.measure as usize, item.counted())).or_default().push(n);
        }
        for all in counted.values_mut() {
            all.sort_by(|&a, &b| items[a].interval.stated.total_cmp(&items[b].interval.stated).then(a.cmp(&b)));
        }
        let mut met = vec![false; items.len()];
        for (n, item) in items.iter().enumerate() {
            let class = item.measure as usize;
            let sharing = item.context.iter().map(|stem| &sharing[&(class, *stem)]);
            let mut others: Vec<usize> = Vec::new();
            for all in sharing.filter(|all| all.len() <= MOST_SHARING) {
                others.extend(all.iter().filter(|&&o| items[o].report != item.report));
            }
            let alike = &counted[&(class, item.counted())];
            let own = alike.iter().position(|&o| o == n).unwrap_or_default();
            let near = own.saturating_sub(NEAREST_IN_SIZE)..alike.len().min(own + NEAREST_IN_SIZE + 1);
            others.extend(alike[near].iter().filter(|&&o| items[o].report != item.report));
            others.retain(|&o| !std::mem::replace(&mut met[o], true));
            others.iter().for_each(|&o| met[o] = false);
            let all = others.into_iter().map(|o| Neighbour { item: o, likeness: out.likeness(n, o) }).collect();
            out.of.push(likest(items, all));
        }
        out
    }

    /// How alike the words around two numbers are, in all their sentence.
    pub(super) fn sentence(&self, a: usize, b: usize) -> Overlap {
        overlap(&self.items[a].context, &self.items[b].context, |s| self.weigh(s))
    }

    /// The same of the words nearby, and close by.
    pub(super) fn nearby(&self, a: usize, b: usize) -> [Overlap; 2] {
        let (x, y) = (&self.items[a], &self.items[b]);
        [overlap(&x.nearby, &y.nearby, |s| self.weigh(s)), overlap(&x.close, &y.close, |s| self.weigh(s))]
    }

    /// The same of the words that tell what a number is of.
    pub(super) fn telling(&self, a: usize, b: usize) -> Overlap {
        overlap(&self.items[a].of, &self.items[b].of, |w| self.telling.get(w as usize).copied().unwrap_or_default())
    }

    fn weigh(&self, stem: u32) -> f32 {
        self.weight.get(&stem).copied().unwrap_or_default()
    }

    fn likeness(&self, a: usize, b: usize) -> f32 {
        self.sentence(a, b).cosine + self.nearby(a, b)[0].cosine + self.telling(a, b).cosine
    }

    /// The pairs to be compared: one is a neighbour of the other. In order, the earlier number first.
    pub(super) fn pairs(&self) -> Vec<(usize, usize)> {
        let each = self.of.iter().enumerate();
        let mut out: Vec<(usize, usize)> =
            each.flat_map(|(a, all)| all.iter().map(move |n| (a.min(n.item), a.max(n.item)))).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The neighbours of a number in one report, the likest first.
    pub(super) fn in_report(&self, item: usize, report: usize) -> &[Neighbour] {
        let all = &self.of[item];
        let from = all.partition_point(|n| self.items[n.item].report < report);
        let to = all.partition_point(|n| self.items[n.item].report <= report);
        &all[from..to]
    }

    /// How alike a pair is.
    pub(super) fn likeness_of(&self, a: usize, b: usize) -> f32 {
        let known = self.in_report(a, self.items[b].report).iter().find(|n| n.item == b);
        known.map_or_else(|| self.likeness(a, b), |n| n.likeness)
    }
}

/// The likest of each report, of all the likest.
fn likest(items: &[Item<'_>], mut all: Vec<Neighbour>) -> Vec<Neighbour> {
    let report = |n: &Neighbour| items[n.item].report;
    all.sort_by(|a, b| report(a).cmp(&report(b)).then(b.likeness.total_cmp(&a.likeness)).then(a.item.cmp(&b.item)));
    let mut kept: Vec<Neighbour> = Vec::new();
    for of_report in all.chunk_by(|a, b| report(a) == report(b)) {
        kept.extend(of_report.iter().take(NEIGHBOURS_A_REPORT));
    }
    if kept.len() > NEIGHBOURS {
        let mut by_likeness: Vec<f32> = kept.iter().map(|n| n.likeness).collect();
        by_likeness.sort_by(|a, b| b.total_cmp(a));
        let least = by_likeness[NEIGHBOURS - 1];
        kept.retain(|n| n.likeness >= least);
    }
    kept
}
