//! One more report, placed with only those brought back that it could be placed beside.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{ReportId, StoryId};

use super::change::{Assignment, Kept};
use super::clusterer::Clusterer;
use super::digest::Digests;
use super::index::{REPORTS, bucket, in_time, rarest};
use super::profile::Profile;
use super::settings::Settings;
use super::story::LATEST;

/// What is asked of a database that keeps the reports, each by its number in the order in which they were assigned.
pub trait Archive {
    /// What goes wrong when it is asked.
    type Error;

    /// A report by its number; `None` where it is not there.
    ///
    /// # Errors
    /// The database cannot be read.
    fn report(&mut self, number: u32) -> Result<Option<Kept>, Self::Error>;

    /// The numbers of the reports of a story, in order; none where there is no such story.
    ///
    /// # Errors
    /// The database cannot be read.
    fn story(&mut self, story: &StoryId) -> Result<Vec<u32>, Self::Error>;

    /// The numbers of the reports that people put where they are.
    ///
    /// # Errors
    /// The database cannot be read.
    fn put_by_hand(&mut self) -> Result<Vec<u32>, Self::Error>;
}

impl Clusterer {
    /// Puts a report that is not in the archive into a story, just as one would that holds all the reports.
    ///
    /// `digests` are of all reports in the archive and of no other.
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn assign_beside<A: Archive>(
        settings: Settings,
        digests: &Digests,
        archive: &mut A,
        report: &ReportId,
        profile: &Profile,
    ) -> Result<Assignment, A::Error> {
        let mut clusterer = Clusterer::new(settings);
        digests.all().for_each(|digest| clusterer.frequencies.add_digest(digest));
        let mut known: BTreeSet<u32> = BTreeSet::new();
        let mut stories: BTreeSet<StoryId> = BTreeSet::new();
        for number in clusterer.candidates(digests, profile) {
            known.insert(number);
            if let Some(kept) = archive.report(number)? {
                stories.insert(kept.story.clone());
                clusterer.bring_back(number, kept);
            }
        }
        // A story that this report opened before it was taken out may live on without it.
        let mut id = StoryId::from_content(&[report.as_str()]);
        while !stories.contains(&id) && !archive.story(&id)?.is_empty() {
            stories.insert(id.clone());
            id = StoryId::from_content(&[report.as_str(), id.as_str()]);
        }
        let by_hand: BTreeSet<u32> = archive.put_by_hand()?.into_iter().collect();
        for story in stories {
            let all: Vec<u32> = archive.story(&story)?.into_iter().filter(|n| digests.day(*n).is_some()).collect();
            // The latest stand for a story, also after as many as may have left it; and what people put there counts.
            let latest = all.iter().rev().take(LATEST + 1 + clusterer.settings.second_looks);
            let wanted: BTreeSet<u32> = latest.chain(all.iter().filter(|n| by_hand.contains(n))).copied().collect();
            for number in wanted.into_iter().filter(|n| !known.contains(n)) {
                if let Some(kept) = archive.report(number)? {
                    clusterer.bring_back(number, kept);
                }
            }
            let mut days: BTreeMap<i32, u32> = BTreeMap::new();
            let dated = all.iter().filter_map(|n| digests.day(*n).flatten());
            dated.for_each(|day| *days.entry(day).or_default() += 1);
            clusterer.settle(&story, days);
        }
        Ok(clusterer.assign(report, profile))
    }

    /// The reports that are compared with a new one, by number.
    fn candidates(&mut self, digests: &Digests, profile: &Profile) -> BTreeSet<u32> {
        self.frequencies.add(profile);
        let vector = self.frequencies.weigh(profile);
        self.frequencies.remove(profile);
        let mut found = BTreeSet::new();
        for (term, _) in rarest(&vector) {
            let mut buckets: BTreeMap<i32, Vec<u32>> = BTreeMap::new();
            digests.with(term).for_each(|(number, day)| buckets.entry(bucket(day)).or_default().push(number));
            found.extend(in_time(&buckets, profile.day_number(), self.settings.horizon).take(REPORTS));
        }
        found
    }
}
