//! Which paragraphs of a page are the report: the extractor's, less what is furniture after all.

use rapporteur_schema::PassageKind;

use super::reduce::Head;
use super::render::Block;

/// The paragraphs of the report, with their kinds where the page tells them.
pub(super) fn select<'b>(blocks: &'b [Block], head: &Head) -> Vec<(&'b Block, Option<PassageKind>)> {
    let _ = head;
    blocks.iter().filter(|b| b.kept).map(|b| (b, kind(b))).collect()
}

/// What the page's own markup says of a paragraph.
fn kind(block: &Block) -> Option<PassageKind> {
    if block.element == "figcaption" || block.inside("figcaption") {
        Some(PassageKind::Caption)
    } else if matches!(block.element.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
        Some(PassageKind::Heading)
    } else {
        None
    }
}
