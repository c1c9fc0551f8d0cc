//! TBD

use rapporteur_schema::Record;

use super::Draft;
use crate::story::Story;

/// Finds them.
pub(super) fn find(_story: &Story<'_>, _record: &Record) -> Vec<Draft> {
    Vec::new()
}
