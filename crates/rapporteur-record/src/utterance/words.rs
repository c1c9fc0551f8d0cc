//! The words of a statement as they are compared: case, accents, quotes and dashes folded, an editor's brackets told
//! apart.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that carry no matter: the closed classes of English, sorted.
const STOP: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "before",
    "being", "but", "by", "can", "could", "d", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her",
    "here", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "ll", "m", "may", "me", "more",
    "most", "must", "my", "no", "not", "now", "of", "on", "only", "or", "other", "our", "out", "over", "re", "s",
    "she", "should", "so", "some", "such", "t", "than", "that", "the", "their", "them", "then", "there", "these",
    "they", "this", "those", "to", "too", "up", "us", "ve", "very", "was", "we", "were", "what", "when", "where",
    "which", "who", "will", "with", "would", "you", "your",
];

/// One word of a statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Word {
    /// Folded.
    pub(crate) folded: String,
    /// Whether an editor put it in brackets.
    pub(crate) inserted: bool,
}

impl Word {
    /// Whether it carries matter.
    pub(crate) fn is_content(&self) -> bool {
        STOP.binary_search(&self.folded.as_str()).is_err()
    }
}

/// The words of a text: `[T]here` is one word, `[Russian]` an inserted one.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut word = String::new();
    let mut outside = false; // whether some letter of the word stands outside brackets
    let mut depth = 0usize;
    let mut finish = |word: &mut String, outside: &mut bool| {
        if !word.is_empty() {
            out.push(Word { folded: std::mem::take(word), inserted: !*outside });
        }
        *outside = false;
    };
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            c if c.is_alphanumeric() => {
                word.extend(c.to_lowercase());
                outside |= depth == 0;
            }
            _ => finish(&mut word, &mut outside),
        }
    }
    finish(&mut word, &mut outside);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_an_editors() {
        let shown: Vec<(String, bool)> =
            words("[T]here’s [the] envoy—“twenty-four”").into_iter().map(|w| (w.folded, w.inserted)).collect();
        let want =
            [("there", false), ("s", false), ("the", true), ("envoy", false), ("twenty", false), ("four", false)];
        assert_eq!(shown, want.map(|(w, i)| (w.to_owned(), i)));
    }
}
