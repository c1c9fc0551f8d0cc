//! `cargo xtask scale`: the same reports read by the command, by Python and by Spark, with the same findings.
//!
//! `cargo xtask scale [REPORTS [ROUNDS]]`, 2,000 reports and three rounds unless said. Figures are reports a second, start of
//! the process included, and ratios within a round: a busy machine is busy for all. Fails where any finding differs.

#[path = "../../crates/rapporteur/benches/generator/text.rs"]
pub(crate) mod text;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::python;
use crate::run::{check, dist_binary};

/// What reads the reports, in the order of the table; the first is what the others are measured against.
const WAYS: [&str; 4] = ["command, one core", "command, two cores", "Python, one core", "Spark, two cores"];

pub(crate) fn run(args: &[String]) -> Result<()> {
    let number = |at: usize, otherwise: usize| -> Result<usize> {
        args.get(at).map_or(Ok(otherwise), |a| a.parse().with_context(|| format!("{a:?} is no number")))
    };
    let (count, rounds) = (number(0, 2_000)?, number(1, 3)?.max(1));
    java()?;
    let binary = dist_binary()?;
    let interpreter = python::install("requirements-scale.txt", true)?;
    let place = Place { folder: python::target().join("scale"), binary, interpreter };
    place.write(count)?;

    let mut rates: Vec<[f64; WAYS.len()]> = Vec::new();
    let mut told = [Value::Null, Value::Null];
    for round in 1..=rounds {
        let one = place.command("0", "one.jsonl")?;
        let two = place.command("0,1", "two.jsonl")?;
        let (alone, alone_told) = place.script("0", "alone.py", &["alone.jsonl"])?;
        let (spark, spark_told) = place.script("0,1", "spark.py", &["spark.jsonl", "2"])?;
        told = [alone_told, spark_told];
        let row = [one, two, alone, spark].map(|seconds| count as f64 / seconds);
        println!("round {round}: {}", row.map(|r| format!("{r:.1}")).join(", "));
        rates.push(row);
        for other in ["two.jsonl", "alone.jsonl", "spark.jsonl"] {
            place.same(count, "one.jsonl", other)?;
        }
    }
    place.same_record()?;
    println!("\n{count} reports: all findings the same, byte for byte, and the record of all of them too\n");
    println!("{:<20} {:>12} {:>8}", "median of rounds", "reports/s", "ratio");
    for (way, name) in WAYS.iter().enumerate() {
        let rate = median(rates.iter().map(|r| r[way]));
        println!("{name:<20} {rate:>12.1} {:>8.2}", median(rates.iter().map(|r| r[way] / r[0])));
    }
    let [alone, spark] = &told;
    println!("\nmemory: {} MB for Python, {} MB for a worker of Spark", alone["memory_mb"], spark["memory_mb"]);
    let (start, seconds) = (number_of(spark, "start"), number_of(spark, "seconds"));
    println!("Spark: {start:.1} s to start, then {:.1} reports a second", count as f64 / (seconds - start));
    println!("one record of all findings: {:.1} s", number_of(spark, "merging"));
    Ok(())
}

/// Spark runs on Java.
fn java() -> Result<()> {
    let found = Command::new("java").arg("-version").stderr(Stdio::null()).status().is_ok_and(|s| s.success());
    if !found {
        bail!(
            "there is no Java, and Spark needs it: install 17 or newer (Debian: apt-get install openjdk-17-jre-headless)"
        );
    }
    Ok(())
}

/// Where it all happens, and with what.
struct Place {
    folder: PathBuf,
    binary: PathBuf,
    interpreter: PathBuf,
}

impl Place {
    /// Writes the reports: a folder with a text and a sidecar each for the command, one table for the others.
    fn write(&self, count: usize) -> Result<()> {
        let reports = self.folder.join("reports");
        if reports.exists() {
            fs::remove_dir_all(&reports)?;
        }
        fs::create_dir_all(&reports)?;
        let mut table = String::new();
        for n in 0..count {
            let text = text::text(n);
            let (name, outlet) = (format!("reports/{n:06}.txt"), format!("Outlet {}", n % 40));
            let day = format!("2026-03-{:02}", 1 + n % 28);
            fs::write(self.folder.join(&name), &text)?;
            let known = json!({"outlet": outlet, "published": day});
            fs::write(reports.join(format!("{n:06}.json")), known.to_string())?;
            let row = json!({"id": n, "source": name, "text": text, "outlet": outlet, "published": day});
            table.push_str(&format!("{row}\n"));
        }
        fs::write(self.folder.join("reports.jsonl"), table)?;
        Ok(())
    }

    /// A program held to some cores.
    fn on(&self, cores: &str, program: &Path) -> Command {
        let mut command = Command::new("taskset");
        command.current_dir(&self.folder).args(["-c", cores]).arg(program);
        command
    }

    /// Seconds that the command takes.
    fn command(&self, cores: &str, out: &str) -> Result<f64> {
        let before = Instant::now();
        check(self.on(cores, &self.binary).args(["findings", "reports", "--format", "jsonl", "--out", out]))?;
        Ok(before.elapsed().as_secs_f64())
    }

    /// Seconds that a script takes, and what it says of itself.
    fn script(&self, cores: &str, name: &str, args: &[&str]) -> Result<(f64, Value)> {
        let before = Instant::now();
        let script = python::home().join("scale").join(name);
        let mut command = self.on(cores, &self.interpreter);
        command.arg(script).arg("reports.jsonl").args(args).stderr(Stdio::inherit());
        // The workers of Spark run the same interpreter, whatever is on the path.
        command.env("PYSPARK_PYTHON", &self.interpreter).env("PYSPARK_DRIVER_PYTHON", &self.interpreter);
        let ran = command.output().with_context(|| format!("cannot start {command:?}"))?;
        if !ran.status.success() {
            bail!("{name} failed ({})", ran.status);
        }
        let seconds = before.elapsed().as_secs_f64();
        let said = String::from_utf8_lossy(&ran.stdout);
        let told = said.lines().last().and_then(|line| serde_json::from_str(line).ok());
        // Putting the record together is told apart: the others only read.
        let told: Value = told.with_context(|| format!("{name} said nothing that can be read: {said}"))?;
        Ok((seconds - number_of(&told, "merging"), told))
    }

    /// Fails where a line of one file is not that of the other.
    fn same(&self, count: usize, one: &str, other: &str) -> Result<()> {
        let read = |name: &str| fs::read_to_string(self.folder.join(name)).with_context(|| name.to_owned());
        let (ours, theirs) = (read(one)?, read(other)?);
        let (ours, theirs): (Vec<&str>, Vec<&str>) = (ours.lines().collect(), theirs.lines().collect());
        if ours.len() != count || theirs.len() != count {
            bail!("{count} reports, but {} findings in {one} and {} in {other}", ours.len(), theirs.len());
        }
        let differ: Vec<usize> = (0..count).filter(|&n| ours[n] != theirs[n]).collect();
        if let Some(first) = differ.first() {
            bail!(
                "{} of {count} findings differ between {one} and {other}, the first in line {}",
                differ.len(),
                first + 1
            );
        }
        Ok(())
    }

    /// Fails where the record put together of Spark's findings is not that of the command.
    fn same_record(&self) -> Result<()> {
        check(self.on("0,1", &self.binary).args(["record", "reports", "--out", "command.record.json"]))?;
        let read = |name: &str| fs::read(self.folder.join(name)).with_context(|| name.to_owned());
        if read("command.record.json")? != read("spark.jsonl.record.json")? {
            bail!("the record of Spark's findings is not that of the command: compare target/scale/*.record.json");
        }
        Ok(())
    }
}

fn number_of(told: &Value, name: &str) -> f64 {
    told[name].as_f64().unwrap_or_default()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
