//! What one report says, before anything is compared with another report.

mod bargain;
mod date;
mod meeting;
mod quantity;
mod text;

#[cfg(feature = "json-schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use bargain::{ConditionFinding, Degree, IssueFinding, PositionFinding, ProposalClass, ProposalFinding, Topic};
pub use date::DateMention;
pub use meeting::{Manner, MeetingFinding, Timing};
pub use quantity::{QuantityFinding, Stage};
pub use text::TextUnits;
pub(crate) use text::each_word;

use crate::{Basis, Char, Citation, Cut, Edtf, EntityKind, MentionKind, Mode, Passage, ReportId, Rule, Span};

/// The form and meaning of [`Findings`]: raised whenever a version finds something else in the same report, so that kept
/// old findings are recognised.
pub const FINDINGS_FORM: &str = "findings/6";

/// Names one actor of one report: its place in [`Findings::actors`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
#[serde(transparent)]
pub struct ActorIndex(pub u32);

impl ActorIndex {
    /// As an index into [`Findings::actors`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Everything found in one report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Findings {
    /// The report read.
    pub report: ReportId,
    /// When it was published, as handed in, stated, or worked out.
    pub published: Option<Edtf>,
    /// How that is known.
    pub published_basis: Option<Basis>,
    /// Its words and sentences.
    #[serde(default)]
    pub text: TextUnits,
    /// What is no part of the article, in order: captions, credits, and sentences between what it tells (teasers, prompts).
    #[serde(default)]
    pub furniture: Vec<Passage>,
    /// The people, bodies, countries, places and groups it names, each once.
    pub actors: Vec<Actor>,
    /// The expressions of time in it, in order.
    pub dates: Vec<DateMention>,
    /// Who said what, in order.
    pub statements: Vec<StatementFinding>,
    /// The gatherings it tells of, account by account, in order.
    #[serde(default)]
    pub meetings: Vec<MeetingFinding>,
    /// The plans, drafts, deals, bills and offers it speaks of, mention by mention, in order.
    #[serde(default)]
    pub proposals: Vec<ProposalFinding>,
    /// What it says is in dispute, in order.
    #[serde(default)]
    pub issues: Vec<IssueFinding>,
    /// Who stands how to what, in order.
    #[serde(default)]
    pub positions: Vec<PositionFinding>,
    /// What happens only if something else does, in order.
    #[serde(default)]
    pub conditions: Vec<ConditionFinding>,
    /// Numbers and what they count, in order.
    #[serde(default)]
    pub quantities: Vec<QuantityFinding>,
    /// Places where something was cut or passed over because there is too much of it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cut: Vec<Cut>,
}

/// A person, organization, country, place or group as one report names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Actor {
    /// What it is.
    pub kind: EntityKind,
    /// Its fullest name in this report.
    pub name: String,
    /// For a country, its ISO 3166-1 alpha-2 code.
    pub iso3166: Option<String>,
    /// The country it belongs to or acts for, as an ISO 3166-1 alpha-2 code, where the report or a public list tells.
    pub country: Option<String>,
    /// Where it is named or meant, in order; none only where a person said that it spoke though the report does not name it.
    pub mentions: Vec<ActorMention>,
    /// Offices that the report gives it.
    pub offices: Vec<OfficeFinding>,
}

/// One place where an actor is named or meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct ActorMention {
    /// The place and the words.
    pub at: Citation,
    /// Named, described or meant by a pronoun.
    pub kind: MentionKind,
}

impl ActorMention {
    /// Its place.
    pub fn span(&self) -> Span<Char> {
        self.at.span()
    }
}

/// An office that a report gives an actor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct OfficeFinding {
    /// The title as written.
    pub title: String,
    /// Of which actor, where reported.
    pub of: Option<ActorIndex>,
    /// The words that say so.
    pub at: Citation,
}

/// A stretch of a report that stands in quotation marks, whoever's words it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Quoted {
    /// The words, without the marks, within one paragraph.
    pub at: Citation,
    /// 0 for a quotation, 1 for one inside it, and so on.
    pub depth: usize,
    /// Whether a mark closes it.
    pub closed: bool,
    /// Whether it goes on with the quotation that the paragraph before left open.
    pub resumes: bool,
}

/// One attribution: speaker, cue, content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct StatementFinding {
    /// The rule that found it.
    #[serde(default)]
    pub by: Rule,
    /// In whose words.
    pub mode: Mode,
    /// Who speaks, where it is clear.
    pub speaker: Option<ActorIndex>,
    /// The words that name the speaker.
    pub speaker_span: Option<Citation>,
    /// The word that attributes ("said").
    pub cue: Option<Citation>,
    /// What was said.
    pub content: Citation,
    /// The parts of the content that stand in quotation marks, without the marks: the speaker's own words.
    pub quoted: Vec<Citation>,
    /// Where it was said.
    pub medium: Option<String>,
    /// To whom it was said.
    pub audience: Option<String>,
    /// Who is credited with having it.
    pub via: Option<String>,
    /// When it was said.
    pub date: Option<Edtf>,
    /// How likely the speaker is right, 0 to 1, where a pronoun has to be understood or no words tell who speaks.
    #[serde(default)]
    pub confidence: Option<f32>,
}
