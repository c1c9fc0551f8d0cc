//! `rapporteur findings`: one report after the other, each by itself.

use crate::util::{Dir, report};

#[test]
fn the_text_is_shown_with_what_was_said_marked() {
    let dir = Dir::with_reports(1);
    let ran = dir.run("findings a.txt").code(0).quiet();
    let ran = ran.says("“[1: The weir a stays open until the snow has melted,]” Orlan said.\n").says("STATEMENTS 1\n");
    let ran = ran.says(" 1  direct · Mira Orlan (“Orlan”) · said\n").says("NAMES ").says("DATES ");
    assert!(ran.out.starts_with("a.txt"), "{}", ran.out);
    dir.write("a.json", r#"{"outlet": "Tesk Herald", "published": "2031-03-04"}"#);
    dir.run("findings a.txt").code(0).says("a.txt · Tesk Herald · 2031-03-04\n");
    dir.run("findings a.txt -w 40").code(0).says("STATEMENTS 1");
}

#[test]
fn json_is_an_array_with_the_source_of_each() {
    let dir = Dir::with_reports(2);
    let ran = dir.run("findings b.txt a.txt -f json").code(0).quiet();
    let all: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let sources: Vec<&str> = all.as_array().unwrap().iter().map(|f| f["source"].as_str().unwrap()).collect();
    assert_eq!(sources, ["b.txt", "a.txt"], "in the order asked for");
    let said = &all[0]["statements"][0];
    assert_eq!(said["mode"], "direct");
    assert_eq!(said["content"]["exact"], "The weir b stays open until the snow has melted,");
    let speaker = said["speaker"].as_u64().unwrap() as usize;
    assert_eq!(all[0]["actors"][speaker]["name"], "Mira Orlan");
    assert!(all[0]["dates"].is_array());
    let lines = dir.run("findings b.txt a.txt -f jsonl").code(0).quiet().out;
    let lines: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(all, serde_json::Value::Array(lines), "the same, a line a report");
}

#[test]
fn every_line_keeps_its_width() {
    let dir = Dir::with_reports(2);
    for width in [30, 60] {
        let ran = dir.run(&format!("findings . -w {width}")).code(0);
        assert!(ran.out.lines().all(|l| l.chars().count() <= width), "{}", ran.out);
    }
}

#[test]
fn colours_only_where_they_are_wanted() {
    let dir = Dir::with_reports(1);
    assert!(!dir.run("findings a.txt").out.contains('\u{1b}'), "a pipe gets none");
    let shown = dir.run("findings a.txt --color always").code(0).says("\u{1b}[4m").says("¹").out;
    assert!(!shown.contains("[1:"), "underlined, not in brackets: {shown}");
    dir.run("findings a.txt -o f.txt --color never").code(0).quiet();
    assert!(dir.read("f.txt").contains("[1: The weir"));
}

#[test]
fn input_is_read_as_by_the_other_commands() {
    let dir = Dir::with_reports(2);
    dir.run("findings nowhere.txt").code(1).tells("nowhere.txt");
    dir.run("findings a.txt b.txt --outlet Herald").code(2).tells("'--outlet' is for a single file");
    dir.run("findings a.txt --outlet Herald").code(0).quiet().says("· Herald");
    dir.run("findings a.txt nowhere.txt").code(0).says("a.txt").tells("warning: nowhere.txt");
    dir.pipe("findings -", &report("weir")).code(0).quiet().says("STATEMENTS 1");
    dir.run("findings a.txt -f html").code(2).tells("text, json");
}
