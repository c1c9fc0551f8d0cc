//! A number and what it counts, as one report gives it.

#[cfg(feature = "json-schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ActorIndex, Citation, Edtf, Rule};

/// Whether a number is asked for, held out, settled: what parties to a bargain do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Somebody wants it.
    Asked,
    /// Somebody holds it out, or it was turned down.
    Offered,
    /// It is settled.
    Agreed,
}

/// A number with the noun it counts: "about 30 countries", "4.5 percent".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct QuantityFinding {
    /// The rule that found it.
    #[serde(default)]
    pub by: Rule,
    /// The number with its noun and hedge.
    pub at: Citation,
    /// The number with its hedge and unit alone.
    pub number: Citation,
    /// The clause it stands in.
    pub clause: Citation,
    /// The least it can be as written; absent for "fewer than 20".
    pub least: Option<f64>,
    /// The most it can be as written; absent for "more than 20".
    pub most: Option<f64>,
    /// Whether it is hedged ("about", "some", "nearly").
    pub approximate: bool,
    /// The noun counted, as a lemma in lower case ("country", "percent").
    pub noun: String,
    /// Lemmas of the words that tell what it is of: modifiers, the verb, its subject and object, what the phrase is in
    /// apposition to; sorted, each once. Numbers of two reports are compared only where these agree.
    pub of: Vec<String>,
    /// What it changed from ("from 6 to 8 percent").
    pub from: Option<f64>,
    /// The time it is spread over or paid by ("year", "3 year"), where reported.
    pub per: Option<String>,
    /// What the parties do with it, where reported.
    pub stage: Option<Stage>,
    /// The actors that those words name.
    pub actors: Vec<ActorIndex>,
    /// The time it is of, where reported.
    pub date: Option<Edtf>,
}
