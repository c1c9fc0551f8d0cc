//! Where one gathering was: the same people on the same day, in two cities by two reports.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{
    Citation, DiscrepancyKind, Edtf, Entity, EntityId, EntityKind, Meeting, MeetingKind, Record, ReportId,
};

use super::{RawDiscrepancy, date};

/// Finds them: places never merge, so the two accounts stand in two meetings.
pub(super) fn find(record: &Record) -> Vec<RawDiscrepancy> {
    let mut groups: BTreeMap<(BTreeSet<&EntityId>, Edtf), Vec<&Meeting>> = BTreeMap::new();
    for meeting in &record.meetings {
        let who: BTreeSet<&EntityId> = meeting.participants.iter().collect();
        let apart = matches!(meeting.kind, MeetingKind::Call | MeetingKind::VideoCall);
        if let Some(day) = meeting.date.filter(|d| d.is_day() && who.len() >= 2 && !apart && meeting.place.is_some()) {
            groups.entry((who, day)).or_default().push(meeting);
        }
    }
    let groups = groups.into_values().filter(|g| g.len() >= 2);
    groups.filter_map(|group| draft(record, &group)).collect()
}

fn draft(record: &Record, group: &[&Meeting]) -> Option<RawDiscrepancy> {
    let reports = |m: &Meeting| -> BTreeSet<ReportId> { m.accounts.iter().map(|a| a.span.report().clone()).collect() };
    let mut seen: BTreeSet<ReportId> = BTreeSet::new();
    let mut accounts: Vec<(String, Vec<Citation>)> = Vec::new();
    let mut places: Vec<(&Entity, BTreeSet<ReportId>)> = Vec::new();
    for meeting in group {
        let own = reports(meeting);
        // A report that knows both places tells of two gatherings.
        if own.iter().any(|r| seen.contains(r)) {
            return None;
        }
        let place = record.entities.iter().find(|e| Some(&e.id) == meeting.place.as_ref())?;
        // A country is no other place than the city in it.
        if place.kind != EntityKind::Place {
            return None;
        }
        places.push((place, own.clone()));
        seen.extend(own);
        let spans = meeting.accounts.iter().filter(|a| a.place.is_some()).map(|a| a.span.clone());
        accounts.push((place.name.clone(), spans.collect()));
    }
    // Nor is one that names the other's place: it may tell of a second gathering in words that were not understood.
    let knows = |place: &Entity, own: &BTreeSet<ReportId>| place.mentions.iter().any(|m| own.contains(&m.report));
    let mixed = |n: usize| places.iter().enumerate().any(|(m, (_, own))| m != n && knows(places[n].0, own));
    if (0..places.len()).any(mixed) {
        return None;
    }
    let first = group.first()?;
    Some(RawDiscrepancy::new(DiscrepancyKind::Place, format!("where: {}", date::about(record, first)), accounts))
}
