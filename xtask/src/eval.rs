//! `cargo xtask eval`: accuracy on real reports, scored against answer keys made by people.

use std::process::Command;

use anyhow::{Result, bail};

use crate::run::{check, need_shared, release_binary, root};
use crate::{eval_names, eval_quotes, eval_reading, eval_record};

pub(crate) fn run(args: &[String]) -> Result<()> {
    let (flags, tasks): (Vec<&String>, Vec<&String>) = args.iter().partition(|a| a.starts_with("--"));
    let task = tasks.first().map_or("seeds", |t| t.as_str());
    let path = tasks.get(1).map(|p| p.as_str());
    let flag = |name: &str| flags.iter().any(|f| *f == name);
    let reading = || eval_reading::Options {
        program: flags.iter().find_map(|f| f.strip_prefix("--program=")).map(Into::into),
        misses: flag("--misses"),
        by_rule: flag("--by-rule"),
    };
    match task {
        "reading" => eval_reading::reading(&reading()),
        "benchmark" => eval_reading::benchmark(&reading()),
        "stories" => eval_reading::stories(&reading()),
        "seeds" => seeds(flag("--misses")),
        "quotes" => eval_quotes::run(path, flag("--gold-cues"), flag("--apart")),
        "ask" => crate::eval_ask::run(flag("--tune")),
        "names" => eval_names::run(path),
        "ecbplus" => crate::eval_ecbplus::run(path),
        "html" => crate::eval_html::run(path.map(Into::into), flag("--misses")),
        "dates" => crate::eval_dates::run(path.map(Into::into)),
        "clusters" => crate::eval_clusters::run(path.map(Into::into)),
        "check" => {
            let names: Vec<&str> = tasks.iter().skip(1).map(|n| n.as_str()).collect();
            crate::eval_check::run(&names, flag("--misses"), flag("--debug"))
        }
        "record" => {
            let names: Vec<&str> = tasks.iter().skip(1).map(|n| n.as_str()).collect();
            eval_record::run(&names, flag("--misses"))
        }
        other => {
            bail!(
                "there is no task {other:?}; there are: reading, stories, ask, seeds, record, check, quotes, dates, html, names, clusters, ecbplus"
            )
        }
    }
}

/// The five seeds against their key.
fn seeds(misses: bool) -> Result<()> {
    let shared = need_shared()?;
    let (binary, out) = (release_binary()?, root().join("target").join("eval"));
    std::fs::create_dir_all(&out)?;
    let (record, reports) = (out.join("seeds.json"), shared.join("seeds"));
    check(Command::new(binary).arg("record").arg(&reports).arg("--out").arg(&record))?;
    let mut score = Command::new("python3");
    score.arg(shared.join("score.py")).arg(shared.join("keys/seeds.json")).arg(&record).arg(&reports);
    if misses {
        score.arg("--misses");
    }
    check(&mut score)
}
