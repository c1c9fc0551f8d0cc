//! The words that Rapporteur knows, as data: nothing here decides, it only says what is known of a word.
//!
//! 1. **Word classes** ([`WordClass`]): a list of words in `words/AREA.txt` under `[name]`, loaded once, asked by
//!    `time::MONTH.has("March")`. One line of data adds a word.
//! 2. **Tables**: what needs columns (frames of a verb, the country of a city) stands in `data/*.tsv`; [`facts()`] looks up names,
//!    [`cues`] verbs and nouns of speech, [`gatherings`] those of meeting, [`stances`], [`topics`] and [`disputes`] those of
//!    negotiation, [`senses`] words that stand for each other and their opposites; the rest is read by the rule that uses it through
//!    [`rows`].
//!
//! Every file states its origin and licence at its head. No other crate holds a list of words: `xtask/tests/lexicon.rs`
//! refuses it. Reads no file at run time: the lists are compiled in.

mod cue;
mod dispute;
mod facts;
mod gathering;
mod sense;
mod sieve;
mod stance;
pub mod table;
mod topic;
pub mod words;

pub use cue::{Cue, CuePhrase, Cues, Frames, cues};
pub use dispute::{Dispute, DisputeFrame, Disputes, disputes};
pub use facts::{Facts, Known, Title, facts};
pub use gathering::{Gathering, Gatherings, Meets, gatherings};
pub use sense::{Senses, senses};
pub use stance::{StanceFrame, Stances, stances};
pub use topic::{NegotiationTopic, ProposalNoun, Topics, topics};
pub use words::WordClass;

/// The rows of a table: lines that do not begin with `#`, their first `N` cells; a line with fewer cells is no row.
pub fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = [""; N];
        let mut given = line.split('\t');
        for cell in &mut cells {
            *cell = given.next()?;
        }
        Some(cells)
    })
}

/// The values of a cell that `|` separates.
pub fn alternatives(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('|').filter(|s| !s.is_empty())
}
