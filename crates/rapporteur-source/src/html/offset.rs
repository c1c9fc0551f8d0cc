//! Leads from a place in a decoded page back to the bytes it was decoded from.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// A stretch of decoded text and where its bytes begin.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    /// First byte of the decoded text.
    at: u32,
    /// First byte of the original.
    raw: u32,
    /// Whether byte stands for byte in it; else only the whole stretch can be named.
    linear: bool,
}

/// Decoded text and the way back to its bytes.
#[derive(Debug, Default)]
pub(super) struct Offsets {
    stretches: Vec<Stretch>,
    /// One past the last byte of the original.
    end: u32,
}

impl Offsets {
    /// Decodes `bytes[base..]` piece by piece, so that the way back is known; tells whether bytes were replaced.
    pub(super) fn decode(bytes: &[u8], base: usize, encoding: &'static Encoding) -> (String, Offsets, bool) {
        let mut made = Maker { text: String::new(), offsets: Offsets::default(), raw: base as u32, replaced: false };
        let body = bytes.get(base..).unwrap_or_default();
        if encoding == UTF_8 {
            made.utf8(body);
        } else if encoding == UTF_16LE || encoding == UTF_16BE {
            made.utf16(body, encoding);
        } else if encoding.is_single_byte() {
            // A run of ASCII is decoded at once, any other byte alone: each is one letter.
            for run in body.chunk_by(|a, b| a.is_ascii() && b.is_ascii()) {
                made.chunk(run, encoding);
            }
        } else if encoding == ISO_2022_JP {
            made.chunk(body, encoding); // it has states, so it cannot be cut
        } else {
            // No encoding of several bytes a letter has these as a later byte of a letter.
            let cut = |b: &u8| matches!(b, 0..=0x2f | b'<' | b'>');
            for run in body.chunk_by(|a, b| !cut(a) && !cut(b)) {
                made.chunk(run, encoding);
            }
        }
        made.offsets.end = bytes.len() as u32;
        (made.text, made.offsets, made.replaced)
    }

    /// How far the decoded text was read byte for byte from here, in one piece; `from` itself where it was not.
    pub(super) fn linear_until(&self, from: u32) -> u32 {
        let next = self.stretches.partition_point(|s| s.at <= from);
        let linear = next.checked_sub(1).and_then(|at| self.stretches.get(at)).is_some_and(|s| s.linear);
        if linear { self.stretches.get(next).map_or(u32::MAX, |s| s.at) } else { from }
    }

    /// The bytes that `from..to` of the decoded text was read from, or the least that is known to hold them.
    pub(super) fn raw(&self, from: u32, to: u32) -> (u32, u32) {
        let find = |at: u32| self.stretches.partition_point(|s| s.at <= at).saturating_sub(1);
        let start = self.stretches.get(find(from)).map_or(0, |s| if s.linear { s.raw + (from - s.at) } else { s.raw });
        let last = find(to.saturating_sub(1));
        let next = self.stretches.get(last + 1).map_or(self.end, |s| s.raw);
        let end = self.stretches.get(last).map_or(0, |s| if s.linear { s.raw + (to - s.at) } else { next });
        (start, end)
    }
}

struct Maker {
    text: String,
    offsets: Offsets,
    raw: u32,
    replaced: bool,
}

impl Maker {
    /// The next `length` bytes of the original read as `text`.
    fn push(&mut self, text: &str, length: usize, linear: bool) {
        let at = self.text.len() as u32;
        let continues =
            linear && self.offsets.stretches.last().is_some_and(|s| s.linear && at - s.at == self.raw - s.raw);
        if !continues && !text.is_empty() {
            self.offsets.stretches.push(Stretch { at, raw: self.raw, linear });
        }
        self.text.push_str(text);
        self.raw += length as u32;
    }

    fn chunk(&mut self, bytes: &[u8], encoding: &'static Encoding) {
        let (text, replaced) = encoding.decode_without_bom_handling(bytes);
        self.replaced |= replaced;
        self.push(&text, bytes.len(), bytes.is_ascii() && text.len() == bytes.len());
    }

    /// UTF-8 is read as it stands; only a broken sequence is put in place of.
    fn utf8(&mut self, bytes: &[u8]) {
        if let Ok(text) = std::str::from_utf8(bytes) {
            self.push(text, bytes.len(), true);
            return;
        }
        for chunk in bytes.utf8_chunks() {
            self.push(chunk.valid(), chunk.valid().len(), true);
            if !chunk.invalid().is_empty() {
                self.replaced = true;
                self.push("\u{fffd}", chunk.invalid().len(), false);
            }
        }
    }

    fn utf16(&mut self, bytes: &[u8], encoding: &'static Encoding) {
        let big = encoding == UTF_16BE;
        let units = bytes.chunks_exact(2).map(|pair| match pair {
            [a, b] if big => u16::from_be_bytes([*a, *b]),
            [a, b] => u16::from_le_bytes([*a, *b]),
            _ => 0,
        });
        let mut buffer = [0; 4];
        for unit in char::decode_utf16(units) {
            let c = unit.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.replaced |= c == char::REPLACEMENT_CHARACTER;
            self.push(c.encode_utf8(&mut buffer), c.len_utf16() * 2, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each letter leads to bytes that are decoded as that letter.
    fn check(bytes: &[u8], encoding: &'static Encoding, exact: bool) {
        let (text, offsets, replaced) = Offsets::decode(bytes, 0, encoding);
        assert_eq!(text, encoding.decode_without_bom_handling(bytes).0);
        assert!(!replaced);
        for (at, c) in text.char_indices() {
            let (from, to) = offsets.raw(at as u32, (at + c.len_utf8()) as u32);
            let (back, _) = encoding.decode_without_bom_handling(&bytes[from as usize..to as usize]);
            assert!(if exact { back == c.to_string() } else { back.contains(c) }, "{c} in {}", encoding.name());
        }
    }

    #[test]
    fn every_letter_leads_back() {
        let western = "<p>Café “très” – fin</p>";
        check(western.as_bytes(), UTF_8, true);
        check(&encoding_rs::WINDOWS_1252.encode(western).0, encoding_rs::WINDOWS_1252, true);
        check(&encoding_rs::WINDOWS_1251.encode("<p>Порт закрыт</p>").0, encoding_rs::WINDOWS_1251, true);
        check(&encoding_rs::SHIFT_JIS.encode("<p>港の会議 は 2日</p>").0, encoding_rs::SHIFT_JIS, false);
        check(&encoding_rs::GB18030.encode("<p>港口 会议</p>").0, encoding_rs::GB18030, false);
        let utf16: Vec<u8> = "<p>Café 😀</p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf16, UTF_16LE, true);
    }

    #[test]
    fn a_broken_byte_shifts_nothing() {
        let (text, offsets, replaced) = Offsets::decode(b"caf\xc3\xa9 \xff end", 0, UTF_8);
        assert!(replaced && text == "café \u{fffd} end");
        assert_eq!(offsets.raw(6, 9), (6, 7));
        assert_eq!(offsets.raw(10, 13), (8, 11));
    }
}
