//! Remembers the first vector of each word: embedding and mixer depend on the word alone.

use crate::kernels::Buffer;

/// Rows of vectors, one a word, in the order in which words were met. Bounded; never changes a result, since a
/// row is computed alike whenever it is computed.
#[derive(Default)]
pub(crate) struct RowCache {
    pub(crate) rows: Buffer,
    pub(crate) used: usize,
}

/// Rows kept at most: 12 MB a cache at width 96.
const MOST: usize = 1 << 15;

impl RowCache {
    /// Whether `more` rows would be too many, so that the cache must be emptied first.
    pub(crate) fn is_full(&self, more: usize) -> bool {
        self.used + more > MOST
    }
}
