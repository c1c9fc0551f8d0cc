//! The signs that RTF is made of, and what its words mean.

use encoding_rs::Encoding;

/// What comes next in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign<'d> {
    Open,
    Close,
    /// A byte of a letter, in the encoding that holds.
    Byte(u8),
    /// A unit of UTF-16.
    Unicode(u16),
    Letter(char),
    /// `\*`: what follows is for programs that know it.
    Optional,
    Word(&'d str, Option<i32>),
}

/// Where letters go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    Text,
    Note,
    Title,
    Author,
    Fonts,
    Nowhere,
}

/// The destination that a word begins.
pub(super) fn destination(name: &str) -> Option<Destination> {
    // not words: control words of RTF
    Some(match name {
        "footnote" => Destination::Note,
        "title" => Destination::Title,
        "author" => Destination::Author,
        "fonttbl" => Destination::Fonts,
        // not words: control words of RTF
        "colortbl" | "stylesheet" | "info" | "pict" | "object" | "header" | "headerl" | "headerr" | "headerf"
        | "footer" | "footerl" | "footerr" | "footerf" | "fldinst" | "listtable" | "listoverridetable" | "revtbl"
        | "rsidtbl" | "annotation" | "atnid" | "atnauthor" | "xe" | "tc" | "ftnsep" | "ftnsepc" | "aftnsep"
        | "aftnsepc" | "themedata" | "colorschememapping" | "datastore" | "latentstyles" | "pnseclvl" | "bkmkstart"
        | "bkmkend" | "nonshppict" | "listtext" | "pntext" => Destination::Nowhere,
        _ => return None,
    })
}

/// The letter that a word stands for.
pub(super) fn letter(name: &str) -> Option<char> {
    // not words: control words of RTF
    Some(match name {
        "emdash" => '—',
        "endash" => '–',
        "lquote" => '‘',
        "rquote" => '’',
        "ldblquote" => '“',
        "rdblquote" => '”',
        "bullet" => '•',
        "emspace" | "enspace" | "qmspace" => ' ',
        _ => return None,
    })
}

/// The encoding of a Windows code page.
pub(super) fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        65001 => "utf-8".to_owned(),
        874 | 1250..=1258 => format!("windows-{number}"),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a font, by the number of its character set.
pub(super) fn charset(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    code_page(page)
}

/// The signs of a document, in order.
pub(super) fn signs(bytes: &[u8]) -> impl Iterator<Item = Sign<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        loop {
            let (&first, after) = rest.split_first()?;
            rest = after;
            return Some(match first {
                b'{' => Sign::Open,
                b'}' => Sign::Close,
                b'\\' => match escaped(&mut rest) {
                    Some(sign) => sign,
                    None => continue,
                },
                b'\r' | b'\n' | 0 => continue,
                byte => Sign::Byte(byte),
            });
        }
    })
}

/// What stands behind a backslash; nothing where that means nothing.
fn escaped<'d>(rest: &mut &'d [u8]) -> Option<Sign<'d>> {
    let (&first, after) = rest.split_first()?;
    if first.is_ascii_alphabetic() {
        return word(rest);
    }
    *rest = after;
    Some(match first {
        b'\'' => {
            let digit = |at: usize| after.get(at).and_then(|&b| (b as char).to_digit(16));
            let (high, low) = (digit(0)?, digit(1)?);
            *rest = after.get(2..).unwrap_or_default();
            Sign::Byte((high * 16 + low) as u8)
        }
        b'*' => Sign::Optional,
        b'~' => Sign::Letter('\u{a0}'),
        b'_' => Sign::Letter('\u{2011}'),
        b'\r' | b'\n' => Sign::Word("par", None),
        b'\t' => Sign::Word("tab", None),
        b'\\' | b'{' | b'}' => Sign::Byte(first),
        _ => return None,
    })
}

fn word<'d>(rest: &mut &'d [u8]) -> Option<Sign<'d>> {
    let bytes = *rest;
    let length = bytes.iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
    let name = std::str::from_utf8(&bytes[..length]).ok()?;
    let mut at = length;
    let minus = bytes.get(at) == Some(&b'-');
    let digits = bytes.get(at + usize::from(minus)..).unwrap_or_default();
    let count = digits.iter().take(10).take_while(|b| b.is_ascii_digit()).count();
    let mut value = None;
    if count > 0 {
        let number: i64 = digits[..count].iter().fold(0, |n, b| n * 10 + i64::from(b - b'0'));
        value = Some((if minus { -number } else { number }).clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32);
        at += count + usize::from(minus);
    }
    at += usize::from(bytes.get(at) == Some(&b' '));
    if name == "bin" {
        at = at.saturating_add(value.unwrap_or(0).max(0) as usize);
    }
    *rest = bytes.get(at..).unwrap_or_default();
    // Units above 32,767 are written as negative numbers.
    Some(match (name, value) {
        ("u", Some(unit)) => Sign::Unicode(unit as u16),
        _ => Sign::Word(name, value),
    })
}
