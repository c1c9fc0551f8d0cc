//! One wheel with the Python module and the command inside.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::{Release, glibc, trial};
use crate::python::{environment, home, wheel};
use crate::run::check;

pub(super) fn make(release: &mut Release) -> Result<()> {
    let program = release.build(None, &[])?;
    let wanted = fs::read_to_string(home().join("requirements.txt"))?;
    let maturin = wanted.lines().find(|line| line.starts_with("maturin==")).context("maturin is not required")?;
    let python = environment(&[maturin])?;
    // Maturin looks for what is to lie beside the module in a folder of the module's full name.
    let data = home().join("rapporteur._rapporteur.data");
    let made = scripts(&data, &program).and_then(|()| {
        // For whatever has a C library as new as the command asks for; maturin refuses if the module asks for a newer one.
        let (major, minor) = glibc(&program)?;
        let system = format!("manylinux_{major}_{minor}");
        let options = ["--locked", "--quiet", "--release", "--strip", "--compatibility", &system];
        // Nobody waits for the module of a release that is only tried out.
        let quick = [("CARGO_PROFILE_RELEASE_LTO", "off"), ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")];
        let env = if release.profile == "dist" { &[][..] } else { &quick[..] };
        wheel(&python, &release.scratch("wheel")?, &options, env)
    });
    // A wheel that somebody builds by hand must not get a command of long ago.
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    let made = made?;
    release.clear("rapporteur-", ".whl")?;
    let to = release.out.join(made.file_name().context("the wheel has no name")?);
    fs::copy(&made, &to)?;
    trial::wheel(release, &to)
}

/// The command where an installer takes it to the folder of commands.
fn scripts(data: &Path, program: &Path) -> Result<()> {
    let folder = data.join("scripts");
    fs::create_dir_all(&folder)?;
    let to = folder.join("rapporteur");
    fs::copy(program, &to)?;
    fs::set_permissions(&to, fs::Permissions::from_mode(0o755))?;
    check(Command::new("strip").arg(&to)).context("Debian: binutils")
}
