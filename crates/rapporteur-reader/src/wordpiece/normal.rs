//! The words of a text as BERT sees them: without control characters and accents, in small letters, punctuation and ideographs apart.

use std::ops::Range;

use unicode_normalization::char::decompose_canonical;

use super::tables;

fn within(ranges: &[(u32, u32)], c: char) -> bool {
    let c = c as u32;
    let after = ranges.partition_point(|&(first, _)| first <= c);
    after > 0 && c <= ranges[after - 1].1
}

/// A word in its normal form, and where each of its characters comes from.
#[derive(Default)]
pub(super) struct Normal {
    /// The normal form.
    pub(super) text: String,
    /// For each character of it: where it begins in the normal form, and the bytes of the text that it comes from.
    pub(super) chars: Vec<(usize, Range<usize>)>,
}

impl Normal {
    fn push(&mut self, c: char, from: &Range<usize>) {
        self.chars.push((self.text.len(), from.clone()));
        self.text.push(c);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    fn clear(&mut self) {
        self.text.clear();
        self.chars.clear();
    }
}

/// Gives `found` every word of a part of the text, in order; `memory` holds them one after the other.
pub(super) fn words(text: &str, range: Range<usize>, memory: &mut Normal, mut found: impl FnMut(&Normal)) {
    memory.clear();
    let mut close = |word: &mut Normal| {
        if !word.is_empty() {
            found(word);
            word.clear();
        }
    };
    let start = range.start;
    for (at, c) in text[range].char_indices() {
        let from = start + at..start + at + c.len_utf8();
        if c.is_ascii() {
            // The greater part of English, without a look at the tables.
            if c.is_ascii_alphanumeric() {
                memory.push(c.to_ascii_lowercase(), &from);
            } else if c == ' ' || matches!(c, '\t' | '\n' | '\r') {
                close(memory);
            } else if c.is_ascii_punctuation() {
                close(memory);
                memory.push(c, &from);
                close(memory);
            }
            continue;
        }
        if within(tables::DROPPED, c) {
            continue;
        }
        if c.is_whitespace() {
            close(memory);
            continue;
        }
        let apart = within(tables::IDEOGRAPHS, c);
        if apart {
            close(memory);
        }
        decompose_canonical(c, |c| {
            if within(tables::MARKS, c) {
                return;
            }
            for c in c.to_lowercase() {
                if within(tables::PUNCTUATION, c) {
                    close(memory);
                    memory.push(c, &from);
                    close(memory);
                } else {
                    memory.push(c, &from);
                }
            }
        });
        if apart {
            close(memory);
        }
    }
    close(memory);
}
