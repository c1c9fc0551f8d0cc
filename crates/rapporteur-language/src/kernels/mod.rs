//! The arithmetic: small matrix kernels in three versions, the fastest that the processor has chosen when the program runs.
//!
//! Every function here is safe to call: sizes are checked at the door, and a [`Level`] can only be
//! had through [`Level::available`], so a kernel never meets a processor without its instructions.
//!
//! Weights come from the file as `[block][input][3][16]`: a block makes 3 × 16 numbers, for a maxout layer the
//! three pieces of 16 outputs, for a dense layer 48 outputs. Once loaded they lie as the level reads them ([`Packed`]).
//!
//! Each row is summed in the order of its inputs whatever the tile it falls in, so a row's result does not
//! depend on its neighbours: caches, blocks and threads never change a result.

// The one place where the workspace's ban on `unsafe` is lifted: SIMD intrinsics need it.
#![allow(unsafe_code)]

mod buffer;
mod curves;
mod level;
mod packed;
mod portable;
#[cfg(target_arch = "x86_64")]
mod whole;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;

#[cfg(test)]
mod tests;

pub use buffer::Buffer;
use level::Kind;
pub use level::Level;
pub(crate) use packed::{Packed, Panels};
#[cfg(target_arch = "x86_64")]
pub(crate) use whole::{Rounded, Whole};

/// Numbers in a vector row of the packing.
pub(crate) const LANES: usize = 16;
/// Numbers that one block of packed weights makes.
pub(crate) const BLOCK: usize = 3 * LANES;

/// Calls the version of a kernel that the level names.
macro_rules! dispatch {
    ($level:expr, $name:ident ( $($arg:expr),* $(,)? )) => {
        match $level.0 {
            Kind::Portable => portable::$name($($arg),*),
            // SAFETY: a Level other than Portable exists only after its features were detected (`available`).
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => unsafe { avx2::$name($($arg),*) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => unsafe { avx512::$name($($arg),*) },
        }
    };
}

/// Rows of input for a kernel: row `r` is the `width` numbers from `r * stride`. Rows may overlap
/// (`stride < width`): that is how a window over three neighbours is read without copying.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    data: &'a [f32],
    stride: usize,
    width: usize,
    count: usize,
}

impl<'a> Rows<'a> {
    /// Panics if the last row would reach beyond the data.
    pub(crate) fn new(data: &'a [f32], stride: usize, width: usize, count: usize) -> Self {
        assert!(count == 0 || (count - 1) * stride + width <= data.len());
        Self { data, stride, width, count }
    }

    fn row(&self, r: usize) -> &'a [f32] {
        &self.data[r * self.stride..r * self.stride + self.width]
    }

    /// Where the `R` rows from `first` begin.
    ///
    /// # Safety
    /// `first + R <= self.count`.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    unsafe fn pointers<const R: usize>(&self, first: usize) -> [*const f32; R] {
        // SAFETY: `Rows::new` proved that every row below `count` lies inside the data.
        std::array::from_fn(|r| unsafe { self.data.as_ptr().add((first + r) * self.stride) })
    }
}

/// `out[r][o] = max over the pieces p of (w[o,p] · x[r] + b[o,p])`; [`Packed::outputs`]` / 3` numbers a row, rows back to back.
pub(crate) fn maxout(x: Rows<'_>, layer: &Packed, out: &mut [f32]) {
    assert!(x.width == layer.inputs() && out.len() >= x.count * (layer.outputs() / 3));
    dispatch!(layer.level(), maxout(x, layer, out));
}

/// `out[r][o] = w[o] · x[r] + b[o]`; [`Packed::outputs`] numbers a row, rows back to back.
pub(crate) fn dense(x: Rows<'_>, layer: &Packed, out: &mut [f32]) {
    assert!(x.width == layer.inputs() && out.len() >= x.count * layer.outputs());
    dispatch!(layer.level(), dense(x, layer, out));
}

/// Brings every row of `y` to mean 0 and variance 1, scales by `gain`, shifts by `bias`, and adds the same row of `base`
/// (when there is one). The row width is `gain.len()`.
pub(crate) fn norm_add(level: Level, y: &mut [f32], base: Option<&[f32]>, gain: &[f32], bias: &[f32]) {
    assert!(gain.len() == bias.len() && gain.len().is_multiple_of(LANES) && y.len().is_multiple_of(gain.len()));
    assert!(base.is_none_or(|base| base.len() == y.len()));
    dispatch!(level, norm_add(y, base, gain, bias));
}

/// Expands little-endian half floats.
pub(crate) fn expand_half(level: Level, half: &[u8], out: &mut [f32]) {
    assert_eq!(half.len(), out.len() * 2);
    dispatch!(level, expand_half(half, out));
}

/// Adds little-endian half floats to what is there.
pub(crate) fn add_half(level: Level, half: &[u8], out: &mut [f32]) {
    assert_eq!(half.len(), out.len() * 2);
    dispatch!(level, add_half(half, out));
}

/// A maxout layer whose input's parts were multiplied before: the sum of the three rows, and the largest of each three
/// pieces, in the order that [`dense`] leaves them in.
pub(crate) fn sum_maxout(level: Level, rows: [&[f32]; 3], out: &mut [f32]) {
    assert!(out.len().is_multiple_of(LANES) && rows.iter().all(|row| row.len() == 3 * out.len()));
    dispatch!(level, sum_maxout(rows, out));
}

/// `out[j] = max(u[j], u[n + j])` where `u` is the sum of the parts and `b`, and n = `out.len()`.
pub(crate) fn sum_max(level: Level, parts: &[&[f32]], b: &[f32], out: &mut [f32]) {
    assert!(out.len().is_multiple_of(LANES) && b.len() == 2 * out.len());
    assert!(parts.iter().all(|part| part.len() == b.len()));
    dispatch!(level, sum_max(parts, b, out));
}

/// `out[o] = Σ_i w[i][o] · x[i] + b[o]`, with the outputs padded to a multiple of 16.
pub(crate) fn score(level: Level, w: &[f32], b: &[f32], x: &[f32], out: &mut [f32]) {
    assert!(b.len().is_multiple_of(LANES) && out.len() == b.len() && w.len() == b.len() * x.len());
    dispatch!(level, score(w, b, x, out));
}

/// Every number by `x/2 · (1 + erf(x/√2))`.
pub(crate) fn gelu(level: Level, x: &mut [f32]) {
    dispatch!(level, gelu(x));
}

/// Every number by `1 / (1 + e^-x)`.
pub(crate) fn sigmoid(level: Level, x: &mut [f32]) {
    dispatch!(level, sigmoid(x));
}

/// Every number by `e^x`, divided by the sum of all.
pub(crate) fn softmax(level: Level, x: &mut [f32]) {
    dispatch!(level, softmax(x));
}

/// Rounds a row to whole numbers of at most `most` in size; gives what they are to be multiplied by.
pub(crate) fn round_row(level: Level, x: &[f32], most: f32, out: &mut [i16]) -> f32 {
    assert!(x.len() == out.len() && (1.0..=32767.0).contains(&most));
    dispatch!(level, round_row(x, most, out))
}

/// Memory of an attention.
#[derive(Default)]
pub(crate) struct Attending {
    keys: Buffer,
    values: Buffer,
    weights: Buffer,
    zeros: Buffer,
}

/// Attention of `count` rows to each other: a row of `x` (`stride` numbers apart) has queries, keys and values of all heads one after
/// the other; a row of `out` has the heads' means of the values, weighted by softmax(q · k / √size).
pub(crate) fn attention(
    level: Level,
    x: &[f32],
    stride: usize,
    [count, heads, size]: [usize; 3],
    memory: &mut Attending,
    out: &mut [f32],
) {
    let width = heads * size;
    assert!(size.is_multiple_of(LANES) && size > 0 && stride >= 3 * width && out.len() >= count * width);
    assert!(count == 0 || x.len() >= (count - 1) * stride + 3 * width);
    let padded = count.next_multiple_of(LANES);
    let Attending { keys, values, weights, zeros } = memory;
    keys.reserve_len(size * padded);
    values.reserve_len(size * count);
    weights.reserve_len(count * padded);
    zeros.reserve_len(size.max(padded));
    keys[..size * padded].fill(0.0);
    for head in 0..heads {
        for r in 0..count {
            let part = |which: usize| &x[r * stride + which * width + head * size..][..size];
            let panel = &mut keys[r / LANES * LANES * size..][..LANES * size];
            for (to, key) in panel.as_chunks_mut::<LANES>().0.iter_mut().zip(part(1)) {
                to[r % LANES] = *key;
            }
            let rows = values.as_chunks_mut::<LANES>().0.iter_mut().skip(r).step_by(count);
            rows.zip(part(2).as_chunks::<LANES>().0).for_each(|(to, value)| *to = *value);
        }
        let panels = Panels { weights: &keys[..size * padded], bias: &zeros[..padded] };
        let products = &mut weights[..count * padded];
        let queries = Rows::new(&x[head * size..], stride, size, count);
        dispatch!(level, panels(queries, panels, padded, products));
        dispatch!(level, weigh_rows(products, padded, count, 1.0 / (size as f32).sqrt()));
        let panels = Panels { weights: &values[..size * count], bias: &zeros[..size] };
        let rows = Rows::new(products, padded, count, count);
        dispatch!(level, panels(rows, panels, width, &mut out[head * size..]));
    }
}

/// Independent multiply-adds in registers, as fast as this version can do them: `times` rounds; gives how many numbers a round
/// multiplied and added, and their sum (so that the work is not left out).
#[cfg(feature = "bench")]
pub(crate) fn multiply_adds(level: Level, times: u64) -> (usize, f32) {
    dispatch!(level, multiply_adds(times))
}
