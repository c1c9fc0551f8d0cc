//! Reads the pages that a `gold.jsonl` names, as any input is read, and writes a line of JSON for each:
//! `pages GOLD.jsonl OUT.jsonl`. Used by `cargo xtask eval html`.

use std::io::{Read as _, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use rapporteur_schema::PassageKind;
use rapporteur_source::{Item, Options, read};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(gold), Some(out)) = (args.next(), args.next()) else {
        return Err("usage: pages GOLD.jsonl OUT.jsonl".into());
    };
    let folder = Path::new(&gold).parent().unwrap_or(Path::new("."));
    let mut out = std::io::BufWriter::new(std::fs::File::create(out)?);
    let work = std::env::temp_dir().join(format!("rapporteur-pages-{}", std::process::id()));
    std::fs::create_dir_all(&work)?;
    let (mut ours, mut alone, mut pages) = (Duration::ZERO, Duration::ZERO, 0u32);
    for line in std::fs::read_to_string(&gold)?.replace(": NaN", ": null").lines() {
        let page: Value = serde_json::from_str(line)?;
        let text = |key: &str| page[key].as_str().unwrap_or_default();
        let mut html = Vec::new();
        let packed = std::fs::File::open(folder.join(text("html")))?;
        flate2::read::GzDecoder::new(packed).read_to_end(&mut html)?;
        let file = work.join("page.html");
        std::fs::write(&file, &html)?;
        std::fs::write(work.join("page.json"), json!({ "url": text("url") }).to_string())?;
        let mut line = json!({ "id": text("id"), "text": "" });
        let start = Instant::now();
        let mut found = None;
        let _ = read(&[file], &Options::default(), &mut std::io::empty(), &mut |item| {
            match item {
                Item::Report(incoming) => found = Some(incoming.report),
                Item::Failed(error) => line["error"] = error.what().into(),
                _ => {}
            }
            ControlFlow::Continue(())
        });
        ours += start.elapsed();
        if let Some(report) = found {
            let passages: Vec<Value> = report
                .head
                .passages
                .iter()
                .filter_map(|p| Some(json!([format!("{:?}", p.kind), report.text.slice(p.span())?.trim()])))
                .collect();
            let kept = report.head.passages.iter().filter(|p| p.kind != PassageKind::Boilerplate);
            line["text"] = kept.filter_map(|p| report.text.slice(p.span())).collect::<String>().into();
            line["passages"] = passages.into();
            line["head"] = serde_json::to_value(&report.head)?;
            line["published"] = report.head.published.map(|d| d.to_string()).into();
        }
        writeln!(out, "{line}")?;
        let start = Instant::now();
        let html = String::from_utf8_lossy(&html);
        if let Ok(mut reader) = dom_smoothie::Readability::new(html.as_ref(), None, None) {
            let _ = reader.parse();
        }
        alone += start.elapsed();
        pages += 1;
    }
    std::fs::remove_dir_all(&work)?;
    println!(
        "{pages} pages, {:.0} a second; {:.2} of the speed of dom_smoothie alone",
        f64::from(pages) / ours.as_secs_f64(),
        alone.as_secs_f64() / ours.as_secs_f64()
    );
    Ok(())
}
