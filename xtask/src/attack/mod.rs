//! A hostile afternoon in twenty minutes: broken inputs, bombs, kills, damaged dossiers, odd requests. Loopback and
//! temporary folders alone.

mod run;
mod seed;
mod serve;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::run::{Program, root};
use run::{Tally, begin, finish, run};
pub(crate) use seed::Dice;
use seed::{Named, bombs, mutated, seeds};

/// Inputs read by one run; when it fails, each is read by itself.
const BATCH: usize = 25;

/// What is tried at most, as in the afternoon that this repeats.
const MAX_INPUTS: usize = 3_000;
const MAX_KILLS: usize = 60;
const MAX_FLIPS: usize = 300;

/// `--minutes N` (20), `--seed N`, `--program PATH` (the one that tests use, built here).
pub(crate) fn run_attack(args: &[String]) -> Result<()> {
    let given = |name: &str| args.iter().position(|a| a == name).and_then(|at| args.get(at + 1));
    let number =
        |name: &str, default: u64| given(name).map_or(Ok(default), |n| n.parse()).context("a number is missing");
    let (minutes, seed) = (number("--minutes", 20)?, number("--seed", 1)?);
    let program = match given("--program") {
        Some(path) => std::fs::canonicalize(path)?,
        None => Program::Build.path()?,
    };
    let kept = root().join("target/attack").join(format!("seed-{seed}"));
    let folder = root().join("target/tmp").join(format!("attack-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let attack = Attack { program, folder: folder.clone(), kept, seeds: seeds(&root().join("examples"))? };
    let whole = Duration::from_secs(minutes * 60);
    let tallies = attack.all(seed, whole);
    std::fs::remove_dir_all(&folder)?;
    let tallies = tallies?;
    println!("{:<18} {:>7} {:>7}", "attack", "tried", "failed");
    for tally in &tallies {
        println!("{:<18} {:>7} {:>7}", tally.kind, tally.tried, tally.failed.len());
    }
    let failed: Vec<_> = tallies.iter().flat_map(|t| t.failed.iter().map(move |f| (t.kind, f))).collect();
    for (kind, (what, path)) in &failed {
        println!("{kind}: {what}{}", path.as_ref().map(|p| format!(": {}", p.display())).unwrap_or_default());
    }
    if !failed.is_empty() {
        bail!("{} failed; what shows it stands in {}", failed.len(), attack.kept.display());
    }
    Ok(())
}

struct Attack {
    program: PathBuf,
    /// Where everything happens.
    folder: PathBuf,
    /// Where failing inputs are kept.
    kept: PathBuf,
    seeds: Vec<Named>,
}

impl Attack {
    fn all(&self, seed: u64, whole: Duration) -> Result<Vec<Tally>> {
        let mut dice = Dice(seed);
        let share = |percent: u32| whole * percent / 100;
        let reports = self.folder.join("reports");
        write(&reports, &self.seeds)?;
        let made = self.run(&["add", "reports", "--into", "kept.dossier"], 300)?;
        if let Some(fault) = made.fault() {
            bail!("a dossier of the examples: {fault}");
        }
        Ok(vec![
            self.bombs(share(25))?,
            self.inputs(&mut dice, share(30))?,
            self.kills(&mut dice, share(15))?,
            self.flips(&mut dice, share(15))?,
            serve::attack(&self.program, &self.folder, &self.kept, &self.seeds, &mut dice, share(15))?,
        ])
    }

    fn run(&self, args: &[&str], seconds: u64) -> Result<run::Ran> {
        run(&self.program, &self.folder, args, Duration::from_secs(seconds))
    }

    /// Mutated inputs of every form, read, and as drafts.
    fn inputs(&self, dice: &mut Dice, time: Duration) -> Result<Tally> {
        let mut tally = Tally::new("inputs");
        let end = Instant::now() + time;
        while Instant::now() < end && tally.tried < MAX_INPUTS {
            let batch: Vec<Named> = (0..BATCH)
                .map(|n| {
                    let (name, bytes) = mutated(dice, &self.seeds);
                    (format!("{n:02}-{name}"), bytes)
                })
                .collect();
            let folder = self.folder.join("batch");
            write(&folder, &batch)?;
            tally.tried += batch.len();
            let command =
                [["brief", "batch", "-f", "html"], ["record", "batch", "-o", "-"], ["findings", "batch", "-f", "json"]];
            let args = command[dice.below(command.len())];
            if self.run(&args, 120)?.fault().is_some() {
                for (name, bytes) in &batch {
                    let path = format!("batch/{name}");
                    if let Some(fault) = self.run(&[args[0], &path, args[2], args[3]], 60)?.fault() {
                        tally.fail(&self.kept, fault, name, bytes)?;
                    }
                }
            }
            let (name, bytes) = &batch[dice.below(batch.len())];
            let draft = format!("batch/{name}");
            if let Some(fault) = self.run(&["check", &draft, "--from", "kept.dossier", "-f", "html"], 120)?.fault() {
                tally.fail(&self.kept, format!("as a draft: {fault}"), name, bytes)?;
            }
            std::fs::remove_dir_all(&folder)?;
        }
        Ok(tally)
    }

    /// Bombs, each by itself.
    fn bombs(&self, time: Duration) -> Result<Tally> {
        let mut tally = Tally::new("bombs");
        let end = Instant::now() + time;
        for (name, bytes) in bombs()? {
            if Instant::now() > end {
                break;
            }
            std::fs::write(self.folder.join(&name), &bytes)?;
            tally.tried += 1;
            let begin = Instant::now();
            if let Some(fault) = self.run(&["record", &name], 60)?.fault() {
                tally.fail(&self.kept, fault, &name, &bytes)?;
            }
            eprintln!("  {name}: {:.1} s", begin.elapsed().as_secs_f64());
            std::fs::remove_file(self.folder.join(&name))?;
        }
        Ok(tally)
    }

    /// `add`, killed at random moments: what was said to be kept is kept.
    fn kills(&self, dice: &mut Dice, time: Duration) -> Result<Tally> {
        let mut tally = Tally::new("kills");
        let end = Instant::now() + time;
        while Instant::now() < end && tally.tried < MAX_KILLS {
            let dossier = format!("kill-{}.dossier", tally.tried);
            let child = begin(&self.program, &self.folder, &["add", "reports", "--into", &dossier])?;
            let ran = finish(child, Duration::from_millis(1 + dice.below(4_000) as u64))?;
            tally.tried += 1;
            let path = self.folder.join(&dossier);
            let said = String::from_utf8_lossy(&ran.out).into_owned();
            let ids: Vec<&str> =
                said.split_inclusive('\n').filter(|l| l.ends_with('\n')).filter_map(|l| l.split(' ').next()).collect();
            if !path.is_file() {
                if !ids.is_empty() {
                    tally.fail(&self.kept, "the dossier is gone".into(), "said.txt", said.as_bytes())?;
                }
                continue;
            }
            let listed = self.run(&["list", "--from", &dossier, "-f", "json"], 60)?;
            let all = String::from_utf8_lossy(&listed.out).into_owned();
            let lost: Vec<&&str> = ids.iter().filter(|id| !all.contains(**id)).collect();
            if !lost.is_empty() || listed.fault().is_some() {
                let what = format!("{} of {} acknowledged reports lost ({:?})", lost.len(), ids.len(), listed.fault());
                tally.fail(&self.kept, what, &dossier, &std::fs::read(&path)?)?;
            }
        }
        Ok(tally)
    }

    /// Single bits of a dossier, flipped: the same record, or the damage is named.
    fn flips(&self, dice: &mut Dice, time: Duration) -> Result<Tally> {
        let mut tally = Tally::new("flipped bits");
        let end = Instant::now() + time;
        // Whatever is still in the log beside it is brought into the file.
        let whole = self.run(&["record", "--from", "kept.dossier"], 120)?;
        let bytes = std::fs::read(self.folder.join("kept.dossier"))?;
        while Instant::now() < end && tally.tried < MAX_FLIPS {
            let mut flipped = bytes.clone();
            let (at, bit) = (dice.below(flipped.len()), dice.below(8));
            flipped[at] ^= 1 << bit;
            std::fs::write(self.folder.join("flip.dossier"), &flipped)?;
            tally.tried += 1;
            let ran = self.run(&["record", "--from", "flip.dossier"], 120)?;
            let fault = ran.fault().or_else(|| {
                let silent = ran.code == Some(0) && ran.out != whole.out && ran.err.trim() == whole.err.trim();
                silent.then(|| "another record, and not a word of it".to_owned())
            });
            if let Some(fault) = fault {
                tally.fail(&self.kept, format!("byte {at} bit {bit}: {fault}"), "flip.dossier", &flipped)?;
            }
            for ending in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(self.folder.join(format!("flip.dossier{ending}")));
            }
        }
        Ok(tally)
    }
}

fn write(folder: &Path, files: &[Named]) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}
