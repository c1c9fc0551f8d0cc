//! Runs of words that two reports have in common, found over a sample of their shingles.
//!
//! Of every few neighbouring shingles the one with the smallest hash is kept (winnowing: Schleimer, Wilkerson and Aiken,
//! "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003), which keeps a quarter of them and misses no
//! run of [`LEAST`] words. A report is compared with the first few that had a shingle, never with all: what a thousand
//! reports copy costs a thousand comparisons.

use std::collections::BTreeMap;

use crate::context::MergeContext;
use crate::entity::Sets;
use crate::words::{QuickMap, Word};

/// The least number of words, quotations apart, that make a passage.
pub(super) const LEAST: usize = 12;

/// Words in a shingle, and shingles in a window: together one more than [`LEAST`].
const SHINGLE: usize = 6;
const WINDOW: usize = LEAST + 1 - SHINGLE;

/// How many reports that had a shingle before are compared.
const MAX_EARLIER: usize = 4;

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

/// The first reports that had a shingle, and where.
#[derive(Default)]
struct Earlier {
    places: [(u32, u32); MAX_EARLIER],
    count: usize,
}

impl Earlier {
    fn add(&mut self, report: u32, at: u32) {
        let known = self.places[..self.count].last().is_some_and(|last| last.0 == report);
        if self.count < MAX_EARLIER && !known {
            self.places[self.count] = (report, at);
            self.count += 1;
        }
    }
}

/// Finds the longest runs that each report shares with earlier ones.
pub(super) fn matches(story: &MergeContext<'_>) -> Vec<Match> {
    // What is set aside (credits, notices, furniture) stands in no passage, but a quotation within one does.
    let words: Vec<Vec<Word>> = (0..story.reports.len())
        .map(|r| {
            let mut words = vec![Word::NONE; story.words[r].len()];
            for body in story.body(r) {
                let at = story.words_in(r, body.span());
                words[at.clone()].iter_mut().zip(&story.words[r][at]).for_each(|(w, t)| *w = t.word);
            }
            words
        })
        .collect();
    let mut seen: QuickMap<u64, Earlier> = QuickMap::default();
    let mut found = Vec::new();
    for (report, own) in words.iter().enumerate() {
        let marks = winnow(own);
        let mut covered = 0;
        for &(hash, at) in &marks {
            if at < covered {
                continue;
            }
            let earlier = seen.get(&hash).map_or(&[][..], |e| &e.places[..e.count]);
            let runs = earlier
                .iter()
                .map(|&(other, place)| run(&words, (other as usize, place as usize), (report, at), covered));
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
            seen.entry(hash).or_default().add(report as u32, at as u32);
        }
    }
    found
}

/// The sample of a report's shingles: hash and place.
fn winnow(words: &[Word]) -> Vec<(u64, usize)> {
    // A rolling hash: the first word goes out as the next comes in.
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let out = (0..SHINGLE).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let (mut rolling, mut broken) = (0u64, 0);
    let mut hashes: Vec<u64> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let number = |w: Word| u64::from(w.number()) + 1;
        rolling = rolling.wrapping_mul(BASE).wrapping_add(number(*word));
        if let Some(gone) = at.checked_sub(SHINGLE) {
            rolling = rolling.wrapping_sub(number(words[gone]).wrapping_mul(out));
        }
        broken = if *word == Word::NONE { SHINGLE } else { broken - usize::from(broken > 0) };
        if at + 1 >= SHINGLE {
            let mixed = (rolling ^ (rolling >> 31)).wrapping_mul(BASE);
            hashes.push(if broken > 0 { u64::MAX } else { (mixed ^ (mixed >> 29)) >> 1 });
        }
    }
    let mut marks: Vec<(u64, usize)> = Vec::with_capacity(words.len() / 3);
    let mut least = usize::MAX; // where the smallest hash of the window is, the last of several
    for end in WINDOW.min(hashes.len())..=hashes.len() {
        let first = end - WINDOW.min(end);
        if least == usize::MAX || least < first {
            least = (first..end).rev().min_by_key(|&at| hashes[at]).unwrap_or(usize::MAX);
        } else if hashes[end - 1] <= hashes[least] {
            least = end - 1;
        }
        if let Some(&hash) = hashes.get(least)
            && hash != u64::MAX
            && marks.last() != Some(&(hash, least))
        {
            marks.push((hash, least));
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
