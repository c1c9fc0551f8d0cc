//! Who wants what: a list a party, each stand with the clause that tells it.

use rapporteur_lexicon::words::presentation::SOME_OF_THEM;
use rapporteur_schema::{EntityId, EntityKind, Position, Rule, Stance, phrase};

use super::builder::ViewBuilder;
use super::clause::LEAST_WORDS;
use super::row::Part;
use crate::words::clean;

/// Who wants what.
#[derive(Clone, Debug, Default)]
pub struct Wants {
    /// The parties, the one that most independent sources tell of first.
    pub parties: Vec<Party>,
}

/// One party's stands.
#[derive(Clone, Debug)]
pub struct Party {
    /// The entity.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it stands for: the sure before the doubtful, what most sources tell first, what contradicts itself together.
    pub stands: Vec<Stand>,
    /// Indices of citations.
    pub cites: Vec<usize>,
}

/// One stand of a party.
#[derive(Clone, Debug)]
pub struct Stand {
    /// The position.
    pub id: String,
    /// "accepts", "demands": a tag for the clause.
    pub stance: &'static str,
    /// The name of what it is on, where that has an entry; else empty.
    pub on: String,
    /// The clause as written, and the reports that tell it.
    pub clause: Part,
    /// Whether it is against the one before it, of the same party on the same subject: both are shown or none.
    pub against: bool,
    /// Whether the tagger alone reads it, in one report's words: not in a short brief, and marked where it is shown.
    pub doubtful: bool,
    /// Whether a line above shows the same words of the same party.
    pub told: bool,
    /// Whether it is new.
    pub fresh: bool,
}

/// From this confidence on a stand is shown in a short brief: right about three times of four (docs/accuracy.md).
const SURE: f32 = 0.65;

/// Whether a stand is not sure; without the tagger's word, whether the tagger alone reads a stand, in one report or in the same words of several: right less than every second time
/// (docs/accuracy.md).
fn is_doubtful(builder: &ViewBuilder<'_>, p: &Position) -> bool {
    // Who says nothing wants nothing that a first screen need tell.
    if p.stance == Stance::Declines {
        return true;
    }
    if let Some(confidence) = p.confidence {
        return confidence < SURE;
    }
    let first = p.evidence.first();
    let words = clean(first.exact()).to_lowercase();
    let same = |c: &rapporteur_schema::Citation| {
        builder.number(c.report()) == builder.number(first.report()) || clean(c.exact()).to_lowercase() == words
    };
    p.by.iter().all(Rule::is_marked) && p.evidence.iter().all(same)
}

/// Whether two stands on one thing cannot both be the whole truth.
fn contradict(a: Stance, b: Stance) -> bool {
    let side = |s: Stance| match s {
        Stance::Accepts | Stance::AcceptsWithReservations | Stance::Supports | Stance::Offers => Some(true),
        Stance::Rejects | Stance::Doubts => Some(false),
        Stance::Demands | Stance::Declines => None,
    };
    matches!((side(a), side(b)), (Some(a), Some(b)) if a != b)
}

pub(super) fn wants(builder: &mut ViewBuilder<'_>) -> Wants {
    let record = builder.record;
    let mut parties: Vec<&EntityId> = Vec::new();
    for p in &record.positions {
        if !parties.contains(&&p.party) {
            parties.push(&p.party);
        }
    }
    let mut lists: Vec<Party> = parties.into_iter().map(|id| party(builder, id)).collect();
    lists.sort_by_cached_key(|list| {
        // Doubtful stands do not lift a party.
        let sure = list.stands.iter().any(|s| !s.doubtful);
        let silent = list.stands.first().is_some_and(|s| s.stance == Stance::Declines.as_str());
        let counted = list.stands.iter().filter(|s| !sure || !s.doubtful);
        let mut reports: Vec<usize> = counted.flat_map(|s| s.clause.reports.iter().copied()).collect();
        reports.sort_unstable();
        reports.dedup();
        let sources = builder.independent_sources(&reports);
        (!sure, silent, std::cmp::Reverse(sources), std::cmp::Reverse(reports.len()), list.name.clone())
    });
    Wants { parties: lists }
}

fn party(builder: &mut ViewBuilder<'_>, id: &EntityId) -> Party {
    let mut own: Vec<(bool, &Position)> =
        builder.record.positions.iter().filter(|p| p.party == *id).map(|p| (is_doubtful(builder, p), p)).collect();
    own.sort_by_cached_key(|(doubtful, p)| {
        let reports = builder.reports_of(&p.evidence);
        let sources = builder.independent_sources(&reports);
        // Silence is no stand: it comes after what somebody wants.
        let silent = p.stance == Stance::Declines;
        (*doubtful, silent, std::cmp::Reverse(sources), std::cmp::Reverse(reports.len()))
    });
    let mut ordered: Vec<(bool, &Position, bool)> = Vec::new();
    while !own.is_empty() {
        let (doubtful, first) = own.remove(0);
        ordered.push((doubtful, first, false));
        let opposed = |(d, p): &(bool, &Position)| !d && p.on == first.on && contradict(p.stance, first.stance);
        if let Some(at) = own.iter().position(opposed).filter(|_| !doubtful) {
            ordered.push((false, own.remove(at).1, true));
        }
    }
    let mut stands: Vec<Stand> = Vec::new();
    for (doubtful, p, against) in ordered {
        let stand = stand(builder, p, doubtful, against, &stands);
        stands.push(stand);
    }
    let mut cites: Vec<usize> = stands.iter().flat_map(|s| s.clause.cites.iter().copied()).collect();
    cites.dedup();
    Party { id: id.to_string(), name: builder.entity_name(id), stands, cites }
}

/// Whether words tell what a clause does: a good part of its longer words.
fn tells(words: &str, clause: &str) -> bool {
    const LETTERS: usize = 4;
    let long = |text: &str| -> Vec<String> {
        let all = phrase::words(text).map(str::to_lowercase).filter(|w| w.chars().count() >= LETTERS);
        all.map(|w| w.chars().take(5).collect()).collect()
    };
    let (given, shown) = (long(words), long(clause));
    let shared = shown.iter().filter(|w| given.contains(w)).count();
    5 * shared >= 2 * shown.len()
}

/// Whether a clause begins with people who are a part of some: "several senators", "a few of the dockers", "a number of mayors".
fn is_part(clause: &str) -> bool {
    let mut words = phrase::words(clause).map(str::to_lowercase);
    match words.next() {
        Some(a) if a == "a" => words.next().is_some_and(|w| SOME_OF_THEM.has(&w)),
        // "Number 10" is an address.
        first => first.is_some_and(|w| SOME_OF_THEM.value(&w) != Some("behind a") && SOME_OF_THEM.has(&w)),
    }
}

fn stand(builder: &mut ViewBuilder<'_>, p: &Position, doubtful: bool, against: bool, before: &[Stand]) -> Stand {
    let best = builder.around.best(p.evidence.iter());
    let says = best.as_ref().and_then(|(c, _)| builder.sayer(c, &p.party));
    let told = best.as_ref().map(|(c, text)| (c.report(), text.clone()));
    let text = best.map(|(c, text)| if text == builder.around.whole(c) { builder.around.to_mark(c) } else { text });
    let text = text.unwrap_or_default();
    let cites = builder.cite_all(p.evidence.iter());
    // The same words read twice are shown once.
    let same = |s: &Stand| s.clause.text == text || s.clause.cites.iter().any(|c| cites.contains(c));
    // The label holds for all of them; the clause that is shown, for those that tell it.
    let first = told.as_ref().map(|(report, _)| *report);
    let telling = p.evidence.iter().filter(|c| told.as_ref().is_none_or(|(_, text)| tells(c.exact(), text)));
    let reports = builder.report_numbers(telling.map(|c| c.report()).chain(first));
    let scrap = super::clause::words(&text) < LEAST_WORDS - 1;
    // "Several senators of the party" are not the party.
    let some = is_part(&text)
        && builder.entity(&p.party).is_some_and(|e| !matches!(e.kind, EntityKind::Person | EntityKind::Group));
    if !doubtful {
        p.evidence.iter().for_each(|c| builder.show(c));
    }
    Stand {
        id: p.id().to_string(),
        stance: p.stance.as_str(),
        on: builder.index.subject(&p.on).map(|name| clean(&name)).unwrap_or_default(),
        against,
        doubtful: doubtful || scrap || some,
        told: !against && before.iter().any(same),
        fresh: false,
        clause: Part { ids: vec![p.id().to_string()], reports, text, says, cites, ..Part::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::is_part;

    #[test]
    fn some_people_are_a_part() {
        assert!(is_part("Several senators of the party called for it") && is_part("a number of mayors refused"));
        assert!(!is_part("Number 10 rejected the plan") && !is_part("The senators called for it") && !is_part(""));
    }
}
