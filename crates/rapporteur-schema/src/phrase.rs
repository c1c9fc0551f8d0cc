//! Words on one line: a name, a title, what is cited. How they are cleaned, cut and parted into words stands here once;
//! the words and sentences of a whole report come with its findings as [`TextUnits`](crate::TextUnits).

use std::borrow::Cow;
use std::ops::Range;

use crate::findings::each_word;

/// A text fit for one line: runs of white space become one space; control characters (which could steer a terminal),
/// invisible marks and overrides of writing direction are left out. What is seen stays as it is.
///
/// # Example
/// ```
/// assert_eq!(rapporteur_schema::phrase::clean(" the\n weir\u{200b} "), "the weir");
/// ```
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = true;
        } else if !c.is_control() && !is_unseen(c) {
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
    out
}

/// Whether a sign takes no place of its own and may change how others are seen: soft hyphens, joiners, marks and overrides of
/// writing direction.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a sign steers what shows it (a terminal, a spreadsheet) and is no white space.
pub fn is_steering(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
}

/// The text with U+FFFD for every control character that is no white space: code point for code point, so places stay.
///
/// # Example
/// ```
/// assert_eq!(rapporteur_schema::phrase::harmless("a\u{1b}[2J\n"), "a\u{fffd}[2J\n");
/// ```
pub fn harmless(text: &str) -> Cow<'_, str> {
    match text.contains(is_steering) {
        true => {
            Cow::Owned(text.chars().map(|c| if is_steering(c) { char::REPLACEMENT_CHARACTER } else { c }).collect())
        }
        false => Cow::Borrowed(text),
    }
}

/// JSON in which what could steer a terminal or turn the direction of writing is written as an escape: the same value.
pub fn escaped_json(json: String) -> String {
    // JSON itself escapes the control characters of ASCII but for DEL.
    let risky = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\r' | '\t')
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !json.contains(risky) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        match risky(c) {
            true => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => out.push(c),
        }
    }
    out
}

/// The first words of a clean text, as many as fit `limit` characters, and "…" where some are left out.
pub fn clip(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let head = &text[..end];
    let cut = match head.rfind(' ') {
        // Text without spaces, or one very long word, is cut where it must be.
        Some(space) if space * 2 > end => space,
        _ => end,
    };
    format!("{} …", head[..cut].trim_end_matches([' ', ',', ';', ':', '–', '—']))
}

/// The first and the last `n` words of a clean text as they are written, with their marks; `None` where it has no more
/// than `most` words.
pub fn ends(text: &str, n: usize, most: usize) -> Option<(&str, &str)> {
    let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    if spaces.len() < most.max(n) {
        return None;
    }
    let (head, tail) = (spaces.get(n.checked_sub(1)?)?, spaces.get(spaces.len() - n)?);
    Some((&text[..*head], &text[tail + 1..]))
}

/// The words of a text, parted as those of a report are ([`TextUnits`](crate::TextUnits)): letters and digits alone.
///
/// # Example
/// ```
/// use rapporteur_schema::phrase;
///
/// assert_eq!(phrase::words("Vice-President of the U.S.").collect::<Vec<_>>(), ["Vice", "President", "of", "the", "U.S"]);
/// ```
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    ranges(text).into_iter().filter_map(move |at| text.get(at))
}

/// Where these words stand, in bytes.
pub fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    each_word(text, |bytes, _| out.push(bytes));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_left_out() {
        assert_eq!(clean("  a\u{1b}[31mb\r\n\tc\u{202e}d\u{9b}2J\u{200b} "), "a[31mb cd2J");
    }

    #[test]
    fn json_says_the_same_without_steering() {
        let value = serde_json::json!({ "a\u{9b}": "x\u{1b}[2J\u{7f}\u{202e}\u{2028}é\n" });
        let json = escaped_json(serde_json::to_string_pretty(&value).unwrap());
        assert!(!json.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{json:?}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap(), value);
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(clip("one two three", 9), "one two …");
        assert_eq!(clip("one two", 9), "one two");
        assert_eq!(clip("one, two; three", 9), "one, two …");
        assert_eq!(clip("水位协议水位协议", 4), "水位协议 …");
    }

    #[test]
    fn the_ends_are_there_where_something_is_between() {
        assert_eq!(ends("a b, c d", 1, 2), Some(("a", "d")));
        assert_eq!(ends("a b, c d", 2, 2), Some(("a b,", "c d")));
        assert_eq!(ends("a b, c d", 2, 4), None);
        assert_eq!(ends("a b", 3, 0), None);
        assert_eq!(ends("", 1, 0), None);
        assert_eq!(ends("a b", 0, 0), None);
    }

    #[test]
    fn words_are_those_of_a_report() {
        let text = crate::Text::new("Été—[T]he “twenty-four”, don’t");
        let units = crate::TextUnits::new(&text, &[]);
        let of_a_report: Vec<&str> = units.words().filter_map(|w| text.slice(w)).collect();
        assert_eq!(words(text.as_str()).collect::<Vec<_>>(), of_a_report);
        assert_eq!(of_a_report, ["Été", "T]he", "twenty", "four", "don", "t"]);
    }
}
