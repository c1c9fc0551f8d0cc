//! What sentences speak of, numbered, and which sentences of the reports speak of the same.

use std::collections::HashMap;
use std::ops::Range;

use rapporteur_schema::{Char, Span};

use crate::word;

/// What a word may speak of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Feature {
    /// An entity, by its index.
    Entity(usize),
    /// What is left of a word without its ending, by the number of the word.
    Word(u32),
}

/// Words and features by number. Each is worked out once, however often it stands there.
///
/// What a draft adds to the words and features of the reports is numbered behind them and apart.
#[derive(Debug, Default)]
pub(crate) struct Numbers<'k> {
    /// The numbers of the reports, where these are those of a draft.
    known: Option<&'k Numbers<'k>>,
    all: HashMap<String, u32>,
    /// For each number from the first of these on the number of its stem, where it is that of a word and not one of the smallest.
    stems: Vec<Option<u32>>,
    first: u32,
    stem_numbers: HashMap<String, u32>,
    /// For each stem its feature.
    of_stems: HashMap<u32, u32>,
    of_entities: HashMap<usize, u32>,
    /// The next number, and the next of a stem.
    fresh: u32,
    fresh_stem: u32,
}

impl<'k> Numbers<'k> {
    /// Those of a draft that is compared with what has these.
    pub(crate) fn beside(known: &'k Numbers<'k>) -> Self {
        let (fresh, fresh_stem) = (known.fresh, known.fresh_stem);
        Numbers { known: Some(known), first: fresh, fresh, fresh_stem, ..Numbers::default() }
    }

    /// The number of a folded word.
    pub(crate) fn word(&mut self, folded: &str) -> u32 {
        if let Some(number) = self.known_word(folded) {
            return number;
        }
        let number = self.next();
        self.all.insert(folded.to_owned(), number);
        let stem = (!word::is_small(folded)).then(|| self.number_of_stem(word::stem(folded)));
        self.stems.resize((number - self.first) as usize, None);
        self.stems.push(stem);
        number
    }

    fn known_word(&self, folded: &str) -> Option<u32> {
        self.all.get(folded).copied().or_else(|| self.known?.known_word(folded))
    }

    fn number_of_stem(&mut self, stem: &str) -> u32 {
        if let Some(known) = self.known_stem(stem) {
            return known;
        }
        self.fresh_stem += 1;
        self.stem_numbers.insert(stem.to_owned(), self.fresh_stem - 1);
        self.fresh_stem - 1
    }

    fn known_stem(&self, stem: &str) -> Option<u32> {
        self.stem_numbers.get(stem).copied().or_else(|| self.known?.known_stem(stem))
    }

    /// The number of a feature, a new one where it is new.
    pub(crate) fn feature(&mut self, what: Feature) -> u32 {
        if let Some(known) = self.known(what) {
            return known;
        }
        let number = self.next();
        match what {
            Feature::Entity(entity) => {
                self.of_entities.insert(entity, number);
            }
            Feature::Word(key) => {
                if let Some(stem) = self.stem(key) {
                    self.of_stems.insert(stem, number);
                }
            }
        }
        number
    }

    /// The number of a feature that some sentence has.
    pub(crate) fn known(&self, what: Feature) -> Option<u32> {
        match what {
            Feature::Entity(entity) => self.of_entity(entity),
            Feature::Word(key) => self.of_stem(self.stem(key)?),
        }
    }

    fn of_entity(&self, entity: usize) -> Option<u32> {
        self.of_entities.get(&entity).copied().or_else(|| self.known?.of_entity(entity))
    }

    /// By the stem, for words of a draft have numbers that the reports do not know.
    fn of_stem(&self, stem: u32) -> Option<u32> {
        self.of_stems.get(&stem).copied().or_else(|| self.known?.of_stem(stem))
    }

    /// The number of the stem of a word; of the smallest words none.
    pub(crate) fn stem(&self, key: u32) -> Option<u32> {
        match key.checked_sub(self.first) {
            Some(own) => self.stems.get(own as usize).copied().flatten(),
            None => self.known?.stem(key),
        }
    }

    fn next(&mut self) -> u32 {
        self.fresh += 1;
        self.fresh - 1
    }
}

/// What each word of a text speaks of.
#[derive(Debug)]
pub(crate) struct WordFeatures {
    /// For each word where its features begin and how many they are.
    places: Vec<(u32, u32)>,
    all: Vec<u32>,
}

impl WordFeatures {
    /// Of so many words nothing is known yet.
    pub(crate) fn new(words: usize) -> Self {
        WordFeatures { places: vec![(u32::MAX, 0); words], all: Vec::new() }
    }

    pub(crate) fn is_known(&self, word: usize) -> bool {
        self.places.get(word).is_some_and(|(first, _)| *first != u32::MAX)
    }

    pub(crate) fn set(&mut self, word: usize, features: &[u32]) {
        self.places[word] = (self.all.len() as u32, features.len() as u32);
        self.all.extend_from_slice(features);
    }

    /// The features of some words, in order.
    pub(crate) fn of(&self, words: Range<usize>) -> Vec<u32> {
        let mut out = Vec::new();
        for (first, count) in self.places.get(words).unwrap_or_default().iter().filter(|(_, count)| *count > 0) {
            let first = *first as usize;
            out.extend_from_slice(&self.all[first..first + *count as usize]);
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Places of a text, asked for what they touch.
#[derive(Debug)]
pub(crate) struct Spans {
    /// By their first code points.
    all: Vec<Span<Char>>,
    longest: u32,
}

impl Spans {
    pub(crate) fn new(mut all: Vec<Span<Char>>) -> Self {
        all.sort_by_key(|s| (s.start(), s.end()));
        let longest = all.iter().map(|s| s.len()).max().unwrap_or(0);
        Spans { all, longest }
    }

    /// Whether any of them overlaps a place.
    pub(crate) fn touch(&self, at: Span<Char>) -> bool {
        let first = self.all.partition_point(|s| s.start() + self.longest < at.start());
        self.all[first..].iter().take_while(|s| s.start() < at.end()).any(|s| s.overlaps(at))
    }
}

/// For each feature the sentences of the reports that have it.
#[derive(Debug, Default)]
pub(crate) struct Postings(Vec<Vec<u32>>);

impl Postings {
    /// Adds a sentence; those before it have lower numbers.
    pub(crate) fn add(&mut self, sentence: u32, features: &[u32]) {
        for &feature in features {
            if self.0.len() <= feature as usize {
                self.0.resize(feature as usize + 1, Vec::new());
            }
            self.0[feature as usize].push(sentence);
        }
    }

    /// How many sentences have a feature.
    pub(crate) fn count(&self, feature: u32) -> usize {
        self.of(feature).len()
    }

    fn of(&self, feature: u32) -> &[u32] {
        self.0.get(feature as usize).map_or(&[], Vec::as_slice)
    }
}

/// How much of some features every sentence of the reports has.
#[derive(Debug)]
pub(crate) struct Scores {
    /// Sums of weights.
    sums: Vec<f64>,
    /// Whether the sentence itself has any.
    has: Vec<bool>,
    all: f64,
}

impl Scores {
    /// `paragraphs` has the number of the paragraph of each sentence: two in a row are near where these are the same or follow
    /// each other.
    pub(crate) fn new(postings: &Postings, paragraphs: &[u32], features: &[(u32, f64)]) -> Self {
        let sentences = paragraphs.len();
        let near = |a: u32, b: u32| paragraphs[a as usize].abs_diff(paragraphs[b as usize]) <= 1;
        let (mut sums, mut has) = (vec![0.0; sentences], vec![false; sentences]);
        for &(feature, weight) in features {
            let there = postings.of(feature);
            for (n, &s) in there.iter().enumerate() {
                sums[s as usize] += weight;
                has[s as usize] = true;
                let before = n.checked_sub(1).map(|n| there[n]);
                // The one before, unless it has the feature itself or has its half from the other side.
                if let Some(left) = s.checked_sub(1).filter(|l| before != Some(*l))
                    && near(left, s)
                    && !(left > 0 && before == Some(left - 1) && near(left - 1, left))
                {
                    sums[left as usize] += 0.5 * weight;
                }
                let right = s + 1;
                if (right as usize) < sentences && there.get(n + 1) != Some(&right) && near(s, right) {
                    sums[right as usize] += 0.5 * weight;
                }
            }
        }
        Scores { sums, has, all: features.iter().map(|(_, w)| w).sum() }
    }

    /// How much of the features a sentence has, 0 to 1.
    pub(crate) fn of(&self, sentence: usize) -> f64 {
        if self.all <= 0.0 { 0.0 } else { self.sums.get(sentence).copied().unwrap_or(0.0) / self.all }
    }

    /// Whether the sentence itself has any of them, not only its neighbours.
    pub(crate) fn has_any(&self, sentence: usize) -> bool {
        self.has.get(sentence).copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_count_half_and_once() {
        let mut postings = Postings::default();
        // Sentences 0 to 4; feature 0 stands in 0 and 2, feature 1 in 3. The last stands in a text of its own.
        postings.add(0, &[0]);
        postings.add(2, &[0]);
        postings.add(3, &[1]);
        let scores = Scores::new(&postings, &[0, 0, 1, 2, 4], &[(0, 1.0), (1, 3.0)]);
        let all: Vec<f64> = (0..5).map(|s| scores.of(s) * 4.0).collect();
        assert_eq!(all, [1.0, 0.5, 2.5, 3.5, 0.0]);
        assert_eq!((0..5).map(|s| scores.has_any(s)).collect::<Vec<_>>(), [true, false, true, true, false]);
    }

    #[test]
    fn a_draft_numbers_what_is_its_own_behind_the_reports() {
        let mut reports = Numbers::default();
        let (ships, sail) = (reports.word("ships"), reports.word("sail"));
        let of_ships = reports.feature(Feature::Word(ships));
        let mut draft = Numbers::beside(&reports);
        assert_eq!(draft.word("ships"), ships);
        let (ship, tolls) = (draft.word("ship"), draft.word("tolls"));
        assert!(ship > sail && tolls > ship);
        // Another form of a word that the reports have speaks of the same.
        assert_eq!((draft.stem(ship), draft.feature(Feature::Word(ship))), (reports.stem(ships), of_ships));
        // No sentence of the reports has it.
        assert_eq!(draft.known(Feature::Word(sail)), None);
        let of_sail = draft.feature(Feature::Word(sail));
        assert_eq!((draft.known(Feature::Word(sail)), reports.known(Feature::Word(sail))), (Some(of_sail), None));
        assert_ne!(draft.feature(Feature::Word(tolls)), of_sail);
    }

    #[test]
    fn places_that_touch() {
        let spans = Spans::new(vec![Span::new(10, 30), Span::new(12, 13), Span::new(40, 41)]);
        for (start, end, touches) in [(0, 10, false), (0, 11, true), (29, 30, true), (30, 40, false), (40, 50, true)] {
            assert_eq!(spans.touch(Span::new(start, end)), touches, "{start}-{end}");
        }
    }
}
