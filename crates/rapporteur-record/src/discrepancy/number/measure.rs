//! What kind of thing a number measures: only numbers of one kind are compared, and lengths of time in one unit.

use rapporteur_lexicon::words::{comparison, quantity, time};
use rapporteur_schema::{Char, QuantityFinding, Span, Text};

use super::Interval;

/// Code points behind the beginning of a number in which the other side of a vote is looked for.
const TALLY_REACH: u32 = 28;

/// Code points around a number within which a word may say that it is no count.
const REACH: u32 = 12;

/// The kind of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Measure {
    /// Things or people.
    Count,
    Money,
    Percent,
    /// Lengths of time, in seconds.
    Time,
    /// Both sides of a vote.
    Tally,
}

impl Measure {
    /// What it is called in the names of features.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Measure::Count => "count",
            Measure::Money => "money",
            Measure::Percent => "percent",
            Measure::Time => "time",
            Measure::Tally => "tally",
        }
    }
}

/// A number as it is compared: its kind, its value in the unit of that kind, and the two sides of a vote.
pub(super) fn measured(text: &Text, found: &QuantityFinding) -> Option<(Measure, Interval, Option<[u32; 2]>)> {
    let interval = Interval::of(found).filter(|_| !names_one(text, found) && !is_half(text, found))?;
    let noun = found.noun.as_str();
    if let Some(seconds) = comparison::LENGTH_OF_TIME.number(noun) {
        if is_offset(text, found) {
            return None;
        }
        return Some((Measure::Time, interval.times(f64::from(seconds)), None));
    }
    // "percentage points" too.
    if noun.starts_with("percent") {
        return Some((Measure::Percent, interval, None));
    }
    let tally = tally(text, found);
    if tally.is_some() || found.by.as_str() == "quantity/vote" {
        return Some((Measure::Tally, interval, tally));
    }
    let money = found.by.as_str() == "quantity/money"
        || quantity::COIN.has(noun)
        || comparison::BARE_SUM.has(noun)
        || found.number.exact().chars().any(|c| quantity::SIGN.has(c.encode_utf8(&mut [0; 4])));
    Some((if money { Measure::Money } else { Measure::Count }, interval, None))
}

/// "Point 9 of the plan", "the Sept. 11 hijackers": which one, not how many.
fn names_one(text: &Text, found: &QuantityFinding) -> bool {
    let start = found.number.span().start();
    let before = text.slice(Span::<Char>::new(start.saturating_sub(REACH), start)).unwrap_or_default();
    let before = before.trim_end().trim_end_matches('.');
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    quantity::NUMBERED.has(&word) || time::MONTH_WORD.has(&word) && !time::MONTH_ALSO_WORD.has(&word)
}

/// "A 40- to 60-hour course": either end alone is no number of hours.
fn is_half(text: &Text, found: &QuantityFinding) -> bool {
    let at = found.number.span();
    let around = |from: u32, to: u32| text.slice(Span::<Char>::new(from, to)).unwrap_or_default();
    let before = around(at.start().saturating_sub(REACH), at.start());
    let behind = around(at.end(), (at.end() + REACH).min(text.chars()));
    let number = found.number.exact();
    let open = number.ends_with('-') && behind.trim_start().starts_with("to ");
    let inside = number.contains("- to ") && found.least == found.most;
    open || inside || before.ends_with("- to ") || behind.starts_with("- to ")
}

/// "Four days before the strike", "two years ago": when something was, not how long it took.
fn is_offset(text: &Text, found: &QuantityFinding) -> bool {
    let end = found.at.span().end();
    let behind = text.slice(Span::<Char>::new(end, (end + REACH).min(text.chars()))).unwrap_or_default();
    let word = behind.split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty()).unwrap_or_default();
    comparison::BEHIND_AN_OFFSET.has(word)
}

/// The coin of a sum where it is told, by its name.
pub(super) fn coin(found: &QuantityFinding) -> Option<&str> {
    quantity::COIN.has(&found.noun).then_some(found.noun.as_str())
}

/// "29-22", "193 votes to 231": the sides of a vote whose first is this number.
fn tally(text: &Text, found: &QuantityFinding) -> Option<[u32; 2]> {
    if found.least != found.most || found.approximate {
        return None;
    }
    let start = found.number.span().start();
    let end = (start + TALLY_REACH).min(text.chars());
    let words: &str = text.slice(Span::<Char>::new(start, end))?;
    let (one, rest) = digits(words)?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("votes ").unwrap_or(rest);
    // not words: what stands between the sides of a vote; "15 against, 3 for" too
    let rest = rest.strip_prefix("against, ").or_else(|| rest.strip_prefix("for, ")).map_or_else(
        || ["-", "–", "—", "to ", "against "].iter().find_map(|between| rest.strip_prefix(between)),
        Some,
    )?;
    let (other, behind) = digits(rest.trim_start())?;
    // "6-8 %" is a range, "4-10.5" no vote.
    let goes_on = |c: char| behind.strip_prefix(c).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let whole = !behind.trim_start().starts_with('%') && !['.', ',', ':', '-'].into_iter().any(goes_on);
    whole.then_some([one, other])
}

/// The number that words begin with, in digits, and what follows.
fn digits(words: &str) -> Option<(u32, &str)> {
    let end = words.find(|c: char| !c.is_ascii_digit()).unwrap_or(words.len());
    Some((words[..end].parse().ok()?, &words[end..]))
}

#[cfg(test)]
pub(super) mod tests {
    use rapporteur_schema::{Citation, ReportId, Rule};

    use super::*;

    /// A number that stands in a text by these words, of this noun.
    pub(in super::super) fn found(text: &str, words: &str, value: f64, noun: &str) -> (Text, QuantityFinding) {
        let before = text.find(words).map(|at| text[..at].chars().count() as u32).unwrap();
        let text = Text::new(text);
        let span = Span::new(before, before + words.chars().count() as u32);
        let at = Citation::new(&ReportId::new("r"), &text, span).unwrap();
        let finding = QuantityFinding {
            by: Rule::default(),
            at: at.clone(),
            number: at.clone(),
            clause: at,
            least: Some(value),
            most: Some(value),
            approximate: false,
            noun: noun.into(),
            of: Vec::new(),
            from: None,
            per: None,
            stage: None,
            actors: Vec::new(),
            date: None,
        };
        (text, finding)
    }

    fn kind(text: &str, words: &str, value: f64, noun: &str) -> Option<Measure> {
        let (text, found) = found(text, words, value, noun);
        measured(&text, &found).map(|(measure, _, _)| measure)
    }

    #[test]
    fn what_a_number_measures() {
        assert_eq!(kind("The talks took nine hours.", "nine hours", 9.0, "hour"), Some(Measure::Time));
        assert_eq!(kind("It fell by 3 percentage points.", "3", 3.0, "percentage point"), Some(Measure::Percent));
        assert_eq!(kind("It passed by 29 votes to 22.", "29", 29.0, "vote"), Some(Measure::Tally));
        assert_eq!(kind("The debt is €4 m.", "€4 m", 4e6, "m"), Some(Measure::Money));
        assert_eq!(kind("The fleet has 22 ships.", "22", 22.0, "ship"), Some(Measure::Count));
    }

    #[test]
    fn two_weeks_are_fourteen_days() {
        let (text, weeks) = found("It lasted two weeks.", "two weeks", 2.0, "week");
        let (_, days) = found("It lasted 14 days.", "14 days", 14.0, "day");
        let of = |q: &QuantityFinding| measured(&text, q).map(|(_, interval, _)| interval).unwrap();
        assert!(of(&weeks).fits(of(&days)));
    }

    #[test]
    fn what_only_names_or_points_measures_nothing() {
        assert_eq!(kind("Point 9 of the plan fell.", "9", 9.0, "plan"), None);
        assert_eq!(kind("The Sept. 11 hijackers", "11", 11.0, "hijacker"), None);
        assert_eq!(kind("It came four days before the vote.", "four days", 4.0, "day"), None);
        assert_eq!(kind("A 40- to 60-hour course", "60-hour", 60.0, "hour"), None);
        assert_eq!(kind("In May 11 ships left.", "11", 11.0, "ship"), Some(Measure::Count));
    }

    #[test]
    fn both_sides_of_a_vote() {
        for (text, words, sides) in [
            ("by 29-22", "29", [29, 22]),
            ("by 193 votes to 231", "193", [193, 231]),
            ("15 against, 3 for", "15", [15, 3]),
        ] {
            let (text, found) = found(text, words, f64::from(sides[0]), "vote");
            assert_eq!(tally(&text, &found), Some(sides), "{words}");
        }
        let (text, found) = found("from 6 to 8%", "6", 6.0, "rise");
        assert_eq!(tally(&text, &found), None);
    }
}
