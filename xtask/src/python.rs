//! `cargo xtask python`: the Python module, built, installed into an environment of its own, and tested.
//!
//! The module is a workspace of its own (an extension module cannot be linked by `cargo test`), so that nothing of it is built
//! by `cargo xtask test`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run::{cargo, check, release_binary, root};

pub(crate) fn run(args: &[String]) -> Result<()> {
    let quick = match args {
        [] => false,
        [one] if one == "--dev" => true,
        other => bail!("python takes --dev or nothing, not {other:?}"),
    };
    let manifest = home().join("Cargo.toml");
    let lint = |args: &[&str]| {
        let mut cargo = cargo();
        cargo.env("CARGO_TARGET_DIR", target()).arg(args[0]).arg("--manifest-path").arg(&manifest).args(&args[1..]);
        check(&mut cargo)
    };
    lint(&["fmt", "--check"])?;
    let program = if quick {
        check(cargo().args(["build", "--locked", "--package", "rapporteur-cli"]))?;
        target().join("debug").join("rapporteur")
    } else {
        lint(&["clippy", "--locked", "--quiet", "--", "-D", "warnings"])?;
        release_binary()?
    };
    let python = install("requirements.txt", !quick)?;
    let mut tests = Command::new(python);
    tests.current_dir(root()).arg(home().join("tests").join("test_rapporteur.py"));
    check(tests.env("RAPPORTEUR_PROGRAM", program))
}

/// The folder of the module.
pub(crate) fn home() -> PathBuf {
    root().join("python")
}

/// Where everything is built.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// An environment with what is required and the module as it is now; gives its interpreter.
pub(crate) fn install(requirements: &str, release: bool) -> Result<PathBuf> {
    let python = environment(&["--requirement", requirements])?;
    let wheels = target().join("python").join("wheels");
    let mut options = vec!["--locked", "--quiet"];
    if release {
        options.push("--release");
    }
    let wheel = wheel(&python, &wheels, &options, &[])?;
    pip(&python, &["--force-reinstall", "--no-deps", &wheel.to_string_lossy()])?;
    Ok(python)
}

/// The environment that the module is built in, with these packages; gives its interpreter.
pub(crate) fn environment(packages: &[&str]) -> Result<PathBuf> {
    let venv = target().join("python").join("venv");
    let python = venv.join("bin").join("python");
    if !python.exists() {
        check(Command::new("python3").args(["-m", "venv"]).arg(&venv))
            .context("an environment for Python 3.11 or newer is needed (Debian: python3-venv)")?;
    }
    pip(&python, packages)?;
    Ok(python)
}

fn pip(python: &Path, packages: &[&str]) -> Result<()> {
    let mut pip = Command::new(python);
    pip.current_dir(home()).args(["-m", "pip", "--quiet", "--disable-pip-version-check", "install"]).args(packages);
    check(&mut pip)
}

/// The module as a wheel, built by the environment's maturin with these options; the folder holds nothing else afterwards.
pub(crate) fn wheel(python: &Path, folder: &Path, options: &[&str], env: &[(&str, &str)]) -> Result<PathBuf> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    let mut maturin = Command::new(python.with_file_name("maturin"));
    maturin.current_dir(home()).arg("build").args(options).arg("--interpreter").arg(python).arg("--out").arg(folder);
    check(maturin.env("CARGO_TARGET_DIR", target()).envs(env.iter().copied())).context(
        "if python/Cargo.lock is behind the crates: cp Cargo.lock python/Cargo.lock && cargo metadata --manifest-path \
         python/Cargo.toml",
    )?;
    let wheel =
        std::fs::read_dir(folder)?.flatten().map(|e| e.path()).find(|p| p.extension().is_some_and(|e| e == "whl"));
    let wheel = wheel.context("maturin made no wheel")?;
    eprintln!("{} ({:.1} MB)", wheel.display(), wheel.metadata()?.len() as f64 / 1e6);
    Ok(wheel)
}
