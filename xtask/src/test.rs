//! `cargo xtask test`: everything a change must pass, in the order in which it fails fastest.

use anyhow::{Context, Result};

use crate::run::{cargo, check, shared};

pub(crate) fn run() -> Result<()> {
    step("format", &["fmt", "--all", "--check"]).context("run `cargo fmt --all`")?;
    step("lints", &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])?;
    heading("links of the documentation");
    check(cargo().env("RUSTDOCFLAGS", "-D warnings").args([
        "doc",
        "--workspace",
        "--no-deps",
        "--document-private-items",
        "--locked",
        "--quiet",
    ]))?;
    if shared().is_none() {
        eprintln!("note: ../shared is not here; the tests on real reports will count as ignored");
    }
    heading("tests");
    check(cargo().env("INSTA_UPDATE", "no").args(["test", "--workspace", "--locked"]))?;
    heading("exports, in the programs they are made for");
    crate::readers::run()?;
    // Last, so that the test runner's own closing lines are the last thing printed.
    heading("pages, in a browser");
    crate::pages::run()
}

fn step(name: &str, args: &[&str]) -> Result<()> {
    heading(name);
    check(cargo().args(args))
}

fn heading(name: &str) {
    eprintln!("── {name}");
}
