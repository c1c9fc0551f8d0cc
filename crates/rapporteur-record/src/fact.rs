//! Facts found again in a record though ids may have changed.

use rapporteur_schema::{Anchor, Entity, Fact, Record, RecordIndex};

/// All facts of a record, in its order.
pub fn facts(record: &Record) -> Vec<Fact> {
    RecordIndex::new(record).facts()
}

/// The fact that an anchor holds on to: of the same id, or else the one that rests on most of the same places (an entity:
/// by its names), or else the only one that says the same.
pub(crate) fn find<'f>(facts: &'f [Fact], anchor: &Anchor) -> Option<&'f Fact> {
    let of_kind = || facts.iter().filter(|f| f.kind == anchor.fact);
    if let Some(same) = of_kind().find(|f| f.id == anchor.id) {
        return Some(same);
    }
    let shared = |f: &&Fact| {
        let names = anchor.names.iter().filter(|n| f.names.contains(n)).count();
        let places = anchor.places.iter().filter(|p| f.places.iter().any(|q| p.overlaps(q))).count();
        (names, places)
    };
    let best = of_kind().max_by_key(|f| (shared(f), std::cmp::Reverse(f.id.clone())))?;
    if shared(&best) != (0, 0) {
        return Some(best);
    }
    // A new version of the article has the same words in another place.
    let mut same = of_kind().filter(|f| f.about == anchor.about);
    same.next().filter(|_| same.next().is_none())
}

/// The same among entities that are in no record yet; its place.
pub(crate) fn find_entity(entities: &[Entity], anchor: &Anchor) -> Option<usize> {
    if let Some(same) = entities.iter().position(|e| anchor.id == e.id.as_str()) {
        return Some(same);
    }
    let shared = |e: &Entity| {
        let names = anchor.names.iter().filter(|n| e.names.iter().any(|f| f.form == **n)).count();
        let mentioned = |report: &str, start: u32, end: u32| {
            e.mentions.iter().any(|m| m.report.as_str() == report && m.start < end && start < m.end)
        };
        let places = anchor.places.iter().filter(|p| mentioned(p.report.as_str(), p.start, p.end)).count();
        (names, places)
    };
    let all = || entities.iter().enumerate();
    let (at, best) = all().max_by_key(|(_, e)| (shared(e), std::cmp::Reverse(e.id.clone())))?;
    if shared(best) != (0, 0) {
        return Some(at);
    }
    let mut same = all().filter(|(_, e)| e.name == anchor.about);
    same.next().filter(|_| same.next().is_none()).map(|(at, _)| at)
}
