//! How far an acceptance goes: "tentatively accepted", "agreed to most of", "with minor reservations".

use rapporteur_lexicon::words::negotiation;
use rapporteur_schema::{Degree, Stance};

use crate::doc::{At, Doc};

/// The degree that the words of the clause tell; of several the least, for the others only add to it ("accepted in principle,
/// with minor reservations").
pub(super) fn degree(doc: &Doc<'_>, at: &At, stance: Stance) -> Option<Degree> {
    if !matches!(stance, Stance::Accepts | Stance::AcceptsWithReservations) {
        return None;
    }
    let of = |t: usize| match negotiation::DEGREE.value_any_case(doc.word(at.paragraph, t))? {
        "principle" => Some(Degree::InPrinciple),
        "main" => Some(Degree::InTheMain),
        "details" => Some(Degree::ButForDetails),
        _ => None,
    };
    at.tokens.clone().filter_map(of).min()
}
