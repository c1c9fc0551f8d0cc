//! Days and periods told from the report or from the date last named: "today", "last week", "that year", "earlier in the day".

use rapporteur_lexicon::words::time;

use super::expr::{Expr, From, Match, Which, which};
use super::number::{Count, count};
use super::value::{Part, Unit, Value};
use super::word::Line;

/// A relative expression at word `i`.
pub(super) fn read(line: &Line, i: usize) -> Option<Match> {
    day(line, i).or_else(|| reach(line, i)).or_else(|| period(line, i)).or_else(|| inside(line, i))
}

fn day(line: &Line, i: usize) -> Option<Match> {
    let near = |by| Expr::Step(Unit::Day, by, From::Report);
    let part = |p, by| Expr::Part(p, Box::new(near(by)));
    let table: &[(&[&str], Expr)] = &[
        (&["the", "day", "before", "yesterday"], near(-2)),
        (&["the", "day", "after", "tomorrow"], near(2)),
        (&["later", "today"], near(0)),
        (&["earlier", "today"], near(0)),
        (&["today"], near(0)),
        (&["yesterday"], near(-1)),
        (&["tomorrow"], near(1)),
        (&["tonight"], part(Part::Night, 0)),
        (&["last", "night"], part(Part::Night, -1)),
        (&["this", "morning"], part(Part::Morning, 0)),
        (&["this", "afternoon"], part(Part::Afternoon, 0)),
        (&["this", "evening"], part(Part::Evening, 0)),
        (&["overnight"], Expr::Unbound(Part::Night)),
        (&["the", "day", "before"], Expr::Step(Unit::Day, -1, From::Context)),
        (&["a", "day", "before"], Expr::Step(Unit::Day, -1, From::Context)),
        (&["the", "day", "after"], Expr::Step(Unit::Day, 1, From::Context)),
        (&["next", "day"], Expr::Step(Unit::Day, 1, From::Context)),
    ];
    let (words, expr) = table.iter().find(|(words, _)| line.has(i, words))?;
    let end = i + words.len();
    // "the day before the talks" is told by the talks.
    let bound = words.len() == 3 && matches!(words[2], "before" | "after") && !ends(line, end);
    // "USA Today" is a paper.
    let paper = words.len() == 1 && line.is_capital(i) && line.is_capital(i.wrapping_sub(1));
    (!bound && !paper).then(|| Match::new(i, end, expr.clone()))
}

/// Whether a phrase ends here: a mark, or the end.
fn ends(line: &Line, i: usize) -> bool {
    // not words: marks
    matches!(line.at(i), "" | "." | "," | ";" | ":" | ")" | "\"" | "”" | "—" | "–")
}

/// "the past week", "the last three months", "the next two years", "recent days", "the coming weeks".
fn reach(line: &Line, i: usize) -> Option<Match> {
    let at = line.skip(i, &["the", "these"]);
    let at = line.skip(at, &["very"]);
    let (back, unsure) = match line.at(at) {
        word if time::LOOKS_BACK.has(word) => (true, false),
        "next" | "coming" | "following" => (false, false),
        "recent" => (true, true),
        "upcoming" | "future" => (false, true),
        _ => return None,
    };
    let (next, n) = match count(line, at + 1) {
        Some((next, n)) => (next, Some(n)),
        None => (at + 1, None),
    };
    let next = line.skip(next, &["or"]);
    let next = line.skip(next, &["more", "full", "consecutive", "fiscal"]);
    let (unit, plural) = Unit::named(line.at(next)).filter(|(u, _)| *u != Unit::Second)?;
    let mut end = next + 1;
    if line.has(end, &["and"]) && Unit::named(line.at(end + 1)).is_some_and(|(_, p)| p) && plural {
        end += 2;
    }
    if line.has(end, &["or", "so"]) {
        end += 2;
    }
    let open = Expr::Around(Value::Length(Count::Some, unit, None));
    let expr = match n {
        _ if unsure && !plural => return None,
        _ if unsure => open,
        Some(Count::Some) => Expr::Reach(Count::Some, unit, back),
        Some(n) => Expr::Reach(n, unit, back),
        None if plural => open,
        // "the past week" is the week up to now; "last week" and "the last week" a week of the calendar.
        None if line.at(at) == "past" && line.before(at) != "this" => Expr::Reach(Count::of(1), unit, true),
        None => return None,
    };
    Some(Match::new(i, end, expr))
}

/// "last week", "this year", "next month", "the following year", "that day".
fn period(line: &Line, i: usize) -> Option<Match> {
    let (next, which) = which(line, i)?;
    if line.has(next, &["fiscal", "year"]) {
        let by = step(which)?;
        return Some(Match::new(i, next + 2, Expr::Step(Unit::Year, by.0, by.1)));
    }
    if matches!(line.at(next), "morning" | "afternoon" | "evening" | "night")
        && matches!(which, Which::After | Which::That | Which::Before)
    {
        let (by, from) = step(which)?;
        let day = Expr::Step(Unit::Day, by, from);
        return Some(Match::new(i, next + 1, Expr::Part(part(line.at(next))?, Box::new(day))));
    }
    let (unit, plural) = Unit::named(line.at(next)).filter(|(u, p)| u.is_calendar() && !p)?;
    let (by, from) = step(which)?;
    let last_of = which == Which::Last && line.at(i) == "the" && matches!(line.at(next + 1), "of" | "in");
    // "the next day", "next year": a day goes on from the last one named, a year from the report.
    let from = match (which, unit) {
        (Which::After, Unit::Year | Unit::Month | Unit::Week | Unit::Quarter) if line.at(next - 1) == "next" => {
            From::Report
        }
        _ => from,
    };
    (!plural && !last_of).then(|| Match::new(i, next + 1, Expr::Step(unit, by, from)))
}

/// How far a word of order steps, and from where.
pub(super) fn step(which: Which) -> Option<(i64, From)> {
    Some(match which {
        Which::Last => (-1, From::Report),
        Which::This => (0, From::Report),
        Which::Next => (1, From::Report),
        Which::Before => (-1, From::Context),
        Which::After => (1, From::Context),
        Which::That => (0, From::Context),
        Which::Bare | Which::Year(_) | Which::YearBy(_) => return None,
    })
}

/// A part of a day by its name.
pub(super) fn part(word: &str) -> Option<Part> {
    Some(match word {
        "morning" => Part::Morning,
        "afternoon" => Part::Afternoon,
        "evening" => Part::Evening,
        "night" => Part::Night,
        _ => return None,
    })
}

/// "earlier in the day", "later in the week", "the end of the year", "by year-end".
fn inside(line: &Line, i: usize) -> Option<Match> {
    if line.has(i, &["year", "-", "end"]) || line.has(i, &["year", "end"]) {
        let end = if line.at(i + 1) == "-" { i + 3 } else { i + 2 };
        return Some(Match::new(i, end, Expr::Step(Unit::Year, 0, From::Report)));
    }
    // "sales for the year", "during the week": a length as much as a date, and so none of the record.
    let at = line.skip(i + 1, &["full", "fiscal", "whole", "entire"]);
    if line.at(i) == "the"
        && !matches!(line.before(i), "of" | "a")
        && let Some((unit @ (Unit::Week | Unit::Month | Unit::Year), false)) = Unit::named(line.at(at))
        && !time::TELLS_WHICH.has(line.at(at + 1))
    {
        return Some(Match::new(i, at + 1, Expr::Known(Value::Length(Count::of(1), unit, None))));
    }
    let heads: &[&[&str]] = &[
        &["earlier", "in", "the"],
        &["later", "in", "the"],
        &["early", "in", "the"],
        &["late", "in", "the"],
        &["the", "end", "of", "the"],
        &["the", "beginning", "of", "the"],
        &["the", "start", "of", "the"],
        &["the", "middle", "of", "the"],
        &["the", "rest", "of", "the"],
        &["the", "remainder", "of", "the"],
    ];
    let next = line.any(i, heads)?;
    let (unit, plural) = Unit::named(line.at(next)).filter(|(u, p)| u.is_calendar() && !p)?;
    (!plural).then(|| Match::new(i, next + 1, Expr::Step(unit, 0, From::Near)))
}

#[cfg(test)]
mod tests {
    use crate::date::tests::values;

    #[test]
    fn days_from_the_report() {
        assert_eq!(values("He left yesterday."), [("yesterday", "2025-11-24")]);
        assert_eq!(values("He leaves tomorrow night."), [("tomorrow night", "2025-11-26")]);
        assert_eq!(values("the day after tomorrow"), [("the day after tomorrow", "2025-11-27")]);
        assert_eq!(values("USA Today wrote"), []);
    }

    #[test]
    fn periods() {
        assert_eq!(values("Last week they met."), [("Last week", "2025-11-17/2025-11-23")]);
        assert_eq!(values("earlier this year"), [("earlier this year", "2025")]);
        assert_eq!(values("next month"), [("next month", "2025-12")]);
        assert_eq!(values("Signed in 2014. The following year it fell")[1], ("The following year", "2015"));
        assert_eq!(
            values("They met on Monday. Earlier in the day they spoke")[1],
            ("Earlier in the day", "2025-11-24")
        );
        assert_eq!(values("in the past week"), [("the past week", "2025-11-18/2025-11-25")]);
        assert_eq!(values("in the coming days"), [("the coming days", "-")]);
        assert_eq!(values("in recent weeks"), [("recent weeks", "-")]);
    }
}
