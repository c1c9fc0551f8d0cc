//! Runs of words that two reports have in common, found over a sample of their shingles.
//!
//! Of every few neighbouring shingles the one with the smallest hash is kept (winnowing: Schleimer, Wilkerson and Aiken,
//! "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003), which keeps a quarter of them and misses no
//! run of [`LEAST`] words. A report is compared with the first few that had a shingle, never with all: what a thousand
//! reports copy costs a thousand comparisons.

use std::collections::{BTreeMap, HashMap};

use crate::entity::Sets;
use crate::story::Story;
use crate::words::Word;

/// The least number of words, quotations apart, that make a passage.
pub(super) const LEAST: usize = 12;

/// Words in a shingle, and shingles in a window: together one more than [`LEAST`].
const SHINGLE: usize = 6;
const WINDOW: usize = LEAST + 1 - SHINGLE;

/// How many reports that had a shingle before are compared.
const MOST_EARLIER: usize = 4;

/// Words of a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) report: usize,
    pub(super) words: Run,
}

/// A range that can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Run {
    fn len(self) -> usize {
        self.end - self.start
    }

    /// How many words two have in common.
    fn common(self, other: Self) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }
}

/// The same words in two reports.
#[derive(Debug)]
pub(super) struct Match {
    /// Where they stand: in the earlier report and in the later.
    pub(super) places: [Place; 2],
    /// How many of them stand in no quotation.
    pub(super) narrated: usize,
}

/// Finds the longest runs that each report shares with earlier ones.
pub(super) fn matches(story: &Story<'_>) -> Vec<Match> {
    // What is set aside (credits, notices) stands in no passage, but a quotation within one does.
    let words: Vec<Vec<Word>> = (0..story.reports.len())
        .map(|r| {
            let mut words = vec![Word::NONE; story.words[r].len()];
            for body in story.reports[r].passages(rapporteur_schema::PassageKind::Body) {
                let at = story.words_in(r, body);
                words[at.clone()].iter_mut().zip(&story.words[r][at]).for_each(|(w, t)| *w = t.word);
            }
            words
        })
        .collect();
    let mut seen: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
    let mut found = Vec::new();
    for (report, own) in words.iter().enumerate() {
        let marks = winnow(own);
        let mut covered = 0;
        for &(hash, at) in &marks {
            if at < covered {
                continue;
            }
            let earlier = seen.get(&hash).map_or(&[][..], Vec::as_slice);
            let runs = earlier.iter().map(|&(other, place)| run(&words, (other, place), (report, at), covered));
            let Some([there, here]) =
                runs.max_by_key(|[there, here]| (here.words.len(), std::cmp::Reverse(there.report)))
            else {
                continue;
            };
            // Where one report quotes and the other tells in its own words, the words are a speaker's.
            let own = |p: &Place| &story.narrated[p.report][p.words.start..p.words.end];
            let plain = own(&there).iter().zip(own(&here)).filter(|(a, b)| **a && **b).count();
            if plain >= LEAST {
                covered = here.words.end;
                found.push(Match { places: [there, here], narrated: plain });
            }
        }
        for (hash, at) in marks {
            let list = seen.entry(hash).or_default();
            if list.len() < MOST_EARLIER && list.last().is_none_or(|l| l.0 != report) {
                list.push((report, at));
            }
        }
    }
    found
}

/// The sample of a report's shingles: hash and place.
fn winnow(words: &[Word]) -> Vec<(u64, usize)> {
    let hashes: Vec<u64> = words
        .windows(SHINGLE)
        .map(|w| {
            if w.contains(&Word::NONE) {
                return u64::MAX;
            }
            let mixed = |hash: u64, word: &Word| {
                let hash = (hash ^ u64::from(word.number())).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                hash ^ (hash >> 29)
            };
            w.iter().fold(0, mixed) >> 1
        })
        .collect();
    let mut marks: Vec<(u64, usize)> = Vec::new();
    for (first, window) in hashes.windows(WINDOW.min(hashes.len().max(1))).enumerate() {
        let least = window.iter().enumerate().min_by_key(|&(at, hash)| (*hash, std::cmp::Reverse(at)));
        if let Some((at, &hash)) = least
            && hash != u64::MAX
            && marks.last() != Some(&(hash, first + at))
        {
            marks.push((hash, first + at));
        }
    }
    marks
}

/// The run of common words around two places, not beyond what is `covered` in the second report.
fn run(words: &[Vec<Word>], one: (usize, usize), two: (usize, usize), covered: usize) -> [Place; 2] {
    let (a, b) = (&words[one.0], &words[two.0]);
    let same = |i: usize, j: usize| i < a.len() && j < b.len() && a[i] == b[j] && a[i] != Word::NONE;
    let (mut before, mut after) = (0, 0);
    while before < one.1 && before < two.1 - covered && same(one.1 - before - 1, two.1 - before - 1) {
        before += 1;
    }
    while same(one.1 + after, two.1 + after) {
        after += 1;
    }
    let place = |(report, at): (usize, usize)| Place { report, words: Run { start: at - before, end: at + after } };
    [place(one), place(two)]
}

/// Puts the matches of one passage together: those that have most of their words in one report in common. A passage has
/// a place a report, the longest.
pub(super) fn passages(matches: &[Match]) -> Vec<Vec<Place>> {
    let mut by_report: BTreeMap<usize, Vec<(Run, usize)>> = BTreeMap::new();
    for (m, found) in matches.iter().enumerate() {
        for place in &found.places {
            by_report.entry(place.report).or_default().push((place.words, m));
        }
    }
    let mut sets = Sets::new(matches.len());
    for places in by_report.values_mut() {
        places.sort_unstable();
        // The one that reaches furthest so far is the one that can overlap the next.
        let mut widest: Option<(Run, usize)> = None;
        for &(words, m) in places.iter() {
            if let Some((other, n)) = widest
                && words.common(other) * 2 > words.len().min(other.len())
            {
                sets.union(m, n);
            }
            if widest.is_none_or(|(other, _)| words.end > other.end) {
                widest = Some((words, m));
            }
        }
    }
    let mut groups: BTreeMap<usize, BTreeMap<usize, Place>> = BTreeMap::new();
    for (m, found) in matches.iter().enumerate() {
        let group = groups.entry(sets.find(m)).or_default();
        for place in &found.places {
            let slot = group.entry(place.report).or_insert_with(|| place.clone());
            if place.words.len() > slot.words.len() {
                *slot = place.clone();
            }
        }
    }
    groups.into_values().map(|g| g.into_values().collect()).collect()
}
