//! The accounts that are merged: what each report says, with its actors as entities.

use std::collections::BTreeSet;

use rapporteur_schema::{Edtf, MeetingFinding, MeetingStatus};

use crate::context::MergeContext;

/// One account, with its actors as entities.
pub(super) struct Account<'f> {
    /// The findings it stands in.
    pub(super) report: usize,
    /// Its place in them.
    pub(super) index: usize,
    /// What it says.
    pub(super) finding: &'f MeetingFinding,
    /// Who takes part, by the report's own words.
    pub(super) who: BTreeSet<usize>,
    /// The body whose gathering it is.
    pub(super) of: Option<usize>,
    /// Where.
    pub(super) place: Option<usize>,
}

impl Account<'_> {
    /// When.
    pub(super) fn date(&self) -> Option<Edtf> {
        self.finding.date
    }

    /// Whether it only points to a gathering, or names too few to be one by itself.
    pub(super) fn points(&self) -> bool {
        self.finding.refers || self.who.len() < 2
    }

    /// How far it has come, where the words tell.
    pub(super) fn status(&self) -> Option<MeetingStatus> {
        self.finding.staged.then_some(self.finding.status)
    }
}

/// The accounts of all reports, in the order of the record.
pub(super) fn accounts<'f>(story: &MergeContext<'f>) -> Vec<Account<'f>> {
    let mut all = Vec::new();
    for (report, found) in story.findings.iter().enumerate() {
        for (index, finding) in found.meetings.iter().enumerate() {
            let who = finding.participants.iter().filter_map(|&a| story.index(report, a)).collect();
            let of = finding.of.and_then(|a| story.index(report, a));
            let place = finding.place.and_then(|a| story.index(report, a));
            all.push(Account { report, index, finding, who: own_side_once(story, who), of, place });
        }
    }
    all
}

/// "North Korea's leader, Kim" may be read as two: a person and their own country are one side.
fn own_side_once(story: &MergeContext<'_>, mut who: BTreeSet<usize>) -> BTreeSet<usize> {
    let own = who.iter().copied().find(|&c| {
        let code = story.merged.entities[c].iso3166.as_deref();
        who.len() == 2 && code.is_some() && who.iter().any(|&w| w != c && story.country(w) == code)
    });
    if let Some(country) = own {
        who.remove(&country);
    }
    who
}
