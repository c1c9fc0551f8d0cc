//! `cargo xtask eval ecbplus`: the same event, the same entity across documents, against the chains of ECB+.
//!
//! ECB+ gives the mentions; who belongs together is asked. Each of its subtopics is read as one story, which is what a
//! record is of. A mention of an entity has the chain of the record's entity at its place, any other the stem of its last
//! word. We keep no general events, so that the stem of the last word is all there is to say of them. Floors are that stem
//! in all documents alike, and within one story. Only validated sentences count, as INDEX.md asks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::corpus::{self, Place, place, words_at};
use crate::run::{check, need_shared, release_binary};

pub(crate) fn run(path: Option<&str>) -> Result<()> {
    let folder = corpus::folder(path, "crossdoc/ecbplus/dev")?;
    let lines = std::fs::read_to_string(folder.join("gold.jsonl")).context("cannot read gold.jsonl")?;
    let documents: Vec<Value> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut topics: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for document in &documents {
        topics.entry(document["subtopic"].as_str().unwrap_or_default().to_owned()).or_default().push(document);
    }
    let (mut ours, mut story, mut floor) = (Vec::new(), Vec::new(), Vec::new());
    for (topic, documents) in &topics {
        let record = record(&folder, topic, documents)?;
        for document in documents {
            let text = text(&folder, document)?;
            ours.push(predicted(document, &text, topic, Some(&record)));
            story.push(predicted(document, &text, topic, None));
            floor.push(predicted(document, &text, "", None));
        }
    }
    println!("{} documents, {} subtopics", documents.len(), topics.len());
    let rows = [
        ("event", "stem alone, all documents", &floor),
        ("event", "stem alone, one story", &story),
        ("entity", "stem alone, all documents", &floor),
        ("entity", "stem alone, one story", &story),
        ("entity", "ours, one story", &ours),
    ];
    for (kind, name, lines) in rows {
        let file = corpus::output()?.join("ecbplus.jsonl");
        let text: Vec<String> = lines.iter().map(Value::to_string).collect();
        std::fs::write(&file, text.join("\n") + "\n")?;
        let mut score = Command::new("python3");
        score.arg(need_shared()?.join("data/scripts/score_coref.py")).arg(folder.join("gold.jsonl")).arg(&file);
        let output = score.arg(kind).arg("--validated").output().context("cannot start python3")?;
        ensure!(output.status.success(), "the scorer failed: {}", String::from_utf8_lossy(&output.stderr));
        println!("{kind:<8} {name:<28} {}", String::from_utf8_lossy(&output.stdout).trim());
    }
    Ok(())
}

fn text(folder: &Path, document: &Value) -> Result<Vec<char>> {
    let path = folder.join(document["file"].as_str().context("a document names no file")?);
    Ok(std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?.chars().collect())
}

/// Where the record of a subtopic has which entity, by file.
type Entities = BTreeMap<String, Vec<(Place, String)>>;

/// The record of the documents of one subtopic: one story.
fn record(folder: &Path, topic: &str, documents: &[&Value]) -> Result<Entities> {
    let file = corpus::output()?.join(format!("ecbplus-{topic}.json"));
    let texts: Vec<PathBuf> = documents.iter().filter_map(|d| Some(folder.join(d["file"].as_str()?))).collect();
    check(Command::new(release_binary()?).arg("record").args(&texts).arg("--out").arg(&file))?;
    let record: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let name = |source: &Value| Path::new(source.as_str().unwrap_or("")).file_name()?.to_str().map(str::to_owned);
    let reports = record["reports"].as_array().into_iter().flatten();
    let files: BTreeMap<&str, String> =
        reports.filter_map(|r| Some((r["id"].as_str()?, name(&r["source"])?))).collect();
    let mut entities = Entities::new();
    for entity in record["entities"].as_array().into_iter().flatten() {
        for mention in entity["mentions"].as_array().into_iter().flatten() {
            if let (Some(file), Some(at)) = (mention["report"].as_str().and_then(|r| files.get(r)), place(mention)) {
                let id = entity["id"].as_str().unwrap_or_default().to_owned();
                entities.entry(file.clone()).or_default().push((at, id));
            }
        }
    }
    Ok(entities)
}

/// A document's mentions with chains: ours, or without a record the floor within `topic`.
fn predicted(document: &Value, text: &[char], topic: &str, record: Option<&Entities>) -> Value {
    let file = document["file"].as_str().and_then(|f| f.rsplit('/').next()).unwrap_or_default();
    let entities: &[(Place, String)] = record.and_then(|r| r.get(file)).map_or(&[], Vec::as_slice);
    let mentions = document["mentions"].as_array().into_iter().flatten().map(|mention| {
        let spans = corpus::places(&mention["spans"]);
        let last = spans.last().copied().unwrap_or((0, 0));
        let kind = mention["kind"].as_str().unwrap_or_default();
        let stem = stem(&words_at(text, last));
        // Ours must end where the mention ends: its head is the last word.
        let own = entities.iter().find(|(at, _)| at.1 == last.1);
        let chain = own.filter(|_| kind == "entity").map_or(stem, |(_, id)| id.clone());
        let chain = format!("{topic}:{chain}");
        json!({ "kind": kind, "spans": mention["spans"], "chain": chain, "validated": mention["validated"] })
    });
    json!({ "id": document["id"], "mentions": mentions.collect::<Vec<_>>() })
}

/// The last word without the endings of verbs and plurals.
fn stem(words: &str) -> String {
    let last = words.rsplit(' ').next().unwrap_or("").to_lowercase();
    let last = last.trim_end_matches(|c: char| !c.is_alphanumeric());
    let bare = ["ing", "ed", "es", "s", "e"].iter().find_map(|e| last.strip_suffix(e).filter(|b| b.len() >= 3));
    bare.unwrap_or(last).to_owned()
}
