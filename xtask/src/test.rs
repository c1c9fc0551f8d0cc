//! `cargo xtask test`: everything a change must pass, in the order in which it fails fastest.

use anyhow::{Context, Result};

use crate::pages;
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
    // The tests come last, so that the runners' own closing lines are the last thing printed; the browser after
    // all else, as it shows what the other tests explain.
    heading("tests");
    check(cargo().env("INSTA_UPDATE", "no").args(["test", "--workspace", "--locked"]))?;
    heading("pages");
    pages::run()
}

fn step(name: &str, args: &[&str]) -> Result<()> {
    heading(name);
    check(cargo().args(args))
}

fn heading(name: &str) {
    eprintln!("── {name}");
}
