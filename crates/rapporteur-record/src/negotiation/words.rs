//! The words that names of proposals, issues and conditions are compared by.

use std::collections::BTreeSet;

use crate::words::content;

/// The telling words of a text as stems, each once: "territorial" and "territory" are the same.
pub(super) fn stems(text: &str) -> BTreeSet<String> {
    content(text).iter().map(|w| stem(w)).collect()
}

/// A word without the endings that change its part of speech or number.
pub(super) fn stem(word: &str) -> String {
    // not words: endings, longest first
    const ENDINGS: &[&str] = &[
        "ization", "isation", "ations", "ation", "ities", "ments", "ment", "ings", "ing", "ial", "ies", "ity", "ions",
        "ion", "ed", "es", "al", "s", "y", "e",
    ];
    for ending in ENDINGS {
        if let Some(root) = word.strip_suffix(ending)
            && root.chars().count() >= 4
        {
            return root.to_owned();
        }
    }
    word.to_owned()
}

/// How many of the smaller set's members the other has, from 0 to 1.
pub(super) fn overlap(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let least = a.len().min(b.len());
    if least == 0 { 0.0 } else { a.intersection(b).count() as f64 / least as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet() {
        assert_eq!(stem("territorial"), stem("territory"));
        assert_eq!(stem("guarantees"), stem("guarantee"));
        assert_eq!(stem("tolls"), stem("toll"));
        assert_eq!(stem("pay"), "pay");
        assert!(overlap(&stems("the tolls are dropped"), &stems("tolls are off")) > 0.4);
    }
}
