//! An expression of time as it is written, before it is known which day it means.

use jiff::civil::Weekday;

use super::value::{Part, Season, Unit, Value};
use super::word::Line;

/// Which one of the periods of a name is meant: "last Monday", "the following year".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Not told.
    Bare,
    /// The one before the report's.
    Last,
    /// The report's own.
    This,
    /// The one after the report's.
    Next,
    /// The one before the date last named.
    Before,
    /// The one after the date last named.
    After,
    /// The date last named.
    That,
    /// Of a year that is named.
    Year(i16),
    /// Of the year so many after the report's: "May of last year" is not "last May".
    YearBy(i8),
}

/// What steps are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// The report's date.
    Report,
    /// The date last named.
    Context,
    /// The date last named if it is near, else the report's.
    Near,
    /// The report's, or the quarter that is being spoken of: accounts compare with "a year ago".
    Compared,
}

/// An expression of time.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    /// Means the same in every report.
    Known(Value),
    /// A month, or a day of it.
    Month(i8, Option<i8>, Which, Option<Weekday>),
    /// A season.
    Season(Season, Which),
    /// A quarter of a year.
    Quarter(i8, Which),
    /// A half of a year.
    Half(i8, Which),
    /// A holiday, by its row in the list.
    Holiday(usize, Which),
    /// The weekend that a holiday makes long ("over Easter weekend").
    HolidayWeekend(usize, Which),
    /// A day of the week.
    Weekday(Weekday, Which),
    /// A weekend.
    Weekend(Which),
    /// So many units away from a date; the flag says that a longer grain of the date last named counts.
    Step(Unit, i64, From),
    /// A part of a day.
    Part(Part, Box<Expr>),
    /// The week of a day.
    WeekOf(Box<Expr>),
    /// So many units up to the report's date, or from it on.
    Reach(super::number::Count, Unit, bool),
    /// "recent days", "the coming weeks": told, and left open.
    Around(Value),
    /// From one to the other: two expressions and the words of each.
    Range(Box<Match>, Box<Match>),
    /// A time of day bound to no day.
    Unbound(Part),
}

/// An expression and the words it takes up.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Match {
    /// Its first word.
    pub(super) start: usize,
    /// The word after it.
    pub(super) end: usize,
    /// What it says.
    pub(super) expr: Expr,
}

impl Match {
    /// An expression at these words.
    pub(super) fn new(start: usize, end: usize, expr: Expr) -> Self {
        Match { start, end, expr }
    }
}

impl Which {
    /// The same word before "year", said of a part of that year.
    pub(super) fn of_year(self) -> Self {
        match self {
            Which::Last => Which::YearBy(-1),
            Which::This => Which::YearBy(0),
            Which::Next => Which::YearBy(1),
            other => other,
        }
    }
}

impl Expr {
    /// Whether it names a day, so that a part of the day may follow.
    pub(super) fn is_day(&self) -> bool {
        matches!(
            self,
            Expr::Weekday(..)
                | Expr::Holiday(..)
                | Expr::HolidayWeekend(..)
                | Expr::Step(Unit::Day, ..)
                | Expr::Month(_, Some(_), ..)
                | Expr::Known(Value::Day(_))
        )
    }
}

/// "last", "this", "the following": which one is meant by the word before a period, and the word after that.
///
/// `article` says whether "the" was read before it.
pub(super) fn which(line: &Line, i: usize) -> Option<(usize, Which)> {
    if let Some(end) = line.any(i, &[&["this", "past"], &["this", "last"], &["the", "last"], &["the", "past"]]) {
        return Some((end, Which::Last));
    }
    if let Some(end) = line.any(i, &[&["this", "coming"], &["the", "coming"], &["the", "upcoming"]]) {
        return Some((end, Which::Next));
    }
    let context: &[(&[&str], Which)] = &[
        (&["the", "previous"], Which::Before),
        (&["the", "preceding"], Which::Before),
        (&["the", "prior"], Which::Before),
        (&["the", "following"], Which::After),
        (&["the", "next"], Which::After),
        (&["that", "same"], Which::That),
        (&["the", "same"], Which::That),
        (&["the", "current"], Which::This),
        (&["last"], Which::Last),
        (&["past"], Which::Last),
        (&["this"], Which::This),
        (&["next"], Which::Next),
        (&["coming"], Which::Next),
        (&["that"], Which::That),
        (&["previous"], Which::Before),
        (&["following"], Which::After),
        (&["current"], Which::This),
    ];
    context.iter().find(|(words, _)| line.has(i, words)).map(|(words, which)| (i + words.len(), *which))
}
