//! When: every expression of time of a report, with the days it means.
//!
//! 1. `word` cuts a paragraph into words, figures and marks; `phrase` reads the longest expression at each word, with
//!    one file a family: `calendar`, `weekday`, `relative`, `ago`, `period`, `holiday`, `clock`, `duration`, `vague`.
//! 2. `tense` asks the parse whether the clause looks back or ahead.
//! 3. `resolve` works out the days, against the report's date and the date last named.
//! 4. `infer` finds the report's own date where none was given.
//!
//! A date is a date in whatever story: lengths ("36 hours"), repetitions and vague words ("now") are read too, because
//! what reads "60 days" as a length does not read it as a day, but they stay out of the record.

mod ago;
mod calendar;
mod clock;
mod duration;
mod expr;
mod holiday;
mod infer;
mod number;
mod period;
mod phrase;
mod relative;
mod resolve;
mod tense;
mod vague;
mod value;
mod weekday;
mod word;

use std::ops::Range;

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{Basis, DateMention, Edtf};

use self::expr::{Expr, Match, Which};
use self::resolve::Scene;
use self::tense::Tense;
use self::value::Value;
use self::word::Line;
use crate::doc::{At, Doc};
use crate::grammar::{head, is_verb};

pub(crate) use self::infer::{could_be_dated, infer};

/// The date that a report is read against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The day of publication; a month or a year is no reference.
    pub date: Edtf,
    /// How it is known.
    pub basis: Basis,
}

/// A paragraph as the grammar sees it, with the expressions of time in it, before it is known which days they mean.
#[derive(Debug)]
pub(crate) struct TimeLine {
    line: Line,
    matches: Vec<Match>,
}

impl TimeLine {
    /// Reads a paragraph.
    pub(crate) fn of(text: &str) -> Self {
        let line = Line::new(text);
        TimeLine { matches: phrase::all(&line), line }
    }
}

/// An expression of time as found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// Its paragraph.
    pub(crate) paragraph: usize,
    /// Its bytes in the cleaned paragraph.
    pub(crate) bytes: Range<usize>,
    /// The days it means.
    pub(crate) value: Option<Edtf>,
    /// Whether it is a date that belongs in the record: no length, no repetition, no "now".
    pub(crate) listed: bool,
    /// Its parts as TIMEX3 marks them: bytes, type and value; a range has two.
    pub(crate) timex: Vec<(Range<usize>, &'static str, String)>,
}

/// The reference that a report brings with it: the date it was given, else the one it states or lets infer.
pub(crate) fn reference(doc: &Doc<'_>) -> Option<Reference> {
    let head = &doc.view.report.head;
    match (head.published, head.published_basis) {
        (Some(date), basis) => Some(Reference { date, basis: basis.unwrap_or(Basis::Given) }),
        _ => infer(doc).map(|(date, basis)| Reference { date, basis }),
    }
}

/// For each paragraph, the tokens of what can only be a date, in order: all but a bare month or season, which may also be
/// somebody's name.
pub(crate) fn certain(doc: &Doc<'_>) -> Vec<Vec<Range<usize>>> {
    let sure = |m: &&Match| !matches!(m.expr, Expr::Month(_, None, Which::Bare, _) | Expr::Season(_, Which::Bare));
    let of_paragraph = |(p, TimeLine { line, matches }): (usize, &TimeLine)| {
        matches.iter().filter(sure).map(|m| tokens(doc, p, line.bytes(m.start, m.end))).collect()
    };
    doc.time.iter().enumerate().map(of_paragraph).collect()
}

/// Every expression of time of a report, in order. `named` tells the tokens of a paragraph that are a person's name: May
/// said what May said.
pub(crate) fn find(
    doc: &Doc<'_>,
    reference: Option<Reference>,
    named: impl Fn(usize, Range<usize>) -> bool,
) -> Vec<Found> {
    let day = reference.filter(|r| r.date.is_day()).map(|r| r.date.first_day());
    let mut scene = Scene::new(day, is_narrative(&doc.time, day));
    let mut out = Vec::new();
    for (p, TimeLine { line, matches }) in doc.time.iter().enumerate() {
        scene.paragraph = p;
        for m in matches {
            let tokens = tokens(doc, p, line.bytes(m.start, m.end));
            if vetoed(doc, p, &m.expr, tokens.clone()) {
                continue;
            }
            if named(p, tokens.clone()) {
                if doc.trace.is_on() {
                    let words = At::new(p, tokens);
                    doc.trace.lost(doc, "date", "date", &words, &words, "it is a person's name here");
                }
                continue;
            }
            let tense = match doc.tokens(p).is_empty() {
                true => tense::guess(line, m.start, m.end),
                false => tense::tense(doc, p, tokens),
            };
            let led = tense::led(line, m.start, m.end).filter(|_| tense != Tense::Before);
            let tense = led.unwrap_or(tense);
            out.push(found(line, p, m, tense, &mut scene));
        }
    }
    out
}

/// One expression of a paragraph, resolved.
fn found(line: &Line, paragraph: usize, m: &Match, tense: Tense, scene: &mut Scene) -> Found {
    let part = |m: &Match, v: Value| {
        let (kind, text) = v.timex();
        (line.bytes(m.start, m.end), kind, text)
    };
    let timex = match &m.expr {
        Expr::Range(a, b) => {
            let (x, y) = scene.bounds(a, b, tense);
            vec![part(a, x), part(b, y)]
        }
        _ => Vec::new(),
    };
    let value = scene.resolve(m, tense);
    let placed = match value {
        _ if matches!(m.expr, Expr::Around(_)) => true,
        Value::Length(_, _, days) => days.is_some(),
        Value::Present | Value::Past | Value::Future | Value::Set(_) => false,
        _ => !matches!(m.expr, Expr::Unbound(_)),
    };
    Found {
        paragraph,
        bytes: line.bytes(m.start, m.end),
        value: value.edtf(),
        listed: placed,
        timex: if timex.is_empty() { vec![part(m, value)] } else { timex },
    }
}

/// The tokens that some bytes of a paragraph touch.
fn tokens(doc: &Doc<'_>, p: usize, bytes: Range<usize>) -> Range<usize> {
    let all = doc.tokens(p);
    let first = all.partition_point(|t| (t.end as usize) <= bytes.start);
    let last = all.partition_point(|t| (t.start as usize) < bytes.end);
    first..last.max(first)
}

/// Whether the parse shows that the words are something else.
fn vetoed(doc: &Doc<'_>, p: usize, expr: &Expr, tokens: Range<usize>) -> bool {
    let all = doc.tokens(p);
    let Some(last) = tokens.end.checked_sub(1).and_then(|t| all.get(t)) else { return false };
    let up = head(doc, p, tokens.end - 1);
    match expr {
        // "2016 voters" counts voters; "the 2016 elections" are of a year.
        Expr::Known(Value::Year(_)) if tokens.len() == 1 => {
            let article = tokens.start.checked_sub(1).is_some_and(|t| {
                let some = matches!(doc.lemma(p, t), "some" | "any" | "all" | "no");
                !some && matches!(all[t].tag, Tag::Dt | Tag::PrpPoss | Tag::Pos)
            });
            last.dep == Dep::Nummod && !article && up.is_some_and(|h| h > tokens.start && all[h].tag == Tag::Nns)
        }
        Expr::Month(_, None, Which::Bare, _) | Expr::Season(_, Which::Bare) => {
            tokens.len() == 1 && last.pos == Pos::Verb
        }
        // "the past president", "the future king".
        Expr::Known(Value::Past | Value::Future) => matches!(last.dep, Dep::Amod | Dep::Compound),
        _ => false,
    }
}

/// Whether a report tells of a time long past, in order: most of its years are far from its own.
fn is_narrative(lines: &[TimeLine], reference: Option<jiff::civil::Date>) -> bool {
    let (mut far, mut near) = (0, 0);
    for m in lines.iter().flat_map(|l| &l.matches) {
        match (&m.expr, reference) {
            (Expr::Known(v @ (Value::Day(_) | Value::Month(_) | Value::Year(_))), Some(r)) => {
                let old = v.days().is_some_and(|(first, _)| (i32::from(first.year()) - i32::from(r.year())).abs() > 1);
                far += i32::from(old);
                near += i32::from(!old);
            }
            (Expr::Weekday(..) | Expr::Step(..), _) => near += 1,
            _ => {}
        }
    }
    far >= 5 && far > 2 * near
}

/// The dates that belong in the record.
pub(crate) fn mentions(doc: &Doc<'_>, dates: &[Found]) -> Vec<DateMention> {
    let listed = dates.iter().filter(|d| d.listed);
    listed
        .filter_map(|d| {
            let at = doc.view.cite(d.paragraph, d.bytes.clone())?;
            let main = is_main(doc, d.paragraph, tokens(doc, d.paragraph, d.bytes.clone()));
            Some(DateMention { at, value: d.value, main })
        })
        .collect()
}

/// Whether some tokens say when it was that their sentence tells: they hang on the verb of its main clause, or of what is said there.
fn is_main(doc: &Doc<'_>, p: usize, tokens: Range<usize>) -> bool {
    let all = doc.tokens(p);
    let Some(mut t) = tokens.clone().find(|&t| !tokens.contains(&(all[t].head as usize))) else { return false };
    // "On Tuesday", "Tuesday morning": up to the verb, through no other thing.
    for _ in 0..3 {
        if !matches!(all[t].dep, Dep::Pobj | Dep::Npadvmod | Dep::Advmod | Dep::Prep) {
            return false;
        }
        match head(doc, p, t) {
            Some(h) if is_verb(doc, p, h) => {
                t = h;
                break;
            }
            Some(h) if matches!(all[h].dep, Dep::Prep | Dep::Npadvmod | Dep::Advmod) => t = h,
            _ => return false,
        }
    }
    // Bounded: a chain of verbs is short.
    for _ in 0..6 {
        match (all[t].dep, head(doc, p, t)) {
            (Dep::Root, _) | (_, None) => return is_verb(doc, p, t),
            (Dep::Conj | Dep::Ccomp | Dep::Xcomp | Dep::Parataxis, Some(up)) => t = up,
            _ => return false,
        }
    }
    false
}

/// When it was said: the date that belongs to this verb and no other.
pub(crate) fn date_of_verb(doc: &Doc<'_>, dates: &[Found], p: usize, verb: usize) -> Option<Edtf> {
    // A date modifies a verb of its own sentence only; dates come in the order of the text.
    let sentence = doc.bytes(p, doc.sentence(p, verb));
    let first = dates.partition_point(|d| (d.paragraph, d.bytes.start) < (p, sentence.start));
    let of_sentence = dates[first..].iter().take_while(|d| d.paragraph == p && d.bytes.start < sentence.end);
    of_sentence
        .take(64)
        .filter(|d| d.listed)
        .filter(|d| {
            let tokens = tokens(doc, p, d.bytes.clone());
            modifies(doc, p, tokens, verb)
        })
        .find_map(|d| d.value)
}

/// Whether some tokens hang on a verb directly or by a preposition ("said on Tuesday", not "the plan of Tuesday").
fn modifies(doc: &Doc<'_>, p: usize, tokens: Range<usize>, verb: usize) -> bool {
    let all = doc.tokens(p);
    let Some(mut t) = tokens.clone().find(|&t| !tokens.contains(&(all[t].head as usize))) else { return false };
    for _ in 0..3 {
        if !matches!(all[t].dep, Dep::Pobj | Dep::Npadvmod | Dep::Advmod | Dep::Prep | Dep::Nmod) {
            return false;
        }
        match head(doc, p, t) {
            Some(h) if h == verb => return true,
            Some(h) => t = h,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use jiff::civil::Date;

    /// Reads a sentence without a parse against Tuesday, 25 November 2025.
    fn read(text: &str) -> Vec<Found> {
        let line = Line::new(text);
        let mut scene = Scene::new(Some(Date::constant(2025, 11, 25)), false);
        let matches = phrase::all(&line);
        let resolved = matches.iter().map(|m| {
            found(
                &line,
                0,
                m,
                tense::led(&line, m.start, m.end).unwrap_or(tense::guess(&line, m.start, m.end)),
                &mut scene,
            )
        });
        resolved.collect()
    }

    /// What the record would hold: the words and the value, `-` where it is open.
    pub(crate) fn values(text: &str) -> Vec<(&str, &'static str)> {
        let listed = read(text).into_iter().filter(|f| f.listed);
        listed.map(|f| (&text[f.bytes], &*f.value.map_or("-".to_owned(), |v| v.to_string()).leak())).collect()
    }

    /// What the corpora would see: the words, the type and the value.
    pub(crate) fn timex(text: &str) -> Vec<(&str, &'static str, &'static str)> {
        let parts = read(text).into_iter().flat_map(|f| f.timex);
        parts.map(|(bytes, kind, value)| (&text[bytes], kind, &*value.leak())).collect()
    }

    #[test]
    fn the_day_of_a_sentence_is_the_day_of_its_main_verb() {
        let main = |text: &str| -> Vec<String> {
            let found = crate::read(&crate::view::tests::report(text), crate::Models::quick());
            found.dates.iter().filter(|d| d.main).map(|d| d.at.exact().to_owned()).collect()
        };
        assert_eq!(main("The council approved the plan on March 5."), ["March 5"]);
        assert_eq!(main("The mayor said that the council approved the plan on March 5."), ["March 5"]);
        assert_eq!(main("The mayor, who resigned on March 5, praised the plan."), [] as [&str; 0]);
        assert_eq!(main("The vote of March 5 divided the council."), [] as [&str; 0]);
        assert_eq!(main("The council rested after it approved the plan on March 5."), [] as [&str; 0]);
    }

    #[test]
    fn that_same_day_needs_a_day() {
        assert_eq!(values("They met on Nov. 14. That same day he left")[1], ("That same day", "2025-11-14"));
        assert_eq!(values("They met last summer. That same day he left")[1], ("That same day", "-"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(s in "((on|the|last|May|3|1,000,000|century|99|ago|two|-|–|Tuesday|quarter|of|2016|year|9|:|30|p\\.m\\.|from|to)( |)){0,30}|\\PC{0,60}") {
            for f in read(&s) {
                proptest::prop_assert!(s.get(f.bytes.clone()).is_some_and(|w| !w.is_empty()));
            }
        }
    }
}
