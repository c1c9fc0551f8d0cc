//! What the record has after a correction, and the tables made of it.

use rapporteur::brief::{self, Style};
use rapporteur::dossier::Scope;
use rapporteur::export::{self, Format};
use rapporteur::{Aim, DiscrepancyKind, Error, MeetingStatus, Record, Wish};

use super::{Desk, SENTENCE, met, said};

/// The record as its faces show it.
struct Faces {
    record: Record,
    text: String,
    statements: String,
    meetings: String,
}

impl Faces {
    fn of(desk: &mut Desk) -> Self {
        let (record, reports) = desk.all();
        let file = |format, name: &str| {
            let files = export::export(format, &record, &reports, &export::Options::default()).unwrap();
            let file = files.into_iter().find(|f| f.name.contains(name)).unwrap();
            String::from_utf8(file.bytes).unwrap()
        };
        Faces {
            text: brief::text(&record, &Style { all: true, ..Style::default() }),
            statements: file(Format::Csv, "statements"),
            meetings: file(Format::Csv, "meetings"),
            record,
        }
    }

    fn differ_on(&self, kind: DiscrepancyKind) -> bool {
        self.record.discrepancies.iter().any(|d| d.kind == kind)
    }

    fn entity(&self, name: &str) -> Option<&rapporteur::Entity> {
        self.record.entities.iter().find(|e| e.name == name)
    }

    /// Who says these words, report by report.
    fn speakers(&self, words: &str) -> Vec<&str> {
        let said = self.record.statements.iter().filter(|s| s.content.exact().contains(words));
        let name = |s: &rapporteur::Statement| {
            self.record.entities.iter().find(|e| Some(&e.id) == s.speaker.as_ref()).map_or("", |e| e.name.as_str())
        };
        said.map(name).collect()
    }
}

/// What an error is asked.
type Predicate = fn(&Error) -> bool;

#[test]
fn before_anything_is_corrected_accounts_differ() {
    let mut desk = Desk::new();
    let faces = Faces::of(&mut desk);
    assert!(faces.differ_on(DiscrepancyKind::Attribution) && faces.differ_on(DiscrepancyKind::Date));
    assert_eq!(faces.speakers(SENTENCE).len(), 2);
}

#[test]
fn a_speaker_that_was_misread_is_another_everywhere() {
    let mut desk = Desk::new();
    let of = said(&desk.record(), "Ilva Marsh", SENTENCE);
    let done = desk.correct(Aim::Reading, Wish::Speaker { of, speaker: "Petra Brandt".into() }).unwrap();
    assert_eq!((done.was.as_deref(), done.now.as_deref()), (Some("Ilva Marsh"), Some("Petra Brandt")));
    let faces = Faces::of(&mut desk);
    assert_eq!(faces.speakers(SENTENCE), ["Petra Brandt"; 2]);
    assert!(!faces.differ_on(DiscrepancyKind::Attribution), "{:#?}", faces.record.discrepancies);
    assert!(faces.record.utterances.iter().all(|u| u.speaker == faces.entity("Petra Brandt").map(|e| e.id.clone())));
    assert!(faces.statements.lines().filter(|l| l.contains(SENTENCE)).all(|l| l.contains("Petra Brandt")));
}

#[test]
fn a_speaker_whom_the_report_has_wrong_stands_beside_its_words() {
    let mut desk = Desk::new();
    let of = said(&desk.record(), "Ilva Marsh", SENTENCE);
    desk.correct(Aim::World, Wish::Speaker { of, speaker: "Petra Brandt".into() }).unwrap();
    let faces = Faces::of(&mut desk);
    assert!(faces.differ_on(DiscrepancyKind::Attribution), "the reports still differ");
    assert_eq!(faces.speakers(SENTENCE), ["Petra Brandt"; 2], "what is known");
    assert_eq!(faces.record.corrections[0].aim, Aim::World);
}

#[test]
fn a_date_that_was_misread_is_another_everywhere() {
    let mut desk = Desk::new();
    let of = met(&desk.record());
    desk.correct(Aim::Reading, Wish::Date { of, date: "2025-03-01".into() }).unwrap();
    let faces = Faces::of(&mut desk);
    assert_eq!(faces.record.meetings[0].date.map(|d| d.to_string()).as_deref(), Some("2025-03-01"));
    assert!(!faces.differ_on(DiscrepancyKind::Date), "{:#?}", faces.record.discrepancies);
    assert!(faces.meetings.contains("2025-03-01") && faces.text.contains("1 Mar"), "{}", faces.text);
}

#[test]
fn a_date_that_the_reports_have_wrong_is_known_and_they_still_differ() {
    let mut desk = Desk::new();
    let of = met(&desk.record());
    desk.correct(Aim::World, Wish::Date { of, date: "2025-03-01".into() }).unwrap();
    let faces = Faces::of(&mut desk);
    assert_eq!(faces.record.meetings[0].date.map(|d| d.to_string()).as_deref(), Some("2025-03-01"));
    assert!(faces.differ_on(DiscrepancyKind::Date));
    assert!(faces.record.meetings[0].accounts.iter().all(|a| a.date.is_some_and(|d| d.to_string() != "2025-03-01")));
}

#[test]
fn a_status_of_either_aim_is_shown() {
    for aim in [Aim::Reading, Aim::World] {
        let mut desk = Desk::new();
        let of = met(&desk.record());
        desk.correct(aim, Wish::Status { of, status: "denied".into() }).unwrap();
        let faces = Faces::of(&mut desk);
        assert_eq!(faces.record.meetings[0].status, MeetingStatus::Denied);
        assert!(faces.text.contains("denied") && faces.meetings.contains("denied"), "{}", faces.text);
        let accounts = faces.record.meetings[0].accounts.iter().all(|a| a.status == MeetingStatus::Denied);
        assert_eq!(accounts, aim == Aim::Reading, "only a misreading changes what a report says");
    }
}

#[test]
fn entities_that_are_one_are_one_everywhere() {
    for aim in [Aim::Reading, Aim::World] {
        let mut desk = Desk::new();
        let wish = Wish::Merge { entities: vec!["Ilva Marsh".into(), "Orlan Veit".into()] };
        desk.correct(aim, wish).unwrap();
        let faces = Faces::of(&mut desk);
        assert!(faces.entity("Orlan Veit").is_none(), "{aim:?}");
        assert_eq!(faces.speakers("Nobody asked the pilots"), ["Ilva Marsh"]);
        let line = faces.statements.lines().find(|l| l.contains("Nobody asked the pilots")).unwrap();
        assert!(line.contains("Ilva Marsh"), "{line}");
    }
}

#[test]
fn a_statement_that_is_none_is_in_no_face() {
    let mut desk = Desk::new();
    let record = desk.record();
    let of = said(&record, "Orlan Veit", "Nobody asked");
    desk.correct(Aim::Reading, Wish::Reject { of: of.clone() }).unwrap();
    let faces = Faces::of(&mut desk);
    assert!(faces.speakers("Nobody asked").is_empty());
    assert!(!faces.statements.contains("Nobody asked the pilots"));
    assert!(faces.record.only_in.iter().all(|o| !o.facts.iter().any(|f| f.as_str() == of)));
}

#[test]
fn a_meeting_that_was_not_is_gone_with_what_follows_from_it_or_stands_as_denied() {
    let mut desk = Desk::new();
    let of = met(&desk.record());
    desk.correct(Aim::Reading, Wish::Reject { of: of.clone() }).unwrap();
    let faces = Faces::of(&mut desk);
    assert!(faces.record.meetings.iter().all(|m| m.id.as_str() != of) && !faces.differ_on(DiscrepancyKind::Date));
    assert!(!faces.meetings.contains("Petra Brandt"), "{}", faces.meetings);

    let mut desk = Desk::new();
    desk.correct(Aim::World, Wish::Reject { of }).unwrap();
    let faces = Faces::of(&mut desk);
    assert_eq!(faces.record.meetings[0].status, MeetingStatus::Denied);
    assert!(faces.differ_on(DiscrepancyKind::Date), "the reports' words stand");
}

#[test]
fn a_note_changes_nothing_else() {
    let mut desk = Desk::new();
    let before = desk.record();
    desk.correct(Aim::Reading, Wish::Note { of: met(&before), text: "called the port".into() }).unwrap();
    let faces = Faces::of(&mut desk);
    assert!(faces.text.contains("called the port"), "{}", faces.text);
    assert_eq!((&faces.record.meetings, &faces.record.discrepancies), (&before.meetings, &before.discrepancies));
}

#[test]
fn every_face_says_which_of_the_two_is_wrong() {
    let mut desk = Desk::new();
    let of = met(&desk.record());
    desk.correct(Aim::World, Wish::Date { of, date: "2025-03-01".into() }).unwrap();
    let faces = Faces::of(&mut desk);
    let reports = desk.store.load(&Scope::default()).unwrap().0;
    let note = export::export(Format::Notes, &faces.record, &reports, &export::Options::default()).unwrap();
    let note = String::from_utf8(note[0].bytes.clone()).unwrap();
    let all = [&faces.text, &brief::markdown(&faces.record), &brief::html(&faces.record), &note];
    for (face, text) in ["text", "Markdown", "HTML", "note"].iter().zip(all) {
        assert!(text.contains("report is wrong"), "{face}: {text}");
    }
    let json = serde_json::to_value(&faces.record).unwrap();
    assert_eq!(json["corrections"][0]["aim"], "world");
}

#[test]
fn what_is_refused_says_why_and_leaves_no_trace() {
    let mut desk = Desk::new();
    let record = desk.record();
    let (meeting, statement) = (met(&record), said(&record, "Ilva Marsh", SENTENCE));
    let refused: [(Wish, Predicate); 8] = [
        (Wish::Speaker { of: meeting.clone(), speaker: "none".into() }, |e| e.is_refused() || e.is_not_found()),
        (Wish::Status { of: meeting.clone(), status: "splendid".into() }, Error::is_refused),
        (Wish::Date { of: meeting.clone(), date: "1.3.2025".into() }, Error::is_invalid),
        (Wish::Note { of: meeting.clone(), text: " ".into() }, Error::is_refused),
        (Wish::Reject { of: "nothing".into() }, Error::is_not_found),
        (Wish::Speaker { of: statement.clone(), speaker: "Nobody At All".into() }, Error::is_not_found),
        (Wish::Merge { entities: vec!["Ilva Marsh".into()] }, Error::is_refused),
        (Wish::Split { entity: "Ilva Marsh".into(), forms: vec!["Nobody".into()] }, Error::is_refused),
    ];
    for (wish, is_right) in refused {
        let error = desk.correct(Aim::Reading, wish.clone()).unwrap_err();
        assert!(is_right(&error) && !error.what().is_empty(), "{wish:?}: {error:?}");
    }
    assert!(desk.store.dossier().corrections().unwrap().is_empty());
    assert_eq!(desk.record(), record);
}
