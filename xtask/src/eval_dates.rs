//! `cargo xtask eval dates [PATH]`: expressions of time on corpora marked by people, with the corpus's own scorer.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::run::{cargo, check, need_shared, root};

/// The folders scored when none is named, news first.
const FOLDERS: [&str; 4] = ["timebank/train", "aquaint/train", "meantime/dev", "wikiwars/dev"];

/// Scores one folder with a `gold.jsonl`, or all known ones.
pub(crate) fn run(folder: Option<PathBuf>) -> Result<()> {
    let data = need_shared()?.join("data");
    let folders = match folder {
        Some(folder) => vec![folder],
        None => FOLDERS.iter().map(|f| data.join("dates").join(f)).collect(),
    };
    let out = root().join("target").join("eval").join("dates");
    std::fs::create_dir_all(&out)?;
    for folder in folders {
        let gold = folder.join("gold.jsonl");
        let parts: Vec<_> = folder.components().rev().take(2).map(|c| c.as_os_str().to_string_lossy()).collect();
        let name = parts.into_iter().rev().collect::<Vec<_>>().join("-");
        let pred = out.join(&name).with_extension("jsonl");
        let example =
            ["run", "--quiet", "--release", "--locked", "--package", "rapporteur-findings", "--example", "timex", "--"];
        check(cargo().args(example).arg(&gold).arg(&pred)).with_context(|| format!("on {}", folder.display()))?;
        println!("{name}");
        check(Command::new("python3").arg(data.join("scripts/score_dates.py")).arg(&gold).arg(&pred))?;
    }
    Ok(())
}
