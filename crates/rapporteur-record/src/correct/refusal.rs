//! Why something cannot be corrected so.

use std::fmt;

use rapporteur_schema::{FactId, FactKind};

/// A correction that makes no sense: nothing was changed. Faces add how to ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// No fact goes by this.
    NoSuchFact {
        /// What was asked for.
        asked: String,
        /// The sorts of fact that would do; empty for any.
        kinds: Vec<FactKind>,
    },
    /// Several facts go by this.
    Ambiguous {
        /// What was asked for.
        asked: String,
        /// Two or more that it could be, with their words.
        candidates: Vec<(FactId, String)>,
    },
    /// Something needed was left empty: "who", "text", "forms", "entities".
    Missing(&'static str),
    /// A fact of this sort has none: "a proposal has no date".
    HasNone {
        /// The sort.
        fact: FactKind,
        /// What it has not: "date", "status", "speaker".
        what: &'static str,
    },
    /// A word that is no status of such a fact.
    NoSuchStatus {
        /// The sort.
        fact: FactKind,
        /// The word.
        status: String,
    },
    /// A text that is no date.
    NotADate(String),
    /// The names to be made one are one already.
    NothingToMerge(String),
    /// An entity does not go by any of these spellings.
    NoSuchForm {
        /// The entity.
        name: String,
        /// The spellings.
        forms: Vec<String>,
    },
    /// An entity goes by no other spelling: nothing would be left of it.
    AllForms(String),
    /// No report says that words are the same or that accounts differ: there only our reading can be wrong.
    OnlyReading(FactKind),
    /// It was found and makes sense, but changes nothing.
    NoEffect,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NoSuchFact { asked, kinds } => write!(f, "there is no {} {asked:?}", sorts(kinds)),
            Refusal::Ambiguous { asked, candidates } => {
                let all: Vec<String> = candidates.iter().map(|(id, about)| format!("{id} ({about})")).collect();
                write!(f, "{asked:?} could be {}", all.join(" or "))
            }
            Refusal::Missing(what) => write!(f, "{what} is missing"),
            Refusal::HasNone { fact, what } => write!(f, "{} has no {what}", one(*fact)),
            Refusal::NoSuchStatus { fact, status } => {
                write!(
                    f,
                    "{status:?} is no status of {}; it is one of: {}",
                    one(*fact),
                    super::statuses(*fact).join(", ")
                )
            }
            Refusal::NotADate(date) => {
                write!(f, "{date:?} is no date: a date is 2025-11-24, 2025-11, 2025, or a/b; or none")
            }
            Refusal::NothingToMerge(name) => write!(f, "nothing to merge with {name}: it takes two names"),
            Refusal::NoSuchForm { name, forms } => write!(f, "{name} is nowhere called {}", forms.join(" or ")),
            Refusal::AllForms(name) => write!(f, "{name} is called nothing else; some spelling must be left"),
            Refusal::OnlyReading(fact) => {
                write!(f, "{} is put together here, no report says it: it can only be wrong as a reading", one(*fact))
            }
            Refusal::NoEffect => f.write_str("this changes nothing of that fact"),
        }
    }
}

impl std::error::Error for Refusal {}

fn one(kind: FactKind) -> String {
    let word = kind.as_str();
    let article = if word.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {word}")
}

fn sorts(kinds: &[FactKind]) -> String {
    match kinds {
        [] => "fact".to_owned(),
        [one] => one.as_str().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(|k| k.as_str()).collect();
            format!("{} or {}", most.join(", "), last.as_str())
        }
    }
}
