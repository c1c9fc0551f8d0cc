//! Help, usage and the brief at its simplest.

use crate::util::{Dir, Ran};

#[test]
fn every_help_has_examples() {
    let dir = Dir::new();
    for command in ["", "brief", "record", "findings", "schema", "completions", "man"] {
        dir.run(&format!("{command} --help")).code(0).quiet().says("Examples:").says("  rapporteur ");
    }
    dir.run("--version").code(0).says("rapporteur ");
}

#[test]
fn a_command_that_is_not_understood_is_a_usage_error() {
    let dir = Dir::new();
    dir.run("").code(2).tells("Usage: rapporteur");
    dir.run("breif x").code(2).tells("brief");
    dir.run("brief").code(2).tells("<PATH>");
    dir.run("brief x --format pdf").code(2).tells("text, markdown, html, json");
    dir.run("brief x --width 3").code(2).tells("24");
    dir.run("brief x --published 25.11.2025").code(2).tells("write a day 2025-11-25");
}

#[test]
fn a_brief_of_a_folder_lists_its_reports_in_order() {
    let dir = Dir::with_reports(3);
    let ran = dir.run("brief .").code(0).quiet().says("3 reports");
    let places: Vec<_> = ["a.txt", "b.txt", "c.txt"].map(|n| ran.out.find(n).expect(n)).into();
    assert!(places.is_sorted(), "{}", ran.out);
}

#[test]
fn every_format_is_written() {
    let dir = Dir::with_reports(2);
    dir.run("brief a.txt b.txt").code(0).quiet().says("2 reports");
    dir.run("brief a.txt b.txt -f markdown").code(0).quiet().says("# Brief\n");
    dir.run("brief a.txt b.txt -f html").code(0).quiet().says("<!doctype html>");
    let json = dir.run("brief a.txt b.txt -f json").code(0).quiet();
    let record = dir.run("record a.txt b.txt").code(0).quiet();
    assert_eq!(json.out, record.out, "JSON is the record");
    let read: serde_json::Value = serde_json::from_str(&record.out).unwrap();
    assert_eq!(read["schema"], "rapporteur/record/1");
    assert_eq!(read["reports"].as_array().unwrap().len(), 2);
    for field in [
        "entities",
        "dates",
        "statements",
        "utterances",
        "meetings",
        "proposals",
        "issues",
        "positions",
        "conditions",
        "discrepancies",
        "only_in",
        "reuse",
    ] {
        assert!(read[field].is_array(), "{field} is there, be it empty");
    }
}

#[test]
fn the_order_of_paths_changes_nothing() {
    let dir = Dir::with_reports(3);
    assert_eq!(dir.run("record c.txt a.txt b.txt").out, dir.run("record a.txt b.txt c.txt").out);
    assert_eq!(dir.run("brief c.txt a.txt b.txt").out, dir.run("brief a.txt b.txt c.txt").out);
}

#[test]
fn what_was_said_is_shown_with_its_speaker_and_the_exact_words() {
    let dir = Dir::with_reports(2);
    dir.run("brief a.txt").code(0).says("Orlan").says("“The weir a stays open until the snow has melted");
    dir.run("brief a.txt -c").code(0).says("a.txt 67–");
    dir.run("brief a.txt --citations --all --width 60").code(0).says("WHO SAID WHAT");
}

#[test]
fn kernels_are_chosen_by_name_and_agree() {
    let dir = Dir::with_reports(2);
    let with = |kernels: &str| {
        let mut command = dir.command("findings a.txt b.txt");
        Ran::of(command.env("RAPPORTEUR_KERNEL", kernels).output().unwrap())
    };
    let fastest = dir.run("findings a.txt b.txt").code(0);
    assert_eq!(with("portable").code(0).out, fastest.out);
    with("mmx").code(2).tells("RAPPORTEUR_KERNEL: there are no kernels called \"mmx\"; this processor runs portable");
    assert_eq!(with("").code(0).out, fastest.out, "nothing is named");
}
