//! `rapporteur ask`: the sentences that answer, and that no report says where none does.

use crate::util::{Dir, Ran};

/// The example story, from the folder of the test.
fn strait() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/strait").to_owned()
}

/// Asks a question of some reports.
fn ask(dir: &Dir, question: &str, rest: &str) -> Ran {
    let mut command = dir.command("ask");
    command.arg(question).args(rest.split_whitespace());
    Ran::of(command.output().unwrap())
}

fn json(ran: &Ran) -> serde_json::Value {
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn accounts_that_differ_stand_under_the_answer_with_their_places() {
    let dir = Dir::new();
    let ran = ask(&dir, "When was Averick received by Haldari in Dramov?", &format!("{} -w 200 -n 1", strait()))
        .code(0)
        .quiet();
    let first = ran.out.lines().next().unwrap();
    assert!(first.starts_with("1   Averick ") && first.contains("Dramov"), "{}", ran.out);
    for words in [
        "Velmin Courier, 12 Mar 2026 · ",
        "courier.txt 1205–1296",
        "≠ accounts differ (date): ",
        "\n      Sunday\n",
        "\n      Monday\n",
    ] {
        assert!(ran.out.contains(words), "{words:?} is not in {}", ran.out);
    }
    assert!(!ran.out.contains('\u{1b}'));
    let ran = ask(&dir, "When was Averick received?", &format!("{} --color always", strait())).code(0);
    ran.says("\u{1b}[1mAverick\u{1b}[0m");
}

#[test]
fn the_same_as_json_says_where_every_sentence_stands() {
    let dir = Dir::new();
    let ran = ask(&dir, "how many ships are waiting", &format!("{} -f json -n 2", strait())).code(0);
    let answer = json(&ran);
    assert_eq!((answer["outcome"].as_str(), answer["answers"].as_array().unwrap().len()), (Some("found"), 2));
    let sentence = &answer["answers"][0]["sentences"][0];
    let at = &sentence["at"];
    assert!(at["exact"].as_str().unwrap().contains("ships are waiting"), "{sentence:#}");
    let text = std::fs::read_to_string(sentence["source"].as_str().unwrap()).unwrap();
    assert!(text.contains(at["exact"].as_str().unwrap()), "the words stand in the file that is named");
    assert!(sentence["published"].is_string() && !sentence["marks"].as_array().unwrap().is_empty());
}

#[test]
fn where_nothing_fits_no_report_says() {
    let dir = Dir::with_reports(2);
    ask(&dir, "Which cathedrals were repainted?", "a.txt b.txt")
        .code(1)
        .quiet()
        .says("No report says: none of them has “cathedrals” or “repainted” (looked through");
    let none = json(&ask(&dir, "Which cathedrals were repainted?", "a.txt -f json").code(1));
    assert_eq!((none["outcome"].as_str(), none["answers"].as_array().unwrap().len()), (Some("unknown_words"), 0));
    ask(&dir, "Does the gilded weir stay open?", "a.txt").code(0).says("No report has “gilded”");
}

#[test]
fn what_makes_no_sense_is_refused_with_what_to_do() {
    let dir = Dir::with_reports(1);
    ask(&dir, "?", "a.txt").code(2).tells("put it between quotation marks");
    ask(&dir, "who pays", "").code(2).tells("--from");
    ask(&dir, "who pays", "a.txt -n 0").code(2).tells("1..=100");
    ask(&dir, "who pays", "no-such-folder").code(1).tells("no-such-folder");
}

#[test]
fn a_dossier_answers_as_the_files_do() {
    let dir = Dir::with_reports(3);
    dir.run("add . --into d.dossier").code(0);
    let question = "How long does the weir stay open?";
    let of_files = json(&ask(&dir, question, "a.txt b.txt c.txt -f json").code(0));
    let of_dossier = json(&ask(&dir, question, "--from d.dossier -f json").code(0));
    let words = |answer: &serde_json::Value| -> Vec<String> {
        let told = answer["answers"].as_array().unwrap().iter().flat_map(|t| t["sentences"].as_array().unwrap());
        told.map(|s| s["at"]["exact"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(words(&of_files), words(&of_dossier));
    assert!(words(&of_files)[0].contains("stays open"));
    ask(&dir, question, "--from d.dossier --story nosuch").code(1).tells("'rapporteur stories --from FILE'");
    let out = ask(&dir, question, "--from d.dossier --out answer.txt").code(0);
    assert!(out.out.is_empty() && dir.read("answer.txt").contains("stays open"));
}
