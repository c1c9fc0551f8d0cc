//! Corrections: kept, shown beside the finding, taken back.

use crate::util::Served;

fn post(server: &Served, fields: &[(&str, &str)]) -> crate::util::Answer {
    let csrf = server.csrf();
    let mut all = vec![("csrf", csrf.as_str()), ("who", "Ada"), ("why", "I was there")];
    all.extend(fields);
    server.post("/correct", &all)
}

#[test]
fn a_meeting_is_fixed_noted_rejected_and_all_is_taken_back() {
    let server = Served::both();
    let before = server.json("/api/record");
    let meeting = before["meetings"][0]["id"].as_str().unwrap();
    let status = if before["meetings"][0]["status"] == "denied" { "held" } else { "denied" };
    let done = post(&server, &[("on", meeting), ("do", "status"), ("value", status)]);
    assert_eq!(done.status, 303, "{done:?}");
    let page = server.follow(done.header("location").unwrap());
    assert!(page.body.contains("— Ada, 2026-03-20 (I was there)"), "the remark stands beside the fact");
    assert_eq!(post(&server, &[("on", meeting), ("do", "date"), ("value", "2026-03-01")]).status, 303);
    assert_eq!(post(&server, &[("on", meeting), ("do", "note"), ("value", "called the port")]).status, 303);
    assert_eq!(post(&server, &[("on", meeting), ("do", "reject")]).status, 303);
    let after = server.json("/api/record");
    let gone = after["meetings"].as_array().unwrap().iter().all(|m| m["id"] != meeting);
    assert!(gone && after["corrections"].as_array().unwrap().len() == 4);
    let log = server.get("/log");
    let ids = log.values("<li id=\"");
    assert_eq!(ids.len(), 4);
    for id in &ids {
        assert_eq!(post(&server, &[("on", id), ("do", "undo")]).status, 303);
    }
    let again = server.json("/api/record");
    assert_eq!(again["meetings"], before["meetings"]);
    assert_eq!(server.get("/log").body.matches("class=\"undone\"").count(), 4);
    assert_eq!(post(&server, &[("on", &ids[0]), ("do", "redo")]).status, 303);
    assert_ne!(server.json("/api/record")["meetings"], before["meetings"]);
}

#[test]
fn names_are_joined_and_parted_and_words_given_to_another() {
    let server = Served::both();
    let record = server.json("/api/record");
    let people: Vec<(&str, &str)> = record["entities"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|e| e["kind"] == "person")
        .map(|e| (e["id"].as_str().unwrap(), e["name"].as_str().unwrap()))
        .collect();
    let count = |server: &Served| server.json("/api/record")["entities"].as_array().unwrap().len();
    let all = count(&server);
    assert_eq!(post(&server, &[("on", people[0].0), ("do", "merge"), ("value", people[1].1)]).status, 303);
    assert_eq!(count(&server), all - 1);
    let utterance = record["utterances"][0]["id"].as_str().unwrap();
    let done = post(&server, &[("on", utterance), ("do", "speaker"), ("value", people[2].1)]);
    assert_eq!(done.status, 303, "{done:?}");
    let now = server.json("/api/record");
    let said =
        now["utterances"].as_array().unwrap().iter().find(|u| u["id"] == utterance).map(|u| u["speaker"].clone());
    assert_eq!(said, Some(people[2].0.into()));
}

#[test]
fn what_makes_no_sense_changes_nothing() {
    let server = Served::both();
    let record = server.json("/api/record");
    let id = |list: &str| record[list][0]["id"].as_str().unwrap().to_owned();
    let (meeting, discrepancy, entity) = (id("meetings"), id("discrepancies"), id("entities"));
    for fields in [
        vec![("on", meeting.as_str()), ("do", "status"), ("value", "splendid")],
        vec![("on", &meeting), ("do", "date"), ("value", "12.3.2026")],
        vec![("on", &meeting), ("do", "date"), ("value", "")],
        vec![("on", &meeting), ("do", "speaker"), ("value", "none")],
        vec![("on", &discrepancy), ("do", "date"), ("value", "2026-03-12")],
        vec![("on", &discrepancy), ("do", "status"), ("value", "open")],
        vec![("on", &entity), ("do", "merge"), ("value", "Nobody At All")],
        vec![("on", &entity), ("do", "split"), ("value", "Nobody; At All")],
        vec![("on", &meeting), ("do", "erase"), ("value", "x")],
        vec![("on", "nosuch"), ("do", "note"), ("value", "x")],
        vec![("on", &meeting), ("do", "note"), ("value", "x"), ("story", "../x")],
    ] {
        let answer = post(&server, &fields);
        assert!(matches!(answer.status, 400 | 404), "{fields:?}: {}", answer.status);
    }
    let csrf = server.csrf();
    let nobody = [("csrf", csrf.as_str()), ("on", &meeting), ("do", "note"), ("value", "x"), ("who", " ")];
    assert_eq!(server.post("/correct", &nobody).status, 400);
    assert_eq!(server.json("/api/record")["meetings"], record["meetings"]);
    let corrections = server.json("/api/corrections");
    assert!(corrections["corrections"].as_array().unwrap().is_empty(), "what is refused leaves no trace");
}

#[test]
fn what_is_wrong_is_the_reading_or_the_report_and_nothing_else() {
    let server = Served::both();
    let record = server.json("/api/record");
    let meeting = record["meetings"][0]["id"].as_str().unwrap();
    let answer = post(&server, &[("on", meeting), ("do", "status"), ("value", "denied"), ("wrong", "weather")]);
    assert_eq!(answer.status, 400);
    assert!(server.json("/api/corrections")["corrections"].as_array().unwrap().is_empty(), "no trace of it");
}

#[test]
#[cfg(unix)]
fn a_dossier_that_may_only_be_read_offers_no_corrections() {
    use std::os::unix::fs::PermissionsExt;
    let made = Served::both();
    let dir = tempfile::tempdir().unwrap();
    let (folder, path) = (dir.path().to_owned(), dir.path().join("a.dossier"));
    std::fs::copy(&made.path, &path).unwrap();
    let allow = |file: u32, whole: u32| {
        std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o755)).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(file)).unwrap();
        std::fs::set_permissions(&folder, PermissionsExt::from_mode(whole)).unwrap();
    };
    allow(0o444, 0o555);
    // The superuser may write everywhere.
    if rapporteur::Store::open(&path).unwrap().dossier().is_read_only() {
        let served = Served::over(dir, path.clone(), |_| {});
        for page in ["/story/all", "/story/all/said", "/story/all/names", "/log"] {
            let shown = served.follow(page);
            assert_eq!(shown.status, 200, "{page}");
            assert!(!shown.body.contains("action=\"/correct\""), "{page}");
        }
        assert!(served.get("/log").body.contains("This dossier may only be read"));
        let check = served.follow("/story/all/check").body;
        let csrf = check.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let on = served.json("/api/record")["statements"][0]["id"].as_str().unwrap().to_owned();
        let fields = [("csrf", csrf.as_str()), ("on", &on), ("do", "note"), ("value", "on tape"), ("who", "Ada")];
        let refused = served.post("/correct", &fields);
        assert_eq!(refused.status, 403);
        assert!(refused.body.contains("may only be read"), "{}", refused.body);
    }
    allow(0o644, 0o755);
    let _ = std::fs::remove_dir_all(&folder);
}
