//! Finds the reports that share rare words with a report and are near to it in time, looking at so many at most.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::profile::Profile;
use super::term::Term;

/// Days of one bucket. Old buckets are never looked at again: that is how stories fade out of the index.
const BUCKET: i32 = 32;

/// How many of the rarest words of a report are looked up.
const TERMS: usize = 32;

/// How many reports are looked at for each, the nearest in time first. A word that more have tells little.
pub(super) const REPORTS: usize = 32;

/// The bucket of reports whose day is not known.
const UNDATED: i32 = i32::MIN;

/// For each word the reports that have it, by time and then by arrival.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    postings: FxHashMap<Term, BTreeMap<i32, Vec<u32>>>,
}

pub(super) fn bucket(day: Option<i32>) -> i32 {
    day.map_or(UNDATED, |d| d.div_euclid(BUCKET))
}

impl Index {
    pub(super) fn add(&mut self, report: u32, profile: &Profile) {
        let bucket = bucket(profile.day_number());
        for (term, _) in profile.terms() {
            let reports = self.postings.entry(*term).or_default().entry(bucket).or_default();
            // The last to arrive stands last, also where it is brought back late.
            let at = if reports.last().is_none_or(|last| *last < report) {
                reports.len()
            } else {
                reports.partition_point(|r| *r < report)
            };
            reports.insert(at, report);
        }
    }

    pub(super) fn remove(&mut self, report: u32, profile: &Profile) {
        let bucket = bucket(profile.day_number());
        for (term, _) in profile.terms() {
            let Some(buckets) = self.postings.get_mut(term) else { continue };
            if let Some(reports) = buckets.get_mut(&bucket) {
                reports.retain(|&r| r != report);
                if reports.is_empty() {
                    buckets.remove(&bucket);
                }
            }
        }
    }

    /// The reports that share the weightiest words of this vector, with what those words alone make alike; by report.
    pub(super) fn near(&self, vector: &[(Term, f64)], day: Option<i32>, horizon: i32) -> Vec<(u32, f64)> {
        let mut found: Vec<(u32, f64)> = Vec::new();
        for (term, weight) in rarest(vector) {
            let Some(buckets) = self.postings.get(&term) else { continue };
            let reports = in_time(buckets, day, horizon).take(REPORTS);
            found.extend(reports.map(|r| (r, weight * weight)));
        }
        found.sort_by_key(|(report, _)| *report);
        found.chunk_by(|a, b| a.0 == b.0).map(|same| (same[0].0, same.iter().map(|(_, w)| w).sum())).collect()
    }
}

/// The words by which reports are looked up: the weightiest of a vector.
pub(super) fn rarest(vector: &[(Term, f64)]) -> Vec<(Term, f64)> {
    let mut rarest: Vec<(Term, f64)> = vector.to_vec();
    rarest.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    rarest.truncate(TERMS);
    rarest
}

/// The reports of a word from the nearest bucket outwards, late arrivals first; of those without a day half as many as
/// it takes, so that neither kind crowds out the other.
pub(super) fn in_time(buckets: &BTreeMap<i32, Vec<u32>>, day: Option<i32>, horizon: i32) -> impl Iterator<Item = u32> {
    let late_first = |reports: &Vec<u32>| reports.iter().rev().copied().collect::<Vec<_>>();
    let undated = buckets.get(&UNDATED).map(late_first).unwrap_or_default().into_iter().take(REPORTS / 2);
    let mut dated: Vec<(i32, &Vec<u32>)> = match day {
        None => buckets.range(UNDATED + 1..).rev().take(REPORTS).map(|(_, r)| (0, r)).collect(),
        Some(day) => {
            let (first, last) = (bucket(Some(day - horizon)), bucket(Some(day + horizon)));
            let here = bucket(Some(day));
            buckets.range(first..=last).rev().map(|(&b, r)| ((b - here).abs(), r)).collect()
        }
    };
    dated.sort_by_key(|(distance, _)| *distance);
    undated.chain(dated.into_iter().flat_map(|(_, reports)| reports.iter().rev().copied()))
}
