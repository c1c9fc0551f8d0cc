//! Parts of years and rows of years: quarters, halves, seasons, decades, centuries.

use rapporteur_lexicon::words::{number, time};

use super::expr::{Expr, From, Match, Which, which};
use super::number::{ordinal, small, year_in_words};
use super::value::{Season, Unit, Value};
use super::word::{Kind, Line};

/// A part or row of years at word `i`.
pub(super) fn read(line: &Line, i: usize) -> Option<Match> {
    decade(line, i).or_else(|| century(line, i)).or_else(|| part_of_year(line, i)).or_else(|| season(line, i))
}

/// "the 1990s", "'90s", "the nineties".
fn decade(line: &Line, i: usize) -> Option<Match> {
    let at = line.skip(i, &["the"]);
    let quote = line.skip(at, &["'", "’", "‘", "`"]);
    if let Some(y) = line.figure(quote, 2, 4).filter(|y| y % 10 == 0) {
        let mut end = quote + 1;
        end = line.skip(end, &["'", "’"]);
        if line.at(end) != "s" || !line.is_glued(end) {
            return None;
        }
        let year = match y {
            1000..2100 => y,
            10..100 if quote > at || at > i => 1900 + y,
            _ => return None,
        };
        let value = if y % 100 == 0 && (1000..1900).contains(&y) {
            Value::Century(year as i16)
        } else {
            Value::Decade(year as i16)
        };
        return Some(Match::new(i, end + 1, Expr::Known(value)));
    }
    let n = number::TENS_PLURAL.number(line.at(at)).filter(|_| at > i)?;
    Some(Match::new(i, at + 1, Expr::Known(Value::Decade(1900 + n as i16))))
}

/// "the 20th century", "this century".
fn century(line: &Line, i: usize) -> Option<Match> {
    let at = line.skip(i, &["the"]);
    let (next, n) = ordinal(line, at)?;
    let next = line.skip(next, &["-"]);
    (line.at(next) == "century" && (1..=21).contains(&n))
        .then(|| Match::new(i, next + 1, Expr::Known(Value::Century((n as i16 - 1) * 100))))
}

/// The year that a part belongs to, after it: "of 2025", "of last year", " last year", "2025".
fn year_after(line: &Line, i: usize) -> Option<(usize, Which)> {
    let at = line.skip(line.skip(i, &[","]), &["of", "in"]);
    let at = line.skip(at, &["fiscal"]);
    if let Some(y) = line.figure(at, 4, 4).filter(|y| (1800..2100).contains(y)) {
        return Some((at + 1, Which::Year(y as i16)));
    }
    if let Some((end, y)) = year_in_words(line, at) {
        return Some((end, Which::Year(y)));
    }
    let (next, which) = which(line, at)?;
    let next = line.skip(next, &["fiscal"]);
    (line.at(next) == "year").then_some((next + 1, which.of_year()))
}

/// The year before a part: "1995 third quarter", "last year's third quarter".
fn year_before(line: &Line, i: usize) -> Option<(usize, Which)> {
    if let Some(y) = line.figure(i, 4, 4).filter(|y| (1800..2100).contains(y)) {
        return Some((i + 1, Which::Year(y as i16)));
    }
    let (next, which) = which(line, i)?;
    (line.at(next) == "year" && matches!(line.at(next + 1), "'" | "’") && line.at(next + 2) == "s")
        .then_some((next + 3, which.of_year()))
}

/// "the third quarter of 2025", "third-quarter", "Q3 2025", "the first half", "the quarter".
fn part_of_year(line: &Line, i: usize) -> Option<Match> {
    if line.at(i) == "q" && line.is_glued(i + 1) {
        let q = line.figure(i + 1, 1, 1).filter(|q| (1..=4).contains(q))? as i8;
        let (end, which) = year_after(line, i + 2).unwrap_or((i + 2, Which::Bare));
        return Some(Match::new(i, end, Expr::Quarter(q, which)));
    }
    let at = line.skip(i, &["the", "its", "their", "a"]);
    let (at, year) = year_before(line, at).map_or((at, None), |(at, y)| (at, Some(y)));
    let at = line.skip(line.skip(at, &["fiscal", "flat"]), &["-"]);
    if let Some((next, n)) = ordinal(line, at) {
        let next = line.skip(line.skip(next, &["-"]), &["fiscal"]);
        let end = next + 1;
        let (quarter, half) = (line.at(next) == "quarter", line.at(next) == "half");
        if !(quarter && n <= 4 || half && n <= 2) {
            return None;
        }
        let told = year.map(|y| (end, y)).or_else(|| year_after(line, end));
        // Halves are of games and of all else too: "the first half" needs its year.
        if half && told.is_none() {
            return None;
        }
        let (end, which) = told.unwrap_or((end, Which::Bare));
        let expr = if quarter { Expr::Quarter(n as i8, which) } else { Expr::Half(n as i8, which) };
        return Some(Match::new(i, end, expr));
    }
    let latest = line.skip(at, &["latest", "current"]);
    if matches!(line.at(i), "the" | "latest" | "that" | "this")
        && line.at(latest) == "quarter"
        && line.at(latest + 1) != "of"
    {
        return Some(Match::new(i, latest + 1, Expr::Step(Unit::Quarter, 0, From::Near)));
    }
    if latest > at && line.at(at) == "latest" && line.at(latest) == "period" {
        return Some(Match::new(i, latest + 1, Expr::Step(Unit::Quarter, 0, From::Near)));
    }
    None
}

/// "last summer", "the winter of 1994", "spring 2026", "this fall", "in the summer".
fn season(line: &Line, i: usize) -> Option<Match> {
    let (at, told) = which(line, i).unwrap_or((line.skip(i, &["the"]), Which::Bare));
    let season = match line.at(at) {
        "spring" => Season::Spring,
        "summer" => Season::Summer,
        "fall" | "autumn" => Season::Autumn,
        "winter" => Season::Winter,
        _ => return None,
    };
    let end = at + 1;
    if let Some((end, which)) = year_after(line, end) {
        return Some(Match::new(i, end, Expr::Season(season, which)));
    }
    let led = told != Which::Bare || at > i && time::LEADS_TO_SEASON.has(line.before(i));
    let verb = line.at(at) == "fall" && told == Which::Bare || line.at(at + 1) == "'" || line.is_capital(at) && at > i;
    let compound = line.kind(end) == Kind::Letters
        && matches!(line.at(end), "olympics" | "games" | "palace" | "of")
        && told == Which::Bare;
    (led && !verb && !compound).then(|| Match::new(i, end, Expr::Season(season, told)))
}

/// "the nine months", "the six months": the months that a company has reported, a length.
pub(super) fn months_reported(line: &Line, i: usize) -> Option<Match> {
    let at = line.skip(line.skip(i, &["the"]), &["first", "latest", "last"]);
    let (next, n) = small(line, at).or_else(|| line.figure(at, 1, 2).map(|n| (at + 1, n)))?;
    let (unit, plural) = Unit::named(line.at(next))?;
    let length = Value::Length(super::number::Count::of(n), unit, None);
    (plural && at > i).then(|| Match::new(i, next + 1, Expr::Known(length)))
}

#[cfg(test)]
mod tests {
    use crate::date::tests::values;

    #[test]
    fn quarters_and_halves() {
        assert_eq!(values("the third quarter of 2025"), [("the third quarter of 2025", "2025-07/2025-09")]);
        assert_eq!(values("Its third-quarter loss grew"), [("Its third-quarter", "2025-07/2025-09")]);
        assert_eq!(values("in Q1 2024"), [("Q1 2024", "2024-01/2024-03")]);
        assert_eq!(values("the first half of next year"), [("the first half of next year", "2026-01/2026-06")]);
        assert_eq!(values("last year's fourth quarter"), [("last year's fourth quarter", "2024-10/2024-12")]);
        assert_eq!(values("a quarter of the voters, half of them"), []);
    }

    #[test]
    fn seasons_decades_centuries() {
        assert_eq!(values("They met last summer."), [("last summer", "2025-06/2025-08")]);
        assert_eq!(values("in the winter of 1994"), [("the winter of 1994", "1994-12/1995-02")]);
        assert_eq!(values("in the 1990s"), [("the 1990s", "1990/1999")]);
        assert_eq!(values("in the '90s"), [("the '90s", "1990/1999")]);
        assert_eq!(values("in the 19th century"), [("the 19th century", "1801/1900")]);
        assert_eq!(values("Prices fall in spring and a summer camp"), []);
    }
}
