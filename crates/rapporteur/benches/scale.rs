//! How the work grows with the number of reports: `cargo bench --bench scale`.
//!
//! Prints a table, each row with its ratio to the row before: ten times the reports should cost about ten times the
//! work. Bare times mean little on a shared machine; the ratios within one run do.

mod generator;

use std::time::Instant;

fn main() {
    println!(
        "{:>8} {:>12} {:>8} {:>12} {:>8} {:>12}",
        "reports", "findings ms", "ratio", "merging ms", "ratio", "statements"
    );
    let mut last: Option<(f64, f64)> = None;
    for count in [10, 100, 1_000] {
        let gathered = generator::reports(count);
        let before = Instant::now();
        let findings = rapporteur::findings_of(&gathered.reports, 1);
        let finding = before.elapsed().as_secs_f64() * 1e3;
        // Merging is short, and what else the machine does only ever adds to it: the quickest of several.
        let (mut merging, mut statements) = (f64::INFINITY, 0);
        for _ in 0..(400 / count).max(9) {
            let before = Instant::now();
            let record = rapporteur::assemble(&gathered.reports, &findings);
            merging = merging.min(before.elapsed().as_secs_f64() * 1e3);
            statements = record.statements.len();
        }
        let ratio = |now: f64, then: Option<f64>| then.map_or_else(|| "–".to_owned(), |t| format!("{:.1}", now / t));
        println!(
            "{count:>8} {finding:>12.1} {:>8} {merging:>12.1} {:>8} {:>12}",
            ratio(finding, last.map(|l| l.0)),
            ratio(merging, last.map(|l| l.1)),
            statements,
        );
        last = Some((finding, merging));
    }
    unkind();
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
