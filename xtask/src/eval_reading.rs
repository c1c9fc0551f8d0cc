//! `cargo xtask eval reading`, `eval benchmark` and `eval stories`: what is read in single reports, and what is said of several
//! together, against stories that people annotated with care (`../shared/data/annotated`, its README and GUIDE).
//!
//! Nothing was tuned to these stories but the few its README names; `train` is there to fit on, `dev` to report on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::corpus;
use crate::run::{check, need_shared, release_binary, root};

/// The two halves of the annotated stories.
const PARTS: [&str; 2] = ["train", "dev"];

/// What is asked of an evaluation besides its figures.
pub(crate) struct Options {
    /// The program to score; the one of this tree where none is named.
    pub(crate) program: Option<PathBuf>,
    /// Lists what is missed and what is given too much, a file a part.
    pub(crate) misses: bool,
    /// Says of every rule how often it is right.
    pub(crate) by_rule: bool,
}

/// Scores what is read in single reports.
pub(crate) fn reading(options: &Options) -> Result<()> {
    let program = options.program()?;
    let parts = PARTS.map(|name| Part::read(name, "reading"));
    let mut tables = Vec::new();
    for part in parts {
        let part = part?;
        part.copy_gold_and_texts()?;
        let findings = part.findings(&program)?;
        tables.push(part.score_reading(&findings, options.misses)?);
        if options.by_rule {
            println!("── {}, by rule", part.name);
            check(
                part.reading_script(&root().join("xtask/src/reading_rules.py"), &findings)?
                    .arg("--scorer")
                    .arg(scorer("score_reading.py")?),
            )?;
            println!();
        }
    }
    print(&PARTS, &tables);
    Ok(())
}

/// Stories of `benchmark/` that nothing was fitted or chosen on.
pub(crate) fn held_out() -> Result<Vec<String>> {
    let list = std::fs::read_to_string(root().join("benchmark/held_out.txt")).context("benchmark/held_out.txt")?;
    Ok(list.lines().map(str::to_owned).collect())
}

/// Scores what is read in the single reports of the benchmark in the repository: the stories that the tagger was fitted on, and
/// those that are held out.
pub(crate) fn benchmark(options: &Options) -> Result<()> {
    let program = options.program()?;
    let mut tables = Vec::new();
    for part in benchmark_parts("benchmark")? {
        part.copy_gold_and_texts()?;
        let findings = part.findings(&program)?;
        tables.push(part.score_reading(&findings, options.misses && part.name == FITTED)?);
    }
    print(&[FITTED, HELD_OUT], &tables);
    Ok(())
}

/// The two parts of the benchmark.
const FITTED: &str = "fitted on";
const HELD_OUT: &str = "held out";

/// The stories of the benchmark that were fitted on, and those that are held out, each laid out like a corpus of annotated stories.
fn benchmark_parts(task: &str) -> Result<Vec<Part>> {
    let never = held_out()?;
    let stories = files(&root().join("benchmark"))?.into_iter().filter(|s| s.is_dir());
    let (held_out, fitted): (Vec<PathBuf>, Vec<PathBuf>) =
        stories.partition(|s| s.file_name().is_some_and(|n| never.iter().any(|h| n == h.as_str())));
    let part = |(name, stories): (&'static str, Vec<PathBuf>)| {
        let out = corpus::output()?.join(format!("{task}-{}", name.replace(' ', "-")));
        if out.exists() {
            std::fs::remove_dir_all(&out)?;
        }
        let corpora = stories.iter().map(|story| laid_out(story, &out.join("corpora"))).collect::<Result<_>>()?;
        Ok(Part { name, corpora, out })
    };
    [(FITTED, fitted), (HELD_OUT, held_out)].into_iter().map(part).collect()
}

/// Copies a story of the benchmark. Its reports are named by their ids, as the scorers want them; the benchmark names them by outlet.
fn laid_out(story: &Path, into: &Path) -> Result<PathBuf> {
    let name = story.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let corpus = into.join(&name);
    let reports = corpus.join("reports").join(&name);
    for folder in [&reports, &corpus.join("gold"), &corpus.join("stories")] {
        std::fs::create_dir_all(folder)?;
    }
    copy(&story.join("story.json"), &corpus.join("stories").join(format!("{name}.json")))?;
    for key in files(&story.join("gold"))? {
        let outlet = key.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let id = format!("{name}-{outlet}");
        copy(&key, &corpus.join("gold").join(format!("{id}.json")))?;
        for ending in ["txt", "json"] {
            let from = story.join("reports").join(format!("{outlet}.{ending}"));
            copy(&from, &reports.join(format!("{id}.{ending}")))?;
        }
    }
    Ok(corpus)
}

/// Scores what is said of several reports together, of the annotated stories and of the benchmark's.
pub(crate) fn stories(options: &Options) -> Result<()> {
    let program = options.program()?;
    let mut parts = PARTS.into_iter().map(|name| Part::read(name, "stories")).collect::<Result<Vec<_>>>()?;
    parts.extend(benchmark_parts("stories-benchmark")?);
    for part in parts {
        let mut score = Command::new("python3");
        score.arg(scorer("score_story.py")?);
        let mut more = Command::new("python3");
        more.arg(root().join("xtask/src/stories_gatherings.py"));
        for corpus in &part.corpora {
            for key in files(&corpus.join("stories"))? {
                let story = key.file_stem().context("a story without a name")?.to_owned();
                let record = part.out.join(&story).with_extension("record.json");
                let reports = corpus.join("reports").join(&story);
                check(Command::new(&program).arg("record").arg(&reports).arg("--out").arg(&record))?;
                score.arg(&key).arg(&record);
                more.arg(key).arg(record);
            }
        }
        if options.misses {
            score.arg("--misses");
        }
        println!("── {}", part.name);
        check(&mut score)?;
        check(&mut more)?;
    }
    Ok(())
}

impl Options {
    fn program(&self) -> Result<PathBuf> {
        self.program.clone().map_or_else(release_binary, Ok)
    }
}

/// One half of the annotated stories, and where what is made of it goes.
struct Part {
    name: &'static str,
    corpora: Vec<PathBuf>,
    out: PathBuf,
}

impl Part {
    fn read(name: &'static str, task: &str) -> Result<Part> {
        let corpora = files(&need_shared()?.join("data/annotated").join(name))?;
        let out = corpus::output()?.join(format!("{task}-{name}"));
        if out.exists() {
            std::fs::remove_dir_all(&out)?; // a report that is no longer annotated must not be scored
        }
        std::fs::create_dir_all(&out)?;
        Ok(Part { name, corpora, out })
    }

    /// Puts keys and texts of all corpora into one folder each, as the scorer wants them.
    fn copy_gold_and_texts(&self) -> Result<()> {
        let mut seen = BTreeSet::new();
        for folder in ["gold", "texts"] {
            std::fs::create_dir_all(self.out.join(folder))?;
        }
        for corpus in &self.corpora {
            for gold in files(&corpus.join("gold"))? {
                let name = gold.file_name().context("a key without a name")?.to_owned();
                ensure!(seen.insert(name.clone()), "two reports are called {}", name.display());
                copy(&gold, &self.out.join("gold").join(name))?;
            }
            for story in files(&corpus.join("reports"))? {
                for text in files(&story)?.into_iter().filter(|f| f.extension().is_some_and(|e| e == "txt")) {
                    copy(&text, &self.out.join("texts").join(text.file_name().unwrap_or_default()))?;
                }
            }
        }
        Ok(())
    }

    /// What the program finds in all reports, a line a report.
    fn findings(&self, program: &Path) -> Result<PathBuf> {
        let mut all = String::new();
        for (n, corpus) in self.corpora.iter().enumerate() {
            let file = self.out.join(format!("findings-{n}.jsonl"));
            check(
                Command::new(program)
                    .args(["findings", "--format", "jsonl", "--out"])
                    .arg(&file)
                    .args(files(&corpus.join("reports"))?),
            )?;
            all += &std::fs::read_to_string(file)?;
        }
        let file = self.out.join("findings.jsonl");
        std::fs::write(&file, all)?;
        Ok(file)
    }

    /// A script that compares findings with the keys.
    fn reading_script(&self, script: &Path, findings: &Path) -> Result<Command> {
        let mut command = Command::new("python3");
        command.arg(script).arg(self.out.join("gold")).arg(findings).arg("--texts").arg(self.out.join("texts"));
        Ok(command)
    }

    /// The scorer's figures.
    fn score_reading(&self, findings: &Path, misses: bool) -> Result<Figures> {
        let figures = self.out.join("figures.json");
        let mut score = self.reading_script(&scorer("score_reading.py")?, findings)?;
        score.arg("--json").arg(&figures);
        if misses {
            let file = self.out.join("misses.txt");
            score.arg("--misses").arg(&file);
            println!("{}: what is missed and given too much is in {}", self.name, file.display());
        }
        let output = score.output().context("cannot start python3")?;
        ensure!(output.status.success(), "the scorer failed: {}", String::from_utf8_lossy(&output.stderr));
        let text = std::fs::read_to_string(figures)?;
        let mut values: BTreeMap<String, Value> = serde_json::from_str(&text)?;
        let mut order: Vec<String> = values.keys().cloned().collect();
        order.sort_by_key(|name| text.find(&format!("{name:?}")));
        // What the shared scorer does not ask: furniture, by characters.
        let script = root().join("xtask/src/reading_furniture.py");
        let output = self.reading_script(&script, findings)?.output().context("cannot start python3")?;
        ensure!(output.status.success(), "the scorer failed: {}", String::from_utf8_lossy(&output.stderr));
        let furniture: BTreeMap<String, Value> = serde_json::from_slice(&output.stdout)?;
        order.extend(furniture.keys().cloned());
        values.extend(furniture);
        Ok(Figures { values, order })
    }
}

/// The figures of one part.
struct Figures {
    values: BTreeMap<String, Value>,
    /// Their names as the scorer lists them: what belongs to a kind follows it.
    order: Vec<String>,
}

/// A scorer of the annotated stories.
fn scorer(name: &str) -> Result<PathBuf> {
    Ok(need_shared()?.join("data/annotated/scripts").join(name))
}

/// Copies what a file holds, not that the corpora are read-only.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let bytes = std::fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
    std::fs::write(to, bytes).with_context(|| format!("cannot write {}", to.display()))
}

/// What stands in a folder, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    Ok(files)
}

/// A line a figure, the parts side by side: precision, recall and F1, or a share alone.
fn print(parts: &[&str], tables: &[Figures]) {
    let head: String = parts.iter().map(|part| format!("   {part:<20}")).collect();
    println!("{:34}{}", "", head.trim_end());
    println!("{:34}{}", "", "   P      R      F1    ".repeat(parts.len()).trim_end());
    // `train` has every kind that there is.
    let Some(first) = tables.first() else { return };
    for name in first.order.iter().filter(|name| !name.contains(": ")) {
        let cell = |table: &Figures, figure: &str| {
            let share = table.values.get(figure).and_then(Value::as_f64);
            share.map_or_else(|| " ".repeat(7), |share| format!("{share:<7.3}"))
        };
        let cells: String = tables
            .iter()
            .map(|table| {
                let [p, r] = ["precision", "recall"].map(|of| cell(table, &format!("{name}: {of}")));
                format!("   {p}{r}{}", cell(table, name))
            })
            .collect();
        println!("{name:34}{}", cells.trim_end());
    }
}
