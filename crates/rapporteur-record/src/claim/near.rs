//! Which sentences of other reports a sentence is like: TF-IDF over stems, through an index.
//!
//! A term counts by how rare it is in the story itself (its sentences are the documents), so that "tariff" tells nothing among
//! reports of tariffs. Terms that very many sentences share propose nothing by themselves: the work stays near linear in the number
//! of sentences. Where hundreds of reports use the same words, most terms are such; then two of them together propose.

use std::collections::BTreeMap;

use super::unit::Unit;
use crate::words::QuickMap;

/// Sentences that a term proposes at most: what more share is no help.
const MOST_SHARING: usize = 256;

/// Neighbours of a sentence in one other report, and in all together.
const NEIGHBOURS_A_REPORT: usize = 4;
const NEIGHBOURS: usize = 48;

/// Terms of a sentence that are few enough to propose: with fewer it is crowded in.
const LEAST_RARE: usize = 3;
/// The weightiest terms of a crowded sentence, of which each two propose.
const HEAVIEST: usize = 4;
/// Sentences before and after it that two terms propose, in the order of what they say: those of the same words lie side by side.
const REACH: usize = 8;

/// A sentence of another report, and how like it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Neighbour {
    pub(crate) unit: usize,
    /// The cosine of the weighted terms.
    pub(crate) cosine: f32,
    /// The weight of the terms that both have.
    pub(crate) shared: f32,
    /// Its place among the neighbours in its report, from 0.
    pub(crate) rank: usize,
    /// By how much it is nearer than the next in its report, at most 1.
    pub(crate) margin: f32,
}

/// The neighbours of every sentence, those of one report together, the nearest of each first.
pub(crate) struct Near {
    pub(crate) of: Vec<Vec<Neighbour>>,
    /// How much a stem weighs.
    pub(crate) weight: QuickMap<u32, f32>,
    /// The weight of all terms of each sentence.
    pub(crate) total: Vec<f32>,
}

impl Near {
    /// Compares all sentences with those that share a term with them.
    pub(crate) fn find(units: &[Unit]) -> Self {
        let mut sharing: QuickMap<u32, Vec<u32>> = QuickMap::default();
        for (n, unit) in units.iter().enumerate() {
            for &stem in &unit.stems {
                sharing.entry(stem).or_default().push(n as u32);
            }
        }
        let count = units.len() as f32;
        let weight: QuickMap<u32, f32> =
            sharing.iter().map(|(&stem, all)| (stem, ((count + 1.0) / (all.len() as f32 + 0.5)).ln())).collect();
        let weigh = |stem: &u32| weight.get(stem).copied().unwrap_or(0.0);
        let total: Vec<f32> = units.iter().map(|u| u.stems.iter().map(weigh).sum()).collect();
        let length: Vec<f32> =
            units.iter().map(|u| u.stems.iter().map(|s| weigh(s).powi(2)).sum::<f32>().sqrt().max(1e-6)).collect();
        let most = MOST_SHARING.min((units.len() / 3).max(60));
        let crowd = if units.len() / 3 > MOST_SHARING { crowded(units, &sharing, most) } else { Vec::new() };
        let mut sums = vec![[0.0f32; 2]; units.len()];
        let mut of = Vec::with_capacity(units.len());
        for (n, unit) in units.iter().enumerate() {
            let mut met: Vec<u32> = Vec::new();
            for stem in &unit.stems {
                let all = &sharing[stem];
                if all.len() > most {
                    continue;
                }
                let weight = weigh(stem);
                for &other in all.iter().filter(|&&o| units[o as usize].report != unit.report) {
                    let sum = &mut sums[other as usize];
                    if sum[1] == 0.0 {
                        met.push(other);
                    }
                    *sum = [sum[0] + weight * weight, sum[1] + weight];
                }
            }
            let mut all: Vec<Neighbour> = met
                .iter()
                .map(|&other| {
                    let [dot, shared] = std::mem::take(&mut sums[other as usize]);
                    let cosine = dot / (length[n] * length[other as usize]);
                    Neighbour { unit: other as usize, cosine, shared, rank: 0, margin: 0.0 }
                })
                .collect();
            for &other in crowd.get(n).into_iter().flatten() {
                if all.iter().all(|one| one.unit != other as usize) {
                    let [dot, shared] = in_common(unit, &units[other as usize], weigh);
                    let cosine = dot / (length[n] * length[other as usize]);
                    all.push(Neighbour { unit: other as usize, cosine, shared, rank: 0, margin: 0.0 });
                }
            }
            all.sort_by(|a, b| {
                let report = |x: &Neighbour| units[x.unit].report;
                report(a).cmp(&report(b)).then(b.cosine.total_cmp(&a.cosine)).then(a.unit.cmp(&b.unit))
            });
            of.push(nearest(units, all));
        }
        Near { of, weight, total }
    }
}

/// For each sentence the others that two of its weightiest terms propose, where too few of its terms propose alone.
fn crowded(units: &[Unit], sharing: &QuickMap<u32, Vec<u32>>, most: usize) -> Vec<Vec<u32>> {
    let mut by_two: BTreeMap<[u32; 2], Vec<u32>> = BTreeMap::new();
    for (n, unit) in units.iter().enumerate() {
        if unit.stems.iter().filter(|stem| sharing[stem].len() <= most).count() >= LEAST_RARE {
            continue;
        }
        let mut heaviest = unit.stems.clone();
        heaviest.sort_by_key(|stem| (sharing[stem].len(), *stem));
        heaviest.truncate(HEAVIEST);
        for (at, &one) in heaviest.iter().enumerate() {
            for &two in &heaviest[at + 1..] {
                by_two.entry([one.min(two), one.max(two)]).or_default().push(n as u32);
            }
        }
    }
    let mut of: Vec<Vec<u32>> = vec![Vec::new(); units.len()];
    for mut all in by_two.into_values() {
        all.sort_by(|&a, &b| units[a as usize].stems.cmp(&units[b as usize].stems).then(a.cmp(&b)));
        for (at, &one) in all.iter().enumerate() {
            let after = all.iter().skip(at + 1).take(REACH);
            for &two in after.filter(|&&two| units[two as usize].report != units[one as usize].report) {
                of[one as usize].push(two);
                of[two as usize].push(one);
            }
        }
    }
    for all in &mut of {
        all.sort_unstable();
        all.dedup();
    }
    of
}

/// The weights of the terms that two sentences share: their squares, and themselves, summed.
fn in_common(a: &Unit, b: &Unit, weigh: impl Fn(&u32) -> f32) -> [f32; 2] {
    let shared = a.stems.iter().filter(|stem| b.stems.binary_search(stem).is_ok()).map(weigh);
    shared.fold([0.0; 2], |[dot, sum], weight| [dot + weight * weight, sum + weight])
}

/// The nearest of each report, of all the nearest.
fn nearest(units: &[Unit], all: Vec<Neighbour>) -> Vec<Neighbour> {
    let mut kept: Vec<Neighbour> = Vec::new();
    for of_report in all.chunk_by(|a, b| units[a.unit].report == units[b.unit].report) {
        for (rank, one) in of_report.iter().take(NEIGHBOURS_A_REPORT).enumerate() {
            // The first is compared with the second, all others with the first.
            let rival = of_report.get(usize::from(rank == 0)).map_or(0.0, |r| r.cosine);
            kept.push(Neighbour { rank, margin: one.cosine - rival, ..*one });
        }
    }
    if kept.len() > NEIGHBOURS {
        let mut by_cosine: Vec<f32> = kept.iter().map(|n| n.cosine).collect();
        by_cosine.sort_by(|a, b| b.total_cmp(a));
        let least = by_cosine[NEIGHBOURS - 1];
        kept.retain(|n| n.cosine >= least);
    }
    kept
}
