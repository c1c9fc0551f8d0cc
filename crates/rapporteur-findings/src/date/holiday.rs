//! Holidays, from the list in `data/holidays.tsv`: "by Thanksgiving", "on Christmas Eve", "last Easter".

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use rustc_hash::FxHashSet;

use super::expr::{Expr, Match, Which, which};
use super::value::{Unit, shift, weekday};
use super::word::Line;

/// The day of a year on which a holiday falls.
#[derive(Clone, Copy, Debug)]
enum Rule {
    Fixed(i8, i8),
    /// The n-th such weekday of a month; -1 is the last.
    Nth(i8, i8, Weekday),
    /// So many days from Easter Sunday.
    Easter(i64),
}

struct Holiday {
    /// Its name in lower-case words.
    words: Vec<&'static str>,
    rule: Rule,
}

static HOLIDAYS: LazyLock<Vec<Holiday>> = LazyLock::new(|| {
    let rows = rapporteur_lexicon::table::HOLIDAYS.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    let mut all: Vec<Holiday> = rows
        .filter_map(|row| {
            let (names, rule) = row.split_once('\t')?;
            let rule = self::rule(rule)?;
            Some(names.split('|').map(move |name| Holiday { words: name.split(' ').collect(), rule }))
        })
        .flatten()
        .collect();
    all.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then(a.words.cmp(&b.words)));
    all
});

/// The first words of their names.
static FIRST_WORDS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| HOLIDAYS.iter().filter_map(|h| h.words.first().copied()).collect());

/// Whether a holiday's name begins with this word, in lower case.
pub(super) fn may_begin(word: &str) -> bool {
    FIRST_WORDS.contains(word)
}

fn rule(text: &str) -> Option<Rule> {
    if let Some(by) = text.strip_prefix("easter") {
        return Some(Rule::Easter(if by.is_empty() { 0 } else { by.parse().ok()? }));
    }
    let parts: Vec<&str> = text.split('-').collect();
    match parts[..] {
        [m, d] => Some(Rule::Fixed(m.parse().ok()?, d.parse().ok()?)),
        [m, n, day] => {
            let n = if n == "last" { -1 } else { n.parse().ok()? };
            Some(Rule::Nth(m.parse().ok()?, n, weekday(day)?))
        }
        _ => None,
    }
}

/// The day on which a holiday falls in a year.
pub(super) fn in_year(holiday: usize, year: i16) -> Option<Date> {
    match HOLIDAYS.get(holiday)?.rule {
        Rule::Fixed(m, d) => Date::new(year, m, d).ok(),
        Rule::Nth(m, n, day) => Date::new(year, m, 1).ok()?.nth_weekday_of_month(n, day).ok(),
        Rule::Easter(by) => shift(easter(year)?, Unit::Day, by),
    }
}

/// The Saturday of the weekend that a holiday makes long: the nearest to it.
pub(super) fn saturday(day: Date) -> Option<Date> {
    let from_monday = i64::from(day.weekday().to_monday_zero_offset());
    // Monday and Tuesday follow the weekend, the rest of the week goes before it.
    let by = if from_monday < 2 { -2 - from_monday } else { 5 - from_monday };
    shift(day, Unit::Day, by)
}

/// Easter Sunday of the Gregorian calendar (the rule of Butcher, 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// A holiday at word `i`.
pub(super) fn read(line: &Line, i: usize) -> Option<Match> {
    let (at, told) = which(line, i).unwrap_or((i, Which::Bare));
    if !line.is_capital(at) {
        return None;
    }
    let named = |h: &Holiday| {
        let mut k = at;
        h.words
            .iter()
            .all(|w| {
                k = if k > at { line.skip(k, &["'", "’", "."]) } else { k };
                let same = line.at(k) == *w;
                k += 1;
                same
            })
            .then_some(k)
    };
    let (holiday, end) = HOLIDAYS.iter().enumerate().find_map(|(n, h)| Some((n, named(h)?)))?;
    if line.at(end).eq_ignore_ascii_case("weekend") {
        return Some(Match::new(i, end + 1, Expr::HolidayWeekend(holiday, told)));
    }
    let next = line.skip(line.skip(end, &[","]), &["of"]);
    if let Some(y) = line.figure(next, 4, 4).filter(|y| (1000..2200).contains(y)) {
        return Some(Match::new(i, next + 1, Expr::Holiday(holiday, Which::Year(y as i16))));
    }
    // "Easter Island", "Christmas Carol": a name goes on.
    let named = line.is_capital(end) && end == at + 1 && super::value::weekday(line.at(end)).is_none();
    (!named).then(|| Match::new(i, end, Expr::Holiday(holiday, told)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::tests::values;

    #[test]
    fn holidays_fall_where_the_calendar_has_them() {
        assert_eq!(easter(2025), Some(Date::constant(2025, 4, 20)));
        assert_eq!(easter(2024), Some(Date::constant(2024, 3, 31)));
        assert!(HOLIDAYS.len() > 50);
        assert_eq!(values("He wants it by Thanksgiving."), [("Thanksgiving", "2025-11-27")]);
        assert_eq!(values("on Christmas Eve"), [("Christmas Eve", "2025-12-24")]);
        assert_eq!(values("They met on Labor Day."), [("Labor Day", "2025-09-01")]);
        assert_eq!(values("on Good Friday 2024"), [("Good Friday 2024", "2024-03-29")]);
        assert_eq!(values("on New Year's Eve"), [("New Year's Eve", "2025-12-31")]);
        assert_eq!(values("They met over Labor Day weekend."), [("Labor Day weekend", "2025-08-30/2025-08-31")]);
        assert_eq!(values("over Easter Weekend"), [("Easter Weekend", "2025-04-19/2025-04-20")]);
        assert_eq!(values("Easter Island is far"), []);
    }
}
