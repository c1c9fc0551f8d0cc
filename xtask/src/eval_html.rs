//! `cargo xtask eval html [PATH]`: pages of the web against what people say is in them: main text, segments that must
//! and must not be kept, date of publication.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::run::{cargo, check, need_shared, root};

/// The corpora, each with a part to look at.
const FOLDERS: [&str; 3] = ["aeb/dev", "trafilatura/dev", "htmldate/dev"];

/// Scores one folder with a `gold.jsonl`, or all known ones; `misses` lists what is wrong.
pub(crate) fn run(folder: Option<PathBuf>, misses: bool) -> Result<()> {
    let data = need_shared()?.join("data");
    let folders = match folder {
        Some(folder) => vec![folder],
        None => FOLDERS.iter().map(|f| data.join("html").join(f)).collect(),
    };
    let out = root().join("target").join("eval").join("html");
    fs::create_dir_all(&out)?;
    for folder in folders {
        let gold = folder.join("gold.jsonl");
        let parts: Vec<_> = folder.components().rev().take(2).map(|c| c.as_os_str().to_string_lossy()).collect();
        let name = parts.into_iter().rev().collect::<Vec<_>>().join("-");
        let pred = out.join(&name).with_extension("jsonl");
        println!("{name}");
        let example =
            ["run", "--quiet", "--release", "--locked", "--package", "rapporteur-source", "--example", "pages", "--"];
        check(cargo().args(example).arg(&gold).arg(&pred)).with_context(|| format!("on {}", folder.display()))?;
        let gold = lines(&gold)?;
        let read: HashMap<String, Value> =
            lines(&pred)?.into_iter().map(|page| (text(&page, "id").to_owned(), page)).collect();
        if gold.iter().any(|page| page.get("file").is_some()) {
            check(Command::new("python3").arg(data.join("scripts/score_html.py")).arg(&folder).arg(&pred))?;
        }
        if gold.iter().any(|page| page.get("with").is_some()) {
            segments(&gold, &read, misses);
        }
        if !gold.iter().any(|page| page.get("file").is_some()) {
            dates(&gold, &read, misses);
        }
    }
    Ok(())
}

/// The lines of a file of JSON; a `NaN`, which is none of JSON's, means nothing.
fn lines(path: &Path) -> Result<Vec<Value>> {
    let all = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    all.lines().map(|line| Ok(serde_json::from_str(&line.replace(": NaN", ": null"))?)).collect()
}

fn text<'v>(page: &'v Value, key: &str) -> &'v str {
    page.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Segments that must and must not stand in the text, white space set aside.
fn segments(gold: &[Value], read: &HashMap<String, Value>, misses: bool) {
    let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (key, wanted, what) in [("with", true, "must be kept"), ("without", false, "must not be kept")] {
        let (mut right, mut all) = (0u32, 0u32);
        for page in gold {
            let kept = read.get(text(page, "id")).map(|p| tidy(text(p, "text"))).unwrap_or_default();
            for segment in page.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
                let good = kept.contains(&tidy(segment)) == wanted;
                (right, all) = (right + u32::from(good), all + 1);
                if misses && !good {
                    println!("  {what}: {} {segment:?}", text(page, "url"));
                }
            }
        }
        println!("{what}: {:.4} ({right} of {all} segments)", f64::from(right) / f64::from(all.max(1)));
    }
}

/// The day of publication.
fn dates(gold: &[Value], read: &HashMap<String, Value>, misses: bool) {
    let dated: Vec<&Value> = gold.iter().filter(|page| page.get("date").is_some_and(Value::is_string)).collect();
    let mut right = 0u32;
    for page in &dated {
        let found = read.get(text(page, "id")).map(|p| text(p, "published")).unwrap_or_default();
        let good = found == text(page, "date");
        right += u32::from(good);
        if misses && !good {
            println!("  date {} read as {found:?}: {}", text(page, "date"), text(page, "url"));
        }
    }
    println!("date right: {:.4} ({right} of {} pages)", f64::from(right) / dated.len().max(1) as f64, dated.len());
}
