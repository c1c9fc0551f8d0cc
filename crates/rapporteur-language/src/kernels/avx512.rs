//! The kernels with AVX-512: a tile of 8 rows × 3 × 16 numbers kept in 24 registers.

use std::arch::x86_64::*;

use super::{BLOCK, LANES, Rows, portable};

const TILE: usize = 8;

/// # Safety
/// The processor must have AVX-512F; the sizes must have been checked by the caller (`super::maxout`).
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn maxout(x: Rows<'_>, w: &[f32], b: &[f32], out: &mut [f32], blocks: usize) {
    let width = blocks * LANES;
    for block in 0..blocks {
        for first in (0..x.count).step_by(TILE) {
            // SAFETY: `tile` reads the rows first..first+8 clamped to the last, and one block of weights; the stores stay
            // inside row `first + r < x.count` of `out`, whose length the caller checked.
            unsafe {
                let z = tile(x, w, b, block, first);
                for (r, z) in z.iter().enumerate().take(x.count - first) {
                    let best = _mm512_max_ps(_mm512_max_ps(z[0], z[1]), z[2]);
                    _mm512_storeu_ps(out.as_mut_ptr().add((first + r) * width + block * LANES), best);
                }
            }
        }
    }
}

/// # Safety
/// As [`maxout`].
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn dense(x: Rows<'_>, w: &[f32], b: &[f32], out: &mut [f32], blocks: usize) {
    let width = blocks * BLOCK;
    for block in 0..blocks {
        for first in (0..x.count).step_by(TILE) {
            // SAFETY: as in `maxout`, with 48 numbers a block.
            unsafe {
                let z = tile(x, w, b, block, first);
                for (r, z) in z.iter().enumerate().take(x.count - first) {
                    let to = out.as_mut_ptr().add((first + r) * width + block * BLOCK);
                    for (piece, z) in z.iter().enumerate() {
                        _mm512_storeu_ps(to.add(piece * LANES), *z);
                    }
                }
            }
        }
    }
}

/// The sums of one block for up to eight rows; rows beyond the last repeat the last.
///
/// # Safety
/// AVX-512F; `first < x.count`; `w` and `b` hold at least `block + 1` blocks.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
#[inline]
unsafe fn tile(x: Rows<'_>, w: &[f32], b: &[f32], block: usize, first: usize) -> [[__m512; 3]; TILE] {
    let mut z = [[_mm512_setzero_ps(); 3]; TILE];
    // SAFETY: row index is at most x.count - 1, and `Rows::new` proved that every row lies inside the data; weights
    // and biases of the block lie inside their slices by the caller's check.
    unsafe {
        let row = |r: usize| x.data.as_ptr().add((first + r).min(x.count - 1) * x.stride);
        let rows: [*const f32; TILE] = [row(0), row(1), row(2), row(3), row(4), row(5), row(6), row(7)];
        let mut w = w.as_ptr().add(block * x.width * BLOCK);
        for i in 0..x.width {
            let weights = [_mm512_loadu_ps(w), _mm512_loadu_ps(w.add(LANES)), _mm512_loadu_ps(w.add(2 * LANES))];
            for r in 0..TILE {
                let value = _mm512_set1_ps(*rows[r].add(i));
                for piece in 0..3 {
                    z[r][piece] = _mm512_fmadd_ps(value, weights[piece], z[r][piece]);
                }
            }
            w = w.add(BLOCK);
        }
        let b = b.as_ptr().add(block * BLOCK);
        for z in &mut z {
            for (piece, z) in z.iter_mut().enumerate() {
                *z = _mm512_add_ps(*z, _mm512_loadu_ps(b.add(piece * LANES)));
            }
        }
    }
    z
}

/// # Safety
/// The processor must have AVX-512F.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn norm_add(y: &mut [f32], base: Option<&[f32]>, gain: &[f32], bias: &[f32]) {
    portable::norm_add_body(y, base, gain, bias);
}

/// # Safety
/// The processor must have the features below.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn sum_maxout(rows: [&[f32]; 3], out: &mut [f32]) {
    portable::sum_maxout_body(rows, out);
}

/// # Safety
/// The processor must have AVX-512F.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn expand_half(half: &[u8], out: &mut [f32]) {
    let whole = out.len() / LANES * LANES;
    for start in (0..whole).step_by(LANES) {
        // SAFETY: start + 16 <= out.len(), and `half` holds two bytes a number (checked by the caller).
        unsafe {
            let bits = _mm256_loadu_si256(half.as_ptr().add(start * 2).cast());
            _mm512_storeu_ps(out.as_mut_ptr().add(start), _mm512_cvtph_ps(bits));
        }
    }
    portable::expand_half(&half[whole * 2..], &mut out[whole..]);
}

/// # Safety
/// The processor must have AVX-512F.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn sum_max(parts: &[&[f32]], b: &[f32], out: &mut [f32]) {
    let n = out.len();
    for start in (0..n).step_by(LANES) {
        // SAFETY: every part and `b` hold 2n numbers, `out` n, and n is a multiple of 16 (checked by the caller).
        unsafe {
            let (mut first, mut second) = (_mm512_setzero_ps(), _mm512_setzero_ps());
            for part in parts {
                first = _mm512_add_ps(first, _mm512_loadu_ps(part.as_ptr().add(start)));
                second = _mm512_add_ps(second, _mm512_loadu_ps(part.as_ptr().add(n + start)));
            }
            first = _mm512_add_ps(first, _mm512_loadu_ps(b.as_ptr().add(start)));
            second = _mm512_add_ps(second, _mm512_loadu_ps(b.as_ptr().add(n + start)));
            _mm512_storeu_ps(out.as_mut_ptr().add(start), _mm512_max_ps(first, second));
        }
    }
}

/// # Safety
/// The processor must have AVX-512F.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn score(w: &[f32], b: &[f32], x: &[f32], out: &mut [f32]) {
    const WIDE: usize = 8;
    let n = out.len();
    for start in (0..n).step_by(LANES * WIDE) {
        let vectors = ((n - start) / LANES).min(WIDE);
        let mut sums = [_mm512_setzero_ps(); WIDE];
        // SAFETY: start + vectors * 16 <= n, `w` holds x.len() rows of n numbers, `b` and `out` n (checked by the caller).
        unsafe {
            if vectors == 7 {
                // The parser's 106 classes: a fixed count keeps the sums in registers.
                gemv::<7>(w.as_ptr().add(start), n, x, &mut sums);
            } else if vectors == 5 {
                gemv::<5>(w.as_ptr().add(start), n, x, &mut sums);
            } else {
                for (i, &value) in x.iter().enumerate() {
                    let value = _mm512_set1_ps(value);
                    for (v, sum) in sums.iter_mut().enumerate().take(vectors) {
                        let w = _mm512_loadu_ps(w.as_ptr().add(i * n + start + v * LANES));
                        *sum = _mm512_fmadd_ps(value, w, *sum);
                    }
                }
            }
            for (v, sum) in sums.iter().enumerate().take(vectors) {
                let at = start + v * LANES;
                let sum = _mm512_add_ps(*sum, _mm512_loadu_ps(b.as_ptr().add(at)));
                _mm512_storeu_ps(out.as_mut_ptr().add(at), sum);
            }
        }
    }
}

/// # Safety
/// AVX-512F; `w` is the start of x.len() rows, `n` numbers apart, each with N × 16 numbers.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
#[inline]
unsafe fn gemv<const N: usize>(w: *const f32, n: usize, x: &[f32], sums: &mut [__m512; 8]) {
    let mut local = [_mm512_setzero_ps(); N];
    for (i, &value) in x.iter().enumerate() {
        let value = _mm512_set1_ps(value);
        for (v, sum) in local.iter_mut().enumerate() {
            // SAFETY: by the contract above.
            *sum = unsafe { _mm512_fmadd_ps(value, _mm512_loadu_ps(w.add(i * n + v * LANES)), *sum) };
        }
    }
    sums[..N].copy_from_slice(&local);
}
