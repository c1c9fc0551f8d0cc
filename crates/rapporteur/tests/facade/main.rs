//! What the facade promises, as one program: a dozen programs that each carry all weights take gigabytes and minutes to link.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails says so by panicking")]

#[path = "../../../rapporteur-findings/tests/suite/common.rs"]
mod common;
#[path = "../../benches/generator/mod.rs"]
mod generator;

mod check;
mod claims;
mod corrections;
mod cut;
mod damage;
mod discrepancies;
mod dossier;
mod export;
mod gatherings;
mod hostile;
mod keys;
mod mending;
mod order;
mod tagger;
