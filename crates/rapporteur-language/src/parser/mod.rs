//! Finds each token's head: an arc-eager parser that takes, again and again, the best-scored action that is allowed.

mod deproject;
mod edges;
mod state;

use std::ops::Range;

use crate::error::Error;
use crate::kernels::{Buffer, Level};
use crate::label::Dep;
use crate::model::{Weights, spec};
use crate::neural::{BLOCK_TOKENS, Scorer, Transition};
use state::State;

pub(crate) use deproject::deprojectivise;
pub(crate) use edges::{Edges, find_edges};

/// What a class does.
const SHIFT: u8 = 0;
const REDUCE: u8 = 1;
const LEFT: u8 = 2;
const RIGHT: u8 = 3;
const BREAK: u8 = 4;

const FEATURES: usize = 8;
/// "No token" in all of the parser's lists.
pub(crate) const NO: u32 = u32::MAX;

/// A dependency label; decorated ones say where the arc would really go (`dobj||xcomp`: to the `xcomp` below).
#[derive(Clone, Copy)]
pub(crate) struct ArcLabel {
    pub(crate) plain: Dep,
    pub(crate) sought: Option<Dep>,
}

/// The parser's weights and actions.
pub(crate) struct ParserModel {
    transition: Transition,
    /// Classes of each action.
    ranges: [Range<usize>; 5],
    /// Label of each class.
    pub(crate) labels: Vec<ArcLabel>,
}

impl ParserModel {
    pub(crate) fn new(weights: &Weights<'_>, spec: &spec::Transition, width: usize) -> Result<Self, Error> {
        let transition = Transition::new(weights, spec, width, FEATURES, "parser")?;
        let range = |action: u8| {
            let start = spec.moves.partition_point(|(a, _)| *a < action);
            start..spec.moves.partition_point(|(a, _)| *a <= action)
        };
        let ranges = [range(SHIFT), range(REDUCE), range(LEFT), range(RIGHT), range(BREAK)];
        let sound = spec.moves.is_sorted_by_key(|(action, _)| *action)
            && spec.moves.iter().all(|(action, _)| *action <= BREAK)
            && ranges[0].len() == 1
            && ranges[1].len() == 1
            && !ranges[2].is_empty()
            && !ranges[3].is_empty()
            && ranges[4].len() <= 1;
        if !sound {
            return Err(Error::unsupported("parser", "actions other than those of an arc-eager parser"));
        }
        let dep = |text: &str| Dep::intern(text).ok_or_else(|| Error::unsupported("parser", "too many unknown labels"));
        let labels = spec
            .moves
            .iter()
            .map(|(_, label)| {
                if label == "subtok" {
                    return Err(Error::unsupported("parser", "the label subtok (merging of tokens)"));
                }
                Ok(match label.split_once("||") {
                    Some((plain, sought)) => ArcLabel { plain: dep(plain)?, sought: Some(dep(sought)?) },
                    None => ArcLabel { plain: dep(label)?, sought: None },
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self { transition, ranges, labels })
    }
}

#[cfg(feature = "bench")]
impl ParserModel {
    /// What there is to measure.
    pub(crate) fn transition(&self) -> &Transition {
        &self.transition
    }
}

/// Blocks whose precomputed rows are kept; for tokens further back they are computed again when needed.
const RING_BLOCKS: usize = 2;
const RING: usize = RING_BLOCKS * BLOCK_TOKENS;
/// Rows of far tokens that are remembered.
const SPARE: usize = 8;

/// One document's parsing, fed block by block, and the memory it works in.
#[derive(Default)]
pub(crate) struct Parsing {
    state: State,
    scorer: Scorer,
    linear: Buffer,
    /// The linear layer's rows for the whole document, to compute far rows again.
    kept: Vec<f32>,
    ring: Buffer,
    ready: usize,
    spare: Buffer,
    spare_tokens: [u32; SPARE],
    next_spare: usize,
}

impl Parsing {
    pub(crate) fn begin(&mut self, tokens: usize) {
        self.state.begin(tokens);
        self.kept.clear();
        self.ready = 0;
        self.spare_tokens = [NO; SPARE];
        self.next_spare = 0;
    }

    /// Takes the vectors of the next tokens, at most a block of them, and parses as far as they allow.
    pub(crate) fn feed(&mut self, level: Level, model: &ParserModel, vectors: &[f32], width: usize) {
        let layers = &model.transition;
        let count = vectors.len() / width;
        layers.linear.apply(vectors, width, count, &mut self.linear);
        let stride = layers.linear.stride();
        for row in self.linear.chunks_exact(stride).take(count) {
            self.kept.extend_from_slice(&row[..layers.hidden]);
        }
        // A whole block always begins at a multiple of the block size, so it never wraps in the ring.
        let width = layers.lower.stride();
        self.ring.reserve_len(RING * width);
        layers.lower.apply_to(&self.linear, stride, count, &mut self.ring[self.ready % RING * width..]);
        self.ready += count;
        self.run(level, model);
    }

    fn run(&mut self, level: Level, model: &ParserModel) {
        while !self.state.is_final() && self.state.looks_no_further_than(self.ready) {
            let context = self.state.context();
            let kept_to = self.ready.next_multiple_of(BLOCK_TOKENS);
            let far = |token: u32| token != NO && (token as usize) + RING < kept_to;
            let mut slots = [usize::MAX; FEATURES];
            for (slot, token) in slots.iter_mut().zip(context) {
                if far(token) {
                    *slot = self.compute_far(model, token);
                }
            }
            let layers = &model.transition;
            let width = layers.lower.stride();
            let parts: [&[f32]; FEATURES] = std::array::from_fn(|f| {
                let token = context[f];
                if token == NO {
                    layers.missing(f)
                } else if slots[f] != usize::MAX {
                    layers.part(&self.spare[slots[f] * width..], f)
                } else {
                    layers.part(&self.ring[token as usize % RING * width..], f)
                }
            });
            let scores = self.scorer.score(level, layers, &parts);
            let valid = self.state.valid();
            let mut best: Option<(usize, usize)> = None;
            for (action, range) in model.ranges.iter().enumerate() {
                if !valid[action] {
                    continue;
                }
                for class in range.clone() {
                    if best.is_none_or(|(_, so_far)| scores[class] > scores[so_far]) {
                        best = Some((action, class));
                    }
                }
            }
            match best {
                Some((action, class)) => self.state.apply(action as u8, class as u16),
                None => self.state.give_up(),
            }
        }
    }

    /// The slot in `spare` that holds the row of a token that has left the ring. There are as many slots as features, taken in
    /// turn, so one state's tokens never drive each other out.
    fn compute_far(&mut self, model: &ParserModel, token: u32) -> usize {
        if let Some(slot) = self.spare_tokens.iter().position(|&known| known == token) {
            return slot;
        }
        let slot = self.next_spare;
        self.next_spare = (slot + 1) % SPARE;
        let layers = &model.transition;
        let row = &self.kept[token as usize * layers.hidden..][..layers.hidden];
        let width = layers.lower.stride();
        self.spare.reserve_len(SPARE * width);
        layers.lower.apply_to(row, layers.hidden, 1, &mut self.spare[slot * width..]);
        self.spare_tokens[slot] = token;
        slot
    }

    /// Head of each token and class of its arc ([`u16::MAX`] for a root, which is its own head).
    pub(crate) fn finish(&mut self) -> (&mut Vec<u32>, &mut Vec<u16>) {
        self.state.finish()
    }
}
