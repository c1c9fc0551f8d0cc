//! How the work grows with the number of reports: `cargo bench --bench scale`.
//!
//! Prints a table, each row with its ratio to the row before: ten times the reports should cost about ten times the
//! work. Bare times mean little on a shared machine; the ratios within one run do. With `-- --large` only the record is
//! timed, up to 10,000 reports (read without the tagger, which would take a quarter of an hour).

mod generator;

use std::time::Instant;

use rapporteur::{Report, ReportId};

/// Numbers of reports.
const COUNTS: [usize; 3] = [10, 100, 1_000];

/// How often merging is timed.
const ROUNDS: usize = 9;

/// Numbers of reports with `--large`.
const LARGE: [usize; 4] = [100, 1_000, 3_000, 10_000];

fn main() {
    generator::kernels();
    if std::env::args().any(|arg| arg == "--large") {
        return large();
    }
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

/// How the record of one story grows: claims, differences, gatherings and what else is merged.
fn large() {
    rapporteur::read_quickly();
    println!(
        "{:>8} {:>12} {:>8} {:>12} {:>8} {:>12} {:>12} {:>12}",
        "reports", "merging ms", "ratio", "a report ms", "claims", "differences", "gatherings", "statements"
    );
    let mut before = None;
    for count in LARGE {
        let gathered = generator::reports(count);
        let findings = rapporteur::findings_of(&gathered.reports, 2);
        let start = Instant::now();
        let record = rapporteur::assemble(&gathered.reports, &findings);
        let spent = start.elapsed().as_secs_f64() * 1e3;
        let ratio = before.map_or_else(|| "–".to_owned(), |b: f64| format!("{:.1}", spent / b));
        println!(
            "{count:>8} {spent:>12.1} {ratio:>8} {:>12.2} {:>8} {:>12} {:>12} {:>12}",
            spent / count as f64,
            record.claims.len(),
            record.discrepancies.len(),
            record.meetings.len(),
            record.statements.len(),
        );
        before = Some(spent);
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// One report at a size and at twice that size: the ratio should stay near 2. The last column is what a byte costs
/// against a byte of the ordinary text in the first row: it should stay below 5.
fn unkind() {
    type Make = fn(usize) -> String;
    let kinds: [(&str, usize, Make); 11] = [
        ("ordinary text, 50,000 words", 4_167, |n| {
            "The board met on Monday. \"We agree,\" Jane Roe said in Oslo.\n".repeat(n)
        }),
        ("one sentence of 10,000 words", 834, |n| {
            format!("The board met {}.", "and the union said that the offer of the company was low ".repeat(n))
        }),
        ("one sentence again and again, 0.4 MB", 4_000, |n| {
            "\"We agree,\" Jane Roe, the minister, said in Oslo on Monday of the offer of the union, and left for home. ".repeat(n)
        }),
        ("quotation marks only, 20,000", 20_000, |n| "\"'“ ".repeat(n / 4)),
        ("short words in marks, 20,000", 20_000, |n| "\"a\" ".repeat(n)),
        ("nested brackets, 1,500", 1_500, |n| format!("{}word{} said \"yes\".", "(".repeat(n), ")".repeat(n))),
        ("brackets in a row, 20,000", 20_000, |n| "(a) ".repeat(n)),
        ("one paragraph, 2,000 quotations", 2_000, |n| "\"We agree,\" Jane Roe said. ".repeat(n)),
        ("names only, 5,000 of them", 5_000, |n| {
            (0..n).map(|i| format!("{} {}, ", name(i), name(i * 7 + 1))).collect()
        }),
        ("dates only, 5,000", 5_000, |n| (0..n).map(|i| format!("{} March {} ", i % 28 + 1, 1990 + i % 36)).collect()),
        ("numbers only, 10,000", 10_000, |n| (0..n).map(|i| format!("{} ", i * 7919 % 99_991)).collect()),
    ];
    println!("\n{:<38} {:>10} {:>10} {:>8} {:>10}", "one report", "ms", "twice, ms", "ratio", "a byte");
    let mut ordinary = None;
    for (what, size, make) in kinds {
        let time = |n: usize| {
            let text = make(n);
            let gathered = generator::of_texts(std::slice::from_ref(&text));
            let before = Instant::now();
            let findings = rapporteur::findings_of(&gathered.reports, 1);
            let _ = rapporteur::assemble(&gathered.reports, &findings);
            (before.elapsed().as_secs_f64() * 1e3, text.len() as f64)
        };
        row(what, time(size), time(size * 2), &mut ordinary);
    }
    // A draft of nothing but quotation marks, read against a few reports.
    let gathered = generator::reports(5);
    let findings = rapporteur::findings_of(&gathered.reports, 1);
    let record = rapporteur::assemble(&gathered.reports, &findings);
    let drafts: [(&str, Make); 2] = [
        ("check: a draft of marks, 50 kB", |n| "\"'“ ".repeat(n / 6)),
        ("check: words in marks, 50 kB", |n| "\"a b c\" ".repeat(n / 8)),
    ];
    for (what, make) in drafts {
        let time = |n: usize| {
            let text = make(n);
            let draft = Report::plain(ReportId::new("draft"), &text);
            let before = Instant::now();
            let _ = rapporteur::check_against(&draft, &gathered.reports, &findings, &record, None);
            (before.elapsed().as_secs_f64() * 1e3, text.len() as f64)
        };
        row(what, time(50_000), time(100_000), &mut ordinary);
    }
}

/// Prints a row; the first one says what a byte of ordinary text costs.
fn row(what: &str, once: (f64, f64), twice: (f64, f64), ordinary: &mut Option<f64>) {
    let a_byte = twice.0 / twice.1;
    let of_ordinary = a_byte / *ordinary.get_or_insert(a_byte);
    println!("{what:<38} {:>10.1} {:>10.1} {:>8.1} {of_ordinary:>10.1}", once.0, twice.0, twice.0 / once.0);
}

/// An invented name, another one for each number.
fn name(n: usize) -> String {
    const PARTS: [&str; 12] = ["ka", "ro", "mi", "te", "no", "la", "su", "vi", "den", "bor", "hal", "ger"];
    let made: String = [n, n / 12, n / 144].iter().map(|i| PARTS[i % PARTS.len()]).collect();
    made[..1].to_uppercase() + &made[1..]
}
