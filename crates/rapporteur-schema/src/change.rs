//! What became of a record between two times.

#[cfg(feature = "json-schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Citation, FactId, FactKind};

/// In what way something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It was not there before.
    New,
    /// It was there, and is different now: planned, then held; 28 points, then 19.
    Changed,
    /// Accounts of it differ now and did not before.
    Contradicted,
    /// One source told it, and now a second, independent one tells it too.
    Confirmed,
    /// It was there, and no report that counts tells it now.
    Withdrawn,
}

/// One thing that changed between two records of a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Change {
    /// In what way.
    pub kind: ChangeKind,
    /// What sort of fact it is.
    pub fact: FactKind,
    /// Its id in the newer record; in the older one where it was withdrawn.
    pub on: FactId,
    /// What it is, in words.
    pub about: String,
    /// What of it changed, where one part did ("status", "date", "points").
    pub part: Option<String>,
    /// How that was.
    pub before: Option<String>,
    /// How it is.
    pub after: Option<String>,
    /// The words that say so: of the newer record, or of the older where it was withdrawn.
    pub evidence: Vec<Citation>,
}
