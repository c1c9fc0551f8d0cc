//! The words of reports as they are compared: case, accents, quotes, dashes and the two spellings of English folded, an
//! editor's brackets marked. A word is a number, so that comparing costs nothing.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use rapporteur_lexicon::words::{clause, function, lead};
use rapporteur_schema::{Text, TextUnits};
use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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
    /// Whether a sentence begins with it.
    pub(crate) begins_sentence: bool,
    /// Whether it stands between double quotation marks of its line: quotations that are no statement (a post shown
    /// whole, a slogan) are somebody's words as well. Where the marks of a line do not pair, none counts.
    pub(crate) marked: bool,
}

/// A quick hash for words and shingles, the same on every machine. What it is fed is not chosen by an enemy who gains
/// from a slow table: at worst a report takes longer to merge.
#[derive(Clone, Copy, Default)]
pub(crate) struct QuickHasher(u64);

impl Hasher for QuickHasher {
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
pub(crate) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<QuickHasher>>;

/// All words seen. Numbers are given in the order of reading, which must be fixed.
pub(crate) struct Lexicon<'t> {
    /// Porter's second stemmer for English.
    stemmer: Stemmer,
    written: QuickMap<&'t str, Word>,
    folded: HashMap<String, Word>,
    stems: HashMap<String, u32>,
    forms: Forms,
}

/// What is known of each word beside itself.
#[derive(Default)]
pub(crate) struct Forms(Vec<Form>);

/// A word without its endings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// The stem, by number: "agreed" and "agrees" share one.
    pub(crate) stem: u32,
    /// Whether it begins with a figure.
    pub(crate) number: bool,
    /// Whether a sentence that begins with it leans on the one before.
    pub(crate) open: bool,
    /// Whether it means a person who must have been named.
    pub(crate) person: bool,
    /// Whether it tells how something ended, or what is to come.
    pub(crate) outcome: bool,
    pub(crate) next: bool,
}

impl Forms {
    /// Of a word.
    pub(crate) fn of(&self, word: Word) -> Form {
        self.0.get((word.0 >> 1) as usize).copied().unwrap_or(Form { stem: u32::MAX, ..Form::default() })
    }
}

impl Default for Lexicon<'_> {
    fn default() -> Self {
        Lexicon {
            stemmer: Stemmer::create(Algorithm::English),
            written: QuickMap::default(),
            folded: HashMap::new(),
            stems: HashMap::new(),
            forms: Forms::default(),
        }
    }
}

/// Where reading stands between two words.
#[derive(Default)]
struct State {
    /// Brackets that are open.
    depth: usize,
    /// Whether something was left out since the last word.
    gap: bool,
    /// Before which words of this line a double quotation mark stands.
    marks: Vec<usize>,
}

impl<'t> Lexicon<'t> {
    /// The words of a text, whose places are given: `[T]here` is one word, `[Russian]` an inserted one.
    pub(crate) fn read(&mut self, text: &'t Text, units: &TextUnits) -> Vec<Token> {
        let split;
        let units = match units.is_empty() {
            // Findings of older versions do not carry them.
            true => {
                split = TextUnits::new(text, &[]);
                &split
            }
            false => units,
        };
        self.tokens(text.as_str(), units)
    }

    /// The same of words by themselves, of which a sentence ends with a full stop or question mark before a space.
    #[cfg(test)]
    pub(crate) fn read_str(&mut self, text: &'t str) -> Vec<Token> {
        let ends = text.match_indices(['.', '?']).filter(|(at, _)| text[at + 1..].starts_with(' '));
        let starts: Vec<u32> = ends.map(|(at, _)| text[..at].chars().count() as u32 + 2).collect();
        self.tokens(text, &TextUnits::new(&Text::new(text), &starts))
    }

    fn tokens(&mut self, string: &'t str, units: &TextUnits) -> Vec<Token> {
        let mut out: Vec<Token> = Vec::with_capacity(units.len());
        let mut state = State::default();
        let (mut byte, mut point) = (0, 0);
        for (n, at) in units.words().enumerate() {
            let skipped = point..at.start();
            let from = byte;
            byte = skip(string, byte, skipped);
            between(&string[from..byte], &mut state, &mut out);
            let start = byte;
            byte = skip(string, byte, at.start()..at.end());
            point = at.end();
            let written = &string[start..byte];
            let mut outside = false;
            for c in written.chars() {
                match c {
                    '[' => state.depth += 1,
                    ']' => state.depth = state.depth.saturating_sub(1),
                    '.' => {}
                    _ => outside |= state.depth == 0,
                }
            }
            out.push(Token {
                word: self.word(written),
                start: at.start(),
                end: at.end(),
                inserted: !outside,
                after_gap: std::mem::take(&mut state.gap),
                begins_sentence: units.begins_sentence(n),
                marked: false,
            });
        }
        between(&string[byte..], &mut state, &mut out);
        pair(&mut state.marks, &mut out);
        out
    }

    fn word(&mut self, written: &'t str) -> Word {
        if let Some(&word) = self.written.get(written) {
            return word;
        }
        let folded = fold(written);
        let fresh = u32::try_from(self.folded.len()).unwrap_or(u32::MAX >> 2) << 1;
        let content = u32::from(!function::STOP_WORD.has(&folded));
        let word = match self.folded.get(&folded) {
            Some(word) => *word,
            None => {
                let word = Word(fresh | content);
                let next = u32::try_from(self.stems.len()).unwrap_or(u32::MAX);
                let stem = self.stemmer.stem(&folded).into_owned();
                let number = folded.starts_with(|c: char| c.is_ascii_digit());
                self.forms.0.push(Form {
                    stem: *self.stems.entry(stem).or_insert(next),
                    number,
                    open: lead::OPEN_START.has(&folded),
                    person: clause::PERSON_PRONOUN.has(&folded),
                    outcome: lead::OUTCOME.has(&folded),
                    next: lead::NEXT_STEP.has(&folded),
                });
                self.folded.insert(folded, word);
                word
            }
        };
        self.written.insert(written, word);
        word
    }

    /// What is known of the words read.
    pub(crate) fn into_forms(self) -> Forms {
        self.forms
    }

    /// The same, and the stems by their letters.
    pub(crate) fn into_stems(self) -> (Forms, HashMap<String, u32>) {
        (self.forms, self.stems)
    }
}

/// The stem of a folded word, as [`Lexicon`] makes it.
pub(crate) fn stem(folded: &str) -> String {
    Stemmer::create(Algorithm::English).stem(folded).into_owned()
}

/// The byte that lies as many code points after this one.
fn skip(text: &str, byte: usize, points: Range<u32>) -> usize {
    let rest = &text[byte..];
    let ascii = points.len() <= rest.len() && rest.as_bytes()[..points.len()].is_ascii();
    match ascii {
        true => byte + points.len(),
        false => rest.char_indices().nth(points.len()).map_or(text.len(), |(n, _)| byte + n),
    }
}

/// Reads what stands between two words.
fn between(text: &str, state: &mut State, out: &mut [Token]) {
    for (at, c) in text.char_indices() {
        match c {
            '"' | '“' | '”' | '«' | '»' => state.marks.push(out.len()),
            '[' => state.depth += 1,
            ']' => state.depth = state.depth.saturating_sub(1),
            '…' => state.gap = true,
            '.' => state.gap |= text[at..].starts_with("...") || text[at..].starts_with(". . ."),
            '\n' => pair(&mut state.marks, out),
            _ => {}
        }
    }
}

/// Marks the words between the double marks of a line, where these pair.
fn pair(marks: &mut Vec<usize>, out: &mut [Token]) {
    if marks.len().is_multiple_of(2) {
        for pair in marks.chunks_exact(2) {
            out[pair[0]..pair[1]].iter_mut().for_each(|t| t.marked = true);
        }
    }
    marks.clear();
}

/// The folded words of a text that carry matter, in order.
pub(crate) fn content(text: &str) -> Vec<String> {
    let text = Text::new(text);
    let words = TextUnits::new(&text, &[]);
    let folded = words.words().filter_map(|at| text.slice(at)).map(fold);
    folded.filter(|word| !is_stop(word)).collect()
}

pub(crate) fn is_stop(folded: &str) -> bool {
    function::STOP_WORD.has(folded)
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

    fn read(text: &str) -> Vec<Token> {
        Lexicon::default().read_str(text)
    }

    #[test]
    fn telling_words_stand_where_the_letters_are() {
        assert_eq!(content("“Größe” of the seven days’ notice"), ["große", "7", "days", "notice"]);
    }

    #[test]
    fn brackets_are_an_editors() {
        let text = "[T]here’s [the] envoy—“twenty-four” … on";
        let shown: Vec<(String, bool, bool)> = read(text)
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
    fn brackets_and_gaps_run_over_lines() {
        let text = "Été. No deal…\nYet [so\nfar] no.\nYet [so\nfar] no.\nNo deal…\nUntil then\n";
        let tokens = read(text);
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
        let marked = |text| read(text).iter().map(|t| t.marked).collect::<Vec<_>>();
        assert_eq!(marked("He said “no” twice"), [false, false, true, false]);
        assert_eq!(marked("A 12\" pipe"), [false, false, false]);
        assert_eq!(marked("“Open\nline” here"), [false, false, false]);
    }

    #[test]
    fn what_is_read_alike_is_one_word() {
        let one = |text: &str| -> Vec<String> {
            let text = Text::new(text);
            TextUnits::new(&text, &[]).words().map(|w| fold(text.slice(w).unwrap())).collect()
        };
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
