//! What an encoder of attention needs beside matrices: the exponential, gelu, rounding to whole numbers, attention itself.
//!
//! Written once, over arrays of [`LANES`] numbers, and compiled for each level with its own instructions. `FUSED` says that the level
//! multiplies and adds in one step; within a level every number is worked out in one order, whatever stands beside it.

use super::LANES;

type Lanes = [f32; LANES];

/// Adding and taking this away rounds to a whole number, which then stands in the lowest bits.
const ROUND: f32 = 12_582_912.0;

#[inline(always)]
fn step<const FUSED: bool>(a: f32, b: f32, c: f32) -> f32 {
    if FUSED { a.mul_add(b, c) } else { a * b + c }
}

/// e^x to within two in the last place, for x from -87 to 0; what is below counts as -87.
#[inline(always)]
fn exp<const FUSED: bool>(x: f32) -> f32 {
    let x = if x > -87.0 { x } else { -87.0 };
    let shifted = step::<FUSED>(x, std::f32::consts::LOG2_E, ROUND);
    let n = shifted - ROUND;
    // ln 2 in two parts, the first exact when multiplied.
    let r = step::<FUSED>(n, -0.693_359_4, x);
    let r = step::<FUSED>(n, 2.121_944_4e-4, r);
    let mut p = step::<FUSED>(1.987_569_1e-4, r, 1.398_199_9e-3);
    for c in [8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        p = step::<FUSED>(p, r, c);
    }
    let p = step::<FUSED>(p * r, r, r) + 1.0;
    // 2^n: n is in the lowest bits of `shifted`, and an exponent begins at bit 23.
    f32::from_bits(p.to_bits().wrapping_add(shifted.to_bits() << 23))
}

/// The error function, to within 4e-7: a quotient of polynomials on [-4, 4], outside of which it is 1 to the last bit but one.
#[inline(always)]
fn erf<const FUSED: bool>(x: f32) -> f32 {
    let x = if x > 4.0 { 4.0 } else { x };
    let x = if x < -4.0 { -4.0 } else { x };
    let y = x * x;
    let mut p = step::<FUSED>(-2.726_142_4e-10, y, 2.770_681_4e-8);
    for c in [-2.101_024e-6, -5.692_506_4e-5, -7.349_906_3e-4, -2.954_6e-3, -1.609_603_3e-2] {
        p = step::<FUSED>(p, y, c);
    }
    let mut q = step::<FUSED>(-1.456_607_2e-5, y, -2.133_740_5e-4);
    for c in [-1.682_827e-3, -7.373_329e-3, -1.426_473_9e-2] {
        q = step::<FUSED>(q, y, c);
    }
    x * p / q
}

/// Every number by `x/2 · (1 + erf(x/√2))`.
#[inline(always)]
pub(super) fn gelu_body<const FUSED: bool>(x: &mut [f32]) {
    let one = |x: f32| {
        let half = 0.5 * x;
        step::<FUSED>(half, erf::<FUSED>(x * std::f32::consts::FRAC_1_SQRT_2), half)
    };
    let (whole, rest) = x.as_chunks_mut::<LANES>();
    for x in whole {
        *x = std::array::from_fn(|lane| one(x[lane]));
    }
    rest.iter_mut().for_each(|x| *x = one(*x));
}

/// Every number by `1 / (1 + e^-x)`.
#[inline(always)]
pub(super) fn sigmoid_body<const FUSED: bool>(x: &mut [f32]) {
    let one = |x: f32| {
        let small = exp::<FUSED>(-x.abs());
        let part = 1.0 / (1.0 + small);
        if x < 0.0 { small * part } else { part }
    };
    let (whole, rest) = x.as_chunks_mut::<LANES>();
    for x in whole {
        *x = std::array::from_fn(|lane| one(x[lane]));
    }
    rest.iter_mut().for_each(|x| *x = one(*x));
}

/// Every number by `e^x`, divided by the sum of all.
#[inline(always)]
pub(super) fn softmax_body<const FUSED: bool>(x: &mut [f32]) {
    let most = x.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for x in &mut *x {
        *x = exp::<FUSED>(*x - most);
        sum += *x;
    }
    x.iter_mut().for_each(|x| *x /= sum);
}

/// Rounds a row to whole numbers of at most `most` in size; gives what they are to be multiplied by.
#[inline(always)]
pub(super) fn round_row_body<const FUSED: bool>(x: &[f32], most: f32, out: &mut [i16]) -> f32 {
    let (whole, rest) = x.as_chunks::<LANES>();
    let mut sizes = [0.0f32; LANES];
    for x in whole {
        for lane in 0..LANES {
            let size = x[lane].abs();
            sizes[lane] = if size > sizes[lane] { size } else { sizes[lane] };
        }
    }
    let largest = sizes.into_iter().chain(rest.iter().map(|x| x.abs())).fold(0.0f32, f32::max);
    let factor = if largest > 0.0 { most / largest } else { 0.0 };
    let (to, to_rest) = out.as_chunks_mut::<LANES>();
    for (x, to) in whole.iter().zip(to) {
        for lane in 0..LANES {
            to[lane] = step::<FUSED>(x[lane], factor, ROUND).to_bits() as i16;
        }
    }
    for (x, to) in rest.iter().zip(to_rest) {
        *to = step::<FUSED>(*x, factor, ROUND).to_bits() as i16;
    }
    largest / most
}

/// All lanes by twos, in a fixed order.
#[inline(always)]
fn fold(lanes: &Lanes, over: impl Fn(f32, f32) -> f32) -> f32 {
    let mut all = *lanes;
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            all[lane] = over(all[lane], all[lane + half]);
        }
        half /= 2;
    }
    all[0]
}

/// Turns rows of products into weights: `softmax(scale · x)` of the first `count` numbers of each `stride`.
#[inline(always)]
pub(super) fn weigh_rows_body<const FUSED: bool>(x: &mut [f32], stride: usize, count: usize, scale: f32) {
    for row in x.chunks_exact_mut(stride) {
        row[count..].fill(f32::MIN);
        let row = row.as_chunks_mut::<LANES>().0;
        let mut most = [f32::MIN; LANES];
        for x in &*row {
            for lane in 0..LANES {
                most[lane] = if x[lane] > most[lane] { x[lane] } else { most[lane] };
            }
        }
        let most = fold(&most, |a, b| if a > b { a } else { b }) * scale;
        let mut sums = [0.0f32; LANES];
        for x in &mut *row {
            for lane in 0..LANES {
                // What is padding comes to e^-87: nothing to a sum that has a 1 in it.
                x[lane] = exp::<FUSED>(step::<FUSED>(x[lane], scale, -most));
                sums[lane] += x[lane];
            }
        }
        let part = 1.0 / fold(&sums, |a, b| a + b);
        row.as_flattened_mut().iter_mut().for_each(|x| *x *= part);
    }
}
