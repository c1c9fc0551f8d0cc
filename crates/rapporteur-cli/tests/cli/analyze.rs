//! `rapporteur analyze`: what the language runtime makes of a text.

use crate::util::Dir;

#[test]
fn conllu_has_a_document_a_file_and_ten_columns() {
    let dir = Dir::with_reports(2);
    let ran = dir.run("analyze a.txt b.txt").code(0).quiet();
    assert_eq!(ran.out.matches("# newdoc id = ").count(), 2, "{}", ran.out);
    let words = ran.out.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    assert!(words.clone().count() > 20 && words.into_iter().all(|l| l.split('\t').count() == 10), "{}", ran.out);
}

#[test]
fn nothing_steers_a_terminal() {
    let dir = Dir::new();
    dir.write(
        "a.txt",
        "The weir \u{1b}[2J\u{9b}31m stays open, Mira\u{202e} Orlan said on Monday. ".repeat(8) + "\u{7f}",
    );
    for format in ["conllu", "json"] {
        let ran = dir.run(&format!("analyze a.txt -f {format}")).code(0).tells("control characters");
        let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        assert!(!ran.out.contains(steers) && !ran.err.contains(steers), "{ran:#?}");
    }
}

#[test]
fn json_gives_places_in_code_points() {
    let dir = Dir::new();
    dir.write("a.txt", "“Çay,” Roe said.");
    let ran = dir.run("analyze a.txt -f json").code(0).quiet();
    let all: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let said = all[0]["tokens"].as_array().unwrap().iter().find(|t| t["lemma"] == "say").unwrap();
    assert_eq!((said["start"].as_u64(), said["end"].as_u64()), (Some(11), Some(15)));
    assert_eq!(said["pos"], "VERB");
}
