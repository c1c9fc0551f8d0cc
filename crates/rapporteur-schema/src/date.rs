//! Dates as reports give them: a day, a month, a year or an interval, written in EDTF (ISO 8601-2:2019, levels 0 and 1).

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
#[cfg(feature = "json-schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Error;

/// How precisely a point in time is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Grain {
    Day,
    Month,
    Year,
}

/// A day, a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Point {
    first: Date,
    grain: Grain,
}

impl Point {
    fn last(self) -> Date {
        match self.grain {
            Grain::Day => self.first,
            Grain::Month => self.first.last_of_month(),
            Grain::Year => self.first.last_of_year(),
        }
    }

    fn parse(s: &str) -> Option<Self> {
        let digits = |s: &str, n: usize| {
            (s.len() == n && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<i16>().ok())?
        };
        let mut parts = s.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts.next().map(|m| digits(m, 2));
        let day = parts.next().map(|d| digits(d, 2));
        if parts.next().is_some() {
            return None;
        }
        let (month, day, grain) = match (month, day) {
            (None, None) => (1, 1, Grain::Year),
            (Some(m), None) => (m?, 1, Grain::Month),
            (Some(m), Some(d)) => (m?, d?, Grain::Day),
            (None, Some(_)) => return None,
        };
        let first = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(Point { first, grain })
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let d = self.first;
        match self.grain {
            Grain::Day => write!(f, "{:04}-{:02}-{:02}", d.year(), d.month(), d.day()),
            Grain::Month => write!(f, "{:04}-{:02}", d.year(), d.month()),
            Grain::Year => write!(f, "{:04}", d.year()),
        }
    }
}

/// A date in EDTF: `2025-11-25`, `2025-11`, `2025`, or an interval `2025-11-24/2025-11-25`.
///
/// # Example
/// ```
/// use rapporteur_schema::Edtf;
/// let november: Edtf = "2025-11".parse()?;
/// assert_eq!(november.last_day().to_string(), "2025-11-30");
/// assert!(november.meets("2025-11-24/2025-12-02".parse()?));
/// # Ok::<(), rapporteur_schema::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edtf {
    from: Point,
    to: Option<Point>,
}

impl Edtf {
    /// One day.
    pub fn day(day: Date) -> Self {
        Edtf { from: Point { first: day, grain: Grain::Day }, to: None }
    }

    /// The month in which this day lies.
    pub fn month(day: Date) -> Self {
        Edtf { from: Point { first: day.first_of_month(), grain: Grain::Month }, to: None }
    }

    /// The year in which this day lies.
    pub fn year(day: Date) -> Self {
        Edtf { from: Point { first: day.first_of_year(), grain: Grain::Year }, to: None }
    }

    /// From the first to the last of these days, both included; one day where they are the same.
    pub fn days(first: Date, last: Date) -> Self {
        let (first, last) = (first.min(last), first.max(last));
        let to = (first != last).then_some(Point { first: last, grain: Grain::Day });
        Edtf { from: Point { first, grain: Grain::Day }, to }
    }

    /// The first day it covers.
    pub fn first_day(self) -> Date {
        self.from.first
    }

    /// The last day it covers.
    pub fn last_day(self) -> Date {
        self.to.unwrap_or(self.from).last()
    }

    /// The shortest stretch that holds both.
    pub fn hull(self, other: Self) -> Self {
        if self == other {
            return self;
        }
        Self::days(self.first_day().min(other.first_day()), self.last_day().max(other.last_day()))
    }

    /// Whether this lies within the other.
    pub fn within(self, other: Self) -> bool {
        other.first_day() <= self.first_day() && self.last_day() <= other.last_day()
    }

    /// Whether it is a single day.
    pub fn is_day(self) -> bool {
        self.first_day() == self.last_day()
    }

    /// Whether the two share a day.
    pub fn meets(self, other: Self) -> bool {
        self.first_day() <= other.last_day() && other.first_day() <= self.last_day()
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            None => self.from.fmt(f),
            Some(to) => write!(f, "{}/{to}", self.from),
        }
    }
}

impl FromStr for Edtf {
    type Err = Error;

    /// Reads EDTF; the time of day of a full timestamp is left out, for reports are compared by the day.
    fn from_str(s: &str) -> Result<Self, Error> {
        let bad = || Error::BadDate(s.to_owned());
        let point = |s: &str| {
            let s = s.trim();
            let s = s.trim_end_matches(['~', '?', '%']);
            let day = match s.as_bytes().get(10) {
                Some(b'T' | b' ') => s.get(..10)?,
                _ => s,
            };
            Point::parse(day)
        };
        match s.split_once('/') {
            None => Ok(Edtf { from: point(s).ok_or_else(bad)?, to: None }),
            Some((a, b)) => {
                let (from, to) = (point(a).ok_or_else(bad)?, point(b).ok_or_else(bad)?);
                if to.last() < from.first {
                    return Err(bad());
                }
                Ok(Edtf { from, to: (from != to).then_some(to) })
            }
        }
    }
}

impl Serialize for Edtf {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let s = String::deserialize(deserializer)?;
        s.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "json-schema")]
impl JsonSchema for Edtf {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Edtf".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "EDTF (ISO 8601-2:2019): a day, a month, a year, or an interval of them",
            "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?(/\\d{4}(-\\d{2}(-\\d{2})?)?)?$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written() {
        for s in ["2025-11-25", "2025-11", "2025", "2025-11-24/2025-11-25", "2024/2025-02"] {
            assert_eq!(s.parse::<Edtf>().unwrap().to_string(), s);
        }
        assert_eq!("2025-11-25T22:10:00Z".parse::<Edtf>().unwrap().to_string(), "2025-11-25");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for s in [
            "",
            "25.11.2025",
            "2025-13",
            "2025-02-30",
            "2025-11-25/2025-11-24",
            "2025-1",
            "20251125",
            "é025-11-25",
            "2025-11-2é",
        ] {
            assert!(s.parse::<Edtf>().is_err(), "{s}");
        }
    }
}
