//! What a person changed in a record: kept beside the machine's finding, never in its place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{CorrectionId, Edtf, FactKind, ReportId};

/// One change made by a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// Its id.
    pub id: CorrectionId,
    /// When it was made: RFC 3339, UTC.
    pub at: String,
    /// Who made it.
    pub who: String,
    /// Why, where told.
    pub why: Option<String>,
    /// What it does.
    #[serde(flatten)]
    pub change: CorrectionKind,
    /// When it was taken back, if it was: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone: Option<String>,
}

/// What a correction does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "lowercase")]
pub enum CorrectionKind {
    /// Entities are one.
    Merge {
        /// The one whose name and id stay.
        keep: Anchor,
        /// The others.
        others: Vec<Anchor>,
    },
    /// Some spellings of an entity mean another one.
    Split {
        /// The entity.
        entity: Anchor,
        /// The spellings that go to the new one, the first of which names it.
        forms: Vec<String>,
    },
    /// Somebody else said it.
    Speaker {
        /// The statement.
        on: Anchor,
        /// Who did; nobody known where this is missing.
        speaker: Option<Anchor>,
    },
    /// It is of another date.
    Date {
        /// The statement, meeting or position.
        on: Anchor,
        /// The date; unknown where this is missing.
        date: Option<Edtf>,
    },
    /// It stands otherwise.
    Status {
        /// The meeting or issue.
        on: Anchor,
        /// The word of the record for it ("held", "agreed").
        status: String,
    },
    /// It is not so: the finding is wrong and is left out.
    Reject {
        /// The finding.
        on: Anchor,
    },
    /// A remark.
    Note {
        /// On what.
        on: Anchor,
        /// What is remarked.
        text: String,
    },
}

impl CorrectionKind {
    /// The word for what is done.
    pub fn word(&self) -> &'static str {
        match self {
            CorrectionKind::Merge { .. } => "merge",
            CorrectionKind::Split { .. } => "split",
            CorrectionKind::Speaker { .. } => "speaker",
            CorrectionKind::Date { .. } => "date",
            CorrectionKind::Status { .. } => "status",
            CorrectionKind::Reject { .. } => "reject",
            CorrectionKind::Note { .. } => "note",
        }
    }
}

/// Holds on to a fact though ids may change: new reports and new versions of Rapporteur may name it anew, the words it
/// rests on stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Anchor {
    /// What sort of fact.
    pub fact: FactKind,
    /// Its id when the correction was made.
    pub id: String,
    /// What it was called then, for people.
    pub about: String,
    /// The spellings of an entity.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// The places it rested on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
}

/// A place in a report, in code points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// The report.
    pub report: ReportId,
    /// First code point.
    pub start: u32,
    /// First code point after it.
    pub end: u32,
}

/// What became of a correction in a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppliedCorrection {
    /// The correction.
    pub id: CorrectionId,
    /// When it was made: RFC 3339, UTC.
    pub at: String,
    /// Who made it.
    pub who: String,
    /// Why, where told.
    pub why: Option<String>,
    /// What it does: merge, split, speaker, date, status, reject, note.
    pub what: String,
    /// What sort of fact it is about.
    pub fact: FactKind,
    /// The id of the fact in this record; `None` where the fact is not among those of this record (it was rejected, or
    /// its reports are not in).
    pub on: Option<String>,
    /// The fact in words.
    pub about: String,
    /// What the machine found.
    pub was: Option<String>,
    /// What the person says; for a note, the note.
    pub now: Option<String>,
    /// Whether it could be applied; where not, the fact it is about is not found any more.
    pub applied: bool,
}
