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
        let before = Instant::now();
        let record = rapporteur::assemble(&gathered.reports, &findings);
        let merging = before.elapsed().as_secs_f64() * 1e3;
        let ratio = |now: f64, then: Option<f64>| then.map_or_else(|| "–".to_owned(), |t| format!("{:.1}", now / t));
        println!(
            "{count:>8} {finding:>12.1} {:>8} {merging:>12.1} {:>8} {:>12}",
            ratio(finding, last.map(|l| l.0)),
            ratio(merging, last.map(|l| l.1)),
            record.statements.len(),
        );
        last = Some((finding, merging));
    }
}
