//! Turns words into vectors that know their neighbourhood: hash embeddings, a mixing layer, four convolutions.
//!
//! A long document goes through in blocks. Each layer looks one token to each side, so a block of tokens needs
//! `depth` more on each side at the bottom and one fewer at each layer; beyond the ends of the document there are
//! zero rows, as spaCy pads them.

use std::ops::Range;

use super::{LARGEST, RowCache};
use crate::error::Error;
use crate::hash::embed_keys;
use crate::kernels::{self, BLOCK, Buffer, LANES, Level, Packed, Rows, add_half};
use crate::lexicon::{Lexeme, Lexicon, NONE};
use crate::model::{Model, Section, Weights, spec};
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
    packed: Packed,
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
            packed: weights.packed(&spec.weights, &spec.bias, inputs, width * 3)?,
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
    /// The first convolution, taken apart by the place of the word: left, centre (with the bias), right.
    first: Packed,
    first_gain: Buffer,
    first_shift: Buffer,
    /// The other convolutions.
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
    pending_products: Vec<u32>,
    concat: Buffer,
    /// Row in the cache of each token in sight, [`NONE`] outside the document.
    rows: Vec<u32>,
    zeros: Buffer,
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
        let (first, first_gain, first_shift) = take_apart(weights, &spec.layers[0], width, component)?;
        let layers = spec.layers[1..]
            .iter()
            .map(|layer| Layer::new(weights, layer, 3 * width, width, component))
            .collect::<Result<Vec<_>, _>>()?;
        let sees_spacing = columns.iter().any(|column| column.feature == 4);
        let places = if component == "ner" { 2..4 } else { 0..2 };
        Ok(Self { width, columns, mixer, first, first_gain, first_shift, layers, sees_spacing, places })
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
        let (width, depth) = (self.width, 1 + self.layers.len());
        let total = range.len() + 2 * depth;
        scratch.ping.reserve_len((BLOCK_TOKENS + 2 * depth).max(total) * width);
        scratch.pong.reserve_len((BLOCK_TOKENS + 2 * depth).max(total) * width);
        let first = range.start.saturating_sub(depth);
        let last = (range.end + depth).min(tokens.len());
        self.fill(model, cache, lexicon, &tokens[first..last], scratch);

        // Row 0 of the bottom is token range.start - depth, which may lie before the document: nothing there.
        let lead = depth - (range.start - first);
        scratch.rows.clear();
        scratch.rows.resize(lead, NONE);
        let row_of = |token: &Tok| lexicon.get(token.word).rows[self.place(token.space)];
        scratch.rows.extend(tokens[first..last].iter().map(row_of));
        scratch.rows.resize(total, NONE);
        self.multiply(cache, scratch);
        self.first_layer(model, cache, scratch);

        let (mut from, mut to) = (&mut scratch.ping, &mut scratch.pong);
        for (l, layer) in self.layers.iter().enumerate() {
            let count = total - 2 * (l + 2);
            let out = &mut to[..count * width];
            kernels::maxout(Rows::new(from, width, layer.packed.inputs(), count), &layer.packed, out);
            let centre = &from[width..][..count * width];
            kernels::norm_add(model.level, out, Some(centre), &layer.gain, &layer.shift);
            std::mem::swap(&mut from, &mut to);
        }
        &from[..range.len() * width]
    }

    /// Sees to it that the products of every row in sight are in the cache.
    fn multiply(&self, cache: &mut RowCache, scratch: &mut Scratch) {
        cache.make_room_for_products(scratch.rows.len());
        scratch.pending_products.clear();
        let start = cache.products_used;
        for &row in scratch.rows.iter().filter(|&&row| row != NONE) {
            let product = &mut cache.product_of[row as usize];
            if *product == NONE {
                *product = (start + scratch.pending_products.len()) as u32;
                scratch.pending_products.push(row);
            }
        }
        let (width, size) = (self.width, self.first.outputs());
        cache.products_used += scratch.pending_products.len();
        scratch.concat.reserve_len(BATCH * width);
        for (batch, pending) in scratch.pending_products.chunks(BATCH).enumerate() {
            for (to, &row) in scratch.concat.chunks_exact_mut(width).zip(pending) {
                to.copy_from_slice(&cache.rows[row as usize * width..][..width]);
            }
            let out = &mut cache.products[(start + batch * BATCH) * size..][..pending.len() * size];
            let x = Rows::new(&scratch.concat, width, width, pending.len());
            kernels::dense(x, &self.first, out);
        }
    }

    /// The first convolution, as sums of products: into `scratch.ping`.
    fn first_layer(&self, model: &Model, cache: &RowCache, scratch: &mut Scratch) {
        let (width, size) = (self.width, self.first.outputs());
        let third = size / 3;
        // A zero row times the weights is zero, but the centre's part has the bias in it.
        scratch.zeros.reserve_len(size);
        scratch.zeros[third..2 * third].copy_from_slice(&self.first.bias()[third..2 * third]);
        let (zeros, rows) = (&scratch.zeros, &scratch.rows);
        let part = |row: u32, place: usize| {
            let all = match row {
                NONE => &zeros[..size],
                row => &cache.products[cache.product_of[row as usize] as usize * size..][..size],
            };
            &all[place * third..][..third]
        };
        let out = &mut scratch.ping[..(rows.len() - 2) * width];
        let base = &mut scratch.pong[..out.len()];
        for ((window, out), base) in rows.windows(3).zip(out.chunks_exact_mut(width)).zip(base.chunks_exact_mut(width))
        {
            let [left, centre, right] = *window else {
                continue;
            };
            kernels::sum_maxout(model.level, [part(left, 0), part(centre, 1), part(right, 2)], out);
            match centre {
                NONE => base.fill(0.0),
                row => base.copy_from_slice(&cache.rows[row as usize * width..][..width]),
            }
        }
        kernels::norm_add(model.level, out, Some(base), &self.first_gain, &self.first_shift);
    }

    /// Sees to it that every token's word has its first vector in the cache.
    fn fill(&self, model: &Model, cache: &mut RowCache, lexicon: &mut Lexicon, tokens: &[Tok], scratch: &mut Scratch) {
        cache.prepare(self.width, self.first.outputs());
        if cache.is_full(tokens.len()) {
            lexicon.forget_rows(self.places.clone());
            cache.clear();
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
        let inputs = self.mixer.packed.inputs();
        scratch.concat.reserve_len(BATCH * inputs);
        cache.used += scratch.pending.len();
        for (batch, pending) in scratch.pending.chunks(BATCH).enumerate() {
            for (row, &(word, space)) in scratch.concat.chunks_exact_mut(inputs).zip(pending) {
                self.embed(model, lexicon.get(word), space, row);
            }
            let at = (start + batch * BATCH) * self.width;
            let out = &mut cache.rows[at..][..pending.len() * self.width];
            let x = Rows::new(&scratch.concat, inputs, inputs, pending.len());
            kernels::maxout(x, &self.mixer.packed, out);
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

/// A convolution as three layers side by side, one for each place in the window, and its gain and shift.
fn take_apart(
    weights: &Weights<'_>,
    spec: &spec::Layer,
    width: usize,
    component: &str,
) -> Result<(Packed, Buffer, Buffer), Error> {
    if spec.inputs as usize != 3 * width {
        let what = format!("a layer of {} inputs where {} come in", spec.inputs, 3 * width);
        return Err(Error::unsupported(component, what));
    }
    let all = weights.take(&spec.weights, 3 * width * width * 3)?;
    let centre = weights.take(&spec.bias, 3 * width)?;
    let mut bias = Buffer::zeros(3 * centre.len());
    bias[centre.len()..][..centre.len()].copy_from_slice(&centre);
    let (blocks, size) = (width / LANES, width * BLOCK);
    let first = Packed::new(weights.level(), width, bias, |n, out| {
        let (place, block) = (n / blocks, n % blocks);
        out.copy_from_slice(&all[(block * 3 + place) * size..][..size]);
    });
    Ok((first, weights.take(&spec.gain, width)?, weights.take(&spec.shift, width)?))
}

/// Adds a row of a table of vectors to `out`.
pub(crate) fn add_row(level: Level, table: &[u8], half: bool, row: usize, out: &mut [f32]) {
    let size = out.len() * if half { 2 } else { 4 };
    let bytes = &table[row * size..][..size];
    if half {
        add_half(level, bytes, out);
    } else {
        out.iter_mut().zip(bytes.as_chunks::<4>().0).for_each(|(out, bytes)| *out += f32::from_le_bytes(*bytes));
    }
}

/// What there is to measure of an encoder.
#[cfg(feature = "bench")]
impl Encoder {
    /// Inputs and outputs of each matrix: the mixing layer, the first convolution taken apart, another convolution.
    pub(crate) fn sizes(&self) -> [(usize, usize); 3] {
        let size = |packed: &Packed| (packed.inputs(), packed.outputs());
        let other = self.layers.first().map_or((0, 0), |layer| size(&layer.packed));
        [size(&self.mixer.packed), size(&self.first), other]
    }

    /// The first column's table: its bytes, whether they are half floats, how many rows it has.
    pub(crate) fn table<'m>(&self, model: &'m Model) -> (&'m [u8], bool, usize) {
        let column = &self.columns[0];
        (&model.section(Section::Weights)[column.place.clone()], column.half, column.rows as usize)
    }

    /// How many rows of tables a word's vector is made of.
    pub(crate) fn rows_of_a_word(&self) -> usize {
        self.columns.len() * embed_keys(0, 0).len()
    }
}
