//! Drafts told freely, with faults that people put in (the folders of `xtask/drafts`): a head as in the other drafts,
//! then a line a sentence: the number of the true line, `true` or the class of the fault, the sentence.
//!
//! Nothing in them is made by a program, and those of all but `told` were written by people who had not seen the checker.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::eval_check::{Head, place};

/// What was seen of the sentences of one class.
#[derive(Clone, Copy, Default)]
struct Seen {
    all: usize,
    /// With an error or a warning on it.
    flagged: usize,
    /// Judged supported as a whole.
    supported: usize,
    /// Judged unclear as a whole, and not flagged.
    unclear: usize,
}

/// Figures by class; `true` is one of them.
#[derive(Default)]
pub(crate) struct Told(BTreeMap<String, Seen>);

/// A line of such a draft.
struct Line {
    class: String,
    words: String,
}

/// Measures one draft: all true lines as one text, then every fault in the place of its line.
pub(crate) fn measure(path: &Path, program: &Path, told: &mut Told, misses: bool) -> Result<()> {
    let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let text = std::fs::read_to_string(path)?;
    let (head, body) = text.split_once("\n---\n").context("there is no line --- after the head")?;
    let head = Head::read(&format!("told-{name}"), head, program)?;
    let mut lines: Vec<(String, Line)> = Vec::new();
    for row in body.lines().filter(|l| !l.trim().is_empty()) {
        let mut cells = row.split('\t').map(str::trim);
        let (number, class, words) = (cells.next(), cells.next(), cells.next());
        let (Some(number), Some(class), Some(words)) = (number, class, words) else {
            anyhow::bail!("{row:?}: a line is its number, its class, its words");
        };
        lines.push((number.to_owned(), Line { class: class.to_owned(), words: words.to_owned() }));
    }
    let own: Vec<usize> = (0..lines.len()).filter(|&n| lines[n].1.class == "true").collect();
    ensure!(!own.is_empty(), "no true line");
    judge(&head, program, &lines, &own, told, misses, &name)?;
    // One fault of each line at a time, the other lines true: what stands beside a fault is what stands beside it in a draft.
    let mut left: Vec<usize> = (0..lines.len()).filter(|&n| lines[n].1.class != "true").collect();
    while !left.is_empty() {
        let mut now: BTreeMap<&str, usize> = BTreeMap::new();
        left.retain(|&n| {
            let taken = now.contains_key(lines[n].0.as_str());
            if !taken {
                now.insert(&lines[n].0, n);
            }
            taken
        });
        let chosen: Vec<usize> = own.iter().map(|&n| now.get(lines[n].0.as_str()).copied().unwrap_or(n)).collect();
        let orphans = now.iter().filter(|(number, _)| own.iter().all(|&n| lines[n].0 != **number)).map(|(_, n)| *n);
        let chosen: Vec<usize> = chosen.into_iter().chain(orphans).collect();
        judge(&head, program, &lines, &chosen, told, misses, &name)?;
    }
    Ok(())
}

fn judge(
    head: &Head,
    program: &Path,
    lines: &[(String, Line)],
    chosen: &[usize],
    told: &mut Told,
    misses: bool,
    name: &str,
) -> Result<()> {
    let faulty = chosen.iter().any(|&n| lines[n].1.class != "true");
    let text: String = chosen.iter().map(|&n| format!("{}\n\n", lines[n].1.words)).collect();
    let folder = head.dossier.parent().context("a dossier stands in a folder")?;
    let (draft, out) = (folder.join("draft.md"), folder.join("checked.json"));
    std::fs::write(&draft, &text)?;
    let mut command = Command::new(program);
    command.arg("check").arg(&draft).arg("--from").arg(&head.dossier).args(["--date", &head.date, "--format", "json"]);
    let done = command.arg("--out").arg(&out).output()?;
    ensure!(done.status.code().is_some_and(|c| c < 2), "{}", String::from_utf8_lossy(&done.stderr));
    let checked: Value = serde_json::from_str(&std::fs::read_to_string(out)?)?;
    let all = |field: &str| checked[field].as_array().cloned().unwrap_or_default();
    let (verdicts, sentences) = (all("verdicts"), all("sentences"));
    let mut start = 0;
    for &n in chosen {
        let (number, line) = &lines[n];
        let (from, end) = (start, start + line.words.chars().count());
        let here = |v: &&Value| (from..end).contains(&place(v).0);
        start = end + 2;
        // True lines count where all are true; beside faults they are only what stands beside.
        if faulty && line.class == "true" {
            continue;
        }
        let flags: Vec<&Value> = verdicts
            .iter()
            .filter(here)
            .filter(|v| matches!(v["severity"].as_str(), Some("error" | "warning")))
            .collect();
        let whole: Vec<&Value> = sentences.iter().filter(here).collect();
        let judged = |word: &str| whole.iter().any(|v| v["judgement"] == word);
        let all_supported = !whole.is_empty() && whole.iter().all(|v| v["judgement"] == "supported");
        let seen = told.0.entry(line.class.clone()).or_default();
        seen.all += 1;
        seen.flagged += usize::from(!flags.is_empty());
        seen.supported += usize::from(flags.is_empty() && all_supported);
        seen.unclear += usize::from(flags.is_empty() && judged("unclear"));
        if misses && (line.class == "true") != flags.is_empty() {
            let what = if line.class == "true" { "flagged" } else { "missed " };
            println!("{what}  {name} {number} {}: {}", line.class, line.words);
            for v in flags.iter().chain(&whole) {
                println!("    {} {} {}: {}", v["severity"], v["kind"], v["judgement"], v["says"]);
            }
        }
    }
    Ok(())
}

impl Told {
    /// The figures as a table.
    pub(crate) fn table(&self, what: &str) {
        if self.0.is_empty() {
            return;
        }
        let share = |n: usize, all: usize| if all == 0 { 0.0 } else { n as f64 / all as f64 };
        println!("\n{what:22} {:>16} {:>16} {:>16}", "found", "called supported", "unclear");
        let row = |name: &str, s: &Seen| {
            let cell = |n: usize| format!("{n:>5}/{:<4} {:>5.3}", s.all, share(n, s.all));
            println!("{name:22} {} {} {}", cell(s.flagged), cell(s.supported), cell(s.unclear));
        };
        let mut faults = Seen::default();
        for (class, seen) in self.0.iter().filter(|(c, _)| *c != "true") {
            row(&format!("  {class}"), seen);
            faults.all += seen.all;
            faults.flagged += seen.flagged;
            faults.supported += seen.supported;
            faults.unclear += seen.unclear;
        }
        row("all faults", &faults);
        row("true lines", &self.0.get("true").copied().unwrap_or_default());
    }
}
