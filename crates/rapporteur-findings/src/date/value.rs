//! What an expression of time means, with its grain, and how that is written in EDTF and in TIMEX3.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use rapporteur_lexicon::words::time;
use rapporteur_schema::Edtf;

use super::number::Count;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Quarters of a year.
    Quarter,
    /// Years.
    Year,
    /// Tens of years.
    Decade,
    /// Hundreds of years.
    Century,
}

impl Unit {
    /// The unit that a word names, and whether it is a plural.
    pub(super) fn named(word: &str) -> Option<(Self, bool)> {
        let (stem, plural) = match word {
            "centuries" => ("century", true),
            _ => word.strip_suffix('s').map_or((word, false), |s| (s, true)),
        };
        let unit = match stem {
            "second" => Unit::Second,
            "minute" => Unit::Minute,
            "hour" => Unit::Hour,
            "day" => Unit::Day,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            _ => return None,
        };
        Some((unit, plural))
    }

    /// Whether it is at least a day.
    pub(super) fn is_calendar(self) -> bool {
        !matches!(self, Unit::Second | Unit::Minute | Unit::Hour)
    }
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Morning.
    Morning,
    /// Afternoon.
    Afternoon,
    /// Evening.
    Evening,
    /// Night.
    Night,
    /// A time on the clock, hour and minute.
    Clock(i8, i8),
}

/// A season of the northern year, as TIMEX3 and EDTF number them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February.
    Winter,
}

/// What an expression of time means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value {
    /// A day.
    Day(Date),
    /// A part of a day.
    Part(Date, Part),
    /// The week that begins on this Monday.
    Week(Date),
    /// The weekend that begins on this Saturday.
    Weekend(Date),
    /// A month, by its first day.
    Month(Date),
    /// A quarter of a year.
    Quarter(i16, i8),
    /// Half of a year.
    Half(i16, i8),
    /// A season.
    Season(i16, Season),
    /// A year.
    Year(i16),
    /// The ten years from this one.
    Decade(i16),
    /// The hundred years from this one, less one: the 20th century is 1900 here.
    Century(i16),
    /// From one day to another.
    Days(Date, Date),
    /// A stretch of time that is counted and not placed; with the days it covers where it ends or begins at a known day.
    Length(Count, Unit, Option<(Date, Date)>),
    /// Again and again.
    Set(&'static str),
    /// At present.
    Present,
    /// In the past, no more told.
    Past,
    /// In the future, no more told.
    Future,
    /// A date whose place is not known: no report date, nothing to count from.
    Open,
}

/// The first day of the week (Monday) of a day.
pub(super) fn monday(day: Date) -> Date {
    shift(day, Unit::Day, -i64::from(day.weekday().to_monday_zero_offset())).unwrap_or(day)
}

/// A day so many units later; `None` beyond the calendar.
pub(super) fn shift(day: Date, unit: Unit, by: i64) -> Option<Date> {
    let by32 = i32::try_from(by).ok().filter(|n| n.abs() < 100_000)?;
    let span = match unit {
        Unit::Day => by32.days(),
        Unit::Week => by32.weeks(),
        Unit::Month => by32.months(),
        Unit::Quarter => (by32.checked_mul(3)?).months(),
        Unit::Year => checked(by32, 1)?.years(),
        Unit::Decade => checked(by32, 10)?.years(),
        Unit::Century => checked(by32, 100)?.years(),
        Unit::Second | Unit::Minute | Unit::Hour => return Some(day),
    };
    day.checked_add(span).ok()
}

/// A count of years that the calendar can hold.
fn checked(n: i32, times: i32) -> Option<i32> {
    n.checked_mul(times).filter(|n| n.abs() < 9000)
}

/// The quarter in which a day lies, 1 to 4.
pub(super) fn quarter_of(day: Date) -> i8 {
    (day.month() - 1) / 3 + 1
}

/// The period of a unit in which a day lies.
pub(super) fn period(day: Date, unit: Unit) -> Value {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Value::Day(day),
        Unit::Week => Value::Week(monday(day)),
        Unit::Month => Value::Month(day.first_of_month()),
        Unit::Quarter => Value::Quarter(day.year(), quarter_of(day)),
        Unit::Year => Value::Year(day.year()),
        Unit::Decade => Value::Decade(day.year().div_euclid(10) * 10),
        Unit::Century => Value::Century((day.year() - 1).div_euclid(100) * 100),
    }
}

fn ymd(y: i16, m: i8, d: i8) -> Option<Date> {
    Date::new(y, m, d).ok()
}

impl Value {
    /// The first and the last day it covers.
    pub(super) fn days(self) -> Option<(Date, Date)> {
        let months = |y: i16, from: i8, n: i64| {
            let first = ymd(y, from, 1)?;
            Some((first, shift(first, Unit::Month, n - 1)?.last_of_month()))
        };
        let years = |y: i16, n: i16| Some((ymd(y, 1, 1)?, ymd(y.checked_add(n - 1)?, 12, 31)?));
        match self {
            Value::Day(d) | Value::Part(d, _) => Some((d, d)),
            Value::Week(d) => Some((d, shift(d, Unit::Day, 6)?)),
            Value::Weekend(d) => Some((d, shift(d, Unit::Day, 1)?)),
            Value::Month(d) => Some((d, d.last_of_month())),
            Value::Quarter(y, q) => months(y, q * 3 - 2, 3),
            Value::Half(y, h) => months(y, h * 6 - 5, 6),
            Value::Season(y, s) => match s {
                Season::Spring => months(y, 3, 3),
                Season::Summer => months(y, 6, 3),
                Season::Autumn => months(y, 9, 3),
                Season::Winter => months(y, 12, 3),
            },
            Value::Year(y) => years(y, 1),
            Value::Decade(y) => years(y, 10),
            Value::Century(y) => years(y.checked_add(1)?, 100),
            Value::Days(a, b) => Some((a, b)),
            Value::Length(_, _, days) => days,
            Value::Set(_) | Value::Present | Value::Past | Value::Future | Value::Open => None,
        }
    }

    /// Its value in EDTF: as few parts as its grain needs.
    pub(super) fn edtf(self) -> Option<Edtf> {
        let (first, last) = self.days()?;
        match self {
            Value::Month(d) => Some(Edtf::month(d)),
            Value::Year(_) => Some(Edtf::year(first)),
            Value::Decade(_) | Value::Century(_) => format!("{}/{}", Edtf::year(first), Edtf::year(last)).parse().ok(),
            Value::Quarter(..) | Value::Half(..) | Value::Season(..) => {
                format!("{}/{}", Edtf::month(first), Edtf::month(last)).parse().ok()
            }
            Value::Days(a, b) if a.day() == 1 && a == a.first_of_year() && b == b.last_of_year() && a != b => {
                format!("{}/{}", Edtf::year(a), Edtf::year(b)).parse().ok()
            }
            Value::Days(a, b) if a.day() == 1 && b == b.last_of_month() && a < b => {
                format!("{}/{}", Edtf::month(a), Edtf::month(b)).parse().ok()
            }
            _ => Some(Edtf::days(first, last)),
        }
    }

    /// Its grain, for what follows: after "the third quarter", "a year ago" is a quarter too.
    pub(super) fn unit(self) -> Option<Unit> {
        Some(match self {
            Value::Day(_) | Value::Part(..) | Value::Days(..) | Value::Weekend(_) => Unit::Day,
            Value::Week(_) => Unit::Week,
            Value::Month(_) => Unit::Month,
            Value::Quarter(..) => Unit::Quarter,
            Value::Half(..) | Value::Season(..) | Value::Year(_) => Unit::Year,
            Value::Decade(_) => Unit::Decade,
            Value::Century(_) => Unit::Century,
            _ => return None,
        })
    }

    /// Its type and value in TIMEX3, by which corpora of dates are scored.
    pub(super) fn timex(self) -> (&'static str, String) {
        match self {
            Value::Day(d) => ("DATE", d.to_string()),
            Value::Part(d, part) => ("TIME", format!("{d}T{}", part.timex())),
            Value::Week(d) => ("DATE", week(d)),
            Value::Weekend(d) => ("DATE", format!("{}-WE", week(d))),
            Value::Month(d) => ("DATE", Edtf::month(d).to_string()),
            Value::Quarter(y, q) => ("DATE", format!("{y:04}-Q{q}")),
            Value::Half(y, h) => ("DATE", format!("{y:04}-H{h}")),
            Value::Season(y, s) => ("DATE", format!("{y:04}-{}", s.timex())),
            Value::Year(y) => ("DATE", format!("{y:04}")),
            Value::Decade(y) => ("DATE", format!("{:03}", y / 10)),
            Value::Century(y) => ("DATE", format!("{:02}", y / 100)),
            // TIMEX3 marks the two ends by themselves; this is for expressions that cannot be cut.
            Value::Days(a, _) => ("DATE", a.to_string()),
            Value::Length(count, unit, _) => ("DURATION", length(count, unit)),
            Value::Set(value) => ("SET", value.into()),
            Value::Present => ("DATE", "PRESENT_REF".into()),
            Value::Past => ("DATE", "PAST_REF".into()),
            Value::Future => ("DATE", "FUTURE_REF".into()),
            Value::Open => ("DATE", "XXXX-XX-XX".into()),
        }
    }
}

impl Part {
    fn timex(self) -> String {
        match self {
            Part::Morning => "MO".into(),
            Part::Afternoon => "AF".into(),
            Part::Evening => "EV".into(),
            Part::Night => "NI".into(),
            Part::Clock(h, m) => format!("{h:02}:{m:02}"),
        }
    }
}

impl Season {
    fn timex(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Autumn => "FA",
            Season::Winter => "WI",
        }
    }
}

fn week(monday: Date) -> String {
    let iso = monday.iso_week_date();
    format!("{:04}-W{:02}", iso.year(), iso.week())
}

fn length(count: Count, unit: Unit) -> String {
    // Decades are counted in years.
    if let (Count::Halves(n), Unit::Decade) = (count, unit) {
        return format!("P{}Y", n * 5);
    }
    let number = match count {
        Count::Some => "X".to_owned(),
        Count::Halves(n) if n % 2 == 0 => (n / 2).to_string(),
        // "two and a half years" is two years and six months.
        Count::Halves(n) => {
            let half = match unit {
                Unit::Year => "Y6M",
                Unit::Hour => "H30M",
                Unit::Minute => "M30S",
                _ => "",
            };
            if !half.is_empty() && n > 1 {
                let time = if unit.is_calendar() { "" } else { "T" };
                return format!("P{time}{}{half}", n / 2);
            }
            format!("{}.5", n / 2)
        }
    };
    let (time, letter) = match unit {
        Unit::Second => ("T", "S"),
        Unit::Minute => ("T", "M"),
        Unit::Hour => ("T", "H"),
        Unit::Day => ("", "D"),
        Unit::Week => ("", "W"),
        Unit::Month => ("", "M"),
        Unit::Quarter => ("", "Q"),
        Unit::Year => ("", "Y"),
        Unit::Decade => ("", "DE"),
        Unit::Century => ("", "CE"),
    };
    format!("P{time}{number}{letter}")
}

/// The weekday that a word names, abbreviations too.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Weekday::from_monday_one_offset(time::WEEKDAY_WORD.value(word)?.parse().ok()?).ok()
}

/// The month that a word names, abbreviations too.
pub(super) fn month(word: &str) -> Option<i8> {
    time::MONTH_WORD.value(word)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_in_both_forms() {
        let day = Date::constant(2025, 11, 25);
        let cases = [
            (Value::Day(day), "2025-11-25", "2025-11-25"),
            (Value::Part(day, Part::Night), "2025-11-25", "2025-11-25TNI"),
            (Value::Week(monday(day)), "2025-11-24/2025-11-30", "2025-W48"),
            (Value::Weekend(Date::constant(2025, 11, 22)), "2025-11-22/2025-11-23", "2025-W47-WE"),
            (Value::Month(Date::constant(2025, 2, 1)), "2025-02", "2025-02"),
            (Value::Quarter(2025, 3), "2025-07/2025-09", "2025-Q3"),
            (Value::Season(2024, Season::Winter), "2024-12/2025-02", "2024-WI"),
            (Value::Decade(1990), "1990/1999", "199"),
            (Value::Century(1900), "1901/2000", "19"),
            (Value::Half(2025, 2), "2025-07/2025-12", "2025-H2"),
        ];
        for (value, edtf, timex) in cases {
            assert_eq!(value.edtf().map(|e| e.to_string()).as_deref(), Some(edtf));
            assert_eq!(value.timex().1, timex);
        }
        assert_eq!(Value::Length(Count::Halves(5), Unit::Hour, None).timex().1, "PT2H30M");
    }
}
