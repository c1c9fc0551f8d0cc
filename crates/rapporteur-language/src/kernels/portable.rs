//! The kernels in plain Rust: the yardstick for the others, and what runs where there is nothing faster.
//!
//! Everything goes by arrays of fixed size whose bounds are known, so that the compiler makes vectors of it on any target. The
//! `*_body` functions are compiled again by the AVX modules with their own instructions switched on.

use super::{BLOCK, LANES, Packed, Panels, Rows, curves};

/// Rows taken together: as many as leave registers for weights and products, of 16 that hold four numbers each, or of 32.
const TILE: usize = if cfg!(target_arch = "aarch64") { 4 } else { 2 };

pub(super) fn maxout(x: Rows<'_>, layer: &Packed, out: &mut [f32]) {
    let width = layer.outputs() / 3;
    pieces(x, layer.panels(), |r, piece, z| {
        let to = &mut out[r * width + piece / 3 * LANES..][..LANES];
        if piece % 3 == 0 {
            to.copy_from_slice(z);
        } else {
            to.iter_mut().zip(z).for_each(|(to, &z)| *to = if *to > z { *to } else { z });
        }
    });
}

pub(super) fn dense(x: Rows<'_>, layer: &Packed, out: &mut [f32]) {
    panels(x, layer.panels(), layer.outputs(), out);
}

pub(super) fn panels(x: Rows<'_>, panels: Panels<'_>, width: usize, out: &mut [f32]) {
    pieces(x, panels, |r, piece, z| out[r * width + piece * LANES..][..LANES].copy_from_slice(z));
}

/// One piece after the other, each for all rows: gives `done` the row, the piece and its 16 sums.
#[inline(always)]
fn pieces(x: Rows<'_>, panels: Panels<'_>, mut done: impl FnMut(usize, usize, &[f32; LANES])) {
    let (whole, panel) = (x.count / TILE * TILE, x.width * LANES);
    for (piece, b) in panels.bias.as_chunks::<LANES>().0.iter().enumerate() {
        let w = panels.weights[piece * panel..][..panel].as_chunks::<LANES>().0;
        for first in (0..whole).step_by(TILE) {
            let z = tile::<TILE>(std::array::from_fn(|r| x.row(first + r)), w, b);
            z.iter().enumerate().for_each(|(r, z)| done(first + r, piece, z));
        }
        for r in whole..x.count {
            done(r, piece, &tile([x.row(r)], w, b)[0]);
        }
    }
}

/// One piece's sums for `R` rows. A function of its own: inlined into the loops above it might not keep its sums in registers.
#[inline(never)]
fn tile<const R: usize>(rows: [&[f32]; R], w: &[[f32; LANES]], b: &[f32; LANES]) -> [[f32; LANES]; R] {
    let mut z = [[0.0f32; LANES]; R];
    let mut add = |w: &[f32; LANES], values: [f32; R]| {
        for r in 0..R {
            for lane in 0..LANES {
                z[r][lane] = add_product(values[r], w[lane], z[r][lane]);
            }
        }
    };
    // Four inputs at a time, all of one length, so that no bounds are checked within the loop.
    let (fours, rest) = w.as_chunks::<4>();
    let values: [&[[f32; 4]]; R] = rows.map(|row| &row.as_chunks::<4>().0[..fours.len()]);
    for i in 0..fours.len() {
        for j in 0..4 {
            add(&fours[i][j], std::array::from_fn(|r| values[r][i][j]));
        }
    }
    for (i, w) in rest.iter().enumerate() {
        add(w, std::array::from_fn(|r| rows[r][4 * fours.len() + i]));
    }
    for z in &mut z {
        for lane in 0..LANES {
            z[lane] += b[lane];
        }
    }
    z
}

/// `a * b + c`, in one step where the target surely has an instruction for it: elsewhere `mul_add` is a call into a library.
#[inline(always)]
fn add_product(a: f32, b: f32, c: f32) -> f32 {
    if cfg!(any(target_arch = "aarch64", target_feature = "fma")) { a.mul_add(b, c) } else { a * b + c }
}

pub(super) fn norm_add(y: &mut [f32], base: Option<&[f32]>, gain: &[f32], bias: &[f32]) {
    norm_add_body(y, base, gain, bias);
}

pub(super) fn expand_half(half: &[u8], out: &mut [f32]) {
    for (bytes, out) in half.as_chunks::<2>().0.iter().zip(out) {
        *out = half_to_single(u16::from_le_bytes(*bytes));
    }
}

pub(super) fn add_half(half: &[u8], out: &mut [f32]) {
    for (bytes, out) in half.as_chunks::<2>().0.iter().zip(out) {
        *out += half_to_single(u16::from_le_bytes(*bytes));
    }
}

pub(super) fn sum_maxout(rows: [&[f32]; 3], out: &mut [f32]) {
    sum_maxout_body(rows, out);
}

pub(super) fn sum_max(parts: &[&[f32]], b: &[f32], out: &mut [f32]) {
    sum_max_body(parts, b, out);
}

pub(super) fn score(w: &[f32], b: &[f32], x: &[f32], out: &mut [f32]) {
    score_body(w, b, x, out);
}

/// Whether the target surely multiplies and adds in one step.
const FUSED: bool = cfg!(any(target_arch = "aarch64", target_feature = "fma"));

pub(super) fn gelu(x: &mut [f32]) {
    curves::gelu_body::<FUSED>(x);
}

pub(super) fn sigmoid(x: &mut [f32]) {
    curves::sigmoid_body::<FUSED>(x);
}

pub(super) fn softmax(x: &mut [f32]) {
    curves::softmax_body::<FUSED>(x);
}

pub(super) fn round_row(x: &[f32], most: f32, out: &mut [i16]) -> f32 {
    curves::round_row_body::<FUSED>(x, most, out)
}

pub(super) fn weigh_rows(x: &mut [f32], stride: usize, count: usize, scale: f32) {
    curves::weigh_rows_body::<FUSED>(x, stride, count, scale);
}

#[inline(always)]
pub(super) fn norm_add_body(y: &mut [f32], base: Option<&[f32]>, gain: &[f32], bias: &[f32]) {
    let width = gain.len();
    for (r, row) in y.chunks_exact_mut(width).enumerate() {
        let mut sums = [0.0f32; LANES];
        for chunk in row.chunks_exact(LANES) {
            for lane in 0..LANES {
                sums[lane] += chunk[lane];
            }
        }
        let mean = total(&sums) / width as f32;
        let mut squares = [0.0f32; LANES];
        for chunk in row.chunks_exact(LANES) {
            for lane in 0..LANES {
                let d = chunk[lane] - mean;
                squares[lane] += d * d;
            }
        }
        let scale = 1.0 / (total(&squares) / width as f32 + 1e-8).sqrt();
        for (chunk, (gain, bias)) in
            row.chunks_exact_mut(LANES).zip(gain.chunks_exact(LANES).zip(bias.chunks_exact(LANES)))
        {
            for lane in 0..LANES {
                chunk[lane] = (chunk[lane] - mean) * scale * gain[lane] + bias[lane];
            }
        }
        if let Some(base) = base {
            for (value, base) in row.iter_mut().zip(&base[r * width..][..width]) {
                *value += base;
            }
        }
    }
}

#[inline(always)]
pub(super) fn sum_maxout_body([left, centre, right]: [&[f32]; 3], out: &mut [f32]) {
    let parts = left.chunks_exact(BLOCK).zip(centre.chunks_exact(BLOCK)).zip(right.chunks_exact(BLOCK));
    for (out, ((left, centre), right)) in out.chunks_exact_mut(LANES).zip(parts) {
        for (lane, out) in out.iter_mut().enumerate() {
            let z = |piece: usize| {
                let at = piece * LANES + lane;
                left[at] + centre[at] + right[at]
            };
            let (first, second, third) = (z(0), z(1), z(2));
            let best = if first > second { first } else { second };
            *out = if best > third { best } else { third };
        }
    }
}

#[inline(always)]
fn total(lanes: &[f32; LANES]) -> f32 {
    let mut half = [0.0f32; 8];
    for lane in 0..8 {
        half[lane] = lanes[lane] + lanes[lane + 8];
    }
    let quarter = [half[0] + half[4], half[1] + half[5], half[2] + half[6], half[3] + half[7]];
    (quarter[0] + quarter[2]) + (quarter[1] + quarter[3])
}

#[inline(always)]
pub(super) fn sum_max_body(parts: &[&[f32]], b: &[f32], out: &mut [f32]) {
    let n = out.len();
    for start in (0..n).step_by(LANES) {
        let mut u = [[0.0f32; LANES]; 2];
        for part in parts {
            for (piece, u) in u.iter_mut().enumerate() {
                let part = &part[piece * n + start..][..LANES];
                for lane in 0..LANES {
                    u[lane] += part[lane];
                }
            }
        }
        for lane in 0..LANES {
            let first = u[0][lane] + b[start + lane];
            let second = u[1][lane] + b[n + start + lane];
            out[start + lane] = if first > second { first } else { second };
        }
    }
}

#[inline(always)]
pub(super) fn score_body(w: &[f32], b: &[f32], x: &[f32], out: &mut [f32]) {
    let n = out.len();
    for start in (0..n).step_by(LANES) {
        let mut sum = [0.0f32; LANES];
        for (i, &value) in x.iter().enumerate() {
            let w = &w[i * n + start..][..LANES];
            for lane in 0..LANES {
                sum[lane] += value * w[lane];
            }
        }
        for lane in 0..LANES {
            out[start + lane] = sum[lane] + b[start + lane];
        }
    }
}

/// An IEEE half float as a single; exact for every value, and without branches, so that a row of them is done in vectors.
#[inline(always)]
pub(super) fn half_to_single(half: u16) -> f32 {
    let half = u32::from(half);
    let (sign, rest) = ((half & 0x8000) << 16, (half & 0x7fff) << 13);
    // The exponent counts from another place: 2^112 moves it, for subnormal numbers too. Infinity and what is no number keep theirs.
    let finite = (f32::from_bits(rest) * f32::from_bits((112 + 127) << 23)).to_bits();
    let bits = if rest >= 0x7c00 << 13 { rest | 0x7f80_0000 } else { finite };
    f32::from_bits(bits | sign)
}

#[cfg(feature = "bench")]
pub(super) fn multiply_adds(times: u64) -> (usize, f32) {
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "sse2")]
    fn turns(times: u64, mut sums: [[f32; 4]; 12], scale: f32, step: f32) -> [[f32; 4]; 12] {
        use std::arch::x86_64::*;
        // Written out: made into vectors by the compiler it would go through memory, and be no peak.
        let (scale, step) = (_mm_set1_ps(scale), _mm_set1_ps(step));
        let mut local = sums.map(|s| _mm_setr_ps(s[0], s[1], s[2], s[3]));
        for _ in 0..times {
            for sum in &mut local {
                *sum = _mm_add_ps(_mm_mul_ps(*sum, scale), step);
            }
        }
        for (to, from) in sums.iter_mut().zip(local) {
            to[0] = _mm_cvtss_f32(from);
        }
        sums
    }
    #[cfg(not(target_arch = "x86_64"))]
    fn turns(times: u64, mut sums: [[f32; 4]; 12], scale: f32, step: f32) -> [[f32; 4]; 12] {
        for _ in 0..times {
            for lane in sums.as_flattened_mut() {
                *lane = add_product(*lane, scale, step);
            }
        }
        sums
    }
    let sums = std::array::from_fn(|n| [n as f32; 4]);
    let (scale, step) = (std::hint::black_box(0.5), std::hint::black_box(1.0));
    // SAFETY: every processor of this kind has SSE2.
    #[cfg(target_arch = "x86_64")]
    let sums = unsafe { turns(times, sums, scale, step) };
    #[cfg(not(target_arch = "x86_64"))]
    let sums = turns(times, sums, scale, step);
    (sums.as_flattened().len(), sums.as_flattened().iter().sum())
}
