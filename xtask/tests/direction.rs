//! Data flows one way: a crate may use only those that stand before it.

use std::path::Path;
use std::process::Command;

/// The crates in the order in which data flows through them.
const ORDER: &[&str] = &[
    "rapporteur-schema",
    "rapporteur-lexicon",
    "rapporteur-scorer",
    "rapporteur-source",
    "rapporteur-language",
    "rapporteur-reader",
    "rapporteur-findings",
    "rapporteur-record",
    "rapporteur-dossier",
    "rapporteur-export",
    "rapporteur-brief",
    "rapporteur-check",
    "rapporteur",
    "rapporteur-server",
    "rapporteur-mcp",
    "rapporteur-cli",
    "rapporteur-python",
];

/// All that the facade puts together: what shows it to people and programs knows only the facade.
const BEHIND_THE_FACADE: &[&str] = &[
    "rapporteur-schema",
    "rapporteur-lexicon",
    "rapporteur-source",
    "rapporteur-language",
    "rapporteur-reader",
    "rapporteur-findings",
    "rapporteur-record",
    "rapporteur-dossier",
    "rapporteur-brief",
    "rapporteur-check",
    "rapporteur-export",
];

/// The stages before the record is whole: what is drawn from it does not reach back to them.
const BEFORE_THE_RECORD: &[&str] = &[
    "rapporteur-source",
    "rapporteur-language",
    "rapporteur-reader",
    "rapporteur-findings",
    "rapporteur-record",
    "rapporteur-dossier",
];

/// What a crate must not use though it stands before it: stages that know only the stage before them.
const APART: &[(&str, &[&str])] = &[
    ("rapporteur-language", &["rapporteur-schema", "rapporteur-source"]),
    // What a word means is data of the annotations, and scores know no report: only the arithmetic and the notions are shared.
    ("rapporteur-scorer", &["rapporteur-schema", "rapporteur-lexicon"]),
    ("rapporteur-reader", &["rapporteur-lexicon", "rapporteur-source"]),
    ("rapporteur-findings", &["rapporteur-source"]),
    ("rapporteur-record", &["rapporteur-source", "rapporteur-language", "rapporteur-reader", "rapporteur-findings"]),
    (
        "rapporteur-dossier",
        &["rapporteur-source", "rapporteur-language", "rapporteur-reader", "rapporteur-findings", "rapporteur-record"],
    ),
    ("rapporteur-brief", BEFORE_THE_RECORD),
    // A draft is compared with what the merging of reports knows of words and values.
    (
        "rapporteur-check",
        &[
            "rapporteur-source",
            "rapporteur-language",
            "rapporteur-reader",
            "rapporteur-findings",
            "rapporteur-dossier",
            "rapporteur-export",
            "rapporteur-brief",
        ],
    ),
    ("rapporteur-export", BEFORE_THE_RECORD),
    ("rapporteur-server", BEHIND_THE_FACADE),
    ("rapporteur-mcp", BEHIND_THE_FACADE),
    ("rapporteur-cli", BEHIND_THE_FACADE),
    ("rapporteur-python", BEHIND_THE_FACADE),
];

/// Where there are crates: the workspace, and the Python module, which is one of its own.
const WORKSPACES: &[&str] = &["Cargo.toml", "python/Cargo.toml"];

#[test]
fn a_crate_uses_only_those_before_it() {
    let mut packages = Vec::new();
    for manifest in WORKSPACES {
        let cargo = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version=1", "--no-deps", "--offline", "--manifest-path"])
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(manifest))
            .output()
            .unwrap();
        let metadata: serde_json::Value = serde_json::from_slice(&cargo.stdout).unwrap();
        packages.extend(metadata["packages"].as_array().unwrap().iter().cloned());
    }
    let place = |name: &str| ORDER.iter().position(|o| *o == name);
    let mut wrong = Vec::new();
    for package in &packages {
        let name = package["name"].as_str().unwrap();
        if name == "xtask" {
            continue;
        }
        let Some(at) = place(name) else {
            wrong.push(format!("{name} has no place in the order"));
            continue;
        };
        for dependency in package["dependencies"].as_array().unwrap() {
            // Tests and examples may look at anything.
            if dependency["kind"].as_str() == Some("dev") {
                continue;
            }
            let used = dependency["name"].as_str().unwrap();
            let apart = APART.iter().any(|(n, not)| *n == name && not.contains(&used));
            if apart || place(used).is_some_and(|p| p >= at) {
                wrong.push(format!("{name} must not use {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
