//! Which rule found a thing, and what it decided against: what makes a finding explain itself.

use std::borrow::Cow;

#[cfg(feature = "json-schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Citation;

/// The rule that found something: the path of its module and what it goes by, as in `meeting/verb` or `statement/according`.
///
/// Every finding has one, and every fact of the record that rests on findings has those of its findings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
#[serde(transparent)]
pub struct Rule(Cow<'static, str>);

impl Default for Rule {
    /// What findings kept by an older version have.
    fn default() -> Self {
        Rule::new("")
    }
}

impl Rule {
    /// Names a rule.
    pub const fn new(name: &'static str) -> Self {
        Rule(Cow::Borrowed(name))
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether no rule in words found it but the tagger, whose marks each kind of finding takes up in a rule of this name.
    pub fn is_marked(&self) -> bool {
        self.0.ends_with("/marked")
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A rival that lost: what a rule saw and decided against, with the reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Rival {
    /// The rule that decided.
    pub by: Rule,
    /// For which slot: `speaker`, `participant`, `place`, `date`, `party`, or `finding` where the whole was dropped.
    pub slot: Cow<'static, str>,
    /// The words that the decision was about: the cue, trigger or clause that it belongs to.
    pub of: Citation,
    /// The words that lost.
    pub lost: Citation,
    /// Why, in a few words ("stands inside the pronoun's own content").
    pub why: Cow<'static, str>,
}
