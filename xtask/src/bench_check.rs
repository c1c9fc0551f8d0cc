//! `cargo xtask bench check [REPORTS [ROUNDS]]`: what a draft costs against many reports that a running program has at hand.
//!
//! Two dossiers of 2,000 reports unless said: the generated story, of few names, and one whose reports are put together of paragraphs
//! of our own stories, of many. The draft has the true lines of the drafts told freely (`xtask/drafts/told`) and lines of a generated report.
//! It is sent to `rapporteur serve`, as an editor or a page would send it: a draft of one word first, which waits for the
//! reports and for what is made of them once; then the draft; the same again; the draft with one line written anew.
//! `RAPPORTEUR_PROGRAM` names another program to measure, such as that of another commit.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::corpus;
use crate::run::{check, dist_binary, root};
use crate::scale::text;

/// Lines of the draft.
const LINES: usize = 40;

pub(crate) fn run(args: &[String]) -> Result<()> {
    let number = |at: usize, otherwise: usize| -> Result<usize> {
        args.get(at).map_or(Ok(otherwise), |a| a.parse().with_context(|| format!("{a:?} is no number")))
    };
    let (count, rounds) = (number(0, 2_000)?, number(1, 7)?.max(1));
    let program = match std::env::var_os("RAPPORTEUR_PROGRAM") {
        Some(path) => PathBuf::from(path),
        None => dist_binary()?,
    };
    let (stock, told) = (paragraphs()?, told()?);
    let generated = text::text(3);
    let mut lines: Vec<&str> = told.iter().map(String::as_str).take(LINES - 6).collect();
    lines.extend(generated.lines().take(LINES - lines.len()));
    let stories: [(&str, &dyn Fn(usize) -> String); 2] =
        [("generated", &text::text), ("patchwork", &|n| patchwork(&stock, n))];
    println!("seconds of the cores (by the clock)");
    println!(
        "{:<10} {:>8} {:>10} {:>16} {:>14} {:>14} {:>14}",
        "", "reports", "sentences", "loading", "first", "again", "changed"
    );
    for (name, make) in stories {
        let folder = corpus::output()?.join("bench-check").join(name);
        let server = Served::over(&program, &dossier(&program, &folder, count, make)?)?;
        let loading = server.load()?;
        let (first, checked) = server.check(&lines.join("\n\n"))?;
        let sentences = checked["sentences"].as_array().map_or(0, Vec::len);
        let (mut again, mut changed) = (Vec::new(), Vec::new());
        for round in 0..rounds {
            again.push(server.check(&lines.join("\n\n"))?.0);
            let mut anew = lines.clone();
            anew[round % LINES] = &told[told.len() - 1 - round % told.len()];
            changed.push(server.check(&anew.join("\n\n"))?.0);
        }
        let median = |mut times: Vec<Took>| {
            times.sort_by(|a, b| a.cores.total_cmp(&b.cores));
            times[times.len() / 2]
        };
        let cell = |took: Took| format!("{:.2} ({:.2})", took.cores, took.clock);
        println!(
            "{name:<10} {count:>8} {sentences:>10} {:>16} {:>14} {:>14} {:>14}",
            cell(loading),
            cell(first),
            cell(median(again)),
            cell(median(changed))
        );
    }
    Ok(())
}

/// A dossier of so many reports.
fn dossier(program: &Path, folder: &Path, count: usize, make: &dyn Fn(usize) -> String) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let reports = folder.join("reports");
    fs::create_dir_all(&reports)?;
    for n in 0..count {
        fs::write(reports.join(format!("{n:06}.txt")), make(n))?;
        let known =
            json!({ "outlet": format!("Outlet {}", n % 40), "published": format!("2026-03-{:02}", 1 + n % 28) });
        fs::write(reports.join(format!("{n:06}.json")), known.to_string())?;
    }
    let dossier = folder.join("many.dossier");
    check(
        Command::new(program)
            .arg("add")
            .arg(&reports)
            .arg("--into")
            .arg(&dossier)
            .stdout(Stdio::null())
            .stderr(Stdio::null()),
    )?;
    Ok(dossier)
}

/// Seconds.
#[derive(Clone, Copy)]
struct Took {
    clock: f64,
    /// Of all cores together.
    cores: f64,
}

/// A running program.
struct Served {
    process: Child,
    address: SocketAddr,
}

impl Served {
    fn over(program: &Path, dossier: &Path) -> Result<Served> {
        let mut command = Command::new(program);
        command
            .arg("serve")
            .arg("--from")
            .arg(dossier)
            .args(["--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut process = command.spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().context("no output")?).read_line(&mut line)?;
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').parse()?;
        Ok(Served { process, address })
    }

    /// Seconds of the cores that it has taken by now; 0 where no /proc tells it.
    fn cores(&self) -> f64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).unwrap_or_default();
        // Behind the name, which is in brackets: user and system time are the 12th and 13th, in hundredths of a second.
        let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace().skip(11).take(2);
        fields.filter_map(|f| f.parse::<f64>().ok()).sum::<f64>() / 100.0
    }

    /// How long it takes until a first draft is checked: on a busy machine longer than a visitor is made to wait.
    fn load(&self) -> Result<Took> {
        let (before, cores) = (Instant::now(), self.cores());
        let mut tries = 0;
        while let Err(error) = self.check("Quiet.") {
            tries += 1;
            ensure!(tries < 20, "{error}");
        }
        Ok(Took { clock: before.elapsed().as_secs_f64(), cores: self.cores() - cores })
    }

    /// How long the check of a draft takes, and what is said of it.
    fn check(&self, draft: &str) -> Result<(Took, Value)> {
        let (before, cores) = (Instant::now(), self.cores());
        let mut stream = TcpStream::connect(self.address)?;
        write!(
            stream,
            "POST /api/check?date=2026-03-30 HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n{draft}",
            self.address,
            draft.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let took = Took { clock: before.elapsed().as_secs_f64(), cores: self.cores() - cores };
        ensure!(answer.starts_with("HTTP/1.1 200"), "{}", answer.lines().next().unwrap_or_default());
        let body = answer.split_once("\r\n\r\n").context("no body")?.1;
        // In chunks, where it is long.
        let json: String =
            body.lines().filter(|l| !l.is_empty() && !l.bytes().all(|b| b.is_ascii_hexdigit())).collect();
        let checked: Value = serde_json::from_str(&json)?;
        ensure!(checked["broken_off"].as_bool() != Some(true), "the check was broken off");
        Ok((took, checked))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The files in a folder with this ending, in order.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut all: Vec<PathBuf> = fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    all.retain(|p| p.extension().is_some_and(|e| e == ending));
    all.sort();
    Ok(all)
}

/// The paragraphs of our own stories.
fn paragraphs() -> Result<Vec<String>> {
    let mut all = Vec::new();
    for story in
        ["examples/strait", "examples/wages", "tests/stories/docks", "tests/stories/nurses", "tests/stories/ferries"]
    {
        for path in files(&root().join(story), "txt")? {
            all.extend(fs::read_to_string(path)?.lines().filter(|l| l.len() > 60).map(str::to_owned));
        }
    }
    Ok(all)
}

/// A report of ten paragraphs, others for each number.
fn patchwork(stock: &[String], n: usize) -> String {
    let pick = |k: usize| stock[(n.wrapping_mul(2_654_435_761) / 7 + k * (1 + n % 13)) % stock.len()].as_str();
    (0..10).map(pick).collect::<Vec<_>>().join("\n\n")
}

/// The true lines of the drafts told freely.
fn told() -> Result<Vec<String>> {
    let mut all = Vec::new();
    for path in files(&root().join("xtask/drafts/told"), "tsv")? {
        let line = |row: &str| row.split_once("\ttrue\t").map(|(_, words)| words.to_owned());
        all.extend(fs::read_to_string(path)?.lines().filter_map(line));
    }
    Ok(all)
}
