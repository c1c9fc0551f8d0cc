//! The kernels with AVX2 and FMA: a tile of 4 rows × 3 × 8 numbers kept in 12 registers.

use std::arch::x86_64::*;

use super::{BLOCK, LANES, Rows, portable};

const TILE: usize = 4;
const HALF: usize = LANES / 2;

/// # Safety
/// The processor must have AVX2 and FMA; the sizes must have been checked by the caller (`super::maxout`).
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn maxout(x: Rows<'_>, w: &[f32], b: &[f32], out: &mut [f32], blocks: usize) {
    let width = blocks * LANES;
    for block in 0..blocks {
        for side in [0, HALF] {
            for first in (0..x.count).step_by(TILE) {
                // SAFETY: `tile` clamps rows; the stores stay inside row `first + r < x.count` of `out`.
                unsafe {
                    let z = tile(x, w, b, block, side, first);
                    for (r, z) in z.iter().enumerate().take(x.count - first) {
                        let best = _mm256_max_ps(_mm256_max_ps(z[0], z[1]), z[2]);
                        _mm256_storeu_ps(out.as_mut_ptr().add((first + r) * width + block * LANES + side), best);
                    }
                }
            }
        }
    }
}

/// # Safety
/// As [`maxout`].
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn dense(x: Rows<'_>, w: &[f32], b: &[f32], out: &mut [f32], blocks: usize) {
    let width = blocks * BLOCK;
    for block in 0..blocks {
        for side in [0, HALF] {
            for first in (0..x.count).step_by(TILE) {
                // SAFETY: as in `maxout`, with 48 numbers a block.
                unsafe {
                    let z = tile(x, w, b, block, side, first);
                    for (r, z) in z.iter().enumerate().take(x.count - first) {
                        let to = out.as_mut_ptr().add((first + r) * width + block * BLOCK + side);
                        for (piece, z) in z.iter().enumerate() {
                            _mm256_storeu_ps(to.add(piece * LANES), *z);
                        }
                    }
                }
            }
        }
    }
}

/// Half a block's sums for up to four rows; rows beyond the last repeat the last.
///
/// # Safety
/// AVX2 and FMA; `first < x.count`; `w` and `b` hold at least `block + 1` blocks; `side` is 0 or 8.
#[target_feature(enable = "avx2,fma,f16c")]
#[inline]
unsafe fn tile(x: Rows<'_>, w: &[f32], b: &[f32], block: usize, side: usize, first: usize) -> [[__m256; 3]; TILE] {
    let mut z = [[_mm256_setzero_ps(); 3]; TILE];
    // SAFETY: row index is at most x.count - 1, and `Rows::new` proved that every row lies inside the data; weights
    // and biases of the block lie inside their slices by the caller's check.
    unsafe {
        let row = |r: usize| x.data.as_ptr().add((first + r).min(x.count - 1) * x.stride);
        let rows: [*const f32; TILE] = [row(0), row(1), row(2), row(3)];
        let mut w = w.as_ptr().add(block * x.width * BLOCK + side);
        for i in 0..x.width {
            let weights = [_mm256_loadu_ps(w), _mm256_loadu_ps(w.add(LANES)), _mm256_loadu_ps(w.add(2 * LANES))];
            for r in 0..TILE {
                let value = _mm256_set1_ps(*rows[r].add(i));
                for piece in 0..3 {
                    z[r][piece] = _mm256_fmadd_ps(value, weights[piece], z[r][piece]);
                }
            }
            w = w.add(BLOCK);
        }
        let b = b.as_ptr().add(block * BLOCK + side);
        for z in &mut z {
            for (piece, z) in z.iter_mut().enumerate() {
                *z = _mm256_add_ps(*z, _mm256_loadu_ps(b.add(piece * LANES)));
            }
        }
    }
    z
}

/// # Safety
/// The processor must have AVX2 and FMA.
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn norm_add(y: &mut [f32], base: Option<&[f32]>, gain: &[f32], bias: &[f32]) {
    portable::norm_add_body(y, base, gain, bias);
}

/// # Safety
/// The processor must have the features below.
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn sum_maxout(rows: [&[f32]; 3], out: &mut [f32]) {
    portable::sum_maxout_body(rows, out);
}

/// # Safety
/// The processor must have F16C.
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn expand_half(half: &[u8], out: &mut [f32]) {
    let whole = out.len() / HALF * HALF;
    for start in (0..whole).step_by(HALF) {
        // SAFETY: start + 8 <= out.len(), and `half` holds two bytes a number (checked by the caller).
        unsafe {
            let bits = _mm_loadu_si128(half.as_ptr().add(start * 2).cast());
            _mm256_storeu_ps(out.as_mut_ptr().add(start), _mm256_cvtph_ps(bits));
        }
    }
    portable::expand_half(&half[whole * 2..], &mut out[whole..]);
}

/// # Safety
/// The processor must have AVX2.
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn sum_max(parts: &[&[f32]], b: &[f32], out: &mut [f32]) {
    portable::sum_max_body(parts, b, out);
}

/// # Safety
/// The processor must have AVX2 and FMA.
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn score(w: &[f32], b: &[f32], x: &[f32], out: &mut [f32]) {
    portable::score_body(w, b, x, out);
}
