//! What each stage of reading costs: `cargo bench --bench profile -- FOLDER`, or `cargo xtask bench profile`.
//!
//! The stages are timed from outside: the findings crate knows no clock and only says when a stage has ended.

mod generator;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use rapporteur_findings::{Models, Reading, Stage, Watch};

/// How often the texts are read; the fastest round counts, for what disturbs only adds.
const ROUNDS: usize = 5;

/// The stages with their names.
const STAGES: [(Stage, &str); 14] = [
    (Stage::View, "view: paragraphs cleaned"),
    (Stage::Language, "language runtime"),
    (Stage::Marks, "quotation marks, sentences"),
    (Stage::Times, "expressions of time"),
    (Stage::Names, "names"),
    (Stage::Dates, "dates"),
    (Stage::Statements, "statements"),
    (Stage::Gatherings, "gatherings"),
    (Stage::Proposals, "proposals"),
    (Stage::Issues, "issues"),
    (Stage::Positions, "positions"),
    (Stage::Conditions, "conditions"),
    (Stage::Quantities, "quantities"),
    (Stage::Closing, "words split, actors closed"),
];

/// Adds up how long each stage took.
struct Clock {
    last: Instant,
    spent: [Duration; STAGES.len()],
}

impl Clock {
    fn start() -> Self {
        Clock { last: Instant::now(), spent: [Duration::ZERO; STAGES.len()] }
    }
}

impl Watch for Clock {
    fn ended(&mut self, stage: Stage) {
        let now = Instant::now();
        self.spent[stage as usize] += now - self.last;
        self.last = now;
    }
}

fn main() {
    // Cargo hands `--bench` to every bench.
    let folders: Vec<PathBuf> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).map(PathBuf::from).collect();
    let gathered = match folders.is_empty() {
        true => generator::reports(60),
        false => rapporteur::gather(&folders, &rapporteur::Options::default()),
    };
    let reports = &gathered.reports;
    let bytes: usize = reports.iter().map(|r| r.text.as_str().len()).sum();
    let words: usize = reports.iter().map(|r| r.text.as_str().split_whitespace().count()).sum();
    let pipeline = Models::builtin();
    let rounds = (0..=ROUNDS).map(|_| {
        let mut clock = Clock::start();
        for report in reports {
            clock.last = Instant::now();
            let reading = Reading::watched(report, pipeline, &mut clock);
            let reference = reading.reference();
            std::hint::black_box(reading.findings_watched(reference, &mut clock));
        }
        clock.spent
    });
    // The first round loads the model and the tables.
    let best = rounds.skip(1).min_by_key(|spent| spent.iter().sum::<Duration>()).unwrap_or_default();
    let total: Duration = best.iter().sum();
    println!("{} reports, {words} words, {bytes} bytes; the fastest of {ROUNDS} rounds, one thread", reports.len());
    println!("{:<30} {:>10} {:>8} {:>12}", "stage", "ms", "share", "ns a word");
    for (stage, name) in STAGES {
        row(name, best[stage as usize], total, words);
    }
    row("all", total, total, words);
    row("all but language", total - best[Stage::Language as usize], total, words);
}

fn row(name: &str, spent: Duration, total: Duration, words: usize) {
    let (ms, share) = (spent.as_secs_f64() * 1e3, spent.as_secs_f64() / total.as_secs_f64());
    println!("{name:<30} {ms:>10.2} {share:>8.3} {:>12.0}", spent.as_secs_f64() * 1e9 / words.max(1) as f64);
}
