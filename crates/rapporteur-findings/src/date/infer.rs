//! The day of a report that was handed in without one: only from what its text tells, never a guess.
//!
//! News is told on the day it happens or the day after. So the day of the news is a date that the report gives in its
//! first paragraphs, or again and again, and that no other date of the past goes beyond. Its year must be told: by the
//! date itself, by the weekday beside it, or by the latest year that the report names if that is at hand.

use jiff::civil::{Date, Weekday};
use rapporteur_schema::{Basis, Edtf, PassageKind};

use super::TimeLine;
use super::expr::{Expr, Match, Which};
use super::value::Value;
use crate::doc::Doc;

/// How many paragraphs count as the head of a report.
const HEAD: usize = 3;

/// A day of a month that the report names.
struct ReportedDay {
    month: i8,
    day: i8,
    year: Option<i16>,
    on: Option<Weekday>,
    head: bool,
    caption: bool,
}

/// The day of the news and how it is known.
pub(crate) fn infer(doc: &Doc<'_>) -> Option<(Edtf, Basis)> {
    from_paragraphs(doc.time.iter().enumerate().map(|(p, line)| (doc.kind(p), line)))
}

fn from_paragraphs<'t>(paragraphs: impl Iterator<Item = (PassageKind, &'t TimeLine)>) -> Option<(Edtf, Basis)> {
    let mut days: Vec<ReportedDay> = Vec::new();
    let mut years: Vec<i16> = Vec::new();
    let mut weekdays: Vec<Weekday> = Vec::new();
    let mut body = 0;
    for (kind, line) in paragraphs {
        let caption = kind == PassageKind::Caption;
        for m in &line.matches {
            note(&m.expr, body < HEAD, caption, &mut days, &mut years, &mut weekdays);
        }
        body += usize::from(kind == PassageKind::Body);
    }
    // Days that are told with their year settle it where they agree with the weekdays used.
    let latest = years.iter().copied().max();
    let mut named = [[0u32; 32]; 13];
    for t in &days {
        named[t.month as usize][t.day as usize] += 1;
    }
    let again = |t: &ReportedDay| named[t.month as usize][t.day as usize] > 1;
    let mut best: Option<(Date, Basis)> = None;
    for t in days.iter().filter(|t| t.head || t.caption || again(t)) {
        let day = |y| Date::new(y, t.month, t.day).ok();
        let found = match (t.year, t.on, latest) {
            (Some(y), _, _) => day(y).map(|d| (d, Basis::Stated)),
            // A weekday falls on the same day of a month again after five or six years: the nearest year fits at most once.
            (None, Some(on), Some(y)) => {
                (y..y + 5).filter_map(day).find(|d| d.weekday() == on).map(|d| (d, Basis::Stated))
            }
            // Without a weekday the latest year named must be borne out by a weekday told alone ("on Tuesday").
            (None, None, Some(y)) => day(y).filter(|d| weekdays.contains(&d.weekday())).map(|d| (d, Basis::Inferred)),
            _ => None,
        };
        // The date of another story ("invaded on February 24, 2022") is named once and is years old beside others.
        let old = found.is_some_and(|(d, _)| latest.is_some_and(|y| y > d.year()));
        if let Some(found) = found.filter(|_| !old)
            && best.is_none_or(|b| found.0 > b.0)
        {
            best = Some(found);
        }
    }
    best.map(|(d, basis)| (Edtf::day(d), basis))
}

/// Whether a report that tells no date of its own may be of this day: it speaks of that day of the month, of that
/// weekday, or of the one before.
pub(crate) fn could_be_dated(doc: &Doc<'_>, day: Date) -> bool {
    let (mut days, mut years, mut weekdays) = (Vec::new(), Vec::new(), Vec::new());
    for m in doc.time.iter().flat_map(|l| &l.matches) {
        note(&m.expr, false, false, &mut days, &mut years, &mut weekdays);
    }
    let same = |t: &ReportedDay| (t.month, t.day) == (day.month(), day.day()) && t.year.is_none_or(|y| y == day.year());
    days.iter().any(same) || weekdays.contains(&day.weekday()) || weekdays.contains(&day.weekday().previous())
}

fn note(
    expr: &Expr,
    head: bool,
    caption: bool,
    days: &mut Vec<ReportedDay>,
    years: &mut Vec<i16>,
    weekdays: &mut Vec<Weekday>,
) {
    let mut day = |month, day, year: Option<i16>, on| {
        years.extend(year);
        days.push(ReportedDay { month, day, year, on, head, caption });
    };
    match expr {
        Expr::Known(Value::Day(d)) => day(d.month(), d.day(), Some(d.year()), None),
        Expr::Month(m, Some(d), Which::Bare, on) => day(*m, *d, None, *on),
        Expr::Known(Value::Month(d)) => years.push(d.year()),
        Expr::Known(Value::Year(y)) => years.push(*y),
        Expr::Weekday(w, Which::Bare) if !weekdays.contains(w) => weekdays.push(*w),
        Expr::Part(_, inner) => note(inner, head, caption, days, years, weekdays),
        Expr::Range(a, b) => {
            for Match { expr, .. } in [&**a, &**b] {
                note(expr, head, caption, days, years, weekdays);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        let lines: Vec<TimeLine> = text.lines().map(TimeLine::of).collect();
        from_paragraphs(lines.iter().map(|line| (PassageKind::Body, line)))
            .map(|(date, basis)| format!("{date} {basis:?}"))
    }

    #[test]
    fn a_report_that_tells_its_day_has_one() {
        let cases = [
            ("LUND, May 3, 2031 - Dockers walked out.", "2031-05-03 Stated"),
            ("Dockers walked out on Saturday, May 3, after talks of 2031 failed.", "2031-05-03 Stated"),
            ("Dockers walked out on May 3.\nThe pact of 2031 broke on Saturday.", "2031-05-03 Inferred"),
        ];
        for (text, want) in cases {
            assert_eq!(day(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn nothing_is_guessed() {
        for text in [
            "Dockers walked out on Tuesday.",
            "Dockers walked out on May 3.",
            "Dockers walked out on Tuesday.\nTalks went on.\nAnd on.\nThe war began on May 3, 2022.",
            "Dockers walked out on May 3.\nThe pact of 2031 broke on Tuesday.",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
