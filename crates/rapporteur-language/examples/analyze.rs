//! Analyses files with the built-in pipeline and says how many tokens there were and how long each step took.
//!
//! `cargo run --release -p rapporteur-language --example analyze -- [--threads N] [--repeat N] FILE…`

use std::time::Instant;

use rapporteur_language::Pipeline;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let begin = Instant::now();
    let (mut threads, mut repeat, mut texts) = (1, 1, Vec::new());
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut number = || args.next().and_then(|n| n.parse().ok()).ok_or("a number is missing");
        match arg.as_str() {
            "--threads" => threads = number()?,
            "--repeat" => repeat = number()?,
            path => texts.push(std::fs::read_to_string(path)?),
        }
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let read = begin.elapsed();
    let pipeline = Pipeline::builtin();
    let loaded = begin.elapsed();
    println!("read {read:?}, load {:?} ({})", loaded - read, pipeline.kernels());
    for _ in 0..repeat {
        let start = Instant::now();
        let all = pipeline.analyze_all(&texts, threads);
        let tokens: usize = all.iter().map(|analysis| analysis.len()).sum();
        let seconds = start.elapsed().as_secs_f64();
        println!("{tokens} tokens in {:.1} ms: {:.0} tokens/s", seconds * 1e3, tokens as f64 / seconds);
    }
    Ok(())
}
