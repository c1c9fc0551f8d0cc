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

#[test]
fn matrix_kernels_agree() {
    for level in Level::available() {
        for (rows, width, blocks) in [(1, 5, 1), (7, 96, 2), (8, 288, 6), (9, 33, 3), (21, 64, 4)] {
            let x = numbers(rows as u64, rows * width);
            let w = numbers(2, blocks * width * BLOCK);
            let b = numbers(3, blocks * BLOCK);
            let rows_in = Rows::new(&x, width, width, rows);
            let mut want = vec![0.0; rows * blocks * BLOCK];
            let mut have = want.clone();
            portable::dense(rows_in, &w, &b, &mut want, blocks);
            dense(level, rows_in, &w, &b, &mut have);
            close(&have, &want);
            let mut want = vec![0.0; rows * blocks * LANES];
            let mut have = want.clone();
            portable::maxout(rows_in, &w, &b, &mut want, blocks);
            maxout(level, rows_in, &w, &b, &mut have);
            close(&have, &want);
        }
    }
}

#[test]
fn a_row_does_not_depend_on_its_neighbours() {
    let (rows, width, blocks) = (21, 96, 2);
    let x = numbers(5, rows * width);
    let w = numbers(6, blocks * width * BLOCK);
    let b = numbers(7, blocks * BLOCK);
    for level in Level::available() {
        let mut all = vec![0.0; rows * blocks * LANES];
        maxout(level, Rows::new(&x, width, width, rows), &w, &b, &mut all);
        for r in 0..rows {
            let mut one = vec![0.0; blocks * LANES];
            maxout(level, Rows::new(&x[r * width..], width, width, 1), &w, &b, &mut one);
            assert_eq!(one, all[r * blocks * LANES..][..blocks * LANES]);
        }
    }
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

#[test]
fn every_half_float_expands_alike() {
    let all: Vec<u8> = (0..=u16::MAX).flat_map(u16::to_le_bytes).collect();
    let mut want = vec![0.0; 1 << 16];
    portable::expand_half(&all, &mut want);
    assert_eq!(want[0x3c00], 1.0);
    assert_eq!(want[0x0001], 2f32.powi(-24));
    for level in Level::available() {
        let mut have = vec![0.0; 1 << 16];
        expand_half(level, &all, &mut have);
        for (i, (a, b)) in have.iter().zip(&want).enumerate() {
            assert!(a == b || (a.is_nan() && b.is_nan()), "{i:#x}: {a} against {b}");
        }
    }
}
