//! Bytes to text: which encoding a file is in, told by its marks first and by its letters last.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::ErrorKind;

/// A text, the encoding it was in, and whether some bytes had to be replaced by U+FFFD.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: &'static Encoding,
    pub(crate) replaced: bool,
    /// How many bytes the text was read from: all but the mark of the encoding.
    pub(crate) length: usize,
}

/// First bytes of kinds of files that people hand over by mistake.
const MAGIC: &[&[u8]] = &[
    b"%PDF-",
    b"PK\x03\x04",
    b"\x7fELF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3\0",
    b"RIFF",
    b"\xca\xfe\xba\xbe",
    b"OggS",
    b"ID3",
];

/// Decodes text that came with a word on its encoding.
///
/// Servers are often set to one encoding for all they have: what is good UTF-8 with letters beyond ASCII is UTF-8
/// whatever they say, and a word that names no encoding says nothing.
pub(crate) fn decode_as(bytes: &[u8], charset: Option<&str>) -> Result<Decoded, ErrorKind> {
    let told = charset.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let as_told = |encoding: &'static Encoding| match encoding {
        e if e == UTF_8 || e == REPLACEMENT => false, // what to do with broken UTF-8 is decided with more care below
        e if e == UTF_16LE || e == UTF_16BE => bytes.contains(&0),
        e => !e.is_ascii_compatible() || (std::str::from_utf8(bytes).is_err() && !looks_binary(bytes)),
    };
    let marked = Encoding::for_bom(bytes).is_some() || MAGIC.iter().any(|m| bytes.starts_with(m));
    match told {
        Some(encoding) if !marked && as_told(encoding) => finish(encoding, bytes),
        _ => decode(bytes),
    }
}

/// Decodes a plain-text file.
///
/// Order: a byte order mark (which is a mark of the encoding and no part of the text), valid UTF-8, UTF-16 by its
/// zero bytes, UTF-8 with a few broken bytes, and only then a guess from the letters (chardetng).
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, ErrorKind> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return finish(encoding, &bytes[length..]);
    }
    finish(encoding(bytes)?, bytes)
}

/// The encoding of bytes that have no mark of it.
pub(crate) fn encoding(bytes: &[u8]) -> Result<&'static Encoding, ErrorKind> {
    if MAGIC.iter().any(|m| bytes.starts_with(m)) {
        return Err(ErrorKind::Binary);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(encoding);
    }
    if looks_binary(bytes) {
        return Err(ErrorKind::Binary);
    }
    if std::str::from_utf8(bytes).is_ok() || mostly_utf8(bytes) {
        return Ok(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    Ok(if guess == UTF_8 { WINDOWS_1252 } else { guess })
}

fn finish(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, ErrorKind> {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    Ok(Decoded { text: text.into_owned(), encoding, replaced, length: bytes.len() })
}

/// UTF-16 of mostly Latin letters has a zero in nearly every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let head = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let pairs = head.len() / 2;
    match (zeros(0), zeros(1)) {
        (even, odd) if odd * 10 > pairs * 6 && even * 20 < pairs => Some(UTF_16LE),
        (even, odd) if even * 10 > pairs * 6 && odd * 20 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Zero bytes, or more than one control character in a hundred bytes.
fn looks_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let control = head.iter().filter(|&&b| matches!(b, 0x01..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f)).count();
    bytes.contains(&0) || control * 100 > head.len()
}

/// Whether well-formed sequences of several bytes are far more than the broken ones: damaged UTF-8, not Windows-1252.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, &'static str) {
        let d = decode(bytes).unwrap();
        (d.text, d.encoding.name())
    }

    #[test]
    fn each_encoding_is_told_apart() {
        let s = "The envoy said: “très bien”, she added at the café.";
        let (w1252, _, _) = WINDOWS_1252.encode(s);
        let utf16: Vec<u8> = s.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16be: Vec<u8> = s.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(s.as_bytes()), (s.into(), "UTF-8"));
        assert_eq!(read(&[b"\xef\xbb\xbf", s.as_bytes()].concat()), (s.into(), "UTF-8"));
        assert_eq!(read(&w1252), (s.into(), "windows-1252"));
        assert_eq!(read(&[b"\xff\xfe".as_slice(), &utf16].concat()), (s.into(), "UTF-16LE"));
        assert_eq!(read(&utf16), (s.into(), "UTF-16LE"));
        assert_eq!(read(&utf16be), (s.into(), "UTF-16BE"));
    }

    #[test]
    fn a_told_encoding_helps_and_a_wrong_one_does_no_harm() {
        let read = |bytes: &[u8], told: &str| decode_as(bytes, Some(told)).unwrap().text;
        assert_eq!(read(b"caf\xe9", "iso-8859-1"), "café");
        assert_eq!(read(b"\xea\xe0\xf4\xe5", "windows-1251"), "кафе");
        for told in ["iso-8859-1", "utf-16", "no-such", "iso-2022-kr", ""] {
            assert_eq!(read("café".as_bytes(), told), "café", "{told}");
        }
        assert_eq!(read(b"caf\xe9 au lait", "utf-8"), "café au lait");
        assert!(decode_as(b"%PDF-1.7", Some("iso-8859-1")).is_err());
    }

    #[test]
    fn a_broken_byte_among_good_ones_is_replaced_and_told() {
        let d = decode(b"caf\xc3\xa9 na\xc3\xafve \xff caf\xc3\xa9").unwrap();
        assert!(d.replaced && d.encoding == UTF_8 && d.text.contains('\u{fffd}'), "{d:?}");
    }

    #[test]
    fn binaries_are_refused() {
        for bytes in [b"%PDF-1.7 abc".as_slice(), b"abc\0def", b"\x89PNG\r\n", b"\x01\x02\x03\x04 text"] {
            assert!(matches!(decode(bytes), Err(ErrorKind::Binary)), "{bytes:?}");
        }
    }
}
