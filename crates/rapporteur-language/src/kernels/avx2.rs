//! The kernels with AVX2 and FMA: a tile of 6 rows × 16 numbers kept in 12 registers.
//!
//! Of the 16 registers two hold weights and two the values they are multiplied by. (4 rows × 3 × 8 numbers need 16 by count, and
//! the compiler uses 17: a sum that goes through memory in every step costs more than half of the speed.)

use std::arch::x86_64::*;

use super::whole::RoundedRows;
use super::{LANES, Packed, Panels, Rows, Whole, curves, portable};

const TILE: usize = 6;
const HALF: usize = LANES / 2;

/// # Safety
/// The processor must have AVX2 and FMA; the sizes must have been checked by the caller (`super::maxout`).
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn maxout(x: Rows<'_>, layer: &Packed, out: &mut [f32]) {
    // SAFETY: by the contract above.
    unsafe { pieces::<true>(x, layer.panels(), layer.outputs() / 3, out) }
}

/// # Safety
/// As [`maxout`].
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn dense(x: Rows<'_>, layer: &Packed, out: &mut [f32]) {
    // SAFETY: by the contract above.
    unsafe { pieces::<false>(x, layer.panels(), layer.outputs(), out) }
}

/// # Safety
/// As [`maxout`].
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn panels(x: Rows<'_>, panels: Panels<'_>, width: usize, out: &mut [f32]) {
    // SAFETY: by the contract above.
    unsafe { pieces::<false>(x, panels, width, out) }
}

/// One piece after the other, each for all rows, so that its weights are read from the nearest cache.
///
/// # Safety
/// As [`maxout`].
#[target_feature(enable = "avx2,fma,f16c")]
#[inline]
unsafe fn pieces<const MAX: bool>(x: Rows<'_>, panels: Panels<'_>, width: usize, out: &mut [f32]) {
    let (pieces, panel) = (panels.bias.len() / LANES, x.width * LANES);
    let whole = x.count / TILE * TILE;
    for piece in 0..pieces {
        let w = &panels.weights[piece * panel..][..panel];
        let b = &panels.bias[piece * LANES..][..LANES];
        // With MAX the second and the third of three pieces are laid over the first.
        let (at, over) = if MAX { (piece / 3 * LANES, piece % 3 != 0) } else { (piece * LANES, false) };
        // SAFETY: the tiles cover the rows 0..x.count, `w` and `b` are one piece's, and what is stored lies in row `first + r` of
        // `out`, which holds x.count rows of `width` numbers (checked by the caller).
        unsafe {
            for first in (0..whole).step_by(TILE) {
                tile::<TILE>(x, w, b, first, out.as_mut_ptr().add(first * width + at), width, over);
            }
            let to = out.as_mut_ptr().add(whole * width + at);
            match x.count - whole {
                5 => tile::<5>(x, w, b, whole, to, width, over),
                4 => tile::<4>(x, w, b, whole, to, width, over),
                3 => tile::<3>(x, w, b, whole, to, width, over),
                2 => tile::<2>(x, w, b, whole, to, width, over),
                1 => tile::<1>(x, w, b, whole, to, width, over),
                _ => {}
            }
        }
    }
}

/// One piece's sums for `R` rows, written to rows `width` apart from `to`; the larger of the two where something is there (`over`).
///
/// # Safety
/// AVX2 and FMA; `first + R <= x.count`; `w` holds x.width × 16 numbers and `b` 16; each row from `to` has room for 16.
#[target_feature(enable = "avx2,fma,f16c")]
#[inline]
unsafe fn tile<const R: usize>(
    x: Rows<'_>,
    w: &[f32],
    b: &[f32],
    first: usize,
    to: *mut f32,
    width: usize,
    over: bool,
) {
    let mut z = [[_mm256_setzero_ps(); 2]; R];
    // SAFETY: by the contract above.
    unsafe {
        let rows = x.pointers::<R>(first);
        let mut w = w.as_ptr();
        for i in 0..x.width {
            let weights = [_mm256_loadu_ps(w), _mm256_loadu_ps(w.add(HALF))];
            for r in 0..R {
                let value = _mm256_set1_ps(*rows[r].add(i));
                for half in 0..2 {
                    z[r][half] = _mm256_fmadd_ps(value, weights[half], z[r][half]);
                }
            }
            w = w.add(LANES);
        }
        for (r, z) in z.iter().enumerate() {
            for (half, z) in z.iter().enumerate() {
                let to = to.add(r * width + half * HALF);
                let mut z = _mm256_add_ps(*z, _mm256_loadu_ps(b.as_ptr().add(half * HALF)));
                if over {
                    z = _mm256_max_ps(_mm256_loadu_ps(to), z);
                }
                _mm256_storeu_ps(to, z);
            }
        }
    }
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
/// The processor must have the features below.
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn add_half(half: &[u8], out: &mut [f32]) {
    let whole = out.len() / HALF * HALF;
    for start in (0..whole).step_by(HALF) {
        // SAFETY: start + 8 <= out.len(), and `half` holds two bytes a number (checked by the caller).
        unsafe {
            let bits = _mm_loadu_si128(half.as_ptr().add(start * 2).cast());
            let to = out.as_mut_ptr().add(start);
            _mm256_storeu_ps(to, _mm256_add_ps(_mm256_loadu_ps(to), _mm256_cvtph_ps(bits)));
        }
    }
    portable::add_half(&half[whole * 2..], &mut out[whole..]);
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
    let mut start = 0;
    while start < out.len() {
        let left = (out.len() - start) / LANES;
        // As many at once as there are registers for; the parser's seven rows of 16 go as four and three.
        let now = if left > 5 { 4 } else { left };
        // SAFETY: start + now * 16 <= out.len(), `w` holds x.len() rows of that many numbers, `b` one (checked by the caller).
        unsafe {
            match now {
                5 => scores::<5>(w, b, x, out, start),
                4 => scores::<4>(w, b, x, out, start),
                3 => scores::<3>(w, b, x, out, start),
                2 => scores::<2>(w, b, x, out, start),
                _ => scores::<1>(w, b, x, out, start),
            }
        }
        start += now * LANES;
    }
}

/// `N` × 16 scores from `start`, their sums kept in registers.
///
/// # Safety
/// AVX2 and FMA; `start + N * 16 <= out.len()`; `w` holds x.len() rows of out.len() numbers, `b` one.
#[target_feature(enable = "avx2,fma,f16c")]
#[inline]
unsafe fn scores<const N: usize>(w: &[f32], b: &[f32], x: &[f32], out: &mut [f32], start: usize) {
    let n = out.len();
    let mut sums = [[_mm256_setzero_ps(); 2]; N];
    for (i, &value) in x.iter().enumerate() {
        let value = _mm256_set1_ps(value);
        for (v, sum) in sums.as_flattened_mut().iter_mut().enumerate() {
            // SAFETY: by the contract above.
            let w = unsafe { _mm256_loadu_ps(w.as_ptr().add(i * n + start + v * HALF)) };
            *sum = _mm256_fmadd_ps(value, w, *sum);
        }
    }
    for (v, sum) in sums.as_flattened().iter().enumerate() {
        let at = start + v * HALF;
        // SAFETY: by the contract above.
        unsafe {
            let sum = _mm256_add_ps(*sum, _mm256_loadu_ps(b.as_ptr().add(at)));
            _mm256_storeu_ps(out.as_mut_ptr().add(at), sum);
        }
    }
}

/// # Safety
/// The processor must have the features below.
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn gelu(x: &mut [f32]) {
    curves::gelu_body::<true>(x);
}

/// # Safety
/// The processor must have the features below.
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn sigmoid(x: &mut [f32]) {
    curves::sigmoid_body::<true>(x);
}

/// # Safety
/// The processor must have the features below.
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn softmax(x: &mut [f32]) {
    curves::softmax_body::<true>(x);
}

/// # Safety
/// The processor must have the features below.
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn round_row(x: &[f32], most: f32, out: &mut [i16]) -> f32 {
    curves::round_row_body::<true>(x, most, out)
}

/// # Safety
/// The processor must have the features below.
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn weigh_rows(x: &mut [f32], stride: usize, count: usize, scale: f32) {
    curves::weigh_rows_body::<true>(x, stride, count, scale);
}

/// Whole numbers, one piece after the other, each for all rows.
///
/// # Safety
/// The processor must have AVX2 and FMA; the sizes must have been checked by the caller (`Whole::apply`).
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn whole(x: RoundedRows<'_>, layer: &Whole, out: &mut [f32]) {
    let (width, panel) = (layer.outputs(), x.width * LANES);
    let rows = x.count / TILE * TILE;
    for piece in 0..width / LANES {
        let w = &layer.weights()[piece * panel..][..panel];
        let last = [&layer.scales()[piece * LANES..][..LANES], &layer.bias()[piece * LANES..][..LANES]];
        // SAFETY: the tiles cover the rows 0..x.count, `w` and `last` are one piece's, and what is stored lies in row `first + r` of
        // `out`, which holds x.count rows of `width` numbers (checked by the caller).
        unsafe {
            for first in (0..rows).step_by(TILE) {
                whole_tile::<TILE>(x, w, last, first, out.as_mut_ptr().add(first * width + piece * LANES), width);
            }
            let to = out.as_mut_ptr().add(rows * width + piece * LANES);
            match x.count - rows {
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

/// One piece's sums for `R` rows, scaled and written to rows `width` apart from `to`.
///
/// # Safety
/// AVX2 and FMA; `first + R <= x.count`; `w` holds x.width × 16 numbers, each of `last` 16; each row from `to` has room for 16.
#[target_feature(enable = "avx2,fma,f16c")]
#[inline]
unsafe fn whole_tile<const R: usize>(
    x: RoundedRows<'_>,
    w: &[i16],
    [scales, bias]: [&[f32]; 2],
    first: usize,
    to: *mut f32,
    width: usize,
) {
    let mut z = [[_mm256_setzero_si256(); 2]; R];
    let rows: [*const i32; R] = std::array::from_fn(|r| x.row(first + r).as_ptr().cast());
    // SAFETY: by the contract above; two numbers of sixteen bits are read as one of 32.
    unsafe {
        let mut w = w.as_ptr();
        for pair in 0..x.width / 2 {
            let weights = [_mm256_loadu_si256(w.cast()), _mm256_loadu_si256(w.add(LANES).cast())];
            for r in 0..R {
                let value = _mm256_set1_epi32(rows[r].add(pair).read_unaligned());
                for half in 0..2 {
                    z[r][half] = _mm256_add_epi32(z[r][half], _mm256_madd_epi16(value, weights[half]));
                }
            }
            w = w.add(2 * LANES);
        }
        for (r, z) in z.iter().enumerate() {
            let scale = _mm256_set1_ps(x.scale(first + r));
            for (half, z) in z.iter().enumerate() {
                let scale = _mm256_mul_ps(_mm256_loadu_ps(scales.as_ptr().add(half * HALF)), scale);
                let bias = _mm256_loadu_ps(bias.as_ptr().add(half * HALF));
                _mm256_storeu_ps(to.add(r * width + half * HALF), _mm256_fmadd_ps(_mm256_cvtepi32_ps(*z), scale, bias));
            }
        }
    }
}

/// # Safety
/// The processor must have the features below.
#[cfg(feature = "bench")]
#[target_feature(enable = "avx2,fma,f16c")]
pub(super) unsafe fn multiply_adds(times: u64) -> (usize, f32) {
    const SUMS: usize = 12;
    let (scale, step) = (_mm256_set1_ps(std::hint::black_box(0.5)), _mm256_set1_ps(std::hint::black_box(1.0)));
    let mut sums: [__m256; SUMS] = std::array::from_fn(|n| _mm256_set1_ps(n as f32));
    for _ in 0..times {
        for sum in &mut sums {
            *sum = _mm256_fmadd_ps(*sum, scale, step);
        }
    }
    let mut all = [0.0f32; 8];
    for sum in sums {
        // SAFETY: `all` has room for one register.
        unsafe {
            let so_far = _mm256_loadu_ps(all.as_ptr());
            _mm256_storeu_ps(all.as_mut_ptr(), _mm256_add_ps(so_far, sum));
        }
    }
    (SUMS * all.len(), all.iter().sum())
}
