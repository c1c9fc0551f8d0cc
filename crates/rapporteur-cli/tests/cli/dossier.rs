//! A dossier as a user works with it.

use super::util::{Dir, Ran, report};

/// A folder with a dossier of some reports in it.
fn kept(n: u8) -> Dir {
    let dir = Dir::with_reports(n);
    dir.run("add . --into talks.dossier").code(0);
    dir
}

/// The first word of each line.
fn ids(ran: &Ran) -> Vec<String> {
    ran.out.lines().map(|l| l.split(' ').next().unwrap().to_owned()).collect()
}

#[test]
fn what_is_added_is_said_and_kept() {
    let dir = Dir::with_reports(3);
    let added = dir.run("add . --into talks.dossier").code(0).tells("3 new; talks.dossier keeps 3");
    assert_eq!(ids(&added).len(), 3);
    dir.run("add a.txt --into talks.dossier").code(0).tells("1 known already");
    dir.write("d.txt", report("lock"));
    dir.run("add . --into talks.dossier").code(0).tells("1 new, 3 known already; talks.dossier keeps 4");
    dir.run("check-file talks.dossier").code(0).says("talks.dossier is whole: 4 reports");
    dir.run("list --from talks.dossier").code(0).says("d.txt");
    let shown = &ids(&added)[0][..6];
    dir.run(&format!("show {shown} --from talks.dossier")).code(0).says("Water Minister Mira Orlan met");
    dir.run(&format!("show {shown} --from talks.dossier -f original")).code(0).says("Water Minister");
    dir.run(&format!("remove {shown} --from talks.dossier")).code(0).says("taken out");
    let listed = dir.run("list --from talks.dossier -f json").code(0);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&listed.out).unwrap().as_array().unwrap().len(), 3);
}

#[test]
fn every_list_comes_as_text_json_and_csv() {
    let dir = kept(2);
    for command in ["list", "statements", "statements --by orlan", "meetings", "differences", "timeline", "stories"] {
        let text = dir.run(&format!("{command} --from talks.dossier")).code(0).quiet();
        assert!(!text.out.is_empty());
        let json = dir.run(&format!("{command} --from talks.dossier --format json")).code(0);
        let rows = serde_json::from_str::<serde_json::Value>(&json.out).unwrap().as_array().unwrap().len();
        let csv = dir.run(&format!("{command} --from talks.dossier --format csv")).code(0);
        assert!(csv.out.lines().count() > rows, "{command}: {}", csv.out);
    }
    dir.run("brief --from talks.dossier").code(0).says("2 reports").says("Orlan");
    dir.run("record --from talks.dossier").code(0).says("rapporteur/record/1");
    dir.run("brief --from talks.dossier --new").code(0).says("NEW SINCE THE LAST REPORTS CAME IN");
    dir.run("diff --since last --from talks.dossier").code(0).says("new");
    dir.run("diff --since 2999-01-01 --from talks.dossier").code(0).says("nothing has changed");
    dir.run("diff --since tomorrow --from talks.dossier").code(2).tells("is neither a day");
}

#[test]
fn words_are_found_where_they_stand() {
    let dir = kept(2);
    dir.run("search weir --from talks.dossier").code(0).says("The weir a stays open");
    dir.run("search --by orlan --about snow --from talks.dossier").code(0).says("statement").says("Mira Orlan");
    dir.run("search --by orlan --from talks.dossier").code(2).tells("rapporteur statements --by NAME");
    // The reports tell no day: the day on which they came in is not theirs.
    let undated = dir.run("search weir --from talks.dossier --format json").code(0);
    assert!(serde_json::from_str::<serde_json::Value>(&undated.out).unwrap()[0]["date"].is_null());
    dir.run("search brenn --since 2999-01-01 --from talks.dossier").code(0).says("nothing was found");
    for hostile in ["\"", "'", "NEAR(", "*", "a:b", "-x", "AND"] {
        let ran = dir.run(&format!("search --from talks.dossier -- {hostile}"));
        assert!(ran.code == 0 || ran.err.contains("cannot be searched for"), "{ran:#?}");
    }
    let found = dir.run("search weir --from talks.dossier --format json").code(0);
    for hit in serde_json::from_str::<serde_json::Value>(&found.out).unwrap().as_array().unwrap() {
        let shown = dir.run(&format!("show {} --from talks.dossier -f json", hit["report"].as_str().unwrap()));
        let text = serde_json::from_str::<serde_json::Value>(&shown.out).unwrap()["text"].as_str().unwrap().to_owned();
        let place = |key: &str| hit[key].as_u64().unwrap() as usize;
        let words: String = text.chars().skip(place("start")).take(place("end") - place("start")).collect();
        assert_eq!(words.trim(), hit["words"].as_str().unwrap());
    }
}

#[test]
fn corrections_are_told_in_every_face_and_can_be_taken_back() {
    let dir = kept(2);
    let listed = dir.run("statements --from talks.dossier --format json").code(0);
    let statements: serde_json::Value = serde_json::from_str(&listed.out).unwrap();
    let id = statements[0]["id"].as_str().unwrap();
    dir.run(&format!("correct speaker {id} Brenn --from talks.dossier --who Ada --why misheard"))
        .code(0)
        .says("Mira Orlan → Brenn");
    dir.run("brief --from talks.dossier").says("CORRECTED BY PEOPLE").says("Ada on").says("misheard");
    dir.run("brief --from talks.dossier -f markdown").says("Corrected by people").says("misheard");
    dir.run("brief --from talks.dossier -f html").says("Corrected by people").says("misheard");
    dir.run("record --from talks.dossier").says("\"corrections\"").says("\"was\": \"Mira Orlan\"");
    let log = dir.run("correct log --from talks.dossier --format json").code(0);
    let correction = serde_json::from_str::<serde_json::Value>(&log.out).unwrap()[0]["id"].as_str().unwrap().to_owned();
    dir.run(&format!("correct undo {correction} --from talks.dossier")).code(0).says("taken back");
    assert!(!dir.run("brief --from talks.dossier").out.contains("CORRECTED"));
    dir.run("correct log --from talks.dossier").says("taken back").says("speaker");
    dir.run("correct undo last --from talks.dossier").code(2).tells("there is no such correction");
    dir.run("correct redo last --from talks.dossier").code(0).says("counts again");
    dir.run("correct undo last --from talks.dossier").code(0).says("taken back");
    dir.run("correct undo zz --from talks.dossier").code(2).tells("no correction begins with \"zz\"");
    dir.run("correct reject nothing --from talks.dossier --who Ada").code(2).tells("there is no fact \"nothing\"");
    dir.run("correct merge Brenn Nowhere --from talks.dossier --who Ada").code(2).tells("write the name as");
    dir.run(&format!("correct status {id} held --from talks.dossier --who Ada")).code(2);
    let log = dir.run("correct log --from talks.dossier --format json").code(0);
    let log: serde_json::Value = serde_json::from_str(&log.out).unwrap();
    assert_eq!(log.as_array().unwrap().len(), 1, "what is refused leaves no trace");
    dir.run(&format!("correct speaker {id} Brenn --report-is-wrong --from talks.dossier --who Ada"))
        .code(0)
        .says("the report is wrong");
    for face in
        ["brief --from talks.dossier", "brief --from talks.dossier -f markdown", "brief --from talks.dossier -f html"]
    {
        dir.run(face).code(0).says("report is wrong");
    }
}

#[test]
fn what_a_list_shows_can_be_typed_again() {
    let dir = kept(2);
    for command in ["list", "statements", "search weir"] {
        let listed = dir.run(&format!("{command} --from talks.dossier")).code(0);
        let column = listed.out.lines().next().unwrap().find(if command == "search weir" { "report" } else { "id" });
        let id = listed.out.lines().nth(1).unwrap()[column.unwrap()..].split(' ').next().unwrap().to_owned();
        assert_eq!(id.len(), 6, "{}", listed.out);
        match command {
            "list" | "search weir" => dir.run(&format!("show {id} --from talks.dossier")).code(0),
            _ => dir.run(&format!("correct note {id} seen --from talks.dossier --who Ada")).code(0).says("seen"),
        };
    }
    dir.run("statements --by nobody --from talks.dossier").says("nobody of that name is quoted");
}

#[test]
fn an_old_version_says_that_there_is_a_newer_one() {
    let dir = Dir::new();
    dir.write("a.json", r#"{"outlet": "Brenn Post", "url": "https://post.example/weir"}"#);
    dir.write("a.txt", report("weir"));
    let old = ids(&dir.run("add . --into talks.dossier").code(0)).remove(0);
    dir.write("a.txt", report("sluice"));
    let new = ids(&dir.run("add . --into talks.dossier").code(0).tells("1 with a new version")).remove(0);
    let hint = format!("this is version 1; the newest is 2: rapporteur show {new}");
    dir.run(&format!("show {old} --from talks.dossier")).code(0).says(&hint);
    assert!(!dir.run(&format!("show {new} --from talks.dossier")).out.contains("the newest is"));
}

#[test]
fn many_stories_are_told_as_a_note() {
    let dir = kept(1);
    dir.run("add . --into talks.dossier").code(0);
    let harbour =
        "Harbour master Joan Pell closed the north pier of Tansett on Friday.\n\n“The piles are rotten,” Pell said.\n";
    dir.write("in/x.txt", harbour);
    dir.write("in/y.txt", harbour.replace("rotten", "rotten through"));
    dir.write("in/b.txt", report("weir again"));
    dir.run("add in --into talks.dossier").code(0);
    dir.run("meetings --from talks.dossier").code(0).tells("note: talks.dossier holds 2 stories");
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    let dir = Dir::with_reports(1);
    dir.run("list --from none.dossier").code(1).tells("there is no such dossier").tells("rapporteur add");
    dir.run("brief --from a.txt").code(1).tells("is not a dossier");
    dir.run("brief a.txt --from talks.dossier").code(2);
    dir.run("brief a.txt --story t1").code(2);
    dir.run("add nothing.txt --into talks.dossier").code(1).tells("there is no such file");
    dir.write("cut.dossier", "SQLite format 3\0 and then nothing of the kind".repeat(40));
    dir.run("check-file cut.dossier").code(1).tells("is not a dossier");
    dir.run("add a.txt --into no/such/folder/talks.dossier").code(1).tells("talks.dossier: cannot be opened");
}

#[test]
fn a_record_says_with_which_models_its_reports_were_read() {
    let dir = Dir::with_reports(2);
    let made_with = |from: &str| {
        let record: serde_json::Value = serde_json::from_str(&dir.run(from).code(0).out).unwrap();
        record["made_with"]["model"].as_str().unwrap().to_owned()
    };
    assert!(made_with("record .").contains(", tagger "));
    assert!(made_with("--quick record .").ends_with("quick"));
    dir.run("--quick add . --into talks.dossier").code(0);
    // What was kept was read without the tagger, whatever this process would read with.
    assert!(made_with("record --from talks.dossier").ends_with("quick"));
    dir.write("d.txt", report("lock"));
    dir.run("add d.txt --into talks.dossier").code(0);
    let both = made_with("record --from talks.dossier");
    assert!(both.contains("quick; ") && both.contains(", tagger "), "{both}");
    dir.run("refresh --from talks.dossier").code(0);
    let again = made_with("record --from talks.dossier");
    assert!(again.contains(", tagger ") && !again.contains("quick"), "{again}");
}
