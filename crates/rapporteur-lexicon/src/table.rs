//! The tables that a rule reads for itself; each says at its head what its columns are.

/// Abbreviations with a period that need not end a sentence.
pub const ABBREVIATIONS: &str = include_str!("../data/abbreviations.tsv");
/// Words that put a matter in dispute or take it out.
pub const DISPUTES: &str = include_str!("../data/disputes.tsv");
/// Days that have a name.
pub const HOLIDAYS: &str = include_str!("../data/holidays.tsv");
/// Words that judge a proposal, with their sign.
pub const JUDGEMENTS: &str = include_str!("../data/judgements.tsv");
/// Nouns for what is bargained over, its parts, and words that say nothing by themselves.
pub const MATTERS: &str = include_str!("../data/matters.tsv");
/// Nouns for plans, laws, offers and demands.
pub const PROPOSALS: &str = include_str!("../data/proposals.tsv");
/// Verbs, nouns and adjectives of stance with their frames.
pub const STANCES: &str = include_str!("../data/stances.tsv");
/// Notices and prompts that are no part of a report.
pub const BOILERPLATE: &str = include_str!("../data/boilerplate.tsv");
/// Names of the months in dates of publication, in many languages.
pub const MONTHS: &str = include_str!("../data/months.tsv");
/// Where a page says when it was published.
pub const PAGE_DATES: &str = include_str!("../data/page_dates.tsv");
/// How pages mark what is no part of the article.
pub const PAGE_FURNITURE: &str = include_str!("../data/page_furniture.tsv");
/// How agencies and picture services sign.
pub const SOURCES: &str = include_str!("../data/sources.tsv");
