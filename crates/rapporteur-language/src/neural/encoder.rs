//! Turns words into vectors that know their neighbourhood: hash embeddings, a mixing layer, four convolutions.
//!
//! A long document goes through in blocks. Each layer looks one token to each side, so a block of tokens needs
//! `depth` more on each side at the bottom and one fewer at each layer; beyond the ends of the document there are
//! zero rows, as spaCy pads them.

use std::ops::Range;

use super::{LARGEST, RowCache};
use crate::error::Error;
use crate::hash::embed_keys;
use crate::kernels::{self, Buffer, LANES, Level, Rows, expand_half};
use crate::lexicon::{Lexeme, Lexicon, NONE};
use crate::model::{Model, Section, Weights, expand_single, spec};
use crate::tokenizer::Tok;

/// Tokens in a block.
pub(crate) const BLOCK_TOKENS: usize = 256;
/// Words whose first vector is computed together.
const BATCH: usize = 64;

struct Column {
    feature: usize,
    seed: u32,
    rows: u32,
    half: bool,
    place: Range<usize>,
}

struct Layer {
    inputs: usize,
    weights: Buffer,
    bias: Buffer,
    gain: Buffer,
    shift: Buffer,
}

impl Layer {
    fn new(
        weights: &Weights<'_>,
        spec: &spec::Layer,
        inputs: usize,
        width: usize,
        component: &str,
    ) -> Result<Self, Error> {
        if spec.inputs as usize != inputs {
            let what = format!("a layer of {} inputs where {inputs} come in", spec.inputs);
            return Err(Error::unsupported(component, what));
        }
        Ok(Self {
            inputs,
            weights: weights.take(&spec.weights, inputs * width * 3)?,
            bias: weights.take(&spec.bias, width * 3)?,
            gain: weights.take(&spec.gain, width)?,
            shift: weights.take(&spec.shift, width)?,
        })
    }
}

/// One CNN encoder.
pub(crate) struct Encoder {
    pub(crate) width: usize,
    columns: Vec<Column>,
    mixer: Layer,
    layers: Vec<Layer>,
    /// The vector depends on whether a space follows.
    sees_spacing: bool,
    /// Which places of [`Lexeme::rows`] are this encoder's.
    places: Range<usize>,
}

/// Memory that an encoder works in, and its result.
#[derive(Default)]
pub(crate) struct Scratch {
    ping: Buffer,
    pong: Buffer,
    pending: Vec<(u32, bool)>,
    concat: Buffer,
}

impl Encoder {
    pub(crate) fn new(weights: &Weights<'_>, spec: &spec::Encoder, component: &str) -> Result<Self, Error> {
        let width = spec.width as usize;
        let sound = width > 0 && width.is_multiple_of(LANES) && width < LARGEST && spec.columns.len() <= 16;
        if !sound || spec.layers.is_empty() || spec.layers.len() > 32 {
            let what = format!("an encoder of width {width}, depth {}", spec.layers.len());
            return Err(Error::unsupported(component, what));
        }
        let columns = spec
            .columns
            .iter()
            .map(|column| {
                if column.rows == 0 || column.rows >= 1 << 24 || usize::from(column.feature) >= spec::FEATURES.len() {
                    return Err(Error::damaged(format!("a column of {} rows", column.rows)));
                }
                Ok(Column {
                    feature: column.feature.into(),
                    seed: column.seed,
                    rows: column.rows,
                    half: column.table.half,
                    place: weights.place(&column.table, column.rows as usize * width)?,
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mixer = Layer::new(weights, &spec.mixer, columns.len() * width, width, component)?;
        let layers = spec
            .layers
            .iter()
            .map(|layer| Layer::new(weights, layer, 3 * width, width, component))
            .collect::<Result<Vec<_>, _>>()?;
        let sees_spacing = columns.iter().any(|column| column.feature == 4);
        let places = if component == "ner" { 2..4 } else { 0..2 };
        Ok(Self { width, columns, mixer, layers, sees_spacing, places })
    }

    fn place(&self, space: bool) -> usize {
        self.places.start + usize::from(space && self.sees_spacing)
    }

    /// The vectors of the tokens in `range`, in the context of all tokens: rows of [`Encoder::width`].
    pub(crate) fn encode<'s>(
        &self,
        model: &Model,
        cache: &mut RowCache,
        lexicon: &mut Lexicon,
        tokens: &[Tok],
        range: Range<usize>,
        scratch: &'s mut Scratch,
    ) -> &'s [f32] {
        let (width, depth) = (self.width, self.layers.len());
        let total = range.len() + 2 * depth;
        scratch.ping.reserve_len((BLOCK_TOKENS + 2 * depth).max(total) * width);
        scratch.pong.reserve_len((BLOCK_TOKENS + 2 * depth).max(total) * width);
        let first = range.start.saturating_sub(depth);
        let last = (range.end + depth).min(tokens.len());
        self.fill(model, cache, lexicon, &tokens[first..last], scratch);

        // Row 0 of the bottom is token range.start - depth, which may lie before the document: zeros there.
        let lead = depth - (range.start - first);
        let bottom = &mut scratch.ping[..total * width];
        bottom[..lead * width].fill(0.0);
        bottom[(lead + last - first) * width..].fill(0.0);
        for (token, row) in tokens[first..last].iter().zip(bottom[lead * width..].chunks_exact_mut(width)) {
            let at = lexicon.get(token.word).rows[self.place(token.space)] as usize;
            row.copy_from_slice(&cache.rows[at * width..][..width]);
        }

        let (mut from, mut to) = (&mut scratch.ping, &mut scratch.pong);
        for (l, layer) in self.layers.iter().enumerate() {
            let count = total - 2 * (l + 1);
            let out = &mut to[..count * width];
            kernels::maxout(model.level, Rows::new(from, width, layer.inputs, count), &layer.weights, &layer.bias, out);
            let centre = &from[width..][..count * width];
            kernels::norm_add(model.level, out, Some(centre), &layer.gain, &layer.shift);
            std::mem::swap(&mut from, &mut to);
        }
        &from[..range.len() * width]
    }

    /// Sees to it that every token's word has its first vector in the cache.
    fn fill(&self, model: &Model, cache: &mut RowCache, lexicon: &mut Lexicon, tokens: &[Tok], scratch: &mut Scratch) {
        if cache.is_full(tokens.len()) {
            lexicon.forget_rows(self.places.clone());
            cache.used = 0;
        }
        scratch.pending.clear();
        let start = cache.used;
        for token in tokens {
            let row = &mut lexicon.get_mut(token.word).rows[self.place(token.space)];
            if *row == NONE {
                *row = (start + scratch.pending.len()) as u32;
                scratch.pending.push((token.word, token.space));
            }
        }
        let inputs = self.mixer.inputs;
        scratch.concat.reserve_len(BATCH * inputs);
        cache.used += scratch.pending.len();
        if cache.rows.len() < cache.used * self.width {
            // In steps, so that a fresh worker does not touch megabytes for a short text.
            cache.rows.reserve_len(cache.used.next_multiple_of(1 << 10) * self.width);
        }
        for (batch, pending) in scratch.pending.chunks(BATCH).enumerate() {
            for (row, &(word, space)) in scratch.concat.chunks_exact_mut(inputs).zip(pending) {
                self.embed(model, lexicon.get(word), space, row);
            }
            let at = (start + batch * BATCH) * self.width;
            let out = &mut cache.rows[at..][..pending.len() * self.width];
            let x = Rows::new(&scratch.concat, inputs, inputs, pending.len());
            kernels::maxout(model.level, x, &self.mixer.weights, &self.mixer.bias, out);
            kernels::norm_add(model.level, out, None, &self.mixer.gain, &self.mixer.shift);
        }
    }

    fn embed(&self, model: &Model, word: &Lexeme, space: bool, out: &mut [f32]) {
        let table = model.section(Section::Weights);
        for (column, out) in self.columns.iter().zip(out.chunks_exact_mut(self.width)) {
            let key = match column.feature {
                4 => u64::from(space),
                5 => u64::from(word.is_space),
                feature => word.ids[feature],
            };
            out.fill(0.0);
            for key in embed_keys(key, column.seed) {
                add_row(model.level, &table[column.place.clone()], column.half, (key % column.rows) as usize, out);
            }
        }
    }
}

fn add_row(level: Level, table: &[u8], half: bool, row: usize, out: &mut [f32]) {
    let mut values = [0.0f32; 128];
    let size = if half { 2 } else { 4 };
    let bytes = &table[row * out.len() * size..][..out.len() * size];
    for (out, bytes) in out.chunks_mut(values.len()).zip(bytes.chunks(values.len() * size)) {
        let values = &mut values[..out.len()];
        if half {
            expand_half(level, bytes, values);
        } else {
            expand_single(bytes, values);
        }
        out.iter_mut().zip(values).for_each(|(out, value)| *out += *value);
    }
}
