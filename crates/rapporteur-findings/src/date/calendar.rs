//! Dates by day, month and year: "Nov. 23, 2025", "the 23rd of November", "last May", "2016", "25/11/2025".
//!
//! A month needs its capital. "May" and "March" are also words and "June" a name, so a bare month is believed only
//! where a preposition or a word of order leads to it, or where nothing speaks for a name.

use jiff::civil::{Date, Weekday};
use rapporteur_lexicon::words::time;

use super::expr::{Expr, Match, Which, which};
use super::number::{ordinal, year_in_words};
use super::value::{Unit, Value, month, weekday};
use super::word::{Kind, Line};

/// A date at word `i`.
pub(super) fn read(line: &Line, i: usize) -> Option<Match> {
    figures(line, i).or_else(|| with_weekday(line, i)).or_else(|| named(line, i, None)).or_else(|| year(line, i))
}

/// ISO 8601, and three figures with marks between where they can be read one way only.
fn figures(line: &Line, i: usize) -> Option<Match> {
    let mark = line.at(i + 1);
    let glued = (1..5).all(|k| line.is_glued(i + k)) && !line.is_glued(i);
    if !glued || mark != line.at(i + 3) || !matches!(mark, "-" | "/" | ".") {
        return None;
    }
    let date = |y: i64, m: i64, d: i64| Date::new(y as i16, m as i8, d as i8).ok();
    let end = i + 5;
    if let (Some(y), Some(m), Some(d)) = (line.figure(i, 4, 4), line.figure(i + 2, 1, 2), line.figure(i + 4, 1, 2)) {
        return Some(Match::new(i, end, Expr::Known(Value::Day(date(y, m, d)?))));
    }
    let (a, b) = (line.figure(i, 1, 2)?, line.figure(i + 2, 1, 2)?);
    let y = line.figure(i + 4, 4, 4).or_else(|| {
        let short = line.figure(i + 4, 2, 2).filter(|_| mark == "/")?;
        Some(if short < 50 { 2000 + short } else { 1900 + short })
    })?;
    let value = match (date(y, a, b), date(y, b, a)) {
        (None, None) => return None,
        (Some(x), Some(y)) if x != y && mark != "." => Value::Open,
        (_, Some(day)) | (Some(day), None) => Value::Day(day),
    };
    Some(Match::new(i, end, Expr::Known(value)))
}

/// "Tuesday, November 25": the weekday belongs to the date.
fn with_weekday(line: &Line, i: usize) -> Option<Match> {
    let day = weekday(line.at(i)).filter(|_| line.is_capital(i))?;
    let next = line.skip(line.skip(i + 1, &["."]), &[",", "("]);
    let next = line.skip(line.skip(next, &["on"]), &["the"]);
    let date =
        named(line, next, Some(day)).filter(|m| matches!(m.expr, Expr::Month(_, Some(_), ..) | Expr::Known(_)))?;
    let date = if let Expr::Known(Value::Month(_)) = date.expr { return None } else { date };
    Some(Match::new(i, date.end, date.expr))
}

/// A month with what stands around it.
fn named(line: &Line, i: usize, on: Option<Weekday>) -> Option<Match> {
    day_first(line, i, on).or_else(|| month_first(line, i, on))
}

/// A month's name at `i`: its number and the word after it, an abbreviation's period too.
fn month_at(line: &Line, i: usize) -> Option<(usize, i8)> {
    let m = month(line.at(i)).filter(|_| line.is_capital(i))?;
    let short = line.at(i).len() <= 4 && !matches!(line.at(i), "may" | "june" | "july");
    let dotted = short && line.at(i + 1) == "." && line.is_glued(i + 1);
    Some((i + 1 + usize::from(dotted), m))
}

/// A day of the month: "23", "23rd", "eighth".
fn day_at(line: &Line, i: usize) -> Option<(usize, i8)> {
    let (end, n) = ordinal(line, i).or_else(|| line.figure(i, 1, 2).map(|n| (i + 1, n)))?;
    // "May 3.5 points", "June 10,000": a figure goes on.
    let goes_on = matches!(line.at(end), "," | "." | ":")
        && line.is_glued(end)
        && line.is_glued(end + 1)
        && line.kind(end + 1) == Kind::Digits;
    let per_cent = line.at(end) == "%";
    ((1..=31).contains(&n) && !goes_on && !per_cent).then_some((end, n as i8))
}

/// A year that belongs to what stands before it: "2025", ", 2025", " of last year", "this year".
fn year_after(line: &Line, i: usize) -> Option<(usize, Which)> {
    let figure = |at: usize| line.figure(at, 4, 4).filter(|y| (1000..2200).contains(y)).map(|y| (at + 1, y as i16));
    let comma = line.skip(i, &[","]);
    if let Some((end, y)) = figure(comma).or_else(|| figure(line.skip(i, &["of"]))) {
        let counted =
            line.at(end) == "," && line.is_glued(end) && line.is_glued(end + 1) && line.kind(end + 1) == Kind::Digits;
        return (!counted).then_some((end, Which::Year(y)));
    }
    if line.at(comma) == "'" || line.at(comma) == "’" {
        let y = line.figure(comma + 1, 2, 2)?;
        return Some((comma + 2, Which::Year(if y < 50 { 2000 + y } else { 1900 + y } as i16)));
    }
    if let Some((end, y)) = year_in_words(line, comma) {
        return Some((end, Which::Year(y)));
    }
    let of = line.skip(comma, &["of"]);
    let (next, which) = which(line, of)?;
    (line.at(next) == "year" && line.at(next + 1) != "'").then_some((next + 1, which.of_year()))
}

fn day(month: i8, day: i8, which: Which, on: Option<Weekday>) -> Option<Expr> {
    match which {
        Which::Year(y) => Date::new(y, month, day).ok().map(|d| Expr::Known(Value::Day(d))),
        _ => Date::new(2024, month, day).ok().map(|_| Expr::Month(month, Some(day), which, on)),
    }
}

/// "23 November 2025", "the 23rd of November".
fn day_first(line: &Line, i: usize, on: Option<Weekday>) -> Option<Match> {
    let start = line.skip(i, &["the"]);
    if start > i && ordinal(line, start).is_none() {
        return None;
    }
    let (next, d) = day_at(line, start)?;
    let next = line.skip(next, &["of"]);
    let (end, m) = month_at(line, next)?;
    let (end, which) = year_after(line, end).unwrap_or((end, Which::Bare));
    Some(Match::new(i, end, day(m, d, which, on)?))
}

/// "November 23, 2025", "November 2025", "last November", "November last year", "November".
fn month_first(line: &Line, i: usize, on: Option<Weekday>) -> Option<Match> {
    let led = which(line, i).filter(|(next, _)| month(line.at(*next)).is_some());
    let (at, which) = led.unwrap_or((i, Which::Bare));
    let (next, m) = month_at(line, at)?;
    let the = line.skip(next, &["the"]);
    if let Some((end, d)) = day_at(line, the) {
        let (end, which) = year_after(line, end).unwrap_or((end, which));
        if let Some(expr) = day(m, d, which, on) {
            return Some(Match::new(i, end, expr));
        }
    }
    if let Some((end, which)) = year_after(line, next) {
        let expr = match which {
            Which::Year(y) => Expr::Known(Value::Month(Date::new(y, m, 1).ok()?)),
            _ => Expr::Month(m, None, which, None),
        };
        return Some(Match::new(i, end, expr));
    }
    let trusted = led.is_some() || is_month(line, at, next);
    trusted.then(|| Match::new(i, next, Expr::Month(m, None, which, None)))
}

/// Whether a bare month's name is the month.
fn is_month(line: &Line, i: usize, end: usize) -> bool {
    let before = line.before(i);
    let led =
        time::LEADS_TO_MONTH.has(before) || (before == "-" && time::PART_PREFIX.has(line.at(i.saturating_sub(2))));
    // "June Allyson", "the March on Washington", "April Inc.".
    let named =
        line.is_capital(end) && line.kind(end) == Kind::Letters && end == i + 1 && weekday(line.at(end)).is_none();
    let word = time::MONTH_ALSO_WORD.has(line.at(i));
    let exactly = time::LEADS_TO_MONTH_SURELY.has(before);
    if word {
        return exactly || (led && !named && line.at(i) != "may");
    }
    (led && (!named || exactly)) || (!named && !line.is_capital(i.wrapping_sub(1)) && before != "the")
}

/// A year that stands alone, where it can be nothing else: "in 2016", "the 2016 election", "1998's".
fn year(line: &Line, i: usize) -> Option<Match> {
    if line.has(i, &["the", "year"]) || line.has(i, &["fiscal", "year"]) {
        let (end, y) = year_at(line, i + 2)?;
        return Some(Match::new(i, end, Expr::Known(Value::Year(y))));
    }
    if line.at(i) == "fiscal" || line.has(i, &["calendar"]) {
        let (end, y) = year_at(line, i + 1)?;
        return Some(Match::new(i, end, Expr::Known(Value::Year(y))));
    }
    if let Some((end, y)) = year_in_words(line, i).filter(|(end, _)| *end > i + 1) {
        let led = time::LEADS_TO_WRITTEN_YEAR.has(line.before(i));
        let counted = Unit::named(line.at(end)).is_some();
        return (led && !counted).then(|| Match::new(i, end, Expr::Known(Value::Year(y))));
    }
    let (end, y) = year_at(line, i)?;
    Some(Match::new(i, end, Expr::Known(Value::Year(y))))
}

fn year_at(line: &Line, i: usize) -> Option<(usize, i16)> {
    if let Some(found) = year_in_words(line, i) {
        return Some(found);
    }
    let y = line.figure(i, 4, 4).filter(|y| (1000..2100).contains(y))? as i16;
    let before = line.before(i);
    let (next, glued) = (line.at(i + 1), line.is_glued(i + 1));
    let money = time::NO_YEAR_BEHIND.has(before);
    // not words: marks
    let inside = line.is_glued(i)
        && (matches!(before, "." | "," | ":" | "/" | "_" | "@" | "+") || line.kind(i - 1) != Kind::Mark);
    let hyphenated = line.is_glued(i)
        && before == "-"
        && i > 1
        && line.kind(i - 2) == Kind::Digits
        && line.figure(i - 2, 4, 4).is_none();
    // not words: marks and units glued to a figure
    let goes_on = glued
        && (matches!(next, "%" | "°" | "/" | "_" | "x" | "m" | "km")
            || (matches!(next, "," | "." | ":") && line.is_glued(i + 2) && line.kind(i + 2) == Kind::Digits)
            || line.kind(i + 1) == Kind::Letters);
    let compound = glued && next == "-" && line.is_glued(i + 2) && line.kind(i + 2) == Kind::Letters && y < 1900;
    let measured = time::COUNTED_BEHIND.has(next);
    // Before 1700 a figure is a count as often as a year: it must be led to.
    let led = time::LEADS_TO_YEAR.has(before);
    (!money && !inside && !hyphenated && !goes_on && !compound && !measured && (y >= 1700 || led)).then_some((i + 1, y))
}

#[cfg(test)]
mod tests {
    use crate::date::tests::values;

    #[test]
    fn full_dates() {
        for s in [
            "Nov. 23, 2025",
            "23 November 2025",
            "November 23rd, 2025",
            "the 23rd of November, 2025",
            "2025-11-23",
            "23/11/2025",
            "11/23/2025",
            "Sunday, November 23, 2025",
            "23.11.2025",
            "Nov 23 2025",
            "November 23 of this year",
        ] {
            assert_eq!(values(s), [(s, "2025-11-23")], "{s}");
        }
        assert_eq!(values("02/03/2025"), [("02/03/2025", "-")]);
        assert_eq!(values("31 February 2031"), [("February 2031", "2031-02")]);
    }

    #[test]
    fn parts_of_dates() {
        assert_eq!(values("He left in February 2022."), [("February 2022", "2022-02")]);
        assert_eq!(values("It began in 2016 and"), [("2016", "2016")]);
        assert_eq!(values("It was signed in November"), [("November", "2025-11")]);
        assert_eq!(values("It was signed in May last year"), [("May last year", "2024-05")]);
        assert_eq!(values("It was signed last March"), [("last March", "2025-03")]);
        assert_eq!(values("in nineteen ninety-six"), [("nineteen ninety-six", "1996")]);
    }

    #[test]
    fn what_only_looks_like_a_date() {
        for s in [
            "They may 3 times refuse",
            "May Britt spoke",
            "the March on the capital",
            "June Carter sang",
            "$2016",
            "2016 people came",
            "a 17-point plan",
            "around 20 points",
            "2016,500",
            "He will march for us",
            "2,016",
        ] {
            assert_eq!(values(s), [], "{s}");
        }
    }
}
