//! Leads from a text that stood in JSON as a string, with escapes, back to the bytes it stood in.

use rapporteur_schema::{SourceMap, SourcePiece};

/// The map from a text to the string it was in, somewhere in `json`.
pub(super) fn map(json: &[u8], text: &str) -> SourceMap {
    let Some((from, to)) = find(json, text) else { return SourceMap::default() };
    let mut map = SourceMap::default();
    decode(json, from, to, |piece| match (piece, map.pieces.last()) {
        (Piece::Plain(text, at), last) => {
            let start = last.map_or(0, |p| p.end);
            map.push_utf8(text, start, at);
        }
        (Piece::Escape(_, from, to), last) => {
            let start = last.map_or(0, |p| p.end);
            map.pieces.push(SourcePiece { start, end: start + 1, from, to });
        }
    });
    map
}

/// The map of what was made of a text in a string: all of it leads to the whole string.
pub(super) fn whole(json: &[u8], text: &str, made: &str) -> SourceMap {
    let end = made.chars().count() as u32;
    let piece = find(json, text).map(|(from, to)| SourcePiece { start: 0, end, from: from as u32, to: to as u32 });
    SourceMap { pieces: piece.into_iter().collect() }
}

enum Piece<'j> {
    /// Letters as they are, from this byte on.
    Plain(&'j str, u32),
    /// A letter that stands for these bytes.
    Escape(char, u32, u32),
}

/// The bytes between the quotes of the first string that says `text` and is no name of a member.
fn find(json: &[u8], text: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    while let Some(open) = json.get(at..)?.iter().position(|&b| b == b'"') {
        let from = at + open + 1;
        let mut to = from;
        while *json.get(to)? != b'"' {
            to += if json[to] == b'\\' { 2 } else { 1 };
        }
        at = to + 1;
        let after = json.get(at..)?.iter().find(|b| !b.is_ascii_whitespace());
        if after != Some(&b':') && to - from >= text.len() && says(json, from, to, text) {
            return Some((from, to));
        }
    }
    None
}

fn says(json: &[u8], from: usize, to: usize, text: &str) -> bool {
    let mut rest = Some(text);
    decode(json, from, to, |piece| {
        rest = match piece {
            Piece::Plain(plain, _) => rest.and_then(|r| r.strip_prefix(plain)),
            Piece::Escape(letter, _, _) => rest.and_then(|r| r.strip_prefix(letter)),
        };
    });
    rest == Some("")
}

/// Hands over the pieces of the string between these bytes; it was read as JSON before, so what is wrong is passed over.
fn decode<'j>(json: &'j [u8], from: usize, to: usize, mut each: impl FnMut(Piece<'j>)) {
    let mut at = from;
    while at < to {
        let plain = json[at..to].iter().position(|&b| b == b'\\').unwrap_or(to - at);
        if plain > 0 {
            if let Ok(text) = std::str::from_utf8(&json[at..at + plain]) {
                each(Piece::Plain(text, at as u32));
            }
            at += plain;
            continue;
        }
        let unit = |at: usize| {
            let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
            u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        };
        let (letter, length) = match json.get(at + 1) {
            Some(b'u') => match (unit(at), unit(at + 6)) {
                (Some(high), Some(low)) if (0xd800..0xdc00).contains(&high) => {
                    (char::decode_utf16([high, low]).next().and_then(Result::ok), 12)
                }
                (Some(unit), _) => (char::from_u32(unit.into()), 6),
                (None, _) => (None, 2),
            },
            Some(b'n') => (Some('\n'), 2),
            Some(b't') => (Some('\t'), 2),
            Some(b'r') => (Some('\r'), 2),
            Some(b'b') => (Some('\u{8}'), 2),
            Some(b'f') => (Some('\u{c}'), 2),
            other => (other.map(|&b| char::from(b)), 2),
        };
        if let Some(letter) = letter {
            each(Piece::Escape(letter, at as u32, (at + length) as u32));
        }
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use rapporteur_schema::Span;

    use super::*;

    #[test]
    fn every_letter_leads_to_its_bytes() {
        let json = r#"{"text": "x", "a\"text": "é said \u201cno\u201d\n\ud83d\ude00 \"end\"\/"}"#.as_bytes();
        let text = "é said “no”\n😀 \"end\"/";
        let map = map(json, text);
        let original = |from, to| {
            let range = map.original(Span::new(from, to)).unwrap();
            std::str::from_utf8(&json[range.start as usize..range.end as usize]).unwrap()
        };
        assert_eq!(map.pieces.last().unwrap().end, text.chars().count() as u32);
        assert_eq!((original(0, 1), original(2, 6), original(7, 8)), ("é", "said", "\\u201c"));
        assert_eq!((original(8, 10), original(12, 13), original(15, 18)), ("no", "\\ud83d\\ude00", "end"));
    }

    #[test]
    fn a_text_that_is_not_there_has_no_map() {
        assert!(map(b"{\"a\": \"b\"}", "c").pieces.is_empty());
        assert!(map(b"{\"b\": 1}", "b").pieces.is_empty(), "a name is no text");
        assert!(map(b"\"abc\\", "abc").pieces.is_empty());
    }
}
