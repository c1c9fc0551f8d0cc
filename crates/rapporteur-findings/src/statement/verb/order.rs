//! Orders: acts that the reporter tells, not words that were said.

use crate::doc::Doc;

/// An order is an act that the reporter tells, not words that were said.
pub(super) fn is_order(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    matches!(
        doc.lemma(p, v),
        "order" | "direct" | "instruct" | "command" | "task" | "tell" | "assign" | "authorize" | "dispatch"
    )
}
