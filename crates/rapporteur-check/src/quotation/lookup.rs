//! Where the words of a quotation stand in the reports: by an index of all words, in any place, quoted or not.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::index::Doc;

/// What parts two runs of words that do not follow each other.
const BREAK: usize = usize::MAX;

/// Words between two quotations of a paragraph that may be one utterance split by its cue.
const CUE: usize = 14;

/// Words that stand more often than this do not lead anywhere.
const COMMON: usize = 400;

/// A run of words of one report as it may be quoted: without an editor's insertions, or with them, or the quoted words
/// alone with the cue between them left out.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) doc: usize,
    /// Indexes of the report's words.
    pub(super) words: Vec<usize>,
    /// The numbers of the words.
    pub(super) keys: Vec<u32>,
}

/// Some words of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) run: usize,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// The index.
#[derive(Debug)]
pub(crate) struct Lookup {
    pub(super) runs: Vec<Run>,
    postings: HashMap<u32, Vec<(u32, u32)>>,
}

impl Lookup {
    pub(crate) fn new(docs: &[Doc<'_>]) -> Self {
        let mut runs = Vec::new();
        for (n, doc) in docs.iter().enumerate() {
            let plain = (0..doc.words.len()).filter(|&i| !doc.words[i].inserted).collect();
            runs.push(Run::new(n, doc, plain));
            if doc.words.iter().any(|w| w.inserted) {
                runs.push(Run::new(n, doc, (0..doc.words.len()).collect()));
            }
            let quoted_words = quoted_words(doc);
            if quoted_words.len() > 1 {
                runs.push(Run::new(n, doc, quoted_words));
            }
        }
        let mut postings: HashMap<u32, Vec<(u32, u32)>> = HashMap::new();
        for (r, run) in runs.iter().enumerate() {
            for (at, key) in run.keys.iter().enumerate().filter(|(at, _)| run.words[*at] != BREAK) {
                postings.entry(*key).or_default().push((r as u32, at as u32));
            }
        }
        Lookup { runs, postings }
    }

    /// Every place where these words stand in a row.
    pub(super) fn exact(&self, keys: &[u32]) -> Vec<Found> {
        let rarest = (0..keys.len()).min_by_key(|&i| self.postings.get(&keys[i]).map_or(0, Vec::len));
        let Some(rarest) = rarest else { return Vec::new() };
        let Some(places) = self.postings.get(&keys[rarest]) else { return Vec::new() };
        let mut out = Vec::new();
        for &(run, at) in places {
            let Some(first) = (at as usize).checked_sub(rarest) else { continue };
            let found = Found { run: run as usize, first, last: first + keys.len() };
            if self.runs[found.run].keys.get(found.first..found.last) == Some(keys) {
                out.push(found);
            }
        }
        out
    }

    /// The longest run from the first of these words on that stands somewhere, and where.
    pub(super) fn longest(&self, keys: &[u32]) -> (usize, Vec<Found>) {
        let Some(places) = keys.first().and_then(|k| self.postings.get(k)) else { return (0, Vec::new()) };
        let mut best = (0, Vec::new());
        for &(run, at) in places {
            let here = &self.runs[run as usize].keys[at as usize..];
            let length = here.iter().zip(keys).take_while(|(a, b)| a == b).count();
            if length > best.0 {
                best = (length, Vec::new());
            }
            if length == best.0 && length > 0 {
                best.1.push(Found { run: run as usize, first: at as usize, last: at as usize + length });
            }
        }
        best
    }

    /// The stretches of the reports that have most of these words in about this order, the likeliest first.
    pub(super) fn windows(&self, keys: &[u32], small: &[bool]) -> Vec<Found> {
        const WIDTH: i64 = 6;
        let mut votes: BTreeMap<(u32, i64), f64> = BTreeMap::new();
        for (i, key) in keys.iter().enumerate() {
            let Some(places) = self.postings.get(key).filter(|p| p.len() <= COMMON) else { continue };
            for &(run, at) in places {
                let next = self.runs[run as usize].keys.get(at as usize + 1);
                let pair = next.is_some() && next == keys.get(i + 1);
                let weight = if small[i] { 0.2 } else { 1.0 } + if pair { 1.0 } else { 0.0 };
                let diagonal = (i64::from(at) - i as i64).div_euclid(WIDTH);
                *votes.entry((run, diagonal)).or_default() += weight;
            }
        }
        // A place between two buckets has votes in both.
        let mut ranked: Vec<(f64, u32, i64)> = votes
            .iter()
            .map(|(&(run, d), &v)| (v + votes.get(&(run, d + 1)).copied().unwrap_or(0.0), run, d))
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut taken: BTreeSet<(u32, i64)> = BTreeSet::new();
        let mut out = Vec::new();
        for (_, run, d) in ranked {
            if !taken.insert((run, d)) || taken.contains(&(run, d + 1)) || taken.contains(&(run, d - 1)) {
                continue;
            }
            let room = keys.len() as i64 / 2 + 12;
            let length = self.runs[run as usize].keys.len() as i64;
            let first = (d * WIDTH - room).clamp(0, length) as usize;
            let last = (d * WIDTH + WIDTH + keys.len() as i64 + room).clamp(0, length) as usize;
            out.push(Found { run: run as usize, first, last });
            if out.len() == 16 {
                break;
            }
        }
        out
    }

    /// The indexes of a report's words that are found.
    pub(super) fn words(&self, found: Found) -> &[usize] {
        &self.runs[found.run].words[found.first..found.last]
    }
}

impl Run {
    fn new(doc: usize, text: &Doc<'_>, words: Vec<usize>) -> Self {
        let keys = words.iter().map(|&w| text.keys.get(w).copied().unwrap_or(u32::MAX)).collect();
        Run { doc, words, keys }
    }
}

/// The quoted words alone: quotations of one paragraph that stand near each other follow each other.
fn quoted_words(doc: &Doc<'_>) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    let paragraph = |word: usize| doc.sentences.get(doc.sentence_of[word]).map(|s| s.paragraph);
    let mut last: Option<usize> = None;
    for quotation in doc.quotations.iter().filter(|q| !q.is_empty()) {
        let follows = last.is_some_and(|end| {
            quotation.start.saturating_sub(end) <= CUE && paragraph(end - 1) == paragraph(quotation.start)
        });
        // Paragraphs that reopen a quotation go on.
        let adjoins = last == Some(quotation.start);
        if !follows && !adjoins && !out.is_empty() {
            out.push(BREAK);
        }
        out.extend(quotation.clone().filter(|&w| !doc.words[w].inserted));
        last = Some(quotation.end);
    }
    out
}
