//! Times of day, and parts of days that are bound to a day: "9 a.m. EDT Thursday", "Friday night", "noon on Saturday".

use rapporteur_lexicon::words::time as words;

use super::expr::{Expr, Match};
use super::relative::part;
use super::value::Part;
use super::word::Line;

/// A time of the clock at word `i`: the word after it and the time.
pub(super) fn time(line: &Line, i: usize) -> Option<(usize, Part)> {
    match line.at(i) {
        "noon" | "midday" => return Some((i + 1, Part::Clock(12, 0))),
        "midnight" => return Some((i + 1, Part::Clock(0, 0))),
        _ => {}
    }
    let h = line.figure(i, 1, 2).filter(|h| *h < 25)? as i8;
    let mut end = i + 1;
    let mut minute = None;
    if matches!(line.at(end), ":" | ".")
        && line.is_glued(end)
        && line.is_glued(end + 1)
        && let Some(m) = line.figure(end + 1, 2, 2).filter(|m| *m < 60)
    {
        minute = Some((m as i8, line.at(end) == ":"));
        end += 2;
    }
    let half = match (line.at(end), line.at(end + 1), line.at(end + 2)) {
        (a @ ("a" | "p"), ".", "m") => {
            Some((a == "p", end + 3 + usize::from(line.at(end + 3) == "." && line.is_glued(end + 3))))
        }
        (a @ ("am" | "pm"), ..) => Some((a == "pm", end + 1)),
        _ => None,
    };
    if let Some((afternoon, next)) = half {
        let hour = match (h, afternoon) {
            (12, false) => 0,
            (12, true) => 12,
            (h, true) if h < 12 => h + 12,
            (h, _) => h,
        };
        return Some((zone(line, next), Part::Clock(hour, minute.map_or(0, |m| m.0))));
    }
    if line.at(end) == "o" && matches!(line.at(end + 1), "'" | "’") && line.at(end + 2) == "clock" {
        return Some((end + 3, Part::Clock(h, 0)));
    }
    match minute {
        Some((m, true)) if line.at(end) != ":" => {
            let zoned = zone(line, end);
            // "3:15" may be a verse, a score or a time of running: it needs its zone or two figures and a preposition.
            let sure = zoned > end || (line.figure(i, 2, 2).is_some() && words::LEADS_TO_CLOCK.has(line.before(i)));
            sure.then_some((zoned, Part::Clock(h, m)))
        }
        _ => None,
    }
}

/// The word after a time zone, if one stands here.
fn zone(line: &Line, i: usize) -> usize {
    let open = line.skip(i, &["("]);
    // "10:35 a.m. (0735 GMT)"
    let open = if open > i && line.figure(open, 4, 4).is_some() { open + 1 } else { open };
    let end = match line.at(open) {
        zone if words::ZONE.has(zone) => open + 1,
        name if words::ZONE_NAME.has(name) && line.at(open + 1) == "time" => open + 2,
        _ => return i,
    };
    if open > i { line.skip(end, &[")"]) } else { end }
}

/// A time at word `i`, with the day it is bound to where `day` reads one after it.
pub(super) fn read(line: &Line, i: usize, day: impl Fn(usize) -> Option<Match>) -> Option<Match> {
    if let Some((end, time)) = time(line, i) {
        let next = line.skip(line.skip(end, &[","]), &["on"]);
        if let Some(m) = day(next).filter(|m| m.expr.is_day()) {
            return Some(Match::new(i, m.end, Expr::Part(time, Box::new(m.expr))));
        }
        return Some(Match::new(i, end, Expr::Unbound(time)));
    }
    // "the night of Nov. 9", "the morning of the 3rd of May".
    let at = line.skip(line.skip(i, &["the"]), &["early", "late"]);
    let part = part(line.at(at)).filter(|_| line.at(at + 1) == "of")?;
    let m = day(at + 2).filter(|m| m.expr.is_day())?;
    Some(Match::new(i, m.end, Expr::Part(part, Box::new(m.expr))))
}

/// Takes in the part of the day that follows a day: "Friday night", "Tuesday at 9 a.m.", "yesterday afternoon".
pub(super) fn after(line: &Line, m: Match) -> Match {
    if !m.expr.is_day() {
        return m;
    }
    if let Some(p) = part(line.at(m.end)) {
        return Match::new(m.start, m.end + 1, Expr::Part(p, Box::new(m.expr)));
    }
    let at = line.skip(m.end, &[","]);
    let at = at + usize::from(words::CLOCK_BEHIND_DAY.has(line.at(at)));
    match time(line, at).filter(|_| at > m.end) {
        Some((end, time)) => Match::new(m.start, end, Expr::Part(time, Box::new(m.expr))),
        None => m,
    }
}

#[cfg(test)]
mod tests {
    use crate::date::tests::{timex, values};

    #[test]
    fn times_bound_to_days() {
        assert_eq!(values("He left on Friday night."), [("Friday night", "2025-11-21")]);
        assert_eq!(values("at 9 a.m. EDT on Thursday"), [("9 a.m. EDT on Thursday", "2025-11-20")]);
        assert_eq!(timex("He spoke on Monday at 10:30 p.m."), [("Monday at 10:30 p.m.", "TIME", "2025-11-24T22:30")]);
        assert_eq!(timex("noon Saturday"), [("noon Saturday", "TIME", "2025-11-22T12:00")]);
        assert_eq!(timex("tonight"), [("tonight", "TIME", "2025-11-25TNI")]);
    }

    #[test]
    fn a_time_alone_is_no_date_of_the_record() {
        assert_eq!(values("The vote was at 3 p.m."), []);
        assert_eq!(values("They won 3:1 and read John 3:16"), []);
    }
}
