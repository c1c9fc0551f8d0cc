//! White space cuts a text into chunks; every chunk met before is remembered with its tokens.

use crate::lexicon::{Lexicon, Strings};
use crate::model::Model;
use crate::unicode::is_space;

/// A token of the text: bytes, word, and whether one plain space follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tok {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) word: u32,
    pub(crate) space: bool,
}

/// Chunks longer than this are not remembered: they hardly come twice.
const LONGEST_KEPT: usize = 64;

/// The chunks a worker has met.
#[derive(Default)]
pub(crate) struct Chunks {
    known: Strings,
    /// For each known chunk, where its pieces end.
    ends: Vec<u32>,
    /// Length in bytes and word of each piece.
    pieces: Vec<(u32, u32)>,
}

impl Chunks {
    pub(crate) fn len(&self) -> usize {
        self.known.len()
    }

    /// The tokens of the text before exceptions across tokens are looked for.
    pub(crate) fn tokenize(&mut self, model: &Model, lexicon: &mut Lexicon, text: &str, out: &mut Vec<Tok>) {
        let Some(first) = text.chars().next() else {
            return;
        };
        let mut in_space = is_space(first);
        let mut start = 0;
        for (at, c) in text.char_indices() {
            if is_space(c) == in_space {
                continue;
            }
            if start < at {
                self.chunk(model, lexicon, text, start, at, out);
            }
            start = at;
            if c == ' ' {
                if let Some(last) = out.last_mut() {
                    last.space = true;
                }
                start += 1;
            }
            in_space = !in_space;
        }
        if start < text.len() {
            self.chunk(model, lexicon, text, start, text.len(), out);
            if let Some(last) = out.last_mut() {
                last.space = text.ends_with(' ') && !in_space;
            }
        }
    }

    fn chunk(
        &mut self,
        model: &Model,
        lexicon: &mut Lexicon,
        text: &str,
        start: usize,
        end: usize,
        out: &mut Vec<Tok>,
    ) {
        let chunk = &text[start..end];
        let mut at = start as u32;
        let mut push = |len: u32, word: u32| {
            out.push(Tok { start: at, end: at + len, word, space: false });
            at += len;
        };
        let keep = chunk.len() <= LONGEST_KEPT;
        if keep {
            let (number, new) = self.known.intern(chunk);
            let number = number as usize;
            if !new {
                let from = if number == 0 { 0 } else { self.ends[number - 1] as usize };
                self.pieces[from..self.ends[number] as usize].iter().for_each(|&(len, word)| push(len, word));
                return;
            }
        }
        let mut piece_start = 0;
        model.tokenizer.split(Some(model.exceptions()), chunk, &mut |len, norm| {
            let word = lexicon.intern(model, &chunk[piece_start..piece_start + len], norm);
            piece_start += len;
            push(len as u32, word);
            if keep {
                self.pieces.push((len as u32, word));
            }
        });
        if keep {
            self.ends.push(self.pieces.len() as u32);
        }
    }
}
