//! Readings that are ours alone: that statements are the same words, that accounts differ. What was rejected of them is left
//! out as soon as it is found, before anything rests on it.

use rapporteur_schema::{
    Aim, Anchor, Claim, CorrectionKind, Discrepancy, FactKind, Statement, StatementId, TextRange, Utterance,
};

use super::{Corrections, Outcome};

/// Leaves out the utterances that people rejected; their statements stand alone.
pub(crate) fn utterances(
    utterances: &mut Vec<Utterance>,
    statements: &mut [Statement],
    corrections: &mut Corrections<'_>,
) {
    reject(corrections, FactKind::Utterance, |anchor| {
        let place = |id: &StatementId| statements.iter().find(|s| s.id == *id).map(|s| TextRange::from(&s.content));
        let found =
            find(utterances.iter(), anchor, |u| u.id.as_str(), |u| u.statements.iter().filter_map(place).collect());
        let gone = utterances.remove(found?);
        for s in statements.iter_mut().filter(|s| s.utterance.as_ref() == Some(&gone.id)) {
            s.utterance = None;
        }
        Some(gone.text)
    });
}

/// Leaves out the differences that people rejected.
pub(crate) fn differences(differences: &mut Vec<Discrepancy>, corrections: &mut Corrections<'_>) {
    reject(corrections, FactKind::Discrepancy, |anchor| {
        let places = |d: &Discrepancy| d.accounts.iter().flat_map(|a| a.evidence.iter()).map(TextRange::from).collect();
        let found = find(differences.iter(), anchor, |d| d.id.as_str(), places);
        Some(differences.remove(found?).about)
    });
}

/// Leaves out the claims that people rejected: their sentences do not assert the same.
pub(crate) fn claims(claims: &mut [Option<Claim>], corrections: &mut Corrections<'_>) {
    reject(corrections, FactKind::Claim, |anchor| {
        let places = |c: &Claim| c.spans.iter().map(TextRange::from).collect();
        let at = find(claims.iter().flatten(), anchor, |c| c.id.as_str(), places)?;
        let gone = claims.iter_mut().filter(|c| c.is_some()).nth(at)?.take()?;
        Some(gone.spans.first()?.exact().to_owned())
    });
}

fn reject(corrections: &mut Corrections<'_>, kind: FactKind, mut remove: impl FnMut(&Anchor) -> Option<String>) {
    for (at, correction) in corrections.of(Aim::Reading) {
        if let CorrectionKind::Reject { on } = &correction.change
            && on.fact == kind
        {
            let was = remove(on);
            corrections.outcomes[at] = Outcome { applied: was.is_some(), was, ..Outcome::default() };
        }
    }
}

/// The thing of this id, or that has most of the anchor's places, most of which it must have.
fn find<'t, T: 't>(
    all: impl Iterator<Item = &'t T> + Clone,
    anchor: &Anchor,
    id: impl Fn(&T) -> &str,
    places: impl Fn(&T) -> Vec<TextRange>,
) -> Option<usize> {
    let shared = |one: &T| {
        let own = places(one);
        anchor.places.iter().filter(|p| own.iter().any(|o| o.overlaps(p))).count()
    };
    let same = all.clone().position(|one| anchor.id == id(one));
    same.or_else(|| {
        let (at, best) = all.enumerate().max_by_key(|(at, one)| (shared(one), std::cmp::Reverse(*at)))?;
        (2 * shared(best) > anchor.places.len()).then_some(at)
    })
}
