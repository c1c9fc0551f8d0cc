//! The four patterns of spaCy's English tokenizer, read character by character instead of by a regex engine.
//!
//! The regexes cost 37 ms to compile and some 30 µs for every new chunk. Nearly all news text is made of the
//! characters below, for which what the patterns do can be said in a page. A chunk with any other character is
//! undecided and goes to the regexes; tests prove both ways equal over this alphabet.

/// What a character can be for the patterns; a character may be several things.
mod class {
    pub(super) const LOWER: u16 = 1;
    pub(super) const UPPER: u16 = 1 << 1;
    pub(super) const DIGIT: u16 = 1 << 2;
    /// Cut off alone at either end: punctuation, quotes, icons.
    pub(super) const EDGE: u16 = 1 << 3;
    /// Cut off alone at the front only.
    pub(super) const FRONT: u16 = 1 << 4;
    /// Cut off alone at the end only.
    pub(super) const BACK: u16 = 1 << 5;
    pub(super) const QUOTE: u16 = 1 << 6;
    pub(super) const ICON: u16 = 1 << 7;
    /// A full stop after it is cut off.
    pub(super) const BEFORE_STOP: u16 = 1 << 8;
    pub(super) const CURRENCY: u16 = 1 << 9;
    /// May stand in a host name.
    pub(super) const HOST: u16 = 1 << 10;
    /// Python's `\w`.
    pub(super) const WORD: u16 = 1 << 11;
    pub(super) const KNOWN: u16 = 1 << 12;
    pub(super) const ALPHA: u16 = LOWER | UPPER;
}
use class::*;

static ASCII: [u16; 128] = {
    let mut table = [0; 128];
    let mut i = 0;
    while i < 128 {
        table[i] = ascii_class(i as u8);
        i += 1;
    }
    table
};

const fn ascii_class(c: u8) -> u16 {
    match c {
        b'a'..=b'z' => KNOWN | LOWER | BEFORE_STOP | HOST | WORD,
        b'A'..=b'Z' => KNOWN | UPPER | HOST | WORD,
        b'0'..=b'9' => KNOWN | DIGIT | BEFORE_STOP | HOST | WORD,
        b'_' => KNOWN | EDGE | BEFORE_STOP | WORD,
        b',' | b'\'' | b'"' | b'`' => KNOWN | EDGE | QUOTE | BEFORE_STOP,
        b':' | b';' | b'!' | b'?' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'<' | b'>' | b'#' | b'*' | b'&' => {
            KNOWN | EDGE | BEFORE_STOP
        }
        b'%' => KNOWN | FRONT | BEFORE_STOP,
        b'$' => KNOWN | FRONT | CURRENCY,
        b'=' => KNOWN | FRONT,
        b'+' | b'-' | b'|' => KNOWN | BEFORE_STOP,
        b'.' | b'/' | b'@' | b'\\' | b'^' | b'~' => KNOWN,
        _ => 0,
    }
}

fn class_of(c: char) -> u16 {
    if c.is_ascii() {
        return ASCII[c as usize];
    }
    match c {
        'ß'..='ö' | 'ø'..='ÿ' => KNOWN | LOWER | BEFORE_STOP | HOST | WORD,
        'À'..='Ö' | 'Ø'..='Þ' => KNOWN | UPPER | HOST | WORD,
        // Latin Extended-A: capitals and small letters alternate, as Unicode's own property says.
        'Ā'..='ſ' if c.is_uppercase() => KNOWN | UPPER | HOST | WORD,
        'Ā'..='ſ' => KNOWN | LOWER | BEFORE_STOP | HOST | WORD,
        // Chinese characters, which the patterns count as large and small letters both. (Cyrillic is left to the
        // regexes: they know Cyrillic units.)
        '\u{4e00}'..='\u{9fff}' => KNOWN | LOWER | UPPER | BEFORE_STOP | HOST | WORD,
        '…' | '¿' | '¡' | '·' => KNOWN | EDGE | BEFORE_STOP | HOST,
        '“' | '”' | '‘' | '’' | '‚' | '„' | '´' | '«' | '»' => KNOWN | EDGE | QUOTE | BEFORE_STOP | HOST,
        '—' | '–' => KNOWN | FRONT | BACK | HOST,
        '§' => KNOWN | FRONT | HOST,
        '£' | '€' | '¥' => KNOWN | FRONT | CURRENCY | HOST,
        '°' | '©' | '®' | '¦' | '™' => KNOWN | EDGE | ICON | HOST,
        // Nothing looks at these, but a host name may hold them.
        '•' | '‐' | '‑' | '―' | '−' | '×' | '′' | '″' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => {
            KNOWN | HOST
        }
        _ => 0,
    }
}

fn is(c: char, classes: u16) -> bool {
    class_of(c) & classes != 0
}

/// Whether the rules below speak for every character of the chunk.
pub(super) fn decides(chunk: &str) -> bool {
    chunk.chars().all(|c| is(c, KNOWN))
}

fn leading_dots(text: &str) -> usize {
    text.bytes().take_while(|&b| b == b'.').count()
}

/// Bytes that the prefix pattern takes off the front; 0 if none.
pub(super) fn prefix(text: &str) -> usize {
    let Some(first) = text.chars().next() else {
        return 0;
    };
    match first {
        '.' => Some(leading_dots(text)).filter(|&run| run >= 2).unwrap_or(0),
        '+' => usize::from(!text[1..].starts_with(|c: char| c.is_ascii_digit())),
        'U' if text.starts_with("US$") => 3,
        'C' | 'A' if text[1..].starts_with('$') => 2,
        _ if is(first, EDGE | FRONT) => first.len_utf8(),
        _ => 0,
    }
}

/// Units that are cut off after a digit (those of ASCII letters).
// not words: the signs that spaCy's own suffix rule lists, part of its behaviour
const UNITS: &[&str] = &[
    "km", "m", "dm", "cm", "mm", "ha", "nm", "yd", "in", "ft", "kg", "g", "mg", "t", "lb", "oz", "m/s", "km/h", "kmh",
    "mph", "hPa", "Pa", "mbar", "mb", "MB", "kb", "KB", "gb", "GB", "tb", "TB", "T", "G", "M", "K", "%",
];

/// Bytes that the suffix pattern takes off the end; 0 if none.
pub(super) fn suffix(text: &str) -> usize {
    let mut back = text.chars().rev();
    let Some(last) = back.next() else { return 0 };
    let (before, second) = (back.next(), back.next());
    let digit_before = |len: usize| text[..text.len() - len].ends_with(|c: char| c.is_ascii_digit());
    match last {
        '.' => {
            if before == Some('.') {
                return text.bytes().rev().take_while(|&b| b == b'.').count();
            }
            let Some(before) = before else { return 0 };
            let stop = is(before, BEFORE_STOP)
                || (is(before, UPPER) && second.is_some_and(|c| is(c, UPPER)))
                || (matches!(before, 'F' | 'C' | 'K') && second == Some('°'));
            usize::from(stop)
        }
        '…' if before == Some('…') => 2 * '…'.len_utf8(),
        's' | 'S' if matches!(before, Some('\'' | '’')) => 1 + before.map_or(0, char::len_utf8),
        '+' => usize::from(digit_before(1)),
        _ if is(last, EDGE | BACK) => last.len_utf8(),
        _ if is(last, CURRENCY) => {
            let long = ["US$", "C$", "A$"].into_iter().find(|sign| text.ends_with(sign) && digit_before(sign.len()));
            let short = if digit_before(last.len_utf8()) { last.len_utf8() } else { 0 };
            long.map_or(short, str::len)
        }
        _ if last.is_ascii() => {
            let fits = |unit: &&&str| text.ends_with(**unit) && digit_before(unit.len());
            UNITS.iter().filter(fits).map(|unit| unit.len()).max().unwrap_or(0)
        }
        _ => 0,
    }
}

/// Calls `found` with start and end of every match of the infix pattern.
pub(super) fn infixes(text: &str, mut found: impl FnMut(usize, usize)) {
    let mut at = 0;
    let mut before: Option<char> = None;
    while let Some(c) = text[at..].chars().next() {
        let len = infix_at(&text[at..], c, before);
        if len > 0 {
            found(at, at + len);
            before = text[at..at + len].chars().next_back();
            at += len;
        } else {
            before = Some(c);
            at += c.len_utf8();
        }
    }
}

fn infix_at(text: &str, c: char, before: Option<char>) -> usize {
    // Letters and digits begin no infix: out of the way first.
    if is(c, WORD) && c != '_' {
        return 0;
    }
    let after = |len: usize, classes: u16| text[len..].chars().next().is_some_and(|c| is(c, classes));
    let behind = |classes: u16| before.is_some_and(|c| is(c, classes));
    if c == '.' {
        let run = leading_dots(text);
        if run >= 2 {
            return run;
        }
        return usize::from(behind(LOWER | QUOTE) && after(1, UPPER | QUOTE));
    }
    if c == '…' || is(c, ICON) {
        return c.len_utf8();
    }
    if matches!(c, '+' | '-' | '*' | '^')
        && behind(DIGIT)
        && text[1..].starts_with(|c: char| c.is_ascii_digit() || c == '-')
    {
        return 1;
    }
    if c == ',' {
        return usize::from(behind(ALPHA) && after(1, ALPHA));
    }
    if matches!(c, '-' | '–' | '—' | '~') && behind(ALPHA | DIGIT) {
        // not words: marks
        let hyphens = ["-", "–", "—", "--", "---", "——", "~"];
        return hyphens
            .into_iter()
            .find(|hyphen| text.starts_with(hyphen) && after(hyphen.len(), ALPHA))
            .map_or(0, str::len);
    }
    usize::from(matches!(c, ':' | '<' | '>' | '=' | '/') && behind(ALPHA | DIGIT) && after(1, ALPHA))
}

/// Whether the URL pattern takes the whole text; `None` where an address of digits would need its finer rules.
pub(super) fn url(text: &str) -> Option<bool> {
    // Every URL has a dot: between host and domain, or in the digits.
    if !text.contains('.') {
        return Some(false);
    }
    let mut undecided = false;
    let mut from = |text: &str| match host_and_rest(text) {
        Some(found) => found,
        None => {
            undecided = true;
            false
        }
    };
    let mut found = from(text) || after_user(text, &mut from);
    if !found && let Some(at) = text.find("://") {
        let scheme = &text[..at];
        if scheme.chars().nth(1).is_some() && scheme.chars().all(|c| is(c, WORD) || matches!(c, '+' | '-' | '.')) {
            let rest = &text[at + 3..];
            found = from(rest) || after_user(rest, &mut from);
        }
    }
    if found {
        Some(true)
    } else if undecided {
        None
    } else {
        Some(false)
    }
}

/// Tries after every `@` that has something before it.
fn after_user(text: &str, from: &mut impl FnMut(&str) -> bool) -> bool {
    text.match_indices('@').filter(|&(at, _)| at > 0).any(|(at, _)| from(&text[at + 1..]))
}

fn host_and_rest(text: &str) -> Option<bool> {
    if is_four_numbers(text) {
        return None;
    }
    let mut rest = text;
    let mut labels = 0;
    loop {
        let end = rest.find(|c: char| !is(c, HOST) && c != '_' && c != '-').unwrap_or(rest.len());
        let (label, after) = rest.split_at(end);
        if let Some(next) = after.strip_prefix('.') {
            let mut chars = label.chars();
            let edges =
                chars.next().is_some_and(|c| is(c, HOST)) && label.chars().next_back().is_some_and(|c| is(c, HOST));
            if !edges || label.chars().nth(64).is_some() {
                return Some(false);
            }
            labels += 1;
            rest = next;
            continue;
        }
        // The last label: small letters only, then perhaps a port, then perhaps a path.
        let count = label.chars().count();
        if labels == 0 || !(2..=63).contains(&count) || !label.chars().all(|c| is(c, LOWER)) {
            return Some(false);
        }
        let tail = |text: &str| text.is_empty() || text.starts_with(['/', '?', '#']);
        if tail(after) {
            return Some(true);
        }
        let Some(port) = after.strip_prefix(':') else {
            return Some(false);
        };
        let digits = port.bytes().take_while(u8::is_ascii_digit).count();
        return Some((2..=5).contains(&digits) && tail(&port[digits..]));
    }
}

/// Begins like an address of four numbers with dots between.
fn is_four_numbers(text: &str) -> bool {
    let mut parts = text.splitn(4, '.');
    let whole = |part: Option<&str>| part.is_some_and(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    whole(parts.next())
        && whole(parts.next())
        && whole(parts.next())
        && parts.next().is_some_and(|p| p.starts_with(|c: char| c.is_ascii_digit()))
}
