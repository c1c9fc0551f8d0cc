//! Assigns reports to stories as they come in.

use std::collections::BTreeMap;

use rapporteur_schema::{ReportId, StoryId};

use super::change::{Assignment, Kept, Move};
use super::fit::cosine;
use super::frequency::Frequencies;
use super::index::Index;
use super::profile::Profile;
use super::settings::Settings;
use super::story::Story;
use super::term::Term;

/// How many stories are compared with a report, those that share most with it.
const STORIES: usize = 8;

/// Groups reports into stories, one report at a time, in whatever order of dates they come.
///
/// # Example
/// ```
/// use rapporteur_record::cluster::{Clusterer, Profile};
/// use rapporteur_schema::ReportId;
///
/// let mut stories = Clusterer::default();
/// // A profile is made of a report with `Profile::of`; this one is empty and fits nothing.
/// let first = stories.assign(&ReportId::new("r1"), &Profile::default());
/// assert!(first.opened);
/// assert_eq!(stories.reports(&first.story), [&ReportId::new("r1")]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Clusterer {
    pub(super) settings: Settings,
    pub(super) frequencies: Frequencies,
    index: Index,
    /// By arrival; a report that was forgotten leaves a gap.
    reports: Vec<Option<Placed>>,
    numbers: BTreeMap<ReportId, u32>,
    stories: Vec<Option<Story>>,
    slots: BTreeMap<StoryId, usize>,
}

/// A report and the slot of its story.
#[derive(Clone, Debug)]
struct Placed {
    id: ReportId,
    profile: Profile,
    story: usize,
    /// The story people took it from, if it was people who put it where it is.
    taken_from: Option<StoryId>,
}

/// How well a report fits the story of this slot.
#[derive(Clone, Copy, Debug)]
struct Fit {
    story: usize,
    score: f64,
}

impl Clusterer {
    /// An empty one with other settings than the usual.
    pub fn new(settings: Settings) -> Self {
        Clusterer { settings, ..Clusterer::default() }
    }

    /// One that holds these reports, given in the order in which they were assigned, and goes on just as the one did
    /// that assigned them.
    pub fn restore(settings: Settings, kept: impl IntoIterator<Item = Kept>) -> Self {
        let mut clusterer = Clusterer::new(settings);
        kept.into_iter().for_each(|kept| clusterer.take_in(kept));
        clusterer
    }

    /// Takes in a report that another clusterer assigned, in the order in which it did.
    pub fn take_in(&mut self, kept: Kept) {
        let Kept { report, profile, story, taken_from } = kept;
        self.forget(&report);
        let slot = self.slot(story);
        self.place(report, profile, slot, taken_from);
    }

    /// Puts a report into the story it fits best, or into a new one.
    ///
    /// One that was assigned before is assigned anew with its new profile, unless people put it where it is.
    pub fn assign(&mut self, report: &ReportId, profile: &Profile) -> Assignment {
        let by_hand = |p: &Placed| Some((p.taken_from.clone()?, self.story(p.story)?.id.clone()));
        let (taken_from, held) = self.placed_as(report).and_then(by_hand).unzip();
        self.forget(report);
        // The report counts among those that say how rare its words are.
        self.frequencies.add(profile);
        let vector = self.frequencies.weigh(profile);
        let near = self.index.near(&vector, profile.day_number(), self.settings.horizon);
        let fits = self.fits(&vector, profile.day_number(), &near);
        self.frequencies.remove(profile);

        let bar = self.settings.bar(fits.iter().skip(1).map(|f| f.score));
        let best = fits.first().filter(|f| f.score >= bar).and_then(|f| self.story(f.story)).map(|s| s.id.clone());
        let opened = held.is_none() && best.is_none();
        let story = held.or(best).unwrap_or_else(|| self.unused_id(report));
        let named = |f: &Fit| Some((self.story(f.story)?.id.clone(), f.score));
        let runner_up = fits.iter().filter_map(named).find(|(id, _)| *id != story);
        let score = fits.first().map_or(0.0, |f| f.score);
        let slot = self.slot(story.clone());
        self.place(report.clone(), profile.clone(), slot, taken_from);
        let moved = self.reassign_neighbours(slot, &vector, profile.day_number(), &near, &fits);
        Assignment { story, opened, score, bar, runner_up, moved }
    }

    /// Takes a report out, as if it had never been. Whether there was one.
    pub fn forget(&mut self, report: &ReportId) -> bool {
        let Some(number) = self.numbers.get(report).copied() else { return false };
        self.remove_from_story(number);
        self.numbers.remove(report);
        if let Some(placed) = self.reports[number as usize].take() {
            self.frequencies.remove(&placed.profile);
            self.index.remove(number, &placed.profile);
        }
        true
    }

    /// Puts a report into this story by hand, where it stays. `None` if the report is not here; else the move.
    ///
    /// The story need not exist yet.
    pub fn move_to(&mut self, report: &ReportId, story: &StoryId) -> Option<Move> {
        let number = *self.numbers.get(report)?;
        let from = self.story_of(report)?.clone();
        // The slot first: a story may lose its only report and get it back.
        let slot = self.slot(story.clone());
        self.put(number, slot);
        self.reports[number as usize].as_mut()?.taken_from = Some(from.clone());
        Some(Move { report: report.clone(), from, to: story.clone() })
    }

    /// Gives a report a story of its own by hand. `None` if the report is not here; else the move.
    pub fn move_out(&mut self, report: &ReportId) -> Option<Move> {
        let story = self.unused_id(report);
        self.move_to(report, &story)
    }

    /// Puts all reports of one story into another by hand; the first story is no more.
    pub fn merge(&mut self, from: &StoryId, into: &StoryId) -> Vec<Move> {
        let reports: Vec<ReportId> = self.reports(from).into_iter().cloned().collect();
        reports.iter().filter_map(|r| self.move_to(r, into)).collect()
    }

    /// The story of a report.
    pub fn story_of(&self, report: &ReportId) -> Option<&StoryId> {
        self.placed_as(report).and_then(|p| self.story(p.story)).map(|s| &s.id)
    }

    /// The reports of a story, in the order in which they came.
    pub fn reports(&self, story: &StoryId) -> Vec<&ReportId> {
        let reports = self.slots.get(story).and_then(|&slot| self.story(slot)).into_iter().flat_map(|s| &s.reports);
        reports.filter_map(|&r| self.placed(r)).map(|p| &p.id).collect()
    }

    /// All stories, by id.
    pub fn stories(&self) -> impl Iterator<Item = &StoryId> {
        self.slots.keys()
    }

    /// The reports of a story, the one that says most of what the others say first.
    pub fn by_centrality(&self, story: &StoryId) -> Vec<&ReportId> {
        let Some(story) = self.slots.get(story).and_then(|&slot| self.story(slot)) else { return Vec::new() };
        let central = |&number: &u32| {
            let placed = self.placed(number)?;
            let vector = self.frequencies.weigh(&placed.profile);
            Some((cosine(&vector, story.sum(), &self.frequencies), &placed.id))
        };
        let mut reports: Vec<(f64, &ReportId)> = story.reports.iter().filter_map(central).collect();
        reports.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        reports.into_iter().map(|(_, id)| id).collect()
    }

    /// What to call a story: the title of its most central report that has one.
    pub fn label(&self, story: &StoryId, title: impl Fn(&ReportId) -> Option<String>) -> Option<String> {
        self.by_centrality(story).into_iter().filter_map(title).find(|t| !t.trim().is_empty())
    }

    fn placed(&self, number: u32) -> Option<&Placed> {
        self.reports.get(number as usize)?.as_ref()
    }

    fn placed_as(&self, report: &ReportId) -> Option<&Placed> {
        self.placed(*self.numbers.get(report)?)
    }

    fn story(&self, slot: usize) -> Option<&Story> {
        self.stories.get(slot)?.as_ref()
    }

    /// The slot of this story, which is opened if need be.
    fn slot(&mut self, story: StoryId) -> usize {
        *self.slots.entry(story).or_insert_with_key(|id| {
            self.stories.push(Some(Story::new(id.clone())));
            self.stories.len() - 1
        })
    }

    /// The id of a story that this report opens. It may have opened one before and been moved out of it.
    fn unused_id(&self, report: &ReportId) -> StoryId {
        let mut id = StoryId::from_content(&[report.as_str()]);
        while self.slots.contains_key(&id) {
            id = StoryId::from_content(&[report.as_str(), id.as_str()]);
        }
        id
    }

    /// Takes in a report that is not here.
    fn place(&mut self, report: ReportId, profile: Profile, story: usize, taken_from: Option<StoryId>) {
        let number = u32::try_from(self.reports.len()).unwrap_or(u32::MAX);
        self.frequencies.add(&profile);
        self.index.add(number, &profile);
        self.numbers.insert(report.clone(), number);
        self.reports.push(Some(Placed { id: report, profile, story, taken_from }));
        let Clusterer { stories, reports, .. } = self;
        if let Some(story) = stories[story].as_mut() {
            story.add(number, |r| profile_of(reports, r));
        }
    }

    /// Brings back a report that counts already among those that say how rare words are.
    pub(super) fn bring_back(&mut self, number: u32, kept: Kept) {
        let Kept { report, profile, story, taken_from } = kept;
        let slot = self.slot(story);
        self.index.add(number, &profile);
        self.numbers.insert(report.clone(), number);
        let at = number as usize;
        if self.reports.len() <= at {
            self.reports.resize_with(at + 1, || None);
        }
        self.reports[at] = Some(Placed { id: report, profile, story: slot, taken_from });
        if let Some(story) = self.stories[slot].as_mut() {
            story.bring_back(number);
        }
    }

    /// Makes a story of what was brought back of it, and of the days of all its reports.
    pub(super) fn settle(&mut self, story: &StoryId, days: BTreeMap<i32, u32>) {
        let slot = self.slot(story.clone());
        let Clusterer { stories, reports, .. } = self;
        if let Some(story) = stories[slot].as_mut() {
            story.settle(days, |r| profile_of(reports, r));
        }
    }

    /// Takes a report out of its story, which is no more if it was the last.
    fn remove_from_story(&mut self, number: u32) {
        let Clusterer { stories, reports, slots, .. } = self;
        let Some(slot) = reports[number as usize].as_ref().map(|p| p.story) else { return };
        let Some(story) = stories[slot].as_mut() else { return };
        story.remove(number, |r| profile_of(reports, r));
        if story.reports.is_empty() {
            slots.remove(&story.id);
            stories[slot] = None;
        }
    }

    /// Puts a report from its story into another.
    fn put(&mut self, number: u32, slot: usize) {
        if self.placed(number).is_none_or(|p| p.story == slot) {
            return;
        }
        self.remove_from_story(number);
        let Clusterer { stories, reports, .. } = self;
        if let Some(placed) = reports[number as usize].as_mut() {
            placed.story = slot;
        }
        if let Some(story) = stories[slot].as_mut() {
            story.add(number, |r| profile_of(reports, r));
        }
    }

    /// How well a report fits the stories that share most with it, the best first.
    fn fits(&self, vector: &[(Term, f64)], day: Option<i32>, near: &[(u32, f64)]) -> Vec<Fit> {
        // What the likest report of each story shares.
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for &(report, alike) in near {
            let Some(placed) = self.placed(report) else { continue };
            let most = shared.entry(placed.story).or_default();
            *most = most.max(alike);
        }
        let mut stories: Vec<Fit> = shared.into_iter().map(|(story, score)| Fit { story, score }).collect();
        self.sort(&mut stories);
        stories.truncate(STORIES);
        stories.iter_mut().for_each(|f| f.score = self.score(vector, day, f.story));
        self.sort(&mut stories);
        stories
    }

    /// The best first; what is equal by id, for slots depend on what was forgotten.
    fn sort(&self, fits: &mut [Fit]) {
        let id = |f: &Fit| self.story(f.story).map(|s| &s.id);
        fits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| id(a).cmp(&id(b))));
    }

    /// How well a report that is in no story fits this one.
    fn score(&self, vector: &[(Term, f64)], day: Option<i32>, story: usize) -> f64 {
        let Some(story) = self.story(story) else { return 0.0 };
        let days = day.and_then(|d| story.distance(d, None));
        self.settings.after(days) * cosine(vector, story.sum(), &self.frequencies)
    }

    /// How well a report fits the rest of the story it stands in; 0 where it stands alone.
    fn score_at_home(&self, vector: &[(Term, f64)], number: u32) -> f64 {
        let Some((placed, story)) = self.placed(number).and_then(|p| Some((p, self.story(p.story)?))) else {
            return 0.0;
        };
        if story.reports.len() < 2 {
            return 0.0;
        }
        let day = placed.profile.day_number();
        let days = day.and_then(|d| story.distance(d, day));
        let rest = story.sum_without(Some(number), |r| profile_of(&self.reports, r));
        self.settings.after(days) * cosine(vector, &rest, &self.frequencies)
    }

    /// Lets the nearest reports of other stories join the story of a new one, if they fit it better than their own.
    fn reassign_neighbours(
        &mut self,
        slot: usize,
        vector: &[(Term, f64)],
        day: Option<i32>,
        near: &[(u32, f64)],
        fits: &[Fit],
    ) -> Vec<Move> {
        let mut moved = Vec::new();
        for number in self.nearest_elsewhere(slot, vector, day, near) {
            let Some(placed) = self.placed(number) else { continue };
            let (report, home, its_day) = (placed.id.clone(), placed.story, placed.profile.day_number());
            let its_vector = self.frequencies.weigh(&placed.profile);
            let (here, at_home) = (self.score(&its_vector, its_day, slot), self.score_at_home(&its_vector, number));
            if here <= at_home {
                continue;
            }
            let others = fits.iter().filter(|f| f.story != slot && f.story != home);
            let mut others: Vec<f64> =
                others.map(|f| self.score(&its_vector, its_day, f.story)).chain([at_home]).collect();
            others.sort_by(|a, b| b.total_cmp(a));
            if here < others[0] || here < self.settings.bar(others.into_iter()) {
                continue;
            }
            let Some((from, to)) = self.story(home).zip(self.story(slot)) else { continue };
            if self.parted(from, to) || self.parted(to, from) {
                continue;
            }
            let (from, to) = (from.id.clone(), to.id.clone());
            self.put(number, slot);
            moved.push(Move { report, from, to });
        }
        moved
    }

    /// Whether people took a report out of the one story and put it into the other: they are two stories then.
    fn parted(&self, from: &Story, to: &Story) -> bool {
        to.reports.iter().filter_map(|&r| self.placed(r)).any(|p| p.taken_from.as_ref() == Some(&from.id))
    }

    /// The reports of other stories that are likest to a new one, the likest first, but for those put there by hand.
    fn nearest_elsewhere(
        &self,
        slot: usize,
        vector: &[(Term, f64)],
        day: Option<i32>,
        near: &[(u32, f64)],
    ) -> Vec<u32> {
        let free = |&&(r, _): &&(u32, f64)| self.placed(r).is_some_and(|p| p.story != slot && p.taken_from.is_none());
        let mut elsewhere: Vec<(u32, f64)> = near.iter().filter(free).copied().collect();
        let likest_first = |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        elsewhere.sort_by(likest_first);
        elsewhere.truncate(4 * self.settings.second_looks);
        for (report, alike) in &mut elsewhere {
            let Some(placed) = self.placed(*report) else { continue };
            let days = day.zip(placed.profile.day_number()).map(|(a, b)| (a - b).abs());
            *alike = self.settings.after(days) * cosine(vector, placed.profile.terms(), &self.frequencies);
        }
        elsewhere.sort_by(likest_first);
        elsewhere.into_iter().take(self.settings.second_looks).map(|(r, _)| r).collect()
    }
}

fn profile_of(reports: &[Option<Placed>], number: u32) -> Option<&Profile> {
    reports.get(number as usize)?.as_ref().map(|p| &p.profile)
}
