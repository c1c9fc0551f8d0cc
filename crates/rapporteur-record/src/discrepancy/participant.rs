//! Who was there: one report has a person in the room who, by another, was not.

use std::collections::BTreeSet;

use rapporteur_schema::{DiscrepancyKind, EntityId, EntityKind, Meeting, MeetingAccount, Record};

use super::{RawDiscrepancy, date};
use crate::context::MergeContext;

/// Finds them. Leaving somebody out is no contradiction, so only a person who stands in another's stead counts: the same
/// counterpart, the same day and place, and each report a different person of one country or office.
pub(super) fn find(story: &MergeContext<'_>, record: &Record) -> Vec<RawDiscrepancy> {
    record.meetings.iter().filter_map(|m| draft(story, record, m)).collect()
}

fn draft(story: &MergeContext<'_>, record: &Record, meeting: &Meeting) -> Option<RawDiscrepancy> {
    let person = |id: &&EntityId| record.entities.iter().any(|e| e.id == **id && e.kind == EntityKind::Person);
    let people = |a: &MeetingAccount| -> BTreeSet<EntityId> { a.participants.iter().filter(person).cloned().collect() };
    let full: Vec<(&MeetingAccount, BTreeSet<EntityId>)> =
        meeting.accounts.iter().map(|a| (a, people(a))).filter(|(_, p)| p.len() == 2).collect();
    let country = |id: &EntityId| {
        let index = story.merged.entities.iter().position(|e| e.id == *id)?;
        story.country(index).map(str::to_owned)
    };
    for (n, (a, x)) in full.iter().enumerate() {
        for (b, y) in &full[n + 1..] {
            let (mut ours, mut theirs) = (x.difference(y), y.difference(x));
            let (Some(one), None, Some(other), None) = (ours.next(), ours.next(), theirs.next(), theirs.next()) else {
                continue;
            };
            let stead = country(one).is_some() && country(one) == country(other);
            // Either report may name the other's person elsewhere in the same meeting.
            let knows = |report: &MeetingAccount, id: &EntityId| {
                let own = meeting.accounts.iter().filter(|c| c.span.report() == report.span.report());
                own.flat_map(|c| &c.participants).any(|p| p == id)
            };
            let fixed = a.date.is_some() && a.date == b.date && a.status == b.status;
            if a.span.report() != b.span.report() && stead && fixed && !knows(a, other) && !knows(b, one) {
                let name = |id: &EntityId| {
                    record.entities.iter().find(|e| e.id == *id).map(|e| e.name.clone()).unwrap_or_default()
                };
                let accounts = vec![(name(one), vec![a.span.clone()]), (name(other), vec![b.span.clone()])];
                return Some(RawDiscrepancy::new(
                    DiscrepancyKind::Participant,
                    format!("who: {}", date::about(record, meeting)),
                    accounts,
                ));
            }
        }
    }
    None
}
