//! How many words a second the tagger reads with each version of the kernels: `words [LAYERS|builtin] TEXTFILE…`, and of what its time
//! goes into loading. Run by `cargo xtask bench reader`, on one core.

use std::time::Instant;

use rapporteur_language::Level;
use rapporteur_reader::Tagger;
use rapporteur_reader::bench::{self, Sizes};

const ROUNDS: usize = 3;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let what = args.next().ok_or("words LAYERS|builtin TEXTFILE…")?;
    let texts: Vec<String> = args.map(std::fs::read_to_string).collect::<Result<_, _>>()?;
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    println!("{} texts, {words} words; vector units: {}", texts.len(), Level::vector_units());
    for level in Level::available().into_iter().rev() {
        let weights =
            what.parse().map(|layers| bench::random(bench::vocabulary().lines().count(), Sizes::minilm(layers)));
        let before = Instant::now();
        let tagger = match weights {
            Ok(weights) => Tagger::from_bytes_for(weights, bench::vocabulary(), level)?,
            Err(_) => bench::builtin_for(level).ok_or("there is no built-in tagger")??,
        };
        let load = before.elapsed().as_secs_f64();
        let mut rates = Vec::new();
        let (mut pieces, mut windows) = (0, 0);
        for _ in 0..ROUNDS {
            let before = Instant::now();
            (pieces, windows) = (0, 0);
            for text in &texts {
                let tagged = tagger.read(text, &tagger.windows(text));
                pieces += tagged.iter().map(|t| t.piece_scores().len()).sum::<usize>();
                windows += tagged.len();
            }
            rates.push(words as f64 / before.elapsed().as_secs_f64());
        }
        rates.sort_by(f64::total_cmp);
        println!(
            "{:<9} {:>7.0} words/s ({pieces} pieces, {windows} windows), loaded in {:.1} ms, peak memory {}",
            level.name(),
            rates[ROUNDS / 2],
            load * 1e3,
            peak()
        );
    }
    Ok(())
}

/// The most memory that the process has had, where the system says.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim().to_owned()
}
