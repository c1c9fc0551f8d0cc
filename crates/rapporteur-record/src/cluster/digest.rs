//! The profiles of many reports by word, short enough to be read at every start: so that one more report can be placed
//! without all profiles being brought back.

use std::collections::BTreeMap;

use super::profile::Profile;
use super::term::Term;

/// The form of the bytes.
const FORM: u8 = 1;

/// How many reports that follow each other stand in one.
const SIZE: usize = 256;

/// Stands for the day of a report that is not there.
const ABSENT: i32 = i32::MIN + 1;

/// Stands for the day of a report that has none.
const UNDATED: i32 = i32::MIN;

/// Which of 256 reports, by their place among them, have which words, and their days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    days: Box<[i32]>,
    /// Each word that any of them has, by number, with where its reports end in `reports`.
    terms: Vec<(Term, u32)>,
    /// The places of the reports, word by word, each word's in order.
    reports: Vec<u8>,
}

impl Digest {
    /// The digest of reports, by their place; whose profile cannot be read is left out.
    pub fn of<'p>(profiles: impl IntoIterator<Item = (u8, &'p Profile)>) -> Self {
        let mut days = vec![ABSENT; SIZE];
        let mut found: Vec<(Term, u8)> = Vec::new();
        for (place, profile) in profiles {
            days[usize::from(place)] = profile.day_number().unwrap_or(UNDATED);
            found.extend(profile.terms().iter().map(|(term, _)| (*term, place)));
        }
        found.sort_unstable();
        let (mut terms, mut reports) = (Vec::new(), Vec::with_capacity(found.len()));
        for same in found.chunk_by(|a, b| a.0 == b.0) {
            reports.extend(same.iter().map(|(_, place)| *place));
            terms.push((same[0].0, reports.len() as u32));
        }
        Digest { days: days.into(), terms, reports }
    }

    /// As bytes for a database, all numbers little-endian: the form, the days, how many words there are, each with how many
    /// reports less one, then the reports.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(5 + 4 * SIZE + 5 * self.terms.len() + self.reports.len());
        bytes.push(FORM);
        self.days.iter().for_each(|day| bytes.extend(day.to_le_bytes()));
        bytes.extend((self.terms.len() as u32).to_le_bytes());
        self.terms.iter().for_each(|(term, _)| bytes.extend(term.0.to_le_bytes()));
        let mut before = 0;
        for (_, end) in &self.terms {
            bytes.push((end - before - 1) as u8);
            before = *end;
        }
        bytes.extend(&self.reports);
        bytes
    }

    /// Reads such bytes. `None` if they are none, or of another form: the digest is then made anew.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (&form, rest) = bytes.split_first()?;
        let (days, rest) = rest.split_at_checked(4 * SIZE)?;
        let (count, rest) = rest.split_first_chunk()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (numbers, rest) = rest.split_at_checked(count.checked_mul(4)?)?;
        let (counts, reports) = rest.split_at_checked(count)?;
        let (days, numbers) = (days.as_chunks().0, numbers.as_chunks().0);
        let mut end = 0;
        let terms: Vec<(Term, u32)> = numbers
            .iter()
            .zip(counts)
            .map(|(number, count)| {
                end += u32::from(*count) + 1;
                (Term(u32::from_le_bytes(*number)), end)
            })
            .collect();
        let sound = form == FORM && end as usize == reports.len() && terms.is_sorted_by(|a, b| a.0 < b.0);
        sound.then(|| Digest {
            days: days.iter().map(|day| i32::from_le_bytes(*day)).collect(),
            terms,
            reports: reports.to_vec(),
        })
    }

    /// How many reports there are.
    pub(super) fn len(&self) -> u32 {
        self.days.iter().filter(|day| **day != ABSENT).count() as u32
    }

    /// Each word with how many reports have it.
    pub(super) fn counts(&self) -> impl Iterator<Item = (Term, u32)> + '_ {
        let before = std::iter::once(0).chain(self.terms.iter().map(|(_, end)| *end));
        self.terms.iter().zip(before).map(|((term, end), before)| (*term, end - before))
    }

    /// The places of the reports that have a word.
    pub(super) fn with(&self, term: Term) -> &[u8] {
        let Ok(at) = self.terms.binary_search_by_key(&term, |(term, _)| *term) else { return &[] };
        let before = at.checked_sub(1).map_or(0, |before| self.terms[before].1);
        &self.reports[before as usize..self.terms[at].1 as usize]
    }

    /// The day of a report, if it has one; `None` where it is not there.
    pub(super) fn day(&self, place: u8) -> Option<Option<i32>> {
        match self.days[usize::from(place)] {
            ABSENT => None,
            UNDATED => Some(None),
            day => Some(Some(day)),
        }
    }
}

/// The digests of all reports that are kept, by the number of the first of each divided by 256.
#[derive(Clone, Debug, Default)]
pub struct Digests(BTreeMap<u32, Digest>);

impl FromIterator<(u32, Digest)> for Digests {
    fn from_iter<I: IntoIterator<Item = (u32, Digest)>>(digests: I) -> Self {
        Digests(digests.into_iter().collect())
    }
}

impl Digests {
    pub(super) fn all(&self) -> impl Iterator<Item = &Digest> {
        self.0.values()
    }

    /// The reports that have a word, in order, with their days.
    pub(super) fn with(&self, term: Term) -> impl Iterator<Item = (u32, Option<i32>)> + '_ {
        self.0.iter().flat_map(move |(block, digest)| {
            let one = move |place: &u8| Some((block * SIZE as u32 + u32::from(*place), digest.day(*place)?));
            digest.with(term).iter().filter_map(one)
        })
    }

    /// The day of a report, if it has one; `None` where it is not there.
    pub(super) fn day(&self, report: u32) -> Option<Option<i32>> {
        self.0.get(&(report / SIZE as u32))?.day((report % SIZE as u32) as u8)
    }
}
