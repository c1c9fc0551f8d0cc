//! Which stories the kept reports tell.

use std::collections::BTreeMap;

use rapporteur_brief::words::{clean, clip};
use rapporteur_dossier::{Member, Scope, StoredHead, StoryRow, Writing};
use rapporteur_record::cluster::{self, Clusterer, Profile, Settings};
use rapporteur_schema::{Findings, Report, ReportId, StoryId};

use super::Store;
use crate::Error;

/// Letters of the words that name a story where no report has a title, at most.
const MAX_OPENING: usize = 90;

/// Groups reports as they come in; knows of all that were grouped before, also by other processes.
#[derive(Debug, Default)]
pub(super) struct StoryAssigner {
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
        for member in writing.members_after(self.seen)? {
            self.seen = member.seq;
            self.take_in(member);
        }
        let profile = Profile::of(report, Some(findings));
        let placed = self.clusterer.assign(report.id(), &profile);
        writing.put_in_story(report.id(), &placed.story, &profile.to_bytes())?;
        for moved in &placed.moved {
            writing.regroup(&moved.report, &moved.to)?;
        }
        // Were the transaction to fail, the run would end: nothing is placed by this assigner after that.
        self.seen = writing.seq(report.id())?;
        Ok(())
    }

    fn take_in(&mut self, member: Member) {
        // A profile of an older form is passed by until `refresh` makes it anew.
        let Some(profile) = Profile::from_bytes(&member.profile) else { return };
        let Member { report, story, taken_from, .. } = member;
        self.clusterer.take_in(cluster::Kept { report, profile, story, taken_from });
    }

    /// One that knows of all members.
    fn of(members: Vec<Member>) -> Self {
        let mut assigner = StoryAssigner { clusterer: Clusterer::new(Settings::default()), seen: 0 };
        members.into_iter().for_each(|m| assigner.take_in(m));
        assigner
    }
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
        let assigner = StoryAssigner::of(self.dossier.members()?);
        let name = |row: &StoryRow| {
            let heads = of.get(&row.id).map(Vec::as_slice).unwrap_or_default();
            let title = |id: &ReportId| heads.iter().find(|h| h.head.id == *id).and_then(|h| h.head.title.clone());
            let opening = |id: &ReportId| {
                let kept = self.dossier.report(id.as_str()).ok()?;
                Some(clip(&clean(kept.report.opening()), MAX_OPENING))
            };
            let label = |of: &dyn Fn(&ReportId) -> Option<String>| assigner.clusterer.label(&row.id, of);
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
            "new" => StoryId::from_content(&["moved", report.as_str()]),
            id => self.dossier.story(id)?,
        };
        let mut writing = self.dossier.writing()?;
        writing.move_to_story(report, &story)?;
        writing.commit()?;
        Ok(story)
    }
}
