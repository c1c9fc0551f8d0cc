//! Pages of a large dossier: how large they are, and how often the first is served beside the style sheet of the same server.
//!
//! `cargo xtask bench pages`. The rates are taken by `wrk` (Debian: wrk), in turn; without it they are not taken.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on ends")]

#[path = "../../rapporteur/benches/generator/mod.rs"]
#[expect(dead_code, reason = "only the texts are of use here")]
mod generator;
#[path = "../tests/server/util.rs"]
#[expect(dead_code, reason = "a part of what the tests use")]
mod util;

use std::process::Command;
use std::time::Instant;

use util::{Served, dossier};

/// Reports of one story, and others that tell a story each.
const STORY: usize = 1_000;
const OTHERS: usize = 1_000;

/// What a page may weigh, in bytes, before the reading pane.
const HEAVY: usize = 150_000;
/// Rates are taken so many times in turn; the median counts.
const ROUNDS: usize = 5;

fn main() {
    generator::kernels();
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("reports");
    std::fs::create_dir(&folder).unwrap();
    for n in 0..STORY {
        let day = format!(
            r#"{{"published": "2026-{:02}-{:02}", "outlet": "Outlet {}"}}"#,
            1 + n / 300,
            1 + n / 12 % 28,
            n % 40
        );
        std::fs::write(folder.join(format!("{n:05}.txt")), generator::text(n)).unwrap();
        std::fs::write(folder.join(format!("{n:05}.json")), day).unwrap();
    }
    for n in 0..OTHERS {
        // Words of its own, so that it is a story of its own.
        let own: Vec<String> = (0..12).map(|k| format!("Qu{}{}ol", letters(n * 13 + k), letters(k * 7 + n))).collect();
        let text = format!(
            "{} opens {} in {}\n\n{} of {} said on Monday that the {} of {} would open {}. \"It was {} and {},\" {} said.\n",
            own[0], own[1], own[2], own[3], own[4], own[5], own[6], own[7], own[8], own[9], own[3]
        );
        std::fs::write(folder.join(format!("x{n:05}.txt")), text).unwrap();
        std::fs::write(folder.join(format!("x{n:05}.json")), r#"{"published": "2026-04-01"}"#).unwrap();
    }
    let path = dir.path().join("large.dossier");
    let begun = Instant::now();
    dossier(&path, &[folder]);
    println!("{} reports read in {:?}", STORY + OTHERS, begun.elapsed());
    let server = Served::over(dir, path, |_| {});
    let begun = Instant::now();
    let stories = server.json("/api/stories");
    println!("{} stories, listed first in {:?}", stories["all"], begun.elapsed());
    let large = stories["stories"].as_array().unwrap().iter().max_by_key(|s| s["reports"].as_u64()).unwrap().clone();
    println!("the largest has {} reports", large["reports"]);
    let id = large["id"].as_str().unwrap();
    let mut largest = (0, String::new());
    for path in ["/".to_owned(), format!("/story/{id}"), "/story/all".into()] {
        for view in ["", "/said", "/differ", "/positions", "/outlets", "/timeline", "/names"] {
            if path == "/" && !view.is_empty() {
                continue;
            }
            let begun = Instant::now();
            let page = server.get(&format!("{path}{view}"));
            println!("{path}{view}: {} bytes, made in {:?}", page.body.len(), begun.elapsed());
            assert_eq!(page.status, 200);
            largest = largest.max((page.body.len(), format!("{path}{view}")));
        }
    }
    println!("largest: {} bytes ({}), at most {HEAVY}", largest.0, largest.1);
    let (first, style) = (format!("http://{}/", server.address), format!("http://{}/assets/style.css", server.address));
    let mut ratios: Vec<f64> = Vec::new();
    for _ in 0..ROUNDS {
        let (Some(style), Some(first)) = (rate(&style), rate(&first)) else {
            println!("there is no wrk: the rates are not taken (apt-get install wrk)");
            break;
        };
        println!("style sheet {style:.0} a second, first page {first:.0} a second: {:.2}", first / style);
        ratios.push(first / style);
    }
    ratios.sort_by(f64::total_cmp);
    if let Some(ratio) = ratios.get(ratios.len() / 2) {
        println!("median of {ROUNDS}: the first page at {ratio:.2} of the rate of the style sheet, at least 0.20");
    }
    assert!(largest.0 < HEAVY, "{} is too heavy", largest.1);
}

/// Answers a second, by wrk over two connections for three seconds.
fn rate(address: &str) -> Option<f64> {
    let done = Command::new("wrk").args(["-t1", "-c2", "-d3s", address]).output().ok()?;
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(!told.contains("Non-2xx"), "{told}");
    told.lines().find_map(|l| l.trim().strip_prefix("Requests/sec:"))?.trim().parse().ok()
}

/// A number in letters, so that it reads as a name.
fn letters(mut n: usize) -> String {
    let mut out = String::new();
    for _ in 0..3 {
        out.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
    }
    out
}
