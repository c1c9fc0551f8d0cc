//! The words of reports as they are compared: case, accents, quotes, dashes and the two spellings of English folded, an
//! editor's brackets told apart. A word is a number, so that comparing costs nothing.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

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
    /// First code point, and the first after it.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Whether an editor put it in brackets.
    pub(crate) inserted: bool,
    /// Whether something was left out before it ("…").
    pub(crate) after_gap: bool,
    /// Whether a sentence may have ended before it.
    pub(crate) after_stop: bool,
    /// Whether it stands between double quotation marks of its line: quotations that are no statement (a post shown
    /// whole, a slogan) are somebody's words as well. Where the marks of a line do not pair, none counts.
    pub(crate) marked: bool,
}

/// A quick hash for words and shingles, the same on every machine. What it is fed is not chosen by an enemy who gains
/// from a slow table: at worst a report takes longer to merge.
#[derive(Clone, Copy, Default)]
pub(crate) struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for eight in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..eight.len()].copy_from_slice(eight);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, n: u8) {
        self.write_u64(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        let mixed = (self.0 ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 29);
    }

    fn write_usize(&mut self, n: usize) {
        self.write_u64(n as u64);
    }
}

/// A map with that hash.
pub(crate) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// All words seen. Numbers are given in the order of reading, which must be fixed.
#[derive(Default)]
pub(crate) struct Lexicon<'t> {
    written: QuickMap<&'t str, Word>,
    folded: HashMap<String, Word>,
    lines: QuickMap<&'t str, Line>,
    /// The words of the lines read, their places counted from the beginning of the line.
    read_before: Vec<Token>,
}

/// A line that was read.
#[derive(Clone)]
struct Line {
    tokens: Range<usize>,
    end: State,
}

/// Where reading stands: code points read, open brackets, and what the next word comes after.
#[derive(Clone, Copy, Default)]
struct State {
    chars: u32,
    depth: usize,
    gap: bool,
    stop: bool,
}

impl<'t> Lexicon<'t> {
    /// The words of a text: `[T]here` is one word, `[Russian]` an inserted one.
    ///
    /// A line that was read before is not read again: reports of one story have many lines in common.
    pub(crate) fn read(&mut self, text: &'t str) -> Vec<Token> {
        let mut out = Vec::with_capacity(text.len() / 6);
        let mut state = State::default();
        for line in text.split_inclusive('\n') {
            let (before, known) = (state, self.lines.get(line).filter(|_| state.depth == 0).cloned());
            let known = known.unwrap_or_else(|| {
                let first = self.read_before.len();
                let start = State { chars: 0, depth: before.depth, ..State::default() };
                let end = self.read_line(line, start);
                let known = Line { tokens: first..self.read_before.len(), end };
                if before.depth == 0 {
                    self.lines.insert(line, known.clone());
                }
                known
            });
            let first = out.len();
            let shifted = |t: &Token| Token { start: t.start + before.chars, end: t.end + before.chars, ..*t };
            out.extend(self.read_before[known.tokens].iter().map(shifted));
            state = State { chars: before.chars + known.end.chars, ..known.end };
            match out.get_mut(first) {
                Some(token) => {
                    token.after_gap |= before.gap;
                    token.after_stop |= before.stop;
                }
                None => (state.gap, state.stop) = (state.gap | before.gap, state.stop | before.stop),
            }
        }
        out
    }

    /// Reads a line onto `read_before`.
    fn read_line(&mut self, text: &'t str, mut state: State) -> State {
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut marks: Vec<usize> = Vec::new();
        while at < text.len() {
            let (c, next) = char_at(text, at);
            if !is_letter(c) {
                match c {
                    '"' | '“' | '”' | '«' | '»' => marks.push(self.read_before.len()),
                    '[' => state.depth += 1,
                    ']' => state.depth = state.depth.saturating_sub(1),
                    '…' => state.gap = true,
                    '.' => {
                        state.gap |= text[at..].starts_with("...") || text[at..].starts_with(". . .");
                        state.stop = true;
                    }
                    '!' | '?' => state.stop = true,
                    _ => {}
                }
                (at, state.chars) = (next, state.chars + 1);
                continue;
            }
            let (start, first, mut outside) = (at, state.chars, false);
            while at < text.len() {
                let (c, next) = char_at(text, at);
                match c {
                    c if is_letter(c) => outside |= state.depth == 0,
                    // A bracket within a word, and the points of "U.S.".
                    '[' if next < text.len() && is_letter(char_at(text, next).0) => state.depth += 1,
                    ']' if state.depth > 0 && next < text.len() && is_letter(char_at(text, next).0) => state.depth -= 1,
                    '.' if at - start == 1 && bytes[start].is_ascii_uppercase() && dotted(bytes, at) => {}
                    '.' if dotted(bytes, at) && bytes[at - 1].is_ascii_uppercase() && bytes[at - 2] == b'.' => {}
                    _ => break,
                }
                (at, state.chars) = (next, state.chars + 1);
            }
            let word = self.word(&text[start..at]);
            self.read_before.push(Token {
                word,
                start: first,
                end: state.chars,
                inserted: !outside,
                after_gap: state.gap,
                after_stop: state.stop,
                marked: false,
            });
            (state.gap, state.stop) = (false, false);
        }
        if marks.len().is_multiple_of(2) {
            for pair in marks.chunks_exact(2) {
                self.read_before[pair[0]..pair[1]].iter_mut().for_each(|t| t.marked = true);
            }
        }
        state
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
    let telling: Vec<Token> = tokens.into_iter().filter(|t| t.word.is_content()).collect();
    // Offsets are code points.
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |point: u32| bytes.get(point as usize).copied().unwrap_or(text.len());
    telling.iter().map(|t| fold(&text[byte(t.start)..byte(t.end)])).collect()
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

pub(crate) fn is_stop(folded: &str) -> bool {
    STOP.binary_search(&folded).is_ok()
}

pub(crate) fn fold(written: &str) -> String {
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
    fn telling_words_stand_where_the_letters_are() {
        assert_eq!(content("“Größe” of the seven days’ notice"), ["große", "7", "days", "notice"]);
    }

    #[test]
    fn brackets_are_an_editors() {
        let mut lexicon = Lexicon::default();
        let text = "[T]here’s [the] envoy—“twenty-four” … on";
        let shown: Vec<(String, bool, bool)> = lexicon
            .read(text)
            .iter()
            .map(|t| (text.chars().skip(t.start as usize).take((t.end - t.start) as usize).collect(), t))
            .map(|(word, t)| (word, t.inserted, t.after_gap))
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
        assert_eq!(shown, want.map(|(word, inserted, gap)| (word.to_owned(), inserted, gap)));
    }

    #[test]
    fn a_line_read_again_has_places_of_its_own() {
        let mut lexicon = Lexicon::default();
        let text = "Été. No deal…\nYet [so\nfar] no.\nYet [so\nfar] no.\nNo deal…\nUntil then\n";
        let tokens = lexicon.read(text);
        let shown =
            |t: &Token| text.chars().skip(t.start as usize).take((t.end - t.start) as usize).collect::<String>();
        let words: Vec<String> = tokens.iter().map(shown).collect();
        assert_eq!(words[..3], ["Été", "No", "deal"]);
        assert_eq!(words[3..11], ["Yet", "so", "far", "no", "Yet", "so", "far", "no"]);
        assert_eq!(words[11..], ["No", "deal", "Until", "then"]);
        let inserted: Vec<bool> = tokens[3..11].iter().map(|t| t.inserted).collect();
        assert_eq!(inserted, [false, true, true, false, false, true, true, false]);
        assert!(tokens[3].after_gap && tokens[13].after_gap && !tokens[12].after_gap);
    }

    #[test]
    fn what_stands_between_marks_is_told() {
        let mut lexicon = Lexicon::default();
        let mut marked = |text| lexicon.read(text).iter().map(|t| t.marked).collect::<Vec<_>>();
        assert_eq!(marked("He said “no” twice"), [false, false, true, false]);
        assert_eq!(marked("A 12\" pipe"), [false, false, false]);
        assert_eq!(marked("“Open\nline” here"), [false, false, false]);
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
