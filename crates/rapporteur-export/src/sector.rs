//! What country and which sector of society an actor is of, as event data asks it.
//!
//! Only what the record says is used: the code of a country, the offices that reports give a person, and words of a
//! body's own name, by a list of the lexicon. What that leaves open stays open.

use rapporteur_lexicon::table::SECTORS;
use rapporteur_lexicon::words::presentation::FORMER;
use rapporteur_lexicon::{facts, rows};
use rapporteur_schema::{Entity, EntityKind, Office, phrase};

use crate::index::ReportIndex;

/// The three letters of an actor's country: its own, or that of an office it holds.
pub(crate) fn country(index: &ReportIndex<'_>, entity: &Entity) -> Option<&'static str> {
    let own = entity.iso3166.as_deref();
    let of = || entity.offices.iter().find_map(|o| index.entity(o.of.as_ref()?)?.iso3166.as_deref());
    facts().alpha3(own.or_else(of)?)
}

/// The sectors of an actor by PLOVER, each once: first those of its offices in the order of the record, or of its name.
pub(crate) fn sectors(index: &ReportIndex<'_>, entity: &Entity) -> Vec<&'static str> {
    let mut found = Vec::new();
    match entity.kind {
        EntityKind::Person => found.extend(entity.offices.iter().filter_map(|o| of_office(index, o))),
        EntityKind::Organization | EntityKind::Group => found.extend(fitting("body", &entity.name).map(|r| r.sector)),
        EntityKind::Country | EntityKind::Place => {}
    }
    let mut once: Vec<&'static str> = Vec::new();
    for sector in found {
        if !once.contains(&sector) {
            once.push(sector);
        }
    }
    once
}

fn of_office(index: &ReportIndex<'_>, office: &Office) -> Option<&'static str> {
    let title = office.title.to_lowercase();
    if phrase::words(&title).any(|w| FORMER.has(w)) {
        return None;
    }
    let row = fitting("title", &office.title)?;
    // The president of a union is no president of a state: where a body is named, its kind decides.
    let of = office.of.as_ref().and_then(|of| index.entity(of));
    let state = of.is_none_or(|e| e.kind == EntityKind::Country || e.iso3166.is_some());
    // And where none is named, a title that others bear too says nothing.
    (!row.state || (of.is_some() && state)).then_some(row.sector)
}

struct Row {
    sector: &'static str,
    state: bool,
    length: usize,
}

/// The row with the longest words that fit: a title ends with them, a name has them anywhere.
fn fitting(place: &str, name: &str) -> Option<Row> {
    let name = name.to_lowercase();
    let words: Vec<&str> = phrase::words(&name).collect();
    let rows = rows(SECTORS).filter_map(|[at, wanted, sector, whose]| {
        let wanted: Vec<&str> = phrase::words(wanted).collect();
        let fits = match at {
            "title" => words.ends_with(&wanted),
            _ => words.windows(wanted.len()).any(|w| w == wanted),
        };
        (at == place && fits).then_some(Row { sector, state: whose == "state", length: wanted.len() })
    });
    rows.max_by_key(|r| r.length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_words_count() {
        let sector = |place, name| fitting(place, name).map(|r| (r.sector, r.state));
        assert_eq!(sector("title", "Deputy Foreign Minister"), Some(("GOV", false)));
        assert_eq!(sector("title", "president"), Some(("GOV", true)));
        assert_eq!(sector("title", "Intelligence chief"), Some(("SPY", false)));
        assert_eq!(sector("title", "ship's cook"), None);
        assert_eq!(sector("body", "Foreign Ministry"), Some(("GOV", false)));
        assert_eq!(sector("body", "Partying Ltd"), None);
    }

    #[test]
    fn the_list_is_sorted_and_whole() {
        let list: Vec<&str> = SECTORS.lines().filter(|l| !l.starts_with('#')).collect();
        assert!(list.is_sorted() && list.iter().all(|r| r.split('\t').count() == 4));
        assert_eq!((facts().alpha3("NO"), facts().alpha3("ZZ")), (Some("NOR"), None));
    }
}
