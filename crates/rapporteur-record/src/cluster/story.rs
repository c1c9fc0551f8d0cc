//! A story as the clusterer holds it: its reports, their days, and the sum of the latest profiles.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::StoryId;

use super::profile::Profile;
use super::term::Term;

/// How many reports, the last to come, stand for a story: it may move on, and comparing with it costs no more when it is
/// large.
pub(super) const LATEST: usize = 6;

/// How many terms stand for a story, the weightiest. What one report of many alone has tells little of the story.
const TERMS: usize = 200;

/// The reports of one story; reports are numbered by arrival.
#[derive(Clone, Debug)]
pub(super) struct Story {
    pub(super) id: StoryId,
    pub(super) reports: BTreeSet<u32>,
    /// How many reports each day has.
    days: BTreeMap<i32, u32>,
    /// The weightiest terms of the latest, added up, by term.
    sum: Vec<(Term, u32)>,
}

impl Story {
    pub(super) fn new(id: StoryId) -> Self {
        Story { id, reports: BTreeSet::new(), days: BTreeMap::new(), sum: Vec::new() }
    }

    /// Takes in a report that is brought back, without adding up anew.
    pub(super) fn bring_back(&mut self, report: u32) {
        self.reports.insert(report);
    }

    /// Adds up what was brought back; the days are those of all its reports.
    pub(super) fn settle<'p>(&mut self, days: BTreeMap<i32, u32>, profile: impl Fn(u32) -> Option<&'p Profile>) {
        self.days = days;
        self.sum = self.sum_without(None, profile);
    }

    /// Takes a report in or out; `profile` gives the profile of any report.
    pub(super) fn add<'p>(&mut self, report: u32, profile: impl Fn(u32) -> Option<&'p Profile>) {
        if let Some(day) = profile(report).and_then(Profile::day_number) {
            *self.days.entry(day).or_default() += 1;
        }
        self.reports.insert(report);
        self.sum = self.sum_without(None, profile);
    }

    /// Takes a report out.
    pub(super) fn remove<'p>(&mut self, report: u32, profile: impl Fn(u32) -> Option<&'p Profile>) {
        if let Some(day) = profile(report).and_then(Profile::day_number) {
            let left = self.days.get(&day).map_or(0, |n| n.saturating_sub(1));
            match left {
                0 => self.days.remove(&day),
                n => self.days.insert(day, n),
            };
        }
        self.reports.remove(&report);
        self.sum = self.sum_without(None, profile);
    }

    /// The latest profiles added up, by term.
    pub(super) fn sum(&self) -> &[(Term, u32)] {
        &self.sum
    }

    /// The same as if this report were not in the story. Nothing is kept from one time to the next: the sum follows
    /// from the reports and their order alone.
    pub(super) fn sum_without<'p>(
        &self,
        report: Option<u32>,
        profile: impl Fn(u32) -> Option<&'p Profile>,
    ) -> Vec<(Term, u32)> {
        let latest = self.reports.iter().rev().copied().filter(|r| Some(*r) != report).take(LATEST);
        let terms = latest.filter_map(profile).flat_map(|p| p.terms().iter().map(|&(t, w)| (t, u32::from(w))));
        let mut all: Vec<(Term, u32)> = terms.collect();
        all.sort_unstable();
        let sum = |same: &[(Term, u32)]| (same[0].0, same.iter().map(|(_, w)| w).sum::<u32>());
        let mut sums: Vec<(Term, u32)> = all.chunk_by(|a, b| a.0 == b.0).map(sum).collect();
        if sums.len() > TERMS {
            sums.select_nth_unstable_by(TERMS, |a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            sums.truncate(TERMS);
            sums.sort_unstable();
        }
        sums
    }

    /// Days between this day and the nearest of the story's, leaving out one report of `without`.
    pub(super) fn distance(&self, day: i32, without: Option<i32>) -> Option<i32> {
        let stays = |(&d, &n): (&i32, &u32)| (Some(d) != without || n > 1).then_some(d);
        let before = self.days.range(..=day).rev().find_map(stays).map(|d| day - d);
        let after = self.days.range(day..).find_map(stays).map(|d| d - day);
        before.into_iter().chain(after).min()
    }
}
