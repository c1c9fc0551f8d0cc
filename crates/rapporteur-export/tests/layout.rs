//! The forms of a record, of a made-up one: how each is laid out stands in the snapshots, what it must say of the record in
//! the tables below. That exports of stories which are read lead to their words is tested in the facade
//! (`crates/rapporteur/tests/facade/export.rs`).

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails says so by panicking")]

#[path = "../../rapporteur-brief/tests/faces/story.rs"]
mod story;

use std::collections::BTreeSet;

use rapporteur_export::{Format, Options, export};
use rapporteur_schema::MeetingStatus;
use serde_json::Value;

fn written(format: Format) -> String {
    written_of(format, &story::weir())
}

fn written_of(format: Format, story: &story::Story) -> String {
    let files = export(format, &story.record, &story.reports, &Options::default()).unwrap();
    assert_eq!(files.len(), 1);
    String::from_utf8(files.into_iter().next().unwrap().bytes).unwrap()
}

fn table(name: &str) -> String {
    let story = story::weir();
    let files = export(Format::Csv, &story.record, &story.reports, &Options::default()).unwrap();
    String::from_utf8(files.into_iter().find(|f| f.name == name).unwrap().bytes).unwrap()
}

/// The first of each sort, by a word that tells the sort: a whole export is long and much the same.
fn first_of_each(items: &[Value], sort: impl Fn(&Value) -> String) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    items.iter().filter(|i| seen.insert(sort(i))).cloned().collect()
}

#[test]
fn annotations() {
    let all: Value = serde_json::from_str(&written(Format::WebAnnotation)).unwrap();
    let items = all["first"]["items"].as_array().unwrap();
    assert_eq!(all["total"], items.len());
    insta::assert_json_snapshot!(first_of_each(items, |i| i["body"][0]["value"].to_string()));
}

#[test]
fn schema_org() {
    let graph: Value = serde_json::from_str(&written(Format::SchemaOrg)).unwrap();
    insta::assert_json_snapshot!(first_of_each(graph["@graph"].as_array().unwrap(), |i| i["@type"].to_string()));
}

#[test]
fn ftm() {
    let entities: Vec<Value> =
        written(Format::FollowTheMoney).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    insta::assert_json_snapshot!(first_of_each(&entities, |e| e["schema"].to_string()));
}

#[test]
fn plover() {
    insta::assert_snapshot!(written(Format::Plover));
}

/// The calendar where the meeting is still to come: what was held has no entry.
fn calendar_of_a_plan() -> String {
    let mut story = story::weir();
    assert!(!written_of(Format::ICalendar, &story).contains("BEGIN:VEVENT"));
    story.record.meetings[0].status = MeetingStatus::Planned;
    written_of(Format::ICalendar, &story)
}

#[test]
fn note() {
    insta::assert_snapshot!(written(Format::Notes));
}

#[test]
fn bibtex() {
    insta::assert_snapshot!(written(Format::Bibtex));
}

#[test]
fn csl() {
    insta::assert_snapshot!(written(Format::CslJson));
}

#[test]
fn csv_of_meetings() {
    insta::assert_snapshot!(table("meetings.csv"));
}

/// The rows of a table by some of its columns, each once.
fn rows(name: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let text = table(&format!("{name}.csv"));
    let mut lines = csv::Reader::from_reader(text.as_bytes());
    let head = lines.headers().unwrap().clone();
    let at: Vec<usize> = columns.iter().map(|c| head.iter().position(|h| h == *c).unwrap()).collect();
    let mut rows: Vec<Vec<String>> =
        lines.records().map(|row| row.unwrap()).map(|row| at.iter().map(|&n| row[n].to_owned()).collect()).collect();
    rows.dedup();
    rows
}

#[allow(clippy::type_complexity, reason = "a table of a test")]
#[test]
fn tables_say_what_the_record_says() {
    let tables: [(&str, &[&str], &[&[&str]]); 7] = [
        (
            "statements",
            &["statement", "mode", "speaker_name", "report", "medium"],
            &[
                &["s1", "direct", "Mira Orlan", "r1", "at the weir"],
                &["s2", "direct", "Mira Orlan", "r2", ""],
                &["s3", "direct", "Mira Orlan", "r3", ""],
                &["s4", "direct", "Anton Valdis", "r1", ""],
                &["s5", "direct", "Anton Valdis", "r2", ""],
                &["s6", "indirect", "Mira Orlan", "r1", ""],
                &["s7", "indirect", "", "r2", ""],
                &["s8", "direct", "", "r3", ""],
                &["s9", "direct", "", "r3", ""],
                &["s10", "direct", "奥兰", "r4", ""],
            ],
        ),
        (
            "meetings",
            &["meeting", "kind", "status", "participant_names", "place_name", "date"],
            &[&["m1", "talks", "held", "Mira Orlan; Ulm delegation", "Brenn", "2031-03-03"]],
        ),
        (
            "proposals",
            &["proposal", "names", "version", "points", "approximate", "exact"],
            &[
                &["p1", "sluice plan", "1", "12", "false", "12 points"],
                &["p1", "sluice plan", "2", "10", "true", "about ten points"],
            ],
        ),
        (
            "discrepancies",
            &["discrepancy", "kind", "about", "answer", "value", "report"],
            &[
                &["d1", "number", "points in the plan", "1", "12", "r1"],
                &["d1", "number", "points in the plan", "2", "about ten", "r2"],
            ],
        ),
        (
            "reports",
            &["report", "outlet", "published", "published_basis"],
            &[
                &["r1", "Tesk Herald", "2031-03-04", "given"],
                &["r2", "Ulm Post", "2031-03-05", "stated"],
                &["r3", "", "", ""],
                &["r4", "水文日报", "2031-03-05", "inferred"],
            ],
        ),
        (
            "positions",
            &["party_name", "stance", "exact"],
            &[
                &["Tesk", "demands", "Tesk would sign only if Ulm paid for the gates"],
                &["Ulm delegation", "rejects", "the gates were nobody's gift"],
            ],
        ),
        ("issues", &["issue"], &[]),
    ];
    for (name, columns, want) in tables {
        assert_eq!(rows(name, columns), want, "{name}");
    }
}

#[test]
fn an_event_says_who_met_whom_and_when() {
    let text = written(Format::Plover);
    let mut lines = text.lines().map(|l| l.split('\t').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let column = |name: &str| head.iter().position(|h| *h == name).unwrap();
    let wanted = ["Event ID", "Event Date", "Event Type", "Actor Name", "Recipient Name"].map(column);
    let events: Vec<[&str; 5]> = lines.map(|row| wanted.map(|n| row[n])).collect();
    let met: Vec<&[&str; 5]> = events.iter().filter(|e| e[2] == "CONSULT").collect();
    assert_eq!(met, [&["m1-1", "2031-03-03", "CONSULT", "Mira Orlan", "Ulm delegation"]]);
}

#[test]
fn an_entry_of_the_calendar_says_who_and_when() {
    let text = calendar_of_a_plan().replace("\r\n ", "").replace("\n ", "");
    let fields = ["UID:", "DTSTART", "SUMMARY:", "LOCATION:", "STATUS:"];
    let entry: Vec<&str> =
        text.lines().map(str::trim_end).filter(|l| fields.iter().any(|f| l.starts_with(f))).collect();
    assert_eq!(
        entry,
        [
            "UID:m1@rapporteur",
            "DTSTART;VALUE=DATE:20310303",
            "SUMMARY:Talks: Mira Orlan\\, Ulm delegation",
            "LOCATION:Brenn",
            "STATUS:TENTATIVE"
        ]
    );
}
