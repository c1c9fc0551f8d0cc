//! Reads the slots of a gathering off its accounts: who, where, when, and how far it has come by the latest of them.

use std::collections::BTreeMap;

use rapporteur_schema::{Edtf, EntityId, EntityKind, Meeting, MeetingAccount, MeetingId, MeetingKind, MeetingStatus};

use super::account::Account;
use super::group::Group;
use super::pair::stands_for;
use crate::context::MergeContext;

/// Turns groups into gatherings with their accounts, in the order of the record.
pub(super) fn aggregate(
    story: &MergeContext<'_>,
    all: &[Account<'_>],
    groups: Vec<Group>,
) -> Vec<(Meeting, Vec<usize>)> {
    let mut made: Vec<(Meeting, Vec<usize>)> = groups
        .into_iter()
        .filter_map(|g| {
            let meeting = meeting(story, all, &g)?;
            Some((meeting, g.accounts))
        })
        .collect();
    made.sort_by(|(a, _), (b, _)| key(a).cmp(&key(b)));
    made
}

/// What most reports tell first, then by day.
fn key(m: &Meeting) -> (std::cmp::Reverse<usize>, Option<Edtf>, &MeetingId) {
    let mut reports: Vec<_> = m.accounts.iter().map(|a| a.span.report()).collect();
    reports.sort_unstable();
    reports.dedup();
    (std::cmp::Reverse(reports.len()), m.date, &m.id)
}

fn meeting(story: &MergeContext<'_>, all: &[Account<'_>], group: &Group) -> Option<Meeting> {
    let id = |e: usize| story.merged.entities[e].id.clone();
    let mut accounts: Vec<usize> = group.accounts.clone();
    accounts.sort_by_key(|&a| (all[a].report, all[a].finding.at.span()));
    let participants = participants(story, group);
    if participants.is_empty() {
        return None;
    }
    let first = accounts.first().map(|&a| &all[a].finding.at)?;
    let status = status(story, all, &accounts);
    let condition = accounts.iter().find_map(|&a| all[a].finding.condition.clone());
    let mut manner: Vec<_> = accounts.iter().flat_map(|&a| all[a].finding.manner.iter().copied()).collect();
    manner.sort_unstable();
    manner.dedup();
    Some(Meeting {
        id: MeetingId::from_content(&[
            first.report().as_str(),
            &first.span().start().to_string(),
            &first.span().end().to_string(),
        ]),
        kind: kind(all, &accounts),
        participants: participants.into_iter().map(id).collect(),
        place: most(&group.places).map(id),
        date: date(group),
        status,
        condition: condition.filter(|_| status == MeetingStatus::Conditional),
        manner,
        accounts: accounts.iter().map(|&a| account(story, &all[a], status)).collect(),
    })
}

/// One account; where its words leave open how far it has come, it is given the stage of the whole.
fn account(story: &MergeContext<'_>, account: &Account<'_>, whole: MeetingStatus) -> MeetingAccount {
    let id = |e: usize| story.merged.entities[e].id.clone();
    let mut participants: Vec<EntityId> = Vec::new();
    for id in account.finding.participants.iter().filter_map(|&a| story.id(account.report, a)) {
        if !participants.contains(&id) {
            participants.push(id);
        }
    }
    MeetingAccount {
        span: account.finding.at.clone(),
        status: account.status().unwrap_or(whole),
        place: account.place.map(id),
        date: account.date(),
        participants,
        by: account.finding.by.clone(),
    }
}

/// Who takes part: whom a fair part of the accounts name; a country only where nobody named acts for it, or most
/// accounts name it.
fn participants(story: &MergeContext<'_>, group: &Group) -> Vec<usize> {
    let n = group.accounts.len();
    let kept: Vec<(usize, usize)> = group.who.iter().map(|(&w, &c)| (w, c)).filter(|&(_, c)| 5 * c >= n).collect();
    let named = |w: usize, count: usize| {
        let person = |&&(x, c): &&(usize, usize)| {
            x != w && story.merged.entities[x].kind != EntityKind::Country && stands_for(story, x, w) && 2 * c >= count
        };
        story.merged.entities[w].kind == EntityKind::Country && kept.iter().find(person).is_some()
    };
    let mut out: Vec<(usize, usize)> = kept.iter().copied().filter(|&(w, c)| !named(w, c)).collect();
    out.sort_by_key(|&(w, c)| (std::cmp::Reverse(c), &story.merged.entities[w].name, &story.merged.entities[w].id));
    out.into_iter().map(|(w, _)| w).collect()
}

fn most<K: Ord + Copy>(counts: &BTreeMap<K, usize>) -> Option<K> {
    counts.iter().max_by_key(|&(&k, &n)| (n, std::cmp::Reverse(k))).map(|(&k, _)| k)
}

/// The day most accounts name; "the weekend", a month or a year only where no account is more exact. Of several as often
/// named the stretch that holds the others ("Monday and Tuesday" and "Tuesday").
fn date(group: &Group) -> Option<Edtf> {
    let length = |d: Edtf| (d.last_day() - d.first_day()).get_days();
    let weekend = |d: Edtf| length(d) == 1 && d.first_day().weekday() == jiff::civil::Weekday::Saturday;
    // "The past five decades" is no day of anything.
    let told = group.dates.iter().filter(|&(&d, _)| length(d) <= 366);
    let best = told.max_by_key(|&(&d, &n)| {
        let holds = group.dates.keys().filter(|&&o| o.within(d)).count();
        let exact = if length(d) > 10 { 0 } else { 2 - i32::from(weekend(d)) };
        (exact, n, holds, std::cmp::Reverse(length(d)), std::cmp::Reverse(d))
    });
    best.map(|(&d, _)| d)
}

/// The kind that says most: a summit or a call rather than talks.
fn kind(all: &[Account<'_>], accounts: &[usize]) -> MeetingKind {
    let mut count: BTreeMap<MeetingKind, usize> = BTreeMap::new();
    accounts.iter().for_each(|&a| *count.entry(all[a].finding.kind).or_default() += 1);
    let journeys = accounts.iter().filter(|&&a| all[a].finding.refers).count();
    let plain = |k: &MeetingKind| match k {
        MeetingKind::Talks => 1,
        // A journey to a meeting makes it no visit.
        MeetingKind::Visit if journeys < accounts.len() => 0,
        _ => 2,
    };
    count.iter().max_by_key(|(k, n)| (plain(k), **n)).map_or(MeetingKind::Talks, |(k, _)| *k)
}

/// How far it has come: what the last day's reports say, and of those what is furthest.
fn status(story: &MergeContext<'_>, all: &[Account<'_>], accounts: &[usize]) -> MeetingStatus {
    use MeetingStatus::{CalledOff, Conditional, Denied, Held, Ordered, Planned, Unconfirmed, UnderWay};
    let mut count: BTreeMap<MeetingStatus, usize> = BTreeMap::new();
    let day = |a: usize| story.findings[all[a].report].published.map(|d| d.last_day());
    let last = accounts.iter().filter_map(|&a| day(a)).max();
    for &a in accounts {
        all[a].status().iter().for_each(|&s| *count.entry(s).or_default() += 1);
    }
    if count.is_empty() {
        return accounts.first().map_or(Planned, |&a| all[a].finding.status);
    }
    let has = |s: MeetingStatus| count.get(&s).copied().unwrap_or(0);
    // Called off by the last reports, and not held according to them.
    let latest =
        |s: MeetingStatus| accounts.iter().any(|&a| all[a].status() == Some(s) && (last.is_none() || day(a) == last));
    let ahead = has(Planned) + has(Ordered) + has(Conditional);
    let off = has(Denied) + has(CalledOff);
    if off > 0 && ((latest(Denied) || latest(CalledOff)) && !latest(Held) || off > has(Held) + ahead) {
        return if has(CalledOff) >= has(Denied) { CalledOff } else { Denied };
    }
    for done in [Held, UnderWay, Unconfirmed] {
        if has(done) > 0 {
            return done;
        }
    }
    [Conditional, Ordered, Planned].into_iter().max_by_key(|&s| has(s)).unwrap_or(Planned)
}
