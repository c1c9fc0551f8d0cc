//! What is inside the command, for those who have to know: CycloneDX, made from what cargo says is linked.
//!
//! Crates that only work at build time are not inside and not listed; what is no crate (SQLite, the model, the weights, the
//! places of GeoNames) is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{Release, hex, output};
use crate::run::{cargo, root};

/// A crate that is linked into the command.
pub(super) struct Linked {
    pub(super) name: String,
    pub(super) version: String,
    /// As an SPDX expression.
    pub(super) licence: String,
    /// The folder of its sources.
    pub(super) folder: PathBuf,
    /// One of our own.
    pub(super) own: bool,
    /// Its address of packages.
    purl: String,
    /// Cargo's name of it.
    id: String,
}

/// Where the list comes to lie.
pub(super) fn path(release: &Release) -> PathBuf {
    release.out.join(format!("rapporteur-{}.cdx.json", release.version))
}

/// Writes the list and gives the crates.
pub(super) fn write(release: &Release) -> Result<Vec<Linked>> {
    let metadata =
        output(cargo().args(["metadata", "--format-version=1", "--locked", "--features=rapporteur-cli/full"]))?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let linked = linked(&metadata)?;
    let sums = sums()?;
    let mut components: Vec<Value> =
        linked.iter().filter(|one| !is_command(one)).map(|one| component(one, &sums)).collect();
    components.extend(others(&linked)?);
    let command = linked.iter().find(|one| is_command(one)).context("the command is not among its crates")?;
    let mut list = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": timestamp(&release.time)?,
            "component": {
                "type": "application", "bom-ref": command.purl, "name": "rapporteur", "version": release.version,
                "licenses": [{ "expression": command.licence }],
            },
        },
        "components": components,
        "dependencies": dependencies(&metadata, &linked),
    });
    // The same list has the same number: made from its own sum, in the form of a random one.
    let sum = hex(&serde_json::to_vec(&list)?);
    let uuid = [&sum[..8], &sum[8..12], &format!("4{}", &sum[13..16]), &format!("8{}", &sum[17..20]), &sum[20..32]];
    list["serialNumber"] = json!(format!("urn:uuid:{}", uuid.join("-")));
    release.clear("rapporteur-", ".cdx.json")?;
    fs::write(path(release), serde_json::to_string_pretty(&list)? + "\n")?;
    Ok(linked)
}

fn is_command(one: &Linked) -> bool {
    one.name == "rapporteur-cli"
}

/// The crates, by name and version, of what `cargo tree` lists.
fn linked(metadata: &Value) -> Result<Vec<Linked>> {
    let tree = output(cargo().args([
        "tree",
        "--locked",
        "--package=rapporteur-cli",
        "--features=full",
        "--edges=normal,no-proc-macro",
        "--prefix=none",
        "--format={p}",
    ]))?;
    let inside: BTreeSet<(&str, &str)> = tree
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some((words.next()?, words.next()?.strip_prefix('v')?))
        })
        .collect();
    let mut found = Vec::new();
    for package in metadata["packages"].as_array().context("cargo metadata has no packages")? {
        let field = |name: &str| package[name].as_str().with_context(|| format!("a package without {name}"));
        let (name, version) = (field("name")?, field("version")?);
        if !inside.contains(&(name, version)) {
            continue;
        }
        // Older crates write a slash for "or".
        let licence = field("license")?.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ");
        found.push(Linked {
            name: name.into(),
            version: version.into(),
            licence,
            folder: Path::new(field("manifest_path")?).parent().context("no folder")?.into(),
            own: package["source"].is_null(),
            purl: format!("pkg:cargo/{name}@{}", version.replace('+', "%2B")),
            id: field("id")?.into(),
        });
    }
    found.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(found)
}

fn component(one: &Linked, sums: &BTreeMap<(String, String), String>) -> Value {
    let mut component = json!({
        "type": "library", "bom-ref": one.purl, "name": one.name, "version": one.version, "purl": one.purl,
        "licenses": [{ "expression": one.licence }],
    });
    if let Some(sum) = sums.get(&(one.name.clone(), one.version.clone())) {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": sum }]);
    }
    component
}

/// The sums of Cargo.lock, which the registry's packages were fetched by.
fn sums() -> Result<BTreeMap<(String, String), String>> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    let value = |package: &str, key: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""))?;
        Some(line.trim_end_matches('"').to_owned())
    };
    let of = |package: &str| Some(((value(package, "name")?, value(package, "version")?), value(package, "checksum")?));
    Ok(lock.split("[[package]]").filter_map(of).collect())
}

/// What is inside and no crate.
fn others(linked: &[Linked]) -> Result<Vec<Value>> {
    let file = |kind: &str, name: &str, version: &str, licence: &str, path: &str| -> Result<Value> {
        let sum = hex(&fs::read(root().join(path)).with_context(|| format!("cannot read {path}"))?);
        let mut component = json!({
            "type": kind, "bom-ref": path, "name": name, "licenses": [{ "expression": licence }],
            "hashes": [{ "alg": "SHA-256", "content": sum }],
        });
        if !version.is_empty() {
            component["version"] = json!(version);
        }
        Ok(component)
    };
    let model = "crates/rapporteur-language/model/en_core_web_sm-3.8.0.rlm";
    let weights = "crates/rapporteur-reader/weights/tagger.safetensors";
    let kind = "machine-learning-model";
    let mut all = vec![
        file(kind, "en_core_web_sm", "3.8.0", "MIT", model)?,
        file(kind, "tagger, fitted on all-MiniLM-L6-v2", "", "Apache-2.0", weights)?,
        file("data", "cities, in part of GeoNames", "", "CC-BY-4.0", "crates/rapporteur-lexicon/data/places.tsv")?,
    ];
    if let Some(sqlite) = linked.iter().find(|one| one.name == "libsqlite3-sys") {
        let header = fs::read_to_string(sqlite.folder.join("sqlite3/sqlite3.h"))?;
        let line =
            header.lines().find_map(|line| line.strip_prefix("#define SQLITE_VERSION ")).context("no version")?;
        let version = line.trim().trim_matches('"');
        let purl = format!("pkg:generic/sqlite@{version}");
        all.push(json!({
            "type": "library", "bom-ref": purl, "name": "sqlite", "version": version, "purl": purl,
            "cpe": format!("cpe:2.3:a:sqlite:sqlite:{version}:*:*:*:*:*:*:*"), "licenses": [{ "expression": "blessing" }],
        }));
    }
    Ok(all)
}

/// Which needs which, among what is inside.
fn dependencies(metadata: &Value, linked: &[Linked]) -> Vec<Value> {
    let purls: BTreeMap<&str, &str> = linked.iter().map(|one| (one.id.as_str(), one.purl.as_str())).collect();
    let none = Vec::new();
    let list = |value: &Value| value.as_array().unwrap_or(&none).clone();
    let mut all = BTreeMap::new();
    for node in list(&metadata["resolve"]["nodes"]) {
        let Some(purl) = node["id"].as_str().and_then(|id| purls.get(id)) else { continue };
        let normal = |dep: &&Value| list(&dep["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
        let deps = list(&node["deps"]);
        let needs = deps.iter().filter(normal).filter_map(|dep| purls.get(dep["pkg"].as_str()?).copied());
        all.insert(purl.to_string(), needs.map(str::to_owned).collect::<BTreeSet<String>>());
    }
    all.into_iter().map(|(purl, needs)| json!({ "ref": purl, "dependsOn": needs })).collect()
}

/// The commit's time in the form that the list wants.
fn timestamp(seconds: &str) -> Result<String> {
    let mut date = std::process::Command::new("date");
    let told = output(date.args(["--utc", "--date", &format!("@{seconds}"), "+%Y-%m-%dT%H:%M:%SZ"]))?;
    Ok(told.trim().to_owned())
}
