//! What can go wrong with the words everyone speaks: a place outside its text, a date that is none, an
//! id of nothing; and the sorts of all that can.

use crate::ReportId;

/// A value that cannot be made or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A span that is empty or reaches beyond the report's text.
    #[error("span {start}..{end} is empty or outside report {report}, which has {length} code points")]
    SpanOutside {
        /// The report meant.
        report: ReportId,
        /// First code point of the span.
        start: u32,
        /// First code point after the span.
        end: u32,
        /// Length of the report in code points.
        length: u32,
    },
    /// Words that do not stand where the record says.
    #[error("report {report} does not read {exact:?} at {start}")]
    NotThere {
        /// The report meant.
        report: ReportId,
        /// First code point of the span.
        start: u32,
        /// The words that the record gives.
        exact: String,
    },
    /// A record that cites a report which was not handed in.
    #[error("report {0} is cited but not at hand")]
    NoSuchReport(ReportId),
    /// A text that is no date of the kinds used here.
    #[error(
        "{0:?} is no date: write a day 2025-11-25, a month 2025-11, a year 2025 or an interval 2025-11-24/2025-11-25"
    )]
    BadDate(String),
    /// A text that is the id of no fact.
    #[error("{0:?} is the id of no fact: one begins with a letter that tells its sort")]
    NoFactId(String),
}

/// What sort of thing is wrong, for programs: the same word in the dossier and in the facade over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no such file.
    NoDossier,
    /// The file is no dossier.
    NotADossier,
    /// A newer version of the program wrote the file.
    Newer,
    /// Another process has been writing to the file for too long; waiting and trying again may help.
    Busy,
    /// The disk is full.
    Full,
    /// The file cannot be opened or made.
    CannotOpen,
    /// The system failed while the file was written.
    CannotWrite,
    /// The file may only be read.
    ReadOnly,
    /// What is in the file cannot be what was written.
    Damaged,
    /// No such report is kept.
    NoSuchReport,
    /// No such story is kept.
    NoSuchStory,
    /// No such correction was made.
    NoSuchCorrection,
    /// The record has no such fact.
    NoSuchFact,
    /// The record has nobody and nothing of this name.
    NoSuchEntity,
    /// What was given could mean several things.
    Ambiguous,
    /// What was given has nothing that could be searched for.
    BadQuery,
    /// A correction makes no sense for its fact: nothing was changed.
    Refused,
    /// The correction needs a word that was not given: a name, a date, a note.
    Incomplete,
    /// A value is not of its form: a date that is none, a citation that does not read so.
    Invalid,
    /// An input could not be read.
    Input,
    /// Anything else.
    Other,
}
