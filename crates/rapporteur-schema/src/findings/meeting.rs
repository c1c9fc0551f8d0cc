//! One account of a gathering, as one report tells it.

#[cfg(feature = "json-schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ActorIndex, Citation, Edtf, MeetingKind, MeetingStatus, Rule};

/// How a gathering is held, where reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Manner {
    /// Face to face.
    Direct,
    /// Through others.
    Indirect,
    /// Behind closed doors, or in secret.
    Closed,
    /// In public.
    Open,
}

impl Manner {
    /// The word for it in a record.
    pub fn as_str(self) -> &'static str {
        match self {
            Manner::Direct => "direct",
            Manner::Indirect => "indirect",
            Manner::Closed => "closed",
            Manner::Open => "open",
        }
    }
}

/// What the clause of an account says of time beside its day: where two days do not meet, it tells whether both can be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Timing {
    /// Early in the day ("at dawn").
    Early,
    /// Late in the day ("in the evening").
    Late,
    /// Only the beginning, the end or a part is told of ("began", "the second day of").
    Part,
    /// A stretch is named of which any day may be meant ("at the weekend").
    Stretch,
}

impl Timing {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Timing::Early => "early",
            Timing::Late => "late",
            Timing::Part => "part",
            Timing::Stretch => "stretch",
        }
    }
}

/// One account of a gathering: the clause that tells it and what that clause says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct MeetingFinding {
    /// The rule that found it.
    #[serde(default)]
    pub by: Rule,
    /// The clause that tells it.
    pub at: Citation,
    /// The verb or noun that names it ("met", "talks").
    pub trigger: Citation,
    /// What kind.
    pub kind: MeetingKind,
    /// Who took or is to take part; a place is never one.
    pub participants: Vec<ActorIndex>,
    /// Whether it is said of both parties of the story without naming them ("the two sides met").
    pub sides: bool,
    /// The body whose gathering it is ("a meeting of the council"), one of the participants.
    pub of: Option<ActorIndex>,
    /// Where.
    pub place: Option<ActorIndex>,
    /// When.
    pub date: Option<Edtf>,
    /// What else its clause says of time, each once, in order.
    #[serde(default)]
    pub timing: Vec<Timing>,
    /// How far it has come; where `staged` is false, only a guess by the form of the words.
    pub status: MeetingStatus,
    /// Whether the words tell how far it has come ("a meeting with X" alone does not).
    pub staged: bool,
    /// What it depends on.
    pub condition: Option<Citation>,
    /// How it is held.
    pub manner: Vec<Manner>,
    /// Which of a row it is ("the third round": 3).
    pub ordinal: Option<u32>,
    /// Whether these words only point back to a gathering named elsewhere ("after their meeting").
    pub refers: bool,
}
