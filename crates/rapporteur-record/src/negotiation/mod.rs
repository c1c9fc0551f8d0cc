//! Proposals with their versions, issues, positions and conditions, each once across all reports.

mod condition;
mod issue;
mod position;
mod proposal;
mod words;

use std::collections::BTreeSet;

use rapporteur_schema::{Condition, Issue, Position, Proposal, Rule};

use crate::context::MergeContext;
use crate::meeting::Meetings;

/// What is negotiated in a story.
pub(crate) struct Negotiation {
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
pub(crate) fn merge(story: &MergeContext<'_>, meetings: &Meetings) -> Negotiation {
    let proposals = proposal::merge(story);
    let mut issues = issue::merge(story);
    let positions = position::merge(story, &proposals, &issues, meetings);
    issue::oppose(&mut issues.all, &positions);
    Negotiation { proposals: proposals.all, issues: issues.all, positions, conditions: condition::merge(story) }
}

/// The rules that read these findings, each once, in the order of the alphabet.
fn rules<'f>(of: impl Iterator<Item = &'f Rule>) -> Vec<Rule> {
    of.collect::<BTreeSet<&Rule>>().into_iter().cloned().collect()
}
