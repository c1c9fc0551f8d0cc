//! `cargo xtask readers`: every export, read by the programs it is made for.
//!
//! The readers are Python packages from PyPI, by version, in an environment of their own under target/. The tests stand in
//! tests/readers. Where Python or the packages cannot be had the tests count as skipped, loudly, and nothing fails.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::run::{Program, check, root, shared};

/// Every form with the file (of forms with many files, the folder) that the tests look for.
const FORMS: [(&str, &str); 10] = [
    ("web-annotation", "annotations.jsonld"),
    ("schema-org", "schema-org.jsonld"),
    ("csv", "csv"),
    ("parquet", "parquet"),
    ("plover", "events.txt"),
    ("icalendar", "meetings.ics"),
    ("notes", "story.md"),
    ("bibtex", "reports.bib"),
    ("csl-json", "reports.json"),
    ("followthemoney", "entities.ftm.json"),
];

/// What is told where the readers are here but for one.
const WITHOUT_FTM: &str = "\
READERS: without followthemoney, 3 tests not run: it could not be installed (Debian: libicu-dev pkg-config g++ python3-dev);
         remove target/readers/venv to try again
";

/// Exports the stories and has them read; without the readers the tests count as skipped.
pub(crate) fn run(program: Program) -> Result<()> {
    let home = root().join("tests").join("readers");
    let python = match python(&home)? {
        Ok(python) => python,
        Err(reason) => return skipped(&reason, &home),
    };
    let out = target().join("readers").join("out");
    export(&program.path()?, &out)?;
    let mut tests = Command::new(python);
    tests.args(["-B", "-m", "unittest", "discover", "--quiet", "--top-level-directory", ".", "--start-directory", "."]);
    check(tests.current_dir(&home).env("READERS_OUT", &out))
}

/// Fetches the readers, so that they are there when they are asked for.
pub(crate) fn prepare() -> Result<()> {
    python(&root().join("tests").join("readers")).map(drop)
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Writes every form of every story: the examples, one that is hard to write down, and real reports where they are.
fn export(program: &Path, out: &Path) -> Result<()> {
    let mut stories: Vec<PathBuf> =
        ["examples/strait", "examples/wages", "tests/readers/hostile"].map(PathBuf::from).to_vec();
    stories.extend(shared().map(|shared| shared.join("seeds")));
    if out.exists() {
        std::fs::remove_dir_all(out)?;
    }
    for story in &stories {
        let name = story.file_name().with_context(|| format!("{} has no name", story.display()))?;
        let folder = out.join(name);
        std::fs::create_dir_all(&folder)?;
        let rapporteur = |args: &[&str], file: &str| {
            // From the root, so that sources are the same paths everywhere.
            let mut command = Command::new(program);
            command.current_dir(root()).args(args).arg(story).arg("--out").arg(folder.join(file));
            check(&mut command)
        };
        rapporteur(&["record"], "record.json")?;
        for (form, file) in FORMS {
            rapporteur(&["export", "--format", form], file)?;
        }
    }
    Ok(())
}

/// Says that nothing was read, and how many tests that makes.
fn skipped(reason: &str, home: &Path) -> Result<()> {
    let mut written = 0;
    for entry in std::fs::read_dir(home)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "py") {
            written +=
                std::fs::read_to_string(&path)?.lines().filter(|l| l.trim_start().starts_with("def test_")).count();
        }
    }
    eprintln!("READERS: skipped, because {reason}; {written} tests not run");
    Ok(())
}

/// A Python with the readers, made if need be, or in words why there is none.
fn python(home: &Path) -> Result<Result<PathBuf, String>> {
    let folder = target().join("readers").join("venv");
    let python = folder.join(if cfg!(windows) { "Scripts" } else { "bin" }).join("python");
    let lists = ["requirements.txt", "requirements-ftm.txt"].map(|name| home.join(name));
    let wanted = lists.iter().map(std::fs::read_to_string).collect::<Result<Vec<String>, _>>()?.concat();
    let installed = folder.join("installed.txt");
    let have = std::fs::read_to_string(&installed).unwrap_or_default();
    if let Some(missing) = have.strip_prefix(&wanted) {
        eprint!("{missing}");
        return Ok(Ok(python));
    }
    eprintln!("installing the readers under {} (a minute or two, once)", folder.display());
    if !quietly(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder)) {
        return Ok(Err("there is no python3 that can make an environment (Debian: python3-venv)".into()));
    }
    let [needed, ftm] = &lists;
    let pip = |list: &Path| {
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--requirement"]);
        quietly(pip.arg(list))
    };
    if !pip(needed) {
        return Ok(Err("pip could not fetch the readers from PyPI".into()));
    }
    // What one reader needs may have to be built here; the others do not wait for it. It is told at every run.
    let missing = if pip(ftm) { "" } else { WITHOUT_FTM };
    eprint!("{missing}");
    std::fs::write(&installed, wanted + missing)?;
    if !is_file(&python) {
        bail!("{} is not there", python.display());
    }
    Ok(Ok(python))
}

fn quietly(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|m| m.is_file())
}
