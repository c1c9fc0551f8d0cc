//! Which text of a page is its article: the one place that knows the library which tells.

use std::collections::HashSet;

use dom_query::{Document, NodeId};
use dom_smoothie::{Config, Readability};

/// Finds the article of a page.
pub(super) trait Extract {
    /// The text nodes that belong to the article, or `None` where it finds no article.
    fn article(&self, page: Document) -> Option<HashSet<NodeId>>;
}

/// Mozilla's Readability as dom_smoothie does it.
pub(super) struct Smoothie;

impl Extract for Smoothie {
    fn article(&self, page: Document) -> Option<HashSet<NodeId>> {
        // The tree is taken apart: the library moves and removes nodes, but never makes new text, so what is left says
        // which text of the outline is the article.
        //
        // Should the library trip over a page, that page has no article, and all others are read.
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| article(page))).ok().flatten()
    }
}

fn article(page: Document) -> Option<HashSet<NodeId>> {
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let mut reader = Readability::with_document(page, None, Some(config)).ok()?;
    reader.parse().ok()?;
    let content = reader.doc.select_single("#readability-page-1");
    let root = content.nodes().first()?;
    Some(root.descendants_it().filter(|node| node.is_text()).map(|node| node.id).collect())
}
