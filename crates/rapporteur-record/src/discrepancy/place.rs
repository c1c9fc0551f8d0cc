//! Where one gathering was: the same people on the same day, in two cities by two reports.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{Citation, DiscrepancyKind, Edtf, EntityId, EntityKind, Meeting, MeetingKind, Record, ReportId};

use super::{Draft, date};
use crate::story::Story;

/// Finds them: places never merge, so the two accounts stand in two meetings.
pub(super) fn find(story: &Story<'_>, record: &Record) -> Vec<Draft> {
    let mut groups: BTreeMap<(BTreeSet<&EntityId>, Edtf), Vec<&Meeting>> = BTreeMap::new();
    for meeting in &record.meetings {
        let who: BTreeSet<&EntityId> = meeting.participants.iter().collect();
        let apart = matches!(meeting.kind, MeetingKind::Call | MeetingKind::VideoCall);
        if let Some(day) = meeting.date.filter(|d| d.is_day() && who.len() >= 2 && !apart && meeting.place.is_some()) {
            groups.entry((who, day)).or_default().push(meeting);
        }
    }
    let groups = groups.into_values().filter(|g| g.len() >= 2);
    groups.filter_map(|group| draft(story, record, &group)).collect()
}

fn draft(story: &Story<'_>, record: &Record, group: &[&Meeting]) -> Option<Draft> {
    let reports = |m: &Meeting| -> BTreeSet<ReportId> { m.accounts.iter().map(|a| a.span.report().clone()).collect() };
    let mut seen: BTreeSet<ReportId> = BTreeSet::new();
    let mut accounts: Vec<(String, Vec<Citation>)> = Vec::new();
    for meeting in group {
        let own = reports(meeting);
        // A report that knows both places tells of two gatherings.
        if own.iter().any(|r| seen.contains(r)) {
            return None;
        }
        seen.extend(own);
        let place = record.entities.iter().find(|e| Some(&e.id) == meeting.place.as_ref())?;
        // A country is no other place than the city in it.
        if place.kind != EntityKind::Place {
            return None;
        }
        let spans = meeting.accounts.iter().filter(|a| a.place.is_some()).map(|a| a.span.clone());
        accounts.push((place.name.clone(), spans.collect()));
    }
    debug_assert!(story.reports.len() >= seen.len());
    let first = group.first()?;
    Some(Draft::new(DiscrepancyKind::Place, format!("where: {}", date::about(record, first)), accounts))
}
