//! For each kind of correction what words each face loses, keeps and gains.

use rapporteur::brief;
use rapporteur::check::render::{Style, text};
use rapporteur::dossier::Scope;
use rapporteur::export::{self, Format};
use rapporteur::{Aim, EntityId, Record, RecordIndex, Report, ReportId, Wish};

use super::{Desk, SENTENCE, met, said, to_come};

/// What shows a record.
#[derive(Clone, Copy, Debug)]
enum Face {
    /// What follows from the findings: who says what, the same words, gatherings, differences.
    Derived,
    /// The check of the row's draft.
    Check,
    Markdown,
    Html,
    Export(Format),
}
use Face::{Check, Derived, Export, Html, Markdown};

/// Words that are there before and not after, before and after, after and not before.
type Shown = (Face, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

/// One kind of correction.
struct Row {
    aim: Aim,
    wish: fn(&Record) -> Wish,
    draft: &'static str,
    faces: &'static [Shown],
}

const CSV: Face = Export(Format::Csv);
const SCHEMA: Face = Export(Format::SchemaOrg);
const ANNOTATION: Face = Export(Format::WebAnnotation);
const PLOVER: Face = Export(Format::Plover);
const CALENDAR: Face = Export(Format::ICalendar);
const NOTES: Face = Export(Format::Notes);
const FTM: Face = Export(Format::FollowTheMoney);

fn to_brandt(record: &Record) -> Wish {
    Wish::Speaker { of: said(record, "Ilva Marsh", SENTENCE), speaker: "Petra Brandt".into() }
}

fn on_saturday(record: &Record) -> Wish {
    Wish::Date { of: met(record), date: "2025-03-01".into() }
}

fn on_sunday(record: &Record) -> Wish {
    Wish::Date { of: said(record, "Orlan Veit", "Nobody asked"), date: "2025-03-02".into() }
}

fn on_the_ninth(record: &Record) -> Wish {
    Wish::Date { of: to_come(record), date: "2025-03-09".into() }
}

fn denied(record: &Record) -> Wish {
    Wish::Status { of: to_come(record), status: "denied".into() }
}

fn one_person(_: &Record) -> Wish {
    Wish::Merge { entities: vec!["Hanna Ling".into(), "Orlan Veit".into()] }
}

fn two_people(_: &Record) -> Wish {
    Wish::Split { entity: "Petra Brandt".into(), forms: vec!["Brandt".into()] }
}

fn no_gathering(record: &Record) -> Wish {
    Wish::Reject { of: to_come(record) }
}

fn no_statement(record: &Record) -> Wish {
    Wish::Reject { of: said(record, "Orlan Veit", "Nobody asked") }
}

fn no_difference(record: &Record) -> Wish {
    Wish::Reject { of: record.discrepancies.iter().find(|d| d.kind.as_str() == "date").unwrap().id.to_string() }
}

fn nobody(_: &Record) -> Wish {
    Wish::Reject { of: "Orlan Veit".into() }
}

fn noted(record: &Record) -> Wish {
    Wish::Note { of: met(record), text: "called the port".into() }
}

const MARSH_SAID: &str = "“The boats will sail again before the summer festival,” Ilva Marsh said.\n";
const BRANDT_SAID: &str = "“The boats will sail again before the summer festival,” Petra Brandt said.\n";
const VEIT_SAID: &str = "“Nobody asked the pilots about any of this,” Orlan Veit said.\n";
const ON_MONDAY: &str = "“Nobody asked the pilots about any of this,” Orlan Veit said on Monday.\n";
const LING_SAID: &str = "“Nobody asked the pilots about any of this,” Hanna Ling said.\n";
const THEY_MET: &str = "Petra Brandt met Ilva Marsh in Tesk on Monday.\n";
const THEY_WILL_MEET: &str = "Orlan Veit will meet Hanna Ling in Velmin on Friday.\n";

const SPEAKER: &[Row] = &[
    Row {
        aim: Aim::Reading,
        wish: to_brandt,
        draft: MARSH_SAID,
        faces: &[
            (
                Derived,
                &["differ attribution", "Ilva Marsh says: The boats"],
                &["together Petra Brandt: The boats"],
                &[],
            ),
            (Check, &["disputed (attribution)"], &[], &["other speaker (attribution)"]),
            (Markdown, &["*attribution*"], &["### Petra Brandt"], &["misread, Night desk"]),
            (Html, &["<span class=\"label\">attribution</span>"], &[], &["misread, Night desk"]),
            (CSV, &[",Ilva Marsh,Marsh,135,140,said"], &[], &[",Petra Brandt,Petra Brandt,18,30,said"]),
            (
                SCHEMA,
                &[],
                &[],
                &["(corrected: speaker, was Ilva Marsh, now Petra Brandt, misread, Night desk: on the tape)"],
            ),
            (ANNOTATION, &["\"Ilva Marsh, direct speech"], &[], &["direct speech (corrected: speaker, was Ilva Marsh"]),
            (
                NOTES,
                &["**Ilva Marsh** (direct)", "**attribution**"],
                &["**Petra Brandt** (direct)"],
                &["misread (on the tape)"],
            ),
            (FTM, &["\"Ilva Marsh, direct speech"], &[], &["direct speech (corrected: speaker, was Ilva Marsh"]),
        ],
    },
    Row {
        aim: Aim::World,
        wish: to_brandt,
        draft: MARSH_SAID,
        faces: &[
            (Derived, &["Ilva Marsh says: The boats"], &["differ attribution: Petra Brandt | Ilva Marsh"], &[]),
            (Check, &[], &[], &["other speaker (attribution)"]),
            (Markdown, &[], &["*attribution*"], &["the report is wrong, Night desk"]),
            (Html, &[], &["<span class=\"label\">attribution</span>"], &["the report is wrong, Night desk"]),
            (
                CSV,
                &[",Ilva Marsh,Marsh,135,140,said"],
                &[],
                &[",Petra Brandt,Marsh,135,140,said", ",world,on the tape,"],
            ),
            (SCHEMA, &[], &[], &["now Petra Brandt, the report is wrong, Night desk: on the tape)"]),
            (ANNOTATION, &["\"Ilva Marsh, direct speech"], &[], &["the report is wrong, Night desk"]),
            (NOTES, &["**Ilva Marsh** (direct)"], &["**attribution**"], &["the report is wrong (on the tape)"]),
            (FTM, &["\"Ilva Marsh, direct speech"], &[], &["the report is wrong, Night desk"]),
        ],
    },
];

const DATE: &[Row] = &[
    Row {
        aim: Aim::Reading,
        wish: on_saturday,
        draft: THEY_MET,
        faces: &[
            (Derived, &["differ date", "told held 2025-03-03"], &[], &["meet held 2025-03-01", "told held 2025-03-01"]),
            (
                Check,
                &["disputed (date)"],
                &[],
                &[
                    "error: contradicted (date): 2025-03-01 in Harbour Wire [1] and Quayside [2], as read by a correction of Night desk (on the tape)",
                ],
            ),
            (Markdown, &["*date* talks of"], &[], &["*held* 1 Mar", "misread, Night desk"]),
        ],
    },
    Row {
        aim: Aim::World,
        wish: on_saturday,
        draft: THEY_MET,
        faces: &[
            (Derived, &[], &["differ date: Monday | Sunday", "told held 2025-03-03"], &["meet held 2025-03-01"]),
            (
                Check,
                &["disputed (date)"],
                &[],
                &[
                    "error: contradicted (date): so in Harbour Wire [1], but the report is wrong: 2025-03-01, by a correction of Night desk (on the tape)",
                ],
            ),
            (Markdown, &[], &["*date* talks of"], &["*held* 1 Mar", "the report is wrong, Night desk"]),
        ],
    },
    Row {
        aim: Aim::Reading,
        wish: on_saturday,
        draft: "Petra Brandt met Ilva Marsh in Tesk on Saturday.\n",
        faces: &[(
            Check,
            &["contradicted (date)"],
            &[],
            &["fine: supported (date): so in Harbour Wire [1] and Quayside [2], as read by a correction of Night desk"],
        )],
    },
    Row {
        aim: Aim::World,
        wish: on_saturday,
        draft: "Petra Brandt met Ilva Marsh in Tesk on Saturday.\n",
        faces: &[(
            Check,
            &["contradicted (date)"],
            &[],
            &[
                "fine: supported (date): 2025-03-01, by a correction of Night desk (on the tape); “Monday” and “Sunday” in Harbour Wire [1] and Quayside [2]: the report is wrong",
            ],
        )],
    },
    Row {
        aim: Aim::Reading,
        wish: on_the_ninth,
        draft: THEY_WILL_MEET,
        faces: &[
            (Derived, &["told planned 2025-03-07"], &[], &["meet planned 2025-03-09", "told planned 2025-03-09"]),
            (Check, &["fine: supported (date)"], &[], &["contradicted (date): 2025-03-09 in Tesk Herald [3], as read"]),
            (Html, &["7 Mar"], &[], &["9 Mar"]),
            (CSV, &[",Velmin,2025-03-07,"], &[], &[",Velmin,2025-03-09,"]),
            (
                SCHEMA,
                &["\"startDate\": \"2025-03-07\""],
                &[],
                &["\"startDate\": \"2025-03-09\"", "misread, Night desk"],
            ),
            (ANNOTATION, &[], &["Talks: Hanna Ling, Orlan Veit (planned)"], &["now 2025-03-09, misread, Night desk"]),
            (PLOVER, &["\t2025-03-07\tCONSULT"], &[], &["\t2025-03-09\tCONSULT"]),
            (CALENDAR, &["DATE:20250307"], &[], &["DATE:20250309", "misread"]),
            (NOTES, &["(planned) 2025-03-07"], &[], &["(planned) 2025-03-09"]),
            (FTM, &["\"date\":[\"2025-03-07\"]"], &[], &["\"date\":[\"2025-03-09\"]", "misread, Night desk"]),
        ],
    },
    Row {
        aim: Aim::World,
        wish: on_the_ninth,
        draft: THEY_WILL_MEET,
        faces: &[
            (Derived, &["meet planned 2025-03-07"], &["told planned 2025-03-07"], &["meet planned 2025-03-09"]),
            (Check, &["fine: supported (date)"], &[], &["so in Tesk Herald [3], but the report is wrong: 2025-03-09"]),
            (CSV, &[",Velmin,2025-03-07,2025-03-07,2025-03-07,,,"], &[",Velmin,2025-03-07,"], &[",Velmin,2025-03-09,"]),
            (SCHEMA, &["\"startDate\": \"2025-03-07\""], &[], &["the report is wrong, Night desk"]),
            (ANNOTATION, &[], &[], &["now 2025-03-09, the report is wrong, Night desk"]),
            (PLOVER, &["\t2025-03-07\tCONSULT"], &[], &["\t2025-03-09\tCONSULT"]),
            (CALENDAR, &["DATE:20250307"], &[], &["DATE:20250309", "the report is wrong"]),
            (NOTES, &["(planned) 2025-03-07"], &[], &["(planned) 2025-03-09", "the report is wrong"]),
            (FTM, &["\"date\":[\"2025-03-07\"]"], &[], &["the report is wrong, Night desk"]),
        ],
    },
];

const SAID: &[Row] = &[
    Row {
        aim: Aim::Reading,
        wish: on_sunday,
        draft: ON_MONDAY,
        faces: &[
            (CSV, &[], &[], &[",2025-03-02,2025-03-02,2025-03-02,,rtr"]),
            (SCHEMA, &[], &[], &["\"dateCreated\": \"2025-03-02\""]),
            (
                Check,
                &[],
                &[],
                &["contradicted (date): 2025-03-02 in Tesk Herald [3], as read by a correction of Night desk"],
            ),
        ],
    },
    Row {
        aim: Aim::World,
        wish: on_sunday,
        draft: ON_MONDAY,
        faces: &[
            (SCHEMA, &[], &[], &["\"dateCreated\": \"2025-03-02\"", "now 2025-03-02, the report is wrong"]),
            (Check, &[], &[], &["contradicted (date): 2025-03-02, by a correction of Night desk (on the tape)"]),
        ],
    },
];

const STATUS: &[Row] = &[
    Row {
        aim: Aim::Reading,
        wish: denied,
        draft: THEY_WILL_MEET,
        faces: &[
            (Derived, &["told planned"], &[], &["meet denied 2025-03-07", "told denied 2025-03-07"]),
            (
                Check,
                &[],
                &["supported (date)"],
                &["error: contradicted (meeting): denied in Tesk Herald [3], as read by a correction of Night desk"],
            ),
            (Markdown, &["*planned*"], &[], &["*denied*"]),
            (Html, &["(planned, Velmin)"], &[], &["(denied, Velmin)"]),
            (CSV, &[",talks,planned,"], &[], &[",talks,denied,"]),
            (
                SCHEMA,
                &["as reported: planned"],
                &[],
                &["as reported: denied (corrected: status, was planned, now denied"],
            ),
            (ANNOTATION, &["Orlan Veit (planned)"], &[], &["Orlan Veit (denied) (corrected: status"]),
            (PLOVER, &["\tfuture\tHanna Ling"], &[], &["\tnegation\tHanna Ling"]),
            (CALENDAR, &["BEGIN:VEVENT"], &["END:VCALENDAR"], &[]),
            (NOTES, &["(planned) 2025-03-07"], &[], &["(denied) 2025-03-07"]),
            (FTM, &["as reported: planned"], &[], &["as reported: denied (corrected: status"]),
        ],
    },
    Row {
        aim: Aim::World,
        wish: denied,
        draft: THEY_WILL_MEET,
        faces: &[
            (Derived, &["meet planned"], &["told planned 2025-03-07"], &["meet denied 2025-03-07"]),
            (
                Check,
                &[],
                &["supported (date)"],
                &[
                    "error: contradicted (meeting): so in Tesk Herald [3], but the report is wrong: denied, by a correction of",
                ],
            ),
            (Markdown, &["*planned*"], &[], &["*denied*", "the report is wrong, Night desk"]),
            (CSV, &[",talks,planned,"], &[], &[",talks,denied,"]),
            (SCHEMA, &["as reported: planned"], &[], &["now denied, the report is wrong"]),
            (ANNOTATION, &[], &["Orlan Veit (planned)"], &["now denied, the report is wrong"]),
            (PLOVER, &["\tfuture\tHanna Ling"], &[], &["\tnegation\tHanna Ling"]),
            (CALENDAR, &["BEGIN:VEVENT"], &[], &[]),
            (NOTES, &["(planned) 2025-03-07"], &[], &["(denied) 2025-03-07"]),
            (FTM, &["as reported: planned"], &[], &["now denied, the report is wrong"]),
        ],
    },
    Row {
        aim: Aim::World,
        wish: denied,
        draft: "Orlan Veit will not meet Hanna Ling in Velmin.\n",
        faces: &[(
            Check,
            &[],
            &[],
            &[
                "fine: supported (meeting): denied, by a correction of Night desk (on the tape); planned in Tesk Herald [3]: the report is wrong",
            ],
        )],
    },
];

/// Who is who is the same in every face, whichever is wrong.
const WHO: &[Shown] = &[
    (Derived, &["Orlan Veit says: Nobody"], &[], &["Hanna Ling says: Nobody", "meet planned 2025-03-07 Hanna Ling;"]),
    (Check, &["other speaker (attribution)"], &[], &["fine: supported (attribution)"]),
    (Markdown, &["### Orlan Veit"], &[], &["### Hanna Ling", "| merge | **Hanna Ling**"]),
    (Html, &["Hanna Ling – Orlan Veit"], &[], &["<span class=\"label\">merge</span>"]),
    (CSV, &["person,Orlan Veit,"], &["person,Hanna Ling,"], &[",Hanna Ling,\"Orlan Veit, who leads"]),
    (SCHEMA, &["\"Talks: Hanna Ling, Orlan Veit\""], &[], &["\"Talks: Hanna Ling\""]),
    (ANNOTATION, &["Orlan Veit, direct speech"], &[], &["Hanna Ling, direct speech"]),
    (PLOVER, &["Talks: Hanna Ling, Orlan Veit"], &[], &["Talks: Hanna Ling\t"]),
    (CALENDAR, &["SUMMARY:Talks: Hanna Ling\\, Orlan Veit"], &[], &["SUMMARY:Talks: Hanna Ling\r"]),
    (NOTES, &["**Orlan Veit** (direct)"], &[], &["**Hanna Ling** (direct)"]),
    (FTM, &["\"name\":[\"Orlan Veit\"]"], &[], &["\"alias\":[\"Orlan Veit\",\"Veit\"]"]),
];

/// A surname alone may be anybody's, so that a check still lets it pass for hers.
const TWO: &[Shown] = &[
    (Derived, &["Petra Brandt says: The boats"], &["Ilva Marsh says: The boats"], &["\nBrandt says: The boats"]),
    (Check, &[], &["supported (attribution)"], &[]),
    (Markdown, &[], &["Petra Brandt"], &["| split | **Petra Brandt**"]),
    (Html, &[], &[], &["<span class=\"label\">split</span>"]),
    (
        CSV,
        &[",Petra Brandt,Brandt,135,141,said"],
        &["person,Petra Brandt,"],
        &["person,Brandt,", ",Brandt,Brandt,135,141,said"],
    ),
    (SCHEMA, &[], &["\"name\": \"Petra Brandt\""], &["\"name\": \"Brandt\""]),
    (ANNOTATION, &["\"Petra Brandt, direct speech"], &[], &["\"Brandt, direct speech"]),
    (NOTES, &["**Petra Brandt** (direct)"], &[], &["**Brandt** (direct)"]),
    (FTM, &["\"alias\":[\"Brandt\"]"], &["\"name\":[\"Petra Brandt\"]"], &["\"name\":[\"Brandt\"]"]),
];

const ENTITIES: &[Row] = &[
    Row { aim: Aim::Reading, wish: one_person, draft: LING_SAID, faces: WHO },
    Row { aim: Aim::World, wish: one_person, draft: LING_SAID, faces: WHO },
    Row { aim: Aim::Reading, wish: two_people, draft: BRANDT_SAID, faces: TWO },
    Row { aim: Aim::World, wish: two_people, draft: BRANDT_SAID, faces: TWO },
];

const REJECT: &[Row] = &[
    Row {
        aim: Aim::Reading,
        wish: no_gathering,
        draft: THEY_WILL_MEET,
        faces: &[
            (Derived, &["meet planned"], &["meet held"], &[]),
            (
                Check,
                &[],
                &[],
                &[
                    "warning: not found (meeting): what was read so in Tesk Herald [3] was left out by a correction of Night desk (on the tape)",
                ],
            ),
            (Markdown, &["*planned*"], &[], &["left out — misread, Night desk"]),
            (Html, &["(planned, Velmin)"], &[], &["left out — misread, Night desk"]),
            (CSV, &[",talks,planned,"], &[",talks,held,"], &[",reject,meeting,"]),
            (SCHEMA, &["Talks: Hanna Ling"], &[], &[]),
            (ANNOTATION, &["Talks: Hanna Ling"], &[], &[]),
            (PLOVER, &["\tfuture\t"], &[], &[]),
            (CALENDAR, &["BEGIN:VEVENT"], &[], &[]),
            (NOTES, &["(planned) 2025-03-07"], &[], &["misread (on the tape)"]),
            (FTM, &["Talks: Hanna Ling"], &[], &[]),
        ],
    },
    Row {
        aim: Aim::World,
        wish: no_gathering,
        draft: THEY_WILL_MEET,
        faces: &[
            (Derived, &["meet planned"], &["told planned"], &["meet denied 2025-03-07"]),
            (
                Check,
                &[],
                &[],
                &[
                    "error: contradicted (meeting): so in Tesk Herald [3], but the report is wrong: denied, by a correction of",
                ],
            ),
            (Markdown, &["*planned*"], &[], &["planned → not so — the report is wrong, Night desk"]),
            (
                SCHEMA,
                &["as reported: planned"],
                &[],
                &["(corrected: reject, was planned, now not so, the report is wrong"],
            ),
            (CALENDAR, &["BEGIN:VEVENT"], &[], &[]),
            (NOTES, &["(planned) 2025-03-07"], &[], &["now not so, the report is wrong"]),
            (FTM, &["as reported: planned"], &[], &["(corrected: reject, was planned, now not so"]),
        ],
    },
    Row {
        aim: Aim::Reading,
        wish: no_statement,
        draft: VEIT_SAID,
        faces: &[
            (Derived, &["Orlan Veit says: Nobody"], &[], &[]),
            (Check, &["fine: supported (attribution)"], &[], &[]),
            (Markdown, &["### Orlan Veit"], &[], &["left out — misread, Night desk"]),
            (CSV, &["Orlan Veit,\"Orlan Veit, who"], &[], &[",reject,statement,"]),
            (SCHEMA, &["\"Nobody asked the pilots about any of this,\""], &[], &[]),
            (ANNOTATION, &["Orlan Veit, direct speech"], &[], &[]),
            (NOTES, &["**Orlan Veit** (direct)"], &[], &[]),
            (FTM, &["Orlan Veit, direct speech"], &[], &[]),
        ],
    },
    Row {
        aim: Aim::World,
        wish: no_statement,
        draft: VEIT_SAID,
        faces: &[
            (Derived, &[], &["Orlan Veit says: Nobody"], &[]),
            (CSV, &[], &["Orlan Veit,\"Orlan Veit, who"], &[",not so,true"]),
            (NOTES, &[], &["**Orlan Veit** (direct)"], &["now not so, the report is wrong"]),
            (FTM, &[], &["Orlan Veit, direct speech"], &["now not so, the report is wrong"]),
        ],
    },
    Row {
        aim: Aim::Reading,
        wish: no_difference,
        draft: THEY_MET,
        faces: &[
            (Derived, &["differ date"], &["differ attribution"], &[]),
            (Check, &["disputed (date)"], &["supported (date)"], &[]),
            (Markdown, &["*date* talks of"], &["*attribution*"], &["| reject |"]),
            (CSV, &[",1,Monday,"], &[], &[",reject,discrepancy,"]),
            (NOTES, &["- **date**, talks"], &["**attribution**"], &[]),
            (FTM, &["Accounts differ (date)"], &["Accounts differ (attribution)"], &[]),
        ],
    },
    Row {
        aim: Aim::Reading,
        wish: nobody,
        draft: VEIT_SAID,
        faces: &[
            (Derived, &["Orlan Veit says"], &[], &["nobody says: Nobody"]),
            (Check, &["fine: supported (attribution)"], &[], &[]),
            (CSV, &["person,Orlan Veit,"], &[], &[",reject,entity,"]),
            (FTM, &["\"name\":[\"Orlan Veit\"]"], &[], &[]),
        ],
    },
];

const NOTE: &[Row] = &[Row {
    aim: Aim::Reading,
    wish: noted,
    draft: THEY_MET,
    faces: &[
        (Derived, &[], &["differ date", "meet held", "differ attribution"], &[]),
        (Check, &[], &["disputed (date)"], &[]),
        (Markdown, &[], &["*held*"], &["called the port — Night desk"]),
        (Html, &[], &[], &["called the port — Night desk"]),
        (CSV, &[], &[",talks,held,"], &[",called the port,true"]),
        (SCHEMA, &[], &["as reported: held"], &["(corrected: note, now called the port, Night desk"]),
        (NOTES, &[], &[], &["now called the port (on the tape)"]),
        (FTM, &[], &["as reported: held"], &["now called the port"]),
    ],
}];

/// What follows from the findings, a line a fact.
fn derived(record: &Record) -> String {
    let index = RecordIndex::new(record);
    let name = |id: Option<&EntityId>| id.map_or("nobody", |id| index.name(id)).to_owned();
    let day = |d: Option<rapporteur::Edtf>| d.map_or_else(|| "undated".to_owned(), |d| d.to_string());
    let mut out = String::from("\n");
    for s in &record.statements {
        out.push_str(&format!("{} says: {}\n", name(s.speaker.as_ref()), s.content.exact()));
    }
    for u in &record.utterances {
        out.push_str(&format!("together {}: {}\n", name(u.speaker.as_ref()), u.text));
    }
    for m in &record.meetings {
        out.push_str(&format!("meet {} {} {};\n", m.status.as_str(), day(m.date), index.names(&m.participants, ", ")));
        for a in &m.accounts {
            out.push_str(&format!("told {} {}\n", a.status.as_str(), day(a.date)));
        }
    }
    for d in &record.discrepancies {
        let values: Vec<&str> = d.accounts.iter().map(|a| a.value.as_str()).collect();
        out.push_str(&format!("differ {}: {}\n", d.kind.as_str(), values.join(" | ")));
    }
    out
}

fn show(desk: &mut Desk, face: Face, draft: &str) -> String {
    let (record, reports) = desk.all();
    match face {
        Derived => derived(&record),
        Check => {
            let draft = Report::plain(ReportId::new("draft"), draft);
            let checked = desk.store.check_context(&Scope::default()).unwrap().check(&draft, None);
            text(&checked, &Style { all: true, ..Style::default() })
        }
        Markdown => brief::markdown(&record),
        Html => brief::html(&record),
        Export(format) => {
            let files = export::export(format, &record, &reports, &export::Options::default()).unwrap();
            // A line of a calendar is folded; a table at a time is told by its cells.
            let text = |f: export::File| String::from_utf8(f.bytes).unwrap().replace("\r\n ", "");
            files.into_iter().map(text).collect()
        }
    }
}

/// Makes each correction on a desk of its own and looks at its faces before and after.
fn walk(rows: &[Row]) {
    let mut faults: Vec<String> = Vec::new();
    for row in rows {
        let mut desk = Desk::new();
        let before: Vec<String> = row.faces.iter().map(|f| show(&mut desk, f.0, row.draft)).collect();
        let wish = (row.wish)(&desk.record());
        desk.correct(row.aim, wish.clone()).unwrap();
        for ((face, gone, kept, come), before) in row.faces.iter().zip(before) {
            let after = show(&mut desk, *face, row.draft);
            let told = || format!("{wish:?} ({:?}) in {face:?}\nBEFORE\n{before}\nAFTER\n{after}", row.aim);
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
fn another_speaker() {
    walk(SPEAKER);
}

#[test]
fn another_day() {
    walk(DATE);
    walk(SAID);
}

#[test]
fn another_status() {
    walk(STATUS);
}

#[test]
fn one_for_two_and_two_for_one() {
    walk(ENTITIES);
}

#[test]
fn what_is_rejected() {
    walk(REJECT);
}

#[test]
fn what_is_noted() {
    walk(NOTE);
}
