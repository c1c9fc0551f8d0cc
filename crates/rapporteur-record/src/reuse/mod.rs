//! Passages that reports share word for word, beyond quotations, and what one report alone has.

use rapporteur_schema::{OnlyIn, Record, Reuse};

use crate::story::Story;

/// Passages shared by several reports.
pub(crate) fn reuse(_story: &Story<'_>) -> Vec<Reuse> {
    Vec::new()
}

/// The facts of the record that only one independent origin has.
pub(crate) fn only_in(_story: &Story<'_>, _record: &Record) -> Vec<OnlyIn> {
    Vec::new()
}
