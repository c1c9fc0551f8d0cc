//! The binary that links to nothing, and the container that holds nothing else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::{Release, output, trial};
use crate::run::{check, root};

/// The binary's path, unless this machine cannot make one.
pub(super) fn make(release: &mut Release) -> Result<Option<PathBuf>> {
    let triple = format!("{}-unknown-linux-musl", std::env::consts::ARCH);
    let library = output(Command::new("rustc").args(["--print", "target-libdir", "--target", &triple]));
    if !library.is_ok_and(|folder| Path::new(folder.trim()).is_dir()) {
        release.leave_out(format!(
            "the static binary, because Rust's library for {triple} is not here; rustup target add {triple}"
        ));
        return Ok(None);
    }
    // SQLite and ring are C.
    let name = format!("CC_{}", triple.replace('-', "_"));
    let compiler = std::env::var_os(&name).unwrap_or_else(|| "musl-gcc".into());
    if !quietly(Command::new(&compiler).arg("--version")) {
        release.leave_out(format!(
            "the static binary, because there is no {} here (Debian: musl-tools), nor another in {name}",
            compiler.display()
        ));
        return Ok(None);
    }
    let program = release.build(Some(&triple), &[(&name, &compiler)])?;
    release.clear("rapporteur-", "-linux-static")?;
    let to = release.out.join(format!("rapporteur-{}-{}-linux-static", release.version, std::env::consts::ARCH));
    fs::copy(program, &to)?;
    check(Command::new("strip").arg(&to)).context("Debian: binutils")?;
    trial::alone(release, &to)?;
    Ok(Some(to))
}

/// The container file beside the binary that it takes; built and run where a container can be.
pub(super) fn container(release: &mut Release, made: Option<&Path>) -> Result<()> {
    let is_static = |path: &PathBuf| path.to_string_lossy().ends_with("-linux-static");
    let earlier = || fs::read_dir(&release.out).ok()?.flatten().map(|entry| entry.path()).find(is_static);
    if made.is_none() && earlier().is_none() {
        release.leave_out("the container, because it holds the static binary, which is not here".into());
        return Ok(());
    }
    let file = release.out.join("Containerfile");
    fs::copy(root().join("packaging/Containerfile"), &file)?;
    let runtimes = ["podman", "docker"];
    let Some(runtime) = runtimes.into_iter().find(|runtime| quietly(Command::new(runtime).arg("info"))) else {
        let followed = trial::container(release, &file)?;
        release.leave_out(format!(
            "the container's image, because neither podman nor docker runs here; its file is written{}",
            if followed { ", and what it says was done by hand in a root of its own and tried" } else { "" }
        ));
        return Ok(());
    };
    let tag = format!("rapporteur:{}", release.version);
    check(Command::new(runtime).args(["build", "--tag", &tag, "--file"]).arg(&file).arg(&release.out))?;
    let volume = format!("{}:/data:ro", root().join("examples").display());
    trial::example(Command::new(runtime).args(["run", "--rm", "--volume", &volume, &tag, "brief", "strait"]))
}

fn quietly(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
}
