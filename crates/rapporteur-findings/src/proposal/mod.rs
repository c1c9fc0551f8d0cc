//! What is proposed: plans, drafts, deals, bills and offers, with their numbers and authors.

use rapporteur_schema::ProposalFinding;

use crate::party::Ground;

/// Finds them all, in the order of the text.
pub(crate) fn find(_ground: &mut Ground<'_, '_>) -> Vec<ProposalFinding> {
    Vec::new()
}
