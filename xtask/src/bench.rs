//! `cargo xtask bench`: speed, always against something measured in the same run.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rapporteur_language::Level;

use crate::run::{cargo, check, dist_binary, need_shared};

pub(crate) fn run(args: &[String]) -> Result<()> {
    let (named, args) = take_kernel(args)?;
    if let Some(name) = named {
        // In a process of its own with the variable set, so that everything measured, be it a child of a child, inherits it.
        Level::named(&name)?;
        let mut again = Command::new(std::env::current_exe()?);
        return check(again.arg("bench").args(args).env("RAPPORTEUR_KERNEL", name));
    }
    #[expect(clippy::disallowed_methods, reason = "the variable is the one that the command takes")]
    let named = std::env::var("RAPPORTEUR_KERNEL");
    let level = match named {
        Ok(name) if !name.is_empty() => Level::named(&name)?,
        _ => Level::available().pop().context("there are no kernels")?,
    };
    level.choose()?;
    let what = args.first().map_or("start", String::as_str);
    if what != "kernels" && args.get(1).map(String::as_str) != Some("child") {
        println!("{what}: kernels {} (vector units: {})", level.name(), Level::vector_units());
    }
    match what {
        "start" => start(),
        "scale" | "dossier" => check(
            cargo().args(["bench", "--locked", "--package", "rapporteur", "--bench", what, "--"]).args(&args[1..]),
        ),
        "profile" => {
            let texts = match &args[1..] {
                [] => need_shared()?.join("data/annotated/dev").into_os_string(),
                [folder, ..] => folder.into(),
            };
            check(cargo().args(["bench", "--locked", "--package", "rapporteur", "--bench", "profile", "--"]).arg(texts))
        }
        "pages" => check(cargo().args(["bench", "--locked", "--package", "rapporteur-server", "--bench", "pages"])),
        "check" => crate::bench_check::run(&args[1..]),
        "language" => crate::bench_language::run(&args[1..]),
        "kernels" => crate::bench_kernels::run(&args[1..]),
        "reader" => reader(&args[1..]),
        "findings" => findings(),
        "html" => html(),
        other => {
            bail!(
                "there is nothing to bench called {other:?}; there are: start, scale, dossier, check, pages, language, kernels, reader, findings, html, profile"
            )
        }
    }
}

/// The name after `--kernel`, and the other arguments.
fn take_kernel(args: &[String]) -> Result<(Option<String>, Vec<String>)> {
    let mut args = args.to_vec();
    let Some(at) = args.iter().position(|arg| arg == "--kernel") else {
        return Ok((None, args));
    };
    let name = args.get(at + 1).cloned().context("--kernel takes a name: portable, avx2 or avx512")?;
    args.drain(at..at + 2);
    Ok((Some(name), args))
}

/// The brief of the seeds, start-up included, against the start of an interpreter.
fn start() -> Result<()> {
    const ROUNDS: usize = 41;
    let (binary, seeds) = (dist_binary()?, need_shared()?.join("seeds"));
    let python = python()?;
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        // Taken in turn, so that a busy moment of the machine falls on both.
        times[0].push(time(Command::new(&python).args(["-c", "pass"]))?);
        times[1].push(time(Command::new(&binary).arg("brief").arg(&seeds))?);
    }
    let [interpreter, brief] = times.map(|mut t| {
        t.sort();
        t[t.len() / 2]
    });
    println!("median of {ROUNDS} rounds, taken in turn");
    println!("python3 -c pass            {:8.2} ms", interpreter.as_secs_f64() * 1e3);
    println!("rapporteur brief seeds     {:8.2} ms", brief.as_secs_f64() * 1e3);
    println!("ratio                      {:8.2}", brief.as_secs_f64() / interpreter.as_secs_f64());
    Ok(())
}

/// Everything found in 84 articles, start-up included, against Python spaCy's analysis of the same texts, start-up apart;
/// one core each, taken in turn.
fn findings() -> Result<()> {
    const ROUNDS: usize = 3;
    /// How many times faster spaCy was than Citron where both were measured (`../shared/design/peers.md`).
    const SPACY_TO_CITRON: f64 = 2.2;
    let folder = need_shared()?.join("data/quotes/polnear/dev/text");
    let texts = crate::spacy::articles(folder.to_str())?;
    let words: usize = texts.iter().map(|t| t.split_whitespace().count()).sum();
    let binary = dist_binary()?;
    let out = std::env::temp_dir().join("rapporteur-bench-findings.json");
    let mut ratios = Vec::new();
    for round in 1..=ROUNDS {
        let mut ours = Command::new("taskset");
        ours.args(["-c", "0"]).arg(&binary).arg("findings").arg(&folder).args(["-f", "json", "--out"]).arg(&out);
        let ours = words as f64 / time(&mut ours)?.as_secs_f64();
        let lines = crate::bench_language::pinned("0", &crate::spacy::script("bench", &texts, 1)?)?;
        let theirs = lines.last().context("spaCy printed nothing")?;
        let theirs = words as f64 / crate::bench_language::number(theirs, "seconds");
        println!(
            "round {round}: findings {ours:.0} words/s, spaCy alone {theirs:.0} words/s, ratio {:.1}",
            ours / theirs
        );
        ratios.push(ours / theirs);
    }
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios[ROUNDS / 2];
    println!("median: {ratio:.1} times spaCy, {:.1} times Citron by spaCy's lead over it", ratio * SPACY_TO_CITRON);
    Ok(())
}

/// The tagger over PolNeAR's articles, one core, with each version of the kernels: the built-in weights, or chance ones of so many layers.
fn reader(args: &[String]) -> Result<()> {
    let folder = need_shared()?.join("data/quotes/polnear/dev/text");
    let build = ["build", "--quiet", "--profile", "dist", "--locked", "--package", "rapporteur-reader"];
    check(cargo().args(build).args(["--example", "words", "--features", "bench"]))?;
    let binary = crate::run::root().join("target/dist/examples/words");
    let mut texts: Vec<_> = std::fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    texts.sort();
    let what = args.first().map_or("builtin", String::as_str);
    check(Command::new("taskset").args(["-c", "0"]).arg(&binary).arg(what).args(texts))
}

/// Pages of the web read as any input is (from the file to the report), against dom_smoothie alone on the same pages, one
/// core, all built as what is handed out. The corpora that have a part to look at.
fn html() -> Result<()> {
    const ROUNDS: usize = 5;
    let data = need_shared()?.join("data/html");
    let build =
        ["build", "--quiet", "--profile", "dist", "--locked", "--package", "rapporteur-source", "--example", "pages"];
    check(cargo().args(build))?;
    let binary = crate::run::root().join("target/dist/examples/pages");
    let out = std::env::temp_dir().join("rapporteur-bench-html.jsonl");
    for corpus in ["aeb", "trafilatura", "htmldate"] {
        let gold = data.join(corpus).join("dev/gold.jsonl");
        let mut rounds = Vec::new();
        for _ in 0..ROUNDS {
            let run = Command::new("taskset").args(["-c", "0"]).arg(&binary).arg(&gold).arg(&out).output()?;
            let said = String::from_utf8(run.stdout)?;
            let ratio = said.split("; ").nth(1).and_then(|r| r.split(' ').next()?.parse::<f64>().ok());
            rounds
                .push((ratio.with_context(|| format!("what it said is no ratio: {said:?}"))?, said.trim().to_owned()));
        }
        rounds.sort_by(|a, b| a.0.total_cmp(&b.0));
        println!("{corpus}: {} (median of {ROUNDS} rounds)", rounds[ROUNDS / 2].1);
    }
    Ok(())
}

/// The interpreter itself: a wrapper script on the path would flatter us.
fn python() -> Result<String> {
    let out = Command::new("python3").args(["-c", "import sys; print(sys.executable)"]).output()?;
    let path = String::from_utf8(out.stdout)?.trim().to_owned();
    Some(path).filter(|p| !p.is_empty()).context("python3 does not say where it is")
}

fn time(command: &mut Command) -> Result<Duration> {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let before = Instant::now();
    check(command)?;
    Ok(before.elapsed())
}
