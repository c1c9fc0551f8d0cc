//! The kernels with AVX-512: a tile of 8 rows × 3 × 16 numbers kept in 24 registers.

use std::arch::x86_64::*;

use super::whole::RoundedRows;
use super::{BLOCK, LANES, Packed, Panels, Rows, Whole, avx2, curves, portable};

const TILE: usize = 8;

/// # Safety
/// The processor must have AVX-512F; the sizes must have been checked by the caller (`super::maxout`).
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn maxout(x: Rows<'_>, layer: &Packed, out: &mut [f32]) {
    // SAFETY: by the contract above.
    unsafe { blocks::<true>(x, layer, out) }
}

/// # Safety
/// As [`maxout`].
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn dense(x: Rows<'_>, layer: &Packed, out: &mut [f32]) {
    // SAFETY: by the contract above.
    unsafe { blocks::<false>(x, layer, out) }
}

/// With half as wide vectors: a head of attention is too narrow for these.
///
/// # Safety
/// As [`maxout`].
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn panels(x: Rows<'_>, panels: Panels<'_>, width: usize, out: &mut [f32]) {
    // SAFETY: by the contract above; who has AVX-512 has AVX2.
    unsafe { avx2::panels(x, panels, width, out) }
}

/// One block after the other, each for all rows.
///
/// # Safety
/// As [`maxout`].
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
#[inline]
unsafe fn blocks<const MAX: bool>(x: Rows<'_>, layer: &Packed, out: &mut [f32]) {
    let (blocks, panel) = (layer.outputs() / BLOCK, x.width * BLOCK);
    let step = if MAX { LANES } else { BLOCK };
    let width = blocks * step;
    let whole = x.count / TILE * TILE;
    for block in 0..blocks {
        let w = &layer.weights()[block * panel..][..panel];
        let b = &layer.bias()[block * BLOCK..][..BLOCK];
        // SAFETY: the tiles cover the rows 0..x.count, `w` and `b` are one block's, and what is stored lies in row `first + r` of
        // `out`, which holds x.count rows of `width` numbers (checked by the caller).
        unsafe {
            for first in (0..whole).step_by(TILE) {
                let to = out.as_mut_ptr().add(first * width + block * step);
                store::<TILE, MAX>(tile::<TILE>(x, w, b, first), to, width);
            }
            let to = out.as_mut_ptr().add(whole * width + block * step);
            match x.count - whole {
                7 => store::<7, MAX>(tile::<7>(x, w, b, whole), to, width),
                6 => store::<6, MAX>(tile::<6>(x, w, b, whole), to, width),
                5 => store::<5, MAX>(tile::<5>(x, w, b, whole), to, width),
                4 => store::<4, MAX>(tile::<4>(x, w, b, whole), to, width),
                3 => store::<3, MAX>(tile::<3>(x, w, b, whole), to, width),
                2 => store::<2, MAX>(tile::<2>(x, w, b, whole), to, width),
                1 => store::<1, MAX>(tile::<1>(x, w, b, whole), to, width),
                _ => {}
            }
        }
    }
}

/// The sums of one block for `R` rows.
///
/// # Safety
/// AVX-512F; `first + R <= x.count`; `w` holds x.width × 48 numbers and `b` 48.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
#[inline]
unsafe fn tile<const R: usize>(x: Rows<'_>, w: &[f32], b: &[f32], first: usize) -> [[__m512; 3]; R] {
    let mut z = [[_mm512_setzero_ps(); 3]; R];
    // SAFETY: by the contract above.
    unsafe {
        let rows = x.pointers::<R>(first);
        let mut w = w.as_ptr();
        for i in 0..x.width {
            let weights = [_mm512_loadu_ps(w), _mm512_loadu_ps(w.add(LANES)), _mm512_loadu_ps(w.add(2 * LANES))];
            for r in 0..R {
                let value = _mm512_set1_ps(*rows[r].add(i));
                for piece in 0..3 {
                    z[r][piece] = _mm512_fmadd_ps(value, weights[piece], z[r][piece]);
                }
            }
            w = w.add(BLOCK);
        }
        for z in &mut z {
            for (piece, z) in z.iter_mut().enumerate() {
                *z = _mm512_add_ps(*z, _mm512_loadu_ps(b.as_ptr().add(piece * LANES)));
            }
        }
    }
    z
}

/// Writes a tile's rows, `width` apart: the largest of each three, or all.
///
/// # Safety
/// AVX-512F; from `to`, `R` rows `width` apart have room for 16 numbers (the largest), or for 48.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
#[inline]
unsafe fn store<const R: usize, const MAX: bool>(z: [[__m512; 3]; R], to: *mut f32, width: usize) {
    for (r, z) in z.iter().enumerate() {
        // SAFETY: by the contract above.
        unsafe {
            let to = to.add(r * width);
            if MAX {
                _mm512_storeu_ps(to, _mm512_max_ps(_mm512_max_ps(z[0], z[1]), z[2]));
            } else {
                for (piece, z) in z.iter().enumerate() {
                    _mm512_storeu_ps(to.add(piece * LANES), *z);
                }
            }
        }
    }
}

/// With half as wide vectors: what the compiler makes of it for the wide ones takes seven times as long.
///
/// # Safety
/// The processor must have AVX-512F.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn norm_add(y: &mut [f32], base: Option<&[f32]>, gain: &[f32], bias: &[f32]) {
    // SAFETY: who has AVX-512 has AVX2.
    unsafe { avx2::norm_add(y, base, gain, bias) }
}

/// # Safety
/// The processor must have the features below.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn sum_maxout(rows: [&[f32]; 3], out: &mut [f32]) {
    portable::sum_maxout_body(rows, out);
}

/// # Safety
/// The processor must have the features below.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn add_half(half: &[u8], out: &mut [f32]) {
    let whole = out.len() / LANES * LANES;
    for start in (0..whole).step_by(LANES) {
        // SAFETY: start + 16 <= out.len(), and `half` holds two bytes a number (checked by the caller).
        unsafe {
            let bits = _mm256_loadu_si256(half.as_ptr().add(start * 2).cast());
            let to = out.as_mut_ptr().add(start);
            _mm512_storeu_ps(to, _mm512_add_ps(_mm512_loadu_ps(to), _mm512_cvtph_ps(bits)));
        }
    }
    portable::add_half(&half[whole * 2..], &mut out[whole..]);
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

/// # Safety
/// The processor must have the features below.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn gelu(x: &mut [f32]) {
    curves::gelu_body::<true>(x);
}

/// # Safety
/// The processor must have the features below.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn sigmoid(x: &mut [f32]) {
    curves::sigmoid_body::<true>(x);
}

/// # Safety
/// The processor must have the features below.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn softmax(x: &mut [f32]) {
    curves::softmax_body::<true>(x);
}

/// # Safety
/// The processor must have the features below.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn round_row(x: &[f32], most: f32, out: &mut [i16]) -> f32 {
    curves::round_row_body::<true>(x, most, out)
}

/// # Safety
/// The processor must have the features below.
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn weigh_rows(x: &mut [f32], stride: usize, count: usize, scale: f32) {
    curves::weigh_rows_body::<true>(x, stride, count, scale);
}

/// Whole numbers, one block after the other, each for all rows.
///
/// # Safety
/// The processor must have AVX-512F, BW and VNNI; the sizes must have been checked by the caller (`Whole::apply`).
#[target_feature(enable = "avx512f,avx512bw,avx512vnni,avx2,fma,f16c")]
pub(super) unsafe fn whole(x: RoundedRows<'_>, layer: &Whole, out: &mut [f32]) {
    let (width, panel) = (layer.outputs(), x.width * BLOCK);
    let rows = x.count / TILE * TILE;
    for block in 0..width / BLOCK {
        let w = &layer.weights()[block * panel..][..panel];
        let last = [&layer.scales()[block * BLOCK..][..BLOCK], &layer.bias()[block * BLOCK..][..BLOCK]];
        // SAFETY: the tiles cover the rows 0..x.count, `w` and `last` are one block's, and what is stored lies in row `first + r` of
        // `out`, which holds x.count rows of `width` numbers (checked by the caller).
        unsafe {
            for first in (0..rows).step_by(TILE) {
                whole_tile::<TILE>(x, w, last, first, out.as_mut_ptr().add(first * width + block * BLOCK), width);
            }
            let to = out.as_mut_ptr().add(rows * width + block * BLOCK);
            match x.count - rows {
                7 => whole_tile::<7>(x, w, last, rows, to, width),
                6 => whole_tile::<6>(x, w, last, rows, to, width),
                5 => whole_tile::<5>(x, w, last, rows, to, width),
                4 => whole_tile::<4>(x, w, last, rows, to, width),
                3 => whole_tile::<3>(x, w, last, rows, to, width),
                2 => whole_tile::<2>(x, w, last, rows, to, width),
                1 => whole_tile::<1>(x, w, last, rows, to, width),
                _ => {}
            }
        }
    }
}

/// Adds the products of pairs of neighbours. The intrinsic would do, but the compiler takes it apart into a multiplication and an addition,
/// which costs a fifth of the speed.
///
/// # Safety
/// The processor must have AVX-512F and VNNI.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni,avx2,fma,f16c")]
#[inline]
unsafe fn multiply_pairs(mut sum: __m512i, a: __m512i, b: __m512i) -> __m512i {
    // SAFETY: one instruction on registers, which the processor has by the contract above.
    unsafe {
        std::arch::asm!(
            "vpdpwssd {sum}, {a}, {b}",
            sum = inout(zmm_reg) sum,
            a = in(zmm_reg) a,
            b = in(zmm_reg) b,
            options(pure, nomem, nostack, preserves_flags)
        );
    }
    sum
}

/// One block's sums for `R` rows, scaled and written to rows `width` apart from `to`.
///
/// # Safety
/// AVX-512F, BW and VNNI; `first + R <= x.count`; `w` holds x.width × 48 numbers, each of `last` 48; each row from `to` has room for 48.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni,avx2,fma,f16c")]
#[inline]
unsafe fn whole_tile<const R: usize>(
    x: RoundedRows<'_>,
    w: &[i16],
    [scales, bias]: [&[f32]; 2],
    first: usize,
    to: *mut f32,
    width: usize,
) {
    let mut z = [[_mm512_setzero_si512(); 3]; R];
    let rows: [*const i32; R] = std::array::from_fn(|r| x.row(first + r).as_ptr().cast());
    // SAFETY: by the contract above; two numbers of sixteen bits are read as one of 32.
    unsafe {
        let mut w = w.as_ptr();
        for pair in 0..x.width / 2 {
            let weights: [__m512i; 3] =
                std::array::from_fn(|piece| _mm512_loadu_si512(w.add(piece * 2 * LANES).cast()));
            for r in 0..R {
                let value = _mm512_set1_epi32(rows[r].add(pair).read_unaligned());
                for piece in 0..3 {
                    z[r][piece] = multiply_pairs(z[r][piece], value, weights[piece]);
                }
            }
            w = w.add(2 * BLOCK);
        }
        for (r, z) in z.iter().enumerate() {
            let scale = _mm512_set1_ps(x.scale(first + r));
            for (piece, z) in z.iter().enumerate() {
                let scale = _mm512_mul_ps(_mm512_loadu_ps(scales.as_ptr().add(piece * LANES)), scale);
                let bias = _mm512_loadu_ps(bias.as_ptr().add(piece * LANES));
                _mm512_storeu_ps(
                    to.add(r * width + piece * LANES),
                    _mm512_fmadd_ps(_mm512_cvtepi32_ps(*z), scale, bias),
                );
            }
        }
    }
}

/// # Safety
/// The processor must have the features below.
#[cfg(feature = "bench")]
#[target_feature(enable = "avx512f,avx2,fma,f16c")]
pub(super) unsafe fn multiply_adds(times: u64) -> (usize, f32) {
    const SUMS: usize = 24;
    let (scale, step) = (_mm512_set1_ps(std::hint::black_box(0.5)), _mm512_set1_ps(std::hint::black_box(1.0)));
    let mut sums: [__m512; SUMS] = std::array::from_fn(|n| _mm512_set1_ps(n as f32));
    for _ in 0..times {
        for sum in &mut sums {
            *sum = _mm512_fmadd_ps(*sum, scale, step);
        }
    }
    let mut all = [0.0f32; 16];
    for sum in sums {
        // SAFETY: `all` has room for one register.
        unsafe {
            let so_far = _mm512_loadu_ps(all.as_ptr());
            _mm512_storeu_ps(all.as_mut_ptr(), _mm512_add_ps(so_far, sum));
        }
    }
    (SUMS * all.len(), all.iter().sum())
}
