//! The server over real HTTP on loopback: what it shows, what it refuses, what it keeps.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails says so by panicking")]

mod add;
mod along;
mod api;
mod ask;
mod check;
mod correct;
mod correct_pages;
mod hostile;
mod limits;
mod pages;
mod people;
mod refuse;
mod steering;
mod util;
