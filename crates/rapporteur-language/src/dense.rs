//! The arithmetic for other crates of the workspace: layers of weights, laid out for a [`Level`], and what a transformer needs beside
//! them. What the crate's own encoders run on; safe to call, sizes are checked at the door.
//!
//! A row's result depends neither on the rows beside it nor on the thread. AVX2 and AVX-512 give the same bits, the portable version the
//! same up to rounding.

pub use crate::kernels::Buffer;
use crate::kernels::{self, Attending, BLOCK, Level, Packed, Rows};
#[cfg(target_arch = "x86_64")]
use crate::kernels::{Rounded, Whole};

/// Weights and bias of a layer: `out = w · x + b`.
pub struct Matrix {
    outputs: usize,
    layer: Layer,
}

enum Layer {
    Single(Packed),
    #[cfg(target_arch = "x86_64")]
    Whole(Whole),
}

/// Memory that applying a layer needs; to be kept and handed in again.
#[derive(Default)]
pub struct Memory {
    #[cfg(target_arch = "x86_64")]
    rounded: Rounded,
    attention: Attending,
}

impl std::fmt::Debug for Matrix {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matrix").field("inputs", &self.inputs()).field("outputs", &self.outputs).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}

impl Matrix {
    /// A layer in single precision: `weights` has a row of `inputs` numbers for each number of `bias`.
    ///
    /// # Panics
    /// If `weights` are not `inputs · bias.len()`.
    pub fn new(level: Level, inputs: usize, weights: &[f32], bias: &[f32]) -> Self {
        let outputs = bias.len();
        assert!(weights.len() == inputs * outputs);
        let mut padded = Buffer::zeros(outputs.next_multiple_of(BLOCK));
        padded[..outputs].copy_from_slice(bias);
        let packed = Packed::new(level, inputs, padded, |block, out| {
            for (o, row) in weights.chunks_exact(inputs).enumerate().skip(block * BLOCK).take(BLOCK) {
                for (i, w) in row.iter().enumerate() {
                    out[i * BLOCK + o % BLOCK] = *w;
                }
            }
        });
        Self { outputs, layer: Layer::Single(packed) }
    }

    /// A layer whose weights are whole numbers, each row to be multiplied by its scale. With AVX2 and AVX-512 a row of input is rounded
    /// to 15 bits and a sign (fewer where sums could leave 32 bits), so that whole numbers are multiplied: about twice as fast as [`Matrix::new`]. The portable version
    /// multiplies the weights out and is one of [`Matrix::new`].
    ///
    /// # Panics
    /// If `inputs` is odd or 0, or the sizes do not fit.
    pub fn from_whole(level: Level, inputs: usize, weights: &[i8], scales: &[f32], bias: &[f32]) -> Self {
        assert!(inputs.is_multiple_of(2) && inputs > 0);
        assert!(weights.len() == inputs * scales.len() && bias.len() == scales.len());
        #[cfg(target_arch = "x86_64")]
        if let Some(whole) = Whole::new(level, inputs, weights, scales, bias) {
            return Self { outputs: bias.len(), layer: Layer::Whole(whole) };
        }
        let rows = weights.chunks_exact(inputs).zip(scales);
        let single: Vec<f32> = rows.flat_map(|(row, scale)| row.iter().map(move |w| f32::from(*w) * scale)).collect();
        Self::new(level, inputs, &single, bias)
    }

    /// Numbers in a row of input.
    pub fn inputs(&self) -> usize {
        match &self.layer {
            Layer::Single(packed) => packed.inputs(),
            #[cfg(target_arch = "x86_64")]
            Layer::Whole(whole) => whole.inputs(),
        }
    }

    /// Numbers of a row of output that mean something; the rows lie [`Matrix::stride`] apart.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Numbers from one row of output to the next: [`Matrix::outputs`], up to a multiple of 48.
    pub fn stride(&self) -> usize {
        match &self.layer {
            Layer::Single(packed) => packed.outputs(),
            #[cfg(target_arch = "x86_64")]
            Layer::Whole(whole) => whole.outputs(),
        }
    }

    /// Applies the layer to `count` rows of `x`, back to back.
    ///
    /// # Panics
    /// If `x` has fewer rows, or `out` no room for as many.
    #[cfg_attr(
        not(target_arch = "x86_64"),
        expect(unused_variables, reason = "whole numbers are multiplied there alone")
    )]
    pub fn apply(&self, x: &[f32], count: usize, memory: &mut Memory, out: &mut [f32]) {
        match &self.layer {
            Layer::Single(packed) => {
                let inputs = packed.inputs();
                kernels::dense(Rows::new(x, inputs, inputs, count), packed, out);
            }
            #[cfg(target_arch = "x86_64")]
            Layer::Whole(whole) => whole.apply(x, count, &mut memory.rounded, out),
        }
    }
}

/// Every number by the exact gelu, `x/2 · (1 + erf(x/√2))`.
pub fn gelu(level: Level, x: &mut [f32]) {
    kernels::gelu(level, x);
}

/// Every number by `1 / (1 + e^-x)`: alike on every machine, which the libraries' exponentials are not.
pub fn sigmoid(level: Level, x: &mut [f32]) {
    kernels::sigmoid(level, x);
}

/// Every number by `e^x`, divided by the sum of all.
pub fn softmax(level: Level, x: &mut [f32]) {
    kernels::softmax(level, x);
}

/// Adds `base`, then brings every row of `y` to mean 0 and variance 1, scales by `gain` and shifts by `bias`; a row is `gain.len()`
/// numbers.
///
/// # Panics
/// If a row is no multiple of 16, or the sizes do not fit.
pub fn add_norm(level: Level, y: &mut [f32], base: &[f32], gain: &[f32], bias: &[f32]) {
    assert!(y.len() == base.len());
    y.iter_mut().zip(base).for_each(|(y, base)| *y += base);
    kernels::norm_add(level, y, None, gain, bias);
}

/// Attention of `count` rows to each other: a row of `x` (`stride` numbers apart) has the queries of all `heads`, then their keys, then
/// their values, `size` numbers a head; a row of `out` (`heads · size` numbers) has the means of the values, weighted by the softmax of
/// query · key / √size.
///
/// # Panics
/// If `size` is no multiple of 16, or the sizes do not fit.
pub fn attention(
    level: Level,
    x: &[f32],
    stride: usize,
    [count, heads, size]: [usize; 3],
    memory: &mut Memory,
    out: &mut [f32],
) {
    kernels::attention(level, x, stride, [count, heads, size], &mut memory.attention, out);
}

/// `out[o] = Σ_i w[i][o] · x[i]` for one row: `w` has a row of `out.len()` numbers for each input.
///
/// # Panics
/// If `out.len()` is no multiple of 16, or the sizes do not fit.
pub fn sum_rows(level: Level, w: &[f32], x: &[f32], bias: &[f32], out: &mut [f32]) {
    kernels::score(level, w, bias, x, out);
}

/// Expands little-endian half floats.
///
/// # Panics
/// If `half` has not two bytes for each number of `out`.
pub fn expand_half(level: Level, half: &[u8], out: &mut [f32]) {
    kernels::expand_half(level, half, out);
}
