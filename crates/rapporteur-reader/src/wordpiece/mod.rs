//! WordPiece: cuts words into the pieces of BERT's vocabulary, the longest first, and keeps where each comes from.

mod normal;
mod tables;
#[cfg(test)]
mod tests;

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::error::Error;
use normal::{Normal, words};

/// A piece of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its number in the vocabulary.
    pub id: u32,
    /// The byte of the text at which it begins.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// Whether a word begins with it.
    pub begins: bool,
}

/// A vocabulary of pieces.
pub struct WordPiece {
    first: FxHashMap<Box<str>, u32>,
    later: FxHashMap<Box<str>, u32>,
    count: usize,
    longest: usize,
    unknown: u32,
    opening: u32,
    closing: u32,
}

impl std::fmt::Debug for WordPiece {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WordPiece").field("pieces", &self.len()).finish_non_exhaustive()
    }
}

/// A word of more characters than this is unknown as a whole.
const LONGEST_WORD: usize = 100;

impl WordPiece {
    /// A vocabulary: one piece a line, those that go on a word after `##`.
    ///
    /// # Errors
    /// If `[UNK]`, `[CLS]` or `[SEP]` is missing ([`Error::is_damaged`]).
    pub fn new(vocabulary: &str) -> Result<Self, Error> {
        let (mut first, mut later) = (FxHashMap::default(), FxHashMap::default());
        let (mut longest, mut count) = (0, 0);
        for (id, line) in (0u32..).zip(vocabulary.lines()) {
            let (map, piece) = match line.strip_prefix("##") {
                Some(piece) if !piece.is_empty() => (&mut later, piece),
                _ => (&mut first, line),
            };
            longest = longest.max(piece.len());
            count += 1;
            map.insert(Box::from(piece), id);
        }
        let special = |name: &str| {
            first.get(name).copied().ok_or_else(|| Error::damaged(format!("the vocabulary has no {name}")))
        };
        let (unknown, opening, closing) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Ok(Self { first, later, count, longest, unknown, opening, closing })
    }

    /// Pieces in the vocabulary.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The numbers of the pieces before and after every window: `[CLS]` and `[SEP]`.
    pub(crate) fn ends(&self) -> [u32; 2] {
        [self.opening, self.closing]
    }

    /// The pieces of a part of a text, in order; their places are bytes of the whole text. A range that is none, or cuts a character,
    /// has no pieces.
    pub fn pieces(&self, text: &str, range: Range<usize>) -> Vec<Piece> {
        let mut out = Vec::with_capacity(range.len() / 4);
        if text.get(range.clone()).is_some() {
            words(text, range, &mut Normal::default(), |word| self.cut(word, &mut out));
        }
        out
    }

    fn cut(&self, word: &Normal, out: &mut Vec<Piece>) {
        let (before, chars) = (out.len(), &word.chars);
        let mut from = 0;
        while from < chars.len() {
            let map = if from == 0 { &self.first } else { &self.later };
            let begin = chars[from].0;
            // One past each character that a piece could end with, the longest first.
            let ends = (from + 1..=chars.len()).map(|next| (next, chars.get(next).map_or(word.text.len(), |c| c.0)));
            let found = ends
                .take_while(|(_, end)| end - begin <= self.longest)
                .filter_map(|(next, end)| Some((next, *map.get(&word.text[begin..end])?)))
                .last();
            let Some((next, id)) = found.filter(|_| chars.len() <= LONGEST_WORD) else {
                out.truncate(before);
                let (start, end) = (chars[0].1.start, chars[chars.len() - 1].1.end);
                out.push(Piece { id: self.unknown, start, end, begins: true });
                return;
            };
            let (start, end) = (chars[from].1.start, chars[next - 1].1.end);
            out.push(Piece { id, start, end, begins: from == 0 });
            from = next;
        }
    }
}
