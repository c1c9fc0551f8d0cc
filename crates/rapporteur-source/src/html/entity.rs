//! Character references: `&eacute;`, `&#233;`, `&#xE9;` and what browsers make of broken ones.

use markup5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The longest name of a reference.
const LONGEST: usize = 32;

/// What the reference at the start of `text` (which begins with `&`) stands for, and its length; `None` if it is none.
///
/// `attribute`: whether it stands in the value of an attribute, where `&copy=1` is no reference.
pub(super) fn reference(text: &str, attribute: bool) -> Option<(String, usize)> {
    let after = text.strip_prefix('&')?;
    if let Some(number) = after.strip_prefix('#') {
        return numeric(number).map(|(c, length)| (c.to_string(), length + 2));
    }
    let run = after.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let with_mark = run + usize::from(after.as_bytes().get(run) == Some(&b';'));
    // The longest name that is known; those of old may stand without the semicolon.
    let (length, &(a, b)) = (2..=with_mark).rev().find_map(|length| {
        let known = NAMED_ENTITIES.get(after.get(..length)?)?;
        (known.0 != 0).then_some((length, known))
    })?;
    let next = after.as_bytes().get(length);
    let closed = after.as_bytes().get(length - 1) == Some(&b';');
    if attribute && !closed && next.is_some_and(|b| *b == b'=' || b.is_ascii_alphanumeric()) {
        return None;
    }
    let letters = [a, b].into_iter().filter(|c| *c != 0).filter_map(char::from_u32).collect();
    Some((letters, length + 1))
}

/// The digits after `&#`, with how many bytes they and the semicolon are.
fn numeric(text: &str) -> Option<(char, usize)> {
    let (radix, skip) = if text.starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let digits = text.bytes().skip(skip).take_while(|b| char::from(*b).is_digit(radix)).count();
    if digits == 0 {
        return None;
    }
    let value = u32::from_str_radix(text.get(skip..skip + digits)?, radix).unwrap_or(u32::MAX);
    let length = skip + digits + usize::from(text.as_bytes().get(skip + digits) == Some(&b';'));
    let c = match value {
        0 => None,
        0x80..=0x9f => C1_REPLACEMENTS.get((value - 0x80) as usize).copied().flatten().or(char::from_u32(value)),
        _ => char::from_u32(value),
    };
    Some((c.unwrap_or(char::REPLACEMENT_CHARACTER), length))
}

/// The value of an attribute with its references read.
pub(super) fn unescape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (letters, length) = reference(rest, true).unwrap_or_else(|| ("&".to_owned(), 1));
        out.push_str(&letters);
        rest = &rest[length..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_browsers_do() {
        let read = |s: &str| reference(s, false);
        assert_eq!(read("&eacute;t"), Some(("é".into(), 8)));
        assert_eq!(read("&amp x"), Some(("&".into(), 4)));
        assert_eq!(read("&notit;"), Some(("¬".into(), 4)));
        assert_eq!(read("&#233;"), Some(("é".into(), 6)));
        assert_eq!(read("&#x201C;"), Some(("“".into(), 8)));
        assert_eq!(read("&#150;"), Some(("–".into(), 6)));
        assert_eq!(read("&#0;"), Some(("\u{fffd}".into(), 4)));
        assert_eq!(read("&#99999999999;"), Some(("\u{fffd}".into(), 14)));
        for s in ["&", "& b", "&;", "&#;", "&#x;", "&zzz;", "&é"] {
            assert_eq!(read(s), None, "{s}");
        }
        assert_eq!(unescape("a?b=1&copy=2&amp;c=3 &quot;x&quot;"), "a?b=1&copy=2&c=3 \"x\"");
    }
}
