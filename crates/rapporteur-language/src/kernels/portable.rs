//! The kernels in plain Rust: the yardstick for the others, and what runs where there is nothing faster.
//!
//! The `*_body` functions are written over rows of 16 so that the compiler can vectorise them; the AVX modules
//! compile the same bodies again with their own instructions switched on.

use super::{BLOCK, LANES, Rows};

pub(super) fn maxout(x: Rows<'_>, w: &[f32], b: &[f32], out: &mut [f32], blocks: usize) {
    let width = blocks * LANES;
    for r in 0..x.count {
        for block in 0..blocks {
            let z = block_sums(x.row(r), w, b, block);
            for lane in 0..LANES {
                out[r * width + block * LANES + lane] = z[0][lane].max(z[1][lane]).max(z[2][lane]);
            }
        }
    }
}

pub(super) fn dense(x: Rows<'_>, w: &[f32], b: &[f32], out: &mut [f32], blocks: usize) {
    let width = blocks * BLOCK;
    for r in 0..x.count {
        for block in 0..blocks {
            let z = block_sums(x.row(r), w, b, block);
            out[r * width + block * BLOCK..][..BLOCK].copy_from_slice(z.as_flattened());
        }
    }
}

fn block_sums(x: &[f32], w: &[f32], b: &[f32], block: usize) -> [[f32; LANES]; 3] {
    let mut z = [[0.0f32; LANES]; 3];
    let w = &w[block * x.len() * BLOCK..][..x.len() * BLOCK];
    for (&value, w) in x.iter().zip(w.chunks_exact(BLOCK)) {
        for piece in 0..3 {
            for lane in 0..LANES {
                z[piece][lane] += value * w[piece * LANES + lane];
            }
        }
    }
    let b = &b[block * BLOCK..][..BLOCK];
    for piece in 0..3 {
        for lane in 0..LANES {
            z[piece][lane] += b[piece * LANES + lane];
        }
    }
    z
}

pub(super) fn norm_add(y: &mut [f32], base: Option<&[f32]>, gain: &[f32], bias: &[f32]) {
    norm_add_body(y, base, gain, bias);
}

pub(super) fn expand_half(half: &[u8], out: &mut [f32]) {
    for (bytes, out) in half.chunks_exact(2).zip(out) {
        *out = half_to_single(u16::from_le_bytes([bytes[0], bytes[1]]));
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

/// An IEEE half float as a single; exact for every value.
pub(super) fn half_to_single(half: u16) -> f32 {
    let sign = u32::from(half >> 15) << 31;
    let exponent = u32::from(half >> 10) & 0x1f;
    let fraction = u32::from(half) & 0x3ff;
    let bits = match (exponent, fraction) {
        (0, 0) => sign,
        // Subnormal: fraction × 2^-24 is exact in single precision.
        (0, _) => {
            return f32::from_bits(sign | (fraction as f32 * f32::from_bits(0x3380_0000)).to_bits());
        }
        (0x1f, _) => sign | 0x7f80_0000 | (fraction << 13),
        _ => sign | ((exponent + 112) << 23) | (fraction << 13),
    };
    f32::from_bits(bits)
}
