//! Which stories the kept reports tell.

use std::collections::BTreeMap;

use rapporteur_brief::words::{clean, clip};
use rapporteur_dossier::{Member, Scope, StoredHead, StoryRow, Writing};
use rapporteur_record::cluster::{self, Archive, Clusterer, Digest, Digests, Profile, Settings};
use rapporteur_schema::{Findings, Report, ReportId, StoryId};

use super::Store;
use crate::Error;

/// Letters of the words that name a story where no report has a title, at most.
const MAX_OPENING: usize = 90;

/// How many reports stand in one digest.
const BLOCK: i64 = 256;

/// How many reports are placed with only what is near them brought back, before all are: a command that adds a few does not
/// wait for all, and one that adds many does not bring back the same again and again.
const FEW: usize = 6;

/// Groups reports as they come in; knows of all that were grouped before, also by other processes.
#[derive(Debug, Default)]
pub(super) struct StoryAssigner {
    /// How many reports were placed without it.
    placed: usize,
    /// What holds all of them, once there are more to place.
    whole: Option<Whole>,
}

/// All reports.
#[derive(Debug, Default)]
struct Whole {
    clusterer: Clusterer,
    /// The last report it knows of, in the order of adding.
    seen: i64,
}

impl StoryAssigner {
    /// Puts a report that is being kept into its story, in the transaction that keeps it.
    pub(super) fn place(
        &mut self,
        writing: &mut Writing<'_>,
        report: &Report,
        findings: &Findings,
    ) -> Result<(), Error> {
        let profile = Profile::of(report, Some(findings));
        let seq = writing.seq(report.id())?;
        digest(writing, seq)?;
        self.placed += 1;
        let assigned = if self.placed <= FEW && self.whole.is_none() {
            let digests = digests(writing)?;
            let mut archive = Kept { writing };
            Clusterer::assign_beside(Settings::default(), &digests, &mut archive, report.id(), &profile)?
        } else {
            let whole = self.whole.get_or_insert_default();
            for member in writing.members_after(whole.seen)? {
                whole.take_in(member);
            }
            // Were the transaction to fail, the run would end: nothing is placed by this assigner after that.
            whole.seen = whole.seen.max(seq);
            whole.clusterer.assign(report.id(), &profile)
        };
        writing.put_in_story(report.id(), &assigned.story, &profile.to_bytes())?;
        for moved in &assigned.moved {
            writing.regroup(&moved.report, &moved.to)?;
        }
        Ok(())
    }

    /// Keeps anew what the grouping compares of a report that is in a story and stays there.
    pub(super) fn mend(
        &mut self,
        writing: &mut Writing<'_>,
        report: &Report,
        findings: &Findings,
    ) -> Result<(), Error> {
        writing.keep_profile(report.id(), &Profile::of(report, Some(findings)).to_bytes())?;
        // What was brought back before may lack it: that is brought back again, where more come.
        self.whole = None;
        Ok(())
    }
}

impl Whole {
    fn take_in(&mut self, member: Member) {
        self.seen = self.seen.max(member.seq);
        if let Some(kept) = kept(member) {
            self.clusterer.take_in(kept);
        }
    }

    /// One that knows of all members.
    fn of(members: Vec<Member>) -> Self {
        let mut whole = Whole::default();
        members.into_iter().for_each(|m| whole.take_in(m));
        whole
    }
}

/// A report as the grouping takes it; one whose profile is damaged or of an older form is passed by until `refresh` makes it
/// anew.
fn kept(member: Member) -> Option<cluster::Kept> {
    let profile = Profile::from_bytes(&member.profile)?;
    let Member { report, story, taken_from, .. } = member;
    Some(cluster::Kept { report, profile, story, taken_from })
}

/// The reports of the dossier that is being written, by their number in the order of adding.
struct Kept<'w, 'd> {
    writing: &'w Writing<'d>,
}

impl Archive for Kept<'_, '_> {
    type Error = Error;

    fn report(&mut self, number: u32) -> Result<Option<cluster::Kept>, Error> {
        Ok(self.writing.member(number.into())?.and_then(kept))
    }

    fn story(&mut self, story: &StoryId) -> Result<Vec<u32>, Error> {
        Ok(self.writing.reports_of(story)?.into_iter().filter_map(|seq| seq.try_into().ok()).collect())
    }

    fn put_by_hand(&mut self) -> Result<Vec<u32>, Error> {
        Ok(self.writing.moved_by_hand()?.into_iter().filter_map(|seq| seq.try_into().ok()).collect())
    }
}

/// Makes the digests that are still missing of the reports before this one.
fn digest(writing: &mut Writing<'_>, seq: i64) -> Result<(), Error> {
    for block in writing.undigested(seq)? {
        let digest = digest_of(writing, block)?;
        writing.keep_digest(block, &digest.to_bytes())?;
    }
    Ok(())
}

/// The digests of all reports; those of the last are made on the spot.
fn digests(writing: &Writing<'_>) -> Result<Digests, Error> {
    let mut all: BTreeMap<u32, Digest> = BTreeMap::new();
    for (block, bytes) in writing.digests()? {
        if let (Ok(block), Some(digest)) = (block.try_into(), Digest::from_bytes(&bytes)) {
            all.insert(block, digest);
        }
    }
    for block in 0..=u32::try_from(writing.last_seq()? / BLOCK).unwrap_or(0) {
        if let std::collections::btree_map::Entry::Vacant(e) = all.entry(block) {
            e.insert(digest_of(writing, block.into())?);
        }
    }
    Ok(all.into_iter().collect())
}

fn digest_of(writing: &Writing<'_>, block: i64) -> Result<Digest, Error> {
    let profiles: Vec<(u8, Profile)> = writing
        .profiles(block)?
        .into_iter()
        .filter_map(|(seq, bytes)| Some(((seq % BLOCK) as u8, Profile::from_bytes(&bytes)?)))
        .collect();
    Ok(Digest::of(profiles.iter().map(|(place, profile)| (*place, profile))))
}

/// A story of a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Story {
    /// Its id and how much of it there is.
    pub row: StoryRow,
    /// The name a person gave it, or else the title of one of its reports, or else the words with which one begins.
    pub name: String,
}

impl Store {
    /// The stories that have reports, the one with the latest report first.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn stories(&self) -> Result<Vec<Story>, Error> {
        let mut of: BTreeMap<StoryId, Vec<StoredHead>> = BTreeMap::new();
        for head in self.dossier.heads(&Scope::default())? {
            of.entry(head.story.clone().unwrap_or_else(|| StoryId::new(""))).or_default().push(head);
        }
        let all = Whole::of(self.dossier.members()?);
        let name = |row: &StoryRow| {
            let heads = of.get(&row.id).map(Vec::as_slice).unwrap_or_default();
            let title = |id: &ReportId| heads.iter().find(|h| h.head.id == *id).and_then(|h| h.head.title.clone());
            let opening = |id: &ReportId| {
                let kept = self.dossier.report(id.as_str()).ok()?;
                Some(clip(&clean(kept.report.opening()), MAX_OPENING))
            };
            let label = |of: &dyn Fn(&ReportId) -> Option<String>| all.clusterer.label(&row.id, of);
            label(&title).or_else(|| label(&opening)).unwrap_or_default()
        };
        let rows = self.dossier.stories()?;
        Ok(rows.into_iter().map(|row| Story { name: row.name.clone().unwrap_or_else(|| name(&row)), row }).collect())
    }

    /// Moves a report to a story by hand: to the one whose id begins so, or to one of its own with "new".
    ///
    /// # Errors
    /// There is no such story, or the dossier cannot be written.
    pub fn move_to_story(&mut self, report: &ReportId, to: &str) -> Result<StoryId, Error> {
        let story = match to {
            "new" => of_its_own(report),
            id => self.dossier.story(id)?,
        };
        let mut writing = self.dossier.writing()?;
        writing.move_to_story(report, &story)?;
        writing.commit()?;
        Ok(story)
    }
}

/// The id of a story that is made for a report.
pub(super) fn of_its_own(report: &ReportId) -> StoryId {
    StoryId::from_content(&["moved", report.as_str()])
}
