//! `cargo xtask bench kernels`: what the matrix kernels make of the core, each path and each shape, beside the core's own peak.

use std::time::Instant;

use anyhow::Result;
use rapporteur_language::Level;
use rapporteur_language::bench::{self, KeptWords, Layer, Lookups, Shape};

/// Rounds, in which everything is measured once after the other.
const ROUNDS: usize = 9;
/// Seconds of one measurement, about.
const SLICE: f64 = 0.004;

/// Measures the paths named, or all that this processor runs.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let levels = match args {
        [] => Level::available(),
        names => names.iter().map(|name| Level::named(name)).collect::<Result<_, _>>()?,
    };
    println!("vector units: {}; median of {ROUNDS} rounds, one thread", Level::vector_units());
    let shapes: Vec<Shape> = bench::model_shapes().into_iter().chain(bench::minilm_shapes()).collect();
    for level in levels {
        path(level, &shapes);
    }
    Ok(())
}

fn path(level: Level, shapes: &[Shape]) {
    let mut layers: Vec<Layer> = shapes.iter().map(|shape| Layer::new(level, shape)).collect();
    let (mut lookups, mut kept) = (Lookups::new(level), KeptWords::new(level));
    let mut peaks = Vec::new();
    let mut rates = vec![Vec::new(); shapes.len()];
    let mut shares = vec![Vec::new(); shapes.len()];
    let mut words = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        // The peak is taken in every round, so that a clock that changes changes for both.
        let turns = 200_000;
        let peak = bench::multiply_adds(level, turns)
            / seconds(|| {
                std::hint::black_box(bench::multiply_adds(level, turns));
            });
        peaks.push(peak / 1e9);
        for (n, (layer, shape)) in layers.iter_mut().zip(shapes).enumerate() {
            let rate = shape.operations() / seconds(|| layer.run());
            rates[n].push(rate / 1e9);
            shares[n].push(rate / peak);
        }
        words[0].push(seconds(|| lookups.run()) * 1e9 / Lookups::WORDS as f64);
        words[1].push(seconds(|| kept.run()) * 1e9 / KeptWords::WORDS as f64);
    }
    println!(
        "\npath {}: peak {:.1} GFLOP/s (independent multiply-adds in registers)\n",
        level.name(),
        median(&mut peaks)
    );
    println!(
        "| {:<28} | {:>4} | {:>6} | {:>7} | {:>7} | {:>5} |",
        "layer", "rows", "inputs", "outputs", "GFLOP/s", "share"
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    for (n, shape) in shapes.iter().enumerate() {
        println!(
            "| {:<28} | {:>4} | {:>6} | {:>7} | {:>7.1} | {:>5.2} |",
            shape.name,
            shape.rows,
            shape.inputs,
            shape.outputs,
            median(&mut rates[n]),
            median(&mut shares[n])
        );
    }
    let [lookups, kept] = &mut words;
    println!("\na new word looked up in the tables: {:.0} ns", median(lookups));
    println!("a word met before, its first convolution from what is kept: {:.0} ns", median(kept));
}

/// Seconds that something takes, of as many turns as fill a slice.
fn seconds(mut work: impl FnMut()) -> f64 {
    work();
    let before = Instant::now();
    work();
    let once = before.elapsed().as_secs_f64();
    let turns = (SLICE / once.max(1e-9)).ceil().clamp(1.0, 1e6) as u32;
    let before = Instant::now();
    for _ in 0..turns {
        work();
    }
    before.elapsed().as_secs_f64() / f64::from(turns)
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
