//! Places in a text: half-open pairs of offsets that know what they count.
//!
//! A [`Span`] of [`Char`] counts Unicode code points of a report's kept text, a [`Span`] of [`Byte`] counts bytes of
//! the same text in UTF-8. The two cannot be mixed up: only [`Text`] turns one into the other.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

#[cfg(feature = "json-schema")]
use schemars::JsonSchema;
use serde::de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Error, ReportId, Text, short};

/// Counts Unicode code points of a report's kept text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Char {}

/// Counts bytes of a report's kept text in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Byte {}

/// A half-open range `start..end` of offsets, typed by what they count.
pub struct Span<U> {
    start: u32,
    end: u32,
    unit: PhantomData<fn() -> U>,
}

impl<U> Span<U> {
    /// The span from `start` up to, not including, `end`; an `end` before `start` gives the empty span at `start`.
    pub const fn new(start: u32, end: u32) -> Self {
        let end = if end < start { start } else { end };
        Span { start, end, unit: PhantomData }
    }

    /// The first offset inside.
    pub const fn start(self) -> u32 {
        self.start
    }

    /// The first offset after it.
    pub const fn end(self) -> u32 {
        self.end
    }

    /// How many units it covers.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one unit.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Self) -> Self {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The same as a range of `usize`, for slicing.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

// Written out, because a derive would ask the unit itself for these traits.
impl<U> Clone for Span<U> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U> Copy for Span<U> {}
impl<U> PartialEq for Span<U> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<U> Eq for Span<U> {}
impl<U> PartialOrd for Span<U> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<U> Ord for Span<U> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<U> Hash for Span<U> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<U> fmt::Debug for Span<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Exact words at an exact place of one report: what every fact rests on (a *span* in `record.md`).
///
/// It is W3C Web Annotation's TextPositionSelector (`start`, `end`, in code points) and TextQuoteSelector (`exact`) in
/// one. A citation can only be made from the text it cites, so `exact` is that slice and nothing else; one that was
/// read back from JSON is proved by [`Record::verify`](crate::Record::verify).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
#[cfg_attr(feature = "json-schema", schemars(rename = "Span"))]
pub struct Citation {
    report: ReportId,
    start: u32,
    end: u32,
    /// Shared, since a fact is carried from findings to records and from there to lists.
    exact: Arc<str>,
}

impl Citation {
    /// Cites `span` of `text`, which is the kept text of `report`.
    ///
    /// # Errors
    /// The span is empty or reaches beyond the text.
    pub fn new(report: &ReportId, text: &Text, span: Span<Char>) -> Result<Self, Error> {
        let exact = text.slice(span).filter(|s| !s.is_empty());
        match exact {
            Some(exact) => {
                Ok(Citation { report: report.clone(), start: span.start(), end: span.end(), exact: exact.into() })
            }
            None => Err(Error::SpanOutside {
                report: report.clone(),
                start: span.start(),
                end: span.end(),
                length: text.chars(),
            }),
        }
    }

    /// What was written at length, as it was written.
    pub(crate) fn read(report: ReportId, start: u32, end: u32, exact: Arc<str>) -> Self {
        Citation { report, start, end, exact }
    }

    /// The report whose text is cited.
    pub fn report(&self) -> &ReportId {
        &self.report
    }

    /// The place, in code points of the report's kept text.
    pub fn span(&self) -> Span<Char> {
        Span::new(self.start, self.end)
    }

    /// The words that stand there.
    pub fn exact(&self) -> &str {
        &self.exact
    }
}

impl Serialize for Citation {
    /// Its four fields; with a text at hand that has it, the place alone: `[start,length]`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if short::says_all(self) {
            return (self.start, self.end - self.start).serialize(serializer);
        }
        let mut fields = serializer.serialize_struct("Span", 4)?;
        fields.serialize_field("report", &self.report)?;
        fields.serialize_field("start", &self.start)?;
        fields.serialize_field("end", &self.end)?;
        fields.serialize_field("exact", &self.exact)?;
        fields.end()
    }
}

impl<'de> Deserialize<'de> for Citation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Citation;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a span")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Citation, A::Error> {
                let mut next = || seq.next_element::<u32>()?.ok_or_else(|| de::Error::custom("a span has two numbers"));
                let (start, length) = (next()?, next()?);
                short::cite(start, length).map_err(de::Error::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Citation, A::Error> {
                let (mut report, mut start, mut end, mut exact) = (None, None, None, None);
                while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                    match &*key {
                        "report" => report = Some(map.next_value()?),
                        "start" => start = Some(map.next_value()?),
                        "end" => end = Some(map.next_value()?),
                        "exact" => exact = Some(map.next_value()?),
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(Citation {
                    report: report.ok_or_else(|| de::Error::missing_field("report"))?,
                    start: start.ok_or_else(|| de::Error::missing_field("start"))?,
                    end: end.ok_or_else(|| de::Error::missing_field("end"))?,
                    exact: exact.ok_or_else(|| de::Error::missing_field("exact"))?,
                })
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// The citations a fact rests on: one at least, in order, none twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
#[serde(transparent)]
pub struct Evidence(#[cfg_attr(feature = "json-schema", schemars(length(min = 1)))] Vec<Citation>);

impl Evidence {
    /// Evidence of a single citation.
    pub fn of(first: Citation) -> Self {
        Evidence(vec![first])
    }

    /// All of these, or `None` if there is none.
    pub fn collect(citations: impl IntoIterator<Item = Citation>) -> Option<Self> {
        let mut all: Vec<Citation> = citations.into_iter().collect();
        all.sort();
        all.dedup();
        (!all.is_empty()).then_some(Evidence(all))
    }

    /// Adds one more.
    pub fn add(&mut self, citation: Citation) {
        if let Err(at) = self.0.binary_search(&citation) {
            self.0.insert(at, citation);
        }
    }

    /// The citations, in order of report and place.
    pub fn iter(&self) -> impl Iterator<Item = &Citation> {
        self.0.iter()
    }

    /// The first of them.
    pub fn first(&self) -> &Citation {
        &self.0[0]
    }
}

impl<'de> Deserialize<'de> for Evidence {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let all = Vec::<Citation>::deserialize(deserializer)?;
        Evidence::collect(all).ok_or_else(|| serde::de::Error::custom("a fact needs at least one span as evidence"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_holds_the_slice_and_nothing_else() {
        let text = Text::new("Ça va, “dit-il”.");
        let report = ReportId::new("r1");
        let c = Citation::new(&report, &text, Span::new(7, 15)).unwrap();
        assert_eq!(c.exact(), "“dit-il”");
        assert!(Citation::new(&report, &text, Span::new(3, 3)).is_err(), "an empty span cites nothing");
        assert!(Citation::new(&report, &text, Span::new(3, 99)).is_err(), "a span may not reach beyond the text");
    }

    #[test]
    fn evidence_cannot_be_empty() {
        assert!(Evidence::collect([]).is_none());
        assert!(serde_json::from_str::<Evidence>("[]").is_err());
    }
}
