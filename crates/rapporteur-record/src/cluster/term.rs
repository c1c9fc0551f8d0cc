//! The telling words of a text as numbers that stay the same for years, for databases keep them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rapporteur_lexicon::table;

use crate::words::{fold, is_stop};

/// Words that news of every kind is full of, folded.
static EVERYDAY: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let lines = table::EVERYDAY.lines();
    lines.filter(|l| !l.starts_with('#')).map(fold).collect()
});

/// A word, folded and without the ending of the plural. Two words share a number about once in 100,000 words; a report
/// has a hundred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Term(pub(super) u32);

impl Term {
    /// FNV-1a in 64 bits, folded into 32: simple enough to be written again in any language that reads a database.
    fn of(word: &str) -> Self {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325, step);
        Term((hash ^ (hash >> 32)) as u32)
    }
}

/// The terms of at most `most` words of a text, in order. Words that tell nothing are counted but not given.
pub(super) fn terms(text: &str, most: usize) -> (Vec<Term>, usize) {
    let (mut terms, mut read) = (Vec::new(), 0);
    for written in words(text).take(most) {
        read += 1;
        let folded = fold(written);
        let stem = singular(&folded);
        if stem.len() > 1 && !is_stop(&folded) && !EVERYDAY.contains(&*folded) && !EVERYDAY.contains(stem) {
            terms.push(Term::of(stem));
        }
    }
    (terms, read)
}

/// Runs of letters and digits; "U.S." is one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let end = end + dotted(rest, end);
        let (word, after) = rest.split_at(end);
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}

/// How many bytes after the first letter belong to an abbreviation with points: ".S" of "U.S.".
fn dotted(text: &str, first: usize) -> usize {
    let bytes = text.as_bytes();
    if first != 1 || !bytes[0].is_ascii_uppercase() {
        return 0;
    }
    let pairs = bytes[1..].chunks_exact(2).take_while(|pair| pair[0] == b'.' && pair[1].is_ascii_uppercase()).count();
    // "J.Smith" is no abbreviation.
    let whole = bytes.get(1 + 2 * pairs).is_none_or(|b| !b.is_ascii_alphanumeric());
    if whole { 2 * pairs } else { 0 }
}

/// A word without the ending of the plural, roughly: all that counts is that both forms come out alike.
fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_numbers_of_a_word_are_one_term() {
        let one = |text| terms(text, 9).0;
        for (a, b) in [("Ferries", "ferries"), ("harbour", "Harbors"), ("U.S.", "US"), ("the pilots’", "pilot")] {
            assert_eq!(one(a), one(b), "{a} / {b}");
        }
        for (a, b) in [("crisis", "crisi"), ("glass", "glas"), ("pilot", "pilotage")] {
            assert_ne!(one(a), one(b), "{a} / {b}");
        }
    }

    #[test]
    fn everyday_words_tell_nothing() {
        let (terms, read) = terms("The minister told reporters last week that dredging was called off.", 99);
        assert_eq!((terms.len(), read), (1, 11));
        assert_eq!(terms, [Term::of("dredging")]);
    }

    #[test]
    fn numbers_of_terms_never_change() {
        // Databases keep them.
        assert_eq!(Term::of("dredging"), Term(3_912_119_913));
    }
}
