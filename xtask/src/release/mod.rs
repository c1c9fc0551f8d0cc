//! `cargo xtask release`: everything that is handed out to those who have no Rust, each tried where nothing else is.
//!
//! The files come to lie in `target/released`. What a machine cannot make (no compiler for musl, no `dpkg-deb`) is said loudly
//! and left out; `SHA256SUMS` is written last, of what is there.

mod deb;
mod inventory;
mod licences;
mod statics;
mod trial;
mod wheel;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::python::target;
use crate::run::{cargo, check, root};

const USAGE: &str = "release takes parts (deb, static, container, wheel; all if none is named) and --profile NAME";

/// What can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Deb,
    Static,
    Container,
    Wheel,
}

/// What all parts need to know.
struct Release {
    /// As in the workspace's table.
    version: String,
    /// Where the files come to lie.
    out: PathBuf,
    /// Which profile the command is built by: `dist`, unless somebody tries this out.
    profile: String,
    /// Seconds since 1970 of the commit, so that the same commit gives the same files.
    time: String,
    /// What was left out, and why.
    left_out: Vec<String>,
}

/// Makes what is asked for, and the lists beside it.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let (parts, profile) = parse(args)?;
    let mut release = Release::new(profile)?;
    fs::create_dir_all(&release.out)?;
    // First, because the packages carry them.
    let linked = inventory::write(&release)?;
    licences::write(&release, &linked)?;
    let mut musl = None;
    for part in parts {
        eprintln!("── {}", format!("{part:?}").to_lowercase());
        match part {
            Part::Deb => deb::make(&mut release)?,
            Part::Static => musl = statics::make(&mut release)?,
            Part::Container => statics::container(&mut release, musl.as_deref())?,
            Part::Wheel => wheel::make(&mut release)?,
        }
    }
    sums(&release.out)?;
    eprintln!("── {}", release.out.display());
    for reason in &release.left_out {
        eprintln!("LEFT OUT: {reason}");
    }
    Ok(())
}

fn parse(args: &[String]) -> Result<(Vec<Part>, String)> {
    let mut parts = Vec::new();
    let mut profile = "dist".to_owned();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        parts.push(match arg.as_str() {
            "deb" => Part::Deb,
            "static" => Part::Static,
            "container" => Part::Container,
            "wheel" => Part::Wheel,
            "--profile" => {
                args.next().context(USAGE)?.clone_into(&mut profile);
                continue;
            }
            other => bail!("{USAGE}, not {other:?}"),
        });
    }
    if parts.is_empty() {
        parts = vec![Part::Deb, Part::Static, Part::Container, Part::Wheel];
    }
    Ok((parts, profile))
}

impl Release {
    fn new(profile: String) -> Result<Release> {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let time = output(Command::new("git").current_dir(root()).args(["log", "-1", "--format=%ct"]))?;
        let out = target().join("released");
        Ok(Release { version, out, profile, time: time.trim().to_owned(), left_out: Vec::new() })
    }

    /// The command with all its features, for this machine's own system or another; its path.
    fn build(&self, triple: Option<&str>, env: &[(&str, &OsStr)]) -> Result<PathBuf> {
        let mut cargo = cargo();
        cargo.args(["build", "--locked", "--package", "rapporteur-cli", "--features", "full", "--profile"]);
        cargo.arg(&self.profile).envs(env.iter().copied());
        if let Some(triple) = triple {
            cargo.args(["--target", triple]);
        }
        check(&mut cargo)?;
        let folder = triple.map_or_else(target, |triple| target().join(triple));
        Ok(folder.join(&self.profile).join("rapporteur"))
    }

    /// An empty folder to put something together in.
    fn scratch(&self, name: &str) -> Result<PathBuf> {
        let folder = target().join("release-work").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// Removes what an earlier run has left whose name begins and ends so, so that no two versions lie side by side.
    fn clear(&self, begin: &str, end: &str) -> Result<()> {
        for entry in fs::read_dir(&self.out)?.flatten() {
            let name = entry.file_name();
            if name.to_str().is_some_and(|name| name.starts_with(begin) && name.ends_with(end)) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    fn leave_out(&mut self, reason: String) {
        eprintln!("LEFT OUT: {reason}");
        self.left_out.push(reason);
    }
}

/// `SHA256SUMS`, as `sha256sum --check` reads it, of every other file of the folder.
fn sums(out: &Path) -> Result<()> {
    let mut names: Vec<String> =
        fs::read_dir(out)?.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    let mut lines = String::new();
    for name in names.iter().filter(|name| *name != "SHA256SUMS") {
        lines += &format!("{}  {name}\n", hex(&fs::read(out.join(name))?));
    }
    fs::write(out.join("SHA256SUMS"), lines)?;
    check(Command::new("sha256sum").args(["--check", "--quiet", "SHA256SUMS"]).current_dir(out))
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a command prints.
fn output(command: &mut Command) -> Result<String> {
    let done = command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start {command:?}"))?;
    if !done.status.success() {
        bail!("{command:?} failed ({})", done.status);
    }
    String::from_utf8(done.stdout).with_context(|| format!("{command:?} printed no text"))
}

/// The newest version of the C library that a program asks for, such as (2, 34): its names of versions stand in it as text.
fn glibc(program: &Path) -> Result<(u32, u32)> {
    let bytes = fs::read(program)?;
    let mark = b"GLIBC_";
    let mut newest = None;
    for at in 0..bytes.len().saturating_sub(mark.len()) {
        if !bytes[at..].starts_with(mark) {
            continue;
        }
        let rest: String = bytes[at + mark.len()..]
            .iter()
            .map(|&byte| char::from(byte))
            .take_while(|c| c.is_ascii_digit() || *c == '.')
            .collect();
        let mut numbers = rest.split('.').map_while(|number| number.parse::<u32>().ok());
        if let (Some(major), Some(minor)) = (numbers.next(), numbers.next()) {
            newest = newest.max(Some((major, minor)));
        }
    }
    newest.with_context(|| format!("{} names no version of the C library", program.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str]) -> Result<(Vec<Part>, String)> {
        parse(&args.iter().map(|&arg| arg.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn all_is_made_for_handing_out_unless_something_is_named() -> Result<()> {
        assert_eq!(parsed(&[])?, (vec![Part::Deb, Part::Static, Part::Container, Part::Wheel], "dist".to_owned()));
        assert_eq!(parsed(&["wheel", "--profile", "release"])?, (vec![Part::Wheel], "release".to_owned()));
        assert!(parsed(&["rpm"]).is_err());
        assert!(parsed(&["--profile"]).is_err());
        Ok(())
    }

    #[test]
    fn the_newest_version_of_the_c_library_is_asked_for() -> Result<()> {
        let file = std::env::temp_dir().join(format!("rapporteur-glibc-{}", std::process::id()));
        // 2.34 is newer than 2.4, and than 2.2.5; what is no version counts as none.
        fs::write(&file, b"\0GLIBC_2.4\0GLIBC_2.34\0GLIBC_2.2.5\0GLIBC_PRIVATE\0")?;
        let newest = glibc(&file);
        fs::write(&file, b"nothing")?;
        let none = glibc(&file);
        fs::remove_file(&file)?;
        assert_eq!(newest?, (2, 34));
        assert!(none.is_err());
        Ok(())
    }
}
