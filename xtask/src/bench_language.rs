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

    // In turn, so that a busy machine is busy for both; and by processor time as well as by the clock, since on a busy
    // machine only the former says anything.
    let (mut wall, mut cpu, mut loads) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()], Vec::new());
    for round in 0..ROUNDS {
        let ours = ours(&texts, "0", 1, 2)?;
        let theirs = pinned("0", &spacy::script("bench", &texts, 2)?)?;
        ensure!(ours.len() == 2 && theirs.len() == 2, "two passes each were expected");
        for (pass, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
            let rate = |line: &Value| number(line, "tokens") / number(line, "cpu");
            wall[pass].push(speed(ours) / speed(theirs));
            cpu[pass].push(rate(ours) / rate(theirs));
            println!(
                "round {round} pass {pass}: ours {:.0} tokens/s ({:.0} per processor second), spaCy {:.0} ({:.0})",
                speed(ours),
                rate(ours),
                speed(theirs),
                rate(theirs)
            );
        }
        let (mine, python) = (number(&ours[0], "load"), number(&theirs[0], "load"));
        println!("round {round}: load {:.2} ms, spaCy {:.0} ms", mine * 1e3, python * 1e3);
        loads.push(python / mine);
    }
    for (pass, name) in ["first pass", "second pass"].into_iter().enumerate() {
        let (wall, cpu) = (median(&mut wall[pass]), median(&mut cpu[pass]));
        println!("{name}: {wall:.1} times spaCy by the clock, {cpu:.1} times by processor time (medians)");
    }
    println!("load ratio (median): {:.0}", median(&mut loads));

    let mut gains = Vec::new();
    for _ in 0..ROUNDS {
        let last = |lines: Vec<Value>| lines.last().map_or(f64::NAN, speed);
        gains.push(last(ours(&texts, "0,1", 2, 4)?) / last(ours(&texts, "0,1", 1, 4)?));
    }
    println!("two threads against one (median): {:.2}", median(&mut gains));

    let thousand = 1000usize.div_ceil(texts.len());
    let memory = ours(&texts, "0,1", 2, thousand)?.pop().context("no output")?;
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

pub(crate) fn number(line: &Value, field: &str) -> f64 {
    line[field].as_f64().unwrap_or(f64::NAN)
}

fn speed(line: &Value) -> f64 {
    number(line, "tokens") / number(line, "seconds")
}

/// Runs a command on these cores; returns its JSON lines.
pub(crate) fn pinned(cores: &str, command: &Command) -> Result<Vec<Value>> {
    let mut taskset = Command::new("taskset");
    taskset.args(["-c", cores]).arg(command.get_program()).args(command.get_args());
    for (key, value) in command.get_envs() {
        taskset.env(key, value.unwrap_or_default());
    }
    let output = taskset.output().context("cannot run taskset")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn ours(texts: &[String], cores: &str, threads: usize, repeat: usize) -> Result<Vec<Value>> {
    let list = model::root().join("target/spacy/texts.json");
    std::fs::create_dir_all(list.with_file_name(""))?;
    std::fs::write(&list, serde_json::to_vec(texts)?)?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["bench", "language", "child"]).arg(list).args([threads.to_string(), repeat.to_string()]);
    pinned(cores, &command)
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
    for _ in 0..repeat {
        let (start, cpu) = (Instant::now(), processor_seconds());
        let tokens: usize = pipeline.analyze_all(&texts, threads).iter().map(|analysis| analysis.len()).sum();
        let (seconds, cpu) = (start.elapsed().as_secs_f64(), processor_seconds() - cpu);
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        let peak = peak.and_then(|peak| peak.parse::<u64>().ok());
        println!("{}", json!({ "load": load, "tokens": tokens, "seconds": seconds, "cpu": cpu, "peak_kb": peak }));
    }
    Ok(())
}

/// Processor time of the main thread so far.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).map_or(f64::NAN, |ns| ns / 1e9)
}
