//! How far an acceptance goes: "tentatively accepted", "agreed to most of", "with minor reservations".

use rapporteur_lexicon::words::{function, negotiation};
use rapporteur_schema::{Degree, Stance};

use crate::doc::{At, Doc};

/// The degree that the words of the clause tell; of several the least, for the others only add to it ("accepted in principle,
/// with minor reservations").
pub(super) fn degree(doc: &Doc<'_>, at: &At, stance: Stance) -> Option<Degree> {
    if !matches!(stance, Stance::Accepts | Stance::AcceptsWithReservations) {
        return None;
    }
    let word = |t: usize| doc.lower(at.paragraph, t);
    let stands = |t: usize| at.tokens.contains(&t);
    // "in principle", "in the main", "but for details": the preposition, over an article.
    let before = |t: usize, preposition: &str| {
        let back = |by: usize| t.checked_sub(by).filter(|&t| stands(t)).map(word);
        back(1) == Some(preposition)
            || back(1).is_some_and(|w| function::ARTICLE.has(w)) && back(2) == Some(preposition)
    };
    let of = |t: usize| {
        let (degree, beside) = negotiation::DEGREE.value(word(t)).map(|v| v.split_once(' ').unwrap_or((v, "")))?;
        let fits = match beside {
            "" => true,
            "of" => stands(t + 1) && word(t + 1) == "of",
            preposition => before(t, preposition),
        };
        match degree {
            "principle" if fits => Some(Degree::InPrinciple),
            "main" if fits => Some(Degree::InTheMain),
            "details" if fits => Some(Degree::ButForDetails),
            _ => None,
        }
    };
    at.tokens.clone().filter_map(of).min()
}
