//! The stories in `examples/` through everything: what a user sees of them, written out.
//!
//! A change of one rule shows here as a readable difference: `cargo insta review`, or `INSTA_UPDATE=always`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails says so by panicking")]

use std::path::PathBuf;

use rapporteur::{Options, Record, brief, gather, record};

/// The record of a story; the paths in it begin at the root of the repository.
fn story(name: &str) -> Record {
    let folder = PathBuf::from(format!("../../examples/{name}"));
    let mut gathered = gather(&[folder], &Options::default());
    assert!(gathered.failed.is_empty(), "{:?}", gathered.failed);
    for report in &mut gathered.reports {
        report.head.source = report.head.source.replace('\\', "/").trim_start_matches("../").to_owned();
    }
    let record = record(&gathered.reports);
    record.verify(&gathered.reports).unwrap();
    record
}

/// The record without the places where names stand, which are many and say little to a reader.
fn trimmed(record: &Record) -> serde_json::Value {
    let mut value = serde_json::to_value(record).unwrap();
    for entity in value["entities"].as_array_mut().unwrap() {
        let mentions = entity["mentions"].as_array().unwrap().len();
        entity["mentions"] = format!("({mentions} of them)").into();
    }
    value["made_with"]["version"] = "(version)".into();
    value
}

fn snapshots(name: &str) {
    let record = story(name);
    insta::assert_json_snapshot!(format!("{name}_record"), trimmed(&record));
    let style = brief::Style { width: 96, ..brief::Style::default() };
    insta::assert_snapshot!(format!("{name}_text"), brief::text(&record, &style));
    insta::assert_snapshot!(format!("{name}_markdown"), brief::markdown(&record));
    insta::assert_snapshot!(format!("{name}_html"), brief::html(&record));
}

#[test]
fn strait() {
    snapshots("strait");
}

#[test]
fn wages() {
    snapshots("wages");
}
