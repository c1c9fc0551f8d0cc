//! `cargo xtask features`: does it build without what can be left out, and with the oldest Rust that it says it builds with?
//!
//! It takes long, and what it looks for changes seldom: it is no part of `cargo xtask test`.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::run::{cargo, check};

pub(crate) fn run() -> Result<()> {
    let metadata = metadata()?;
    for (package, features) in features(&metadata) {
        if features.is_empty() {
            continue;
        }
        compiles(&package, "with none", &[])?;
        for feature in &features {
            compiles(&package, &format!("with {feature} alone"), &[feature])?;
        }
        for left_out in &features {
            let others: Vec<&str> = features.iter().filter(|f| *f != left_out).map(String::as_str).collect();
            if others.len() > 1 {
                compiles(&package, &format!("without {left_out}"), &others)?;
            }
        }
    }
    oldest_rust(&metadata)
}

/// The packages of this workspace, and the features of each that are no mere groups of others.
fn features(metadata: &Value) -> BTreeMap<String, Vec<String>> {
    let own = |package: &&Value| package["source"].is_null();
    let packages = metadata["packages"].as_array().into_iter().flatten().filter(own);
    let all = packages.map(|package| {
        let features = package["features"].as_object().into_iter().flatten();
        let single = features.map(|(name, _)| name.clone()).filter(|name| name != "default" && name != "full");
        (package["name"].as_str().unwrap_or_default().to_owned(), single.collect())
    });
    all.collect()
}

/// Checks one package with these features and no others.
fn compiles(package: &str, what: &str, features: &[&str]) -> Result<()> {
    eprintln!("── {package} {what}");
    let features = features.join(",");
    let flags = ["check", "--quiet", "--locked", "--package", package, "--no-default-features", "--features"];
    // A warning is a name that nothing uses any more without the feature.
    check(cargo().args(flags).arg(&features).env("RUSTFLAGS", "-D warnings"))
}

/// Nothing is used that came later than the version in Cargo.toml, here or in what is fetched.
fn oldest_rust(metadata: &Value) -> Result<()> {
    let packages = || metadata["packages"].as_array().into_iter().flatten();
    let own = packages().find(|p| p["name"] == "rapporteur-cli").context("where is the command?")?;
    let stated = own["rust_version"].as_str().context("Cargo.toml states no Rust version")?;
    let newer: Vec<String> = packages()
        .filter(|p| p["rust_version"].as_str().is_some_and(|v| version(v) > version(stated)))
        .map(|p| format!("{} {} wants {}", p["name"], p["version"], p["rust_version"]))
        .collect();
    ensure!(newer.is_empty(), "what is fetched wants a newer Rust than {stated}: {}", newer.join(", "));
    eprintln!("── nothing of the standard library that is younger than Rust {stated}");
    let clippy = ["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--features", "rapporteur-cli/full"];
    check(cargo().args(clippy).args(["--", "-A", "clippy::all", "-D", "clippy::incompatible_msrv"]))?;
    let toolchain = Command::new("rustup").args(["run", stated, "cargo", "--version"]).output();
    if toolchain.is_ok_and(|o| o.status.success()) {
        eprintln!("── with Rust {stated} itself");
        return check(Command::new("rustup").args(["run", stated, "cargo", "check", "--workspace", "--locked"]));
    }
    eprintln!("note: Rust {stated} itself is not here ('rustup toolchain install {stated}'); the lint had to do");
    Ok(())
}

/// A version as numbers.
fn version(written: &str) -> Vec<u32> {
    written.split('.').filter_map(|part| part.parse().ok()).collect()
}

fn metadata() -> Result<Value> {
    let output = cargo().args(["metadata", "--format-version", "1", "--locked"]).output().context("cargo metadata")?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        assert!(version("1.100") > version("1.92") && version("1.92.1") > version("1.92"));
    }
}
