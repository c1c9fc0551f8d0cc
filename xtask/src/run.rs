//! Running other programs and finding the project's folders.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or_else(|| here.to_owned(), Path::to_owned)
}

/// The folder of seeds, keys and corpora that stands beside the repository on the project's machines.
///
/// `RAPPORTEUR_SHARED` names it where it stands elsewhere.
pub(crate) fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("RAPPORTEUR_SHARED").map(PathBuf::from);
    let beside = root().ancestors().skip(1).map(|a| a.join("shared")).find(|p| p.join("seeds").is_dir());
    named.or(beside)
}

/// The shared folder, or an error that says what to do.
pub(crate) fn need_shared() -> Result<PathBuf> {
    shared().context(
        "the folder of corpora is not here: put it beside the repository as ../shared, or name it in RAPPORTEUR_SHARED",
    )
}

/// Cargo, as the one that runs this.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    // What `cargo run` tells of this very package: build scripts that look at it (ring's does) would be run again, and all
    // that depends on them built again, each time somebody builds now by cargo and now by xtask.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|n| n.starts_with("CARGO_PKG_") || n.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a command to its end.
pub(crate) fn check(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {command:?}"))?;
    if !status.success() {
        bail!("{command:?} failed ({status})");
    }
    Ok(())
}

/// The program as the tests have it, with all its features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    /// It is to be built.
    Build,
    /// `cargo test` has just built it. Built by itself it would get other features of what it depends on, and so would be
    /// compiled once more from the bottom up.
    Built,
}

impl Program {
    /// Its path.
    pub(crate) fn path(self) -> Result<PathBuf> {
        if self == Program::Build {
            check(cargo().args(["build", "--locked", "--quiet", "--package", "rapporteur-cli", "--features", "full"]))?;
        }
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
        Ok(target.join("debug").join("rapporteur"))
    }
}

/// Builds the program as `cargo run --release` has it, for what does not ask how fast it is, and gives its path.
pub(crate) fn release_binary() -> Result<PathBuf> {
    // A program that is there need not be built again.
    if let Some(path) = std::env::var_os("RAPPORTEUR_PROGRAM") {
        return Ok(PathBuf::from(path));
    }
    built("release")
}

/// Builds the program as it is handed out, for what measures its speed, and gives its path.
pub(crate) fn dist_binary() -> Result<PathBuf> {
    built("dist")
}

fn built(profile: &str) -> Result<PathBuf> {
    check(cargo().args(["build", "--profile", profile, "--locked", "--package", "rapporteur-cli"]))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join(profile).join("rapporteur"))
}
