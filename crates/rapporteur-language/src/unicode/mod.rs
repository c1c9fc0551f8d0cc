//! What kind of character is this, as the reference Python sees it: space, letter, digit, capital.
//!
//! Rust's own answers differ in places (its letters include marks) and move with its Unicode version; the model was
//! trained on Python's, so those ranges are kept here.

mod tables;

fn within(ranges: &[(u32, u32)], c: char) -> bool {
    let c = c as u32;
    let after = ranges.partition_point(|&(first, _)| first <= c);
    after > 0 && c <= ranges[after - 1].1
}

/// Python's `str.isspace` for one character: Unicode white space and U+001C to U+001F.
pub(crate) fn is_space(c: char) -> bool {
    if c.is_ascii() { matches!(c, '\t'..='\r' | '\x1c'..=' ') } else { within(tables::SPACE, c) }
}

/// Python's `str.isalpha` for one character: general category L*.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { within(tables::ALPHA, c) }
}

/// Python's `str.isdigit` for one character: decimal digits and digits like `²`, not fractions.
pub(crate) fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { within(tables::DIGIT, c) }
}

/// Python's `str.isupper` for one character.
pub(crate) fn is_upper(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { within(tables::UPPER, c) }
}

/// The last place at or before byte `at` where a character begins (or the text ends).
pub(crate) fn floor_boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_shortcuts_agree_with_the_tables() {
        for c in '\0'..='\x7f' {
            assert_eq!(is_space(c), within(tables::SPACE, c), "{c:?}");
            assert_eq!(is_alpha(c), within(tables::ALPHA, c), "{c:?}");
            assert_eq!(is_digit(c), within(tables::DIGIT, c), "{c:?}");
            assert_eq!(is_upper(c), within(tables::UPPER, c), "{c:?}");
        }
    }

    #[test]
    fn the_known_traps() {
        assert!(is_digit('²') && is_digit('①') && !is_digit('½'));
        assert!(!is_alpha('Ⅳ') && is_alpha('ª') && !is_alpha('\u{301}'));
        assert!(is_space('\u{a0}') && is_space('\u{1c}') && !is_space('\u{200b}'));
    }
}
