//! What one person is called: the same office and surname with another first name. Spellings are no difference, and two
//! people who share a surname stand in one report together or hold different offices.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{Citation, DiscrepancyKind, Entity, EntityKind, Record, ReportId};

use super::RawDiscrepancy;

/// Finds them.
pub(super) fn find(record: &Record) -> Vec<RawDiscrepancy> {
    let mut groups: BTreeMap<(String, String, String), Vec<&Entity>> = BTreeMap::new();
    for person in record.entities.iter().filter(|e| e.kind == EntityKind::Person) {
        // A name of two words, so that what is no name ("Plus Roe Doe Lee") and initials do not count.
        let Some((first, surname)) = person.name.split_once(' ') else { continue };
        if surname.contains(' ') || first.contains('.') {
            continue;
        }
        for office in &person.offices {
            let Some(of) = &office.of else { continue };
            let key = (surname.to_lowercase(), office.title.to_lowercase(), of.as_str().to_owned());
            let group = groups.entry(key).or_default();
            if !group.iter().any(|e| e.id == person.id) {
                group.push(person);
            }
        }
    }
    let mut done: BTreeSet<BTreeSet<&str>> = BTreeSet::new();
    let mut found = Vec::new();
    for ((_, title, _), group) in &groups {
        let ids = group.iter().map(|e| e.id.as_str()).collect();
        if group.len() == 2 && apart(group[0], group[1]) && first_names_differ(group[0], group[1]) && done.insert(ids) {
            let accounts = group.iter().map(|e| (e.name.clone(), evidence(e, title)));
            found.push(RawDiscrepancy::new(DiscrepancyKind::Name, format!("name of the {title}"), accounts.collect()));
        }
    }
    found
}

/// Whether no report names both.
fn apart(a: &Entity, b: &Entity) -> bool {
    let reports = |e: &Entity| -> BTreeSet<ReportId> { e.mentions.iter().map(|m| m.report.clone()).collect() };
    reports(a).is_disjoint(&reports(b))
}

/// Whether two first names are two names, and not a short or foreign form of one ("Dan", "Daniel"; "Jon", "John").
fn first_names_differ(a: &Entity, b: &Entity) -> bool {
    let first = |e: &Entity| e.name.split(' ').next().unwrap_or_default().trim_matches('.').to_lowercase();
    let (x, y) = (first(a), first(b));
    x.chars().next() != y.chars().next()
}

fn evidence(person: &Entity, title: &str) -> Vec<Citation> {
    let own = person.offices.iter().filter(|o| o.title.to_lowercase() == title);
    own.flat_map(|o| o.evidence.iter().cloned()).collect()
}
