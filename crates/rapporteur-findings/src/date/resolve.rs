//! What an expression means in this report: against its date, the tense of its clause and the date last named.

use jiff::civil::{Date, Weekday};

use super::expr::{Expr, From, Match, Which};
use super::holiday;
use super::relative::step;
use super::tense::Tense;
use super::value::{Part, Season, Unit, Value, monday, period, quarter_of, shift};

/// What expressions are read against, as it changes while a report is read.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    /// The report's day.
    pub(super) reference: Option<Date>,
    /// The report tells of times long past, in order: a month is of the year last named.
    pub(super) narrative: bool,
    /// The date last named and its paragraph.
    last: Option<(Value, usize)>,
    /// The quarter that the report speaks of, and whether it is the period spoken of just now.
    quarter: Option<(i16, i8)>,
    quarterly: bool,
    /// The paragraph being read.
    pub(super) paragraph: usize,
}

impl Scene {
    /// A report that is about to be read.
    pub(super) fn new(reference: Option<Date>, narrative: bool) -> Self {
        Scene { reference, narrative, last: None, quarter: None, quarterly: false, paragraph: 0 }
    }

    /// The meaning of a match; it becomes the date last named.
    pub(super) fn resolve(&mut self, m: &Match, tense: Tense) -> Value {
        let value = self.value(&m.expr, tense).unwrap_or(Value::Open);
        // What is told from the report ("today") is no part of an old story.
        let aside = self.narrative && matches!(m.expr, Expr::Step(_, _, From::Report));
        let counts = !matches!(value, Value::Length(..)) && !matches!(m.expr, Expr::Unbound(_));
        if value.days().is_some() && counts && !aside {
            self.last = Some((value, self.paragraph));
        }
        match (&m.expr, value) {
            (Expr::Quarter(..), Value::Quarter(y, q)) => {
                // The newest quarter named is the one that others are compared with.
                self.quarter = self.quarter.max(Some((y, q)));
                self.quarterly = true;
            }
            (Expr::Step(Unit::Quarter, ..), _) => self.quarterly = true,
            (Expr::Known(Value::Length(_, Unit::Month, _)), _) => self.quarterly = false,
            _ => {}
        }
        value
    }

    /// The day that the date last named begins on.
    fn context(&self) -> Option<(Value, Date)> {
        let (value, _) = self.last?;
        Some((value, value.days()?.0))
    }

    /// The date last named if it stands in this paragraph or the one before.
    fn near(&self) -> Option<(Value, Date)> {
        let (_, p) = self.last?;
        self.context().filter(|_| p + 1 >= self.paragraph)
    }

    fn value(&mut self, expr: &Expr, tense: Tense) -> Option<Value> {
        match expr {
            Expr::Known(value) => Some(*value),
            Expr::Around(value) => Some(*value),
            Expr::Month(m, d, which, on) => self.month(*m, *d, *which, *on, tense),
            Expr::Season(season, which) => self.season(*season, *which, tense),
            Expr::Quarter(q, which) => {
                let y = self.year_of(*which, |r| {
                    if *q <= quarter_of(r) || tense == Tense::Future { r.year() } else { r.year() - 1 }
                })?;
                Some(Value::Quarter(y, *q))
            }
            Expr::Half(h, which) => Some(Value::Half(self.year_of(*which, Date::year)?, *h)),
            Expr::Holiday(h, which) => self.nearest(*which, tense, |y| holiday::in_year(*h, y)).map(Value::Day),
            Expr::HolidayWeekend(h, which) => {
                self.nearest(*which, tense, |y| holiday::saturday(holiday::in_year(*h, y)?)).map(Value::Weekend)
            }
            Expr::Weekday(day, which) => self.weekday(*day, *which, tense).map(Value::Day),
            Expr::Weekend(which) => self.weekend(*which, tense).map(Value::Weekend),
            Expr::Step(unit, by, from) => self.step(*unit, *by, *from),
            Expr::Part(part, day) => match self.value(day, tense)? {
                Value::Day(d) => Some(Value::Part(d, *part)),
                other => Some(other),
            },
            Expr::Unbound(part) => {
                let day = self.near().filter(|(v, _)| matches!(v, Value::Day(_) | Value::Part(..))).map(|(_, d)| d);
                let day = if *part == Part::Night { self.reference } else { day.or(self.reference) };
                day.map(|d| Value::Part(d, *part))
            }
            Expr::Reach(count, unit, back) => {
                let days = self.reference.and_then(|r| {
                    let n = count.whole()?;
                    Some(if *back { (shift(r, *unit, -n)?, r) } else { (r, shift(r, *unit, n)?) })
                });
                Some(Value::Length(*count, *unit, days.filter(|_| unit.is_calendar())))
            }
            Expr::WeekOf(day) => Some(Value::Week(monday(self.value(day, tense)?.days()?.0))),
            Expr::Range(a, b) => {
                let (a, b) = self.bounds(a, b, tense);
                Some(Value::Days(a.days()?.0, b.days()?.1)).filter(|_| a.days() <= b.days())
            }
        }
    }

    /// The two ends of a range; a year told at the second end counts for the first.
    pub(super) fn bounds(&mut self, a: &Match, b: &Match, tense: Tense) -> (Value, Value) {
        let second = self.value(&b.expr, tense).unwrap_or(Value::Open);
        let first = match (&a.expr, second.days()) {
            (Expr::Month(m, d, Which::Bare, _), Some((_, last))) => {
                let year = if *m > last.month() { last.year() - 1 } else { last.year() };
                self.month(*m, *d, Which::Year(year), None, tense)
            }
            (Expr::Weekday(day, Which::Bare), Some((_, last))) => back(last, *day, true).map(Value::Day),
            (expr, _) => self.value(expr, tense),
        };
        // "from Monday to Wednesday", both ahead: the first is not before the report where the clause looks ahead.
        match (first, second, &a.expr, &b.expr, self.reference) {
            (Some(Value::Day(x)), Value::Day(y), Expr::Weekday(..), Expr::Weekday(..), Some(r))
                if tense == Tense::Future && x < r =>
            {
                let week = |d| shift(d, Unit::Week, 1).map_or(Value::Open, Value::Day);
                (week(x), week(y))
            }
            _ => (first.unwrap_or(Value::Open), second),
        }
    }

    fn year_of(&self, which: Which, bare: impl Fn(Date) -> i16) -> Option<i16> {
        match which {
            Which::Year(y) => Some(y),
            Which::YearBy(by) => self.reference.map(|r| r.year() + i16::from(by)),
            Which::Bare => self.reference.map(bare),
            _ => {
                let (by, from) = step(which)?;
                let base =
                    if from == From::Report { self.reference } else { self.context().map(|c| c.1).or(self.reference) }?;
                base.year().checked_add(by as i16)
            }
        }
    }

    fn month(&self, m: i8, d: Option<i8>, which: Which, on: Option<Weekday>, tense: Tense) -> Option<Value> {
        let day = |y: i16| Date::new(y, m, d.unwrap_or(1)).ok();
        let value = |date: Date| if d.is_some() { Value::Day(date) } else { Value::Month(date) };
        if let Some(on) = on
            && which == Which::Bare
        {
            // The weekday tells the year: of those around the report or the year last named, the nearest that fits.
            let base = self.reference.or(self.context().map(|c| c.1))?.year();
            let fits = [0, -1, 1, -2, 2, -3, 3].into_iter().filter_map(|by| day(base + by)).find(|d| d.weekday() == on);
            return fits.or_else(|| day(base)).map(value);
        }
        if which == Which::Bare
            && (self.narrative || self.reference.is_none())
            && let Some((_, last)) = self.context()
        {
            // A month well before the one last named is of the year after it: the telling goes on.
            let on = matches!(self.last, Some((Value::Month(_) | Value::Day(_) | Value::Part(..), _)))
                && m + 6 <= last.month();
            return day(last.year() + i16::from(on)).map(value);
        }
        if d.is_none()
            && let (Which::Bare | Which::This, Some(r)) = (which, self.reference)
            && m == r.month()
        {
            return day(r.year()).map(value);
        }
        // A month that is going on is neither last nor next.
        let same = self.reference.filter(|_| d.is_none()).map(Date::first_of_month);
        match (which, same) {
            (Which::Last | Which::Next | Which::Bare, Some(r)) => {
                let scene = Scene { reference: Some(r), ..self.clone() };
                scene.nearest(which, tense, day).map(value)
            }
            _ => self.nearest(which, tense, day).map(value),
        }
    }

    /// The one of a yearly day that is meant.
    fn nearest(&self, which: Which, tense: Tense, day: impl Fn(i16) -> Option<Date>) -> Option<Date> {
        let around = |base: Date| [-1, 0, 1].into_iter().filter_map(|by| day(base.year() + by)).collect::<Vec<Date>>();
        match which {
            Which::Year(y) => day(y),
            Which::YearBy(by) => day(self.reference?.year() + i16::from(by)),
            Which::This => day(self.reference?.year()),
            Which::Last => around(self.reference?).into_iter().rev().find(|d| Some(*d) < self.reference),
            Which::Next => around(self.reference?).into_iter().find(|d| Some(*d) > self.reference),
            Which::Before => self.context().and_then(|(_, c)| around(c).into_iter().rev().find(|d| *d < c)),
            Which::After => self.context().and_then(|(_, c)| around(c).into_iter().find(|d| *d > c)),
            Which::That => day(self.context()?.1.year()),
            Which::Bare => {
                let r = self.reference?;
                // The nearest, but a clause that looks the other way makes it a year further.
                let cost = |d: &Date| {
                    let days = (*d - r).get_days();
                    let against = match tense {
                        Tense::Past | Tense::Before => days > 0,
                        Tense::Future => days < 0,
                        Tense::Present | Tense::None => false,
                    };
                    days.abs() + if against { 220 } else { 0 }
                };
                around(r).into_iter().min_by_key(cost)
            }
        }
    }

    fn season(&self, season: Season, which: Which, tense: Tense) -> Option<Value> {
        let first = |y: i16| Value::Season(y, season).days();
        let near = |which: Which| {
            let r = self.reference?;
            let all = [-1, 0, 1].map(|by| r.year() + by);
            match which {
                Which::Last => all.into_iter().rev().find(|y| first(*y).is_some_and(|(_, end)| end < r)),
                Which::Next => all.into_iter().find(|y| first(*y).is_some_and(|(start, _)| start > r)),
                _ => None,
            }
        };
        let year = match which {
            Which::Bare if self.narrative && self.last.is_some() => self.context().map(|c| c.1.year()),
            Which::Last | Which::Next => near(which),
            Which::Bare => {
                let now = self.reference.and_then(|r| {
                    [-1, 0]
                        .map(|by| r.year() + by)
                        .into_iter()
                        .find(|y| first(*y).is_some_and(|(a, b)| a <= r && r <= b))
                });
                now.or_else(|| match tense {
                    Tense::Future => near(Which::Next),
                    _ => near(Which::Last),
                })
            }
            _ => self.year_of(which, Date::year),
        };
        year.map(|y| Value::Season(y, season))
    }

    fn weekday(&self, day: Weekday, which: Which, tense: Tense) -> Option<Date> {
        let base = match which {
            Which::Before | Which::After | Which::That => self.context().map(|c| c.1)?,
            Which::Bare if self.narrative => self.context().map(|c| c.1).or(self.reference)?,
            _ => self.reference?,
        };
        match which {
            Which::Last | Which::Before => back(base, day, false),
            Which::Next | Which::After => ahead(base, day, false),
            Which::That => ahead(monday(base), day, true),
            Which::This => match tense {
                Tense::Future => ahead(base, day, true),
                _ => ahead(monday(base), day, true),
            },
            Which::Bare | Which::Year(_) | Which::YearBy(_) => match tense {
                Tense::Future => ahead(base, day, true),
                _ => back(base, day, true),
            },
        }
    }

    fn weekend(&self, which: Which, tense: Tense) -> Option<Date> {
        let saturday = Weekday::Saturday;
        let base = match which {
            Which::Before | Which::After | Which::That => self.context().map(|c| c.1)?,
            _ => self.reference?,
        };
        let begun = |day| back(day, saturday, true);
        match which {
            Which::Last | Which::Before => back(monday(base), saturday, true),
            Which::Next | Which::After => ahead(base, saturday, false),
            Which::This if !matches!(tense, Tense::Past | Tense::Before) => ahead(monday(base), saturday, true),
            Which::That => ahead(monday(base), saturday, true),
            _ if tense == Tense::Future => ahead(monday(base), saturday, true),
            _ => begun(base),
        }
    }

    fn step(&self, unit: Unit, by: i64, from: From) -> Option<Value> {
        let near = self.near();
        // In a report about quarters "a year ago" is the same quarter a year ago, and "the quarter" the one named.
        if unit == Unit::Year
            && by == -1
            && matches!(from, From::Compared | From::Context)
            && self.quarterly
            && let Some((y, q)) = self.quarter
        {
            return Some(Value::Quarter(y - 1, q));
        }
        if unit == Unit::Quarter && by == 0 && from == From::Near {
            // None named: accounts are given of the quarter that is over.
            let over = || shift(self.reference?, Unit::Quarter, -1).map(|d| (d.year(), quarter_of(d)));
            return self.quarter.or_else(over).map(|(y, q)| Value::Quarter(y, q));
        }
        let (value, base) = match from {
            From::Report | From::Compared => (None, self.reference?),
            From::Context => self.context().map(|(v, d)| (Some(v), d)).or(self.reference.map(|r| (None, r)))?,
            From::Near => match near.filter(|(v, _)| from_grain(*v, unit)) {
                Some((v, d)) => (Some(v), d),
                None => (None, self.reference?),
            },
        };
        // "That same day" behind "last summer" is a day that nobody has named.
        if unit == Unit::Day && by == 0 && from == From::Context && value.is_some_and(|v| !from_grain(v, unit)) {
            return None;
        }
        let day = shift(base, unit, by)?;
        let from_day = value.is_some_and(|v| v.unit() == Some(Unit::Day));
        Some(match unit {
            Unit::Week if from_day && by != 0 => Value::Day(day),
            Unit::Decade if by != 0 => Value::Year(day.year()),
            Unit::Century if by != 0 => Value::Year(day.year()),
            _ => period(day, unit),
        })
    }
}

/// Whether a date named is fine enough to say which day, week or year it lies in.
fn from_grain(value: Value, unit: Unit) -> bool {
    let rank = |u: Unit| u as u8;
    value.unit().is_some_and(|u| rank(u) <= rank(unit))
}

/// The latest such weekday before a day, or on it.
fn back(day: Date, weekday: Weekday, same: bool) -> Option<Date> {
    if same && day.weekday() == weekday { Some(day) } else { day.nth_weekday(-1, weekday).ok() }
}

/// The first such weekday after a day, or on it.
fn ahead(day: Date, weekday: Weekday, same: bool) -> Option<Date> {
    if same && day.weekday() == weekday { Some(day) } else { day.nth_weekday(1, weekday).ok() }
}
