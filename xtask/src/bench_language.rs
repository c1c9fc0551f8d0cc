//! `cargo xtask bench language [FOLDER]`: our speed and Python spaCy's, in one run, on the same texts and one core.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use rapporteur_language::Pipeline;
use serde_json::{Value, json};

use crate::{model, spacy};

const ROUNDS: usize = 3;

/// Runs rounds of both in turn and prints the ratios. `child` is how it calls itself, pinned and in a fresh process.
pub fn run(args: &[String]) -> Result<()> {
    if args.first().map(String::as_str) == Some("child") {
        return child(&args[1..]);
    }
    let texts = spacy::articles(args.first().map(String::as_str))?;
    println!("{} texts, {} bytes", texts.len(), texts.iter().map(String::len).sum::<usize>());

    // In turn, so that a busy machine is busy for both.
    let mut ratios = Vec::new();
    let mut loads = Vec::new();
    for round in 0..ROUNDS {
        let ours = ours(&texts, "0", 1, 1)?;
        let theirs = pinned("0", &spacy::script("bench", &texts, 2)?)?;
        let theirs = theirs.last().context("no output from Python")?;
        let ratio = speed(&ours) / speed(theirs);
        println!(
            "round {round}: ours {:.0} tokens/s, spaCy {:.0} tokens/s (its second pass): {ratio:.1} times; load {:.2} ms, \
             spaCy {:.0} ms",
            speed(&ours),
            speed(theirs),
            number(&ours, "load") * 1e3,
            number(theirs, "load") * 1e3,
        );
        ratios.push(ratio);
        loads.push(number(theirs, "load") / number(&ours, "load"));
    }
    println!("ratio (median): {:.1}", median(&mut ratios));
    println!("load ratio (median): {:.0}", median(&mut loads));

    let mut gains = Vec::new();
    for _ in 0..ROUNDS {
        gains.push(speed(&ours(&texts, "0,1", 2, 4)?) / speed(&ours(&texts, "0,1", 1, 4)?));
    }
    println!("two threads against one (median): {:.2}", median(&mut gains));

    let thousand = 1000usize.div_ceil(texts.len());
    let memory = ours(&texts, "0,1", 2, thousand)?;
    println!(
        "peak memory, {} articles on two threads: {:.0} MB",
        thousand * texts.len(),
        number(&memory, "peak_kb") / 1e3
    );
    Ok(())
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn number(line: &Value, field: &str) -> f64 {
    line[field].as_f64().unwrap_or(f64::NAN)
}

fn speed(line: &Value) -> f64 {
    number(line, "tokens") / number(line, "seconds")
}

/// Runs a command on these cores; returns its JSON lines.
fn pinned(cores: &str, command: &Command) -> Result<Vec<Value>> {
    let mut taskset = Command::new("taskset");
    taskset.args(["-c", cores]).arg(command.get_program()).args(command.get_args());
    for (key, value) in command.get_envs() {
        taskset.env(key, value.unwrap_or_default());
    }
    let output = taskset.output().context("cannot run taskset")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn ours(texts: &[String], cores: &str, threads: usize, repeat: usize) -> Result<Value> {
    let list = model::root().join("target/spacy/texts.json");
    std::fs::create_dir_all(list.with_file_name(""))?;
    std::fs::write(&list, serde_json::to_vec(texts)?)?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["bench", "language", "child"]).arg(list).args([threads.to_string(), repeat.to_string()]);
    pinned(cores, &command)?.pop().context("no output")
}

/// One measurement: analyses the texts `repeat` times and drops what came out, as a reader of a stream would.
fn child(args: &[String]) -> Result<()> {
    let [list, threads, repeat] = args else { anyhow::bail!("child FILE THREADS REPEAT") };
    let (threads, repeat): (usize, usize) = (threads.parse()?, repeat.parse()?);
    let texts: Vec<String> = serde_json::from_slice(&std::fs::read(list)?)?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let start = Instant::now();
    let pipeline = Pipeline::builtin();
    let load = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let mut tokens = 0;
    for _ in 0..repeat {
        tokens += pipeline.analyze_all(&texts, threads).iter().map(|analysis| analysis.len()).sum::<usize>();
    }
    let seconds = start.elapsed().as_secs_f64();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    println!("{}", json!({ "load": load, "tokens": tokens, "seconds": seconds, "peak_kb": peak }));
    Ok(())
}
