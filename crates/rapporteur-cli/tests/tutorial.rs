//! The tutorial is run: every command of it, in order, in a folder of its own, and what it prints is compared.
//!
//! `TRYCMD=overwrite cargo test -p rapporteur-cli --test tutorial` writes outputs that have changed into the documents.
//! The part on the real reports, which are not ours to ship, counts as ignored where they are not at hand.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails says so by panicking")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let seeds = seeds();
    if seeds.is_none() {
        eprintln!("note: ../shared/seeds is not here; the tutorial's part on the real reports is ignored");
    }
    let missing = seeds.is_none();
    let trials = vec![
        Trial::test("the_tutorial", || {
            walk("tutorial", &[("examples", &root().join("examples"))], true);
            Ok(())
        }),
        Trial::test("the_tutorial_of_the_readouts", || {
            walk("tutorial-readouts", &[("examples", &root().join("examples"))], true);
            Ok(())
        }),
        Trial::test("the_tutorial_of_the_real_reports", move || {
            walk("tutorial-seeds", &[("seeds", &seeds.expect("ignored where they are missing"))], false);
            Ok(())
        })
        .with_ignored_flag(missing),
    ];
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Runs the commands of `docs/NAME.md`, all in one folder that has copies of these in it.
///
/// With `TRYCMD=overwrite`, new outputs are written into the document, unless `ours` is false: then they hold words of others,
/// and may stand nowhere in the repository.
///
/// trycmd takes the folder from `NAME.in` beside the document and runs in a copy of it where there is a `NAME.out`; both
/// are laid out, with a copy of the document, where tests may write.
fn walk(name: &str, fixtures: &[(&str, &Path)], ours: bool) {
    let (document, stage) = (root().join("docs").join(name).with_extension("md"), place(name));
    if stage.exists() {
        std::fs::remove_dir_all(&stage).unwrap();
    }
    let (inside, outside) = (stage.join(name).with_extension("in"), stage.join(name).with_extension("out"));
    std::fs::create_dir_all(&outside).unwrap();
    std::fs::write(outside.join(".keep"), "").unwrap();
    for (as_name, from) in fixtures {
        copy(from, &inside.join(as_name));
    }
    let staged = stage.join(name).with_extension("md");
    std::fs::copy(&document, &staged).unwrap();
    let cases = trycmd::TestCases::new();
    cases.register_bin("rapporteur", Path::new(env!("CARGO_BIN_EXE_rapporteur")));
    cases.case(&staged).run();
    let same = std::fs::read(&staged).unwrap() == std::fs::read(&document).unwrap();
    assert!(same || ours, "{} no longer fits; change it by hand", document.display());
    if !same {
        std::fs::copy(&staged, &document).unwrap();
        eprintln!("note: {} was written anew", document.display());
    }
}

fn place(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The real reports, beside the repository or where `RAPPORTEUR_SHARED` says.
fn seeds() -> Option<PathBuf> {
    let named = std::env::var_os("RAPPORTEUR_SHARED").map(PathBuf::from);
    let beside = root().ancestors().skip(1).map(|a| a.join("shared")).find(|p| p.join("seeds").is_dir());
    named.or(beside).map(|shared| shared.join("seeds")).filter(|seeds| seeds.is_dir())
}
