//! The tables that a rule reads for itself; each says at its head what its columns are.

/// Abbreviations with a period that need not end a sentence.
pub const ABBREVIATIONS: &str = include_str!("../data/abbreviations.tsv");
/// Kinds of bodies, by noun, class and words of their names.
pub const BODIES: &str = include_str!("../data/bodies.tsv");
/// Words that news of every kind is full of, beside the closed classes of English.
pub const EVERYDAY: &str = include_str!("../data/everyday.txt");
/// Days that have a name.
pub const HOLIDAYS: &str = include_str!("../data/holidays.tsv");
/// Short first names and the full ones they may stand for.
pub const NICKNAMES: &str = include_str!("../data/nicknames.tsv");
/// Words of titles and of bodies' names that put an actor into a sector of society.
pub const SECTORS: &str = include_str!("../data/sectors.tsv");
