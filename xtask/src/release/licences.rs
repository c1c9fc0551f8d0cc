//! The licences of what is inside the command, in one file: most ask for their text to go along with a binary.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Result;

use super::Release;
use super::inventory::Linked;
use crate::run::root;

/// The file's name.
pub(super) const FILE: &str = "THIRD-PARTY-LICENSES.txt";

/// Writes every text once, under the names of those whose it is.
pub(super) fn write(release: &Release, linked: &[Linked]) -> Result<()> {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut without = Vec::new();
    for one in linked.iter().filter(|one| !one.own) {
        let name = format!("{} {} ({})", one.name, one.version, one.licence);
        let found = of_folder(&one.folder)?;
        if found.is_empty() {
            without.push(name.clone());
        }
        for text in found {
            let owners = texts.entry(text).or_default();
            if owners.last() != Some(&name) {
                owners.push(name.clone());
            }
        }
    }
    for (folder, name) in [
        ("crates/rapporteur-language/model", "the language model en_core_web_sm 3.8.0 (MIT)"),
        ("crates/rapporteur-reader/weights", "the tagger's weights, fitted on all-MiniLM-L6-v2 (Apache-2.0)"),
    ] {
        for text in of_folder(&root().join(folder))? {
            texts.entry(text).or_default().push(name.into());
        }
    }
    let mut all: Vec<(Vec<String>, String)> = texts.into_iter().map(|(text, owners)| (owners, text)).collect();
    all.sort();
    let mut file = String::from(
        "What the command rapporteur contains of others, and under which licences.\n\n\
         The larger cities of crates/rapporteur-lexicon/data/places.tsv are GeoNames' (https://www.geonames.org, CC BY 4.0, changed as\n\
         that file says). The sources of every crate, also of those under MPL-2.0, are at https://crates.io.\n",
    );
    let line = "=".repeat(100);
    for (owners, text) in all {
        write!(file, "\n{line}\n{}\n{line}\n\n{text}\n", owners.join("\n"))?;
    }
    if !without.is_empty() {
        write!(file, "\n{line}\nWhose packages name a licence and hold no text of it:\n{}\n", without.join("\n"))?;
    }
    fs::write(release.out.join(FILE), file)?;
    Ok(())
}

/// The texts of licences in a folder, in the order of the files' names.
fn of_folder(folder: &Path) -> Result<Vec<String>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let begins = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];
    let is_licence = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        path.is_file() && begins.iter().any(|begin| name.starts_with(begin))
    };
    let mut texts = Vec::new();
    for path in paths.iter().filter(|path| is_licence(path)) {
        texts.push(String::from_utf8_lossy(&fs::read(path)?).replace("\r\n", "\n").trim_end().to_owned());
    }
    Ok(texts)
}
