//! The arithmetic: small matrix kernels in three versions, the fastest that the processor has chosen when the program runs.
//!
//! Every function here is safe to call: sizes are checked at the door, and a [`Level`] can only be
//! had through [`Level::detect`] (or [`Level::available`]), so a kernel never meets a processor without its instructions.
//!
//! Weights are packed as `[block][input][3][16]`: a block makes 3 × 16 numbers, for a maxout layer the
//! three pieces of 16 outputs, for a dense layer 48 outputs. One packing serves all three versions:
//! AVX-512 takes a row of 16 at once, AVX2 its two halves one after the other.
//!
//! Each row is summed in the order of its inputs whatever the tile it falls in, so a row's result does not
//! depend on its neighbours: caches, blocks and threads never change a result.

// The one place where the workspace's ban on `unsafe` is lifted: SIMD intrinsics need it.
#![allow(unsafe_code)]

mod buffer;
mod portable;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;

#[cfg(test)]
mod tests;

pub(crate) use buffer::Buffer;

/// Numbers in a vector row of the packing.
pub(crate) const LANES: usize = 16;
/// Numbers that one block of packed weights makes.
pub(crate) const BLOCK: usize = 3 * LANES;

/// Which version of the kernels runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Level(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// The fastest version this processor can run.
    pub(crate) fn detect() -> Self {
        Self::available().pop().unwrap_or(Self(Kind::Portable))
    }

    /// All versions this processor can run, slowest first.
    pub(crate) fn available() -> Vec<Self> {
        let mut levels = vec![Self(Kind::Portable)];
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 =
                is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") && is_x86_feature_detected!("f16c");
            if avx2 {
                levels.push(Self(Kind::Avx2));
                if is_x86_feature_detected!("avx512f") {
                    levels.push(Self(Kind::Avx512));
                }
            }
        }
        levels
    }

    /// A short name for reports.
    pub(crate) fn name(self) -> &'static str {
        match self.0 {
            Kind::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => "avx512",
        }
    }
}

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
}

fn check(x: &Rows<'_>, w: &[f32], b: &[f32], out: &[f32], out_width: usize) -> usize {
    assert_eq!(b.len() % BLOCK, 0);
    let blocks = b.len() / BLOCK;
    assert_eq!(w.len(), blocks * x.width * BLOCK);
    assert!(out.len() >= x.count * out_width);
    blocks
}

/// `out[r][o] = max over the pieces p of (w[o,p] · x[r] + b[o,p])`; `b.len() / 3` outputs a row, rows back to back.
pub(crate) fn maxout(level: Level, x: Rows<'_>, w: &[f32], b: &[f32], out: &mut [f32]) {
    let blocks = check(&x, w, b, out, b.len() / 3);
    dispatch!(level, maxout(x, w, b, out, blocks));
}

/// `out[r][o] = w[o] · x[r] + b[o]`; `b.len()` outputs a row, rows back to back.
pub(crate) fn dense(level: Level, x: Rows<'_>, w: &[f32], b: &[f32], out: &mut [f32]) {
    let blocks = check(&x, w, b, out, b.len());
    dispatch!(level, dense(x, w, b, out, blocks));
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
