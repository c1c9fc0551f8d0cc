//! When one gathering was: days that do not meet, or a stretch of days where another report has one of them.

use std::collections::BTreeMap;

use rapporteur_lexicon::WordClass;
use rapporteur_lexicon::words::comparison;
use rapporteur_schema::{
    Citation, DiscrepancyKind, Edtf, EntityId, Meeting, MeetingAccount, MeetingStatus, Record, ReportId,
};

use super::RawDiscrepancy;

/// Longer stretches ("in April") are not days.
const MAX_DAYS: i32 = 4;

/// Finds them.
pub(super) fn find(record: &Record) -> Vec<RawDiscrepancy> {
    record.meetings.iter().filter_map(|m| draft(record, m)).collect()
}

fn draft(record: &Record, meeting: &Meeting) -> Option<RawDiscrepancy> {
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
            if differ(a, &by_date[&a], b, &by_date[&b]) {
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
fn differ(a: Edtf, ours: &[&MeetingAccount], b: Edtf, theirs: &[&MeetingAccount]) -> bool {
    let reports =
        |accounts: &[&MeetingAccount]| -> Vec<ReportId> { accounts.iter().map(|a| a.span.report().clone()).collect() };
    let (x, y) = (reports(ours), reports(theirs));
    // A report that has both dates tells of both days.
    if x.iter().any(|r| y.contains(r)) {
        return false;
    }
    if !a.meets(b) {
        let gap = (b.first_day() - a.last_day()).get_days().abs().min((a.first_day() - b.last_day()).get_days().abs());
        return gap > 1 || !one_night(ours, theirs);
    }
    // One day of a stretch; a weekend is a vague word for either of its days.
    let (short, long, stretch) = if days(a) < days(b) { (a, b, theirs) } else { (b, a, ours) };
    let part = if days(a) < days(b) { ours } else { theirs };
    let vague =
        |accounts: &[&MeetingAccount]| accounts.iter().all(|a| has(a, |w| matches!(w, "weekend" | "week" | "days")));
    short.is_day() && days(long) > 1 && short.within(long) && !vague(stretch) && !part.iter().any(|a| is_edge(a))
}

/// Late in one report and early in the other: by another clock, or over midnight, it is the same hour.
fn one_night(ours: &[&MeetingAccount], theirs: &[&MeetingAccount]) -> bool {
    use comparison::{EARLY_HOUR, LATE_HOUR};
    let any = |accounts: &[&MeetingAccount], words: &WordClass| accounts.iter().any(|a| has(a, |w| words.has(w)));
    any(ours, &LATE_HOUR) && any(theirs, &EARLY_HOUR) || any(ours, &EARLY_HOUR) && any(theirs, &LATE_HOUR)
}

/// Whether an account speaks only of the beginning, the end or a part.
fn is_edge(account: &MeetingAccount) -> bool {
    has(account, |w| comparison::PART_OF_A_GATHERING.has(w))
}

fn has(account: &MeetingAccount, is: impl Fn(&str) -> bool) -> bool {
    let lower = account.span.exact().to_lowercase();
    let mut all = lower.split(|c: char| !c.is_alphanumeric() && c != '.');
    all.any(|w| is(w.trim_matches('.')))
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
