//! The schema, the completions and the manual page.

use std::path::Path;

use crate::util::Dir;

#[test]
fn the_committed_schema_is_what_the_command_prints() {
    let ran = Dir::new().run("schema").code(0).quiet();
    let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert!(schema["properties"]["utterances"].is_object());
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/record.schema.json");
    let committed = std::fs::read_to_string(committed).unwrap();
    assert!(ran.out == committed, "run: cargo run -- schema > docs/record.schema.json");
}

#[test]
fn completions_for_every_shell() {
    let dir = Dir::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        dir.run(&format!("completions {shell}")).code(0).quiet().says("rapporteur").says("citations");
    }
    dir.run("completions tcsh").code(2).tells("possible values");
}

#[test]
fn manual_pages() {
    let dir = Dir::new();
    dir.run("man").code(0).quiet().says(".TH rapporteur 1").says("brief").says("Examples");
    dir.run("man brief").code(0).quiet().says(".TH rapporteur-brief 1").says("citations");
    dir.run("man nothing").code(1).tells("there is no command \"nothing\"").tells("rapporteur help");
}
