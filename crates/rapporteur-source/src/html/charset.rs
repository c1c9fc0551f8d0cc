//! Which encoding a page is in: its mark, what it was sent as, what it says of itself, and whether that can be true.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::offset::Offsets;
use crate::ErrorKind;
use crate::plain::decode;

/// How far into a page its own word on its encoding is looked for. The standard says 1024 bytes; sites that put long
/// comments first are read by browsers all the same, once the parser comes to it.
const PRESCAN: usize = 8 * 1024;

/// A page as text.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) text: String,
    pub(super) encoding: &'static Encoding,
    pub(super) replaced: bool,
    pub(super) offsets: Offsets,
}

/// Decodes a page. `told` is the charset of the HTTP header.
///
/// Order: a byte order mark, the header, the page's own `meta`, then as plain text is read. Bytes that are UTF-8 and
/// not all ASCII are UTF-8 whatever is declared, and bytes that are not are never read as UTF-8 with most letters lost.
pub(super) fn decode(bytes: &[u8], stated: Option<&str>) -> Result<Page, ErrorKind> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok(page(bytes, length, encoding));
    }
    let utf8 = std::str::from_utf8(bytes).is_ok();
    if utf8 && !bytes.is_ascii() {
        return Ok(page(bytes, 0, UTF_8));
    }
    let declared = stated.and_then(|label| Encoding::for_label(label.trim().as_bytes())).or_else(|| meta(bytes));
    // A page that says in ASCII that it is UTF-16 is not.
    let declared = declared.map(|e| if e == UTF_16LE || e == UTF_16BE { UTF_8 } else { e });
    let encoding = match declared {
        Some(e) if utf8 || e != UTF_8 => e,
        _ => decode::encoding(bytes)?,
    };
    Ok(page(bytes, 0, encoding))
}

fn page(bytes: &[u8], base: usize, encoding: &'static Encoding) -> Page {
    let (text, offsets, replaced) = Offsets::decode(bytes, base, encoding);
    Page { text, encoding, replaced, offsets }
}

/// `<meta charset=…>`, or `charset=…` in the content of a `<meta http-equiv>`, or the XML declaration's encoding.
fn meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..PRESCAN).unwrap_or(bytes).to_ascii_lowercase();
    let find =
        |from: usize, what: &[u8]| head.get(from..)?.windows(what.len()).position(|w| w == what).map(|i| from + i);
    let label = |at: usize| {
        let value = head.get(at..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(value.len());
        Encoding::for_label(value.get(..end)?)
    };
    if head.starts_with(b"<?xml")
        && let Some(end) = find(0, b"?>")
        && let Some(at) = find(0, b"encoding").filter(|at| *at < end)
        && let Some(encoding) = label(at + 8)
    {
        return Some(encoding);
    }
    let mut from = 0;
    while let Some(at) = find(from, b"<meta") {
        let end = find(at, b">").unwrap_or(head.len());
        if let Some(charset) = find(at, b"charset").filter(|c| *c < end)
            && let Some(encoding) = label(charset + 7)
        {
            return Some(encoding);
        }
        from = end.max(at + 5);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(bytes: &[u8], stated: Option<&str>) -> &'static str {
        decode(bytes, stated).map_or("none", |page| page.encoding.name())
    }

    #[test]
    fn what_is_declared_is_believed_if_it_can_be() {
        let w1252 = |s: &str| encoding_rs::WINDOWS_1252.encode(s).0.into_owned();
        assert_eq!(name("<meta charset=utf-8>café".as_bytes(), None), "UTF-8");
        assert_eq!(name("<meta charset=windows-1252>café".as_bytes(), None), "UTF-8", "it is UTF-8 all the same");
        assert_eq!(
            name(&w1252("<meta charset='utf-8'><p>Le café du port a fermé à dix heures."), None),
            "windows-1252"
        );
        assert_eq!(name(&w1252("<p>café"), Some("ISO-8859-1")), "windows-1252");
        let cyrillic = encoding_rs::WINDOWS_1251
            .encode("<META http-equiv=Content-Type content='text/html; charset=windows-1251'>Порт")
            .0;
        assert_eq!(name(&cyrillic, None), "windows-1251");
        assert_eq!(name(b"<?xml version='1.0' encoding='ISO-8859-2'?><html>\xb1", None), "ISO-8859-2");
        assert_eq!(name(b"\xef\xbb\xbf<p>a", Some("windows-1251")), "UTF-8");
        assert_eq!(name(b"\xff\xfe<\0p\0>\0", None), "UTF-16LE");
        assert_eq!(name(b"<meta charset=utf-16>abc", None), "UTF-8");
    }
}
