//! What keeping costs as a dossier grows: `cargo bench --bench dossier` (10,000 reports, or as many as
//! its first argument says).
//!
//! Reports are added in one run, as `rapporteur add` does it, and timed by the thousand; then one more report is added to
//! the full dossier and to an empty one. The ratios within the run are what counts.

#![expect(clippy::expect_used, reason = "a benchmark without a disk to write to cannot go on")]

#[expect(dead_code, reason = "this bench makes its own folder")]
mod generator;

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use rapporteur::dossier::Scope;
use rapporteur::{Options, Store};

/// Reports a row of the table stands for.
const STEP: usize = 1_000;

fn main() {
    generator::kernels();
    let asked = std::env::args().skip(1).find_map(|a| a.parse().ok());
    let count: usize = asked.unwrap_or(10_000);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let folder = dir.path().join("reports");
    std::fs::create_dir(&folder).expect("a folder is made");
    for n in 0..count {
        let day = format!(r#"{{"published": "2026-{:02}-{:02}"}}"#, 1 + n / 900 % 12, 1 + n / 30 % 28);
        std::fs::write(folder.join(format!("{n:05}.txt")), generator::text(n)).expect("a report is written");
        std::fs::write(folder.join(format!("{n:05}.json")), day).expect("what is known of it is written");
    }
    let one = dir.path().join("one.txt");
    std::fs::write(&one, generator::text(count + 1)).expect("a report is written");

    let path = dir.path().join("full.dossier");
    let mut store = Store::create(&path).expect("a dossier is made");
    let mut ingest = store.ingest("add", "2026-12-01T00:00:00Z").expect("it can be written");
    let (mut kept, mut steps) = (0, vec![(0, Instant::now())]);
    let flow = rapporteur::read(&[folder], &Options::default(), &mut std::io::empty(), &mut |item| {
        let flow = ingest.take(item);
        kept += ingest.acknowledged().len();
        if kept >= steps.len() * STEP {
            steps.push((kept, Instant::now()));
        }
        flow
    });
    assert!(flow == ControlFlow::Continue(()), "the dossier can be written");
    ingest.finish().expect("the dossier can be written");
    steps.push((count, Instant::now()));

    let each = |a: &(usize, Instant), b: &(usize, Instant)| (b.1 - a.1).as_secs_f64() * 1e3 / (b.0 - a.0).max(1) as f64;
    let rows: Vec<f64> = steps.windows(2).filter(|w| w[1].0 > w[0].0 + STEP / 2).map(|w| each(&w[0], &w[1])).collect();
    println!("{:>8} {:>12} {:>8}", "reports", "ms a report", "ratio");
    for (row, ms) in rows.iter().enumerate() {
        println!("{:>8} {ms:>12.2} {:>8.2}", (row + 1) * STEP, ms / rows[0]);
    }
    let whole = each(&steps[0], &steps[steps.len() - 1]);
    println!("\n{:.0} reports a second, two threads; memory at its highest {} MB", 1e3 / whole, memory());
    let size = std::fs::metadata(&path).map(|m| m.len()).unwrap_or_default() as f64;
    let texts: usize = (0..count).map(|n| generator::text(n).len()).sum();
    println!("file {:.1} MB, {:.1} times the texts", size / 1e6, size / texts as f64);
    drop(store);

    let full = median(|| timed(&path, &one));
    let empty = median(|| {
        let fresh = tempfile::tempdir().expect("a temporary folder");
        timed(&fresh.path().join("empty.dossier"), &one)
    });
    println!("one more report: {full:.1} ms to {count}, {empty:.1} ms to none, ratio {:.2}", full / empty);
    let mut store = Store::open(&path).expect("the dossier opens");
    let before = Instant::now();
    let stories = store.stories().expect("it can be read");
    println!("{} stories listed in {:.0} ms", stories.len(), before.elapsed().as_secs_f64() * 1e3);
    let before = Instant::now();
    let faults = store.dossier().check(&mut |_, _| {}).expect("it can be read");
    println!("checked in {:.0} ms: {} faults", before.elapsed().as_secs_f64() * 1e3, faults.len());
    if let Some(story) = stories.iter().min_by_key(|s| s.row.articles.abs_diff(100)) {
        let before = Instant::now();
        let scope = Scope { story: Some(story.row.id.clone()), ..Scope::default() };
        let reports = store.record(&scope).expect("it can be read").reports.len();
        println!("record of a story of {reports} reports in {:.0} ms", before.elapsed().as_secs_f64() * 1e3);
    }
}

/// Milliseconds to open a dossier, add a report to it, and take it out again (not timed).
fn timed(path: &Path, report: &Path) -> f64 {
    let before = Instant::now();
    let mut store = Store::create(path).expect("the dossier opens");
    let mut ingest = store.ingest("add", "2026-12-02T00:00:00Z").expect("it can be written");
    let _ = rapporteur::read(&[report.to_owned()], &Options::default(), &mut std::io::empty(), &mut |item| {
        ingest.take(item)
    });
    let kept = ingest.finish().expect("the dossier can be written");
    let spent = before.elapsed().as_secs_f64() * 1e3;
    store.dossier_mut().remove(&kept[0].head.id, true, "2026-12-02T00:00:00Z").expect("it can be written");
    spent
}

fn median(mut time: impl FnMut() -> f64) -> f64 {
    let mut times: Vec<f64> = (0..9).map(|_| time()).collect();
    times.sort_by(f64::total_cmp);
    times[4]
}

/// The most memory that this process has held, in megabytes, where the system tells it.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or_default() / 1024
}
