//! The tables that a rule reads for itself; each says at its head what its columns are.

/// Abbreviations with a period that need not end a sentence.
pub const ABBREVIATIONS: &str = include_str!("../data/abbreviations.tsv");
/// Kinds of bodies, by noun, class and words of their names.
pub const BODIES: &str = include_str!("../data/bodies.tsv");
/// Notices and prompts that are no part of a report.
pub const BOILERPLATE: &str = include_str!("../data/boilerplate.tsv");
/// Words that news of every kind is full of, beside the closed classes of English.
pub const EVERYDAY: &str = include_str!("../data/everyday.txt");
/// Days that have a name.
pub const HOLIDAYS: &str = include_str!("../data/holidays.tsv");
/// Names of the months in dates of publication, in many languages.
pub const MONTHS: &str = include_str!("../data/months.tsv");
/// Short first names and the full ones they may stand for.
pub const NICKNAMES: &str = include_str!("../data/nicknames.tsv");
/// Where a page says when it was published.
pub const PAGE_DATES: &str = include_str!("../data/page_dates.tsv");
/// How pages mark what is no part of the article.
pub const PAGE_FURNITURE: &str = include_str!("../data/page_furniture.tsv");
/// Words of titles and of bodies' names that put an actor into a sector of society.
pub const SECTORS: &str = include_str!("../data/sectors.tsv");
/// How agencies and picture services sign.
pub const SOURCES: &str = include_str!("../data/sources.tsv");
