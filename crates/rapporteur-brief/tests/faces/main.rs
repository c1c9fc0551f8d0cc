//! The three faces of one small record, as a reader sees them.

mod html;
mod markdown;
mod story;
mod text;
