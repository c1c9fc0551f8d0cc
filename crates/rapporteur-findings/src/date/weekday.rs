//! Days of the week and weekends: "Tuesday", "last Monday", "the previous Friday", "over the weekend".

use rapporteur_lexicon::words::time;

use super::expr::{Expr, Match, Which, which};
use super::value::{Value, weekday};
use super::word::Line;

/// A weekday or a weekend at word `i`.
pub(super) fn read(line: &Line, i: usize) -> Option<Match> {
    let (mut at, mut told) = which(line, i).unwrap_or((i, Which::Bare));
    if told == Which::Bare && line.at(i) == "the" {
        at = i + 1;
    }
    if line.at(at) == "weekend" || line.has(at, &["week", "-", "end"]) {
        let end = if line.at(at) == "weekend" { at + 1 } else { at + 3 };
        // "the last weekend of May" is another thing than "last weekend", and is told by what follows.
        let of = time::WEEKEND_OF_MANY.has(line.before(at));
        return (!of).then(|| Match::new(i, end, Expr::Weekend(told)));
    }
    if let Some(singular) = line.at(i).strip_suffix('s').and_then(weekday).filter(|_| line.is_capital(i)) {
        let _ = singular;
        return full(line, i).then(|| Match::new(i, i + 1, Expr::Known(Value::Set("XXXX-WXX"))));
    }
    let day = weekday(line.at(at)).filter(|_| line.is_capital(at))?;
    if at > i && line.at(i) == "the" && told == Which::Bare {
        return None;
    }
    let mut end = at + 1;
    if !full(line, at) {
        // "Sat." and "Sun." are words too: only with their period, and not at the end of a sentence.
        if line.at(end) != "." || !line.is_glued(end) || line.is_capital(end + 1) {
            return None;
        }
        end += 1;
    }
    let paper = time::WEEKDAY_PAPER.has(line.at(end)) && line.is_capital(end);
    let named = time::NAMED_DAY.has(line.before(at)) && line.is_capital(at - 1);
    let mail = at > 1 && line.before(at) == "on" && line.at(at - 2) == "mail" && line.is_capital(at - 2);
    if paper || named || mail {
        return None;
    }
    // "Monday of last week", "Friday next week".
    let of = line.skip(end, &["of"]);
    if let Some((next, week)) = which(line, of).filter(|(next, w)| {
        line.at(*next) == "week" && told == Which::Bare && matches!(w, Which::Last | Which::This | Which::Next)
    }) {
        (end, told) = (next + 1, week);
        return Some(Match::new(i, end, Expr::Weekday(day, told)));
    }
    Some(Match::new(i, end, Expr::Weekday(day, told)))
}

fn full(line: &Line, i: usize) -> bool {
    line.at(i).trim_end_matches('s').ends_with("day")
}

#[cfg(test)]
mod tests {
    use crate::date::tests::values;

    #[test]
    fn weekdays_look_back_and_ahead() {
        assert_eq!(values("He said so on Tuesday."), [("Tuesday", "2025-11-25")]);
        assert_eq!(values("They met on Friday."), [("Friday", "2025-11-21")]);
        assert_eq!(values("They will meet on Friday."), [("Friday", "2025-11-28")]);
        assert_eq!(values("They met last Monday."), [("last Monday", "2025-11-24")]);
        assert_eq!(values("They are to meet next Monday."), [("next Monday", "2025-12-01")]);
        assert_eq!(values("They met over the weekend."), [("the weekend", "2025-11-22/2025-11-23")]);
        assert_eq!(
            values("They met on Nov. 14. The previous Monday was calm")[1],
            ("The previous Monday", "2025-11-10")
        );
    }

    #[test]
    fn papers_and_names_are_none() {
        for s in [
            "The Sunday Times wrote",
            "the Mail on Sunday wrote",
            "Bloody Sunday is remembered",
            "friday",
            "Sun Valley",
        ] {
            assert_eq!(values(s), [], "{s}");
        }
    }
}
