//! Words are data: no crate but the lexicon holds a list of them.
//!
//! Five string literals in a row (`"a", "b"` or `"a" | "b"`) in `crates/*/src` are a list of words, unless a line shortly
//! before says what they are instead: `// not words: column names`. Tests may list what they like.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

/// How many string literals in a row are a list.
const LIST: usize = 5;

/// How far above a list the line may stand that says it is none: a formatter breaks what stands between them.
const REACH: usize = 3;

#[test]
fn lists_of_words_stand_in_the_lexicon() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut offences = Vec::new();
    for file in sources(&crates) {
        let inside = file.strip_prefix(&crates).unwrap().to_owned();
        let found = lists(&std::fs::read_to_string(&file).unwrap());
        offences.extend(found.iter().map(|(line, words)| format!("crates/{}:{line}: {words}", inside.display())));
    }
    assert!(
        offences.is_empty(),
        "lists of words belong into crates/rapporteur-lexicon/words; what is none says `// not words: …` above it:\n{}",
        offences.join("\n")
    );
}

/// The source files of all crates, without those that hold tests only.
fn sources(crates: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(crates).unwrap().map(|c| c.unwrap().path().join("src")).filter(|src| src.is_dir()).collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" {
                folders.push(path);
            } else if name.ends_with(".rs") && name != "tests.rs" {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// What a source file is made of, as far as lists go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'s> {
    /// A string literal.
    Text(&'s str),
    /// `,` or `|`.
    Between,
    /// Any other character that is no space.
    Other(char),
}

/// Every list of a source file: the line it begins on, and its first words.
fn lists(source: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = source.lines().collect();
    let excused = |line: usize| {
        let above = &lines[line.saturating_sub(REACH + 1)..line];
        above.iter().any(|l| l.split_once("// not words: ").is_some_and(|(_, reason)| !reason.trim().is_empty()))
    };
    let mut found = Vec::new();
    let mut run: Vec<(usize, &str)> = Vec::new();
    let mut joined = true;
    let mut close = |run: &mut Vec<(usize, &str)>| {
        if run.len() >= LIST && !excused(run[0].0) {
            let words: Vec<&str> = run.iter().take(LIST).map(|(_, w)| *w).collect();
            found.push((run[0].0, words.join(" ")));
        }
        run.clear();
    };
    for (line, piece) in outside_tests(pieces(source)) {
        match piece {
            Piece::Text(text) => {
                if !joined {
                    close(&mut run);
                }
                run.push((line, text));
                joined = false;
            }
            Piece::Between => joined = !run.is_empty(),
            Piece::Other(_) => {
                close(&mut run);
                joined = true;
            }
        }
    }
    close(&mut run);
    found
}

/// Without the modules that only tests have.
fn outside_tests(pieces: Vec<(usize, Piece<'_>)>) -> Vec<(usize, Piece<'_>)> {
    let marker: Vec<char> = "#[cfg(test)]".chars().collect();
    let is = |at: usize, chars: &[char]| {
        chars.iter().enumerate().all(|(k, c)| pieces.get(at + k).is_some_and(|(_, p)| *p == Piece::Other(*c)))
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        if !is(at, &marker) {
            out.push(pieces[at]);
            at += 1;
            continue;
        }
        // The item behind it goes: up to its `;` or the end of its braces.
        let mut depth = 0;
        while let Some((_, piece)) = pieces.get(at) {
            at += 1;
            match piece {
                Piece::Other('{') => depth += 1,
                Piece::Other('}') if depth == 1 => break,
                Piece::Other('}') => depth -= 1,
                Piece::Other(';') if depth == 0 => break,
                _ => {}
            }
        }
    }
    out
}

/// Cuts a source file: literals, separators and the rest; comments and spaces go.
fn pieces(source: &str) -> Vec<(usize, Piece<'_>)> {
    let bytes = source.as_bytes();
    let mut out = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < bytes.len() {
        let rest = &source[at..];
        let first = rest.chars().next().unwrap();
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some((text, taken)) = literal(rest) {
            out.push((line, Piece::Text(text)));
            taken
        } else if let Some(taken) = character(rest) {
            out.push((line, Piece::Other('\'')));
            taken
        } else {
            match first {
                ',' | '|' => out.push((line, Piece::Between)),
                c if c.is_whitespace() => {}
                c => out.push((line, Piece::Other(c))),
            }
            first.len_utf8()
        };
        line += rest[..taken].matches('\n').count();
        at += taken;
    }
    out
}

/// A string literal at the beginning, raw ones too: its inside, and its length.
fn literal(rest: &str) -> Option<(&str, usize)> {
    if let Some(raw) = rest.strip_prefix('r') {
        let marks = raw.len() - raw.trim_start_matches('#').len();
        let inside = raw[marks..].strip_prefix('"')?;
        let end = inside.find(&format!("\"{}", "#".repeat(marks)))?;
        return Some((&inside[..end], 1 + marks + 1 + end + 1 + marks));
    }
    let inside = rest.strip_prefix('"')?;
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some((&inside[..at], at + 2)),
            _ => {}
        }
    }
    None
}

/// The length of a character literal at the beginning; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let mut chars = inside.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        return inside[2..].find('\'').map(|end| end + 4);
    }
    chars.next().filter(|(_, c)| *c == '\'').map(|(end, _)| end + 2)
}

#[test]
fn a_list_is_seen_whatever_separates_it() {
    let five = r#"fn f(w: &str) -> bool { matches!(w, "a" | "b" | "c" |
        "d" | "e") }"#;
    assert_eq!(lists(five), [(1, "a b c d e".to_owned())]);
    assert_eq!(lists(r#"const X: &[&str] = &["a", "b", "c", "d", "e"];"#).len(), 1);
    assert_eq!(lists(r#"const X: &[&str] = &["a", "b", "c", "d"];"#), []);
    assert_eq!(lists(r#"f(&["a", "b", "c"], &["d", "e"])"#), []);
    assert_eq!(lists("// not words: columns\nconst X: [&str; 5] = [\"a\", \"b\", \"c\", \"d\", \"e\"];"), []);
    assert_eq!(lists("#[cfg(test)]\nmod t { const X: [&str; 5] = [\"a\", \"b\", \"c\", \"d\", \"e\"]; }"), []);
    assert_eq!(lists("const Q: char = '\"'; // \"a\", \"b\", \"c\", \"d\", \"e\""), []);
}
