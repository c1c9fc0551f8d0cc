//! For each kind of correction, of either aim, what words the tools of `rapporteur mcp` lose, keep and gain.
//!
//! The story is `tests/stories/ferries`: three reports that differ on the day of one round of talks and on who said one
//! sentence.

use std::path::Path;

use serde_json::Value;

use crate::mcp::{call, over};
use crate::util::Dir;

/// A tool and what it is asked; words that are there before and not after, before and after, after and not before.
type Shown = (&'static str, &'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

/// One kind of correction, as it is typed.
struct Row {
    typed: fn(&Value) -> String,
    faces: &'static [Shown],
}

/// The first of a list of the record of which this is so.
fn first(record: &Value, list: &str, is: impl Fn(&Value) -> bool) -> String {
    let found = record[list].as_array().unwrap().iter().find(|f| is(f));
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

fn person(record: &Value, name: &str) -> String {
    first(record, "entities", |e| e["name"] == name)
}

fn said_by(record: &Value, name: &str) -> String {
    let person = person(record, name);
    first(record, "statements", |s| s["speaker"] == person.as_str())
}

fn gathering(record: &Value, status: &str) -> String {
    first(record, "meetings", |m| m["status"] == status)
}

fn speaker(r: &Value) -> String {
    format!("speaker {} {}", said_by(r, "Ilva Marsh"), person(r, "Petra Brandt"))
}

fn date(r: &Value) -> String {
    format!("date {} 2025-03-01", gathering(r, "held"))
}

fn status(r: &Value) -> String {
    format!("status {} denied", gathering(r, "planned"))
}

fn merge(r: &Value) -> String {
    format!("merge {} {}", person(r, "Hanna Ling"), person(r, "Orlan Veit"))
}

fn split(r: &Value) -> String {
    format!("split {} Brandt", person(r, "Petra Brandt"))
}

fn no_gathering(r: &Value) -> String {
    format!("reject {}", gathering(r, "planned"))
}

fn no_statement(r: &Value) -> String {
    format!("reject {}", said_by(r, "Orlan Veit"))
}

fn no_difference(r: &Value) -> String {
    format!("reject {}", first(r, "discrepancies", |d| d["kind"] == "date"))
}

fn note(r: &Value) -> String {
    format!("note {} telephoned", gathering(r, "held"))
}

/// The attribution of a quotation that two reports give to two people.
const OF_MARSH: &str = r#"{"quote": "The boats will sail again before the summer festival", "speaker": "Ilva Marsh"}"#;
const OF_LING: &str = r#"{"quote": "Nobody asked the pilots about any of this", "speaker": "Hanna Ling"}"#;
const OF_VEIT: &str = r#"{"quote": "Nobody asked the pilots about any of this", "speaker": "Orlan Veit"}"#;

const READING: &[Row] = &[
    Row {
        typed: speaker,
        faces: &[
            (
                "statements",
                "{}",
                &["\"speaker\":\"Ilva Marsh\""],
                &[],
                &["the reading: the report says something else"],
            ),
            ("differences", "{}", &["\"kind\":\"attribution\""], &["\"kind\":\"date\""], &[]),
            ("check_quote", OF_MARSH, &["\"disputed\""], &["\"exact\""], &["\"other speaker\""]),
            ("brief", "{}", &["who said: The boats"], &["talks of Ilva Marsh"], &["misread, Ada"]),
        ],
    },
    Row {
        typed: date,
        faces: &[
            (
                "meetings",
                "{}",
                &["\"2025-03-02\"", "\"2025-03-03\""],
                &[],
                &["\"2025-03-01\"", "the reading: the report"],
            ),
            ("differences", "{}", &["\"kind\":\"date\""], &["\"kind\":\"attribution\""], &[]),
            ("brief", "{}", &["talks of Ilva Marsh"], &[], &["1 Mar", "misread, Ada"]),
        ],
    },
    Row {
        typed: status,
        faces: &[
            ("meetings", "{}", &["\"status\":\"planned\""], &[], &["\"status\":\"denied\"", "\"do\":\"status\""]),
            ("brief", "{}", &["*planned*"], &[], &["*denied*"]),
        ],
    },
    Row {
        typed: no_gathering,
        faces: &[
            ("meetings", "{}", &["\"status\":\"planned\""], &["\"status\":\"held\""], &[]),
            ("brief", "{}", &["*planned*"], &[], &["left out"]),
        ],
    },
    Row {
        typed: no_statement,
        faces: &[
            ("statements", "{}", &["Nobody asked the pilots"], &["The boats will sail"], &[]),
            ("check_quote", OF_VEIT, &["given to Orlan Veit"], &["\"exact\""], &["whose words they are is left open"]),
        ],
    },
    Row {
        typed: no_difference,
        faces: &[("differences", "{}", &["\"kind\":\"date\""], &["\"kind\":\"attribution\""], &[])],
    },
];

const WORLD: &[Row] = &[
    Row {
        typed: speaker,
        faces: &[
            (
                "statements",
                "{}",
                &["\"speaker\":\"Ilva Marsh\""],
                &[],
                &["the report: it says so, but a person knows better"],
            ),
            ("differences", "{}", &[], &["\"kind\":\"attribution\""], &[]),
            ("check_quote", OF_MARSH, &[], &["\"exact\""], &["\"other speaker\""]),
            ("brief", "{}", &[], &["who said: The boats"], &["the report is wrong, Ada"]),
        ],
    },
    Row {
        typed: date,
        faces: &[
            (
                "meetings",
                "{}",
                &[],
                &["\"2025-03-02\"", "\"2025-03-03\""],
                &["\"2025-03-01\"", "the report: it says so"],
            ),
            ("differences", "{}", &[], &["\"kind\":\"date\"", "\"kind\":\"attribution\""], &[]),
            ("brief", "{}", &[], &["talks of Ilva Marsh"], &["1 Mar", "the report is wrong, Ada"]),
        ],
    },
    Row {
        typed: status,
        faces: &[
            ("meetings", "{}", &[], &["\"status\":\"planned\""], &["\"status\":\"denied\"", "the report: it says so"]),
            ("brief", "{}", &["*planned*"], &[], &["*denied*"]),
        ],
    },
    Row {
        typed: no_gathering,
        faces: &[
            ("meetings", "{}", &[], &["\"status\":\"planned\""], &["\"status\":\"denied\"", "\"now\":\"not so\""]),
            ("brief", "{}", &["*planned*"], &[], &["*denied*"]),
        ],
    },
];

/// What is the same whichever is wrong.
const EITHER: &[Row] = &[
    Row {
        typed: merge,
        faces: &[
            ("statements", "{}", &["\"speaker\":\"Orlan Veit\""], &[], &["\"speaker\":\"Hanna Ling\""]),
            ("meetings", "{}", &["[\"Hanna Ling\",\"Orlan Veit\"]"], &[], &["[\"Hanna Ling\"]"]),
            ("check_quote", OF_LING, &["\"other speaker\""], &["\"exact\""], &[]),
            ("brief", "{}", &["### Orlan Veit"], &[], &["### Hanna Ling"]),
        ],
    },
    Row {
        typed: split,
        faces: &[
            ("statements", "{}", &["\"speaker\":\"Petra Brandt\""], &[], &["\"speaker\":\"Brandt\""]),
            ("meetings", "{}", &[], &["\"Petra Brandt\""], &[]),
        ],
    },
    Row {
        typed: note,
        faces: &[
            ("meetings", "{}", &[], &["\"status\":\"held\""], &["telephoned"]),
            ("differences", "{}", &[], &["\"kind\":\"date\"", "\"kind\":\"attribution\""], &[]),
            ("brief", "{}", &[], &[], &["telephoned"]),
        ],
    },
];

/// What the tools answer.
fn answers(dossier: &Path, faces: &'static [Shown]) -> Vec<String> {
    let (sender, answers) = std::sync::mpsc::channel();
    over(dossier, |client| async move {
        for (tool, asked, ..) in faces {
            let answer = call(&client, tool, serde_json::from_str(asked).unwrap()).await;
            assert_ne!(answer.is_error, Some(true), "{tool}: {answer:?}");
            let text = match answer.structured_content {
                Some(facts) => facts.to_string(),
                None => serde_json::to_value(&answer.content).unwrap()[0]["text"].as_str().unwrap().to_owned(),
            };
            sender.send(text).unwrap();
        }
        client.cancel().await.unwrap();
    });
    answers.into_iter().collect()
}

#[test]
fn what_was_corrected_is_what_the_tools_say() {
    let dir = Dir::new();
    let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/stories/ferries");
    dir.run(&format!("add {story} --into desk.dossier")).code(0);
    let record: Value = serde_json::from_str(&dir.run("record --from desk.dossier").code(0).out).unwrap();
    let (reading, world) = ("", "--report-is-wrong");
    for (rows, flag) in [(READING, reading), (WORLD, world), (EITHER, reading), (EITHER, world)] {
        for row in rows {
            let typed = (row.typed)(&record);
            let before = answers(&dir.path("desk.dossier"), row.faces);
            std::fs::copy(dir.path("desk.dossier"), dir.path("corrected.dossier")).unwrap();
            dir.run(&format!("correct {typed} {flag} --from corrected.dossier --who Ada --why asked")).code(0);
            // What makes no sense is refused and stands in no log.
            dir.run(&format!("correct speaker nothing none {flag} --from corrected.dossier --who Ada")).code(2);
            let log = dir.run("correct log --from corrected.dossier --format json").code(0);
            assert_eq!(serde_json::from_str::<Value>(&log.out).unwrap().as_array().unwrap().len(), 1, "{typed}");
            let after = answers(&dir.path("corrected.dossier"), row.faces);
            for (((tool, _, gone, kept, come), before), after) in row.faces.iter().zip(before).zip(after) {
                let told = || format!("{typed} {flag}: {tool}\nBEFORE\n{before}\nAFTER\n{after}");
                for words in *gone {
                    assert!(before.contains(words) && !after.contains(words), "{words:?} stays: {}", told());
                }
                for words in *kept {
                    assert!(before.contains(words) && after.contains(words), "{words:?} does not stay: {}", told());
                }
                for words in *come {
                    assert!(!before.contains(words) && after.contains(words), "{words:?} does not come: {}", told());
                }
            }
        }
    }
}
