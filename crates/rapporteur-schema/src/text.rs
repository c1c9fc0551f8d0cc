//! A report's kept text, with an exact and cheap way between its bytes and its code points.

use crate::span::{Byte, Char, Span};

/// Bytes between two entries of the table that maps bytes to code points.
const BLOCK: usize = 128;

/// The text of a report as kept: never altered, addressed in code points, sliced in bytes.
///
/// All-ASCII texts need no table; for others one `u32` a 128 bytes keeps both directions to a short scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    string: Box<str>,
    /// Code points that begin before byte `i * BLOCK`; empty when the text is ASCII.
    before: Box<[u32]>,
    chars: u32,
}

/// Whether this byte begins a code point.
const fn begins(byte: u8) -> bool {
    (byte as i8) >= -0x40
}

fn count(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&b| u32::from(begins(b))).sum()
}

impl Text {
    /// Keeps this text. Its length must fit `u32` (the reader of files refuses far smaller ones).
    pub fn new(text: impl Into<Box<str>>) -> Self {
        let string: Box<str> = text.into();
        if string.is_ascii() {
            let chars = string.len() as u32;
            return Text { string, before: Box::default(), chars };
        }
        let mut before = Vec::with_capacity(string.len() / BLOCK + 1);
        let mut chars = 0;
        for block in string.as_bytes().chunks(BLOCK) {
            before.push(chars);
            chars += count(block);
        }
        Text { string, before: before.into(), chars }
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Its length in code points.
    pub fn chars(&self) -> u32 {
        self.chars
    }

    /// The number of code points that begin before this byte. A byte inside a code point counts the one it is in.
    pub fn char_at(&self, byte: usize) -> u32 {
        let byte = byte.min(self.string.len());
        match self.before.get(byte / BLOCK) {
            Some(&n) => n + count(&self.string.as_bytes()[byte / BLOCK * BLOCK..byte]),
            None if self.before.is_empty() => byte as u32,
            None => self.chars,
        }
    }

    /// The byte at which this code point begins; the text's length for one past the end, `None` beyond.
    pub fn byte_at(&self, char: u32) -> Option<usize> {
        if char >= self.chars {
            return (char == self.chars).then_some(self.string.len());
        }
        if self.before.is_empty() {
            return Some(char as usize);
        }
        let block = self.before.partition_point(|&n| n <= char) - 1;
        let mut left = char - self.before[block];
        let bytes = self.string.as_bytes();
        let mut at = block * BLOCK;
        loop {
            if begins(bytes[at]) {
                if left == 0 {
                    return Some(at);
                }
                left -= 1;
            }
            at += 1;
        }
    }

    /// A span of bytes as one of code points. Both ends should lie between code points; one inside is moved outward.
    pub fn to_chars(&self, span: Span<Byte>) -> Span<Char> {
        let mut start = span.start() as usize;
        while start > 0 && !self.string.is_char_boundary(start) {
            start -= 1;
        }
        Span::new(self.char_at(start), self.char_at(span.end() as usize))
    }

    /// A span of code points as one of bytes, or `None` where it reaches beyond the text.
    pub fn to_bytes(&self, span: Span<Char>) -> Option<Span<Byte>> {
        Some(Span::new(self.byte_at(span.start())? as u32, self.byte_at(span.end())? as u32))
    }

    /// The words at this place, or `None` where it reaches beyond the text.
    pub fn slice(&self, span: Span<Char>) -> Option<&str> {
        self.string.get(self.to_bytes(span)?.range())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_ends_of_a_text_are_places_too() {
        let text = Text::new("né");
        assert_eq!((text.chars(), text.byte_at(2), text.byte_at(3)), (2, Some(3), None));
        assert_eq!(Text::new("").byte_at(0), Some(0));
    }

    proptest! {
        #[test]
        fn bytes_and_code_points_agree_with_the_standard_library(s in "(\\PC|[a-z \n“”’é中🦀]){0,400}") {
            let text = Text::new(s.as_str());
            prop_assert_eq!(text.chars() as usize, s.chars().count());
            for (n, (byte, _)) in s.char_indices().enumerate() {
                prop_assert_eq!(text.char_at(byte) as usize, n);
                prop_assert_eq!(text.byte_at(n as u32), Some(byte));
            }
            prop_assert_eq!(text.char_at(s.len()), text.chars());
        }
    }
}
