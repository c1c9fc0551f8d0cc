//! Every version against the portable one, on awkward sizes.

use super::*;

/// Repeatable numbers between -1 and 1.
fn numbers(seed: u64, len: usize) -> Vec<f32> {
    let mut state = seed;
    (0..len)
        .map(|_| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            ((state >> 40) as f32 / (1u64 << 23) as f32) - 1.0
        })
        .collect()
}

fn close(a: &[f32], b: &[f32]) {
    assert_eq!(a.len(), b.len());
    for (i, (a, b)) in a.iter().zip(b).enumerate() {
        assert!((a - b).abs() <= 1e-4 * (1.0 + b.abs()), "{i}: {a} against {b}");
    }
}

/// A layer of repeatable numbers for a level.
fn layer(level: Level, width: usize, blocks: usize) -> Packed {
    let w = numbers(2, blocks * width * BLOCK);
    let mut b = Buffer::zeros(blocks * BLOCK);
    b.copy_from_slice(&numbers(3, blocks * BLOCK));
    Packed::new(level, width, b, |block, out| out.copy_from_slice(&w[block * width * BLOCK..][..width * BLOCK]))
}

/// The same layer worked out number by number from the weights as the file has them.
fn plain(x: &[f32], width: usize, blocks: usize) -> Vec<f32> {
    let (w, b) = (numbers(2, blocks * width * BLOCK), numbers(3, blocks * BLOCK));
    let sum = |x: &[f32], n: usize| {
        let of = |i: usize| w[(n / BLOCK * width + i) * BLOCK + n % BLOCK];
        b[n] + (0..width).map(|i| x[i] * of(i)).sum::<f32>()
    };
    x.chunks_exact(width).flat_map(|x| (0..blocks * BLOCK).map(move |n| sum(x, n))).collect()
}

/// As [`plain`], every product added in one step, in the order of the inputs.
#[cfg(target_arch = "x86_64")]
fn fused(x: &[f32], width: usize, blocks: usize) -> Vec<f32> {
    let (w, b) = (numbers(2, blocks * width * BLOCK), numbers(3, blocks * BLOCK));
    let sum = |x: &[f32], n: usize| {
        let of = |i: usize| w[(n / BLOCK * width + i) * BLOCK + n % BLOCK];
        (0..width).fold(0.0f32, |sum, i| x[i].mul_add(of(i), sum)) + b[n]
    };
    x.chunks_exact(width).flat_map(|x| (0..blocks * BLOCK).map(move |n| sum(x, n))).collect()
}

fn largest_of_three(z: &[f32]) -> Vec<f32> {
    let of = |z: &[f32], lane: usize| z[lane].max(z[LANES + lane]).max(z[2 * LANES + lane]);
    z.chunks_exact(BLOCK).flat_map(|z| (0..LANES).map(move |lane| of(z, lane))).collect()
}

#[test]
fn matrix_kernels_agree() {
    for level in Level::available() {
        for (rows, width, blocks) in
            [(1, 5, 1), (2, 96, 1), (7, 96, 2), (8, 288, 6), (9, 33, 3), (14, 401, 2), (21, 64, 4), (131, 700, 2)]
        {
            let x = numbers(rows as u64, rows * width);
            let rows_in = Rows::new(&x, width, width, rows);
            let layer = layer(level, width, blocks);
            let want = plain(&x, width, blocks);
            let mut have = vec![0.0; rows * blocks * BLOCK];
            dense(rows_in, &layer, &mut have);
            close(&have, &want);
            let mut have = vec![0.0; rows * blocks * LANES];
            maxout(rows_in, &layer, &mut have);
            close(&have, &largest_of_three(&want));
        }
    }
}

#[test]
fn a_row_does_not_depend_on_its_neighbours() {
    for (rows, width, blocks) in [(21, 96, 2), (134, 700, 1)] {
        let x = numbers(5, rows * width);
        for level in Level::available() {
            let layer = layer(level, width, blocks);
            let mut all = vec![0.0; rows * blocks * LANES];
            maxout(Rows::new(&x, width, width, rows), &layer, &mut all);
            for r in 0..rows {
                let mut one = vec![0.0; blocks * LANES];
                maxout(Rows::new(&x[r * width..], width, width, 1), &layer, &mut one);
                assert_eq!(one, all[r * blocks * LANES..][..blocks * LANES]);
            }
        }
    }
}

#[test]
fn windows_overlap_and_nothing_is_written_beyond_the_rows() {
    let (rows, width) = (11, 96);
    let x = numbers(8, (rows + 2) * width);
    let windows: Vec<f32> = (0..rows).flat_map(|r| x[r * width..][..3 * width].to_vec()).collect();
    for level in Level::available() {
        let layer = layer(level, 3 * width, 2);
        let mut have = vec![7.0; (rows + 1) * 2 * LANES];
        maxout(Rows::new(&x, width, 3 * width, rows), &layer, &mut have);
        close(&have[..rows * 2 * LANES], &largest_of_three(&plain(&windows, 3 * width, 2)));
        assert!(have[rows * 2 * LANES..].iter().all(|&untouched| untouched == 7.0));
    }
}

#[test]
fn what_is_in_use_cannot_be_chosen_away() {
    // Whatever test ran first: what is in use is the fastest.
    assert_eq!(Level::current(), Level::detect());
    Level::detect().choose().unwrap();
    for other in Level::available().into_iter().filter(|&level| level != Level::detect()) {
        assert!(other.choose().unwrap_err().is_unavailable());
    }
}

#[test]
fn a_level_is_known_by_its_name() {
    for level in Level::available() {
        assert_eq!(Level::named(level.name()).unwrap(), level);
    }
    let error = Level::named("mmx").unwrap_err();
    assert!(error.is_unavailable());
    assert_eq!(Level::named("").unwrap_err().to_string().split(';').next(), Some("there are no kernels called \"\""));
    assert!(error.to_string().starts_with("there are no kernels called \"mmx\"; this processor runs portable"));
}

#[test]
fn small_kernels_agree() {
    for level in Level::available() {
        let (y, base, gain, bias) = (numbers(1, 96 * 5), numbers(2, 96 * 5), numbers(3, 96), numbers(4, 96));
        let (mut want, mut have) = (y.clone(), y.clone());
        portable::norm_add(&mut want, Some(&base), &gain, &bias);
        norm_add(level, &mut have, Some(&base), &gain, &bias);
        close(&have, &want);
        let rows: Vec<Vec<f32>> = (0..3).map(|i| numbers(20 + i, 288)).collect();
        let (mut want, mut have) = (vec![0.0; 96], vec![0.0; 96]);
        portable::sum_maxout([&rows[0], &rows[1], &rows[2]], &mut want);
        sum_maxout(level, [&rows[0], &rows[1], &rows[2]], &mut have);
        close(&have, &want);
        let parts: Vec<Vec<f32>> = (0..8).map(|i| numbers(10 + i, 128)).collect();
        let parts: Vec<&[f32]> = parts.iter().map(Vec::as_slice).collect();
        let b = numbers(9, 128);
        let (mut want, mut have) = (vec![0.0; 64], vec![0.0; 64]);
        portable::sum_max(&parts, &b, &mut want);
        sum_max(level, &parts, &b, &mut have);
        close(&have, &want);
        for n in [16, 80, 112, 128, 160] {
            let (w, b, x) = (numbers(1, 64 * n), numbers(2, n), numbers(3, 64));
            let (mut want, mut have) = (vec![0.0; n], vec![0.0; n]);
            portable::score(&w, &b, &x, &mut want);
            score(level, &w, &b, &x, &mut have);
            close(&have, &want);
        }
    }
}

/// Fused multiply-adds in one order: a machine with AVX-512 and one without give the same bits, and these are the bits of the
/// same steps taken number by number, so that each machine shows it by itself.
#[cfg(target_arch = "x86_64")]
#[test]
fn avx2_and_avx512_give_the_same_bits() {
    let (rows, width, blocks) = (29, 288, 3);
    let x = numbers(5, rows * width);
    let (w, b) = (numbers(6, 96 * 112), numbers(7, 112));
    let (gain, bias) = (numbers(8, blocks * LANES), numbers(9, blocks * LANES));
    let third: Vec<f32> =
        (0..112).map(|n| (0..96).fold(0.0, |sum, i| x[i].mul_add(w[i * 112 + n], sum)) + b[n]).collect();
    let second = fused(&x, width, blocks);
    let mut first = largest_of_three(&second);
    portable::norm_add(&mut first, None, &gain, &bias);
    let want = [first, second, third].concat();
    for level in Level::available().into_iter().filter(|level| level.name() != "portable") {
        let layer = layer(level, width, blocks);
        let mut out = vec![0.0; rows * blocks * (LANES + BLOCK) + 112];
        let (first, rest) = out.split_at_mut(rows * blocks * LANES);
        let (second, third) = rest.split_at_mut(rows * blocks * BLOCK);
        maxout(Rows::new(&x, width, width, rows), &layer, first);
        dense(Rows::new(&x, width, width, rows), &layer, second);
        score(level, &w, &b, &x[..96], third);
        norm_add(level, first, None, &gain, &bias);
        let differs = out.iter().zip(&want).position(|(out, want)| out.to_bits() != want.to_bits());
        assert_eq!(differs, None, "{} at that number", level.name());
    }
}

#[test]
fn every_half_float_expands_alike() {
    let all: Vec<u8> = (0..=u16::MAX).flat_map(u16::to_le_bytes).collect();
    let mut want = vec![0.0; 1 << 16];
    portable::expand_half(&all, &mut want);
    assert_eq!(want[0x3c00], 1.0);
    assert_eq!(want[0x0001], 2f32.powi(-24));
    assert_eq!(want[0x83ff], -1023.0 * 2f32.powi(-24));
    assert_eq!((want[0x7bff], want[0xfc00]), (65504.0, f32::NEG_INFINITY));
    assert!(want[0x7c01].is_nan() && want[0xffff].is_nan());
    for level in Level::available() {
        let mut have = vec![0.0; 1 << 16];
        expand_half(level, &all, &mut have);
        for (i, (a, b)) in have.iter().zip(&want).enumerate() {
            assert!(a == b || (a.is_nan() && b.is_nan()), "{i:#x}: {a} against {b}");
        }
        let mut sum = vec![0.25; 1 << 16];
        add_half(level, &all, &mut sum);
        for (i, (a, b)) in sum.iter().zip(&want).enumerate() {
            assert!(*a == b + 0.25 || b.is_nan(), "{i:#x}: {a} against {b}");
        }
    }
}

#[test]
fn curves_follow_the_exact_ones() {
    // e^x by doubling: (1 + x/2^40)^(2^40) in double precision is exact to eleven digits.
    let exp = |x: f64| (0..40).fold(x / f64::from(1u32 << 20) / f64::from(1u32 << 20), |y, _| y * (2.0 + y)) + 1.0;
    // The error function by its series, which needs no more than 200 terms below 6.
    let erf = |x: f64| {
        let term =
            |(sum, term): (f64, f64), n: i32| (sum + term / f64::from(2 * n + 1), -term * x * x / f64::from(n + 1));
        2.0 / std::f64::consts::PI.sqrt() * (0..200).fold((0.0, x), term).0
    };
    let x: Vec<f32> = (-5500..=5500).map(|n| n as f32 / 1000.0).collect();
    for level in Level::available() {
        let mut y = x.clone();
        gelu(level, &mut y);
        for (x, y) in x.iter().zip(&y) {
            let exact = f64::from(*x) / 2.0 * (1.0 + erf(f64::from(*x) / std::f64::consts::SQRT_2));
            assert!((f64::from(*y) - exact).abs() < 2e-6, "gelu({x}) is {y}, not {exact}");
        }
        let mut y: Vec<f32> = x.iter().map(|x| x * 6.0).collect();
        sigmoid(level, &mut y);
        for (x, y) in x.iter().zip(&y) {
            let exact = 1.0 / (1.0 + exp(f64::from(-x * 6.0)));
            assert!((f64::from(*y) / exact - 1.0).abs() < 1e-6, "sigmoid({x} · 6) is {y}, not {exact}");
        }
        let mut far = vec![-1e30, -100.0, 100.0, 1e30, f32::INFINITY];
        sigmoid(level, &mut far);
        assert!(far[0] < 1e-37 && far[1] < 1e-37 && far[2..].iter().all(|y| *y == 1.0));
        let mut far = vec![-1e30, -50.0, 50.0, 1e30];
        gelu(level, &mut far);
        let parts = [far[0] / 1e30, far[1] / 50.0, far[2] / 50.0 - 1.0, far[3] / 1e30 - 1.0];
        assert!(parts.iter().all(|part| part.abs() < 1e-6), "{far:?}");
        let mut y = vec![1.0, 2.0, 3.0, -200.0];
        softmax(level, &mut y);
        let whole = exp(1.0) + exp(2.0) + exp(3.0);
        assert!((f64::from(y[1]) - exp(2.0) / whole).abs() < 1e-7 && y[3] < 1e-30);
    }
}

#[test]
fn attention_is_what_its_definition_says() {
    for (count, heads, size) in [(1, 1, 16), (2, 2, 32), (17, 3, 32), (40, 2, 48), (256, 1, 32)] {
        let width = heads * size;
        let stride = 3 * width + 16;
        let x: Vec<f32> = numbers(count as u64, count * stride).iter().map(|x| x * 2.0).collect();
        let part = |r: usize, which: usize, head: usize| &x[r * stride + which * width + head * size..][..size];
        let mut want = vec![0.0f64; count * width];
        for (head, i) in (0..heads).flat_map(|head| (0..count).map(move |i| (head, i))) {
            let dot = |j: usize| {
                let pairs = part(i, 0, head).iter().zip(part(j, 1, head));
                pairs.map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>() / (size as f64).sqrt()
            };
            let weights: Vec<f64> = (0..count).map(|j| dot(j).exp()).collect();
            let whole: f64 = weights.iter().sum();
            for (j, weight) in weights.iter().enumerate() {
                for (d, value) in part(j, 2, head).iter().enumerate() {
                    want[i * width + head * size + d] += weight / whole * f64::from(*value);
                }
            }
        }
        let want: Vec<f32> = want.iter().map(|x| *x as f32).collect();
        let mut memory = Attending::default();
        let all: Vec<Vec<f32>> = Level::available()
            .into_iter()
            .map(|level| {
                // What was there before must not matter.
                let mut have = vec![7.0; count * width + 1];
                attention(level, &x, stride, [count, heads, size], &mut memory, &mut have);
                assert_eq!(have.pop(), Some(7.0));
                have
            })
            .collect();
        all.iter().for_each(|have| close(have, &want));
        assert!(all[1..].windows(2).all(|pair| pair[0] == pair[1]), "AVX2 and AVX-512 give other bits");
    }
}

#[cfg(target_arch = "x86_64")]
#[test]
fn whole_numbers_come_out_as_their_sums() {
    for (rows, inputs, outputs) in [(1, 2, 1), (7, 96, 48), (13, 384, 60), (31, 1536, 100)] {
        let mut x = numbers(1, rows * inputs);
        x[0] = 40.0;
        x[inputs - 1..].iter_mut().step_by(3).for_each(|x| *x = 0.0);
        let weights: Vec<i8> = numbers(2, inputs * outputs).iter().map(|w| (w * 128.0) as i8).collect();
        let (scales, bias) = (numbers(3, outputs), numbers(4, outputs));
        let layers: Vec<Whole> = Level::available()
            .into_iter()
            .filter_map(|level| Whole::new(level, inputs, &weights, &scales, &bias))
            .collect();
        let all: Vec<Vec<f32>> = layers
            .iter()
            .map(|layer| {
                let mut out = vec![0.0; rows * layer.outputs()];
                layer.apply(&x, rows, &mut Rounded::default(), &mut out);
                out
            })
            .collect();
        for (layer, out) in layers.iter().zip(&all) {
            for (x, out) in x.chunks_exact(inputs).zip(out.chunks_exact(layer.outputs())) {
                let largest = x.iter().fold(0.0f32, |a, b| a.max(b.abs()));
                for o in 0..outputs {
                    let products = x.iter().zip(&weights[o * inputs..]).map(|(x, w)| f64::from(*x) * f64::from(*w));
                    let exact = products.sum::<f64>() * f64::from(scales[o]) + f64::from(bias[o]);
                    // Each input is half a step off at most, in whichever direction: together, the root of their number.
                    let step = largest / 10_000.0 * 74.0 * (inputs as f32).sqrt() * scales[o].abs();
                    assert!((f64::from(out[o]) - exact).abs() < f64::from(step + 1e-5), "{} against {exact}", out[o]);
                }
                assert!(out[outputs..].iter().all(|padding| *padding == 0.0));
            }
        }
        assert!(all.windows(2).all(|pair| pair[0] == pair[1]));
        // A row by itself has the same bits.
        for (layer, all) in layers.iter().zip(&all) {
            let mut out = vec![0.0; layer.outputs()];
            layer.apply(&x[(rows - 1) * inputs..], 1, &mut Rounded::default(), &mut out);
            assert_eq!(out, all[(rows - 1) * layer.outputs()..]);
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[test]
fn the_largest_whole_numbers_do_not_overflow() {
    let inputs = 1536;
    for level in Level::available() {
        for (weight, value) in [(-128i8, 1.0f32), (127, -1.0), (-128, -3e38)] {
            let Some(layer) = Whole::new(level, inputs, &vec![weight; inputs], &[1.0], &[0.0]) else {
                continue;
            };
            let mut out = vec![0.0; layer.outputs()];
            layer.apply(&vec![value; inputs], 1, &mut Rounded::default(), &mut out);
            let exact = f64::from(weight) * f64::from(value) * inputs as f64;
            assert!((f64::from(out[0]) / exact - 1.0).abs() < 1e-3 || out[0].is_infinite(), "{} {exact}", out[0]);
        }
    }
}
