//! What the pipeline found in a text: tokens with tags, heads and lemmas, sentences, entities, all by number.
//!
//! An [`Analysis`] owns everything and borrows nothing: tokens are byte offsets into the text, which the caller keeps.

mod phrase;
mod tree;

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use crate::label::{Dep, EntType, Pos, Tag};

pub(crate) use tree::Tree;

/// A string of this analysis: lemma, norm or shape. Within one analysis, equal symbols are equal strings and the other way
/// round. Resolve with [`Analysis::resolve`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sym(pub(crate) u32);

/// A token's morphological features, such as `Number=Sing|Person=3`. Resolve with [`Analysis::morph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Morph(pub(crate) u16);

/// One token. Offsets are bytes into the analysed text; other tokens are meant by their index in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The token this one depends on; a root is its own head.
    pub head: u32,
    /// Dictionary form.
    pub lemma: Sym,
    /// Normal form, as the model sees the word (`n't` is `not`, `€` is `$`, else mostly the lower case).
    pub norm: Sym,
    /// Outline of the word: `Xxxxx`, `dd.d`.
    pub shape: Sym,
    /// Fine part of speech.
    pub tag: Tag,
    /// How it depends on its head.
    pub dep: Dep,
    /// Kind of the entity it belongs to, if any.
    pub ent_type: EntType,
    /// Coarse part of speech.
    pub pos: Pos,
    /// Morphological features.
    pub morph: Morph,
    /// 3 where an entity begins, 1 where it goes on, 2 outside.
    pub ent_iob: u8,
    /// One plain space (U+0020) follows.
    pub space_after: bool,
    /// A sentence starts here.
    pub sent_start: bool,
    /// It consists of white space (more than the single space that `space_after` stands for).
    pub is_space: bool,
}

impl Token {
    /// Bytes of the text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Part of an entity.
    pub fn in_entity(&self) -> bool {
        self.ent_iob != 2
    }
}

/// A named entity: tokens `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entity {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// Kind.
    pub label: EntType,
}

impl Entity {
    /// Tokens of the entity.
    pub fn tokens(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The document's strings, one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arena {
    text: String,
    ends: Vec<u32>,
}

impl Arena {
    /// Adds a string. The caller sees to it that none is added twice.
    pub(crate) fn add(&mut self, text: &str) -> Sym {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        Sym(self.ends.len() as u32 - 1)
    }

    fn get(&self, sym: Sym) -> &str {
        let at = sym.0 as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|&end| self.text.get(start as usize..end as usize)).unwrap_or("")
    }
}

/// The analysis of one document.
///
/// Methods that take a token's index panic if there is no such token.
#[derive(Clone, Debug)]
pub struct Analysis {
    tokens: Vec<Token>,
    arena: Arena,
    entities: Vec<Entity>,
    tree: Tree,
    sentences: Vec<u32>,
    morphs: Arc<Vec<String>>,
}

impl Analysis {
    pub(crate) fn new(
        tokens: Vec<Token>,
        arena: Arena,
        entities: Vec<Entity>,
        tree: Tree,
        morphs: Arc<Vec<String>>,
    ) -> Self {
        let starts = tokens.iter().enumerate().filter(|(_, token)| token.sent_start);
        let sentences = starts.map(|(i, _)| i as u32).collect();
        Self { tokens, arena, entities, tree, sentences, morphs }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// No tokens: the text was empty (or one space).
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// All tokens in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Token `i`.
    pub fn token(&self, i: usize) -> &Token {
        &self.tokens[i]
    }

    /// Says anew what kind of word token `i` is and how it depends on its head, for a reader of the text who can prove the
    /// model wrong.
    pub fn correct(&mut self, i: usize, tag: Tag, pos: Pos, dep: Dep) {
        let token = &mut self.tokens[i];
        (token.tag, token.pos, token.dep) = (tag, pos, dep);
    }

    /// The text of token `i`; `text` is the text that was analysed.
    pub fn text<'t>(&self, i: usize, text: &'t str) -> &'t str {
        &text[self.tokens[i].range()]
    }

    /// Bytes from the first to the last of some tokens, without the space that follows; empty at 0 for no tokens.
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.start as usize..last.end as usize,
            _ => 0..0,
        }
    }

    /// The token that covers a byte of the text, or the next one if it lies between tokens.
    pub fn token_at(&self, byte: usize) -> Option<usize> {
        let at = self.tokens.partition_point(|token| token.end as usize <= byte);
        (at < self.tokens.len()).then_some(at)
    }

    /// The string of a symbol of this analysis.
    pub fn resolve(&self, sym: Sym) -> &str {
        self.arena.get(sym)
    }

    /// Dictionary form of token `i`.
    pub fn lemma(&self, i: usize) -> &str {
        self.resolve(self.tokens[i].lemma)
    }

    /// Normal form of token `i`.
    pub fn norm(&self, i: usize) -> &str {
        self.resolve(self.tokens[i].norm)
    }

    /// Outline of token `i`.
    pub fn shape(&self, i: usize) -> &str {
        self.resolve(self.tokens[i].shape)
    }

    /// Morphological features of token `i`, as spaCy writes them: `Number=Sing|Person=3`; empty if none.
    pub fn morph(&self, i: usize) -> &str {
        self.morphs.get(usize::from(self.tokens[i].morph.0)).map_or("", String::as_str)
    }

    /// The value of one morphological feature of token `i`: `feature(i, "Number")` is `Some("Sing")`.
    pub fn feature(&self, i: usize, name: &str) -> Option<&str> {
        self.morph(i).split('|').find_map(|feature| feature.strip_prefix(name)?.strip_prefix('='))
    }

    /// The sentences in order, as ranges of tokens.
    pub fn sentences(&self) -> impl ExactSizeIterator<Item = Range<usize>> + '_ {
        (0..self.sentences.len()).map(|number| self.sentence(number))
    }

    fn sentence(&self, number: usize) -> Range<usize> {
        let end = self.sentences.get(number + 1).map_or(self.tokens.len(), |&next| next as usize);
        self.sentences[number] as usize..end
    }

    /// The sentence of token `i`, as a range of tokens.
    pub fn sentence_of(&self, i: usize) -> Range<usize> {
        assert!(i < self.tokens.len(), "token {i} of {}", self.tokens.len());
        self.sentence(self.sentences.partition_point(|&start| start as usize <= i).saturating_sub(1))
    }

    /// The named entities in order.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The entity that token `i` belongs to.
    pub fn entity_of(&self, i: usize) -> Option<&Entity> {
        let after = self.entities.partition_point(|entity| entity.start as usize <= i);
        self.entities[..after].last().filter(|entity| entity.tokens().contains(&i))
    }
}
