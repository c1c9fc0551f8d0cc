//! Who met whom: every account of a gathering, with its sides, place, date and status.

use rapporteur_schema::MeetingFinding;

use crate::party::Ground;

/// Finds them all, in the order of the text.
pub(crate) fn find(_ground: &mut Ground<'_, '_>) -> Vec<MeetingFinding> {
    Vec::new()
}
