//! Folders in the form of `../shared/data`: `gold.jsonl`, a document a line, and the texts it names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::run::{need_shared, release_binary, root};

/// One annotated document.
pub(crate) struct Document {
    /// Its id.
    pub(crate) id: String,
    /// What people found in it.
    pub(crate) gold: Value,
    /// Its text, just as the file has it.
    pub(crate) text: Vec<char>,
    /// What Rapporteur found in it.
    pub(crate) found: Value,
}

/// The folder asked for, or this one of the shared data.
pub(crate) fn folder(asked: Option<&str>, usual: &str) -> Result<PathBuf> {
    match asked {
        Some(path) => Ok(PathBuf::from(path)),
        None => Ok(need_shared()?.join("data").join(usual)),
    }
}

/// A place for what an evaluation writes.
pub(crate) fn output() -> Result<PathBuf> {
    let out = root().join("target").join("eval");
    std::fs::create_dir_all(&out)?;
    Ok(out)
}

/// The documents of a folder, each with what the released program finds in it.
pub(crate) fn read(folder: &Path) -> Result<Vec<Document>> {
    let gold = folder.join("gold.jsonl");
    let lines = std::fs::read_to_string(&gold).with_context(|| format!("cannot read {}", gold.display()))?;
    let gold: Vec<Value> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut found = findings(&folder.join("text"))?;
    let mut documents = Vec::new();
    for gold in gold {
        let file = gold["file"].as_str().context("a document names no file")?;
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        documents.push(Document {
            id: gold["id"].as_str().unwrap_or(file).to_owned(),
            text: text.chars().collect(),
            // A document in which nothing was read counts with nothing found.
            found: found.remove(name).unwrap_or_default(),
            gold,
        });
    }
    Ok(documents)
}

/// What the released program finds in each text of a folder, by file name.
fn findings(texts: &Path) -> Result<BTreeMap<String, Value>> {
    let file = output()?.join("findings.json");
    crate::run::check(
        Command::new(release_binary()?).args(["findings", "--format", "json", "--out"]).arg(&file).arg(texts),
    )?;
    let all: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let name = |f: &Value| Path::new(f["source"].as_str().unwrap_or("")).file_name()?.to_str().map(str::to_owned);
    Ok(all.into_iter().filter_map(|f| Some((name(&f)?, f))).collect())
}

/// A span of code points.
pub(crate) type Place = (usize, usize);

/// A span as JSON has it.
pub(crate) fn place(value: &Value) -> Option<Place> {
    Some((value["start"].as_u64()? as usize, value["end"].as_u64()? as usize))
}

/// Several of them.
pub(crate) fn places(value: &Value) -> Vec<Place> {
    value.as_array().map(|all| all.iter().filter_map(place).collect()).unwrap_or_default()
}

/// The characters at a place, on one line.
pub(crate) fn words_at(text: &[char], (start, end): Place) -> String {
    let slice: String = text.get(start..end.min(text.len())).unwrap_or_default().iter().collect();
    slice.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Precision, recall and F1.
pub(crate) fn prf(right: usize, given: usize, wanted: usize) -> [f64; 3] {
    let part = |n: usize| if n == 0 { 0.0 } else { right as f64 / n as f64 };
    let (p, r) = (part(given), part(wanted));
    [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
}
