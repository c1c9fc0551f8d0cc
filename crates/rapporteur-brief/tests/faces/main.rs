//! The three faces of one small record, as a reader sees them.

mod story;
mod text;
