//! What goes into the clusterer when it is restored, and what comes out when a report is assigned.

use rapporteur_schema::{ReportId, StoryId};

use super::profile::Profile;

/// A report as a database keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The report.
    pub report: ReportId,
    /// Its profile.
    pub profile: Profile,
    /// The story it stands in.
    pub story: StoryId,
    /// If it was people who put it there: the story they took it from. It then stays, and the two stories draw no
    /// reports from each other.
    pub taken_from: Option<StoryId>,
}

/// Where a report was put.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The story.
    pub story: StoryId,
    /// Whether it is new.
    pub opened: bool,
    /// How well the report fits the best story there was (0 to 1), whether or not it joined it.
    pub score: f64,
    /// What that fit was compared with.
    pub bar: f64,
    /// The next best story and how well the report fits it: of all the others if it joined the best, else the best.
    pub runner_up: Option<(StoryId, f64)>,
    /// Reports of other stories that fit the story of this one better, and were moved to it.
    pub moved: Vec<Move>,
}

/// A report that changed its story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The report.
    pub report: ReportId,
    /// The story it stood in; without reports it is no more.
    pub from: StoryId,
    /// The story it stands in.
    pub to: StoryId,
}
