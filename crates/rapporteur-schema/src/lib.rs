//! The words everyone in Rapporteur speaks: places in a text, reports, what is found in them, and the record.
//!
//! Data flows one way through these types:
//! 1. **[`Report`]**: a text as kept, cut into [`Passage`]s that tile it.
//! 2. **[`Findings`]**: what that one report says, every fact with a [`Citation`].
//! 3. **[`Record`]**: what all reports say together; the form is `rapporteur/record/1`.
//! 4. **[`Correction`]**: what a person changed in it, and **[`Change`]**: what became of it over time.
//!
//! [`RecordIndex`] looks a record's things up by their ids, and lists its [`Fact`]s with their words for people.
//!
//! Words that are no report ([`phrase`]) are cleaned, cut and parted in one place; another decides what may be a link
//! ([`web_address`]).
//!
//! Offsets count Unicode code points ([`Span`] of [`Char`]) unless a name says bytes. A fact cannot be made without
//! the words it rests on: it holds a [`Citation`] or [`Evidence`], and those are made from a text only. This crate
//! does no input or output.

mod change;
mod clause;
mod correction;
mod date;
mod error;
mod fact;
mod findings;
mod id;
mod index;
mod link;
pub mod phrase;
mod record;
mod report;
mod rule;
mod short;
mod span;
mod text;

pub use change::{Change, ChangeKind};
pub use clause::{Clause, ClauseArgument, ClauseFigure, ClauseRole, ClauseSpeech, Mood};
pub use correction::{Aim, Anchor, AppliedCorrection, Correction, CorrectionKind, TextRange, Turn};
pub use date::Edtf;
pub use error::{Error, ErrorKind};
pub use fact::Fact;
pub use findings::*;
pub use id::*;
pub use index::RecordIndex;
pub use link::web_address;
pub use record::*;
pub use report::*;
pub use rule::{Rival, Rule};
pub use short::with_text_at_hand;
pub use span::{Byte, Char, Citation, Evidence, Span};
pub use text::Text;
