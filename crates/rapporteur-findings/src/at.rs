//! A place in a report as rules have it: a paragraph and tokens of it.

use std::ops::Range;

use rapporteur_schema::Citation;

/// Tokens of one paragraph: half-open, never empty where a rule made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct At {
    /// The paragraph.
    pub(crate) paragraph: usize,
    /// The tokens.
    pub(crate) tokens: Range<usize>,
}

impl At {
    /// Tokens of a paragraph.
    pub(crate) fn new(paragraph: usize, tokens: Range<usize>) -> Self {
        At { paragraph, tokens }
    }

    /// Whether a token lies inside.
    pub(crate) fn has(&self, paragraph: usize, token: usize) -> bool {
        self.paragraph == paragraph && self.tokens.contains(&token)
    }
}

impl Ord for At {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |at: &At| (at.paragraph, at.tokens.start, at.tokens.end);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for At {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Whatever can cite the words at a place.
pub(crate) trait Cites {
    /// The words; `None` where there are none.
    fn cite(&self, at: &At) -> Option<Citation>;
}
