//! Each thing tried where nothing else is: a root with the named libraries alone, an empty root, a fresh environment.
//!
//! Only root may enter another root. Whoever else makes a release has the program run where it was unpacked.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::{Release, output};
use crate::run::{check, root};

/// What the first line of a brief of the example says, however it was installed.
const SAYS: &str = "5 reports · 4 outlets";

/// Unpacks the package beside the libraries that it asks for, and nothing else, and reads the example there.
pub(super) fn deb(release: &Release, package: &Path) -> Result<()> {
    let place = release.scratch("deb-root")?;
    check(Command::new("dpkg-deb").arg("--extract").arg(package).arg(&place))?;
    // As the package says; a library that it forgot is missing here.
    let depends = output(Command::new("dpkg-deb").arg("--field").arg(package).arg("Depends"))?;
    let names = depends.split(',').filter_map(|one| one.split_whitespace().next());
    let files = output(Command::new("dpkg").arg("--listfiles").args(names))?;
    let libraries = files.lines().filter(|file| file.contains("/lib") && file.contains(".so"));
    let mut copy = Command::new("cp");
    copy.args(["--parents", "--no-dereference", "--target-directory"]).arg(&place);
    check(copy.args(libraries.filter(|file| Path::new(file).is_file())))?;
    inside(&place, "usr/bin/rapporteur", &release.version)?;
    for unit in ["rapporteur-watch@.service", "rapporteur-serve@.service"] {
        ensure!(place.join("usr/lib/systemd/system").join(unit).is_file(), "{unit} is not in the package");
    }
    install(release, package)
}

/// Has dpkg itself install and remove it, into a root of its own, as far as the machine allows.
fn install(release: &Release, package: &Path) -> Result<()> {
    if !is_root() {
        eprintln!("note: not root, so dpkg did not install it into a root of its own");
        return Ok(());
    }
    let place = release.scratch("dpkg-root")?;
    let administration = place.join("var/lib/dpkg");
    for folder in ["info", "updates", "triggers"] {
        fs::create_dir_all(administration.join(folder))?;
    }
    fs::write(administration.join("status"), "")?;
    let log = format!("--log={}", place.join("dpkg.log").display());
    let dpkg = |args: &[&str], what: &std::ffi::OsStr| {
        // A root without a shell runs no scripts: they run from outside, and keep to the root that they are told.
        let mut dpkg = Command::new("dpkg");
        dpkg.arg("--root").arg(&place).arg(&log).args(["--force-depends", "--force-script-chrootless"]);
        check(dpkg.args(args).arg(what))
    };
    dpkg(&["--install"], package.as_os_str())?;
    ensure!(place.join("usr/bin/rapporteur").is_file(), "dpkg has not installed the command");
    dpkg(&["--purge"], "rapporteur".as_ref())?;
    ensure!(!place.join("usr/bin/rapporteur").exists(), "dpkg has not removed the command");
    Ok(())
}

/// A binary alone in a root: nothing to link to, no /tmp, no /etc.
pub(super) fn alone(release: &Release, program: &Path) -> Result<()> {
    let place = release.scratch("static-root")?;
    fs::create_dir_all(place.join("usr/bin"))?;
    fs::copy(program, place.join("usr/bin/rapporteur"))?;
    inside(&place, "usr/bin/rapporteur", &release.version)
}

/// What a container file says, done by hand in a root of its own: its files laid there, its entry point run as its user. Whether it
/// could be, for that takes root.
pub(super) fn container(release: &Release, file: &Path) -> Result<bool> {
    if !is_root() {
        return Ok(false);
    }
    let place = release.scratch("container-root")?;
    let (mut user, mut folder, mut entry, mut given) = (String::new(), String::new(), Vec::new(), Vec::new());
    let text = fs::read_to_string(file)?;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (step, rest) = line.split_once(' ').with_context(|| format!("{line:?} is no step"))?;
        match step {
            "FROM" => ensure!(rest == "scratch", "the container begins with {rest}, not with nothing"),
            "COPY" => copy(&release.out, &place, rest)?,
            "USER" => rest.clone_into(&mut user),
            "WORKDIR" => rest.clone_into(&mut folder),
            "ENTRYPOINT" => entry = serde_json::from_str::<Vec<String>>(rest)?,
            "CMD" => given = serde_json::from_str::<Vec<String>>(rest)?,
            "EXPOSE" => {}
            other => anyhow::bail!("{other} is a step that this trial does not know"),
        }
    }
    let (program, first) = entry.split_first().context("the container has no entry point")?;
    let data = place.join(folder.trim_start_matches('/')).join("strait");
    fs::create_dir_all(&data)?;
    for entry in fs::read_dir(root().join("examples/strait"))?.flatten().filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), data.join(entry.file_name()))?;
    }
    let enter = || {
        let mut chroot = Command::new("chroot");
        chroot.arg(format!("--userspec={user}")).arg(&place).arg(program).args(first).env_clear();
        chroot.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        chroot
    };
    says(enter().args(&given), "rapporteur")?;
    says(enter().arg("brief").arg(format!("{folder}/strait")), SAYS)?;
    Ok(true)
}

/// `COPY FROM TO`, where FROM may have a star in its last part; a folder ends with a slash.
fn copy(out: &Path, place: &Path, paths: &str) -> Result<()> {
    let (from, to) = paths.split_once(' ').with_context(|| format!("COPY {paths:?} has no two paths"))?;
    let (begin, end) = from.split_once('*').unwrap_or((from, ""));
    let fits = |name: &str| name.starts_with(begin) && name.ends_with(end) && (from.contains('*') || name == from);
    let found = fs::read_dir(out)?.flatten().find(|entry| entry.file_name().to_str().is_some_and(fits));
    let found = found.with_context(|| format!("nothing in {} is called {from}", out.display()))?;
    let mut target = place.join(to.trim_start_matches('/'));
    if to.ends_with('/') {
        target = target.join(found.file_name());
    }
    fs::create_dir_all(target.parent().context("a path has a folder")?)?;
    fs::copy(found.path(), target)?;
    Ok(())
}

/// A wheel in a fresh environment that asks no index: the command and the module.
pub(super) fn wheel(release: &Release, wheel: &Path) -> Result<()> {
    let place = release.scratch("venv")?;
    check(Command::new("python3").args(["-m", "venv"]).arg(&place)).context("Debian: python3-venv")?;
    let bin = place.join("bin");
    let mut pip = Command::new(bin.join("python"));
    pip.args(["-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--no-index"]).arg(wheel);
    check(&mut pip)?;
    let example = root().join("examples/strait");
    says(Command::new(bin.join("rapporteur")).arg("--version"), &release.version)?;
    says(Command::new(bin.join("rapporteur")).arg("brief").arg(&example), SAYS)?;
    let module = "import rapporteur, sys; print(len(rapporteur.read(sys.argv[1]).reports), 'reports')";
    says(Command::new(bin.join("python")).args(["-c", module]).arg(&example).current_dir(&place), "5 reports")
}

/// Runs the program with this folder as its root, or at least from it.
fn inside(place: &Path, program: &str, version: &str) -> Result<()> {
    let example = place.join("strait");
    fs::create_dir_all(&example)?;
    for entry in fs::read_dir(root().join("examples/strait"))?.flatten().filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), example.join(entry.file_name()))?;
    }
    let (version_of, brief_of) = if is_root() {
        let enter = || {
            let mut chroot = Command::new("chroot");
            chroot.arg(place).arg(format!("/{program}")).env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
            chroot
        };
        (enter(), (enter(), "/strait".into()))
    } else {
        eprintln!("note: not root, so the program runs outside of {}", place.display());
        (Command::new(place.join(program)), (Command::new(place.join(program)), example))
    };
    let (mut version_of, (mut brief_of, example)) = (version_of, brief_of);
    says(version_of.arg("--version"), version)?;
    says(brief_of.arg("brief").arg(example), SAYS)
}

fn says(command: &mut Command, words: &str) -> Result<()> {
    let told = output(command)?;
    ensure!(told.contains(words), "{command:?} does not say {words:?}:\n{told}");
    eprintln!("tried: {command:?}");
    Ok(())
}

fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Whether this command prints the brief of the example.
pub(super) fn example(command: &mut Command) -> Result<()> {
    says(command, SAYS)
}
