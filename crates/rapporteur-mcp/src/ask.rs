//! What a tool can be asked: the names and explanations that an assistant reads.

use schemars::JsonSchema;
use serde::Deserialize;

/// What is meant of a dossier.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Meant {
    /// Only the reports of this story, by its id from `stories`. Without it, all that is kept is told as one.
    pub story: Option<String>,
    /// As it was known at the end of this day: 2025-11-24.
    pub as_of: Option<String>,
}

/// What `search` looks for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub(crate) struct Search {
    /// Words that all stand in one place; the last may be the beginning of a word; a phrase in double quotation marks.
    pub words: String,
    /// Only what this person says, by any part of the name.
    #[serde(default)]
    pub by: Option<String>,
    /// How many places at most; 20 if not given, 100 at most.
    #[serde(default)]
    pub limit: Option<usize>,
    #[serde(flatten)]
    pub meant: Meant,
}

/// What `ask` answers.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub(crate) struct Question {
    /// A question in plain words, with words that a report would use: how many points has the plan now.
    pub question: String,
    /// How many answers at most; 5 if not given, 20 at most.
    #[serde(default)]
    pub limit: Option<usize>,
    #[serde(flatten)]
    pub meant: Meant,
}

/// Which statements `statements` lists.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Statements {
    /// Only what this person or body says, by any part of any spelling of the name.
    pub by: Option<String>,
    /// Only statements that have all of these words.
    pub words: Option<String>,
    /// Only what this outlet reports.
    pub outlet: Option<String>,
    /// How many at most; 20 if not given, 100 at most.
    pub limit: Option<usize>,
    #[serde(flatten)]
    pub meant: Meant,
}

/// Which differences `differences` lists.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Differences {
    /// Only of this kind: number, date, place, participant, status, attribution, wording or name.
    pub kind: Option<String>,
    #[serde(flatten)]
    pub meant: Meant,
}

/// Whose positions `positions` lists.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Positions {
    /// Only those of this party, by any part of any spelling of the name.
    pub party: Option<String>,
    /// How many stands at most; 20 if not given, 100 at most.
    pub limit: Option<usize>,
    #[serde(flatten)]
    pub meant: Meant,
}

/// Which days `timeline` tells of.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Timeline {
    /// Only from this day on: 2025-11-24.
    pub from: Option<String>,
    /// Only up to this day.
    pub to: Option<String>,
    /// How many sentences at most; 20 if not given, 100 at most.
    pub limit: Option<usize>,
    #[serde(flatten)]
    pub meant: Meant,
}

/// What `check_draft` checks.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub(crate) struct Draft {
    /// The whole draft, as plain text or Markdown, 60,000 letters at most.
    pub draft: String,
    /// The day that it is of, against which "on Tuesday" is read: 2025-11-24.
    #[serde(default)]
    pub date: Option<String>,
    #[serde(flatten)]
    pub meant: Meant,
}

/// Which piece of the brief `brief` gives.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Piece {
    /// Where to go on: the cursor that the piece before gave. Without it, from the beginning.
    pub cursor: Option<String>,
    #[serde(flatten)]
    pub meant: Meant,
}

/// What `check_quote` checks.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub(crate) struct Quote {
    /// The words as they are to be printed, without the quotation marks around them.
    pub quote: String,
    /// Who is to be named as having said them.
    #[serde(default)]
    pub speaker: Option<String>,
    #[serde(flatten)]
    pub meant: Meant,
}

/// Which part of a report `report` gives.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub(crate) struct Reading {
    /// The report's id, as every citation gives it.
    pub report: String,
    /// The first code point of the place that is meant; without it, the report from its beginning.
    #[serde(default)]
    pub start: Option<u32>,
    /// The code point after the place.
    #[serde(default)]
    pub end: Option<u32>,
}
