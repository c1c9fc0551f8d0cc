//! Where accounts of the same thing differ: one file a kind.

use rapporteur_schema::{Discrepancy, Record};

use crate::story::Story;

/// Finds them in a record that has everything else.
pub(crate) fn find(_story: &Story<'_>, _record: &Record) -> Vec<Discrepancy> {
    Vec::new()
}
