//! `rapporteur why`: the rule, the words and the rivals behind one fact.

use crate::util::{Dir, Ran};

/// The example story, from the folder of the test.
fn strait() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/strait").to_owned()
}

/// Asserts that the output says this, however wide its columns are.
#[track_caller]
fn says(ran: &Ran, words: &str) {
    let all = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(all.contains(words), "{words:?} is not in {}", ran.out);
}

/// The value that a command writes as JSON.
fn json(ran: &Ran) -> serde_json::Value {
    serde_json::from_str(&ran.out).unwrap()
}

/// The id of the first of some facts that has this value in this field.
fn id(record: &serde_json::Value, facts: &str, field: &str, value: &str) -> String {
    let all = record[facts].as_array().unwrap();
    all.iter().find(|f| f[field] == value).unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn why_a_meeting_is_said_to_have_been_held_on_sunday() {
    let dir = Dir::new();
    let record = json(&dir.run(&format!("record {}", strait())).code(0));
    // One report says that it was on Sunday, another on Monday.
    let meeting = id(&record, "meetings", "date", "2026-03-08");
    let ran = dir.run(&format!("why {meeting} {} -w 200", strait())).code(0);
    for words in [
        &format!("meeting {meeting} · "),
        " by meeting",
        "trigger “received” ",
        "participant Amin Haldari by “Amin Haldari” ",
        "place Dramov by “Dramov” ",
        "date 2026-03-08 by “Sunday” ",
        " · of 2026-03-12 ",
        "status held",
    ] {
        says(&ran, words);
    }
    // The first letters do, and the reasons are data too.
    let ran = dir.run(&format!("why {} {} -f json", &meeting[..6], strait())).code(0);
    let why = json(&ran);
    assert_eq!((why["id"].as_str(), why["kind"].as_str()), (Some(meeting.as_str()), Some("meeting")));
    let findings: Vec<&serde_json::Value> =
        why["reports"].as_array().unwrap().iter().flat_map(|r| r["findings"].as_array().unwrap()).collect();
    assert!(findings.len() > 1, "an account a report at least: {why:#}");
    let date = |f: &serde_json::Value| {
        let slots = f["slots"].as_array().unwrap().clone();
        let date = slots.into_iter().find(|s| s["name"] == "date")?;
        Some(date["words"]["exact"].as_str()?.to_owned())
    };
    let dates: Vec<String> = findings.into_iter().filter_map(date).collect();
    assert!(["Monday", "Sunday"].iter().all(|d| dates.iter().any(|told| told == d)), "{dates:?}");
}

#[test]
fn whom_a_pronoun_could_have_meant() {
    let dir = Dir::new();
    dir.write("a.txt", "Mira Orlan met Tomas Brandt in Brenn.\n\nThe weir stays open, he said.\n");
    let record = json(&dir.run("record a.txt").code(0));
    let said = record["statements"][0]["id"].as_str().unwrap().to_owned();
    let ran = dir.run(&format!("why {said} a.txt -w 200")).code(0).quiet();
    says(&ran, "statement “The weir stays open” ");
    says(&ran, " by statement/verb/");
    says(&ran, "speaker Tomas Brandt by “he” ");
    says(&ran, "not taken speaker: “Mira Orlan” 0–10, Mira Orlan: of another gender");
}

#[test]
fn every_kind_of_fact_has_its_reasons() {
    let dir = Dir::new();
    let record = json(&dir.run(&format!("record {}", strait())).code(0));
    for facts in ["statements", "utterances", "meetings", "proposals", "issues", "discrepancies", "entities"] {
        let id = record[facts][0]["id"].as_str().unwrap().to_owned();
        let ran = dir.run(&format!("why {id} {}", strait())).code(0);
        assert!(ran.out.lines().count() > 4, "{facts}: {}", ran.out);
    }
}

#[test]
fn what_is_no_fact_has_none() {
    let dir = Dir::with_reports(1);
    dir.run("why m0000000000 a.txt").code(2).tells("there is no fact \"m0000000000\"");
    dir.run("why s a.txt").code(2).tells("there is no fact \"s\"");
    dir.run("why").code(2).tells("<ID>");
    dir.run("why s12").code(2).tells("--from");
}

#[test]
fn a_dossier_answers_as_the_files_do() {
    let dir = Dir::with_reports(2);
    dir.run("add . --into d.dossier").code(0);
    let record = json(&dir.run("record --from d.dossier").code(0));
    let said = record["statements"][0]["id"].as_str().unwrap().to_owned();
    says(&dir.run(&format!("why {said} --from d.dossier")).code(0), "by statement/speech/cue");
}
