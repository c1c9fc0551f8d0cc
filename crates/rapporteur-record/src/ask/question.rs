//! What a question asks: its telling words, and the sort of answer.

use rapporteur_lexicon::words::asking;
use rapporteur_schema::{DiscrepancyKind, Text, TextUnits};

use crate::words::{fold, is_stop, stem};

/// Letters of a question that are read.
const MOST_LETTERS: usize = 2_000;

/// Words that count: who asks more pastes.
const MOST_WORDS: usize = 64;

/// A sort of answer, as bits.
pub(super) const FIGURE: u8 = 1;
pub(super) const DAY: u8 = 2;
pub(super) const PLACE: u8 = 4;
pub(super) const PERSON: u8 = 8;

/// A word of a question.
pub(super) struct Term {
    /// As it is shown: folded.
    pub(super) folded: String,
    /// Its stem, and those of other forms of an irregular verb: who asks "did they meet" is told that they met.
    pub(super) stems: Vec<String>,
    /// Whether it only says what sort of answer is asked for: it may stand in an answer, and need not.
    pub(super) asks: bool,
}

/// A question by its words.
#[derive(Default)]
pub(super) struct Question {
    /// Its telling words, each stem once, in order.
    pub(super) terms: Vec<Term>,
    /// The sorts of answer that it asks for, as bits; 0 where it could be any.
    pub(super) sorts: u8,
}

impl Question {
    pub(super) fn read(text: &str) -> Self {
        let short: String = text.chars().take(MOST_LETTERS).collect();
        let text = Text::new(short);
        let mut question = Question::default();
        for at in TextUnits::new(&text, &[]).words() {
            let folded = fold(text.slice(at).unwrap_or_default());
            let asks = asking::ASKS.value(&folded);
            question.sorts |= match asks {
                Some("figure") => FIGURE,
                Some("day") => DAY,
                Some("place") => PLACE,
                Some("person") => PERSON,
                _ => 0,
            };
            if folded.is_empty() || is_stop(&folded) || question.terms.len() >= MOST_WORDS {
                continue;
            }
            let stems = stems(&folded);
            if !question.terms.iter().any(|t| t.stems.iter().any(|s| stems.contains(s))) {
                question.terms.push(Term { folded, stems, asks: asks.is_some() });
            }
        }
        // "What did he say": nothing else to go by.
        if question.terms.iter().all(|t| t.asks) {
            question.terms.iter_mut().for_each(|t| t.asks = false);
        }
        question
    }
}

/// The stem of a word, and those of all forms of its verb where that is irregular.
fn stems(folded: &str) -> Vec<String> {
    let own = stem(folded);
    let forms = asking::IRREGULAR.words();
    let verbs = || forms.iter().filter_map(|form| asking::IRREGULAR.value(form));
    let verb = asking::IRREGULAR.value(folded).or_else(|| verbs().find(|verb| stem(verb) == own));
    let mut all = vec![own];
    if let Some(verb) = verb {
        all.push(stem(verb));
        all.extend(forms.iter().filter(|form| asking::IRREGULAR.value(form) == Some(verb)).map(|form| stem(form)));
    }
    all.sort();
    all.dedup();
    all
}

/// The sort of answer that a kind of difference is about.
pub(super) fn sort_of(kind: DiscrepancyKind) -> u8 {
    match kind {
        DiscrepancyKind::Number => FIGURE,
        DiscrepancyKind::Date => DAY,
        DiscrepancyKind::Place => PLACE,
        DiscrepancyKind::Participant | DiscrepancyKind::Attribution => PERSON,
        _ => 0,
    }
}
