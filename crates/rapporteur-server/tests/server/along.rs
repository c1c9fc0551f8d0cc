//! What is said of a report itself, what is starred, and what is taken along.

use crate::util::Served;

fn first(server: &Served) -> (String, String) {
    let record = server.json("/api/record");
    let report = record["reports"].as_array().unwrap().iter().find(|r| r["outlet"].is_string()).unwrap();
    (report["id"].as_str().unwrap().to_owned(), report["outlet"].as_str().unwrap().to_owned())
}

#[test]
fn outlet_day_and_title_of_a_report_are_edited_and_come_back() {
    let server = Served::both();
    let (id, outlet) = first(&server);
    let (at, csrf) = (format!("/report/{id}/about"), server.csrf());
    let before = server.json("/api/record");
    let page = server.get(&format!("/report/{id}")).body;
    assert!(page.contains(&format!("action=\"{at}\"")), "{page}");
    let fields = [
        ("csrf", csrf.as_str()),
        ("outlet", "Quay <Herald>"),
        ("date", "2026-03-10"),
        ("title", "A & B"),
        ("who", "Ada"),
    ];
    let done = server.post(&at, &fields);
    assert_eq!((done.status, done.header("location")), (303, Some(format!("/report/{id}").as_str())), "{}", done.body);
    let page = server.get(&format!("/report/{id}")).body;
    assert!(
        page.contains("Quay &#60;Herald&#62;") && page.contains("10 Mar 2026") && !page.contains("<Herald>"),
        "{page}"
    );
    let log = server.get("/log").body;
    assert!(
        log.contains(&format!("<del dir=\"auto\">{outlet}</del>")) && log.contains("Quay &#60;Herald&#62;"),
        "{log}"
    );
    let now = server.json("/api/record");
    let report = now["reports"].as_array().unwrap().iter().find(|r| r["id"] == id.as_str()).unwrap();
    assert_eq!((&report["outlet"], &report["published"]), (&"Quay <Herald>".into(), &"2026-03-10".into()));
    assert!(server.get("/story/all/outlets").body.contains("Quay &#60;Herald&#62;"));
    assert_eq!(server.post(&at, &[("csrf", &csrf), ("do", "as-read")]).status, 303);
    assert_eq!(server.json("/api/record"), before);
    assert_eq!(server.post(&at, &[("csrf", &csrf), ("do", "as-read")]).status, 404, "it is as it was read");
}

#[test]
fn what_makes_no_sense_or_is_not_ours_changes_no_report() {
    let server = Served::both();
    let (id, _) = first(&server);
    let (at, csrf) = (format!("/report/{id}/about"), server.csrf());
    let before = server.json("/api/record");
    for (fields, status) in [
        (vec![("outlet", "X"), ("who", "Ada")], 403),
        (vec![("csrf", "wrong"), ("outlet", "X"), ("who", "Ada")], 403),
        (vec![("csrf", csrf.as_str()), ("outlet", "X")], 400),
        (vec![("csrf", csrf.as_str()), ("date", "the other day"), ("who", "Ada")], 400),
        (vec![("csrf", csrf.as_str()), ("date", "2026-02-30"), ("who", "Ada")], 400),
        (vec![("csrf", csrf.as_str()), ("do", "burn"), ("who", "Ada")], 400),
    ] {
        assert_eq!(server.post(&at, &fields).status, status, "{fields:?}");
    }
    let fields = [("csrf", csrf.as_str()), ("outlet", "X"), ("who", "Ada")];
    assert_eq!(server.post(&format!("/report/{}/about", &id[..5]), &fields).status, 404, "an id is whole");
    assert_eq!(server.post("/report/nosuchreport/about", &fields).status, 404);
    assert_eq!(server.json("/api/record"), before);
}

#[test]
fn a_fact_and_a_report_are_starred_listed_and_let_go() {
    let server = Served::both();
    let (csrf, record) = (server.csrf(), server.json("/api/record"));
    let said = record["utterances"][0]["id"].as_str().unwrap().to_owned();
    let (report, _) = first(&server);
    assert!(server.get("/starred").body.contains("Nothing is starred yet"));
    assert!(server.get(&format!("/report/{report}")).body.contains("☆ Star"));
    for on in [&said, &report] {
        let fields = [("csrf", csrf.as_str()), ("on", on), ("who", "Ada"), ("star", "star")];
        let done = server.post("/star", &fields);
        assert_eq!(done.status, 303, "{}", done.body);
        assert!(server.follow(done.header("location").unwrap()).body.contains("★ Take the star away"), "{on}");
        assert_eq!(server.post("/star", &fields).status, 303, "twice is once");
    }
    let list = server.get("/starred").body;
    assert_eq!(list.matches("<li id=").count(), 2, "{list}");
    assert!(list.contains(&format!("/fact/{said}?story=all")) && list.contains(&format!("/report/{report}")), "{list}");
    assert_eq!(server.json("/api/record"), record, "no fact follows from a star");
    for (fields, status) in [
        (vec![("on", said.as_str()), ("star", "unstar")], 403),
        (vec![("csrf", csrf.as_str()), ("on", "nosuchfact"), ("star", "star")], 404),
        (vec![("csrf", csrf.as_str()), ("on", said.as_str()), ("star", "paint")], 400),
        (vec![("csrf", csrf.as_str()), ("on", said.as_str()), ("star", "unstar"), ("from", "list")], 303),
        (vec![("csrf", csrf.as_str()), ("on", said.as_str()), ("star", "unstar")], 303),
    ] {
        assert_eq!(server.post("/star", &fields).status, status, "{fields:?}");
    }
    assert_eq!(server.get("/starred").body.matches("<li id=").count(), 1);
}

#[test]
fn a_story_is_taken_along_in_every_form_that_its_page_offers() {
    let server = Served::both();
    let page = server.get("/story/all?as_of=2026-03-12").body;
    let take = page.split("<p class=\"take\">").nth(1).unwrap().split("</p>").next().unwrap().to_owned();
    let hrefs: Vec<&str> = take.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(hrefs.len() > 6 && hrefs.iter().all(|h| h.contains("as_of=2026-03-12")), "{hrefs:?}");
    for href in hrefs {
        let file = server.get(href);
        assert_eq!(file.status, 200, "{href}: {}", file.body);
        assert!(file.header("content-disposition").unwrap().starts_with("attachment; filename=\"all-"), "{href}");
        assert!(file.body.len() > 200, "{href}: {}", file.body);
    }
    for bad in ["", "x", "none.csv", ".csv", "statements.parquet.x", "..%2f..%2fetc%2fpasswd", "brief.pdf"] {
        assert_eq!(server.get(&format!("/story/all/export/{bad}")).status, 404, "{bad}");
    }
    assert_eq!(server.get("/story/nosuchstory/export/brief.md").status, 404);
}

#[test]
fn a_report_says_how_its_words_are_cited() {
    let server = Served::both();
    let record = server.json("/api/record");
    let cited = &record["statements"][0]["content"];
    let (report, start, end) = (cited["report"].as_str().unwrap(), &cited["start"], &cited["end"]);
    let page = server.get(&format!("/report/{report}?at={start}-{end}")).body;
    let cite = page.split("cite-as").nth(1).unwrap().split("</pre>").next().unwrap();
    let words = cited["exact"].as_str().unwrap().split(['\'', '"', '&', '\n']).next().unwrap();
    assert!(cite.contains(words) && cite.contains('“') && cite.contains(" — "), "{cite}: {words}");
    assert!(server.get(&format!("/report/{report}")).body.contains("cite-as"));
}
