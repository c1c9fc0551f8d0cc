//! The package for Debian and its kin: the command, its manual and completions, the units.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder};

use super::{Release, glibc, output, trial};
use crate::run::{check, root};

const SYSTEMD: &str = "usr/lib/systemd/system";
const DOC: &str = "usr/share/doc/rapporteur";

pub(super) fn make(release: &mut Release) -> Result<()> {
    let architecture = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => {
            release.leave_out(format!("the .deb, because nobody has said what Debian calls {other}"));
            return Ok(());
        }
    };
    if Command::new("dpkg-deb").arg("--version").output().is_err() {
        release.leave_out("the .deb, because there is no dpkg-deb here (Debian: dpkg; Fedora: dpkg)".into());
        return Ok(());
    }
    let program = release.build(None, &[])?;
    let tree = release.scratch("deb")?;
    fill(release, &program, &tree)?;
    control(release, &program, &tree, architecture)?;
    release.clear("rapporteur_", ".deb")?;
    let package = release.out.join(format!("rapporteur_{}_{architecture}.deb", release.version));
    let mut dpkg = Command::new("dpkg-deb");
    // Times not above the commit's, and everything root's: the same bytes whoever makes it.
    dpkg.env("SOURCE_DATE_EPOCH", &release.time).args(["--root-owner-group", "--build"]).arg(&tree).arg(&package);
    check(&mut dpkg)?;
    trial::deb(release, &package)
}

/// What comes to lie on the disk.
fn fill(release: &Release, program: &Path, tree: &Path) -> Result<()> {
    let put = |to: &str, bytes: &[u8], mode: u32| put(&tree.join(to), bytes, mode);
    put("usr/bin/rapporteur", &fs::read(program)?, 0o755)?;
    check(Command::new("strip").arg(tree.join("usr/bin/rapporteur"))).context("Debian: binutils")?;
    let told = |args: &[&str]| output(Command::new(program).args(args));
    put("usr/share/man/man1/rapporteur.1.gz", &gz(told(&["man"])?.as_bytes())?, 0o644)?;
    for (shell, to) in [
        ("bash", "usr/share/bash-completion/completions/rapporteur"),
        ("zsh", "usr/share/zsh/vendor-completions/_rapporteur"),
        ("fish", "usr/share/fish/vendor_completions.d/rapporteur.fish"),
    ] {
        put(to, told(&["completions", shell])?.as_bytes(), 0o644)?;
    }
    let packaging = root().join("packaging");
    let units = packaging.join("systemd");
    for unit in ["rapporteur-watch@.service", "rapporteur-serve@.service"] {
        put(&format!("{SYSTEMD}/{unit}"), &fs::read(units.join(unit))?, 0o644)?;
    }
    put("usr/lib/sysusers.d/rapporteur.conf", &fs::read(units.join("rapporteur.sysusers"))?, 0o644)?;
    for example in ["example.conf", "example.opml"] {
        put(&format!("{DOC}/examples/{example}"), &fs::read(units.join(example))?, 0o644)?;
    }
    put(&format!("{DOC}/copyright"), &fs::read(packaging.join("debian/copyright"))?, 0o644)?;
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        put(&format!("{DOC}/{licence}"), &fs::read(root().join(licence))?, 0o644)?;
    }
    put(&format!("{DOC}/changelog.gz"), &gz(&fs::read(root().join("CHANGELOG.md"))?)?, 0o644)?;
    let others = fs::read(release.out.join(super::licences::FILE))?;
    put(&format!("{DOC}/{}.gz", super::licences::FILE), &gz(&others)?, 0o644)?;
    put(&format!("{DOC}/sbom.cdx.json.gz"), &gz(&fs::read(super::inventory::path(release))?)?, 0o644)?;
    // Owned by root, read by the units' user through the group they are given to by hand.
    fs::create_dir_all(tree.join("etc/rapporteur"))?;
    Ok(())
}

/// What dpkg has to know.
fn control(release: &Release, program: &Path, tree: &Path, architecture: &str) -> Result<()> {
    let (major, minor) = glibc(program)?;
    let kilobytes = output(Command::new("du").args(["--summarize", "--apparent-size", "--block-size=1K"]).arg(tree))?;
    let kilobytes = kilobytes.split_whitespace().next().context("du printed nothing")?;
    let control = format!(
        "Package: rapporteur\n\
         Version: {version}\n\
         Architecture: {architecture}\n\
         Maintainer: The authors of Rapporteur <rapporteur@localhost>\n\
         Installed-Size: {kilobytes}\n\
         Depends: libc6 (>= {major}.{minor}), libgcc-s1\n\
         Section: text\n\
         Priority: optional\n\
         Homepage: https://github.com/rapporteur/rapporteur\n\
         Description: one cited record of what many outlets report about one story\n \
          Reads news reports, documents and mail, and tells what happened, where the\n \
          accounts differ, who wants what, who met whom and who said what. Every line is\n \
          the words of a report and leads back to their place. Works offline; no large\n \
          language model writes any of it.\n",
        version = release.version,
    );
    put(&tree.join("DEBIAN/control"), control.as_bytes(), 0o644)?;
    for script in ["postinst", "prerm"] {
        let bytes = fs::read(root().join("packaging/debian").join(script))?;
        put(&tree.join("DEBIAN").join(script), &bytes, 0o755)?;
    }
    Ok(())
}

fn put(to: &Path, bytes: &[u8], mode: u32) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(to, bytes).with_context(|| format!("cannot write {}", to.display()))?;
    fs::set_permissions(to, fs::Permissions::from_mode(mode))?;
    Ok(())
}

/// Packed without a name and a time.
fn gz(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut writer = GzBuilder::new().write(Vec::new(), Compression::best());
    std::io::Write::write_all(&mut writer, bytes)?;
    Ok(writer.finish()?)
}
