//! Proposals with their versions, issues, positions and conditions, each once across all reports.

mod condition;
mod issue;
mod position;
mod proposal;
mod words;

use rapporteur_schema::{Condition, Issue, Position, Proposal};

use crate::meeting::Meetings;
use crate::story::Story;

/// What is bargained over in a story.
pub(crate) struct Bargain {
    /// Plans, drafts, deals, bills, offers.
    pub(crate) proposals: Vec<Proposal>,
    /// What is in dispute.
    pub(crate) issues: Vec<Issue>,
    /// Who stands how to what.
    pub(crate) positions: Vec<Position>,
    /// What happens only if something else does.
    pub(crate) conditions: Vec<Condition>,
}

/// Merges them; `meetings` are what a position may be on beside proposals and issues.
pub(crate) fn merge(story: &Story<'_>, meetings: &Meetings) -> Bargain {
    let proposals = proposal::merge(story);
    let issues = issue::merge(story);
    let positions = position::merge(story, &proposals, &issues, meetings);
    Bargain { proposals: proposals.all, issues: issues.all, positions, conditions: condition::merge(story) }
}
