//! Writes the expressions of time of a folder of texts as corpora mark them: `timex GOLD.jsonl PRED.jsonl`.
//!
//! `GOLD.jsonl` has a document a line with `id`, `file` (beside it) and `dct`, the date the text is read against.
//! `cargo xtask eval dates` runs it and then the corpus's scorer.

use std::io::Write;
use std::path::Path;

use rapporteur_findings::Models;
use rapporteur_schema::Basis;
use rapporteur_source::{Options, gather};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [gold, pred] = &args[..] else { return Err("usage: timex GOLD.jsonl PRED.jsonl".into()) };
    let folder = Path::new(gold).parent().ok_or("the gold file stands in no folder")?;
    let mut out = std::io::BufWriter::new(std::fs::File::create(pred)?);
    for line in std::fs::read_to_string(gold)?.lines() {
        let document: Value = serde_json::from_str(line)?;
        let file = document["file"].as_str().ok_or("a document without a file")?;
        let published = document["dct"].as_str().and_then(|d| d.get(..10)?.parse().ok());
        let mut gathered = gather(&[folder.join(file)], &Options::default(), &mut std::io::empty());
        let Some(mut report) = gathered.reports.pop() else { continue };
        report.head.published = published;
        report.head.published_basis = published.map(|_| Basis::Given);
        let timexes: Vec<Value> = rapporteur_findings::timexes(&report, Models::quick())
            .into_iter()
            .map(|t| json!({"start": t.span.start(), "end": t.span.end(), "type": t.kind, "value": t.value}))
            .collect();
        writeln!(out, "{}", json!({"id": document["id"], "timexes": timexes}))?;
    }
    Ok(())
}
