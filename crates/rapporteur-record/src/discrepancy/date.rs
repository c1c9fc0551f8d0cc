//! When one gathering was: days that do not meet, or a stretch of days where another report has one of them.

use std::collections::BTreeMap;

use rapporteur_schema::{
    Citation, DiscrepancyKind, Edtf, EntityId, Meeting, MeetingAccount, MeetingStatus, Record, ReportId, Timing,
};

use super::RawDiscrepancy;
use crate::context::MergeContext;

/// Longer stretches ("in April") are not days.
const MAX_DAYS: i32 = 4;

/// Finds them.
pub(super) fn find(story: &MergeContext<'_>, record: &Record) -> Vec<RawDiscrepancy> {
    let findings = story.findings.iter().flat_map(|f| &f.meetings);
    let timings = Timings(findings.map(|f| (&f.at, f.timing.as_slice())).collect());
    record.meetings.iter().filter_map(|m| draft(record, &timings, m)).collect()
}

/// What each account says of time beside its day, by its clause.
struct Timings<'s>(BTreeMap<&'s Citation, &'s [Timing]>);

impl Timings<'_> {
    fn tells(&self, account: &MeetingAccount, timing: Timing) -> bool {
        self.0.get(&account.span).is_some_and(|all| all.contains(&timing))
    }
}

fn draft(record: &Record, timings: &Timings<'_>, meeting: &Meeting) -> Option<RawDiscrepancy> {
    // What was and what is to be may well be of other days: that is a gathering put off.
    let done =
        |s: MeetingStatus| matches!(s, MeetingStatus::Held | MeetingStatus::UnderWay | MeetingStatus::Unconfirmed);
    // Words that name nobody may point back to another gathering.
    let named = meeting.accounts.iter().filter(|a| !a.participants.is_empty());
    let dated = named.filter_map(|a| Some((a, a.date.filter(|d| days(*d) <= MAX_DAYS)?)));
    let mut by_date: BTreeMap<Edtf, Vec<&MeetingAccount>> = BTreeMap::new();
    for (account, date) in dated.filter(|(a, _)| done(a.status) == done(meeting.status)) {
        by_date.entry(date).or_default().push(account);
    }
    let dates: Vec<Edtf> = by_date.keys().copied().collect();
    let mut kept: Vec<Edtf> = Vec::new();
    for (n, &a) in dates.iter().enumerate() {
        for &b in &dates[n + 1..] {
            if differ(timings, (a, by_date[&a].as_slice()), (b, by_date[&b].as_slice())) {
                kept.extend([a, b]);
            }
        }
    }
    kept.sort();
    kept.dedup();
    let accounts: Vec<(String, Vec<Citation>)> = kept
        .into_iter()
        .map(|date| (in_words(record, date, &by_date[&date]), by_date[&date].iter().map(|a| a.span.clone()).collect()))
        .collect();
    (accounts.len() > 1).then(|| RawDiscrepancy::new(DiscrepancyKind::Date, about(record, meeting), accounts))
}

/// Whether two dates, as these accounts tell them, cannot both be the whole truth.
fn differ(
    timings: &Timings<'_>,
    (a, ours): (Edtf, &[&MeetingAccount]),
    (b, theirs): (Edtf, &[&MeetingAccount]),
) -> bool {
    let reports =
        |accounts: &[&MeetingAccount]| -> Vec<ReportId> { accounts.iter().map(|a| a.span.report().clone()).collect() };
    let (x, y) = (reports(ours), reports(theirs));
    // A report that has both dates tells of both days.
    if x.iter().any(|r| y.contains(r)) {
        return false;
    }
    if !a.meets(b) {
        let gap = (b.first_day() - a.last_day()).get_days().abs().min((a.first_day() - b.last_day()).get_days().abs());
        return gap > 1 || !one_night(timings, ours, theirs);
    }
    // One day of a stretch; a weekend is a vague word for either of its days.
    let (short, long, stretch) = if days(a) < days(b) { (a, b, theirs) } else { (b, a, ours) };
    let part = if days(a) < days(b) { ours } else { theirs };
    let vague = stretch.iter().all(|a| timings.tells(a, Timing::Stretch));
    let edge = part.iter().any(|a| timings.tells(a, Timing::Part));
    short.is_day() && days(long) > 1 && short.within(long) && !vague && !edge
}

/// Late in one report and early in the other: by another clock, or over midnight, it is the same hour.
fn one_night(timings: &Timings<'_>, ours: &[&MeetingAccount], theirs: &[&MeetingAccount]) -> bool {
    let any = |accounts: &[&MeetingAccount], timing: Timing| accounts.iter().any(|a| timings.tells(a, timing));
    any(ours, Timing::Late) && any(theirs, Timing::Early) || any(ours, Timing::Early) && any(theirs, Timing::Late)
}

fn days(date: Edtf) -> i32 {
    (date.last_day() - date.first_day()).get_days() + 1
}

/// The words for a date in one of the accounts, or for its parts; else the date.
fn in_words(record: &Record, date: Edtf, accounts: &[&MeetingAccount]) -> String {
    let inside = |a: &MeetingAccount, c: &Citation| c.report() == a.span.report() && a.span.span().contains(c.span());
    let mut parts: Option<String> = None;
    for account in accounts {
        let said: Vec<_> = record.dates.iter().filter(|d| inside(account, &d.at)).collect();
        if let Some(whole) = said.iter().find(|d| d.value == Some(date)) {
            return whole.at.exact().to_owned();
        }
        let within = said.iter().filter(|d| d.value.is_some_and(|v| v.within(date))).map(|d| d.at.exact());
        let joined = within.collect::<Vec<_>>().join(" and ");
        parts = parts.or(Some(joined).filter(|p| !p.is_empty()));
    }
    parts.unwrap_or_else(|| date.to_string())
}

/// "talks of Roe and Doe".
pub(super) fn about(record: &Record, meeting: &Meeting) -> String {
    let name = |id: &EntityId| record.entities.iter().find(|e| e.id == *id).map(|e| e.name.as_str());
    let who: Vec<&str> = meeting.participants.iter().take(3).filter_map(name).collect();
    format!("{} of {}", meeting.kind.as_str(), who.join(", "))
}
