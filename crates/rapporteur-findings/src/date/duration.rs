//! Lengths of time and times that come again: "for 36 hours", "a 10-year plan", "years", "every day".
//!
//! Corpora of dates count them; the record does not, for they are no dates.

use rapporteur_lexicon::words::time;

use super::expr::{Expr, Match};
use super::number::{Count, count};
use super::value::{Unit, Value};
use super::word::Line;

/// A length or a repetition at word `i`.
pub(super) fn read(line: &Line, i: usize) -> Option<Match> {
    set(line, i).or_else(|| length(line, i))
}

fn length(line: &Line, i: usize) -> Option<Match> {
    let at = line.skip(i, &["an", "a"]);
    let at = if line.at(at) == "additional" || line.at(at) == "full" { at + 1 } else { i };
    let (next, n) = match count(line, at) {
        Some((next, n)) => (next, n),
        None => (at, Count::Some),
    };
    let next = next + usize::from(line.at(next) == "-" && next > i);
    // "two to three weeks", "10-15 days"
    let (next, n) = match line.at(next) {
        "to" | "or" => count(line, next + 1).filter(|_| next > i).unwrap_or((next, n)),
        _ => (next, n),
    };
    let next = next + usize::from(time::LENGTH_MODIFIER.has(line.at(next)));
    let (unit, plural) = Unit::named(line.at(next))?;
    let bare = next == i;
    // "seconds", "a second" and "days" are words of many uses; "a quarter" is mostly a coin or a share.
    let loose = matches!(unit, Unit::Second) && (bare || n == Count::of(1))
        || unit == Unit::Quarter && (n == Count::of(1) || bare);
    if bare && !plural || loose {
        return None;
    }
    let mut end = next + 1;
    let old = line.has(end, &["-", "old"]) || line.at(end) == "old" || line.has(end, &["of", "age"]);
    if old || line.has(end, &["'", "s"]) && !plural {
        return None;
    }
    if line.has(end, &["and", "a", "half"]) {
        let Count::Halves(h) = n else { return None };
        return Some(Match::new(i, end + 3, Expr::Known(Value::Length(Count::Halves(h + 1), unit, None))));
    }
    if line.has(end, &["or", "so"]) || line.has(end, &["or", "more"]) {
        end += 2;
    }
    Some(Match::new(i, end, Expr::Known(Value::Length(n, unit, None))))
}

fn set(line: &Line, i: usize) -> Option<Match> {
    let value = match line.at(i) {
        "daily" => return Some(Match::new(i, i + 1, Expr::Known(Value::Set("P1D")))),
        "every" | "each" => match Unit::named(line.at(i + 1)) {
            Some((Unit::Day, false)) => "P1D",
            Some((Unit::Week, false)) => "P1W",
            Some((Unit::Month, false)) => "P1M",
            Some((Unit::Year, false)) => "P1Y",
            Some((Unit::Quarter, false)) => "P1Q",
            Some((Unit::Hour, false)) => "PT1H",
            _ if super::value::weekday(line.at(i + 1)).is_some() => "XXXX-WXX",
            _ => return None,
        },
        _ => return None,
    };
    Some(Match::new(i, i + 2, Expr::Known(Value::Set(value))))
}

#[cfg(test)]
mod tests {
    use crate::date::tests::{timex, values};

    #[test]
    fn lengths_are_for_the_corpora() {
        assert_eq!(timex("for 36 hours"), [("36 hours", "DURATION", "PT36H")]);
        assert_eq!(timex("a 10-year plan"), [("10-year", "DURATION", "P10Y")]);
        assert_eq!(timex("two and a half years"), [("two and a half years", "DURATION", "P2Y6M")]);
        assert_eq!(timex("for years"), [("years", "DURATION", "PXY")]);
        assert_eq!(timex("every day"), [("every day", "SET", "P1D")]);
        assert_eq!(values("for 36 hours, for 60 days, every year"), []);
    }

    #[test]
    fn ages_and_other_counts_are_none() {
        for s in ["a 17-point plan", "a 42-year-old man", "She is 42 years old", "wait a second", "a quarter of it"] {
            assert_eq!(timex(s), [], "{s}");
        }
    }
}
