//! Tells most words off before they are hashed: rules ask dozens of lists about every word of a text.

/// What the words of a list have in common.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sieve {
    /// One bit a length in bytes, longer ones with the last.
    lengths: u64,
    /// One bit a first byte, modulo 64.
    firsts: u64,
}

/// The bits of a word of this length that begins with this byte.
fn bits(length: usize, first: u8) -> (u64, u64) {
    (1 << length.min(63), 1 << (first & 63))
}

impl Sieve {
    /// Takes in a word.
    pub(crate) fn add(&mut self, word: &str) {
        let (length, first) = bits(word.len(), word.as_bytes().first().copied().unwrap_or_default());
        self.lengths |= length;
        self.firsts |= first;
    }

    /// Whether a word may be one of those taken in.
    pub(crate) fn lets_through(self, word: &str) -> bool {
        self.lets_through_as(word.len(), word.as_bytes().first().copied().unwrap_or_default())
    }

    /// The same for a word of this length that begins with this byte.
    pub(crate) fn lets_through_as(self, length: usize, first: u8) -> bool {
        let (length, first) = bits(length, first);
        self.lengths & length != 0 && self.firsts & first != 0
    }
}
