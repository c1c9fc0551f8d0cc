//! Who stands how to what: accepts, rejects, demands, offers, supports, doubts, declines.

use rapporteur_schema::{IssueFinding, MeetingFinding, PositionFinding, ProposalFinding};

use crate::party::Ground;

/// Finds them all, in the order of the text.
pub(crate) fn find(
    _ground: &mut Ground<'_, '_>,
    _proposals: &[ProposalFinding],
    _issues: &[IssueFinding],
    _meetings: &[MeetingFinding],
) -> Vec<PositionFinding> {
    Vec::new()
}
