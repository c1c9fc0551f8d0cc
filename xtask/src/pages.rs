//! `cargo xtask pages` and `cargo xtask shots`: the pages and the HTML brief in a real browser.
//!
//! The tests themselves are JavaScript, in tests/pages. Here is fetched what they need and no repository keeps: a
//! Chromium from the system's packages, two packages of npm under target/. Where something of it cannot be had
//! the tests count as skipped, loudly, and nothing fails: a machine without a browser can still land a change.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::run::{Program, check, root, shared};

/// What Debian calls the browser, the reader of printed pages, and fonts without which Chromium shows boxes.
const DEBIAN: [&str; 4] = ["chromium", "poppler-utils", "fonts-dejavu-core", "fonts-liberation"];
/// The oldest Node that the tests are written for.
const NODE: u32 = 20;
/// A file of tests that hangs ends the run at last, in milliseconds; no test measures time.
const HANGS: &str = "--test-timeout=3600000";

/// What the tests are run with.
struct Tools {
    node: PathBuf,
    chromium: PathBuf,
    modules: PathBuf,
}

/// Runs the tests of the pages; without a browser they count as skipped.
pub(crate) fn run(program: Program) -> Result<()> {
    let files = test_files()?;
    let tools = match tools()? {
        Ok(tools) => tools,
        Err(reason) => return skipped(&reason, &files),
    };
    let mut node = script(&tools, program)?;
    check(node.args(["--test", "--test-reporter=spec", "--test-concurrency=2", HANGS]).args(&files))
}

/// Saves pictures of every view for people to look at.
pub(crate) fn shots(args: &[String]) -> Result<()> {
    let folder = args.first().map_or_else(|| target().join("shots"), PathBuf::from);
    match tools()? {
        Ok(tools) => check(script(&tools, Program::Build)?.arg(home().join("shots.js")).env("PAGES_SHOTS", &folder)),
        Err(reason) => {
            eprintln!("SHOTS: none taken, because {reason}");
            Ok(())
        }
    }
}

/// Fetches the browser and the packages, so that they are there when they are asked for.
pub(crate) fn prepare() -> Result<()> {
    tools().map(drop)
}

/// The folder of the tests.
fn home() -> PathBuf {
    root().join("tests").join("pages")
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

fn test_files() -> Result<Vec<PathBuf>> {
    let folder = home();
    let entries = std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    files.retain(|path| path.to_string_lossy().ends_with(".test.js"));
    files.sort();
    Ok(files)
}

/// Says that nothing was tested, and how much.
///
/// Node counts its tests itself where it is here, each as skipped; without it only what stands in the files can be
/// counted, and a test that is written once and run for every view counts once.
fn skipped(reason: &str, files: &[PathBuf]) -> Result<()> {
    let mut count = String::from("no");
    if let Some(node) = node() {
        let output = Command::new(node)
            .args(["--test", "--test-reporter=tap", "--test-concurrency=1"])
            .args(files)
            .env("PAGES_SKIPPED", reason)
            .output()?;
        let tap = String::from_utf8_lossy(&output.stdout);
        if let Some(line) = tap.lines().find_map(|l| l.strip_prefix("# skipped ")) {
            line.clone_into(&mut count);
        }
    } else {
        let mut written = 0;
        for file in files {
            written += std::fs::read_to_string(file)?.lines().filter(|l| l.trim_start().starts_with("test(")).count();
        }
        count = format!("at least {written}");
    }
    eprintln!("PAGES: skipped, because {reason}; {count} tests not run");
    Ok(())
}

/// A Node that knows where everything is, ready to be told what to run.
fn script(tools: &Tools, program: Program) -> Result<Command> {
    let mut node = Command::new(&tools.node);
    node.current_dir(root())
        .env("PAGES_PROGRAM", program.path()?)
        .env("PAGES_CHROMIUM", &tools.chromium)
        .env("PAGES_MODULES", &tools.modules)
        .env_remove("PAGES_SKIPPED");
    match shared() {
        Some(shared) => node.env("PAGES_SEEDS", shared.join("seeds")),
        None => node.env_remove("PAGES_SEEDS"),
    };
    Ok(node)
}

/// Everything that the tests need, or in words why it cannot be had.
fn tools() -> Result<Result<Tools, String>> {
    let Some(node) = node() else {
        return Ok(Err(format!("there is no node {NODE} or newer (Debian: nodejs npm)")));
    };
    let Some(chromium) = chromium().or_else(install_chromium) else {
        return Ok(Err("there is no chromium and it could not be installed (Debian: apt-get install chromium)".into()));
    };
    let Some(modules) = modules()? else {
        return Ok(Err("npm could not fetch playwright-core and axe-core".into()));
    };
    Ok(Ok(Tools { node, chromium, modules }))
}

fn node() -> Option<PathBuf> {
    let node = find("node")?;
    let output = Command::new(&node).arg("--version").output().ok()?;
    let version = String::from_utf8(output.stdout).ok()?;
    let major: u32 = version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()?;
    (major >= NODE).then_some(node)
}

fn chromium() -> Option<PathBuf> {
    // Whoever has it under another name says so.
    std::env::var_os("CHROMIUM").map(PathBuf::from).or_else(|| find("chromium"))
}

/// Installs the browser where that needs nobody's permission: as root, on a system with apt.
fn install_chromium() -> Option<PathBuf> {
    let apt = find("apt-get")?;
    let root = Command::new("id").arg("-u").output().ok()?;
    if root.stdout.trim_ascii() != b"0" {
        return None;
    }
    let apt = |args: &[&str]| {
        let mut apt = Command::new(&apt);
        apt.args(args).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()).stdout(Stdio::null());
        apt.status().is_ok_and(|status| status.success())
    };
    let install = [&["install", "--yes", "--no-install-recommends"], DEBIAN.as_slice()].concat();
    eprintln!("installing {}", DEBIAN.join(", "));
    // The lists of a fresh container are empty or old, which only shows in the failure.
    if apt(&install) || (apt(&["update"]) && apt(&install)) { chromium() } else { None }
}

/// The folder of the npm packages, installed if need be: exactly those of the lock file.
fn modules() -> Result<Option<PathBuf>> {
    let folder = target().join("pages");
    std::fs::create_dir_all(&folder)?;
    let lock = home().join("package-lock.json");
    let installed = folder.join("node_modules").join(".rapporteur-lock");
    let wanted = std::fs::read(&lock)?;
    if std::fs::read(&installed).is_ok_and(|have| have == wanted) {
        return Ok(Some(folder));
    }
    let Some(npm) = find("npm") else {
        return Ok(None);
    };
    for name in ["package.json", "package-lock.json"] {
        std::fs::copy(home().join(name), folder.join(name))?;
    }
    let done = Command::new(npm)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(&folder)
        .stdout(Stdio::null())
        .status()?;
    if !done.success() {
        return Ok(None);
    }
    std::fs::copy(&lock, &installed)?;
    Ok(Some(folder))
}

/// A program by its name, where a shell would find it.
fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| is_file(file))
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|m| m.is_file())
}
