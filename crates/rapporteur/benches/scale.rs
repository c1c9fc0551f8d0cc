//! How the work grows with the number of reports: `cargo bench --bench scale`.
//!
//! Prints a table, each row with its ratio to the row before: ten times the reports should cost about ten times the
//! work. Bare times mean little on a shared machine; the ratios within one run do.

mod generator;

use std::time::Instant;

/// Numbers of reports.
const COUNTS: [usize; 3] = [10, 100, 1_000];

/// How often merging is timed.
const ROUNDS: usize = 9;

fn main() {
    println!(
        "{:>8} {:>12} {:>8} {:>12} {:>8} {:>12}",
        "reports", "findings ms", "ratio", "merging ms", "ratio", "statements"
    );
    let stories = COUNTS.map(|count| {
        let gathered = generator::reports(count);
        let before = Instant::now();
        let findings = rapporteur::findings_of(&gathered.reports, 1);
        (gathered, findings, before.elapsed().as_secs_f64() * 1e3)
    });
    // In turn, and as many reports a turn, so that a busy moment of the machine falls on all sizes alike.
    let mut turns: Vec<[f64; COUNTS.len()]> = Vec::new();
    for _ in 0..ROUNDS {
        turns.push(std::array::from_fn(|size| {
            let (gathered, findings, _) = &stories[size];
            let merges = COUNTS[COUNTS.len() - 1] / COUNTS[size];
            let mut spent = 0.0;
            for _ in 0..merges {
                let before = Instant::now();
                let record = rapporteur::assemble(&gathered.reports, findings);
                spent += before.elapsed().as_secs_f64() * 1e3;
                drop(std::hint::black_box(record));
            }
            spent / merges as f64
        }));
    }
    for (size, (gathered, findings, finding)) in stories.iter().enumerate() {
        let before = size.checked_sub(1);
        let ratio = |r: Option<f64>| r.map_or_else(|| "–".to_owned(), |r| format!("{r:.1}"));
        println!(
            "{:>8} {finding:>12.1} {:>8} {:>12.1} {:>8} {:>12}",
            COUNTS[size],
            ratio(before.map(|b| finding / stories[b].2)),
            median(turns.iter().map(|t| t[size])),
            ratio(before.map(|b| median(turns.iter().map(|t| t[size] / t[b])))),
            rapporteur::assemble(&gathered.reports, findings).statements.len(),
        );
    }
    unkind();
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// One report at a size and at twice that size: the ratio should stay near 2.
fn unkind() {
    type Make = fn(usize) -> String;
    let kinds: [(&str, usize, Make); 5] = [
        ("50,000 words, then 100,000", 4_167, |n| {
            "The board met on Monday. \"We agree,\" Jane Roe said in Oslo.\n".repeat(n)
        }),
        ("one sentence of 10,000 words", 834, |n| {
            format!("The board met {}.", "and the union said that the offer of the company was low ".repeat(n))
        }),
        ("quotation marks only, 20,000", 20_000, |n| "\"'“ ".repeat(n / 4)),
        ("nested brackets, 1,500", 1_500, |n| format!("{}word{} said \"yes\".", "(".repeat(n), ")".repeat(n))),
        ("one paragraph, 2,000 quotations", 2_000, |n| "\"We agree,\" Jane Roe said. ".repeat(n)),
    ];
    println!("\n{:<34} {:>10} {:>10} {:>8}", "one report", "ms", "twice, ms", "ratio");
    for (name, size, make) in kinds {
        let time = |n: usize| {
            let gathered = generator::of_texts(&[make(n)]);
            let before = Instant::now();
            let findings = rapporteur::findings_of(&gathered.reports, 1);
            let _ = rapporteur::assemble(&gathered.reports, &findings);
            before.elapsed().as_secs_f64() * 1e3
        };
        let (once, twice) = (time(size), time(size * 2));
        println!("{name:<34} {once:>10.1} {twice:>10.1} {:>8.1}", twice / once);
    }
}
