//! Finds exceptions again that the affix rules tore apart, such as `'s` or `:-)`.

use super::{Tok, decode_exception};
use crate::lexicon::{Lexicon, NONE};
use crate::model::Model;

/// Replaces every run of tokens that spells an exception by the exception's tokens, the longest runs first.
pub(crate) fn apply_sequences(
    model: &Model,
    lexicon: &mut Lexicon,
    text: &str,
    tokens: &mut Vec<Tok>,
    spare: &mut Vec<Tok>,
) {
    let mut found = find(model, lexicon, text, tokens);
    if found.is_empty() {
        return;
    }
    found.sort_unstable_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
    let mut taken = vec![false; tokens.len()];
    let mut accepted = Vec::with_capacity(found.len());
    for (start, end) in found {
        if !taken[start] && !taken[end - 1] {
            accepted.push((start, end));
        }
        taken[start..end].fill(true);
    }
    accepted.sort_unstable();
    spare.clear();
    let mut done = 0;
    for (start, end) in accepted {
        spare.extend_from_slice(&tokens[done..start]);
        done = end;
        let (from, to) = (tokens[start].start, tokens[end - 1].end);
        let span = &text[from as usize..to as usize];
        let Some(exception) = model.exceptions().get(span.as_bytes()) else {
            spare.extend_from_slice(&tokens[start..end]);
            continue;
        };
        let mut at = from;
        for (piece, norm) in decode_exception(exception) {
            let word = lexicon.intern(model, piece, norm);
            spare.push(Tok { start: at, end: at + piece.len() as u32, word, space: false });
            at += piece.len() as u32;
        }
        if let Some(last) = spare.last_mut() {
            last.space = tokens[end - 1].space;
        }
    }
    spare.extend_from_slice(&tokens[done..]);
    std::mem::swap(tokens, spare);
}

fn find(model: &Model, lexicon: &Lexicon, text: &str, tokens: &[Tok]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (start, token) in tokens.iter().enumerate() {
        let list = lexicon.get(token.word).sequences;
        if list == NONE {
            continue;
        }
        for sequence in &model.tokenizer.sequence_lists[list as usize] {
            let same = |(token, want): (&Tok, &String)| text[token.start as usize..token.end as usize] == **want;
            if tokens.len() - start >= sequence.len() && tokens[start..].iter().zip(sequence).all(same) {
                found.push((start, start + sequence.len()));
            }
        }
    }
    found
}
