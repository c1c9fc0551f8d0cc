//! The real `rapporteur`, run in a folder of its own as a user would run it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails says so by panicking")]

mod analyze;
mod basics;
mod check;
mod dossier;
mod export;
mod findings;
mod input;
mod kill;
mod mcp;
mod output;
mod tools;
mod util;
mod web;
mod why;
