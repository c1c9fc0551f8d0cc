//! Steps that are counted: "three weeks ago", "two days earlier", "a year-ago quarter", "four months from now".

use super::expr::{Expr, From, Match, Which};
use super::number::{Count, count};
use super::value::{Unit, Value};
use super::word::Line;

/// A counted step at word `i`.
pub(super) fn read(line: &Line, i: usize) -> Option<Match> {
    // "the year-ago quarter", "a year-earlier period".
    let year = line.skip(line.skip(i, &["the", "a"]), &["comparable"]);
    if line.at(year) == "year" && matches!(line.at(year + 1), "-") && matches!(line.at(year + 2), "ago" | "earlier") {
        let mut end = year + 3;
        let quarter = matches!(line.at(end), "quarter" | "period");
        end += usize::from(quarter);
        let (next, n) = super::number::ordinal(line, end).unwrap_or((end, 0));
        if (1..=4).contains(&n) && line.at(next) == "quarter" {
            return Some(Match::new(i, next + 1, Expr::Quarter(n as i8, Which::YearBy(-1))));
        }
        return Some(Match::new(i, end, Expr::Step(Unit::Year, -1, From::Compared)));
    }
    let (next, n) = match count(line, i) {
        Some((next, n)) => (next, n),
        None => (i, Count::Some),
    };
    let next = line.skip(next, &["more", "full", "-"]);
    let (unit, plural) = Unit::named(line.at(next))?;
    if next == i && !plural {
        return None;
    }
    let mut end = next + 1;
    if line.has(end, &["or", "so"]) {
        end += 2;
    }
    if line.has(end, &["or", "more"]) {
        end += 2;
    }
    let (end, sign, from) = match line.at(end) {
        "ago" if unit == Unit::Year && n == Count::of(1) => (end + 1, -1, From::Compared),
        "ago" => (end + 1, -1, From::Report),
        "from" if line.at(end + 1) == "now" => (end + 2, 1, From::Report),
        "hence" => (end + 1, 1, From::Report),
        "earlier" | "previously" => (end + 1, -1, From::Context),
        "before" if matches!(line.at(end + 1), "" | "." | "," | ";") => (end + 1, -1, From::Context),
        "later" => (end + 1, 1, From::Context),
        _ => return None,
    };
    let expr = match n {
        Count::Some => Expr::Around(if sign < 0 { Value::Past } else { Value::Future }),
        Count::Halves(_) if !unit.is_calendar() => Expr::Known(Value::Length(n, unit, None)),
        Count::Halves(h) => Expr::Step(unit, sign * ((h + 1) / 2), from),
    };
    Some(Match::new(i, end, expr))
}

#[cfg(test)]
mod tests {
    use crate::date::tests::values;

    #[test]
    fn steps_from_the_report() {
        assert_eq!(values("three weeks ago"), [("three weeks ago", "2025-11-03/2025-11-09")]);
        assert_eq!(values("a year ago"), [("a year ago", "2024")]);
        assert_eq!(values("10 days ago"), [("10 days ago", "2025-11-15")]);
        assert_eq!(values("two months ago"), [("two months ago", "2025-09")]);
        assert_eq!(values("a decade ago"), [("a decade ago", "2015")]);
        assert_eq!(values("two years from now"), [("two years from now", "2027")]);
        assert_eq!(values("several years ago"), [("several years ago", "-")]);
    }

    #[test]
    fn steps_from_the_date_last_named() {
        assert_eq!(
            values("They met on November 14. Two days earlier he called")[1],
            ("Two days earlier", "2025-11-12")
        );
        assert_eq!(values("He took office in 2014. Two years later he left")[1], ("Two years later", "2016"));
        assert_eq!(values("He came on May 3. A week later he left")[1], ("A week later", "2025-05-10"));
    }
}
