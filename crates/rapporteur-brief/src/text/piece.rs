//! Pieces of a line: words with a colour and perhaps a link, wrapped by the columns they take and written as escapes.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::Style;

/// What a piece is, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    Plain,
    Heading,
    Name,
    /// A report's number: the same colour everywhere.
    Number,
    /// Secondary words.
    Dim,
    /// Where accounts differ.
    Differs,
    /// The words that differ: in brackets where there is no colour.
    Marked,
    /// A small word of ours before a clause: a stance, a state, a kind.
    Tag,
}

impl Paint {
    fn code(self) -> &'static str {
        match self {
            Paint::Plain => "",
            Paint::Heading => "\u{1b}[1;4m",
            Paint::Name => "\u{1b}[1m",
            Paint::Number => "\u{1b}[36m",
            Paint::Dim => "\u{1b}[2m",
            Paint::Differs => "\u{1b}[33m",
            Paint::Marked => "\u{1b}[1;33m",
            Paint::Tag => "\u{1b}[35m",
        }
    }
}

/// A space at which no line ends; written as one that is like any other. No text of a report has it, for it is no part of a clean one.
pub(crate) const GLUE: &str = "\u{a0}";

/// Words of one colour.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub text: String,
    pub paint: Paint,
    pub link: Option<String>,
}

impl Piece {
    pub fn new(text: impl Into<String>, paint: Paint) -> Self {
        Piece { text: text.into(), paint, link: None }
    }
}

pub(crate) fn plain(text: impl Into<String>) -> Piece {
    Piece::new(text, Paint::Plain)
}

pub(crate) fn dim(text: impl Into<String>) -> Piece {
    Piece::new(text, Paint::Dim)
}

/// Columns that these pieces take on one line.
pub(crate) fn width(pieces: &[Piece]) -> usize {
    pieces.iter().map(|p| p.text.width()).sum()
}

/// Writes pieces of one line, with escapes as far as the style wants them.
pub(crate) fn write(out: &mut String, pieces: &[Piece], style: &Style) {
    // White space at the end of a line is not written.
    let seen = pieces.iter().rposition(|p| !p.text.trim_end_matches(' ').is_empty()).map_or(0, |last| last + 1);
    for piece in pieces[..seen].iter().filter(|p| !p.text.is_empty()) {
        let code = if style.color { piece.paint.code() } else { "" };
        let link = piece.link.as_deref().filter(|_| style.links);
        if let Some(url) = link {
            out.push_str(&format!("\u{1b}]8;;{url}\u{1b}\\"));
        }
        out.push_str(code);
        out.push_str(&piece.text.replace(GLUE, " "));
        if !code.is_empty() {
            out.push_str("\u{1b}[0m");
        }
        if link.is_some() {
            out.push_str("\u{1b}]8;;\u{1b}\\");
        }
    }
}

/// A stretch that no line end may part, with the piece it is of.
struct Atom<'t> {
    text: &'t str,
    width: usize,
    piece: usize,
    /// Whether white space stands before it.
    spaced: bool,
}

/// Closing marks of wide scripts, which never begin a line.
fn is_closing(c: char) -> bool {
    matches!(c, '。' | '，' | '、' | '」' | '』' | '）' | '】' | '》' | '！' | '？' | '：' | '；' | '”' | '’')
}

fn atoms(pieces: &[Piece]) -> Vec<Atom<'_>> {
    let mut atoms: Vec<Atom<'_>> = Vec::new();
    let mut spaced = false;
    for (piece, p) in pieces.iter().enumerate() {
        let mut start = None;
        let mut wide_before = false;
        for (at, c) in p.text.char_indices() {
            let wide = c.width() == Some(2);
            // A line may end at white space and on either side of a wide character.
            let breaks = c == ' ' || ((wide || wide_before) && !is_closing(c) && c.width() != Some(0));
            if breaks && let Some(start) = start.take() {
                let text = &p.text[start..at];
                atoms.push(Atom { text, width: text.width(), piece, spaced: std::mem::take(&mut spaced) });
            }
            if c == ' ' {
                spaced = true;
            } else if start.is_none() {
                start = Some(at);
            }
            wide_before = wide || (wide_before && (is_closing(c) || c.width() == Some(0)));
        }
        if let Some(start) = start {
            let text = &p.text[start..];
            atoms.push(Atom { text, width: text.width(), piece, spaced: std::mem::take(&mut spaced) });
        }
    }
    atoms
}

/// A line as it fills: words with the piece each is of, `None` for a space between pieces.
type Filling = Vec<(Option<usize>, String)>;

fn put(line: &mut Filling, piece: usize, text: &str, spaced: bool) {
    match line.last_mut() {
        Some((last, words)) if *last == Some(piece) => {
            words.extend(spaced.then_some(' '));
            words.push_str(text);
        }
        _ => {
            line.extend(spaced.then(|| (None, " ".to_owned())));
            line.push((Some(piece), text.to_owned()));
        }
    }
}

/// Breaks pieces into lines of at most `width` columns. A word wider than a line is broken where the line ends.
pub(crate) fn wrap(pieces: &[Piece], width: usize) -> Vec<Vec<Piece>> {
    wrap_after(0, pieces, width)
}

/// The same where so many columns of the first line are taken.
pub(crate) fn wrap_after(taken: usize, pieces: &[Piece], width: usize) -> Vec<Vec<Piece>> {
    let width = width.max(8);
    let mut lines: Vec<Filling> = Vec::new();
    let mut line = Filling::new();
    let mut used = taken;
    let all = atoms(pieces);
    let mut rest = all.as_slice();
    while let Some(first) = rest.first() {
        // Atoms of different pieces with no space between them are one word: `[` `3` `]`.
        let touching = rest.windows(2).take_while(|w| !w[1].spaced && w[0].piece != w[1].piece).count();
        let (word, after) = rest.split_at(1 + touching);
        rest = after;
        let gap = usize::from(first.spaced && used > 0);
        let word_width: usize = word.iter().map(|a| a.width).sum();
        let fits = used + gap + word_width <= width;
        if !fits && used > 0 {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        let mut spaced = fits && gap == 1;
        used += usize::from(spaced);
        for atom in word {
            if used + atom.width <= width {
                put(&mut line, atom.piece, atom.text, std::mem::take(&mut spaced));
                used += atom.width;
                continue;
            }
            for c in atom.text.chars() {
                let columns = c.width().unwrap_or(0);
                if used + columns > width {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                put(&mut line, atom.piece, c.encode_utf8(&mut [0; 4]), false);
                used += columns;
            }
        }
    }
    lines.push(line);
    let piece = |(of, text): (Option<usize>, String)| match of {
        Some(of) => Piece { text, ..pieces[of].clone() },
        None => plain(text),
    };
    lines.into_iter().map(|line| line.into_iter().map(piece).collect()).collect()
}

/// A text cut to so many columns, with "…" where something is left out.
pub(crate) fn fit(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let w = c.width().unwrap_or(0);
        if used + w + 1 > columns {
            break;
        }
        out.push(c);
        used += w;
    }
    format!("{}…", out.trim_end())
}

/// A name of a file cut in its middle, so that its beginning and its ending are seen.
pub(crate) fn fit_middle(text: &str, columns: usize) -> String {
    if text.width() <= columns || columns < 9 {
        return fit(text, columns);
    }
    let tail: String = {
        let mut back: Vec<char> = Vec::new();
        let mut used = 0;
        for c in text.chars().rev() {
            used += c.width().unwrap_or(0);
            if used > columns / 2 - 1 {
                break;
            }
            back.push(c);
        }
        back.into_iter().rev().collect()
    };
    let head = fit(text, columns - tail.width());
    format!("{head}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(pieces: &[Piece], width: usize) -> Vec<String> {
        wrap(pieces, width).iter().map(|l| l.iter().map(|p| p.text.as_str()).collect()).collect()
    }

    #[test]
    fn words_wrap_and_pieces_that_touch_stay_together() {
        let pieces = [plain("the weir stays open "), dim("["), Piece::new("3", Paint::Number), dim("]")];
        assert_eq!(lines(&pieces, 16), ["the weir stays", "open [3]"]);
        assert_eq!(lines(&pieces, 21), ["the weir stays open", "[3]"]);
        assert_eq!(lines(&pieces, 40), ["the weir stays open [3]"]);
        assert_eq!(lines(&[], 40), [""]);
    }

    #[test]
    fn wide_characters_take_two_columns_and_break_anywhere_but_before_closing_marks() {
        assert_eq!(lines(&[plain("双方在水位问题上达成协议。")], 12), ["双方在水位问", "题上达成协", "议。"]);
        assert_eq!(lines(&[plain("abcdefghijklmnop")], 10), ["abcdefghij", "klmnop"]);
    }

    #[test]
    fn colours_of_pieces_survive_wrapping() {
        let mut out = String::new();
        for line in wrap(&[plain("said "), Piece::new("Mira Orlan twice", Paint::Name)], 10) {
            write(&mut out, &line, &Style { color: true, ..Style::default() });
            out.push('\n');
        }
        let bold = |word: &str| format!("\u{1b}[1m{word}\u{1b}[0m\n");
        assert_eq!(out, format!("said {}{}{}", bold("Mira"), bold("Orlan"), bold("twice")));
    }

    #[test]
    fn what_does_not_fit_is_cut_at_the_end_or_in_the_middle() {
        assert_eq!(fit("Harbour Post", 8), "Harbour…");
        assert_eq!(fit("水位协议", 6), "水位…");
        assert_eq!(fit_middle("000_a864913086c6f5ba.txt", 14), "000_a86…ba.txt");
    }
}
