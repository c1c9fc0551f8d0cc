//! TBD

use rapporteur_schema::Record;

use super::Draft;

/// Finds them.
pub(super) fn find(_record: &Record) -> Vec<Draft> {
    Vec::new()
}
