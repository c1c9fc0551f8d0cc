//! Numbers and what they count.

use rapporteur_schema::QuantityFinding;

use crate::party::Ground;

/// Finds them all, in the order of the text.
pub(crate) fn find(_ground: &mut Ground<'_, '_>) -> Vec<QuantityFinding> {
    Vec::new()
}
