//! Fitting scorers: the same examples give the same model on every run.

mod linear;
mod trees;

use std::collections::BTreeMap;

use super::Features;
pub use linear::{Linear, fit_linear};
pub use trees::{Trees, fit_trees};

/// A candidate of which it is known whether it is right.
#[derive(Clone, Debug)]
pub struct Example {
    /// What is known of it.
    pub features: Features,
    /// Whether it is right.
    pub right: bool,
    /// How much it counts: 1 for one like any other.
    pub weight: f32,
    /// Candidates of the same number, one after the other, are rivals: the model learns to score the right ones above the others. Without
    /// a number it learns whether a candidate is right by itself.
    pub group: Option<u32>,
}

impl Example {
    /// An example that counts 1 and stands by itself.
    pub fn new(features: Features, right: bool) -> Self {
        Self { features, right, weight: 1.0, group: None }
    }
}

/// Examples as rows of columns with numbers, for the names that occur in at least `least` of them.
struct Table {
    names: Vec<String>,
    rows: Vec<Vec<(u32, f32)>>,
}

impl Table {
    fn new(examples: &[Example], least: usize) -> Self {
        let row = |example: &Example| {
            let mut row: BTreeMap<String, f32> = BTreeMap::new();
            example.features.iter().for_each(|(name, value)| *row.entry(name.to_owned()).or_default() += value);
            row
        };
        let rows: Vec<BTreeMap<String, f32>> = examples.iter().map(row).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        rows.iter().flat_map(BTreeMap::keys).for_each(|name| *counts.entry(name).or_default() += 1);
        let names: Vec<String> =
            counts.into_iter().filter(|(_, count)| *count >= least).map(|(name, _)| name.to_owned()).collect();
        let number = |name: &String| names.binary_search(name).ok().map(|n| n as u32);
        let rows = rows.iter().map(|row| row.iter().filter_map(|(n, v)| Some((number(n)?, *v))).collect()).collect();
        Self { names, rows }
    }
}

/// The loss at these scores, and for each example its first and second derivative by the score.
fn loss(examples: &[Example], scores: &[f64], slopes: &mut [[f64; 2]]) -> f64 {
    let mut sum = 0.0;
    let mut at = 0;
    while at < examples.len() {
        let group = examples[at].group;
        let rivals = examples[at..].iter().take_while(|e| group.is_some() && e.group == group).count().max(1);
        let part = at..at + rivals;
        sum += if group.is_some() {
            among(&examples[part.clone()], &scores[part.clone()], &mut slopes[part])
        } else {
            alone(&examples[at], scores[at], &mut slopes[at])
        };
        at += rivals;
    }
    sum
}

/// One candidate by itself: right or not.
fn alone(example: &Example, score: f64, slope: &mut [f64; 2]) -> f64 {
    let (right, weight) = (f64::from(u8::from(example.right)), f64::from(example.weight));
    let p = 1.0 / (1.0 + (-score).exp());
    *slope = [weight * (p - right), weight * (p * (1.0 - p)).max(1e-12)];
    // log(1 + e^x) without overflow.
    weight * (score.max(0.0) + (-score.abs()).exp().ln_1p() - right * score)
}

/// Rivals: the right ones' share of the whole. A group with none that is right teaches nothing.
fn among(examples: &[Example], scores: &[f64], slopes: &mut [[f64; 2]]) -> f64 {
    let right = examples.iter().filter(|e| e.right).count();
    if right == 0 {
        slopes.fill([0.0, 1e-12]);
        return 0.0;
    }
    let most = scores.iter().copied().fold(f64::MIN, f64::max);
    let whole: f64 = scores.iter().map(|s| (s - most).exp()).sum();
    let mut sum = 0.0;
    for ((example, score), slope) in examples.iter().zip(scores).zip(slopes) {
        let weight = f64::from(example.weight);
        let p = (score - most).exp() / whole;
        let share = if example.right { 1.0 / right as f64 } else { 0.0 };
        *slope = [weight * (p - share), weight * (p * (1.0 - p)).max(1e-12)];
        sum -= weight * share * (score - most - whole.ln());
    }
    sum
}
