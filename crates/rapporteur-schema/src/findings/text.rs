//! The words and sentences of one report, found once and carried with it: what compares texts after that does not split
//! them anew.

use std::fmt;
use std::ops::Range;

#[cfg(feature = "json-schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Char, Span, Text, short};

/// One word: its place, and whether a sentence begins with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unit {
    start: u32,
    end: u32,
    first: bool,
}

/// The words of a report in order, and which of them begin a sentence.
///
/// A word is a run of letters and digits: hyphens and apostrophes part words ("twenty-four" is two, "don’t" is "don" and
/// "t"), an editor's brackets within a word and the points of "U.S." do not. Written as a short string: a letter for most
/// words, which tells how far a word stands from the one before and how long it is.
///
/// # Example
/// ```
/// use rapporteur_schema::{Text, TextUnits};
///
/// let text = Text::new("The U.S. [W]eir stays. Nobody’s here.");
/// let units = TextUnits::new(&text, &[0, 23]);
/// let words: Vec<&str> = units.words().filter_map(|w| text.slice(w)).collect();
/// assert_eq!(words, ["The", "U.S", "W]eir", "stays", "Nobody", "s", "here"]);
/// let sentences: Vec<&str> = units.sentences().filter_map(|s| text.slice(s)).collect();
/// assert_eq!(sentences, ["The U.S. [W]eir stays", "Nobody’s here"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextUnits(Vec<Unit>);

impl TextUnits {
    /// Splits a text of which it is known at which code points, in order, sentences begin.
    pub fn new(text: &Text, sentences: &[u32]) -> Self {
        let mut units = split(text.as_str());
        let mut starts = sentences.iter().copied().peekable();
        for (n, unit) in units.iter_mut().enumerate() {
            unit.first = n == 0;
            // A mark may stand before the first word.
            while starts.next_if(|s| *s <= unit.start).is_some() {
                unit.first = true;
            }
        }
        TextUnits(units)
    }

    /// Whether there are none: findings of older versions have none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The places of the words, in order.
    pub fn words(&self) -> impl Iterator<Item = Span<Char>> + '_ {
        self.0.iter().map(|u| Span::new(u.start, u.end))
    }

    /// Whether a sentence begins with this word, by its number among [`words`](TextUnits::words).
    pub fn begins_sentence(&self, word: usize) -> bool {
        self.0.get(word).is_some_and(|u| u.first)
    }

    /// The places of the sentences, in order: from their first word to the end of their last.
    pub fn sentences(&self) -> impl Iterator<Item = Span<Char>> + '_ {
        let span = |s: &[Unit]| Span::new(s.first().map_or(0, |u| u.start), s.last().map_or(0, |u| u.end));
        self.0.chunk_by(|_, next| !next.first).map(span)
    }
}

/// The words of a text.
fn split(text: &str) -> Vec<Unit> {
    let mut units = Vec::with_capacity(text.len() / 6);
    each_word(text, |_, at| units.push(Unit { start: at.start, end: at.end, first: false }));
    units
}

/// Hands over where each word of a text stands, in bytes and in code points: the one place that parts a text into words.
pub(crate) fn each_word(text: &str, mut put: impl FnMut(Range<usize>, Range<u32>)) {
    let bytes = text.as_bytes();
    let mut all = text.char_indices().zip(0..).peekable();
    let mut depth = 0usize;
    while let Some(((at, c), start)) = all.next() {
        if !is_letter(c) {
            match c {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            continue;
        }
        let (mut end, mut end_byte) = (start + 1, at + c.len_utf8());
        while let Some(&((next, c), n)) = all.peek() {
            let letter_after = || text[next + c.len_utf8()..].chars().next().is_some_and(is_letter);
            match c {
                c if is_letter(c) => {}
                // A bracket within a word, and the points of "U.S.".
                '[' if letter_after() => depth += 1,
                ']' if depth > 0 && letter_after() => depth -= 1,
                '.' if next - at == 1 && bytes[at].is_ascii_uppercase() && goes_on(bytes, next) => {}
                '.' if next - at > 2
                    && goes_on(bytes, next)
                    && bytes[next - 1].is_ascii_uppercase()
                    && bytes[next - 2] == b'.' => {}
                _ => break,
            }
            (end, end_byte) = (n + 1, next + c.len_utf8());
            all.next();
        }
        put(at..end_byte, start..end);
    }
}

/// Whether a capital and a point follow the point at `at`: "U.S." goes on.
fn goes_on(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1).is_some_and(u8::is_ascii_uppercase) && !bytes.get(at + 2).is_some_and(u8::is_ascii_alphanumeric)
}

/// Letters, digits, marks on letters, and what is not seen within words.
fn is_letter(c: char) -> bool {
    let unseen = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    c.is_alphanumeric() || !c.is_ascii() && (unseen || is_combining(c))
}

/// Marks that are written on the letter before them.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// The letters by which most words are written: those that stand near the word before and are not very long.
const LETTERS: &[u8; 60] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz01234567";
const MAX_GAP: u32 = 3;
const MAX_LENGTH: u32 = 15;

/// Written before a word that begins a sentence.
const SENTENCE: char = '.';

impl fmt::Display for TextUnits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        let mut last = 0;
        for unit in &self.0 {
            if unit.first {
                f.write_char(SENTENCE)?;
            }
            let (gap, length) = (unit.start - last, unit.end - unit.start);
            if gap <= MAX_GAP && (1..=MAX_LENGTH).contains(&length) {
                f.write_char(char::from(LETTERS[(gap * MAX_LENGTH + length - 1) as usize]))?;
            } else {
                write!(f, "({gap},{length})")?;
            }
            last = unit.end;
        }
        Ok(())
    }
}

/// Reads what was written; `None` where it was not written so.
fn parse(written: &str) -> Option<Vec<Unit>> {
    let (mut units, mut last, mut first) = (Vec::new(), 0u32, false);
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let (gap, length) = match c {
            SENTENCE => {
                first = true;
                continue;
            }
            '(' => {
                let (numbers, after) = rest.split_once(')')?;
                rest = after;
                let (gap, length) = numbers.split_once(',')?;
                (gap.parse().ok()?, length.parse().ok()?)
            }
            letter => {
                let at = LETTERS.iter().position(|&l| char::from(l) == letter)? as u32;
                (at / MAX_LENGTH, at % MAX_LENGTH + 1)
            }
        };
        let start = last.checked_add(gap)?;
        last = start.checked_add(length)?;
        units.push(Unit { start, end: last, first });
        first = false;
    }
    Some(units)
}

impl TextUnits {
    /// How many words there are, then how many each sentence has: all there is to say with the text at hand. `None` where
    /// these are not the words of that text.
    fn lengths(&self, text: &str) -> Option<Vec<u32>> {
        let words = split(text);
        let same =
            words.len() == self.0.len() && words.iter().zip(&self.0).all(|(a, b)| (a.start, a.end) == (b.start, b.end));
        let sentences = self.0.chunk_by(|_, next| !next.first).map(|s| s.len() as u32);
        // The first word of a text begins a sentence.
        (same && self.0.first().is_none_or(|u| u.first))
            .then(|| std::iter::once(words.len() as u32).chain(sentences).collect())
    }

    /// The units of a text that were written so.
    fn of_lengths(text: &str, lengths: &[u32]) -> Option<Self> {
        let mut units = split(text);
        let (&words, sentences) = lengths.split_first()?;
        if words as usize != units.len() {
            return None;
        }
        let mut at = 0usize;
        for &length in sentences {
            units.get_mut(at)?.first = true;
            at = at.checked_add(length as usize)?;
        }
        (at == units.len()).then_some(TextUnits(units))
    }
}

impl Serialize for TextUnits {
    /// As a short string; with its text at hand, the lengths of its sentences in words, for the words follow from the text.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match short::at_hand(|text| self.lengths(text.as_str())).flatten() {
            Some(lengths) => lengths.serialize(serializer),
            None => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for TextUnits {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            AtLength(String),
            Short(Vec<u32>),
        }
        let units = match Written::deserialize(deserializer)? {
            Written::AtLength(written) => parse(&written).map(TextUnits),
            Written::Short(lengths) => short::at_hand(|text| TextUnits::of_lengths(text.as_str(), &lengths)).flatten(),
        };
        units.ok_or_else(|| serde::de::Error::custom("words of a text are not written so"))
    }
}

#[cfg(feature = "json-schema")]
impl JsonSchema for TextUnits {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TextUnits".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_word_takes_little_more_than_a_letter() {
        let text = Text::new("The weir stays open, they say. Nobody asked; the incomprehensibilities went on.");
        let units = TextUnits::new(&text, &[31]);
        assert_eq!(units.len(), 12);
        assert!(units.to_string().len() < 30, "{units}");
        assert_eq!(units.sentences().count(), 2);
        assert!(units.begins_sentence(6) && !units.begins_sentence(7));
    }

    #[test]
    fn what_is_not_so_written_is_refused() {
        for wrong in ["(", "(1)", "(1,x)", "(4294967295,2)", "é"] {
            assert!(serde_json::from_value::<TextUnits>(wrong.into()).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(s in "(\\PC|[a-z \n“”’.\\[\\]é]){0,200}") {
            let text = Text::new(s.as_str());
            let units = TextUnits::new(&text, &[3, 9, 40]);
            let json = serde_json::to_string(&units).unwrap();
            prop_assert_eq!(serde_json::from_str::<TextUnits>(&json).unwrap(), units.clone());
            crate::with_text_at_hand(&crate::ReportId::new("r"), &text, || {
                let short = serde_json::to_string(&units).unwrap();
                assert!(short.starts_with('['), "{short}");
                assert_eq!(serde_json::from_str::<TextUnits>(&short).unwrap(), units);
            });
        }
    }
}
