//! The tables that a rule reads for itself; each says at its head what its columns are.

/// Abbreviations with a period that need not end a sentence.
pub const ABBREVIATIONS: &str = include_str!("../data/abbreviations.tsv");
/// Days that have a name.
pub const HOLIDAYS: &str = include_str!("../data/holidays.tsv");
