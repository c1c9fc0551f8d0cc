//! Cuts a report into windows, as the fitting does it (`train/windows.py`).

use std::ops::Range;

use crate::encoder::LONGEST;
use crate::wordpiece::{Piece, WordPiece};

/// The windows of a text, in order: every line with something on it, cut where it is longer than the encoder reads: at the last end of a
/// sentence that fits, else at the last space, else at the last piece.
pub(super) fn windows(pieces: &WordPiece, text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let mut start = at;
        let end = at + line.len();
        at = end + 1;
        while !text[start..end].trim().is_empty() {
            let found = first_pieces(pieces, text, start..end);
            let cut = match found.get(LONGEST - 3) {
                Some(last) if found.len() > LONGEST - 2 => place_to_cut(&text[start..end], last.end - start) + start,
                _ => end,
            };
            out.push(start..cut);
            start = cut;
        }
    }
    out
}

/// The pieces of a line, or so many of them that the first window's are among them: a line may be a whole book.
fn first_pieces(pieces: &WordPiece, text: &str, line: Range<usize>) -> Vec<Piece> {
    let mut reach = 1 << 12;
    loop {
        let end = text.ceil_char_boundary(line.start + reach).min(line.end);
        let found = pieces.pieces(text, line.start..end);
        // A word that the reach cuts has a hundred pieces at most.
        if end == line.end || found.len() > LONGEST + 128 {
            return found;
        }
        reach *= 2;
    }
}

/// Where to cut a line of which the first `most` bytes fit.
fn place_to_cut(line: &str, most: usize) -> usize {
    let (mut sentence, mut space) = (None, None);
    let mut ended = false;
    let mut after_space = false;
    for (at, c) in line.char_indices() {
        if c.is_whitespace() {
            after_space = true;
            continue;
        }
        if after_space && at <= most && at > 0 {
            space = Some(at);
            if ended {
                sentence = Some(at);
            }
        }
        if at > most {
            break;
        }
        let closes = matches!(c, '"' | '\'' | '”' | '’' | ')' | ']');
        // A mark ends a sentence, and what closes after it leaves it ended if no space came between.
        ended = matches!(c, '.' | '!' | '?' | '…') || (ended && closes && !after_space);
        after_space = false;
    }
    sentence.or(space).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_sentences_then_spaces_then_pieces() {
        fn cut(line: &str, most: usize) -> &str {
            &line[..place_to_cut(line, most)]
        }
        assert_eq!(cut("One. Two three", 9), "One. ");
        assert_eq!(cut("“One.”  Two three", 13), "“One.”  ");
        assert_eq!(cut("One two three", 9), "One two ");
        assert_eq!(cut("One.two", 5), "One.t");
        assert_eq!(cut("One. \"Two\" three four", 15), "One. ");
    }

    #[test]
    fn every_word_is_in_a_window() {
        let pieces = WordPiece::new("[UNK]\n[CLS]\n[SEP]\na\nb\n.\n").unwrap();
        let long = "a b. ".repeat(200);
        let text = format!("a b.\n \n{long}\n{}\r\n", "a.b".repeat(200));
        let windows = windows(&pieces, &text);
        assert_eq!(windows[0], 0..4);
        assert!(windows.iter().all(|w| (1..=LONGEST - 2).contains(&pieces.pieces(&text, w.clone()).len())));
        let all: usize = windows.iter().map(|w| pieces.pieces(&text, w.clone()).len()).sum();
        assert_eq!(all, pieces.pieces(&text, 0..text.len()).len());
        assert!(text[windows[1].clone()].ends_with(". "));
    }
}
