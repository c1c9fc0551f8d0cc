//! Whether something was, and how far: a gathering held by one report and denied by another, a plan that one party is
//! said to have accepted, to have accepted in part, or not to have accepted.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rapporteur_schema::{
    Citation, Degree, DiscrepancyKind, EntityId, EntityKind, Meeting, MeetingAccount, MeetingStatus, Record, ReportId,
    Stance,
};

use super::{RawDiscrepancy, date, label};
use crate::context::MergeContext;

/// Finds them.
pub(super) fn find(story: &MergeContext<'_>, record: &Record) -> Vec<RawDiscrepancy> {
    let mut found: Vec<RawDiscrepancy> = record.meetings.iter().filter_map(|m| denied(record, m)).collect();
    found.extend(positions(story, record));
    found
}

/// Held and denied; a plan that came to nothing is no contradiction.
fn denied(record: &Record, meeting: &Meeting) -> Option<RawDiscrepancy> {
    use MeetingStatus::{Denied, Held, UnderWay};
    let of = |wanted: &[MeetingStatus]| -> Vec<Citation> {
        // Words that name one side only, or neither day nor place, may deny another gathering.
        let is_definite = |a: &&MeetingAccount| a.participants.len() >= 2 && (a.date.is_some() || a.place.is_some());
        let accounts = meeting.accounts.iter().filter(|a| wanted.contains(&a.status)).filter(is_definite);
        accounts.map(|a| a.span.clone()).collect()
    };
    let (held, denied) = (of(&[Held, UnderWay]), of(&[Denied]));
    let reports = |all: &[Citation]| -> BTreeSet<ReportId> { all.iter().map(|c| c.report().clone()).collect() };
    let apart = reports(&held).is_disjoint(&reports(&denied));
    let accounts = vec![("held".to_owned(), held), ("denied".to_owned(), denied)];
    apart.then(|| RawDiscrepancy::new(DiscrepancyKind::Status, date::about(record, meeting), accounts))
}

/// One way in which a party is said to have taken a plan.
struct Taken<'r> {
    /// 0 not at all, 4 wholly.
    grade: u8,
    at: &'r Citation,
    day: Option<Date>,
}

/// One party, one proposal, degrees of acceptance that exclude each other, reported on the same day.
fn positions(story: &MergeContext<'_>, record: &Record) -> Vec<RawDiscrepancy> {
    let days: BTreeMap<&ReportId, Date> =
        story.findings.iter().filter_map(|f| Some((&f.report, f.published?.last_day()))).collect();
    let findings = story.findings.iter().flat_map(|f| &f.positions);
    let degrees: BTreeMap<&Citation, Degree> = findings.filter_map(|f| Some((&f.at, f.degree?))).collect();
    let mut groups: BTreeMap<(&str, String), Vec<Taken<'_>>> = BTreeMap::new();
    for position in &record.positions {
        // What was turned down was often an earlier state: a refusal counts only with its day.
        let counts = match position.stance {
            Stance::Accepts | Stance::AcceptsWithReservations => true,
            Stance::Rejects => position.date.is_some_and(|d| d.is_day()),
            _ => false,
        };
        if !counts {
            continue;
        }
        let group = groups.entry((&position.on, side(story, record, &position.party))).or_default();
        group.extend(position.evidence.iter().map(|at| Taken {
            grade: grade(position.stance, degrees.get(at).copied()),
            at,
            day: position.date.map(|d| d.last_day()).or_else(|| days.get(at.report()).copied()),
        }));
    }
    let proposal = |id: &str| record.proposals.iter().find(|p| p.id.as_str() == id);
    let mut found = Vec::new();
    for ((on, party), mut taken) in groups {
        // What is reported days later is a later state.
        let last = taken.iter().filter_map(|t| t.day).max();
        taken.retain(|t| t.day.zip(last).is_none_or(|(d, last)| (last - d).get_days() <= 1));
        let mut accounts: BTreeMap<u8, Vec<&Citation>> = BTreeMap::new();
        for one in &taken {
            accounts.entry(one.grade).or_default().push(one.at);
        }
        if let Some(proposal) = proposal(on).filter(|_| two_reports(&accounts)) {
            let name = proposal.names.first().map(String::as_str).unwrap_or_default();
            let accounts = accounts.into_values().map(|evidence| {
                let shortest = evidence.iter().min_by_key(|c| (c.exact().len(), c.span())).map(|c| label(c.exact()));
                (shortest.unwrap_or_default(), evidence.into_iter().cloned().collect())
            });
            found.push(RawDiscrepancy::new(
                DiscrepancyKind::Status,
                format!("has {party} accepted the {name}"),
                accounts.collect(),
            ));
        }
    }
    found
}

/// Whether some two answers come from two reports, neither of which gives the other's.
fn two_reports(accounts: &BTreeMap<u8, Vec<&Citation>>) -> bool {
    let sets: Vec<BTreeSet<&ReportId>> = accounts.values().map(|e| e.iter().map(|c| c.report()).collect()).collect();
    sets.iter().enumerate().any(|(n, a)| sets[n + 1..].iter().any(|b| !a.is_subset(b) && !b.is_subset(a)))
}

/// Whom a party acts for, by name: its country, the body whose office it holds, or itself.
fn side(story: &MergeContext<'_>, record: &Record, party: &EntityId) -> String {
    let Some(index) = story.merged.entities.iter().position(|e| e.id == *party) else { return String::new() };
    let entity = &story.merged.entities[index];
    let country = story.country(index).and_then(|code| {
        story.merged.entities.iter().find(|e| e.kind == EntityKind::Country && e.iso3166.as_deref() == Some(code))
    });
    let body = || {
        let of = entity.offices.iter().filter_map(|o| o.of.as_ref());
        of.filter_map(|id| record.entities.iter().find(|e| e.id == *id)).find(|e| e.kind == EntityKind::Organization)
    };
    country.or_else(body).unwrap_or(entity).name.clone()
}

/// How far a stance goes, by its degree where the report tells one.
fn grade(stance: Stance, degree: Option<Degree>) -> u8 {
    match (stance, degree) {
        (Stance::Rejects, _) => 0,
        (_, Some(Degree::InPrinciple)) => 1,
        (_, Some(Degree::InTheMain)) | (Stance::AcceptsWithReservations, None) => 2,
        (_, Some(Degree::ButForDetails)) => 3,
        _ => 4,
    }
}
