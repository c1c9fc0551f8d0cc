//! The native rules against the regexes they stand for, over every chunk of an awkward alphabet; and a few known cuts.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::Pipeline;

type Piece = (usize, Option<String>);

fn split(native: bool, exceptions: bool, chunk: &str) -> Vec<Piece> {
    let model = Pipeline::builtin().model();
    let mut pieces = Vec::new();
    let table = exceptions.then(|| model.exceptions());
    model.tokenizer.split_by(native, table, chunk, &mut |len, norm| pieces.push((len, norm.map(str::to_owned))));
    pieces
}

/// Both ways give the same; a chunk that the native rules do not decide is no concern of theirs.
fn same(chunk: &str) {
    if !native::decides(chunk) || chunk.is_empty() {
        return;
    }
    for exceptions in [true, false] {
        assert_eq!(split(true, exceptions, chunk), split(false, exceptions, chunk), "{chunk:?}");
    }
    let url = Pipeline::builtin().model().tokenizer.regexes.url(chunk);
    assert!(native::url(chunk).is_none_or(|native| native == url), "{chunk:?}: URL {url}");
}

#[test]
fn the_builtin_patterns_are_those_the_native_rules_know() {
    assert!(Pipeline::builtin().model().tokenizer.native);
}

/// All characters that the native rules decide.
fn alphabet() -> Vec<char> {
    ('\0'..='\u{ffff}').filter(|c| native::decides(c.encode_utf8(&mut [0; 4]))).collect()
}

#[test]
fn every_decided_character_in_every_place() {
    let alphabet = alphabet();
    assert!(alphabet.len() > 300);
    // Of twenty thousand Chinese characters every hundredth will do.
    for c in alphabet.into_iter().filter(|c| *c < '\u{4e00}' || (*c as u32).is_multiple_of(100) || *c > '\u{9ff0}') {
        for frame in [
            "_", "__", "a_", "_a", "a_b", "A_B", "1_2", "a_B", "1_", "_1", "AB_.", "1_.", "°_.", "a_.B", "a.b_c.de",
            "_.com", "a._", "x@_.com", "1_km", "'_", "_'s", "a__b",
        ] {
            same(&frame.replace('_', c.encode_utf8(&mut [0; 4])));
        }
    }
}

#[test]
fn all_pairs_of_awkward_pieces() {
    for a in PIECES {
        for b in PIECES {
            same(&format!("{a}{b}"));
            same(&format!("x{a}{b}"));
            same(&format!("{a}{b}9"));
        }
    }
}

#[test]
fn every_chunk_of_polnear() {
    let Some(folder) = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared/data/quotes/polnear/dev/text"))
        .find(|folder| folder.is_dir())
    else {
        return println!("SKIPPED: no shared/data/quotes/polnear");
    };
    let (mut chunks, mut undecided) = (std::collections::BTreeSet::new(), Vec::new());
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        chunks.extend(text.split_whitespace().map(str::to_owned));
    }
    for chunk in &chunks {
        if native::decides(chunk) && (!chunk.contains('.') || native::url(chunk).is_some()) {
            same(chunk);
        } else {
            undecided.push(chunk);
        }
    }
    println!("{} chunks, {} undecided: {undecided:?}", chunks.len(), undecided.len());
    assert!(undecided.len() * 1000 < chunks.len(), "{undecided:?}");
}

#[test]
fn known_cuts() {
    let pieces = |chunk: &str| -> Vec<String> {
        let mut at = 0;
        split(true, true, chunk)
            .into_iter()
            .map(|(len, _)| {
                at += len;
                chunk[at - len..at].to_owned()
            })
            .collect()
    };
    assert_eq!(pieces("(“don’t,”"), ["(", "“", "do", "n’t", ",", "”"]);
    assert_eq!(pieces("17-point"), ["17", "-", "point"]);
    assert_eq!(pieces("well-known"), ["well", "-", "known"]);
    assert_eq!(pieces("$5.2bn"), ["$", "5.2bn"]);
    assert_eq!(pieces("10%."), ["10", "%", "."]);
    assert_eq!(pieces("https://www.example.com/a?b=c,"), ["https://www.example.com/a?b=c", ","]);
    assert_eq!(pieces("10.0.0.1"), ["10.0.0.1"]);
}

const PIECES: &[&str] = &[
    "a",
    "B",
    "é",
    "É",
    "ß",
    "7",
    "42",
    ".",
    "..",
    "...",
    "…",
    "……",
    ",",
    "-",
    "--",
    "---",
    "–",
    "—",
    "——",
    "~",
    "'",
    "’",
    "‘",
    "“",
    "”",
    "\"",
    "''",
    "``",
    "„",
    "«",
    "»",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "_",
    "#",
    "*",
    "&",
    "+",
    "=",
    "/",
    "\\",
    "|",
    "^",
    "@",
    "%",
    "$",
    "US$",
    "C$",
    "A$",
    "£",
    "€",
    "¥",
    "§",
    "°",
    "°C",
    "™",
    "©",
    "·",
    "¿",
    "¡",
    "!",
    "?",
    ":",
    ";",
    "://",
    "http://",
    "www.",
    ".com",
    ".co.uk",
    "x.y",
    "'s",
    "’s",
    "'S",
    "n't",
    "n’t",
    "don't",
    "Don’t",
    "can't've",
    "'ll",
    "’ve",
    "U.S.",
    "a.m.",
    "p.m",
    "10am",
    "Mr.",
    "Dr",
    "Inc.",
    "Ph.D.",
    ":)",
    ":-)",
    "(-:",
    ";D",
    "xD",
    "o.O",
    "^_^",
    "km",
    "m/s",
    "MB",
    "T",
    "kmh",
    "1.5",
    "1,000",
    "1,a",
    "a,b",
    "a:b",
    "9:30",
    "A.B",
    "AB.",
    "c++",
    "and/or",
    "w/o",
    "'em",
    "y'all",
    "'Cause",
    "user@host.com",
    "a@b",
    ":80",
    "/p?q",
    "?",
    "#x",
    "127.0.0.1",
    "8.8.8.8",
    "1.2.3",
    "•",
    "−",
    "\u{ad}",
    "\u{200b}",
    "ſ",
    "Ÿ",
    "¦",
    "я",
    "Ж",
    "新",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn native_rules_equal_the_regexes(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..7)) {
        same(&pieces.concat());
    }

    #[test]
    fn native_rules_equal_the_regexes_on_single_characters(
        characters in prop::collection::vec(prop::sample::select(alphabet()), 1..12),
    ) {
        same(&characters.into_iter().collect::<String>());
    }

    #[test]
    fn any_text_is_covered_by_its_tokens(text in "\\PC{0,60}|[ \\t\\n\\u{a0}a.'\\u{301}]{0,40}") {
        let analysis = Pipeline::builtin().analyze(&text);
        let mut at = 0;
        for token in analysis.tokens() {
            prop_assert_eq!(token.start as usize, at);
            prop_assert!(token.end > token.start);
            at = token.end as usize + usize::from(token.space_after);
        }
        prop_assert!(at == text.len() || (analysis.is_empty() && text == " "), "{} of {}", at, text.len());
    }
}
