//! `cargo xtask eval clusters [PATH]`: reports grouped into stories against stories that people made, with the corpus's
//! own scorer; and what the ten thousandth report costs.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::run::{cargo, check, need_shared, root};

/// The folders scored when none is named: stories far apart, and stories of one matter.
const FOLDERS: [&str; 3] = ["g5_newscluster/dev", "allsides/dev", "basil/dev"];

/// Scores one folder with a `gold.jsonl`, or all known ones.
pub(crate) fn run(folder: Option<PathBuf>) -> Result<()> {
    let data = need_shared()?.join("data");
    let folders = match folder {
        Some(folder) => vec![folder],
        None => FOLDERS.iter().map(|f| data.join("clusters").join(f)).collect(),
    };
    let out = root().join("target").join("eval").join("clusters");
    std::fs::create_dir_all(&out)?;
    let example =
        ["run", "--quiet", "--release", "--locked", "--package", "rapporteur-record", "--example", "cluster", "--"];
    for folder in folders {
        let gold = folder.join("gold.jsonl");
        let parts: Vec<_> = folder.components().rev().take(2).map(|c| c.as_os_str().to_string_lossy()).collect();
        let name = parts.into_iter().rev().collect::<Vec<_>>().join("-");
        let pred = out.join(&name).with_extension("jsonl");
        println!("{name}");
        check(cargo().args(example).arg(&gold).arg(&pred)).with_context(|| format!("on {}", folder.display()))?;
        check(Command::new("python3").arg(data.join("scripts/score_clusters.py")).arg(&gold).arg(&pred))?;
        println!();
    }
    check(cargo().args(example).arg("--scale"))
}
