//! The three faces of one small record, as a reader sees them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails says so by panicking")]

mod html;
mod markdown;
mod order;
mod story;
mod text;
