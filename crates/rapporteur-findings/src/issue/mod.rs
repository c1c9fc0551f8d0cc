//! What is in dispute: the noun phrases that a report places between the parties.

use rapporteur_schema::IssueFinding;

use crate::party::Ground;

/// Finds them all, in the order of the text.
pub(crate) fn find(_ground: &mut Ground<'_, '_>) -> Vec<IssueFinding> {
    Vec::new()
}
