//! Reads numbers in words below a hundred: "seven", "twenty-four", "twenty four". What comes after them (hundreds,
//! dozens, halves, ordinals) depends on what is counted, and each reader of quantities, points and dates has its own.

use rapporteur_lexicon::words::number;

/// "zero" to "nineteen".
pub(crate) fn unit(word: &str) -> Option<u32> {
    number::UNIT.number(word)
}

/// "twenty" to "ninety".
pub(crate) fn tens(word: &str) -> Option<u32> {
    number::TENS.number(word)
}

/// What stands behind tens: "one" to "nine".
fn behind_tens(word: &str) -> Option<u32> {
    unit(word).filter(|n| (1..10).contains(n))
}

/// A number below a hundred from word `t` on, and the first word after it; a hyphen may be a word.
pub(crate) fn below_hundred<'w>(word: impl Fn(usize) -> &'w str, t: usize) -> Option<(usize, u32)> {
    if let Some(n) = unit(word(t)) {
        return Some((t + 1, n));
    }
    let tens = tens(word(t))?;
    let next = t + 1 + usize::from(word(t + 1) == "-");
    match behind_tens(word(next)) {
        Some(n) => Some((next + 1, tens + n)),
        None => Some((t + 1, tens)),
    }
}

/// A number below a hundred that is one word: "seven", "twenty-four".
pub(crate) fn one_word(word: &str) -> Option<u32> {
    match word.split_once('-') {
        None => unit(word).or_else(|| tens(word)),
        Some((first, second)) => Some(tens(first)? + behind_tens(second)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_are_read() {
        let read = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            below_hundred(|i| words.get(i).copied().unwrap_or(""), 0)
        };
        for (text, end, n) in [
            ("zero", 1, 0),
            ("Seven pilots", 1, 7),
            ("twenty - four", 3, 24),
            ("twenty four", 2, 24),
            ("twenty ten", 1, 20),
            ("ninety - pilots", 1, 90),
        ] {
            assert_eq!(read(text), Some((end, n)), "{text}");
        }
        assert_eq!(read("hundred"), None);
    }

    #[test]
    fn a_hyphen_may_stand_in_the_word() {
        for (word, n) in [("seven", Some(7)), ("Twenty-eight", Some(28)), ("twenty-ten", None), ("seven-one", None)] {
            assert_eq!(one_word(word), n, "{word}");
        }
    }
}
