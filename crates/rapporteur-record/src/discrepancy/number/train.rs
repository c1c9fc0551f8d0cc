//! Pairs of numbers with their features, for fitting: the same code as in reading.

use rapporteur_schema::{Citation, Findings, Report};
use rapporteur_scorer::Features;

use super::like::Neighbours;
use super::{Numbers, pair};
use crate::claim;
use crate::claim::train::with;

/// Two numbers that reading would compare, and what is known of them.
pub struct NumberPair {
    /// The numbers with their nouns.
    pub places: [Citation; 2],
    /// Whether they can be the same number.
    pub fits: bool,
    /// What is known of them.
    pub features: Features,
}

/// The pairs of a story.
pub fn numbers(reports: &[Report], findings: &[Findings]) -> Vec<NumberPair> {
    with(reports, findings, |story| {
        let alignment = claim::align(story);
        let numbers = Numbers::of(story, &alignment);
        let near = Neighbours::find(&numbers.items, &alignment.weight);
        let pair = |(a, b): (usize, usize)| {
            let (x, y) = (&numbers.items[a], &numbers.items[b]);
            let features = pair::features(&numbers, &near, a, b);
            NumberPair { places: [x.found.at.clone(), y.found.at.clone()], fits: x.fits(y), features }
        };
        numbers.pairs(&near).into_iter().map(pair).collect()
    })
}
