//! What a check looks like: text with the marks under the words, Markdown, an HTML page, JSON, SARIF. A form adds
//! nothing of its own.

mod html;
mod markdown;
mod sarif;
mod text;

pub use html::{Piece, html, pieces};
pub use markdown::markdown;
pub use sarif::sarif;
pub use text::{Style, text};
