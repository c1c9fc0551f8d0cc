//! Questions: which sentences of the reports answer one, as they stand there; nothing is composed.
//!
//! 1. `index`: the sentences of all bodies by the stems of their words, with the claims and differences that rest on them.
//! 2. `question`: the telling words of a question, and what sort of answer it asks for.
//! 3. `rank`: BM25 of each sentence (how rare a word is in these very reports); more for the sort of answer asked for.
//! 4. The best are grouped: sentences of one claim are one answer; where the record knows that accounts differ, they stand
//!    side by side. Where too little of the question is met, no report says.
//!
//! Words alone decide. Vectors of a sentence encoder beside them found a few more in a trial (docs/accuracy.md), but the
//! encoder would have to run when a question is asked.

mod index;
mod question;
mod rank;
#[cfg(test)]
mod tests;

use rapporteur_schema::{Citation, ClaimId, DiscrepancyId, DiscrepancyKind, Edtf};
use serde::Serialize;

pub use index::AskIndex;
#[doc(hidden)]
pub use rank::Settings;

/// Answers given where nobody asks for another number.
pub const DEFAULT_ANSWERS: usize = 5;

/// What reports say to a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Answer {
    /// The question as it was asked.
    pub question: String,
    /// Whether anything answers it, and if not, why not.
    pub outcome: Outcome,
    /// What answers it, the best first; empty where no report says.
    pub answers: Vec<Told>,
    /// Telling words of the question that no sentence has, folded.
    pub unknown: Vec<String>,
    /// How many reports were looked through.
    pub reports: usize,
    /// How many sentences of them.
    pub sentences: usize,
}

impl Answer {
    /// What to tell a person where nothing answers; `None` where something does.
    pub fn says_no(&self) -> Option<String> {
        let looked =
            format!("looked through {} of {}", count(self.sentences, "sentence"), count(self.reports, "report"));
        let why = match self.outcome {
            Outcome::Found => return None,
            Outcome::NoWords => "the question has no word that tells what it is about".to_owned(),
            Outcome::UnknownWords => format!("none of them has {}", or(&self.unknown)),
            Outcome::TooLittle if self.unknown.is_empty() => "no sentence has enough of its words together".to_owned(),
            Outcome::TooLittle => {
                format!("no sentence has enough of its words together, and none has {}", or(&self.unknown))
            }
        };
        Some(format!("No report says: {why} ({looked})."))
    }

    /// Which words of the question no report has, though something answers it; `None` where all are known.
    pub fn says_lacking(&self) -> Option<String> {
        let lacks = self.outcome == Outcome::Found && !self.unknown.is_empty();
        lacks.then(|| format!("No report has {}: the answers go by the other words.", or(&self.unknown)))
    }
}

/// "3 reports", "1 report".
fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// “a”, “b” or “c”; the first few.
fn or(words: &[String]) -> String {
    const MOST: usize = 6;
    let shown: Vec<String> = words.iter().take(MOST).map(|w| format!("“{w}”")).collect();
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => "them".into(),
    }
}

/// Whether anything answers a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Something does.
    Found,
    /// The question has no telling word.
    NoWords,
    /// No report has any of its telling words.
    UnknownWords,
    /// Some have, but no sentence has enough of them.
    TooLittle,
}

/// One answer: what sentences of one claim say, or a single sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Told {
    /// The claim, where sentences of several reports assert the same.
    pub claim: Option<ClaimId>,
    /// Independent sources of it.
    pub origins: u32,
    /// Its sentences, the one that fits the question best first; the first few of very many.
    pub sentences: Vec<Saying>,
    /// How many more there are.
    pub more: usize,
    /// How well its best sentence fits, by BM25: of use beside the other answers to this question only.
    pub score: f32,
    /// Where the record knows that accounts differ in what these sentences say.
    pub differences: Vec<Differing>,
}

/// A sentence of a report, whole, as it stands there.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Saying {
    /// The sentence and its place.
    pub at: Citation,
    /// Who published the report, where known.
    pub outlet: Option<String>,
    /// When, where known.
    pub published: Option<Edtf>,
    /// The file or address of the report.
    pub source: String,
    /// Places in it of what it is shown for: the question's words, or the words that differ; first code point of the report's
    /// text, and the first after it.
    pub marks: Vec<(u32, u32)>,
}

/// Accounts that differ, side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Differing {
    /// The difference of the record.
    pub id: DiscrepancyId,
    /// In what they differ.
    pub kind: DiscrepancyKind,
    /// The question on which they do.
    pub about: String,
    /// The answers.
    pub accounts: Vec<DifferingAccount>,
}

/// One answer of several.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DifferingAccount {
    /// What it says, as the record has it.
    pub value: String,
    /// The sentences that say so; the first few of very many.
    pub sentences: Vec<Saying>,
    /// How many more there are.
    pub more: usize,
}
