//! What of a report is compared when reports are grouped: a short bag of telling words, and its day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rapporteur_schema::{Edtf, Findings, PassageKind, Report};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::term::{Term, terms};

/// The form of the bytes. It goes up whenever words are read in another way: profiles of two forms must not be compared.
const FORM: u8 = 1;

/// How many words of the text are read. News tells the new first; further down stands what stories have in common.
const WORDS: usize = 250;

/// How often a word of the title counts.
const TITLE: u32 = 5;

/// The length of the bag as a vector, so that a weight fits 16 bits and all reports count alike in a story.
const LENGTH: f64 = 4096.0;

/// The widest date that still says when a report was published, in days.
const WIDEST: i32 = 7;

/// The days of the years a date can have.
const DAYS: std::ops::Range<i32> = -4_400_000..3_000_000;

/// The telling words of the beginning of a report, as numbers with weights, and its day.
///
/// Weights are whole numbers: sums of them do not depend on the order. Terms are stable numbers and so can be kept; as
/// bytes a profile takes six a term, of which it has at most one a word read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Days since 1970-01-01.
    day: Option<i32>,
    /// By term.
    terms: Box<[(Term, u16)]>,
}

impl Profile {
    /// The profile of a report; the findings, where there are any, know its day better.
    pub fn of(report: &Report, findings: Option<&Findings>) -> Self {
        let published = findings.and_then(|f| f.published).or(report.head.published);
        let mut counts: BTreeMap<Term, u32> = BTreeMap::new();
        let mut count =
            |terms: Vec<Term>, times: u32| terms.into_iter().for_each(|t| *counts.entry(t).or_default() += times);
        count(terms(report.head.title.as_deref().unwrap_or(""), WORDS).0, TITLE);
        let mut left = WORDS;
        for range in story_text(report) {
            let (terms, read) = terms(&report.text.as_str()[range], left);
            count(terms, 1);
            left -= read;
        }
        Profile { day: published.and_then(day), terms: weighted(&counts) }
    }

    /// The day, if it is known.
    pub fn day(&self) -> Option<Date> {
        self.day.and_then(|d| epoch().checked_add(jiff::Span::new().try_days(d).ok()?).ok())
    }

    /// The same as a number of days since 1970-01-01.
    pub(super) fn day_number(&self) -> Option<i32> {
        self.day
    }

    /// Its terms with their weights, by term.
    pub(super) fn terms(&self) -> &[(Term, u16)] {
        &self.terms
    }

    /// As bytes for a database: the form, the day, then the terms; all numbers little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(5 + 6 * self.terms.len());
        bytes.push(FORM);
        bytes.extend(self.day.unwrap_or(i32::MIN).to_le_bytes());
        for (term, weight) in &self.terms {
            bytes.extend(term.0.to_le_bytes());
            bytes.extend(weight.to_le_bytes());
        }
        bytes
    }

    /// Reads such bytes. `None` if they are none, or of an older form: the profile is then made anew from the report.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (&[FORM, a, b, c, d], rest) = bytes.split_first_chunk()? else { return None };
        let day = Some(i32::from_le_bytes([a, b, c, d])).filter(|&d| d != i32::MIN);
        if day.is_some_and(|d| !DAYS.contains(&d)) {
            return None;
        }
        let (chunks, []) = rest.as_chunks() else { return None };
        let term = |&[a, b, c, d, e, f]: &[u8; 6]| (Term(u32::from_le_bytes([a, b, c, d])), u16::from_le_bytes([e, f]));
        let terms: Box<[(Term, u16)]> = chunks.iter().map(term).collect();
        terms.is_sorted_by(|a, b| a.0 < b.0).then_some(Profile { day, terms })
    }
}

impl Serialize for Profile {
    /// As bytes; as hexadecimal digits where people read.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = self.to_bytes();
        if !serializer.is_human_readable() {
            return serializer.serialize_bytes(&bytes);
        }
        serializer.serialize_str(&bytes.iter().map(|b| format!("{b:02x}")).collect::<String>())
    }
}

impl<'de> Deserialize<'de> for Profile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = if deserializer.is_human_readable() {
            let digits = String::deserialize(deserializer)?;
            let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
            digits.as_bytes().chunks(2).map(byte).collect::<Option<Vec<u8>>>()
        } else {
            Some(Vec::deserialize(deserializer)?)
        };
        let profile = bytes.and_then(|b| Profile::from_bytes(&b));
        profile.ok_or_else(|| serde::de::Error::custom(format_args!("no profile of form {FORM}")))
    }
}

/// The report's own text: not what stands on every page of its site, nor who else worked on it.
fn story_text(report: &Report) -> impl Iterator<Item = std::ops::Range<usize>> {
    let is_story = |kind| !matches!(kind, PassageKind::Boilerplate | PassageKind::Credit);
    let passages = report.head.passages.iter().filter(move |p| is_story(p.kind));
    passages.filter_map(|p| report.text.to_bytes(p.span())).map(|s| s.range())
}

/// Frequent words count more, but less and less so.
fn weighted(counts: &BTreeMap<Term, u32>) -> Box<[(Term, u16)]> {
    let weight = |count: u32| 1.0 + f64::from(count).ln();
    let length = counts.values().map(|&c| weight(c).powi(2)).sum::<f64>().sqrt();
    counts.iter().map(|(&t, &c)| (t, (weight(c) / length * LENGTH).round() as u16)).collect()
}

fn epoch() -> Date {
    jiff::civil::date(1970, 1, 1)
}

/// The day of a date that is not too wide.
fn day(date: Edtf) -> Option<i32> {
    let number = |d: Date| (d - epoch()).get_days();
    let (first, last) = (number(date.first_day()), number(date.last_day()));
    (last - first < WIDEST).then_some(first)
}
