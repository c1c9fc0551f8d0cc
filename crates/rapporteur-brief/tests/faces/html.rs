//! The page's face.

use rapporteur_brief::html;

use crate::story::weir;

#[test]
fn the_brief_of_four_reports() {
    insta::assert_snapshot!(html(&weir().record));
}

#[test]
fn the_page_asks_nothing_of_anyone_and_runs_nothing() {
    let page = html(&weir().record);
    for bad in ["<script", "src=", "<link", "@import", "url(", "javascript:", "\u{1b}"] {
        assert!(!page.contains(bad), "{bad}");
    }
    assert!(page.contains("&#60;script&#62;"), "what a report says is text");
}

#[test]
fn only_web_addresses_are_links() {
    let mut story = weir();
    story.record.reports[0].url = Some("javascript:alert(1)".into());
    story.record.reports[1].url = Some("https://ulm.example/a?b=1&c='2'".into());
    let page = html(&story.record);
    assert!(!page.contains("javascript:"));
    assert!(page.contains("href=\"https://ulm.example/a?b=1&#38;c=&#39;2&#39;\""));
}

#[test]
fn every_tag_that_opens_is_closed() {
    let page = html(&weir().record);
    let mut open: Vec<&str> = Vec::new();
    for piece in page.split('<').skip(1) {
        let tag = piece.split(['>', ' ', '\n']).next().unwrap();
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "at {piece}"),
            None if matches!(tag, "!doctype" | "meta") => {}
            None => open.push(tag),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}
