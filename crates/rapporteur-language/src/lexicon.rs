//! The worker's memory of words: every distinct word is looked at once, and afterwards is a small number.

use rustc_hash::FxHashMap;

use crate::hash::{quick, string_id};
use crate::model::Model;
use crate::symbols::BASE_NORMS;
use crate::unicode;

/// Strings kept once, each with a number; also a map from strings to numbers of the caller's.
#[derive(Default)]
pub(crate) struct Strings {
    text: String,
    entries: Vec<Entry>,
    slots: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Entry {
    start: u32,
    len: u32,
    hash: u32,
}

const EMPTY: u32 = u32::MAX;

impl Strings {
    /// The number of a string; new strings get the next one. The flag says whether it was new.
    pub(crate) fn intern(&mut self, text: &str) -> (u32, bool) {
        if self.slots.len() < (self.entries.len() + 1) * 2 {
            self.grow();
        }
        let hash = quick(text.as_bytes());
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let number = self.slots[at];
            if number == EMPTY {
                break;
            }
            if self.entries[number as usize].hash == hash && self.get(number) == text {
                return (number, false);
            }
            at = (at + 1) & mask;
        }
        let number = self.entries.len() as u32;
        self.slots[at] = number;
        self.entries.push(Entry { start: self.text.len() as u32, len: text.len() as u32, hash });
        self.text.push_str(text);
        (number, true)
    }

    pub(crate) fn get(&self, number: u32) -> &str {
        let entry = self.entries[number as usize];
        &self.text[entry.start as usize..(entry.start + entry.len) as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 12);
        self.slots = vec![EMPTY; size];
        for (number, entry) in self.entries.iter().enumerate() {
            let mut at = entry.hash as usize & (size - 1);
            while self.slots[at] != EMPTY {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = number as u32;
        }
    }
}

/// Marks a place for which nothing has been computed.
pub(crate) const NONE: u32 = u32::MAX;

/// A word as the model sees it; two tokens of the same text and norm share one.
#[derive(Clone, Copy)]
pub(crate) struct Lexeme {
    /// Number of the text among the worker's strings; likewise the next three.
    pub(crate) text: u32,
    pub(crate) lower: u32,
    pub(crate) norm: u32,
    pub(crate) shape: u32,
    /// String ids of NORM, PREFIX, SUFFIX, SHAPE.
    pub(crate) ids: [u64; 4],
    pub(crate) is_space: bool,
    /// Exception sequences begin with this text: an index into the model's list, or [`NONE`].
    pub(crate) sequences: u32,
    /// Two-token rules whose first (second) token could be this word, one bit a rule.
    pub(crate) opens: u16,
    pub(crate) closes: u16,
    /// Rows in the encoders' caches: shared encoder without and with a space after it, entity encoder likewise.
    pub(crate) rows: [u32; 4],
}

/// All words a worker has met.
#[derive(Default)]
pub(crate) struct Lexicon {
    pub(crate) strings: Strings,
    lexemes: Vec<Lexeme>,
    plain: Vec<u32>,
    with_norm: FxHashMap<(u32, u32), u32>,
}

impl Lexicon {
    pub(crate) fn len(&self) -> usize {
        self.lexemes.len().max(self.strings.len())
    }

    pub(crate) fn get(&self, number: u32) -> &Lexeme {
        &self.lexemes[number as usize]
    }

    pub(crate) fn get_mut(&mut self, number: u32) -> &mut Lexeme {
        &mut self.lexemes[number as usize]
    }

    pub(crate) fn text(&self, number: u32) -> &str {
        self.strings.get(self.get(number).text)
    }

    /// Forgets which rows the encoders' caches hold.
    pub(crate) fn forget_rows(&mut self, places: std::ops::Range<usize>) {
        for lexeme in &mut self.lexemes {
            lexeme.rows[places.clone()].fill(NONE);
        }
    }

    /// The number of the word with this text, and this norm if an exception gives one.
    pub(crate) fn intern(&mut self, model: &Model, text: &str, norm: Option<&str>) -> u32 {
        let (text_number, _) = self.strings.intern(text);
        let Some(norm) = norm else {
            if let Some(&number) = self.plain.get(text_number as usize)
                && number != NONE
            {
                return number;
            }
            let norm = base_norm(model, text);
            let (norm, _) = self.strings.intern(&norm);
            let number = self.add(model, text, text_number, norm);
            if self.plain.len() <= text_number as usize {
                self.plain.resize(self.strings.len(), NONE);
            }
            self.plain[text_number as usize] = number;
            return number;
        };
        let (norm, _) = self.strings.intern(norm);
        if let Some(&number) = self.with_norm.get(&(text_number, norm)) {
            return number;
        }
        let number = self.add(model, text, text_number, norm);
        self.with_norm.insert((text_number, norm), number);
        number
    }

    fn add(&mut self, model: &Model, text: &str, text_number: u32, norm: u32) -> u32 {
        let lower = text.to_lowercase();
        let shape = shape(text);
        let first = text.chars().next().map_or("", |c| &text[..c.len_utf8()]);
        let last = text.char_indices().rev().nth(2).map_or(text, |(at, _)| &text[at..]);
        let ids = [string_id(self.strings.get(norm)), string_id(first), string_id(last), string_id(&shape)];
        let is_space = !text.is_empty() && text.chars().all(unicode::is_space);
        let (opens, closes) = model.ruler.openings(&lower, is_space);
        let lexeme = Lexeme {
            text: text_number,
            lower: self.strings.intern(&lower).0,
            norm,
            shape: self.strings.intern(&shape).0,
            ids,
            is_space,
            sequences: model.tokenizer.sequences_from(text),
            opens,
            closes,
            rows: [NONE; 4],
        };
        self.lexemes.push(lexeme);
        self.lexemes.len() as u32 - 1
    }
}

fn base_norm(model: &Model, text: &str) -> String {
    if let Some(norm) = model.norm(string_id(text)) {
        return norm.to_owned();
    }
    match BASE_NORMS.binary_search_by(|(from, _)| (*from).cmp(text)) {
        Ok(at) => BASE_NORMS[at].1.to_owned(),
        Err(_) => text.to_lowercase(),
    }
}

/// The outline of a word: `Xx` for letters, `d` for digits, runs cut to four.
pub(crate) fn shape(text: &str) -> String {
    // 100 code points need at least 100 bytes, so most words are not counted.
    if text.len() >= 100 && text.chars().nth(99).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(text.len());
    let (mut last, mut run) = ('\0', 0);
    for (i, c) in text.chars().enumerate() {
        let mapped = if unicode::is_alpha(c) {
            if unicode::is_upper(c) { 'X' } else { 'x' }
        } else if unicode::is_digit(c) {
            'd'
        } else {
            c
        };
        run = if i > 0 && mapped == last { run + 1 } else { 0 };
        last = mapped;
        if run < 4 {
            shape.push(mapped);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (text, want) in [
            ("Apple", "Xxxxx"),
            ("international", "xxxx"),
            ("12345", "dddd"),
            ("......", "...."),
            ("U.S.", "X.X."),
            ("Х²½", "Xd½"),
            ("", ""),
        ] {
            assert_eq!(shape(text), want);
        }
        assert_eq!(shape(&"é".repeat(100)), "LONG");
        assert_eq!(shape(&"é".repeat(99)), "xxxx");
    }

    #[test]
    fn strings_keep_their_numbers() {
        let mut strings = Strings::default();
        let numbers: Vec<u32> = (0..10_000).map(|i| strings.intern(&i.to_string()).0).collect();
        for (i, number) in numbers.iter().enumerate() {
            assert_eq!(strings.intern(&i.to_string()), (*number, false));
            assert_eq!(strings.get(*number), i.to_string());
        }
    }
}
