//! Analyses one document after another with memory that is kept between them.
//!
//! A worker belongs to one thread at a time. What it remembers (words, chunks, vectors, lemmas) saves work and never
//! changes a result; it is dropped when it grows too large.

use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, Arena, Entity, Morph, Sym, Token, Tree};
use crate::kernels::Buffer;
use crate::label::{Dep, Pos, Tag};
use crate::lexicon::{Lexicon, Strings};
use crate::model::Model;
use crate::ner::Finding;
use crate::neural::{BLOCK_TOKENS, RowCache, Scratch, largest};
use crate::parser::{Edges, Parsing, deprojectivise, find_edges};
use crate::ruler::{Outcome, Seen};
use crate::tokenizer::{Chunks, Tok, apply_sequences};
use crate::unicode::floor_boundary;

/// Words (or chunks) after which a worker starts afresh, about 10 MB of them.
const MOST_WORDS: usize = 1 << 16;
/// A document of more tokens than this leaves no memory behind.
const LARGE_DOCUMENT: usize = 1 << 16;

/// What rules and lemmatizer make of a word with a tag and a label.
#[derive(Clone, Copy)]
struct Ruled {
    tag: Tag,
    pos: Pos,
    morph: u16,
    dep: Dep,
    lemma: u32,
}

/// Memory for analysing.
#[derive(Default)]
pub(crate) struct Worker {
    lexicon: Lexicon,
    chunks: Chunks,
    ruled: FxHashMap<(u32, Tag, Dep), Ruled>,
    shared_cache: RowCache,
    ner_cache: RowCache,
    tokens: Vec<Tok>,
    spare: Vec<Tok>,
    scratch: Scratch,
    logits: Buffer,
    tags: Vec<u8>,
    parsing: Parsing,
    finding: Finding,
    /// For each of the worker's strings, in which document it was last used and which symbol it got there.
    symbols: Vec<(u32, u32)>,
    document: u32,
}

impl Worker {
    /// The analysis of a text. Texts of 4 GiB and more are cut there, since offsets are 32-bit.
    pub(crate) fn analyze(&mut self, model: &Model, text: &str) -> Analysis {
        let text = &text[..floor_boundary(text, u32::MAX as usize)];
        if self.lexicon.len().max(self.chunks.len()) > MOST_WORDS {
            *self = Self::default();
        }
        self.tokenize(model, text);
        self.tag_and_parse(model);

        let mut edges = Edges::default();
        let (heads, classes) = self.parsing.finish();
        find_edges(heads, &mut edges);
        let arcs = &model.parser.labels;
        let mut deps: Vec<Dep> =
            classes.iter().map(|&class| arcs.get(usize::from(class)).map_or(Dep::Root, |arc| arc.plain)).collect();
        let (tokens, lexicon) = (&self.tokens, &self.lexicon);
        let is_space = |token: u32| lexicon.get(tokens[token as usize].word).is_space;
        if deprojectivise(heads, arcs, &mut deps, classes, &edges, is_space) {
            find_edges(heads, &mut edges);
        }
        let heads = std::mem::take(heads);
        self.find_entities(model, &edges);
        let analysis = self.assemble(model, &heads, &deps, edges);
        if self.tokens.len() > LARGE_DOCUMENT {
            *self = Self::default();
        }
        analysis
    }

    fn tokenize(&mut self, model: &Model, text: &str) {
        self.tokens.clear();
        self.chunks.tokenize(model, &mut self.lexicon, text, &mut self.tokens);
        apply_sequences(model, &mut self.lexicon, text, &mut self.tokens, &mut self.spare);
    }

    fn blocks(&self) -> impl Iterator<Item = std::ops::Range<usize>> + use<> {
        let tokens = self.tokens.len();
        (0..tokens).step_by(BLOCK_TOKENS).map(move |start| start..(start + BLOCK_TOKENS).min(tokens))
    }

    fn tag_and_parse(&mut self, model: &Model) {
        self.tags.clear();
        self.parsing.begin(self.tokens.len());
        let width = model.shared.width;
        for block in self.blocks() {
            let count = block.len();
            let (cache, lexicon) = (&mut self.shared_cache, &mut self.lexicon);
            let vectors = model.shared.encode(model, cache, lexicon, &self.tokens, block, &mut self.scratch);
            model.tagger.apply(vectors, width, count, &mut self.logits);
            let rows = self.logits.chunks_exact(model.tagger.stride()).take(count);
            self.tags.extend(rows.map(|row| largest(&row[..model.tagger.outputs]) as u8));
            self.parsing.feed(model.level, &model.parser, vectors, width);
        }
    }

    fn find_entities(&mut self, model: &Model, edges: &Edges) {
        self.finding.begin();
        let width = model.ner_encoder.width;
        for block in self.blocks() {
            let (cache, lexicon) = (&mut self.ner_cache, &mut self.lexicon);
            let vectors = model.ner_encoder.encode(model, cache, lexicon, &self.tokens, block, &mut self.scratch);
            let (tokens, lexicon) = (&self.tokens, &self.lexicon);
            let is_space = |token: usize| lexicon.get(tokens[token].word).is_space;
            self.finding.feed(model.level, &model.ner, vectors, width, &edges.starts, is_space);
        }
    }

    fn assemble(&mut self, model: &Model, heads: &[u32], deps: &[Dep], edges: Edges) -> Analysis {
        self.document = self.document.wrapping_add(1);
        if self.document == 0 {
            // The numbers of documents have come round: old marks must not look new.
            self.symbols.clear();
            self.document = 1;
        }
        let mut arena = Arena::default();
        let mut out = Vec::with_capacity(self.tokens.len());
        let mut entities: Vec<Entity> = Vec::new();
        let mut pairs_here = 0u16;
        for i in 0..self.tokens.len() {
            let token = self.tokens[i];
            let (pairs, next_pairs) = self.pairs_at(model, deps, i);
            let ruled = self.rule(model, i, deps[i], pairs_here | pairs);
            pairs_here = next_pairs;
            let word = *self.lexicon.get(token.word);
            let (ent_iob, ent_type) = self.finding.found[i];
            match (ent_iob, entities.last_mut()) {
                (3, _) => entities.push(Entity { start: i as u32, end: i as u32 + 1, label: ent_type }),
                (1, Some(entity)) => entity.end = i as u32 + 1,
                _ => {}
            }
            let mut symbol =
                |number| symbol(&mut self.symbols, self.document, &self.lexicon.strings, &mut arena, number);
            out.push(Token {
                start: token.start,
                end: token.end,
                head: heads[i],
                lemma: symbol(ruled.lemma),
                norm: symbol(word.norm),
                shape: symbol(word.shape),
                tag: ruled.tag,
                dep: ruled.dep,
                ent_type,
                pos: ruled.pos,
                morph: Morph(ruled.morph),
                ent_iob,
                space_after: token.space,
                sent_start: edges.starts[i],
                is_space: word.is_space,
            });
        }
        Analysis::new(out, arena, entities, Tree::new(heads, edges), std::sync::Arc::clone(model.ruler.morphs()))
    }

    fn seen<'a>(&'a self, model: &Model, i: usize, dep: Dep) -> Seen<'a> {
        let word = self.lexicon.get(self.tokens[i].word);
        let lower = self.lexicon.strings.get(word.lower);
        Seen { lower, tag: model.tags[usize::from(self.tags[i])], dep, is_space: word.is_space }
    }

    /// The two-token rules that match at token `i` and change it, or the next one.
    fn pairs_at(&self, model: &Model, deps: &[Dep], i: usize) -> (u16, u16) {
        let Some(next) = self.tokens.get(i + 1) else {
            return (0, 0);
        };
        let mask = self.lexicon.get(self.tokens[i].word).opens & self.lexicon.get(next.word).closes;
        if mask == 0 {
            return (0, 0);
        }
        model.ruler.pairs(mask, self.seen(model, i, deps[i]), self.seen(model, i + 1, deps[i + 1]))
    }

    fn rule(&mut self, model: &Model, i: usize, dep: Dep, pairs: u16) -> Ruled {
        let word = self.tokens[i].word;
        let key = (word, model.tags[usize::from(self.tags[i])], dep);
        if pairs == 0
            && let Some(&ruled) = self.ruled.get(&key)
        {
            return ruled;
        }
        let Outcome { tag, pos, morph, dep, lemma } = model.ruler.apply(self.seen(model, i, dep), pairs);
        let lemma = match lemma {
            Some(lemma) => self.lexicon.strings.intern(lemma).0,
            None => {
                let lemma = model.lemmatizer.lemma(model, self.lexicon.text(word), pos, morph);
                self.lexicon.strings.intern(&lemma).0
            }
        };
        let ruled = Ruled { tag, pos, morph, dep, lemma };
        if pairs == 0 {
            self.ruled.insert(key, ruled);
        }
        ruled
    }
}

/// The document's symbol for one of the worker's strings.
fn symbol(symbols: &mut Vec<(u32, u32)>, document: u32, strings: &Strings, arena: &mut Arena, number: u32) -> Sym {
    if symbols.len() <= number as usize {
        symbols.resize(strings.len(), (0, 0));
    }
    let mark = &mut symbols[number as usize];
    if mark.0 != document {
        *mark = (document, arena.add(strings.get(number)).0);
    }
    Sym(mark.1)
}
