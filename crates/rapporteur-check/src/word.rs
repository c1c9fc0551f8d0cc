//! The words of a text as they are compared: case, accents, marks, the two spellings of English and numbers in words or
//! figures folded, contractions parted, an editor's brackets told apart.
//!
//! Stricter than what reports are joined by: two texts that fold alike have the same words, so that a quotation which
//! folds like its source is exact.

use rapporteur_lexicon::words::checking::{CLOSED, MODAL, NEGATION, NUMBER, NUMBER_FROM_TWO, WITH_IS};
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
}

/// The words of a text.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<Word> = Vec::new();
    let (mut at, mut depth) = (0, 0usize);
    let (mut gap, mut stop) = (false, false);
    while at < chars.len() {
        let c = chars[at];
        if !begins(&chars, at) {
            match c {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                '…' => gap = true,
                '.' if is_ellipsis(&chars, at) => gap = true,
                '%' => push(
                    &mut out,
                    vec!["percent".into()],
                    at,
                    at + 1,
                    State { inserted: depth > 0, gap, stop, capital: false },
                ),
                '$' | '€' | '£' | '¥' => {
                    let name = match c {
                        '$' => "dollar",
                        '€' => "euro",
                        '£' => "pound",
                        _ => "yen",
                    };
                    push(
                        &mut out,
                        vec![name.into()],
                        at,
                        at + 1,
                        State { inserted: depth > 0, gap, stop, capital: false },
                    );
                }
                _ => {}
            }
            if matches!(c, '.' | '!' | '?' | ';' | ':' | ',' | '—' | '–' | '(' | ')' | '\n') {
                stop = true;
            }
            at += 1;
            continue;
        }
        let (start, mut outside) = (at, false);
        let mut letters = String::new();
        while at < chars.len() {
            let c = chars[at];
            let next = chars.get(at + 1).copied();
            let before = letters.chars().last();
            match c {
                c if is_letter(c) => {
                    outside |= depth == 0;
                    letters.push(c);
                }
                c if is_invisible(c) => {}
                '\'' | '’' | 'ʼ' if next.is_some_and(char::is_alphabetic) => letters.push('\''),
                // "1,200", "4.5", "11:40".
                ',' | '.' | ':' if digit(before) && digit(next) => {
                    if c != ',' || three_digits(&chars, at + 1) {
                        letters.push(c);
                    } else {
                        break;
                    }
                }
                '.' if dotted(&chars, start, at) => {}
                '[' if next.is_some_and(is_letter) && !letters.is_empty() => depth += 1,
                ']' if depth > 0 && next.is_some_and(is_letter) => depth -= 1,
                _ => break,
            }
            at += 1;
        }
        let capital = letters.chars().next().is_some_and(char::is_uppercase);
        let folded = parted(&fold(&letters));
        push(&mut out, folded, start, at, State { inserted: !outside, gap, stop, capital });
        (gap, stop) = (false, false);
    }
    compounds(&chars, &mut out);
    out
}

struct State {
    inserted: bool,
    gap: bool,
    stop: bool,
    capital: bool,
}

fn push(out: &mut Vec<Word>, parts: Vec<String>, start: usize, end: usize, state: State) {
    for (n, folded) in parts.into_iter().filter(|p| !p.is_empty()).enumerate() {
        out.push(Word {
            folded,
            start: start as u32,
            end: end as u32,
            inserted: state.inserted,
            after_gap: state.gap && n == 0,
            capital: state.capital,
            after_stop: state.stop && n == 0,
        });
    }
}

/// "twenty" "four" with a hyphen between is "24".
fn compounds(chars: &[char], words: &mut Vec<Word>) {
    let mut at = 0;
    while at + 1 < words.len() {
        let (a, b) = (&words[at], &words[at + 1]);
        let hyphen = a.end + 1 == b.start && matches!(chars.get(a.end as usize), Some('-' | '‑' | '–'));
        let sum = match (a.folded.parse::<u32>(), b.folded.parse::<u32>()) {
            (Ok(x), Ok(y)) if hyphen && (20..100).contains(&x) && x % 10 == 0 && (1..10).contains(&y) => {
                // "20-4" in figures is no number of two words.
                chars.get(a.start as usize).is_some_and(|c| c.is_alphabetic()).then_some(x + y)
            }
            _ => None,
        };
        if let Some(sum) = sum {
            words[at].end = words[at + 1].end;
            words[at].folded = sum.to_string();
            words.remove(at + 1);
        }
        at += 1;
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && is_combining_mark(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

fn begins(chars: &[char], at: usize) -> bool {
    is_letter(chars[at])
}

fn digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

fn three_digits(chars: &[char], from: usize) -> bool {
    let run = chars[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    run == 3
}

/// "...", ". . .".
fn is_ellipsis(chars: &[char], at: usize) -> bool {
    let is = |pattern: &str| pattern.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c));
    is("...") || is(". . .")
}

/// The points of "U.S." and "p.m.": after a single letter, before a letter or the end of such a word.
fn dotted(chars: &[char], start: usize, at: usize) -> bool {
    let single = |i: usize| i >= start && chars[i].is_alphabetic() && (i == start || chars[i - 1] == '.');
    let next = chars.get(at + 1).is_some_and(|c| c.is_alphabetic());
    let one = !chars.get(at + 2).is_some_and(|c| c.is_alphanumeric());
    at > start && single(at - 1) && next && one
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
    NUMBER_FROM_TWO.value(word)?.parse().ok()
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
        return if WITH_IS.has(stem) { two(stem, "is") } else { two(stem, "'s") };
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

/// Whether a word is of the closed classes, by which sentences are not told apart.
pub(crate) fn is_small(folded: &str) -> bool {
    CLOSED.has(folded)
}

/// The words of a name or title, folded, without the smallest.
pub(crate) fn telling(name: &str) -> Vec<String> {
    words(name).into_iter().map(|w| w.folded).filter(|w| !is_small(w)).collect()
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
    // not words: endings, the longest first
    for ending in
        ["ingly", "edly", "ings", "ments", "ment", "ing", "ied", "ies", "ers", "ed", "es", "er", "ly", "s", "e"]
    {
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
        words(text).into_iter().map(|w| w.folded).collect()
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
    fn gaps_and_insertions_are_told() {
        let all = words("we … agree [with them] … now");
        let told: Vec<(&str, bool, bool)> = all.iter().map(|w| (w.folded.as_str(), w.inserted, w.after_gap)).collect();
        let want = [
            ("we", false, false),
            ("agree", false, true),
            ("with", true, false),
            ("them", true, false),
            ("now", false, true),
        ];
        assert_eq!(told, want);
    }

    #[test]
    fn places_are_code_points() {
        let all = words("É “no”");
        assert_eq!((all[1].start, all[1].end), (3, 5));
    }
}
