//! What is bargained over, as one report tells it: proposals, issues, positions, conditions.

#[cfg(feature = "json-schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ActorIndex, Citation, Edtf, IssueStatus, Rule, Stance};

/// What sort of thing a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProposalClass {
    /// A text for all parties: plan, draft, deal.
    Plan,
    /// A text that a parliament or council decides on: bill, resolution.
    Law,
    /// What one side holds out: offer, package.
    Offer,
    /// What one side asks for.
    Demand,
}

/// One mention of a plan, draft, deal, bill or offer that tells something of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct ProposalFinding {
    /// The rule that found it.
    #[serde(default)]
    pub by: Rule,
    /// The words that tell it: the noun phrase, or the clause where that has the number.
    pub at: Citation,
    /// What it is called, as written, without article ("12-point harbour plan").
    pub name: String,
    /// The noun it is, in lower case ("plan", "offer").
    pub noun: String,
    /// What sort of thing that is.
    pub class: ProposalClass,
    /// Its number of points, articles, clauses or proposals, where reported.
    pub points: Option<u32>,
    /// Its sum or rate, where reported ("4.5 percent over two years").
    pub sum: Option<Citation>,
    /// Whether number or sum is rough.
    pub approximate: bool,
    /// Whose it is.
    pub authors: Vec<ActorIndex>,
    /// When it was made.
    pub date: Option<Edtf>,
    /// The words of change that made this version ("whittled down", "revised").
    pub change: Option<Citation>,
}

/// A matter that a report says is in dispute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct IssueFinding {
    /// The rule that found it.
    #[serde(default)]
    pub by: Rule,
    /// The noun phrase that names it.
    pub at: Citation,
    /// The same in lower case, without article and empty modifiers: what reports are compared by.
    pub name: String,
    /// Where it stands, where reported.
    pub status: Option<IssueStatus>,
    /// Whether the report itself puts it in dispute; if not, it is only dealt with in words of bargaining, and other
    /// reports decide whether it matters.
    pub disputed: bool,
}

/// What a position is about: an index into the lists of the same [`Findings`](crate::Findings).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// A proposal mention.
    Proposal(u32),
    /// An issue.
    Issue(u32),
    /// A gathering.
    Meeting(u32),
}

/// How far a party is said to accept a thing, where the words of the clause tell: from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Degree {
    /// For the time being ("tentatively", "in principle").
    InPrinciple,
    /// The greater part ("most of", "largely").
    InTheMain,
    /// All but small things ("with minor reservations").
    ButForDetails,
}

impl Degree {
    /// The words for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Degree::InPrinciple => "in principle",
            Degree::InTheMain => "in the main",
            Degree::ButForDetails => "but for details",
        }
    }
}

/// How one party stands to one subject, as one clause tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct PositionFinding {
    /// The rule that found it.
    #[serde(default)]
    pub by: Rule,
    /// The clause that tells it.
    pub at: Citation,
    /// Who.
    pub party: ActorIndex,
    /// How.
    pub stance: Stance,
    /// How far, where the stance is taken by acceptance and its clause says.
    #[serde(default)]
    pub degree: Option<Degree>,
    /// To what, where it is something that has an entry of its own.
    pub on: Option<Topic>,
    /// The words for it.
    pub subject: Option<Citation>,
    /// When.
    pub date: Option<Edtf>,
    /// How likely it is right, 0 to 1, where the tagger read the words.
    #[serde(default)]
    pub confidence: Option<f32>,
}

/// What happens only if something else does, as one clause tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct ConditionFinding {
    /// The rule that found it.
    #[serde(default)]
    pub by: Rule,
    /// The clause that tells both.
    pub at: Citation,
    /// What would happen.
    pub what: Citation,
    /// What must be before.
    pub only_if: Citation,
    /// Who set it.
    pub party: Option<ActorIndex>,
}
