//! `cargo xtask eval check [NAME…] [--misses]`: faults seeded into true drafts, and how many of them `rapporteur check`
//! finds; and how many true lines it flags.
//!
//! Beside the seeded faults there are drafts told freely, with faults that people put in (`check_told`).
//!
//! A draft in `xtask/drafts` has a line a statement. Where it is of reports that are not ours it holds places
//! (`{{a:120-180}}`) instead of their words.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::check_faults::{self, Fault, Line};
use crate::check_told;
use crate::corpus;
use crate::run::{cargo, check, need_shared, release_binary, root};

/// A true draft.
struct Draft {
    name: String,
    head: Head,
    lines: Vec<Line>,
}

/// What the head of a draft says, its reports in a dossier.
pub(crate) struct Head {
    held_out: bool,
    pub(crate) date: String,
    pub(crate) dossier: PathBuf,
    /// The reports that are not ours, by their letters.
    texts: BTreeMap<String, Vec<char>>,
}

/// Where each piece of each line stands, in code points of the draft.
type Places = Vec<Vec<(usize, usize)>>;

/// What was found of one sort of fault: found, seeded.
type Count = BTreeMap<&'static str, (usize, usize)>;

/// Figures of one half.
#[derive(Default)]
struct Figures {
    faults: Count,
    /// True lines flagged, all.
    flagged: usize,
    lines: usize,
}

/// Measures the drafts named, or all.
pub(crate) fn run(names: &[&str], misses: bool, debug: bool) -> Result<()> {
    let program = if debug { debug_binary()? } else { release_binary()? };
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(root().join("xtask").join("drafts"))?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "draft"));
    paths.sort();
    let mut halves: BTreeMap<bool, Figures> = BTreeMap::new();
    let mut stories = 0;
    // A folder's name names all drafts in it; the large ones are measured only when they are named.
    for folder in ["told", "blind", "fresh", "disputed", "tuned", "wide"] {
        let large = matches!(folder, "tuned" | "wide");
        let mut told = check_told::Told::default();
        for path in of_folder(&root().join("xtask").join("drafts").join(folder))? {
            let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            if names.is_empty() && !large || names.contains(&folder) || names.contains(&name.as_str()) {
                let done = check_told::measure(&path, &program, &mut told, misses);
                done.with_context(|| format!("in {}", path.display()))?;
                stories += 1;
            }
        }
        told.table(folder);
    }
    for path in paths {
        let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if !names.is_empty() && !names.contains(&name.as_str()) {
            continue;
        }
        let draft = Draft::read(&name, &path, &program).with_context(|| format!("in {}", path.display()))?;
        let figures = halves.entry(draft.head.held_out).or_default();
        measure(&draft, &program, figures, misses)?;
        stories += 1;
    }
    ensure!(stories > 0, "there is no draft of this name in xtask/drafts");
    println!("\n{stories} stories");
    if !halves.is_empty() {
        table(&halves);
    }
    Ok(())
}

/// The drafts of a folder, in order; none where there is no such folder.
fn of_folder(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    all.retain(|p| p.extension().is_some_and(|e| e == "tsv"));
    all.sort();
    Ok(all)
}

/// The program as tests have it: quick to build.
fn debug_binary() -> Result<PathBuf> {
    check(cargo().args(["build", "--locked", "--package", "rapporteur-cli"]))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join("debug").join("rapporteur"))
}

impl Head {
    /// Reads the head of a draft, and puts its reports into a dossier.
    pub(crate) fn read(name: &str, head: &str, program: &Path) -> Result<Head> {
        let folder = corpus::output()?.join("check").join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        let reports = folder.join("reports");
        std::fs::create_dir_all(&reports)?;
        let mut texts: BTreeMap<String, Vec<char>> = BTreeMap::new();
        let (mut half, mut date, mut own) = (String::new(), String::new(), None);
        for line in head.lines().filter(|l| !l.starts_with('#')) {
            let (field, value) = line.split_once(": ").with_context(|| format!("{line:?} is no field"))?;
            match field.split_once(' ') {
                Some(("report", letter)) => {
                    let mut parts = value.split('|').map(str::trim);
                    let file = need_shared()?.join("data").join(parts.next().unwrap_or_default());
                    let (outlet, day) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
                    let text =
                        std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
                    std::fs::write(reports.join(format!("{letter}.txt")), &text)?;
                    let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
                    let sidecar = json!({ "outlet": some(outlet), "published": some(day) });
                    std::fs::write(reports.join(format!("{letter}.json")), sidecar.to_string())?;
                    texts.insert(letter.to_owned(), text.chars().collect());
                }
                _ if field == "half" => half = value.to_owned(),
                _ if field == "date" => date = value.to_owned(),
                _ if field == "reports" => own = Some(root().join(value)),
                _ => bail!("{field:?} is no field of a draft"),
            }
        }
        let dossier = folder.join("story.dossier");
        let reports = own.unwrap_or(reports);
        let done = Command::new(program).arg("add").arg(reports).arg("--into").arg(&dossier).output()?;
        ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Ok(Head { held_out: half == "held out", date, dossier, texts })
    }
}

impl Draft {
    /// Reads a draft and gives it its words.
    fn read(name: &str, path: &Path, program: &Path) -> Result<Draft> {
        let text = std::fs::read_to_string(path)?;
        let (head, body) = text.split_once("\n---\n").context("there is no line --- after the head")?;
        let head = Head::read(name, head, program)?;
        let lines = body.lines().filter(|l| !l.trim().is_empty());
        let lines = lines.map(|l| Ok(check_faults::pieces(&words(l, &head.texts)?))).collect::<Result<_>>()?;
        Ok(Draft { name: name.to_owned(), head, lines })
    }

    /// What the program says of the draft with these faults: the flagged places, and where each piece stands.
    fn check(&self, program: &Path, faults: &[&Fault]) -> Result<(Vec<Value>, Places)> {
        let mut text = String::new();
        let mut length = 0;
        let mut places = Vec::new();
        for (l, line) in self.lines.iter().enumerate() {
            let mut of_line = Vec::new();
            for (p, piece) in line.iter().enumerate() {
                let fault = faults.iter().find(|f| (f.line, f.piece) == (l, p));
                let also = faults.iter().filter(|f| f.line == l).find_map(|f| f.also.as_ref().filter(|a| a.0 == p));
                let words = fault.map_or(piece.words.as_str(), |f| f.words.as_str());
                let words = also.map_or(words, |a| a.1.as_str());
                let start = length;
                text.push_str(words);
                length += words.chars().count();
                of_line.push((start, length));
            }
            text.push_str("\n\n");
            length += 2;
            places.push(of_line);
        }
        let folder = self.head.dossier.parent().context("a dossier stands in a folder")?;
        let (draft, out) = (folder.join("draft.md"), folder.join("checked.json"));
        std::fs::write(&draft, &text)?;
        let mut command = Command::new(program);
        command.arg("check").arg(&draft).arg("--from").arg(&self.head.dossier).args([
            "--date",
            &self.head.date,
            "--format",
            "json",
            "--out",
        ]);
        let done = command.arg(&out).output()?;
        ensure!(done.status.code().is_some_and(|c| c < 2), "{}", String::from_utf8_lossy(&done.stderr));
        let checked: Value = serde_json::from_str(&std::fs::read_to_string(out)?)?;
        let flagged = checked["verdicts"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|v| matches!(v["severity"].as_str(), Some("error" | "warning")));
        Ok((flagged.cloned().collect(), places))
    }
}

/// Puts words in the place of places.
fn words(line: &str, texts: &BTreeMap<String, Vec<char>>) -> Result<String> {
    let mut out = String::new();
    let mut rest = line;
    while let Some(open) = rest.find("{{") {
        let close = rest[open..].find("}}").context("{{ is never closed")? + open;
        out.push_str(&rest[..open]);
        let (letter, range) = rest[open + 2..close].split_once(':').context("a place is {{letter:start-end}}")?;
        let (start, end) = range.split_once('-').context("a place is {{letter:start-end}}")?;
        let text = texts.get(letter).with_context(|| format!("there is no report {letter}"))?;
        let words = text.get(start.parse()?..end.parse()?).context("a place outside its report")?;
        out.extend(words.iter().map(|c| if *c == '\n' { ' ' } else { *c }));
        rest = &rest[close + 2..];
    }
    out.push_str(rest);
    Ok(out)
}

/// The kinds of verdict that find a sort of fault.
fn wanted(sort: &str) -> &'static [&'static str] {
    match sort {
        "speaker" => &["attribution"],
        // "Two weeks ago" is either.
        "number" | "date" => &["number", "date"],
        "name" => &["name"],
        _ => &["quotation"],
    }
}

pub(crate) fn place(verdict: &Value) -> (usize, usize) {
    let at = |field: &str| verdict["at"][field].as_u64().unwrap_or(0) as usize;
    (at("start"), at("end"))
}

fn measure(draft: &Draft, program: &Path, figures: &mut Figures, misses: bool) -> Result<()> {
    let (flagged, places) = draft.check(program, &[])?;
    for (l, line) in places.iter().enumerate() {
        let (start, end) = (line.first().map_or(0, |p| p.0), line.last().map_or(0, |p| p.1));
        let on_line: Vec<&Value> = flagged.iter().filter(|v| (start..end).contains(&place(v).0)).collect();
        figures.lines += 1;
        figures.flagged += usize::from(!on_line.is_empty());
        if misses {
            for v in &on_line {
                let text: String = draft.lines[l].iter().map(|p| p.words.as_str()).collect();
                println!(
                    "flagged  {} {}: {} {}: {} | {}",
                    draft.name,
                    l + 1,
                    v["kind"],
                    v["judgement"],
                    v["says"],
                    text
                );
            }
        }
    }
    let mut left: Vec<Fault> = check_faults::faults(&draft.lines);
    while !left.is_empty() {
        // One fault a line, in every other line.
        let mut now: Vec<Fault> = Vec::new();
        let odd = left.first().map_or(0, |f| f.line % 2);
        left.retain(|f| {
            let take = f.line % 2 == odd && now.last().is_none_or(|n| n.line != f.line);
            if take {
                now.push(f.clone());
            }
            !take
        });
        let (flagged, places) = draft.check(program, &now.iter().collect::<Vec<_>>())?;
        for fault in &now {
            let (start, end) = places[fault.line][fault.piece];
            let line = places[fault.line].first().map_or(0, |p| p.0)..places[fault.line].last().map_or(0, |p| p.1);
            let found = flagged.iter().any(|v| {
                let (from, to) = place(v);
                let told = check_faults::TOLD.contains(&fault.sort);
                let whole = told || fault.sort == "speaker";
                let here = if whole { line.contains(&from) } else { from < end && start < to };
                here && (told || wanted(fault.sort).contains(&v["kind"].as_str().unwrap_or_default()))
            });
            let count = figures.faults.entry(fault.sort).or_default();
            count.1 += 1;
            count.0 += usize::from(found);
            if misses && !found {
                let mut text = String::new();
                for (p, piece) in draft.lines[fault.line].iter().enumerate() {
                    let words = if p == fault.piece { &fault.words } else { &piece.words };
                    let _ = write!(text, "{words}");
                }
                println!(
                    "missed   {} {}: {}: {} -> {} | {text}",
                    draft.name,
                    fault.line + 1,
                    fault.sort,
                    draft.lines[fault.line][fault.piece].words,
                    fault.words
                );
            }
        }
    }
    Ok(())
}

fn table(halves: &BTreeMap<bool, Figures>) {
    let sorts: std::collections::BTreeSet<&str> = halves.values().flat_map(|f| f.faults.keys().copied()).collect();
    let told = |sort: &str| check_faults::TOLD.contains(&sort);
    let quoted = |sort: &str| !told(sort) && !matches!(sort, "number" | "date" | "speaker" | "name");
    let cell = |(found, all): (usize, usize)| match all {
        0 => format!("{:>16}", "–"),
        _ => format!("{found:>5}/{all:<4} {:>5.3}", found as f64 / all as f64),
    };
    let of = |held: Option<bool>, sort: &dyn Fn(&str) -> bool| {
        let some = halves.iter().filter(|(h, _)| held.is_none_or(|x| x == **h));
        some.flat_map(|(_, f)| &f.faults).filter(|(s, _)| sort(s)).fold((0, 0), |a, (_, c)| (a.0 + c.0, a.1 + c.1))
    };
    let row = |name: &str, sort: &dyn Fn(&str) -> bool| {
        println!("{name:22} {} {} {}", cell(of(Some(false), sort)), cell(of(Some(true), sort)), cell(of(None, sort)));
    };
    println!("{:22} {:>16} {:>16} {:>16}", "found / seeded", "developed on", "held out", "all");
    row("altered quotations", &quoted);
    for sort in sorts.iter().filter(|s| quoted(s)) {
        row(&format!("  {sort}"), &|s| s == *sort);
    }
    row("numbers and dates", &|s| matches!(s, "number" | "date"));
    for sort in ["number", "date"] {
        row(&format!("  {sort}"), &|s| s == sort);
    }
    row("speakers", &|s| s == "speaker");
    row("names", &|s| s == "name");
    row("all of these", &|s| !told(s));
    row("what the draft tells", &told);
    for sort in sorts.iter().filter(|s| told(s)) {
        row(&format!("  {}", sort.trim_start_matches("told: ")), &|s| s == *sort);
    }
    let lines = |held: Option<bool>| {
        let some = halves.iter().filter(|(h, _)| held.is_none_or(|x| x == **h));
        some.fold((0, 0), |a, (_, f)| (a.0 + f.flagged, a.1 + f.lines))
    };
    println!(
        "{:22} {} {} {}",
        "true lines flagged",
        cell(lines(Some(false))),
        cell(lines(Some(true))),
        cell(lines(None))
    );
}
