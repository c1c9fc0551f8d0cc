//! The tables that a rule reads for itself; each says at its head what its columns are.

/// Abbreviations with a period that need not end a sentence.
pub const ABBREVIATIONS: &str = include_str!("../data/abbreviations.tsv");
/// Words that put a matter in dispute or take it out.
pub const DISPUTES: &str = include_str!("../data/disputes.tsv");
/// Words that news of every kind is full of, beside the closed classes of English.
pub const EVERYDAY: &str = include_str!("../data/everyday.txt");
/// Days that have a name.
pub const HOLIDAYS: &str = include_str!("../data/holidays.tsv");
/// Words that judge a proposal, with their sign.
pub const JUDGEMENTS: &str = include_str!("../data/judgements.tsv");
/// Nouns for what is bargained over, its parts, and words that say nothing by themselves.
pub const MATTERS: &str = include_str!("../data/matters.tsv");
/// Short first names and the full ones they may stand for.
pub const NICKNAMES: &str = include_str!("../data/nicknames.tsv");
/// Nouns for plans, laws, offers and demands.
pub const PROPOSALS: &str = include_str!("../data/proposals.tsv");
/// Words of titles and of bodies' names that put an actor into a sector of society.
pub const SECTORS: &str = include_str!("../data/sectors.tsv");
/// Verbs, nouns and adjectives of stance with their frames.
pub const STANCES: &str = include_str!("../data/stances.tsv");
