//! What all reports say together: one entity for a person, one utterance for the same words.
//!
//! 1. `entity` joins the actors of all reports.
//! 2. `utterance` finds the same words in several reports.
//! 3. `assemble` puts them into a [`Record`](rapporteur_schema::Record) whose bytes do not depend on the order of reports.

mod assemble;
mod entity;
mod utterance;

pub use assemble::assemble;
