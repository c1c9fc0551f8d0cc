//! Which reports are one origin: those that share so much text that one cannot be heard as a second witness.

use std::collections::BTreeMap;

use super::passage::Match;
use crate::entity::Sets;

/// The share of the shorter report's own words that makes two reports one origin, as one in so many. Articles written
/// apart from each other share next to nothing beyond quotations; wire copies that were edited share a third.
const PART: usize = 5;

/// So many words at least, so that a standing phrase or two don't make an origin of two short notices.
const WORDS: usize = 40;

/// The reports in origins, each once, in order.
pub(super) fn origins(matches: &[Match], narrated: &[Vec<bool>]) -> Vec<Vec<usize>> {
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for found in matches {
        let [one, two] = &found.places;
        *shared.entry((one.report, two.report)).or_default() += found.narrated;
    }
    let own = |r: usize| narrated[r].iter().filter(|n| **n).count();
    let mut sets = Sets::new(narrated.len());
    for ((one, two), words) in shared {
        if words >= WORDS && words * PART >= own(one).min(own(two)) {
            sets.union(one, two);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for report in 0..narrated.len() {
        groups.entry(sets.find(report)).or_default().push(report);
    }
    groups.into_values().collect()
}
