//! The words of reports as they are compared: case, accents, quotes, dashes and the two spellings of English folded, an
//! editor's brackets told apart. A word is a number, so that comparing costs nothing.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that carry no matter: the closed classes of English, sorted.
const STOP: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "before",
    "being", "but", "by", "can", "could", "d", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her",
    "here", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "l", "ll", "m", "may", "me",
    "more", "most", "must", "my", "no", "not", "now", "of", "on", "only", "or", "other", "our", "out", "over", "re",
    "s", "she", "should", "so", "some", "such", "t", "than", "that", "the", "their", "them", "then", "there", "these",
    "they", "this", "those", "to", "too", "up", "us", "ve", "very", "was", "we", "were", "what", "when", "where",
    "which", "who", "will", "with", "would", "you", "your",
];

/// A folded word; the same word has the same number within one [`Lexicon`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Word(u32);

impl Word {
    /// What stands for no word.
    pub(crate) const NONE: Word = Word(u32::MAX);

    /// Its number.
    pub(crate) fn number(self) -> u32 {
        self.0
    }

    /// Whether it carries matter.
    pub(crate) fn is_content(self) -> bool {
        self.0 & 1 == 1
    }
}

/// A word in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) word: Word,
    /// First byte, and the first after it.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Whether an editor put it in brackets.
    pub(crate) inserted: bool,
    /// Whether something was left out before it ("…").
    pub(crate) after_gap: bool,
    /// Whether a sentence may have ended before it.
    pub(crate) after_stop: bool,
}

/// All words seen. Numbers are given in the order of reading, which must be fixed.
#[derive(Default)]
pub(crate) struct Lexicon<'t> {
    written: HashMap<&'t str, Word>,
    folded: HashMap<String, Word>,
}

impl<'t> Lexicon<'t> {
    /// The words of a text: `[T]here` is one word, `[Russian]` an inserted one.
    pub(crate) fn read(&mut self, text: &'t str) -> Vec<Token> {
        let mut out = Vec::with_capacity(text.len() / 6);
        let bytes = text.as_bytes();
        let (mut at, mut depth, mut gap, mut stop) = (0, 0usize, false, false);
        while at < text.len() {
            let (c, next) = char_at(text, at);
            if !is_letter(c) {
                match c {
                    '[' => depth += 1,
                    ']' => depth = depth.saturating_sub(1),
                    '…' => gap = true,
                    '.' => {
                        gap |= text[at..].starts_with("...") || text[at..].starts_with(". . .");
                        stop = true;
                    }
                    '!' | '?' => stop = true,
                    _ => {}
                }
                at = next;
                continue;
            }
            let (start, mut outside) = (at, false);
            while at < text.len() {
                let (c, next) = char_at(text, at);
                match c {
                    c if is_letter(c) => outside |= depth == 0,
                    // A bracket within a word, and the points of "U.S.".
                    '[' if next < text.len() && is_letter(char_at(text, next).0) => depth += 1,
                    ']' if depth > 0 && next < text.len() && is_letter(char_at(text, next).0) => depth -= 1,
                    '.' if at - start == 1 && bytes[start].is_ascii_uppercase() && dotted(bytes, at) => {}
                    '.' if dotted(bytes, at) && bytes[at - 1].is_ascii_uppercase() && bytes[at - 2] == b'.' => {}
                    _ => break,
                }
                at = next;
            }
            let word = self.word(&text[start..at]);
            let (start, end) = (start as u32, at as u32);
            out.push(Token { word, start, end, inserted: !outside, after_gap: gap, after_stop: stop });
            (gap, stop) = (false, false);
        }
        out
    }

    fn word(&mut self, written: &'t str) -> Word {
        if let Some(&word) = self.written.get(written) {
            return word;
        }
        let folded = fold(written);
        let fresh = u32::try_from(self.folded.len()).unwrap_or(u32::MAX >> 2) << 1;
        let content = u32::from(STOP.binary_search(&folded.as_str()).is_err());
        let word = *self.folded.entry(folded).or_insert(Word(fresh | content));
        self.written.insert(written, word);
        word
    }
}

/// The folded words of a text that carry matter, in order.
pub(crate) fn content(text: &str) -> Vec<String> {
    let tokens = Lexicon::default().read(text);
    let telling = tokens.into_iter().filter(|t| t.word.is_content());
    telling.map(|t| fold(&text[t.start as usize..t.end as usize])).collect()
}

fn char_at(text: &str, at: usize) -> (char, usize) {
    let byte = text.as_bytes()[at];
    if byte < 0x80 {
        return (byte as char, at + 1);
    }
    let c = text[at..].chars().next().unwrap_or(' ');
    (c, at + c.len_utf8())
}

/// Whether a capital and a point follow the point at `at`: "U.S." goes on.
fn dotted(bytes: &[u8], at: usize) -> bool {
    at >= 1
        && bytes.get(at + 1).is_some_and(u8::is_ascii_uppercase)
        && !bytes.get(at + 2).is_some_and(u8::is_ascii_alphanumeric)
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
        || !c.is_ascii()
            && (is_combining_mark(c) || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
}

fn fold(written: &str) -> String {
    let plain: String = if written.is_ascii() {
        written.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    } else {
        let letters = written.nfkd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    spelled(&plain).into_owned()
}

/// One spelling for the two of English ("harbour", "organise", "defence", "cancelled"); other words may change as well,
/// but all alike.
fn spelled(word: &str) -> Cow<'_, str> {
    if word.len() < 5 || !word.is_ascii() {
        return Cow::Borrowed(NUMBERS.iter().find(|(name, _)| *name == word).map_or(word, |(_, figure)| *figure));
    }
    let mut out = word.replace("our", "or").replace("ll", "l");
    for (from, to) in [("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ises", "izes"), ("yse", "yze")] {
        if out.contains(from) {
            out = out.replace(from, to);
        }
    }
    for (from, to) in [("ise", "ize"), ("tre", "ter"), ("ence", "ense")] {
        if let Some(stem) = out.strip_suffix(from) {
            out = format!("{stem}{to}");
        }
    }
    let figure = NUMBERS.iter().find(|(name, _)| *name == word);
    Cow::Owned(figure.map_or(out, |(_, figure)| (*figure).to_owned()))
}

/// Numbers that one house spells out and another does not.
const NUMBERS: &[(&str, &str)] = &[
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("twenty", "20"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_an_editors() {
        let mut lexicon = Lexicon::default();
        let text = "[T]here’s [the] envoy—“twenty-four” … on";
        let shown: Vec<(&str, bool, bool)> = lexicon
            .read(text)
            .iter()
            .map(|t| (&text[t.start as usize..t.end as usize], t.inserted, t.after_gap))
            .collect();
        let want = [
            ("T]here", false, false),
            ("s", false, false),
            ("the", true, false),
            ("envoy", false, false),
            ("twenty", false, false),
            ("four", false, false),
            ("on", false, true),
        ];
        assert_eq!(shown, want);
    }

    #[test]
    fn what_is_read_alike_is_one_word() {
        let mut lexicon = Lexicon::default();
        let mut one = |text| lexicon.read(text).iter().map(|t| t.word).collect::<Vec<_>>();
        for (a, b) in [
            ("There", "[T]here"),
            ("harbour", "Harbor"),
            ("organise", "organize"),
            ("the U.S. plan", "the US plan"),
            ("cancelled", "canceled"),
            ("Été", "ete"),
            ("four", "4"),
            ("bitter\nend", "bitter end"),
        ] {
            assert_eq!(one(a), one(b), "{a} / {b}");
        }
        assert_ne!(one("toll"), one("tolls"));
        assert_eq!(one("He left. Then").len(), 3);
    }
}
