//! What the pages show, without any script.

use crate::util::{Served, dossier};

/// The views of a story.
const VIEWS: &[&str] = &["", "/said", "/differ", "/positions", "/outlets", "/timeline", "/names"];

fn story(server: &Served) -> String {
    let stories = server.json("/api/stories");
    let all = stories["stories"].as_array().unwrap();
    assert_eq!(all.len(), 2);
    all.iter().find(|s| s["reports"] == 5).unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn every_view_is_a_whole_page_below_150_kb() {
    let server = Served::both();
    let id = story(&server);
    for view in VIEWS {
        for path in [
            format!("/story/{id}{view}"),
            format!("/story/all{view}"),
            format!("/story/{id}{view}?as_of=2026-03-12&since=last"),
        ] {
            let page = server.get(&path);
            assert_eq!(page.status, 200, "{path}: {}", page.body);
            assert!(page.body.len() < 150_000, "{path}: {} bytes", page.body.len());
            assert_eq!(page.body.matches("<h1").count(), 1, "{path}");
            assert!(page.body.contains("<main") && page.body.contains("aria-current=\"page\""), "{path}");
            let mut ids = page.values(" id=\"");
            ids.sort();
            assert!(ids.windows(2).all(|w| w[0] != w[1]), "{path}: an id stands twice: {ids:?}");
            // No script and no style within the page: the policy would stop them.
            assert!(
                !page.body.contains(" style=") && !page.body.contains("<style") && !page.body.contains(" onclick"),
                "{path}"
            );
            assert_eq!(page.body.matches("<script").count(), 1, "{path}");
        }
    }
}

#[test]
fn every_fact_has_an_address_that_leads_to_it() {
    let server = Served::both();
    let id = story(&server);
    let record = server.json(&format!("/api/record?story={id}"));
    let mut seen = 0;
    for list in ["statements", "utterances", "meetings", "proposals", "issues", "discrepancies", "entities"] {
        for fact in record[list].as_array().unwrap() {
            let fact = fact["id"].as_str().unwrap();
            let to = server.get(&format!("/fact/{fact}?story={id}"));
            let place = to.header("location").unwrap_or_else(|| panic!("{list} {fact}: {}", to.status));
            if place.starts_with("/report/") && list == "proposals" {
                continue; // a proposal of which nothing is told but its name leads to its words
            }
            assert!(place.ends_with(&format!("#{fact}")), "{place}");
            let page = server.follow(place.split('#').next().unwrap());
            assert!(page.body.contains(&format!("id=\"{fact}\"")), "{list} {fact} is not on {place}");
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn a_citation_lights_exactly_its_words() {
    let server = Served::both();
    let id = story(&server);
    let record = server.json(&format!("/api/record?story={id}"));
    for statement in record["statements"].as_array().unwrap().iter().take(12) {
        let content = &statement["content"];
        let (report, exact) = (content["report"].as_str().unwrap(), content["exact"].as_str().unwrap());
        let page = server.get(&format!("/report/{report}?at={}-{}", content["start"], content["end"]));
        let highlighted: Vec<&str> = page
            .body
            .split("<mark class=\"highlight\"")
            .skip(1)
            .filter_map(|m| m.split_once('>')?.1.split("</mark>").next())
            .collect();
        let highlighted = highlighted.concat().replace("&#39;", "'").replace("&#34;", "\"").replace("&#38;", "&");
        let bare = |t: &str| t.split_whitespace().collect::<String>();
        assert_eq!(bare(&highlighted), bare(exact));
    }
    // Every citation on the pages opens.
    for view in VIEWS {
        let page = server.get(&format!("/story/{id}{view}"));
        let hrefs = page.values("class=\"cite\" href=\"");
        assert!(!hrefs.is_empty(), "{view}");
        for href in hrefs.iter().take(8) {
            let report = server.get(href.split('#').next().unwrap());
            assert_eq!(report.status, 200, "{href}");
            assert!(!report.body.contains("is lost"), "{href}");
        }
    }
}

#[test]
fn accounts_stand_side_by_side_with_the_differing_words_marked() {
    let server = Served::both();
    let id = story(&server);
    let page = server.get(&format!("/story/{id}/differ"));
    let beside = page.values("class=\"beside\" href=\"").into_iter().find(|h| h.contains("&with=")).unwrap();
    let both = server.get(&beside);
    assert_eq!(both.status, 200);
    assert!(both.body.matches("<div class=\"account\">").count() >= 2);
    assert!(both.body.contains("<ins>") || both.body.contains("<del>"));
}

#[test]
fn a_place_that_is_not_in_the_text_is_said_to_be_lost() {
    let server = Served::both();
    let report = server.json("/api/record")["reports"][0]["id"].as_str().unwrap().to_owned();
    let page = server.get(&format!("/report/{report}?at=0-5,900000-900010"));
    assert!(
        page.body.contains("900000–900010 is lost")
            && page.body.contains("<mark class=\"highlight\" id=\"highlight\">")
    );
}

#[test]
fn the_record_is_shown_as_it_was_known_on_a_day() {
    let server = Served::both();
    let id = story(&server);
    let now = server.json(&format!("/api/record?story={id}"));
    let then = server.json(&format!("/api/record?story={id}&as_of=2026-03-12"));
    assert!(then["reports"].as_array().unwrap().len() < now["reports"].as_array().unwrap().len());
    let page = server.get(&format!("/story/{id}?as_of=2026-03-12"));
    assert!(page.body.contains("as of 12 Mar 2026"));
    // The slider without a script sends a number of days; it leads to the day.
    let to = server.get(&format!("/story/{id}?day=0"));
    assert_eq!(to.status, 303);
    assert!(to.header("location").unwrap().contains("as_of=2026-03-"), "{to:?}");
    let news = server.get(&format!("/story/{id}?since=2026-03-12"));
    assert!(news.body.contains("What is new since 12 Mar 2026"));
}

#[test]
fn words_are_found_and_lead_to_their_place() {
    let server = Served::both();
    let page = server.get("/search?q=strait");
    let hits = page.values("class=\"cite plain\" href=\"");
    assert!(!hits.is_empty());
    assert!(
        server
            .get(hits.iter().find(|h| h.contains("at=")).unwrap().split('#').next().unwrap())
            .body
            .contains("class=\"highlight\"")
    );
    for q in ["", "%22", "AND", "a%20OR%20b%22", "NEAR(", "*", "%00", "zzzzzz"] {
        assert_eq!(server.get(&format!("/search?q={q}")).status, 200, "{q}");
    }
}

#[test]
fn one_story_is_shown_at_once_and_many_are_listed_in_pages() {
    let server = Served::both();
    let home = server.get("/");
    assert_eq!(home.values("<li><a href=\"/story/").len(), 2);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("one.dossier");
    let strait = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/strait");
    crate::util::dossier(&path, &[strait]);
    let one = Served::over(dir, path, |_| {});
    assert!(one.get("/").body.contains("id=\"lead\""));
}

#[test]
fn what_another_process_adds_is_shown_at_once() {
    let server = Served::both();
    assert!(!server.get("/").body.contains("Lantern"));
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("new.txt");
    std::fs::write(
        &file,
        "Lantern festival opens in Tesk\n\nThe Lantern festival in Tesk opened on Monday, said Mayor Ilva Marsh.\n",
    )
    .unwrap();
    crate::util::dossier(&server.path, &[file]);
    assert_eq!(server.json("/api/stories")["all"], 3);
    assert!(server.get("/search?q=lantern").body.contains("Lantern"));
}

#[test]
fn words_that_many_reports_carry_stay_one_line_and_each_report_is_led_to_them() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("reports");
    std::fs::create_dir(&folder).unwrap();
    for n in 0..30 {
        let text = format!(
            "Talks over the weir went on.\n\n\"We will keep the weir open until the spring,\" Ilva Marsh said on day {n}.\n"
        );
        std::fs::write(folder.join(format!("{n}.txt")), text).unwrap();
        std::fs::write(folder.join(format!("{n}.json")), format!(r#"{{"outlet": "Outlet {n}"}}"#)).unwrap();
    }
    let path = dir.path().join("weir.dossier");
    dossier(&path, &[folder]);
    let server = Served::over(dir, path, |_| {});
    let record = server.json("/api/record?story=all");
    let statements = record["statements"].as_array().unwrap();
    assert!(statements.len() >= 30, "{}", statements.len());
    for fact in statements {
        let to = server.get(&format!("/fact/{}", fact["id"].as_str().unwrap()));
        let place = to.header("location").unwrap().to_owned();
        let (page, anchor) = place.split_once('#').unwrap();
        let page = server.follow(page);
        assert_eq!(page.body.matches(&format!("id=\"{anchor}\"")).count(), 1, "{place}");
        let anchors = page.body.matches("data-fact=\"statement\"").count();
        assert!(anchors <= 12, "{anchors}");
    }
}
