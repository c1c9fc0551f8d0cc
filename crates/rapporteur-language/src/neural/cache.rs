//! Remembers what an encoder computes from a word alone: its first vector, and that vector times the first
//! convolution's weights.
//!
//! Bounded, and never changes a result: whatever is kept is computed alike whenever it is computed.

use crate::kernels::Buffer;
use crate::lexicon::NONE;

/// Rows of vectors, one a word, in the order in which words were met.
#[derive(Default)]
pub(crate) struct RowCache {
    /// First vectors.
    pub(crate) rows: Buffer,
    pub(crate) used: usize,
    /// First vectors times the weights of the first convolution, for the word on the left, in the centre, on the right.
    pub(crate) products: Buffer,
    pub(crate) products_used: usize,
    /// For each row, where its products are.
    pub(crate) product_of: Vec<u32>,
}

/// First vectors kept at most: 6 MB a cache at width 96.
const MOST_ROWS: usize = 1 << 14;
/// Products kept at most: 14 MB a cache at width 96.
const MOST_PRODUCTS: usize = 1 << 12;

impl RowCache {
    /// Whether `more` rows would be too many, so that the cache must be emptied first.
    pub(crate) fn is_full(&self, more: usize) -> bool {
        self.used + more > MOST_ROWS
    }

    pub(crate) fn clear(&mut self) {
        self.used = 0;
        self.product_of.clear();
        self.products_used = 0;
    }

    /// Asks for all the memory at once, which costs nothing until it is used, so that growing never copies.
    pub(crate) fn prepare(&mut self, row: usize, product: usize) {
        self.rows.reserve_len(MOST_ROWS * row);
        self.products.reserve_len(MOST_PRODUCTS * product);
    }

    /// Makes room for the products of `more` rows.
    pub(crate) fn make_room_for_products(&mut self, more: usize) {
        if self.products_used + more > MOST_PRODUCTS {
            self.product_of.fill(NONE);
            self.products_used = 0;
        }
        self.product_of.resize(self.used, NONE);
    }
}
