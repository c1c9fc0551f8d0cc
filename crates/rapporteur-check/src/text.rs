//! One text, ready to be compared: its words, quotations and sentences, what they speak of, who is seen where.

use std::ops::Range;

use rapporteur_schema::{Char, Findings, MentionKind, PassageKind, Quoted, Report, Span};

use crate::feature::{Feature, Numbers, Spans, WordFeatures};
use crate::word::{self, Word};

/// The most words that are compared as one sentence: more is a list, a table, or no sentence at all, and what is asked of a
/// sentence for each claim in it must not grow with it.
const MAX_SENTENCE_WORDS: usize = 500;

/// What is known of one text before it is compared.
#[derive(Debug)]
pub(crate) struct TextIndex {
    pub(crate) words: Vec<Word>,
    /// For each word the number of what it is folded to.
    pub(crate) keys: Vec<u32>,
    /// For each word the outermost quotation it stands in.
    pub(crate) quoted: Vec<Option<u32>>,
    /// The outermost quotations, as words.
    pub(crate) quotations: Vec<Range<usize>>,
    /// Quotations inside them, as words.
    pub(crate) nested: Vec<Range<usize>>,
    pub(crate) sentences: Vec<Sentence>,
    /// For each word its sentence.
    pub(crate) sentence_of: Vec<usize>,
    /// What each word speaks of.
    pub(crate) features: WordFeatures,
    /// Where times are told.
    timed: Spans,
    /// Where entities are named or meant, in order.
    pub(crate) seen: Vec<Seen>,
    /// Which entity each actor of the findings is.
    pub(crate) entity_of: Vec<Option<usize>>,
    /// The statements of the findings that the record has, by their places, each with the entity that says it: what people
    /// corrected is in it.
    pub(crate) speakers: Vec<(usize, Option<usize>)>,
}

/// A place where an entity is named or meant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) entity: usize,
    pub(crate) kind: MentionKind,
}

/// A sentence of a text.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub(crate) words: Range<usize>,
    pub(crate) paragraph: usize,
    /// What it speaks of: stems of words and entities, numbered, in order.
    pub(crate) features: Vec<u32>,
}

impl TextIndex {
    /// Of a text with its quotations, and where entities are seen in it, in order.
    pub(crate) fn new(
        report: &Report,
        findings: &Findings,
        marks: &[Quoted],
        seen: Vec<Seen>,
        numbers: &mut Numbers<'_>,
    ) -> Self {
        let words = word::words(&report.text, &findings.text);
        let keys = words.iter().map(|w| numbers.word(&w.folded)).collect();
        let timed = Spans::new(findings.dates.iter().filter(|d| d.value.is_some()).map(|d| d.at.span()).collect());
        let mut text = TextIndex {
            quoted: vec![None; words.len()],
            quotations: Vec::new(),
            nested: Vec::new(),
            sentences: Vec::new(),
            sentence_of: vec![0; words.len()],
            entity_of: findings.actors.iter().map(|a| entity_of(&seen, a)).collect(),
            speakers: Vec::new(),
            features: WordFeatures::new(words.len()),
            timed,
            words,
            keys,
            seen,
        };
        for quoted in marks.iter().filter(|q| q.depth == 0) {
            let at = text.words_at(quoted.at.span());
            let number = text.quotations.len() as u32;
            text.quoted[at.clone()].iter_mut().for_each(|q| *q = Some(number));
            text.quotations.push(at);
        }
        text.nested = marks.iter().filter(|q| q.depth > 0).map(|q| text.words_at(q.at.span())).collect();
        let read = |kind| matches!(kind, PassageKind::Body | PassageKind::Heading | PassageKind::Caption);
        let readable = report.head.passages.iter().filter(|p| read(p.kind)).map(|p| p.span());
        for (paragraph, span) in readable.enumerate() {
            let range = text.words_at(span);
            for words in sentences(&text.words, range) {
                let number = text.sentences.len();
                text.sentence_of[words.clone()].iter_mut().for_each(|s| *s = number);
                for at in words.clone() {
                    let features = text.features_of_word(at, &mut |what| Some(numbers.feature(what)));
                    text.features.set(at, &features);
                }
                let features = text.features.of(words.clone());
                text.sentences.push(Sentence { words, paragraph, features });
            }
        }
        text
    }

    /// Numbers what words outside of every sentence speak of.
    pub(crate) fn number_the_rest(&mut self, number: &mut dyn FnMut(Feature) -> Option<u32>) {
        for at in 0..self.words.len() {
            if !self.features.is_known(at) {
                let features = self.features_of_word(at, number);
                self.features.set(at, &features);
            }
        }
    }

    /// What a word speaks of: numbers, times and the smallest words apart, which are compared by themselves.
    fn features_of_word(&self, at: usize, number: &mut dyn FnMut(Feature) -> Option<u32>) -> Vec<u32> {
        let word = &self.words[at];
        let span = Span::new(word.start, word.end);
        if self.timed.touch(span) || word::is_number(&word.folded) {
            return Vec::new();
        }
        let mut out = Vec::new();
        let mut is_name = false;
        for seen in self.seen_at(span) {
            is_name |= seen.kind == MentionKind::Name;
            out.extend(number(Feature::Entity(seen.entity)));
        }
        if !is_name && !word::is_small(&word.folded) {
            out.extend(number(Feature::Word(self.keys[at])));
        }
        out
    }

    /// The place of words.
    pub(crate) fn span(&self, words: Range<usize>) -> Option<Span<Char>> {
        let some = self.words.get(words)?;
        Some(Span::new(some.first()?.start, some.last()?.end))
    }

    /// The words that stand wholly at a place.
    pub(crate) fn words_at(&self, at: Span<Char>) -> Range<usize> {
        let first = self.words.partition_point(|w| w.start < at.start());
        let last = first + self.words[first..].partition_point(|w| w.end <= at.end());
        first..last
    }

    /// The sentence in which a place begins.
    pub(crate) fn sentence_at(&self, at: Span<Char>) -> Option<usize> {
        let word = self.words.partition_point(|w| w.end <= at.start());
        self.sentence_of.get(word.min(self.words.len().checked_sub(1)?)).copied()
    }

    /// The entities seen at a place, in order.
    pub(crate) fn seen_at(&self, at: Span<Char>) -> impl Iterator<Item = &Seen> {
        let end = self.seen.partition_point(|s| s.start < at.end());
        // Mentions are short and in order: those that reach here begin not far before.
        let start = self.seen[..end].partition_point(|s| s.start + 400 < at.start());
        self.seen[start..end].iter().filter(move |s| at.start() < s.end)
    }
}

/// The sentences among some words of a text.
fn sentences(words: &[Word], range: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = range.start;
    for at in range.clone().skip(1) {
        if words[at].begins_sentence || at - start == MAX_SENTENCE_WORDS {
            out.push(start..at);
            start = at;
        }
    }
    if start < range.end {
        out.push(start..range.end);
    }
    out
}

fn entity_of(seen: &[Seen], actor: &rapporteur_schema::Actor) -> Option<usize> {
    actor.mentions.iter().find_map(|m| {
        let span = m.span();
        let first = seen.partition_point(|s| s.start < span.start());
        seen[first..].iter().take_while(|s| s.start == span.start()).find(|s| s.end == span.end()).map(|s| s.entity)
    })
}
