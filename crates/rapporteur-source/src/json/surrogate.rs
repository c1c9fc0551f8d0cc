//! Halves of characters in JSON: `\ud800` without its other half stands for nothing, and parsers refuse the whole text for it.

use std::borrow::Cow;

use serde_json::Value;

use crate::limits::MAX_JSON_VALUES;

/// Reads JSON in which lone halves of characters are read as U+FFFD; tells how many there were.
///
/// # Errors
/// It is no JSON even so, or has too many values; which, in words that go on after what it is.
pub(crate) fn parse(json: &[u8]) -> Result<(Value, usize), String> {
    let (json, mended) = mend(json);
    Ok((of_mended(&json)?, mended))
}

/// Reads JSON within the limit on its values.
pub(super) fn of_mended(json: &[u8]) -> Result<Value, String> {
    if values(json) > MAX_JSON_VALUES {
        return Err(format!("has more than the limit of {MAX_JSON_VALUES} values"));
    }
    serde_json::from_slice(json).map_err(|e| format!("is not JSON: {e}"))
}

/// The same JSON with `\ufffd` for each lone half, byte for byte as long, and how many there were.
pub(crate) fn mend(json: &[u8]) -> (Cow<'_, [u8]>, usize) {
    let mut out = Cow::Borrowed(json);
    let (mut at, mut mended) = (0, 0);
    while let Some(found) = json.get(at..).and_then(|rest| rest.iter().position(|&b| b == b'\\')) {
        at += found;
        match unit(json, at) {
            // `\\` and `\"` are two bytes; what looks like an escape behind them is none.
            None => at += 2,
            Some(0xd800..0xdc00) if unit(json, at + 6).is_some_and(|low| (0xdc00..0xe000).contains(&low)) => at += 12,
            Some(0xd800..0xe000) => {
                if let Some(escape) = out.to_mut().get_mut(at + 2..at + 6) {
                    escape.copy_from_slice(b"fffd");
                    mended += 1;
                }
                at += 6;
            }
            Some(_) => at += 6,
        }
    }
    (out, mended)
}

/// The number of the escape `\uXXXX` that stands here.
fn unit(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at.checked_add(6)?)?.strip_prefix(b"\\u")?;
    digits.iter().all(u8::is_ascii_hexdigit).then(|| u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok())?
}

/// How many values a text of JSON has at most: one more than its commas and opening brackets outside of strings.
fn values(json: &[u8]) -> usize {
    let (mut count, mut in_string, mut escaped) = (1, false, false);
    for &byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b',' | b'[' | b'{' if !in_string => count += 1,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_half_spoils_one_character() {
        for (json, want, count) in [
            (r#""a\ud800b""#, "a\u{fffd}b", 1),
            (r#""\udc00\ud83d\ude00\ud83d""#, "\u{fffd}😀\u{fffd}", 2),
            (r#""\ud800\ud83d\ude00""#, "\u{fffd}😀", 1),
            (r#""\ud800\u0041""#, "\u{fffd}A", 1),
            (r#""\\ud800 \"\u00e9""#, "\\ud800 \"é", 0),
        ] {
            assert_eq!(parse(json.as_bytes()).unwrap(), (Value::from(want), count), "{json}");
            assert_eq!(mend(json.as_bytes()).0.len(), json.len());
        }
        for broken in [r#""\ud8"#, r#""\"#, r#""\u"#, "\\", ""] {
            assert!(parse(broken.as_bytes()).is_err());
        }
    }

    #[test]
    fn values_are_counted_by_their_marks() {
        assert_eq!(values(br#"{"a, [b": [1, 2], "c": "x\", y"}"#), 5);
        assert_eq!(values(b""), 1);
    }
}
