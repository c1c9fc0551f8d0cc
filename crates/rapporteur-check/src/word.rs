//! The words of a text as they are compared: case, accents, marks, the two spellings of English and numbers in words or
//! figures folded, contractions parted, an editor's brackets marked.
//!
//! The places of the words come with the findings of each text; here they are only folded. Stricter than what reports are joined by: two texts that fold alike have the same words, so that a quotation which
//! folds like its source is exact.

use rapporteur_lexicon::words::checking::{CLOSED, MODAL, NEGATION, NUMBER};
use rapporteur_lexicon::words::{function, number};
use rapporteur_schema::{Char, Span, Text, TextUnits};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Folded.
    pub(crate) folded: String,
    /// First code point, and the first after it. The parts of a contraction share a place.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Whether an editor put it in brackets.
    pub(crate) inserted: bool,
    /// Whether something was left out before it ("…", "[...]").
    pub(crate) after_gap: bool,
    /// Whether it is written with a capital.
    pub(crate) capital: bool,
    /// Whether a sentence may have ended, a comma, colon or dash stood before it.
    pub(crate) after_stop: bool,
    /// Whether a sentence begins with it.
    pub(crate) begins_sentence: bool,
}

/// The words of a text, from the places of its words: one that is written with apostrophes, points or commas is put
/// together of several of these, and each is folded.
pub(crate) fn words(text: &Text, units: &TextUnits) -> Vec<Word> {
    let given: Vec<Span<Char>> = units.words().collect();
    let begins = |n: usize| units.begins_sentence(n);
    let mut out: Vec<Word> = Vec::with_capacity(given.len());
    let mut state = State::default();
    let (mut at, mut before) = (0, 0);
    while let Some(first) = given.get(at) {
        between(text, before, first.start(), &mut state, &mut out);
        // Where a bracket stands within it, a part of the word was written by the editor: "[T]he".
        let mut letters = String::new();
        let mut outside = written(text, *first, &mut state.depth, &mut letters);
        let (start, mut end, mut begins_sentence) = (first.start(), first.end(), begins(at));
        // "$40": the sentence begins with the sign.
        if let Some(sign) = out.last_mut().filter(|w| begins_sentence && w.start >= before && w.end == start) {
            (sign.begins_sentence, begins_sentence) = (true, false);
        }
        at += 1;
        while let Some(next) = given.get(at)
            && let Some(joint) = joint(text, end, next, &letters)
        {
            letters.push_str(joint);
            outside |= written(text, *next, &mut state.depth, &mut letters);
            (end, at) = (next.end(), at + 1);
        }
        let capital = letters.chars().next().is_some_and(char::is_uppercase);
        for (n, folded) in parted(&fold(&letters)).into_iter().filter(|p| !p.is_empty()).enumerate() {
            out.push(Word {
                folded,
                start,
                end,
                inserted: !outside,
                after_gap: state.gap && n == 0,
                capital,
                after_stop: state.stop && n == 0,
                begins_sentence: begins_sentence && n == 0,
            });
        }
        (state.gap, state.stop) = (false, false);
        before = end;
    }
    between(text, before, text.chars(), &mut state, &mut out);
    compounds(text, &mut out);
    out
}

/// The words of a name or phrase that is no text by itself.
pub(crate) fn words_of(phrase: &str) -> Vec<Word> {
    let text = Text::new(phrase);
    words(&text, &TextUnits::new(&text, &[]))
}

/// What stands between two words, as far as it matters for the next.
#[derive(Default)]
struct State {
    /// Brackets that are open.
    depth: usize,
    gap: bool,
    stop: bool,
}

/// Reads what stands between two words: brackets, omissions, stops, and signs that stand for words.
fn between(text: &Text, from: u32, to: u32, state: &mut State, out: &mut Vec<Word>) {
    let Some(signs) = (from < to).then(|| text.slice(Span::new(from, to))).flatten() else { return };
    for (place, (n, c)) in signs.char_indices().enumerate() {
        let name = match c {
            '%' => Some("percent"),
            '$' => Some("dollar"),
            '€' => Some("euro"),
            '£' => Some("pound"),
            '¥' => Some("yen"),
            _ => None,
        };
        if let Some(name) = name {
            let start = from + place as u32;
            out.push(Word {
                folded: name.to_owned(),
                start,
                end: start + 1,
                inserted: state.depth > 0,
                after_gap: state.gap,
                capital: false,
                after_stop: state.stop,
                begins_sentence: false,
            });
        }
        match c {
            '[' => state.depth += 1,
            ']' => state.depth = state.depth.saturating_sub(1),
            '…' => state.gap = true,
            '.' if signs[n..].starts_with("...") || signs[n..].starts_with(". . .") => state.gap = true,
            _ => {}
        }
        if matches!(c, '.' | '!' | '?' | ';' | ':' | ',' | '—' | '–' | '(' | ')' | '\n') {
            state.stop = true;
        }
    }
}

/// Appends the letters of a word as written; whether any stands outside of brackets.
fn written(text: &Text, at: Span<Char>, depth: &mut usize, letters: &mut String) -> bool {
    let mut outside = false;
    for c in text.slice(at).unwrap_or_default().chars() {
        match c {
            '[' => *depth += 1,
            ']' => *depth = depth.saturating_sub(1),
            c if is_letter(c) => {
                outside |= *depth == 0;
                letters.push(c);
            }
            _ => {}
        }
    }
    outside
}

/// What joins the next word to the letters before it, where they are one word: an apostrophe, the point or colon of a
/// number, nothing for the comma of thousands and the points of "p.m.".
fn joint(text: &Text, end: u32, next: &Span<Char>, letters: &str) -> Option<&'static str> {
    let signs: String = text.slice(Span::new(end, next.start()))?.chars().filter(|c| !is_invisible(*c)).collect();
    let word = text.slice(*next)?;
    let (last, first) = (letters.chars().last()?, word.chars().next()?);
    let digits = last.is_ascii_digit() && first.is_ascii_digit();
    match signs.as_str() {
        "'" | "’" | "ʼ" if first.is_alphabetic() => Some("'"),
        "." if digits => Some("."),
        ":" if digits => Some(":"),
        "," if digits && word.chars().take_while(char::is_ascii_digit).count() == 3 => Some(","),
        "." if letters.chars().count() < 3 && last.is_alphabetic() && first.is_alphabetic() => {
            (letters.chars().count() == 1 && word.chars().count() == 1).then_some("")
        }
        _ => None,
    }
}

/// "twenty" "four" with a hyphen between is "24".
fn compounds(text: &Text, words: &mut Vec<Word>) {
    let mut at = 0;
    while at + 1 < words.len() {
        let (a, b) = (&words[at], &words[at + 1]);
        let sign = (a.end + 1 == b.start).then(|| text.slice(Span::new(a.end, b.start))).flatten();
        let hyphen = matches!(sign, Some("-" | "‑" | "–"));
        let sum = match (a.folded.parse::<u32>(), b.folded.parse::<u32>()) {
            (Ok(x), Ok(y)) if hyphen && (20..100).contains(&x) && x % 10 == 0 && (1..10).contains(&y) => {
                // "20-4" in figures is no number of two words.
                let first = text.slice(Span::new(a.start, a.start + 1)).and_then(|s| s.chars().next());
                first.is_some_and(char::is_alphabetic).then_some(x + y)
            }
            _ => None,
        };
        if let Some(sum) = sum {
            words[at].end = words[at + 1].end;
            words[at].folded = sum.to_string();
            // Taken out below, all at once; what is empty joins nothing.
            words[at + 1].folded.clear();
            at += 1;
        }
        at += 1;
    }
    words.retain(|w| !w.folded.is_empty());
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && is_combining_mark(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// A word in one spelling.
fn fold(written: &str) -> String {
    let plain: String = if written.is_ascii() {
        written.to_ascii_lowercase()
    } else {
        let letters = written.nfkd().filter(|c| !is_combining_mark(*c));
        letters.flat_map(char::to_lowercase).collect()
    };
    if plain.bytes().any(|b| b.is_ascii_digit()) {
        return plain.replace(',', "");
    }
    number_word(&plain).map_or_else(|| spelled(&plain), |n| n.to_string())
}

/// The number that a word from "two" on names.
fn number_word(word: &str) -> Option<u32> {
    let value = number::UNIT.value(word).or(number::TENS.value(word))?;
    value.parse().ok().filter(|&n| n >= 2)
}

/// British and American spelling in one. Pairs of words that differ in nothing else ("prise", "prize") are rare enough.
fn spelled(word: &str) -> String {
    if word.len() < 5 || !word.is_ascii() {
        return word.to_owned();
    }
    let mut out = word.to_owned();
    // not words: endings in two spellings
    for (from, to) in
        [("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ises", "izes"), ("yse", "yze"), ("our", "or")]
    {
        if out.contains(from) {
            out = out.replace(from, to);
        }
    }
    if word.len() >= 8 {
        for (from, to) in [("lled", "led"), ("lling", "ling"), ("ller", "ler")] {
            out = out.replace(from, to);
        }
    }
    for (from, to) in [("ise", "ize"), ("tre", "ter"), ("ence", "ense")] {
        if let Some(stem) = out.strip_suffix(from) {
            out = format!("{stem}{to}");
        }
    }
    out
}

/// A contraction as it is spoken.
fn parted(word: &str) -> Vec<String> {
    let two = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
    match word {
        "can't" | "cannot" => return two("can", "not"),
        "won't" => return two("will", "not"),
        "shan't" => return two("shall", "not"),
        _ => {}
    }
    if let Some(stem) = word.strip_suffix("'s") {
        return two(stem, function::BEFORE_S.value(stem).unwrap_or("'s"));
    }
    // not words: endings of contractions
    for (ending, whole) in
        [("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am"), ("'d", "would")]
    {
        if let Some(stem) = word.strip_suffix(ending).filter(|s| !s.is_empty()) {
            return two(stem, whole);
        }
    }
    vec![word.replace('\'', "")]
}

/// Whether a word is of the closed classes, which do not distinguish sentences.
pub(crate) fn is_small(folded: &str) -> bool {
    CLOSED.has(folded)
}

/// The words of a name or title, folded, without the smallest.
pub(crate) fn telling(name: &str) -> Vec<String> {
    words_of(name).into_iter().map(|w| w.folded).filter(|w| !is_small(w)).collect()
}

/// Whether a word denies.
pub(crate) fn is_negation(folded: &str) -> bool {
    NEGATION.has(folded)
}

/// Whether a word tells how sure or how binding something is.
pub(crate) fn is_modal(folded: &str) -> bool {
    MODAL.has(folded)
}

/// Whether a word is a number or names one.
pub(crate) fn is_number(folded: &str) -> bool {
    folded.bytes().any(|b| b.is_ascii_digit()) || NUMBER.has(folded)
}

/// What is left of a word without its commonest endings: enough to tell that two are forms of one.
pub(crate) fn stem(folded: &str) -> &str {
    let n = folded.len();
    let cut = |s: &'_ str, keep: usize| s.len() >= keep;
    const ENDINGS: &[&str] = &[
        // not words: endings, the longest first
        "ingly", "edly", "ings", "ments", "ment", "ing", "ied", "ies", "ers", "ed", "es", "er", "ly", "s", "e",
    ];
    for ending in ENDINGS {
        if let Some(stem) = folded.strip_suffix(ending)
            && n > 4
            && cut(stem, 3)
        {
            return stem;
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words_of(text).into_iter().map(|w| w.folded).collect()
    }

    #[test]
    fn what_is_said_alike_folds_alike() {
        for (a, b) in [
            ("It’s the harbour", "it is the Harbor"),
            ("twenty-four ships", "24 ships"),
            ("1,200 of them, at 4.5%", "1200 of them – at 4.5 percent"),
            ("[T]he U.S. can't", "the US cannot"),
            ("wo\u{2060}rd", "word"),
            ("sailors’ pay", "sailors' pay"),
            ("$40", "$ 40"),
        ] {
            assert_eq!(folded(a), folded(b), "{a} / {b}");
        }
        for (a, b) in [("toll", "tolls"), ("filled", "filed"), ("can", "can't"), ("2", "20"), ("1, 2", "12")] {
            assert_ne!(folded(a), folded(b), "{a} / {b}");
        }
    }

    #[test]
    fn gaps_and_insertions_are_marked() {
        let all = words_of("we … agree [with them] … now");
        let found: Vec<(&str, bool, bool)> = all.iter().map(|w| (w.folded.as_str(), w.inserted, w.after_gap)).collect();
        let want = [
            ("we", false, false),
            ("agree", false, true),
            ("with", true, false),
            ("them", true, false),
            ("now", false, true),
        ];
        assert_eq!(found, want);
    }

    #[test]
    fn places_are_code_points() {
        let all = words_of("É “no”");
        assert_eq!((all[1].start, all[1].end), (3, 5));
    }
}
