//! `rapporteur check`: a draft against reports, its forms and its exit codes.

use crate::util::Dir;

const TRUE: &str = "“The weir a stays open until the snow has melted,” Mira Orlan said.\n";
const FALSE: &str = "“The weir a stays shut until the snow has melted,” Mira Orlan said.\n";

#[test]
fn the_exit_code_tells_whether_anything_is_wrong() {
    let dir = Dir::with_reports(1);
    dir.write("true.md", TRUE);
    dir.write("false.md", FALSE);
    dir.run("check true.md --against a.txt").code(0).quiet().says("nothing contradicted or altered");
    let ran = dir.run("check false.md --against a.txt").code(1).quiet();
    ran.says("error: altered (quotation): “shut” for “open”").says("--> false.md:1:2\n").says("^^^^");
    dir.write("open.md", "“A weir,” said Orlan.\n");
    dir.run("check open.md --against a.txt").code(0);
    dir.run("check open.md --against a.txt --strict").code(1);
    dir.pipe("check - --against a.txt", FALSE).code(1).says("--> -:1:2");
}

#[test]
fn every_form_is_written_whole() {
    let dir = Dir::with_reports(2);
    dir.write("false.md", FALSE);
    let json = dir.run("check false.md --against a.txt b.txt -f json").code(1).quiet();
    let checked: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(checked["form"], "rapporteur/check/3");
    let at = &checked["verdicts"][0]["at"];
    assert_eq!((at["start"].as_u64(), at["line"].as_u64(), at["column"].as_u64()), (Some(1), Some(1), Some(2)));
    let sarif = dir.run("check false.md --against . -f sarif").code(1).quiet();
    let sarif: serde_json::Value = serde_json::from_str(&sarif.out).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(
        (&sarif["version"], &result["ruleId"], &result["level"]),
        (&"2.1.0".into(), &"altered".into(), &"error".into())
    );
    dir.run("check false.md --against a.txt -f md").code(1).quiet().says("~~open~~ **shut**");
    dir.run("check false.md --against a.txt -f html -o check.html").code(1).quiet();
    assert!(dir.read("check.html").contains("<ins>shut</ins>"));
    dir.run("check false.md --against a.txt --all -c")
        .code(1)
        .says("fine: supported (attribution)")
        .says("  + a.txt [1] ");
    let narrow = dir.run("check false.md --against a.txt -w 40").code(1);
    assert!(narrow.out.contains(" …\n"), "{}", narrow.out);
}

#[test]
fn a_dossier_serves_as_well() {
    let dir = Dir::with_reports(2);
    dir.write("false.md", FALSE);
    dir.run("add a.txt b.txt --into w.dossier").code(0);
    dir.run("check false.md --from w.dossier").code(1).says("“shut” for “open”");
    dir.run("check false.md --from w.dossier --story nosuch").code(2).tells("nosuch");
    dir.run("check false.md --from none.dossier").code(2).tells("none.dossier");
}

#[test]
fn what_cannot_be_read_is_told() {
    let dir = Dir::with_reports(1);
    dir.write("false.md", FALSE);
    dir.write("empty.md", "");
    dir.run("check nowhere.md --against a.txt").code(2).tells("nowhere.md");
    dir.run("check empty.md --against a.txt").code(2).tells("empty.md");
    dir.run("check false.md --against nowhere.txt").code(2).tells("nowhere.txt");
    dir.run("check . --against a.txt").code(2).tells("the draft is a folder");
    dir.run("check - --against -").code(2).tells("cannot both come from standard input");
    dir.run("check false.md").code(2).tells("--against");
    dir.run("check false.md --against a.txt --date soon").code(2).tells("is no date");
}

#[test]
fn a_saved_draft_is_checked_again() {
    use std::io::{BufRead, BufReader};
    let dir = Dir::with_reports(1);
    dir.write("draft.md", FALSE);
    let mut command = dir.command("check draft.md --against a.txt --watch");
    let piped = std::process::Stdio::piped;
    let mut child = command.stdin(std::process::Stdio::null()).stdout(piped()).stderr(piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
    // The last line of each check counts what was found.
    let mut next = || out.by_ref().map(Result::unwrap).find(|line| line.contains(" · ")).unwrap();
    assert!(next().starts_with("1 error"), "the draft as it was");
    dir.write("draft.md", TRUE);
    assert!(next().starts_with("nothing contradicted or altered"), "the draft as it was saved");
    child.kill().unwrap();
    child.wait().unwrap();
    dir.run("check - --against a.txt --watch").code(2).tells("standard input");
}

#[test]
fn every_sentence_has_a_verdict_in_every_form() {
    let dir = Dir::with_reports(1);
    let draft = "Mira Orlan met the other side in Brenn.\n\nMira Orlan did not meet the other side in Brenn.\n\nGoats ate the whole garden behind the old mill.\n\nWhy?\n";
    dir.write("draft.md", draft);
    let verdicts = ["supported", "contradicted", "not in the reports", "nothing checkable"];
    let counted = "4 sentences: 1 supported, 1 contradicted, 1 not in the reports, 1 nothing checkable";
    for form in ["text", "md", "html"] {
        let ran = dir.run(&format!("check draft.md --against a.txt -f {form}")).code(1);
        assert!(ran.out.contains(counted), "{form}: {}", ran.out);
        assert!(verdicts.iter().all(|v| ran.out.contains(v)), "{form}: {}", ran.out);
    }
    let json = dir.run("check draft.md --against a.txt -f json").code(1);
    let checked: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let judged: Vec<&str> =
        checked["sentences"].as_array().unwrap().iter().map(|v| v["judgement"].as_str().unwrap()).collect();
    assert_eq!(judged, ["supported", "contradicted", "not found", "nothing checkable"]);
    let sarif = dir.run("check draft.md --against a.txt -f sarif").code(1);
    let sarif: serde_json::Value = serde_json::from_str(&sarif.out).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    for kind in ["pass", "open", "notApplicable"] {
        assert!(results.iter().any(|r| r["kind"] == kind && r["level"] == "none"), "{kind}: {results:#?}");
    }
}
