//! A question asked in the pages: the sentences that answer, cited, with no script and nothing that runs.

use crate::util::Served;

#[test]
fn a_question_is_answered_with_sentences_that_lead_to_their_place() {
    let server = Served::both();
    let form = server.get("/story/all/ask");
    assert_eq!(form.status, 200);
    assert!(form.body.contains("action=\"/story/all/ask\"") && form.body.contains("nothing is composed"));
    assert!(server.get("/story/all").body.contains("action=\"/story/all/ask\""), "the story has the field as well");
    let page = server.get("/story/all/ask?q=When+did+Haldari+receive+Averick%3F");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("value=\"When did Haldari receive Averick?\""), "the question stays in its field");
    for words in [
        "<mark>Haldari</mark>",
        "accounts differ: date",
        "<p class=\"value\" dir=\"auto\">Sunday</p>",
        "Velmin Courier",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let hrefs = page.values("class=\"cite\" href=\"");
    assert!(hrefs.len() > 2);
    for href in hrefs.iter().take(4) {
        let report = server.get(href.split('#').next().unwrap());
        assert!(report.status == 200 && report.body.contains("<mark class=\"highlight\""), "{href}");
    }
}

#[test]
fn where_nothing_fits_the_page_says_so() {
    let server = Served::both();
    let page = server.get("/story/all/ask?q=Which+cathedrals+were+repainted%3F");
    assert!(page.body.contains("No report says: none of them has “cathedrals” or “repainted”"), "{}", page.body);
    assert!(!page.body.contains("<article"));
    let lacking = server.get("/story/all/ask?q=When+did+the+repainted+Haldari+receive+Averick");
    assert!(lacking.body.contains("No report has “repainted”: the answers go by the other words."), "{}", lacking.body);
}

#[test]
fn a_question_is_text_and_nothing_else() {
    let server = Served::both();
    let page = server.get("/story/all/ask?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22+onfocus%3Dx");
    assert_eq!((page.status, page.body.matches("<script").count()), (200, 1));
    assert!(!page.body.contains("\" onfocus"), "{}", page.body);
    let long = format!("/story/all/ask?q={}", "tolls+".repeat(200));
    assert_eq!(server.get(&long).status, 200);
    for (path, status) in [
        ("/story/nosuch/ask?q=tolls", 404),
        ("/story/all/ask?q=tolls&as_of=x", 400),
        ("/story/all/ask?q=%F0%9F%91%A9", 200),
        ("/story/all/ask?q=%00", 200),
    ] {
        assert_eq!(server.get(path).status, status, "{path}");
    }
}

#[test]
fn a_question_is_asked_of_what_was_known_on_a_day() {
    let server = Served::both();
    let now = server.json("/api/ask?q=points+of+the+plan");
    let then = server.json("/api/ask?q=points+of+the+plan&as_of=2026-03-11");
    assert!(then["reports"].as_u64() < now["reports"].as_u64(), "{then}");
    let page = server.get("/story/all/ask?q=points+of+the+plan&as_of=2026-03-12");
    assert!(page.body.contains("name=\"as_of\" value=\"2026-03-12\""), "the day stays");
}
