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
