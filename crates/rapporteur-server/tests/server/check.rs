//! A draft pasted into the page: marked, refused where it should be, and nothing kept of it.

use crate::util::Served;

const DRAFT: &str = "“Our members will sail on a promise,” said Petra Brandt.\n\n<script>alert(1)</script> & 17 points";

#[test]
fn a_draft_is_marked_and_leads_to_the_words() {
    let server = Served::both();
    let page = server.get("/story/all/check");
    assert!(page.status == 200 && page.body.contains("<textarea"), "{page:?}");
    let csrf = server.csrf();
    let before = server.json("/api/corrections");
    let answer = server.post("/story/all/check", &[("csrf", &csrf), ("draft", DRAFT), ("date", "2026-03-13")]);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(answer.body.contains("“not” is left out"), "{}", answer.body);
    assert!(answer.body.contains("<mark class=\"v-error\">Our members will sail on a promise"));
    assert!(!answer.body.contains("<script>alert"), "what is pasted is text");
    let href = answer.values("class=\"cite\" href=\"").into_iter().find(|h| h.contains("?at=")).unwrap();
    let words = server.follow(&href);
    assert!(words.body.contains("Our members will not sail on a promise"), "the mark leads to the words of the report");
    assert_eq!(server.json("/api/corrections"), before);
}

#[test]
fn a_draft_is_refused_in_words() {
    let server = Served::both();
    let csrf = server.csrf();
    let status = |fields: &[(&str, &str)]| server.post("/story/all/check", fields).status;
    assert_eq!(status(&[("csrf", "x"), ("draft", DRAFT)]), 403);
    assert_eq!(status(&[("csrf", &csrf), ("draft", " \n")]), 400);
    assert_eq!(status(&[("csrf", &csrf), ("draft", DRAFT), ("date", "soon")]), 400);
    assert_eq!(status(&[("csrf", &csrf), ("draft", &"word ".repeat(30_000))]), 413);
    assert_eq!(server.post("/story/nosuch/check", &[("csrf", &csrf), ("draft", DRAFT)]).status, 404);
    let foreign = [("Content-Type", "text/plain"), ("Origin", "https://evil.example")];
    assert_eq!(server.send("POST", "/api/check", &foreign, DRAFT).status, 403);
    assert_eq!(server.send("POST", "/api/check", &[("Content-Type", "text/plain")], "").status, 400);
    assert_eq!(server.send("POST", "/api/check?story=nosuch", &[("Content-Type", "text/plain")], DRAFT).status, 404);
    let long = "word ".repeat(20_000);
    assert_eq!(
        server.send("POST", "/api/check", &[("Content-Type", "text/plain")], &long).status,
        200,
        "100,000 letters"
    );
}
