//! What a person changed in a record, and what became of it.
//!
//! A correction says one of two things ([`Aim`]): that the machine read the report wrongly, or that the report itself is
//! wrong. The first changes the finding, and all that follows from it; the second leaves the report's account as it is and
//! lays what is known over the merged value.

#[cfg(feature = "json-schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Citation, CorrectionId, Edtf, FactId, FactKind, ReportId};

/// What a correction puts right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Aim {
    /// The reading: the report says something else. The finding is changed as if it had been read so. It holds for the
    /// places that were read wrongly, not for other reports that tell the same. What older logs mean.
    #[default]
    Reading,
    /// The world: the report says so, but we know better. Its words stand as its account, and so do differences between
    /// reports; the value that the record shows is the known one.
    World,
}

impl Aim {
    /// The word for it in a log and in a record.
    pub fn as_str(self) -> &'static str {
        match self {
            Aim::Reading => "reading",
            Aim::World => "world",
        }
    }
}

/// One change made by a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Correction {
    /// Its id.
    pub id: CorrectionId,
    /// When it was made: RFC 3339, UTC.
    pub at: String,
    /// Who made it.
    pub who: String,
    /// Why, where given.
    pub why: Option<String>,
    /// Whether it puts the reading right or what is so.
    #[serde(default)]
    pub aim: Aim,
    /// What it does.
    #[serde(flatten)]
    pub change: CorrectionKind,
    /// When it was taken back, if it was: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone: Option<String>,
    /// Each time that it was taken back or taken up again since, in order; none where it was so before that was kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<Turn>,
}

/// A correction was taken back, or taken up again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Turn {
    /// Whether it was taken back; else it was taken up again.
    pub undone: bool,
    /// Who did so; empty where nobody said.
    pub who: String,
    /// When: RFC 3339, UTC.
    pub at: String,
}

/// What a correction does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
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
        /// The statement, or the utterance, all of whose statements are meant.
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
    /// It is not so: a wrong reading is left out; what a report says wrongly stays as its account, marked.
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
    pub fn as_str(&self) -> &'static str {
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

    /// The fact that it is about; of entities made one, the one that stays.
    pub fn subject(&self) -> &Anchor {
        match self {
            CorrectionKind::Merge { keep, .. } => keep,
            CorrectionKind::Split { entity, .. } => entity,
            CorrectionKind::Speaker { on, .. }
            | CorrectionKind::Date { on, .. }
            | CorrectionKind::Status { on, .. }
            | CorrectionKind::Reject { on }
            | CorrectionKind::Note { on, .. } => on,
        }
    }

    /// What the person wants, in words; nothing where it is enough to say what is done.
    pub fn wish(&self) -> Option<String> {
        let names = |anchors: &[Anchor]| anchors.iter().map(|a| a.about.as_str()).collect::<Vec<_>>().join(", ");
        Some(match self {
            CorrectionKind::Merge { others, .. } => names(others),
            CorrectionKind::Split { forms, .. } => forms.join(", "),
            CorrectionKind::Speaker { speaker, .. } => {
                speaker.as_ref().map_or_else(|| "nobody known".into(), |s| s.about.clone())
            }
            CorrectionKind::Date { date, .. } => date.map_or_else(|| "no date".into(), |d| d.to_string()),
            CorrectionKind::Status { status, .. } => status.clone(),
            CorrectionKind::Reject { .. } => return None,
            CorrectionKind::Note { text, .. } => text.clone(),
        })
    }
}

/// Holds on to a fact though ids may change: new reports and new versions of Rapporteur may name it anew, the words it
/// rests on stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Anchor {
    /// What sort of fact.
    pub fact: FactKind,
    /// Its id when the correction was made.
    pub id: FactId,
    /// What it was called then, for people.
    pub about: String,
    /// The spellings of an entity; of a position, those of the party.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// The places it rested on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<TextRange>,
}

/// A place in a report, in code points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct TextRange {
    /// The report.
    pub report: ReportId,
    /// First code point.
    pub start: u32,
    /// First code point after it.
    pub end: u32,
}

impl TextRange {
    /// Whether the two share at least one code point.
    pub fn overlaps(&self, other: &TextRange) -> bool {
        self.report == other.report && self.start < other.end && other.start < self.end
    }
}

impl From<&Citation> for TextRange {
    fn from(citation: &Citation) -> Self {
        let span = citation.span();
        TextRange { report: citation.report().clone(), start: span.start(), end: span.end() }
    }
}

/// What became of a correction in a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct AppliedCorrection {
    /// The correction.
    pub id: CorrectionId,
    /// When it was made: RFC 3339, UTC.
    pub at: String,
    /// Who made it.
    pub who: String,
    /// Why, where given.
    pub why: Option<String>,
    /// Whether it puts the reading right or what is so.
    #[serde(default)]
    pub aim: Aim,
    /// What it does: merge, split, speaker, date, status, reject, note.
    pub what: String,
    /// What sort of fact it is about.
    pub fact: FactKind,
    /// The id of the fact in this record; `None` where the fact is not among those of this record (it was rejected, or
    /// its reports are not in).
    pub on: Option<FactId>,
    /// The fact in words.
    pub about: String,
    /// What the machine found, or the report says.
    pub was: Option<String>,
    /// What the person says; for a note, the note.
    pub now: Option<String>,
    /// Whether it could be applied; where not, the fact it is about is not found any more.
    pub applied: bool,
}
