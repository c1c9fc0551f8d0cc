//! `cargo xtask test`: everything a change must pass, in the order in which it fails fastest.

use anyhow::{Context, Result};

use crate::run::{Program, cargo, check, shared};

/// All features, so that what is handed out is what was tested.
const FEATURES: [&str; 2] = ["--features", "rapporteur-cli/full"];

pub(crate) fn run() -> Result<()> {
    step("format", &["fmt", "--all", "--check"]).context("run `cargo fmt --all`")?;
    // What is fetched comes in while the compiler works.
    let fetched = std::thread::spawn(|| (crate::readers::prepare(), crate::pages::prepare()));
    let lints =
        ["clippy", "--workspace", "--all-targets", "--locked", FEATURES[0], FEATURES[1], "--", "-D", "warnings"];
    step("lints", &lints)?;
    heading("links of the documentation");
    let doc = ["doc", "--workspace", "--no-deps", "--document-private-items", "--locked", "--quiet"];
    check(cargo().env("RUSTDOCFLAGS", "-D warnings").args(doc).args(FEATURES))?;
    if shared().is_none() {
        eprintln!("note: ../shared is not here; the tests on real reports will count as ignored");
    }
    heading("tests");
    check(cargo().env("INSTA_UPDATE", "no").args(["test", "--workspace", "--locked"]).args(FEATURES))?;
    // What could not be fetched is said by those that miss it.
    let _ = fetched.join();
    heading("exports, in the programs they are made for");
    crate::readers::run(Program::Built)?;
    // Last, so that the test runner's own closing lines are the last thing printed.
    heading("pages, in a browser");
    crate::pages::run(Program::Built)
}

fn step(name: &str, args: &[&str]) -> Result<()> {
    heading(name);
    check(cargo().args(args))
}

fn heading(name: &str) {
    eprintln!("── {name}");
}
