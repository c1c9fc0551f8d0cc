//! `cargo xtask eval record [NAME…] [--misses]`: whole records of stories, against keys written by hand.
//!
//! A key in `xtask/keys` holds places in the reports instead of their words (see the README there). Here it gets the
//! words back, outside the repository, and the shared scorer compares it with the program's record of the story.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::corpus;
use crate::run::{check, need_shared, release_binary, root};

/// The figures shown: a heading, and what the scorer calls them.
const FIGURES: [(&str, &str); 12] = [
    ("meet", "meetings"),
    ("place", "meetings: place right"),
    ("date", "meetings: date right"),
    ("status", "meetings: status right"),
    ("vers", "proposals: versions"),
    ("issues", "issues"),
    ("posit", "positions"),
    ("cond", "conditions"),
    ("discr", "discrepancies"),
    ("merged", "names: merged"),
    ("found", "names: found"),
    ("utter", "utterances: links"),
];

/// Scores the stories named, or all; a story whose texts are not those of its key is told and left out.
pub(crate) fn run(names: &[&str], misses: bool) -> Result<()> {
    let keys = keys()?;
    if let Some(name) = names.iter().find(|n| !keys.contains_key(**n)) {
        bail!("there is no key {name:?}; there are: {}", keys.keys().cloned().collect::<Vec<_>>().join(", "));
    }
    let program = release_binary()?;
    let (mut rows, mut left_out) = (Vec::new(), 0);
    for (name, path) in keys.iter().filter(|(k, _)| names.is_empty() || names.contains(&k.as_str())) {
        match Story::read(name, path).and_then(|story| story.score(&program, misses)) {
            Ok(figures) => rows.push((name.as_str(), figures)),
            Err(error) => {
                eprintln!("{name} is left out: {error:#}");
                left_out += 1;
            }
        }
    }
    print(&rows);
    ensure!(left_out == 0, "{left_out} of the stories could not be scored");
    Ok(())
}

/// The keys by name: those of the repository (with places or, where the texts are ours, with words) and the seeds'.
fn keys() -> Result<BTreeMap<String, PathBuf>> {
    let mut keys = BTreeMap::from([("seeds".to_owned(), need_shared()?.join("keys").join("seeds.json"))]);
    let folders = [root().join("xtask").join("keys"), root().join("examples").join("keys")];
    let entries = folders.iter().map(std::fs::read_dir).collect::<Result<Vec<_>, _>>()?;
    for entry in entries.into_iter().flatten() {
        let path = entry?.path();
        if let (Some(name), Some("json")) = (path.file_stem(), path.extension().and_then(|e| e.to_str())) {
            keys.insert(name.to_string_lossy().into_owned(), path);
        }
    }
    Ok(keys)
}

/// A story to score: a key, and a folder of texts made for it.
struct Story {
    name: String,
    key: PathBuf,
    texts: PathBuf,
}

impl Story {
    /// Writes the key as the scorer reads it, and the texts with a sidecar each, into `target/eval`.
    fn read(name: &str, path: &Path) -> Result<Story> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut key: Value = serde_json::from_str(&text).with_context(|| format!("in {}", path.display()))?;
        let out = corpus::output()?;
        let story = Story { name: name.to_owned(), key: out.join(format!("{name}.key.json")), texts: out.join(name) };
        if story.texts.exists() {
            std::fs::remove_dir_all(&story.texts)?; // a text that the key no longer names must not be read
        }
        std::fs::create_dir_all(&story.texts)?;
        let mut texts = Texts::new();
        for report in key["reports"].as_array().into_iter().flatten() {
            let (id, text) = story.copy(report, &folder(&key)?)?;
            texts.insert(id, text.chars().collect());
        }
        give_words(&mut key, None, &texts)?;
        std::fs::write(&story.key, key.to_string())?;
        Ok(story)
    }

    /// Copies one report's text, and says beside it what the corpus knows of it.
    fn copy(&self, report: &Value, folder: &Path) -> Result<(String, String)> {
        let (Some(id), Some(file)) = (report["id"].as_str(), report["file"].as_str()) else {
            bail!("a report has no id or no file");
        };
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if let Some(wanted) = report["sha256"].as_str() {
            let found: String = Sha256::digest(&text).iter().map(|b| format!("{b:02x}")).collect();
            ensure!(
                found == wanted,
                "{} is not the text that the key was made for: its sha256 is {found}",
                path.display()
            );
        }
        std::fs::write(self.texts.join(file), &text)?;
        // A date that the annotator worked out of the text is for the program to work out as well.
        let published = (report["published_basis"] == "given").then(|| &report["published"]);
        let sidecar = json!({ "outlet": report["outlet"], "published": published });
        std::fs::write(self.texts.join(file).with_extension("json"), sidecar.to_string())?;
        Ok((id.to_owned(), text))
    }

    /// Makes the record and scores it.
    fn score(&self, program: &Path, misses: bool) -> Result<Value> {
        let out = corpus::output()?;
        let record = out.join(format!("{}.record.json", self.name));
        let figures = out.join(format!("{}.score.json", self.name));
        check(Command::new(program).arg("record").arg(&self.texts).arg("--out").arg(&record))?;
        let mut score = Command::new("python3");
        score.arg(need_shared()?.join("score.py")).arg(&self.key).arg(&record).arg(&self.texts);
        score.arg("--json").arg(&figures);
        if misses {
            println!("\n── {}", self.name);
            check(score.arg("--misses"))?;
        } else {
            let output = score.output().context("cannot start python3")?;
            ensure!(output.status.success(), "the scorer failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(serde_json::from_str(&std::fs::read_to_string(figures)?)?)
    }
}

/// The folder where the texts of a key stand; only the seeds' key names none, and our own stories stand in the
/// repository.
fn folder(key: &Value) -> Result<PathBuf> {
    if key["corpus"] == "own" {
        return Ok(root().join(key["folder"].as_str().unwrap_or("tests/stories")));
    }
    let shared = need_shared()?;
    Ok(key["folder"].as_str().map_or_else(|| shared.join("seeds"), |f| shared.join("data").join(f)))
}

/// The texts by the id of their report.
type Texts = BTreeMap<String, Vec<char>>;

/// Puts words in the place of every `[start, end]`, within the report that the pair stands under.
fn give_words(value: &mut Value, report: Option<&str>, texts: &Texts) -> Result<()> {
    match value {
        Value::Array(items) => match pair(items) {
            Some((start, end)) => {
                let text = report.and_then(|r| texts.get(r)).context("a place of no report")?;
                let words =
                    text.get(start..end).with_context(|| format!("{start}..{end} is no place in {report:?}"))?;
                *value = words.iter().collect::<String>().into();
            }
            None => items.iter_mut().try_for_each(|item| give_words(item, report, texts))?,
        },
        Value::Object(fields) => {
            let own = ["report", "id"].iter().find_map(|f| fields.get(*f)?.as_str()).map(str::to_owned);
            // Of a date the scorer asks where it stands, too.
            if let Some(start) = fields.get("text").and_then(|t| t.get(0)).cloned() {
                fields.insert("start_offset".into(), start);
            }
            for (name, field) in fields.iter_mut() {
                // Evidence is told by report.
                let by_name = texts.contains_key(name).then_some(name.as_str());
                give_words(field, by_name.or(own.as_deref()).or(report), texts)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// The two numbers of a place.
fn pair(items: &[Value]) -> Option<(usize, usize)> {
    let [start, end] = items else { return None };
    Some((usize::try_from(start.as_u64()?).ok()?, usize::try_from(end.as_u64()?).ok()?))
}

/// A line a story, and the mean of the stories that have the figure at all.
fn print(rows: &[(&str, Value)]) {
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0).max(5);
    let line = |name: &str, cells: Vec<String>| println!("{name:width$} {}", cells.join(" "));
    line("", FIGURES.iter().map(|(head, _)| format!("{head:>6}")).collect());
    let cell = |figure: Option<f64>| figure.map_or_else(|| format!("{:>6}", "–"), |f| format!("{f:6.3}"));
    for (name, figures) in rows {
        line(name, FIGURES.iter().map(|(_, figure)| cell(figures[*figure].as_f64())).collect());
    }
    let mean = |figure: &str| {
        let all: Vec<f64> = rows.iter().filter_map(|(_, figures)| figures[figure].as_f64()).collect();
        (!all.is_empty()).then(|| all.iter().sum::<f64>() / all.len() as f64)
    };
    line("mean", FIGURES.iter().map(|(_, figure)| cell(mean(figure))).collect());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_become_the_words_of_their_report() -> Result<()> {
        let texts =
            Texts::from([("a".into(), "Été: no deal".chars().collect()), ("b".into(), "a deal".chars().collect())]);
        let mut key = json!({
            "reports": [{ "id": "a", "boilerplate": [[0, 4]] }],
            "dates": [{ "report": "a", "text": [0, 3] }],
            "meetings": [{ "participants": ["x", "y"], "evidence": { "a": [[5, 12]], "b": [[0, 1], [2, 6]] } }],
        });
        give_words(&mut key, None, &texts)?;
        assert_eq!(key["reports"][0]["boilerplate"], json!(["Été:"]));
        assert_eq!(key["dates"][0], json!({ "report": "a", "text": "Été", "start_offset": 0 }));
        assert_eq!(key["meetings"][0]["evidence"], json!({ "a": ["no deal"], "b": ["a", "deal"] }));
        Ok(())
    }

    #[test]
    fn a_place_outside_its_report_is_told() {
        let texts = Texts::from([("a".into(), vec!['x'])]);
        for mut key in [json!({ "report": "a", "content": [0, 2] }), json!({ "content": [0, 1] })] {
            assert!(give_words(&mut key, None, &texts).is_err(), "{key}");
        }
    }
}
