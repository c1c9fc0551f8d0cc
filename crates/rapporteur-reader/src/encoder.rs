//! The first layers of a BERT encoder: from pieces to states that know their window.
//!
//! Windows go through together, so that matrices have many rows at once; only attention is a window's own. A row's numbers depend on its
//! window alone, so a window comes out alike by itself and among others.

use std::borrow::Cow;
use std::ops::Range;

use rapporteur_language::Level;
use rapporteur_language::dense::{self, Buffer, Matrix, Memory};

use crate::error::Error;
use crate::tensors::Tensors;

/// Pieces in a window at most, those before and after it included.
pub(crate) const LONGEST: usize = 256;
/// Rows that go through the wide layers together: what lies between them stays in the second-level cache.
const ROWS: usize = 96;

struct Norm {
    gain: Buffer,
    bias: Buffer,
}

impl Norm {
    fn read(tensors: &Tensors<'_>, name: &str, width: usize) -> Result<Self, Error> {
        let part = |part| tensors.numbers(&format!("{name}.{part}"), &[width]);
        Ok(Self { gain: part("weight")?, bias: part("bias")? })
    }
}

struct Layer {
    qkv: Matrix,
    attention: Matrix,
    norm1: Norm,
    inner: Matrix,
    outer: Matrix,
    norm2: Norm,
}

pub(crate) struct Encoder {
    level: Level,
    pub(crate) width: usize,
    heads: usize,
    /// The words' rows as whole numbers, as they lie in the file; each has a scale.
    words: Cow<'static, [u8]>,
    scales: Buffer,
    positions: Buffer,
    norm: Norm,
    layers: Vec<Layer>,
}

/// Memory that encoding needs.
#[derive(Default)]
pub(crate) struct Scratch {
    memory: Memory,
    wide: Buffer,
    mixed: Buffer,
}

impl Encoder {
    /// Where the words' rows lie in a file.
    pub(crate) fn words(tensors: &Tensors<'_>) -> Result<Range<usize>, Error> {
        tensors.whole("embeddings.word.weight", &tensors.sizes("embeddings.word.weight")?)
    }

    /// Takes an encoder out of a file; `words` are the bytes at [`Encoder::words`].
    pub(crate) fn read(tensors: &Tensors<'_>, words: Cow<'static, [u8]>, level: Level) -> Result<Self, Error> {
        let [count, width] = tensors.sizes("embeddings.word.weight")?;
        let number = |name: &str| tensors.note(name).and_then(|n| n.trim().parse::<usize>().ok());
        let heads = number("heads").unwrap_or(12);
        let layers = number("layers").filter(|n| *n <= 48).ok_or_else(|| Error::damaged("how many layers?"))?;
        let sound = heads > 0 && width.is_multiple_of(heads * 16) && width.is_multiple_of(48) && width > 0 && count > 0;
        if !sound {
            return Err(Error::unsupported(format!("{count} pieces, {width} wide, {heads} heads")));
        }
        let layer = |n: usize| {
            let name = |part: &str| format!("layer.{n}.{part}");
            let inner = tensors.shape(&name("inner.bias"))?.first().copied().unwrap_or(0);
            if !inner.is_multiple_of(48) || inner == 0 {
                return Err(Error::unsupported(format!("a layer that is {inner} wide within")));
            }
            let matrix = |part, inputs, outputs| tensors.layer(level, &name(part), inputs, outputs);
            Ok(Layer {
                qkv: matrix("qkv", width, 3 * width)?,
                attention: matrix("attention", width, width)?,
                norm1: Norm::read(tensors, &name("norm1"), width)?,
                inner: matrix("inner", width, inner)?,
                outer: matrix("outer", inner, width)?,
                norm2: Norm::read(tensors, &name("norm2"), width)?,
            })
        };
        Ok(Self {
            level,
            width,
            heads,
            words,
            scales: tensors.numbers("embeddings.word.scale", &[count])?,
            positions: tensors.numbers("embeddings.position", &[LONGEST, width])?,
            norm: Norm::read(tensors, "embeddings.norm", width)?,
            layers: (0..layers).map(layer).collect::<Result<_, _>>()?,
        })
    }

    pub(crate) fn level(&self) -> Level {
        self.level
    }

    /// Pieces that it knows.
    pub(crate) fn vocabulary(&self) -> usize {
        self.scales.len()
    }

    /// The states of windows, one row a piece, window after window: `pieces` of all of them and how many each has.
    ///
    /// Of a window longer than [`LONGEST`] the pieces beyond share the last position; of a piece that it does not know it takes the first.
    pub(crate) fn states(&self, pieces: &[u32], lengths: &[usize], scratch: &mut Scratch) -> Buffer {
        let (width, level) = (self.width, self.level);
        let mut states = self.embed(pieces, lengths);
        let mut next = Buffer::zeros(states.len());
        let Scratch { memory, wide, mixed } = scratch;
        mixed.reserve_len(states.len());
        for layer in &self.layers {
            let stride = layer.qkv.stride();
            wide.reserve_len((pieces.len() * stride).max(ROWS * layer.inner.stride()));
            layer.qkv.apply(&states, pieces.len(), memory, wide);
            let mut at = 0;
            for &count in lengths {
                let (x, out) = (&wide[at * stride..], &mut mixed[at * width..]);
                dense::attention(level, x, stride, [count, self.heads, width / self.heads], memory, out);
                at += count;
            }
            layer.attention.apply(mixed, pieces.len(), memory, &mut next);
            dense::add_norm(level, &mut next, &states, &layer.norm1.gain, &layer.norm1.bias);
            for (rows, out) in next.chunks(ROWS * width).zip(states.chunks_mut(ROWS * width)) {
                let count = rows.len() / width;
                layer.inner.apply(rows, count, memory, wide);
                dense::gelu(level, &mut wide[..count * layer.inner.stride()]);
                layer.outer.apply(wide, count, memory, out);
                dense::add_norm(level, out, rows, &layer.norm2.gain, &layer.norm2.bias);
            }
        }
        states
    }

    fn embed(&self, pieces: &[u32], lengths: &[usize]) -> Buffer {
        let width = self.width;
        let mut states = Buffer::zeros(pieces.len() * width);
        let mut bases = Buffer::zeros(pieces.len() * width);
        let places = lengths.iter().flat_map(|&count| (0..count).map(|n| n.min(LONGEST - 1)));
        let rows = states.chunks_exact_mut(width).zip(bases.chunks_exact_mut(width));
        for ((&piece, place), (row, base)) in pieces.iter().zip(places).zip(rows) {
            let piece = if (piece as usize) < self.scales.len() { piece as usize } else { 0 };
            let bytes = &self.words[piece * width..][..width];
            let scale = self.scales[piece];
            row.iter_mut().zip(bytes).for_each(|(x, b)| *x = f32::from(b.cast_signed()) * scale);
            base.copy_from_slice(&self.positions[place * width..][..width]);
        }
        dense::add_norm(self.level, &mut states, &bases, &self.norm.gain, &self.norm.bias);
        states
    }
}
