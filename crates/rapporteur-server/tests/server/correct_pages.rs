//! For each kind of correction, of either aim, what words the pages lose, keep and gain.
//!
//! The story is `tests/stories/ferries`: three reports that differ on the day of one round of talks and on who said one
//! sentence.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::util::{Served, dossier};

/// What shows the record.
#[derive(Clone, Copy, Debug)]
enum Face {
    /// A page, as it is read.
    Page(&'static str),
    /// The page of a checked draft.
    Checked(&'static str),
}
use Face::{Checked, Page};

/// Words that are there before and not after, before and after, after and not before.
type Shown = (Face, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

/// One kind of correction: what the form sends, which is wrong, what it is on.
struct Row {
    wrong: &'static str,
    on: fn(&Value) -> String,
    fields: &'static [(&'static str, &'static str)],
    faces: &'static [Shown],
}

const BRIEF: Face = Page("/story/all");
const SAID: Face = Page("/story/all/said");
const DIFFER: Face = Page("/story/all/differ");
const TIMELINE: Face = Page("/story/all/timeline");
const NAMES: Face = Page("/story/all/names");
const OUTLETS: Face = Page("/story/all/outlets");
const LOG: Face = Page("/log");

const THEY_MET: &str = "Petra Brandt met Ilva Marsh in Tesk on Monday.";
const THEY_WILL_MEET: &str = "Orlan Veit will meet Hanna Ling in Velmin on Friday.";

/// The first of a list of the record of which this is so.
fn first(record: &Value, list: &str, is: impl Fn(&Value) -> bool) -> String {
    let found = record[list].as_array().unwrap().iter().find(|f| is(f));
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

fn person(record: &Value, name: &str) -> String {
    first(record, "entities", |e| e["name"] == name)
}

fn veit(record: &Value) -> String {
    person(record, "Orlan Veit")
}

fn ling(record: &Value) -> String {
    person(record, "Hanna Ling")
}

fn brandt(record: &Value) -> String {
    person(record, "Petra Brandt")
}

fn said_by_marsh(record: &Value) -> String {
    let marsh = person(record, "Ilva Marsh");
    first(record, "statements", |s| s["speaker"] == marsh.as_str())
}

fn said_by_veit(record: &Value) -> String {
    let veit = veit(record);
    first(record, "statements", |s| s["speaker"] == veit.as_str())
}

fn met(record: &Value) -> String {
    first(record, "meetings", |m| m["status"] == "held")
}

fn to_come(record: &Value) -> String {
    first(record, "meetings", |m| m["status"] == "planned")
}

fn differ_on_day(record: &Value) -> String {
    first(record, "discrepancies", |d| d["kind"] == "date")
}

const ROWS: &[Row] = &[
    Row {
        wrong: "reading",
        on: said_by_marsh,
        fields: &[("do", "speaker"), ("value", "Petra Brandt")],
        faces: &[
            (BRIEF, &["attribution who said"], &["Petra Brandt"], &[]),
            (DIFFER, &["attribution 1"], &["date 1"], &[]),
            (
                Checked("“The boats will sail again before the summer festival,” Ilva Marsh said."),
                &["disputed"],
                &[],
                &["other speaker"],
            ),
            (LOG, &[], &[], &["statement Ilva Marsh", "→ Petra Brandt Undo"]),
        ],
    },
    Row {
        wrong: "report",
        on: said_by_marsh,
        fields: &[("do", "speaker"), ("value", "Petra Brandt")],
        faces: &[
            (BRIEF, &[], &["attribution who said"], &[]),
            (DIFFER, &[], &["attribution 1", "date 1"], &[]),
            (LOG, &[], &[], &["statement Ilva Marsh", "→ Petra Brandt Undo"]),
        ],
    },
    Row {
        wrong: "reading",
        on: met,
        fields: &[("do", "date"), ("value", "2025-03-01")],
        faces: &[
            (BRIEF, &["held 2 Mar", "≠ date"], &[], &["held 1 Mar", "→ 2025-03-01 — Ada"]),
            (DIFFER, &["Monday"], &["attribution 1"], &[]),
            (TIMELINE, &["held 2 Mar"], &[], &["held 1 Mar"]),
            (
                Checked(THEY_MET),
                &["disputed"],
                &[],
                &["2025-03-01 in Harbour Wire [1] and Quayside [2], as read by a correction of Ada"],
            ),
        ],
    },
    Row {
        wrong: "report",
        on: met,
        fields: &[("do", "date"), ("value", "2025-03-01")],
        faces: &[
            (BRIEF, &["held 2 Mar"], &["≠ date"], &["held 1 Mar", "· the report is wrong — Ada"]),
            (DIFFER, &[], &["Monday", "Sunday"], &[]),
            (
                Checked(THEY_MET),
                &["disputed"],
                &[],
                &["so in Harbour Wire [1], but the report is wrong: 2025-03-01, by a correction of Ada"],
            ),
        ],
    },
    Row {
        wrong: "reading",
        on: to_come,
        fields: &[("do", "status"), ("value", "denied")],
        faces: &[
            (BRIEF, &["planned 7 Mar"], &[], &["denied 7 Mar", "planned → denied — Ada"]),
            (TIMELINE, &["on Friday planned report"], &[], &["on Friday denied report"]),
            (OUTLETS, &["planned Hanna Ling – Orlan Veit"], &[], &["denied Hanna Ling – Orlan Veit"]),
            (Checked(THEY_WILL_MEET), &[], &[], &["denied in Tesk Herald [3], as read by a correction of Ada"]),
        ],
    },
    Row {
        wrong: "report",
        on: to_come,
        fields: &[("do", "status"), ("value", "denied")],
        faces: &[
            (BRIEF, &["planned 7 Mar"], &[], &["denied 7 Mar", "planned → denied · the report is wrong — Ada"]),
            (Checked(THEY_WILL_MEET), &[], &[], &["but the report is wrong: denied, by a correction of Ada"]),
        ],
    },
    Row { wrong: "reading", on: ling, fields: &[("do", "merge"), ("value", "Orlan Veit")], faces: MERGED },
    Row { wrong: "report", on: ling, fields: &[("do", "merge"), ("value", "Orlan Veit")], faces: MERGED },
    Row { wrong: "reading", on: brandt, fields: &[("do", "split"), ("value", "Brandt")], faces: SPLIT },
    Row { wrong: "report", on: brandt, fields: &[("do", "split"), ("value", "Brandt")], faces: SPLIT },
    Row {
        wrong: "reading",
        on: to_come,
        fields: &[("do", "reject")],
        faces: &[
            (BRIEF, &["planned 7 Mar"], &["held 2 Mar"], &[]),
            (TIMELINE, &["on Friday planned report"], &["on Sunday held report"], &[]),
            (OUTLETS, &["planned Hanna Ling – Orlan Veit"], &["Nobody asked the pilots"], &[]),
            (
                Checked(THEY_WILL_MEET),
                &[],
                &[],
                &["what was read so in Tesk Herald [3] was left out by a correction of Ada"],
            ),
            (LOG, &[], &[], &["left out"]),
        ],
    },
    Row {
        wrong: "report",
        on: to_come,
        fields: &[("do", "reject")],
        faces: &[
            (
                BRIEF,
                &["planned 7 Mar"],
                &["held 2 Mar"],
                &["denied 7 Mar", "planned → not so · the report is wrong — Ada"],
            ),
            (Checked(THEY_WILL_MEET), &[], &[], &["but the report is wrong: denied, by a correction of Ada"]),
        ],
    },
    Row {
        wrong: "reading",
        on: said_by_veit,
        fields: &[("do", "reject")],
        faces: &[
            (
                BRIEF,
                &["“Nobody asked the pilots about any of this” report 3"],
                &["The boats will sail"],
                &["left out — misread"],
            ),
            (SAID, &["Nobody asked the pilots"], &["The boats will sail"], &[]),
            (OUTLETS, &["Nobody asked the pilots"], &["planned Hanna Ling – Orlan Veit"], &[]),
        ],
    },
    Row {
        wrong: "reading",
        on: veit,
        fields: &[("do", "reject")],
        faces: &[
            (NAMES, &["person Orlan Veit"], &["person Hanna Ling"], &[]),
            (BRIEF, &["Hanna Ling – Orlan Veit"], &[], &[]),
        ],
    },
    Row {
        wrong: "reading",
        on: differ_on_day,
        fields: &[("do", "reject")],
        faces: &[
            (BRIEF, &["≠ date"], &["attribution who said"], &[]),
            (DIFFER, &["date 1"], &["attribution 1"], &[]),
            (Checked(THEY_MET), &["disputed"], &[], &[]),
        ],
    },
    Row {
        wrong: "reading",
        on: met,
        fields: &[("do", "note"), ("value", "called the port")],
        faces: &[
            (BRIEF, &[], &["held 2 Mar", "≠ date"], &["called the port — Ada"]),
            (DIFFER, &[], &["date 1", "attribution 1"], &[]),
            (LOG, &[], &[], &["called the port"]),
        ],
    },
];

/// Who is who is the same on every page, whichever is wrong.
const MERGED: &[Shown] = &[
    (NAMES, &["person Orlan Veit"], &["person Hanna Ling"], &[]),
    (BRIEF, &["Hanna Ling – Orlan Veit"], &["Nobody asked the pilots"], &[]),
    (SAID, &["Orlan Veit 1"], &["Petra Brandt 1"], &["Hanna Ling 1"]),
    (Checked("“Nobody asked the pilots about any of this,” Hanna Ling said."), &["other speaker"], &[], &[]),
    (LOG, &[], &[], &["same as"]),
];

const SPLIT: &[Shown] =
    &[(NAMES, &[], &["person Petra Brandt"], &["person Brandt"]), (LOG, &[], &[], &["parted from"])];

/// Made once: reading takes the language model.
fn ferries() -> &'static Path {
    static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ferries.dossier");
        dossier(&path, &[Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories/ferries")]);
        (dir, path)
    });
    &made.1
}

fn served() -> Served {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ferries.dossier");
    std::fs::copy(ferries(), &path).unwrap();
    Served::over(dir, path, |_| {})
}

/// What is read on a page: its main part without tags, forms and what only a pointer shows.
fn show(server: &Served, face: Face) -> String {
    let page = match face {
        Page(path) => server.follow(path).body,
        Checked(draft) => {
            let csrf = server.csrf();
            server.post("/story/all/check", &[("csrf", &csrf), ("draft", draft), ("date", "2025-03-04")]).body
        }
    };
    let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let mut text = String::new();
    for piece in main.split('<').skip(1) {
        let (_, words) = piece.split_once('>').unwrap_or_default();
        text.push(' ');
        text.push_str(words);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_kind_of_correction_reaches_every_page() {
    let mut faults: Vec<String> = Vec::new();
    for row in ROWS {
        let server = served();
        let before: Vec<String> = row.faces.iter().map(|f| show(&server, f.0)).collect();
        let (on, csrf) = ((row.on)(&server.json("/api/record")), server.csrf());
        let mut sent = vec![("csrf", csrf.as_str()), ("who", "Ada"), ("on", &on), ("wrong", row.wrong)];
        sent.extend_from_slice(row.fields);
        let done = server.post("/correct", &sent);
        assert_eq!(done.status, 303, "{:?}: {done:?}", row.fields);
        let aim = if row.wrong == "report" { "world" } else { "reading" };
        assert_eq!(server.json("/api/record")["corrections"][0]["aim"], aim);
        for ((face, gone, kept, come), before) in row.faces.iter().zip(before) {
            let after = show(&server, *face);
            let told = || format!("{:?} ({}) on {face:?}\nBEFORE\n{before}\nAFTER\n{after}", row.fields, row.wrong);
            for words in *gone {
                if !before.contains(words) || after.contains(words) {
                    faults.push(format!("{words:?} stays: {}", told()));
                }
            }
            for words in *kept {
                if !before.contains(words) || !after.contains(words) {
                    faults.push(format!("{words:?} does not stay: {}", told()));
                }
            }
            for words in *come {
                if before.contains(words) || !after.contains(words) {
                    faults.push(format!("{words:?} does not come: {}", told()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn what_this_story_does_not_have_reaches_the_api() {
    for (list, field, values) in
        [("issues", "status", ["agreed", "deferred"]), ("statements", "date", ["2026-03-01", "2026-03-02"])]
    {
        let server = Served::both();
        let id = first(&server.json("/api/record"), list, |f| !values.iter().any(|v| f[field] == *v));
        for (wrong, aim, value) in [("reading", "reading", values[0]), ("report", "world", values[1])] {
            let csrf = server.csrf();
            let sent =
                [("csrf", &*csrf), ("who", "Ada"), ("on", &id), ("wrong", wrong), ("do", field), ("value", value)];
            assert_eq!(server.post("/correct", &sent).status, 303, "{list}");
            let after = server.json("/api/record");
            let made = after["corrections"].as_array().unwrap().last().unwrap();
            assert_eq!((&made["aim"], &made["now"]), (&aim.into(), &value.into()));
            let now = after[list].as_array().unwrap().iter().find(|f| f["id"] == made["on"]).unwrap();
            assert_eq!(now[field], value, "{list} {wrong}");
        }
    }
}
