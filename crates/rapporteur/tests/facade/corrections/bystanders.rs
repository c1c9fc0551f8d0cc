//! What was not corrected is judged as before: another gathering of the same people, of the same sentence or of the same
//! countries, another report's account of the same words.
//!
//! The story is `tests/stories/depot`: a dispute over pay with two meetings of one day, one sentence of which the day is told
//! in two ways, and a meeting of two ministers.

use rapporteur::check::{Checked, Kind, Severity};
use rapporteur::dossier::Scope;
use rapporteur::{Aim, Record, Report, ReportId, Wish};

use super::{Desk, made, said};

/// The gathering of these two.
fn gathering(record: &Record, first: &str, second: &str) -> String {
    let id = |name: &str| &record.entities.iter().find(|e| e.name == name).unwrap().id;
    let (a, b) = (id(first), id(second));
    let of_both = |m: &&rapporteur::Meeting| m.participants.contains(a) && m.participants.contains(b);
    record.meetings.iter().find(of_both).unwrap().id.to_string()
}

fn desk() -> Desk {
    Desk::of(made("depot", 3))
}

/// The verdicts on days and gatherings: the words, how grave, what is said.
fn judged(checked: &Checked) -> Vec<(String, Severity, String)> {
    let kinds = [Kind::Date, Kind::Gathering];
    let of = |v: &rapporteur::check::Verdict| (v.at.exact.clone(), v.severity, v.says.clone());
    checked.verdicts.iter().filter(|v| kinds.contains(&v.kind)).map(of).collect()
}

fn check(desk: &mut Desk, draft: &str) -> Vec<(String, Severity, String)> {
    let context = desk.store.check_context(&Scope::default()).unwrap();
    judged(&context.check(&Report::plain(ReportId::new("draft"), draft), Some("2025-03-05".parse().unwrap())))
}

/// That the draft is judged as it was before the correction, and that `hit` is not: else nothing was corrected.
fn stays(aim: Aim, wish: impl Fn(&Record) -> Wish, hit: &str, bystander: &str) {
    let mut desk = desk();
    let before = (check(&mut desk, hit), check(&mut desk, bystander));
    let record = desk.record();
    desk.correct(aim, wish(&record)).unwrap();
    assert_ne!(check(&mut desk, hit), before.0, "the correction reaches {hit:?}");
    assert_eq!(check(&mut desk, bystander), before.1, "it does not reach {bystander:?}");
}

fn on_saturday(record: &Record) -> Wish {
    Wish::Date { of: gathering(record, "Marta Kline", "Robert Ash"), date: "2025-03-01".into() }
}

const HIT: &str = "Marta Kline met Robert Ash in Leeds on Monday.";

#[test]
fn others_of_the_same_countries() {
    let denied =
        |record: &Record| Wish::Status { of: gathering(record, "Clara Wood", "Nils Berg"), status: "denied".into() };
    let hit = "Clara Wood met Nils Berg in Oslo on Monday to discuss the fisheries accord.";
    let others = "British Trade Minister Ann Shaw met Norwegian Trade Minister Ola Vik in Oslo on Monday to discuss the \
                  fisheries accord.";
    stays(Aim::Reading, denied, hit, others);
}

#[test]
fn others_on_the_same_day() {
    stays(Aim::Reading, on_saturday, HIT, "Tom Fell met Susan Dray in Leeds on Monday.");
    stays(Aim::World, on_saturday, HIT, "Tom Fell met Susan Dray in Leeds on Monday.");
}

#[test]
fn the_same_day_of_something_else_in_the_sentence() {
    let mut desk = desk();
    let record = desk.record();
    desk.correct(Aim::Reading, on_saturday(&record)).unwrap();
    let both = "Marta Kline met Robert Ash in Leeds on Monday, and Tom Fell met Susan Dray in Leeds on Monday.";
    let days = check(&mut desk, both);
    let days: Vec<Severity> = days.into_iter().filter(|(words, ..)| words == "Monday").map(|(_, s, _)| s).collect();
    assert_eq!(days, [Severity::Error, Severity::Fine], "the first was corrected, the second was not");
}

#[test]
fn the_next_round_of_the_same_people() {
    let denied =
        |record: &Record| Wish::Status { of: gathering(record, "Marta Kline", "Robert Ash"), status: "denied".into() };
    stays(Aim::Reading, denied, HIT, "Marta Kline will meet Robert Ash again in Leeds next week.");
}

#[test]
fn the_same_words_in_another_report() {
    let mut desk = desk();
    let draft = "“We will not go back for less than four percent,” Marta Kline said on Monday.";
    let monday = |all: Vec<(String, Severity, String)>| all.into_iter().find(|(words, ..)| words == "Monday").unwrap();
    let record = desk.record();
    let words = "We will not go back";
    let tuesday = "2025-03-04".parse().ok();
    let of_wire = |s: &&rapporteur::Statement| s.content.exact().contains(words) && s.date == tuesday;
    let of = record.statements.iter().find(of_wire).unwrap().id.to_string();
    assert!(said(&record, "Marta Kline", words).len() > 1);
    desk.correct(Aim::Reading, Wish::Date { of, date: "2025-03-02".into() }).unwrap();
    assert_eq!(monday(check(&mut desk, draft)).1, Severity::Fine, "the Northern Post has it on Monday");
}

#[test]
fn a_report_that_has_what_is_known_is_not_called_wrong() {
    let mut desk = Desk::new();
    let record = desk.record();
    let sunday = Wish::Date { of: super::met(&record), date: "2025-03-02".into() };
    desk.correct(Aim::World, sunday).unwrap();
    let all = check(&mut desk, "Petra Brandt met Ilva Marsh in Tesk on Wednesday.");
    let (_, severity, says) = all.into_iter().find(|(words, ..)| words == "Wednesday").unwrap();
    assert_eq!(severity, Severity::Error);
    assert!(says.contains("“Monday” in Harbour Wire") && !says.contains("Quayside"), "{says}");
}
