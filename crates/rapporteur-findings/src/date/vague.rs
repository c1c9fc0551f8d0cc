//! Words that point at the present, the past or the future and no day: "now", "recently", "in the future".

use super::expr::{Expr, Match};
use super::value::Value;
use super::word::Line;

/// A vague word at word `i`.
pub(super) fn read(line: &Line, i: usize) -> Option<Match> {
    let table: &[(&[&str], Value)] = &[
        (&["the", "near", "future"], Value::Future),
        (&["the", "foreseeable", "future"], Value::Future),
        // not words: one phrase
        (&["the", "not", "too", "distant", "future"], Value::Future),
        (&["the", "future"], Value::Future),
        (&["the", "past"], Value::Past),
        (&["the", "recent", "past"], Value::Past),
        (&["right", "now"], Value::Present),
        (&["these", "days"], Value::Present),
        (&["now"], Value::Present),
        (&["currently"], Value::Present),
        (&["at", "present"], Value::Present),
        (&["more", "recently"], Value::Past),
        (&["most", "recently"], Value::Past),
        (&["recently"], Value::Past),
    ];
    let (words, value) = table.iter().find(|(words, _)| line.has(i, words))?;
    // "for now" and "until now" are vague as well; "now that" is a conjunction.
    let joins = words == &["now"] && (line.at(i + 1) == "that" || line.before(i) == "by");
    (!joins).then(|| Match::new(i, i + words.len(), Expr::Known(*value)))
}

#[cfg(test)]
mod tests {
    use crate::date::tests::{timex, values};

    #[test]
    fn they_have_no_place_in_the_record() {
        assert_eq!(timex("It is now over."), [("now", "DATE", "PRESENT_REF")]);
        assert_eq!(timex("in the near future"), [("the near future", "DATE", "FUTURE_REF")]);
        assert_eq!(timex("He recently left"), [("recently", "DATE", "PAST_REF")]);
        assert_eq!(values("It is now over, as in the past."), []);
        assert_eq!(timex("now that it is over"), []);
    }
}
