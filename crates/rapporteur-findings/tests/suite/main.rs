//! The readable cases of `tests/suite/` at the root of the repository that one report is enough for, and what they rest on.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails says so by panicking")]

mod common;

mod date;
mod meeting;
mod names;
mod negotiation;
mod statement;
mod words;
