//! How rare a word is, counted from the reports kept.

use rustc_hash::FxHashMap;

use super::digest::Digest;
use super::profile::Profile;
use super::term::Term;

/// As if so many reports without any of the words had been read before the first: else every word of the first reports
/// would be common.
const BEFORE: u32 = 20;

/// In how many reports each word stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Frequencies {
    reports: u32,
    of: FxHashMap<Term, u32>,
    /// The logarithms of 1, 2, 3 and so on: a report is compared with thousands of words.
    logarithms: Vec<f64>,
}

impl Frequencies {
    /// Counts all reports of a digest.
    pub(super) fn add_digest(&mut self, digest: &Digest) {
        self.count(digest.len());
        digest.counts().for_each(|(term, n)| *self.of.entry(term).or_default() += n);
    }

    fn count(&mut self, reports: u32) {
        self.reports += reports;
        let (known, needed) = (self.logarithms.len() as u32, self.reports + BEFORE);
        self.logarithms.extend((known..needed).map(|n| f64::from(n + 1).ln()));
    }

    pub(super) fn add(&mut self, profile: &Profile) {
        self.count(1);
        profile.terms().iter().for_each(|(t, _)| *self.of.entry(*t).or_default() += 1);
    }

    pub(super) fn remove(&mut self, profile: &Profile) {
        self.reports = self.reports.saturating_sub(1);
        for (term, _) in profile.terms() {
            if let Some(n) = self.of.get_mut(term) {
                *n = n.saturating_sub(1);
            }
        }
    }

    /// The weight of a word by its rarity: the logarithm of how many reports there are to one that has it.
    pub(super) fn rarity(&self, term: Term) -> f64 {
        let with = self.of.get(&term).copied().unwrap_or(0);
        self.logarithm(self.reports + BEFORE) - self.logarithm(with + 1)
    }

    fn logarithm(&self, n: u32) -> f64 {
        self.logarithms.get(n as usize - 1).copied().unwrap_or(0.0)
    }

    /// A profile with each word weighed by its rarity, as a vector of length one.
    pub(super) fn weigh(&self, profile: &Profile) -> Vec<(Term, f64)> {
        let weigh = |&(t, w): &(Term, u16)| (t, f64::from(w) * self.rarity(t));
        let mut vector: Vec<(Term, f64)> = profile.terms().iter().map(weigh).collect();
        let length = vector.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
        if length > 0.0 {
            vector.iter_mut().for_each(|(_, w)| *w /= length);
        }
        vector
    }
}
