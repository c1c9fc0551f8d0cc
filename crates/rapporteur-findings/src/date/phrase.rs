//! The grammar's top: the longest expression at a word, with what modifies it, and ranges of two.

use rapporteur_lexicon::words::{number, time};

use super::expr::{Expr, Match, Which};
use super::value::{Unit, Value, month, weekday};
use super::word::{Kind, Line};
use super::{ago, calendar, clock, duration, holiday, period, relative, vague, weekday};

/// All expressions of a paragraph, in order, none inside another.
pub(super) fn all(line: &Line) -> Vec<Match> {
    let mut out: Vec<Match> = Vec::new();
    let mut i = 0;
    while i < line.words.len() {
        if !may_begin(line, i) {
            debug_assert!(range(line, i).or_else(|| modified(line, i)).is_none(), "{} begins nothing", line.at(i));
            i += 1;
            continue;
        }
        match range(line, i).or_else(|| modified(line, i)) {
            Some(m) => {
                i = m.end.max(i + 1);
                if let Some(last) = out.last_mut() {
                    share_year(line, last, &m);
                }
                out.push(m);
            }
            None => i += 1,
        }
    }
    out
}

/// Whether an expression may begin at a word: most words of a text tell by themselves that none does. What a rule reads
/// first must stand here or in the class; tests read all of their texts both ways.
fn may_begin(line: &Line, i: usize) -> bool {
    let word = line.at(i);
    match line.kind(i) {
        Kind::Digits => true,
        Kind::Mark => matches!(word, "'" | "’" | "‘" | "`"),
        Kind::Letters => {
            time::BEGINS.has(word)
                || time::LOOKS_BACK.has(word)
                || time::LENGTH_MODIFIER.has(word)
                || Unit::named(word).is_some()
                || crate::number::unit(word).is_some()
                || crate::number::tens(word).is_some()
                || number::ORDINAL.has(word)
                || line.is_capital(i) && (month(word).is_some() || is_weekday(word) || holiday::may_begin(word))
        }
    }
}

/// Whether a word is a day of the week, in the plural too.
fn is_weekday(word: &str) -> bool {
    weekday(word).is_some() || word.strip_suffix('s').and_then(weekday).is_some()
}

/// "in May and June 2024": the year counts for both months.
fn share_year(line: &Line, first: &mut Match, second: &Match) {
    let joined = second.start == first.end + 1 && matches!(line.at(first.end), "and" | "or" | "," | "/");
    if let (true, Expr::Month(m, _, which @ Which::Bare, _), Expr::Known(Value::Month(d) | Value::Day(d))) =
        (joined, &mut first.expr, &second.expr)
        && *m <= d.month()
    {
        *which = Which::Year(d.year());
    }
}

/// An expression without modifiers: the longest that any rule reads.
fn core(line: &Line, i: usize) -> Option<Match> {
    if line.kind(i) == Kind::Mark && !matches!(line.at(i), "'" | "’" | "‘" | "`") {
        return None;
    }
    const RULES: [fn(&Line, usize) -> Option<Match>; 8] = [
        ago::read,
        calendar::read,
        weekday::read,
        relative::read,
        period::read,
        holiday::read,
        vague::read,
        duration::read,
    ];
    let mut best: Option<Match> = None;
    for rule in RULES {
        if let Some(m) = rule(line, i)
            && best.as_ref().is_none_or(|b| m.end > b.end)
        {
            best = Some(m);
        }
    }
    let months = period::months_reported(line, i);
    best.into_iter().chain(months).reduce(|a, b| if b.end > a.end { b } else { a })
}

/// A day with its part, or a time with its day.
fn timed(line: &Line, i: usize) -> Option<Match> {
    let plain = core(line, i).map(|m| clock::after(line, m));
    let clock = clock::read(line, i, |at| core(line, at));
    plain.into_iter().chain(clock).reduce(|a, b| if b.end > a.end { b } else { a })
}

/// An expression with the words before it that shade it: "early 2000", "late Monday", "nearly two years ago".
fn modified(line: &Line, i: usize) -> Option<Match> {
    let bare = timed(line, i);
    let heads: &[&[&str]] = &[
        &["the", "end", "of"],
        &["the", "beginning", "of"],
        &["the", "start", "of"],
        &["the", "middle", "of"],
        &["the", "week", "of"],
        &["as", "early", "as"],
        &["more", "than"],
        &["less", "than"],
        &["fewer", "than"],
        &["at", "least"],
        &["no", "more", "than"],
        &["up", "to"],
        &["early", "in"],
        &["late", "in"],
        &["earlier", "in"],
        &["later", "in"],
        &["early", "on"],
        &["earlier", "on"],
        &["later", "on"],
        &["late", "on"],
        &["mid", "-"],
        &["early", "-"],
        &["late", "-"],
        &["the", "early"],
        &["the", "late"],
        &["the", "mid", "-"],
        &["early"],
        &["late"],
        &["mid"],
        &["earlier"],
        &["later"],
        &["nearly"],
        &["almost"],
        &["about"],
        &["around"],
        &["roughly"],
        &["approximately"],
        &["over"],
        &["sometime"],
    ];
    let led = heads.iter().filter(|h| line.has(i, h)).find_map(|h| {
        let m = timed(line, i + h.len())?;
        let counted =
            matches!(m.expr, Expr::Known(Value::Length(..)) | Expr::Step(..) | Expr::Around(_) | Expr::Reach(..));
        let amount = time::AMOUNT.has(h[0]);
        let vague = matches!(
            m.expr,
            Expr::Known(Value::Present | Value::Past | Value::Future | Value::Set(_)) | Expr::Unbound(_)
        );
        let length = matches!(m.expr, Expr::Known(Value::Length(..)));
        // "over 2016", "about Monday": the words before are prepositions there.
        let fits = !vague && if amount { counted } else { !length };
        let expr = match (h, m.expr) {
            (["the", "week", "of"], e) if e.is_day() => return Some(Match::new(i, m.end, Expr::WeekOf(Box::new(e)))),
            (["the", "early" | "late" | "mid", ..], e @ Expr::Known(Value::Decade(_))) => e,
            (["the", "early" | "late", ..], _) => return None,
            (_, e) => e,
        };
        fits.then(|| Match::new(i, m.end, expr))
    });
    bare.into_iter().chain(led).reduce(|a, b| if b.end > a.end { b } else { a })
}

/// Two expressions that bound one stretch: "from March 3 to March 7", "March 3–7", "between 2014 and 2016".
fn range(line: &Line, i: usize) -> Option<Match> {
    let opened = matches!(line.at(i), "from" | "between");
    let start = i + usize::from(opened);
    let first = if opened || line.kind(i) == Kind::Digits || line.is_capital(i) { modified(line, start) } else { None };
    let Some(first) = first else { return days_first(line, start) };
    if !is_dated(&first.expr) {
        return days_first(line, start);
    }
    let dash = matches!(line.at(first.end), "-" | "–" | "—");
    let joined = match line.at(first.end) {
        "to" | "until" | "till" | "through" => {
            line.at(i) == "from" || line.at(first.end) == "through" || is_fixed(&first.expr)
        }
        "and" => line.at(i) == "between",
        _ => dash && line.is_glued(first.end) == line.is_glued(first.end + 1),
    };
    if !joined {
        return days_first(line, start);
    }
    let next = first.end + 1;
    let second = shortened(line, next, &first.expr).or_else(|| modified(line, next).filter(|m| is_dated(&m.expr)))?;
    let (start, end) = (first.start, second.end);
    Some(Match::new(start, end, Expr::Range(Box::new(first), Box::new(second))))
}

/// Whether an expression is a day, month, year or the like, not a length.
fn is_dated(expr: &Expr) -> bool {
    !matches!(
        expr,
        Expr::Known(Value::Length(..) | Value::Set(_) | Value::Present | Value::Past | Value::Future)
            | Expr::Reach(..)
            | Expr::Around(_)
            | Expr::Unbound(_)
            | Expr::Range(..)
    )
}

/// Whether it names a day of a month or a year, so that "to" after it can only bound it.
fn is_fixed(expr: &Expr) -> bool {
    matches!(expr, Expr::Month(_, Some(_), ..) | Expr::Known(Value::Year(_) | Value::Day(_) | Value::Month(_)))
}

/// The second half of a range that leaves out what the first has said: "March 3–7, 2025", "2014-16".
fn shortened(line: &Line, i: usize, first: &Expr) -> Option<Match> {
    let n = line.figure(i, 1, 2)?;
    match first {
        Expr::Month(m, Some(d), which, _) if n > i64::from(*d) && n < 32 => {
            if month(line.at(i + 1)).is_some() || line.is_glued(i + 1) && matches!(line.at(i + 1), ":" | "/" | "%") {
                return None;
            }
            let next = line.skip(i + 1, &[","]);
            if let Some(y) = line.figure(next, 4, 4).filter(|y| (1000..2200).contains(y)) {
                return Some(Match::new(i, next + 1, Expr::Month(*m, Some(n as i8), Which::Year(y as i16), None)));
            }
            Some(Match::new(i, i + 1, Expr::Month(*m, Some(n as i8), *which, None)))
        }
        Expr::Known(Value::Year(y)) if line.is_glued(i) && !line.is_glued(i + 1) && i64::from(*y % 100) < n => {
            Some(Match::new(i, i + 1, Expr::Known(Value::Year(*y - *y % 100 + n as i16))))
        }
        _ => None,
    }
}

/// "3–7 March 2025", "3 to 7 March".
fn days_first(line: &Line, i: usize) -> Option<Match> {
    let d = line.figure(i, 1, 2).filter(|d| (1..=31).contains(d))?;
    if !matches!(line.at(i + 1), "-" | "–" | "to" | "and")
        || line.is_glued(i) && line.kind(i.wrapping_sub(1)) == Kind::Digits
    {
        return None;
    }
    let last = calendar::read(line, i + 2)?;
    let first = match last.expr {
        Expr::Month(m, Some(e), which, _) if i64::from(e) > d => Expr::Month(m, Some(d as i8), which, None),
        Expr::Known(Value::Day(e))
            if i64::from(e.day()) > d && line.kind(i + 2) == Kind::Digits && line.figure(i + 2, 4, 4).is_none() =>
        {
            Expr::Known(Value::Day(jiff::civil::Date::new(e.year(), e.month(), d as i8).ok()?))
        }
        _ => return None,
    };
    let end = last.end;
    Some(Match::new(i, end, Expr::Range(Box::new(Match::new(i, i + 1, first)), Box::new(last))))
}

#[cfg(test)]
mod tests {
    use crate::date::tests::{timex, values};

    #[test]
    fn shades_belong_to_the_expression() {
        assert_eq!(values("in early 2000"), [("early 2000", "2000")]);
        assert_eq!(values("in mid-November"), [("mid-November", "2025-11")]);
        assert_eq!(values("He came earlier on Tuesday."), [("earlier on Tuesday", "2025-11-25")]);
        assert_eq!(values("nearly two years ago"), [("nearly two years ago", "2023")]);
        assert_eq!(timex("more than 60 days"), [("more than 60 days", "DURATION", "P60D")]);
        assert_eq!(
            values("They met late Monday and throughout Tuesday."),
            [("late Monday", "2025-11-24"), ("Tuesday", "2025-11-25")]
        );
    }

    #[test]
    fn ranges() {
        assert_eq!(values("from March 3 to March 7"), [("March 3 to March 7", "2025-03-03/2025-03-07")]);
        assert_eq!(values("March 3–7, 2025"), [("March 3–7, 2025", "2025-03-03/2025-03-07")]);
        assert_eq!(values("3-7 March 2025"), [("3-7 March 2025", "2025-03-03/2025-03-07")]);
        assert_eq!(values("between 2014 and 2016"), [("2014 and 2016", "2014/2016")]);
        assert_eq!(values("the 2014-16 war"), [("2014-16", "2014/2016")]);
        assert_eq!(
            values("from Monday to Wednesday they will meet"),
            [("Monday to Wednesday", "2025-12-01/2025-12-03")]
        );
    }
}
