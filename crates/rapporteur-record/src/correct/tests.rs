//! Every kind of correction, as a reading and as what is known, over three reports that disagree.

use rapporteur_schema::{
    Actor, ActorIndex, ActorMention, Aim, Citation, Correction, DiscrepancyKind, EntityKind, FactKind, Findings,
    IssueFinding, IssueStatus, MadeWith, MeetingFinding, MeetingKind, MeetingStatus, MentionKind, Mode,
    PositionFinding, Record, Report, ReportId, Rule, Stance, StatementFinding, TextUnits, Topic,
};

use super::{Refusal, Request, Wish, resolve};
use crate::assemble;

const WORDS: &str = "the old weir stays open all winter";

/// A report in which somebody says the words and two meet on a day.
fn text(speaker: &str, day: &str) -> String {
    format!("“{WORDS}”, {speaker} said. Ada Roe met Bertil Lund on {day}. Roe rejects the toll. The toll is disputed.")
}

fn report(id: &str, text: &str) -> Report {
    let mut report = Report::plain(ReportId::new(id), text);
    report.head.source = id.into();
    report
}

/// What such a report is read to say.
fn read(report: &Report, speaker: &str, date: &str) -> Findings {
    let text = report.text.as_str();
    let cite = |words: &str, nth: usize| {
        let (byte, _) = text.match_indices(words).nth(nth).unwrap();
        report.cite_bytes(byte..byte + words.len()).unwrap()
    };
    let mention = |at: Citation| ActorMention { at, kind: MentionKind::Name };
    let person = |name: &str, mentions: Vec<Citation>| Actor {
        kind: EntityKind::Person,
        name: name.into(),
        iso3166: None,
        country: None,
        mentions: mentions.into_iter().map(mention).collect(),
        offices: Vec::new(),
    };
    let names = |name: &str| -> Vec<Citation> { (0..text.matches(name).count()).map(|n| cite(name, n)).collect() };
    let mut roe = names("Ada Roe");
    roe.push(cite("Roe", text.matches("Roe").count() - 1));
    let actors = vec![person("Ada Roe", roe), person("Bertil Lund", names("Bertil Lund"))];
    let speaks = ActorIndex(u32::from(speaker != "Ada Roe"));
    let by = Rule::new("test");
    Findings {
        report: report.id().clone(),
        published: None,
        published_basis: None,
        text: TextUnits::default(),
        cut: Vec::new(),
        furniture: Vec::new(),
        actors,
        dates: Vec::new(),
        statements: vec![StatementFinding {
            by: by.clone(),
            mode: Mode::Direct,
            speaker: Some(speaks),
            speaker_span: Some(cite(speaker, 0)),
            cue: Some(cite("said", 0)),
            content: cite(WORDS, 0),
            quoted: vec![cite(WORDS, 0)],
            medium: None,
            audience: None,
            via: None,
            date: None,
            confidence: None,
        }],
        meetings: vec![MeetingFinding {
            by: by.clone(),
            at: cite("Ada Roe met Bertil Lund on", 0),
            trigger: cite("met", 0),
            kind: MeetingKind::Talks,
            participants: vec![ActorIndex(0), ActorIndex(1)],
            sides: false,
            of: None,
            place: None,
            date: Some(date.parse().unwrap()),
            timing: Vec::new(),
            status: MeetingStatus::Held,
            staged: true,
            condition: None,
            manner: Vec::new(),
            ordinal: None,
            refers: false,
        }],
        proposals: Vec::new(),
        issues: vec![IssueFinding {
            by: by.clone(),
            at: cite("toll", 1),
            name: "toll".into(),
            status: Some(IssueStatus::Disputed),
            disputed: true,
        }],
        positions: vec![PositionFinding {
            confidence: None,
            by,
            at: cite("Roe rejects the toll", 0),
            party: ActorIndex(0),
            stance: Stance::Rejects,
            degree: None,
            on: Some(Topic::Issue(0)),
            subject: Some(cite("the toll", 0)),
            date: None,
        }],
        conditions: Vec::new(),
        quantities: Vec::new(),
    }
}

/// Three reports: the first and the second differ in who said it, the third in the day.
struct Story {
    reports: Vec<Report>,
    findings: Vec<Findings>,
    log: Vec<Correction>,
}

impl Story {
    fn new() -> Self {
        let told = [
            ("r1", "Ada Roe", "Friday", "2026-03-13"),
            ("r2", "Bertil Lund", "Friday", "2026-03-13"),
            ("r3", "Ada Roe", "20 April", "2026-04-20"),
        ];
        let reports: Vec<Report> = told.iter().map(|(id, who, day, _)| report(id, &text(who, day))).collect();
        let findings = reports.iter().zip(told).map(|(r, (_, who, _, date))| read(r, who, date)).collect();
        Story { reports, findings, log: Vec::new() }
    }

    fn record(&self) -> Record {
        let made_with = MadeWith { version: "1".into(), model: None };
        let record = assemble(&self.reports, &self.findings, &self.log, made_with);
        record.verify(&self.reports).unwrap();
        record
    }

    fn ask(&mut self, aim: Aim, wish: Wish) -> Result<Record, Refusal> {
        let request = Request { at: "now".into(), who: "Ada".into(), why: None, aim, wish, number: self.log.len() };
        self.log.push(resolve(&self.record(), &request)?);
        let record = self.record();
        let last = record.corrections.last().unwrap();
        assert_eq!((last.aim, last.applied), (aim, true), "{last:#?}");
        Ok(record)
    }
}

/// Asks one thing of the reports as they are.
fn corrected(aim: Aim, wish: impl Fn(&Record) -> Wish) -> (Record, Record) {
    let mut story = Story::new();
    let before = story.record();
    let after = story.ask(aim, wish(&before)).unwrap();
    (before, after)
}

fn statement<'r>(record: &'r Record, report: &str) -> &'r rapporteur_schema::Statement {
    record.statements.iter().find(|s| s.report.as_str() == report).unwrap()
}

fn speaker<'r>(record: &'r Record, report: &str) -> &'r str {
    let id = statement(record, report).speaker.as_ref().unwrap();
    &record.entities.iter().find(|e| e.id == *id).unwrap().name
}

fn attributions(record: &Record) -> usize {
    record.discrepancies.iter().filter(|d| d.kind == DiscrepancyKind::Attribution).count()
}

/// The meeting that a report tells of.
fn meeting<'r>(record: &'r Record, report: &str) -> &'r rapporteur_schema::Meeting {
    record.meetings.iter().find(|m| m.accounts.iter().any(|a| a.span.report().as_str() == report)).unwrap()
}

#[test]
fn without_corrections_the_reports_disagree() {
    let record = Story::new().record();
    assert_eq!((attributions(&record), record.utterances.len(), record.meetings.len()), (1, 1, 2));
    assert_eq!((record.entities.len(), record.issues.len(), record.positions.len()), (2, 1, 1));
}

#[test]
fn a_speaker_read_wrongly_is_no_difference_and_one_told_wrongly_is() {
    let wish = |r: &Record| Wish::Speaker { of: statement(r, "r2").id.to_string(), speaker: "Ada Roe".into() };
    let (_, read) = corrected(Aim::Reading, wish);
    assert_eq!((speaker(&read, "r2"), attributions(&read)), ("Ada Roe", 0));
    let span = statement(&read, "r2").speaker_span.as_ref().unwrap();
    assert_eq!(span.exact(), "Ada Roe", "the words that name the one who spoke");
    let (_, known) = corrected(Aim::World, wish);
    assert_eq!((speaker(&known, "r2"), attributions(&known)), ("Ada Roe", 1));
    assert_eq!(statement(&known, "r2").speaker_span.as_ref().unwrap().exact(), "Bertil Lund", "the report's own words");
    let told = &known.corrections[0];
    assert_eq!((told.was.as_deref(), told.now.as_deref()), (Some("Bertil Lund"), Some("Ada Roe")));
    assert_eq!(told.on.as_ref().unwrap().as_str(), statement(&known, "r2").id.as_str());
    // All statements of an utterance at once.
    let all = |r: &Record| Wish::Speaker { of: r.utterances[0].id.to_string(), speaker: "none".into() };
    for aim in [Aim::Reading, Aim::World] {
        let (_, nobody) = corrected(aim, all);
        assert!(nobody.statements.iter().all(|s| s.speaker.is_none()) && nobody.utterances[0].speaker.is_none());
    }
}

#[test]
fn a_date_read_wrongly_joins_another_gathering_and_one_told_wrongly_does_not() {
    let wish = |r: &Record| Wish::Date { of: meeting(r, "r3").id.to_string(), date: "2026-03-13".into() };
    let (_, read) = corrected(Aim::Reading, wish);
    assert_eq!(read.meetings.len(), 1, "three accounts of one gathering");
    assert_eq!(read.corrections[0].on.as_ref().unwrap().as_str(), read.meetings[0].id.as_str());
    let (before, known) = corrected(Aim::World, wish);
    let (was, is) = (meeting(&before, "r3"), meeting(&known, "r3"));
    assert_eq!((known.meetings.len(), is.date), (2, Some("2026-03-13".parse().unwrap())));
    assert_eq!(is.accounts, was.accounts, "the report's account stays");
}

#[test]
fn a_status_read_wrongly_is_the_accounts_and_one_told_wrongly_the_meetings() {
    let wish = |r: &Record| Wish::Status { of: meeting(r, "r3").id.to_string(), status: "planned".into() };
    let (_, read) = corrected(Aim::Reading, wish);
    assert_eq!(meeting(&read, "r3").accounts[0].status, MeetingStatus::Planned);
    assert_eq!(meeting(&read, "r3").status, MeetingStatus::Planned);
    let (_, known) = corrected(Aim::World, wish);
    assert_eq!(meeting(&known, "r3").accounts[0].status, MeetingStatus::Held);
    assert_eq!(meeting(&known, "r3").status, MeetingStatus::Planned);
    let agreed = |r: &Record| Wish::Status { of: r.issues[0].id.to_string(), status: "agreed".into() };
    for aim in [Aim::Reading, Aim::World] {
        assert_eq!(corrected(aim, agreed).1.issues[0].status, Some(IssueStatus::Agreed));
    }
}

#[test]
fn names_made_one_before_comparing_leave_no_difference() {
    let wish = |_: &Record| Wish::Merge { entities: vec!["Ada Roe".into(), "Bertil Lund".into()] };
    let (_, read) = corrected(Aim::Reading, wish);
    assert_eq!((read.entities.len(), attributions(&read)), (1, 0));
    assert!(read.statements.iter().all(|s| s.speaker.as_ref() == Some(&read.entities[0].id)));
    let (_, known) = corrected(Aim::World, wish);
    assert_eq!((known.entities.len(), attributions(&known)), (1, 1), "the reports name two");
    assert!(known.statements.iter().all(|s| s.speaker.as_ref() == Some(&known.entities[0].id)));
    assert_eq!(known.entities[0].names.len(), 3, "Ada Roe, Bertil Lund, Roe");
}

#[test]
fn a_spelling_that_is_somebody_else_takes_what_it_did() {
    let wish = |_: &Record| Wish::Split { entity: "Ada Roe".into(), forms: vec!["Roe".into()] };
    let (_, read) = corrected(Aim::Reading, wish);
    let roe = read.entities.iter().find(|e| e.name == "Roe").unwrap();
    assert_eq!(read.entities.len(), 3);
    assert_eq!(read.positions[0].party, roe.id, "who rejects the toll is called Roe");
    assert_eq!(speaker(&read, "r1"), "Ada Roe");
    assert!(meeting(&read, "r1").participants.iter().all(|p| *p != roe.id));
    let (_, known) = corrected(Aim::World, wish);
    assert!(known.entities.iter().any(|e| e.name == "Roe") && known.entities.len() == 3);
}

#[test]
fn what_is_not_so_is_left_out_or_marked() {
    let of = |kind: FactKind| {
        move |r: &Record| {
            let fact = crate::facts(r).into_iter().find(|f| f.kind == kind).unwrap();
            Wish::Reject { of: fact.id.to_string() }
        }
    };
    let count = |r: &Record, kind: FactKind| crate::facts(r).iter().filter(|f| f.kind == kind).count();
    for kind in [
        FactKind::Statement,
        FactKind::Meeting,
        FactKind::Issue,
        FactKind::Position,
        FactKind::Entity,
        FactKind::Utterance,
        FactKind::Discrepancy,
    ] {
        let (before, read) = corrected(Aim::Reading, of(kind));
        assert_eq!(count(&read, kind) + 1, count(&before, kind), "{kind:?}");
        assert!(read.corrections[0].on.is_none() && read.corrections[0].was.is_some());
    }
    for kind in [FactKind::Statement, FactKind::Meeting, FactKind::Issue, FactKind::Position, FactKind::Entity] {
        let (before, known) = corrected(Aim::World, of(kind));
        assert_eq!(count(&known, kind), count(&before, kind), "{kind:?}");
        assert_eq!(known.corrections[0].now.as_deref(), Some("not so"));
        assert!(known.corrections[0].on.is_some());
    }
    let (_, denied) = corrected(Aim::World, |r| Wish::Reject { of: meeting(r, "r3").id.to_string() });
    assert_eq!(meeting(&denied, "r3").status, MeetingStatus::Denied);
    let (_, gone) = corrected(Aim::Reading, of(FactKind::Issue));
    assert!(gone.positions.is_empty(), "a stand on what is no issue goes with it");
}

#[test]
fn a_note_changes_nothing() {
    for aim in [Aim::Reading, Aim::World] {
        let (before, mut noted) =
            corrected(aim, |r| Wish::Note { of: r.meetings[0].id.to_string(), text: "on tape".into() });
        assert_eq!(noted.corrections[0].now.as_deref(), Some("on tape"));
        noted.corrections.clear();
        assert_eq!(noted, before);
    }
}

#[test]
fn corrections_build_on_each_other_and_can_be_taken_back() {
    let mut story = Story::new();
    let first = story.record();
    let merged =
        story.ask(Aim::Reading, Wish::Merge { entities: vec!["Ada Roe".into(), "Bertil Lund".into()] }).unwrap();
    let of = statement(&merged, "r3").id.to_string();
    story.ask(Aim::Reading, Wish::Speaker { of, speaker: "none".into() }).unwrap();
    let of = merged.meetings.last().unwrap().id.to_string();
    let all = story.ask(Aim::World, Wish::Date { of, date: "none".into() }).unwrap();
    assert_eq!(all.corrections.len(), 3);
    assert!(statement(&all, "r3").speaker.is_none() && statement(&all, "r2").speaker.is_some());
    let mut back = story.log.clone();
    back.iter_mut().for_each(|c| c.undone = Some("later".into()));
    story.log = back;
    assert_eq!(story.record(), first);
    // In whatever order the reports come.
    let mut story = Story::new();
    let wish = Wish::Split { entity: "Ada Roe".into(), forms: vec!["Roe".into()] };
    let parted = story.ask(Aim::Reading, wish).unwrap();
    story.reports.reverse();
    story.findings.rotate_left(1);
    assert_eq!(story.record(), parted);
}

#[test]
fn an_old_log_speaks_of_readings() {
    let mut story = Story::new();
    let of = story.record().meetings[0].id.to_string();
    story.ask(Aim::Reading, Wish::Note { of, text: "on tape".into() }).unwrap();
    let mut json = serde_json::to_value(&story.log[0]).unwrap();
    json.as_object_mut().unwrap().remove("aim");
    assert_eq!(serde_json::from_value::<Correction>(json).unwrap(), story.log[0]);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let mut story = Story::new();
    let record = story.record();
    let (issue, meeting) = (record.issues[0].id.to_string(), record.meetings[0].id.to_string());
    let utterance = record.utterances[0].id.to_string();
    let mut refused = |aim, wish| story.ask(aim, wish).unwrap_err();
    let none = Refusal::NoSuchFact { asked: "nobody".into(), kinds: Vec::new() };
    assert_eq!(refused(Aim::Reading, Wish::Reject { of: "nobody".into() }), none);
    let date = |of: &str, date: &str| Wish::Date { of: of.into(), date: date.into() };
    assert_eq!(refused(Aim::World, date(&issue, "none")), Refusal::HasNone { fact: FactKind::Issue, what: "date" });
    assert_eq!(refused(Aim::World, date(&meeting, "soon")), Refusal::NotADate("soon".into()));
    let status = Wish::Status { of: meeting, status: "agreed".into() };
    assert!(matches!(refused(Aim::World, status), Refusal::NoSuchStatus { fact: FactKind::Meeting, .. }));
    let split = |forms: &[&str]| Wish::Split {
        entity: "Ada Roe".into(),
        forms: forms.iter().map(|f| (*f).to_owned()).collect(),
    };
    assert!(matches!(refused(Aim::Reading, split(&["Ada"])), Refusal::NoSuchForm { .. }));
    assert_eq!(refused(Aim::Reading, split(&["Ada Roe", "Roe"])), Refusal::AllForms("Ada Roe".into()));
    let merge = Wish::Merge { entities: vec!["Ada Roe".into(), "Roe".into()] };
    assert_eq!(refused(Aim::Reading, merge), Refusal::NothingToMerge("Ada Roe".into()));
    assert_eq!(refused(Aim::World, Wish::Reject { of: utterance }), Refusal::OnlyReading(FactKind::Utterance));
    let empty = Wish::Note { of: "Ada Roe".into(), text: " ".into() };
    assert_eq!(refused(Aim::Reading, empty), Refusal::Missing("text"));
    assert!(story.log.is_empty(), "nothing was kept");
}

#[test]
fn a_place_is_known_by_its_words_in_another_version() {
    let mut story = Story::new();
    let of = meeting(&story.record(), "r3").id.to_string();
    story.ask(Aim::Reading, Wish::Status { of, status: "planned".into() }).unwrap();
    // The same article, longer by a line at its head.
    let longer = format!("A line.\n\n{}", text("Ada Roe", "20 April"));
    story.reports[2] = report("r4", &longer);
    story.findings[2] = read(&story.reports[2], "Ada Roe", "2026-04-20");
    let record = story.record();
    let applied = record.corrections[0].applied;
    // Two gatherings are of one name: which is meant cannot be told, and it says so.
    assert!(!applied && meeting(&record, "r4").status == MeetingStatus::Held);
}
