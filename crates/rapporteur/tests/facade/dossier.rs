//! A dossier tells the same record as reading everything at once, whatever came when.

use std::path::{Path, PathBuf};

use rapporteur::dossier::{Added, Scope};
use rapporteur::{
    Acknowledged, Aim, AppliedCorrection, ChangeKind, CorrectionRequest, Description, Destination, Edtf, Error,
    FactKind, MeetingStatus, Options, Record, Store, Wish, facts, gather, read, record,
};

fn example(name: &str) -> PathBuf {
    PathBuf::from("../../examples").join(name)
}

fn add(store: &mut Store, path: &Path, now: &str) -> Vec<Acknowledged> {
    let mut ingest = store.ingest("add", now).unwrap();
    let _ = read(&[path.to_owned()], &Options::default(), &mut std::io::empty(), &mut |item| ingest.take(item));
    ingest.finish().unwrap()
}

fn new() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(&dir.path().join("talks.dossier")).unwrap();
    (dir, store)
}

fn json(record: &Record) -> String {
    serde_json::to_string_pretty(record).unwrap()
}

const NOW: &str = "2026-03-14T08:00:00Z";

/// What is known of the world holds for all reports, also for those that come in later.
fn correct(store: &mut Store, wish: Wish) -> Result<AppliedCorrection, Error> {
    let (at, who, why) = (NOW.into(), "Ada".into(), Some("I asked".into()));
    store.correct(&Scope::default(), CorrectionRequest { at, who, why, aim: Aim::World, wish, number: 0 })
}

#[test]
fn one_by_one_in_any_order_is_all_at_once() {
    for name in ["strait", "wages"] {
        let at_once = json(&record(&gather(&[example(name)], &Options::default()).reports));
        let mut files: Vec<PathBuf> = std::fs::read_dir(example(name))
            .unwrap()
            .map(|e| e.unwrap().path())
            .filter(|p| p.extension().is_some_and(|e| e == "txt"))
            .collect();
        files.sort();
        for turn in 0..files.len() {
            let (_dir, mut store) = new();
            files.rotate_left(turn);
            for file in &files {
                assert_eq!(add(&mut store, file, NOW)[0].added, Added::New);
                store.record(&Scope::default()).unwrap();
            }
            assert_eq!(json(&store.record(&Scope::default()).unwrap()), at_once, "{name}, turned {turn}");
        }
    }
}

#[test]
fn what_is_kept_is_known_and_what_is_taken_out_comes_back() {
    let (_dir, mut store) = new();
    let first = add(&mut store, &example("strait"), NOW);
    assert_eq!(first.len(), 5);
    let whole = json(&store.record(&Scope::default()).unwrap());
    assert!(add(&mut store, &example("strait"), NOW).iter().all(|k| matches!(k.added, Added::Known(_))));
    store.dossier_mut().remove(&first[1].head.id, false, NOW).unwrap();
    assert_eq!(store.record(&Scope::default()).unwrap().reports.len(), 4);
    let back: Vec<Added> = add(&mut store, &example("strait"), NOW).into_iter().map(|k| k.added).collect();
    assert_eq!(back.iter().filter(|a| **a == Added::Restored).count(), 1);
    assert_eq!(json(&store.record(&Scope::default()).unwrap()), whole);
    store.dossier_mut().remove(&first[1].head.id, true, NOW).unwrap();
    assert!(store.dossier().report(first[1].head.id.as_str()).is_err());
    assert!(store.dossier().check(&mut |_, _| {}).unwrap().is_empty());
}

const FIRST: &str = "VELMIN — The Harbour Pilots and the Port Company will meet in Velmin on Friday.\n\n\
    “We want nine percent,” the pilots' leader Oda Brask said on Wednesday.\n\n\
    The company has made no offer so far.\n";

#[test]
fn another_text_at_the_same_address_is_a_version_and_its_changes_are_told() {
    let (dir, mut store) = new();
    let file = dir.path().join("talks.txt");
    let about = |day: &str| {
        format!(
            r#"{{"outlet": "Velmin Courier", "url": "https://courier.example/talks?utm_source=x", "published": "{day}"}}"#
        )
    };
    std::fs::write(&file, FIRST).unwrap();
    std::fs::write(dir.path().join("talks.json"), about("2026-03-11")).unwrap();
    let first = add(&mut store, &file, "2026-03-11T10:00:00Z").remove(0);
    let before = store.record(&Scope::default()).unwrap();
    let planned = before.meetings.iter().find(|m| m.status == MeetingStatus::Planned).expect("a planned meeting");

    std::fs::write(&file, FIRST.replace("will meet in Velmin on Friday", "met in Velmin on Friday")).unwrap();
    std::fs::write(dir.path().join("talks.json"), about("2026-03-14")).unwrap();
    let second = add(&mut store, &file, "2026-03-14T10:00:00Z").remove(0);
    assert_eq!(second.added, Added::Revision { of: first.head.id.clone(), number: 2 });
    // The same text under the same address is nothing new, though the page around it is another.
    std::fs::write(dir.path().join("talks.json"), about("2026-03-15")).unwrap();
    let known = add(&mut store, &file, "2026-03-15T10:00:00Z").remove(0);
    assert_eq!(known.added, Added::Known(second.head.id.clone()));

    let after = store.record(&Scope::default()).unwrap();
    assert_eq!(after.reports.len(), 1, "only the newest version speaks");
    let changes = rapporteur_record::changes(&before, &after);
    let held = changes.iter().find(|c| c.fact == FactKind::Meeting).unwrap();
    assert_eq!((held.kind, held.after.as_deref()), (ChangeKind::Changed, Some("held")), "{changes:#?}");
    assert!(changes.iter().all(|c| c.kind != ChangeKind::Withdrawn), "what both versions say stays: {changes:#?}");
    // The words that the first record cites are still there.
    let old = store.dossier().report(first.head.id.as_str()).unwrap().report;
    let span = &planned.accounts[0].span;
    assert_eq!(old.text.slice(span.span()), Some(span.exact()));
    assert_eq!(
        store.dossier().versions(&store.dossier().heads(&Scope::default()).unwrap()[0].article).unwrap().len(),
        2
    );
    // What a person said of the first version holds for the second, where the words are the same.
    let said = facts(&before).into_iter().find(|f| f.kind == FactKind::Statement).unwrap();
    let eve = Scope { as_of: Some("2026-03-13".parse().unwrap()), ..Scope::default() };
    let note = CorrectionRequest {
        at: NOW.into(),
        who: "Ada".into(),
        why: None,
        aim: Aim::Reading,
        wish: Wish::Note { of: said.id.to_string(), text: "on tape".into() },
        number: 0,
    };
    store.correct(&eve, note).unwrap();
    let noted = store.record(&Scope::default()).unwrap().corrections;
    assert!(noted.len() == 1 && noted[0].applied && noted[0].on.is_some(), "{noted:#?}");
    let only = store.dossier().corrections().unwrap()[0].id.clone();
    store.dossier_mut().undo(&only, "Ben", NOW).unwrap();
    // As it was known on the eve, the first version speaks.
    assert_eq!(json(&store.record(&eve).unwrap()), json(&before));
}

#[test]
fn the_record_of_a_day_is_what_was_published_by_then() {
    let (_dir, mut store) = new();
    add(&mut store, &example("strait"), NOW);
    let day = |day: &str| Scope { as_of: Some(day.parse().unwrap()), ..Scope::default() };
    let all = store.record(&Scope::default()).unwrap();
    let then = store.record(&day("2026-03-12")).unwrap();
    let by_then =
        |r: &&rapporteur::ReportHead| r.published.is_some_and(|d| d.last_day().to_string().as_str() <= "2026-03-12");
    let wanted: Vec<_> = all.reports.iter().filter(by_then).map(|r| &r.source).collect();
    assert!(wanted.len() > 2 && wanted.len() < all.reports.len());
    assert_eq!(then.reports.iter().map(|r| &r.source).collect::<Vec<_>>(), wanted);
    assert!(store.record(&day("2026-03-01")).unwrap().reports.is_empty());
    let changes = store.changes(&day("2026-03-12"), &all).unwrap();
    assert!(!changes.is_empty());
    let known: Vec<_> = then.reports.iter().map(|r| &r.id).collect();
    for new in changes.iter().filter(|c| c.kind == ChangeKind::New) {
        assert!(new.evidence.iter().any(|c| !known.contains(&c.report())), "{new:?} rests on what was known");
    }
    assert!(store.changes(&Scope::default(), &all).unwrap().is_empty(), "nothing changes from now to now");
}

#[test]
fn corrections_hold_through_new_reports_and_a_refresh_and_can_be_taken_back() {
    let (_dir, mut store) = new();
    add(&mut store, &example("strait").join("courier.txt"), NOW);
    let machine = store.record(&Scope::default()).unwrap();
    let statement = machine.statements.iter().find(|s| s.speaker.is_some()).unwrap();
    let other = machine.entities.iter().find(|e| Some(&e.id) != statement.speaker.as_ref()).unwrap();
    let meeting = machine.meetings.first().unwrap();
    let day: Edtf = "2026-03-02".parse().unwrap();
    let wishes = [
        Wish::Speaker { of: statement.id.to_string(), speaker: other.id.to_string() },
        Wish::Date { of: meeting.id.to_string(), date: day.to_string() },
        Wish::Status { of: meeting.id.to_string(), status: "denied".into() },
        Wish::Note { of: meeting.id.to_string(), text: "the port called".into() },
        Wish::Reject { of: machine.positions[0].id().to_string() },
    ];
    let mut made = Vec::new();
    for wish in wishes {
        made.push(correct(&mut store, wish).unwrap().id);
    }
    let check = |store: &mut Store| {
        let record = store.record(&Scope::default()).unwrap();
        assert!(record.corrections.iter().all(|c| c.applied && c.who == "Ada"), "{:#?}", record.corrections);
        let now = record.statements.iter().find(|s| s.content == statement.content).unwrap();
        let name = record.entities.iter().find(|e| Some(&e.id) == now.speaker.as_ref()).map(|e| e.name.as_str());
        assert_eq!(name, Some(other.name.as_str()));
        let same = |m: &&rapporteur::Meeting| m.accounts.iter().any(|a| a.span == meeting.accounts[0].span);
        let now = record.meetings.iter().find(same).unwrap();
        assert_eq!((now.date, now.status), (Some(day), MeetingStatus::Denied));
        record.verify(&store.load(&Scope::default()).unwrap().0).unwrap();
    };
    check(&mut store);
    // More reports give the same things other ids; the corrections find them again.
    add(&mut store, &example("strait"), NOW);
    check(&mut store);
    store.refresh(true, &mut |_, _| std::ops::ControlFlow::Continue(())).unwrap();
    check(&mut store);
    for id in &made {
        store.dossier_mut().undo(id, "Ben", NOW).unwrap();
    }
    let at_once = record(&gather(&[example("strait")], &Options::default()).reports);
    let mut undone = store.record(&Scope::default()).unwrap();
    undone.reports.iter_mut().zip(&at_once.reports).for_each(|(a, b)| a.source.clone_from(&b.source));
    assert_eq!(undone.meetings, at_once.meetings);
    assert!(undone.corrections.is_empty() && store.dossier().corrections().unwrap().len() == 5);
}

#[test]
fn entities_are_merged_and_split_by_hand() {
    let (_dir, mut store) = new();
    add(&mut store, &example("strait"), NOW);
    let machine = store.record(&Scope::default()).unwrap();
    let people: Vec<_> = machine
        .entities
        .iter()
        .filter(|e| machine.statements.iter().any(|s| s.speaker.as_ref() == Some(&e.id)))
        .collect();
    let (keep, other) = (people[0], people[1]);
    let merge = Wish::Merge { entities: vec![keep.id.to_string(), other.id.to_string()] };
    let id = correct(&mut store, merge).unwrap().id;
    let merged = store.record(&Scope::default()).unwrap();
    let one = merged.entities.iter().find(|e| e.id == keep.id).unwrap();
    assert!(other.names.iter().all(|n| one.names.iter().any(|m| m.form == n.form)));
    assert!(!json(&merged).contains(&format!("\"{}\"", other.id)), "nobody speaks of the one that is gone");
    store.dossier_mut().undo(&id, "Ben", NOW).unwrap();

    let many = machine.entities.iter().find(|e| e.names.len() > 1).unwrap();
    let form = many.names.last().unwrap().form.clone();
    let split = Wish::Split { entity: many.id.to_string(), forms: vec![form.clone()] };
    correct(&mut store, split).unwrap();
    let parted = store.record(&Scope::default()).unwrap();
    assert!(parted.corrections[0].applied);
    let new = parted.entities.iter().find(|e| e.name == form && e.names.len() == 1).unwrap();
    let old = parted.entities.iter().find(|e| e.id == many.id).unwrap();
    assert!(old.names.iter().all(|n| n.form != form) && new.id != old.id);
}

#[test]
fn a_file_of_an_old_form_opens_and_goes_on() {
    for form in ["form-1", "form-2", "form-3"] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("old.dossier");
        std::fs::copy(format!("tests/old/{form}.dossier"), &path).unwrap();
        let mut store = Store::open(&path).unwrap();
        assert!(store.dossier().check(&mut |_, _| {}).unwrap().is_empty(), "{form}");
        let record = store.record(&Scope::default()).unwrap();
        assert_eq!(record.reports.len(), 3, "{form}");
        assert!(!record.statements.is_empty() && record.corrections.len() == 1, "{form}");
        add(&mut store, &example("strait"), NOW);
        store.refresh(false, &mut |_, _| std::ops::ControlFlow::Continue(())).unwrap();
        assert_eq!(store.old().unwrap(), 0, "{form}");
        assert_eq!(store.record(&Scope::default()).unwrap().reports.len(), 8, "{form}");
        // Who took back what was taken back in an old form is not known; from now on it is.
        let before = store.dossier().corrections().unwrap();
        assert!(before.iter().all(|c| c.turns.is_empty()), "{form}");
        let id = before.iter().find(|c| c.undone.is_none()).unwrap().id.clone();
        store.undo(id.as_str(), "Ben", NOW).unwrap();
        store.redo(id.as_str(), "Cleo", NOW).unwrap();
        let after = store.dossier().corrections().unwrap();
        let turned = after.iter().find(|c| c.id == id).unwrap();
        let turns: Vec<_> = turned.turns.iter().map(|t| (t.undone, t.who.as_str())).collect();
        assert_eq!((turned.undone.as_deref(), turns), (None, vec![(true, "Ben"), (false, "Cleo")]), "{form}");
        assert!(store.dossier().check(&mut |_, _| {}).unwrap().is_empty(), "{form}");
    }
}

#[test]
fn a_report_is_described_otherwise_and_read_by_that_day() {
    let (dir, mut store) = new();
    let file = dir.path().join("talks.txt");
    std::fs::write(&file, FIRST).unwrap();
    let read = add(&mut store, &file, NOW).remove(0).head;
    assert!(read.published.is_none() && read.outlet.is_none());
    let before = json(&store.record(&Scope::default()).unwrap());
    let otherwise = Description {
        outlet: Some("Velmin Courier".into()),
        title: Some("Talks on Friday".into()),
        published: Some("2026-03-11".parse().unwrap()),
    };
    let fingerprint = store.dossier().fingerprint().unwrap();
    assert!(store.describe(&read.id, &otherwise, "Ada", NOW).unwrap());
    assert!(!store.describe(&read.id, &otherwise, "Ada", NOW).unwrap(), "nothing is another now");
    assert_ne!(store.dossier().fingerprint().unwrap(), fingerprint, "who keeps records sees it");
    let record = store.record(&Scope::default()).unwrap();
    let head = &record.reports[0];
    assert_eq!((head.id.clone(), head.outlet.as_deref()), (read.id.clone(), Some("Velmin Courier")));
    assert_eq!(head.published_basis, Some(rapporteur::Basis::Given));
    let friday: Edtf = "2026-03-13".parse().unwrap();
    assert!(record.meetings.iter().any(|m| m.date == Some(friday)), "{:#?}", record.meetings);
    assert_eq!(store.dossier().stories().unwrap()[0].days.0, "2026-03-11");
    let hits = store.dossier().search(&rapporteur::dossier::Query {
        words: "Talks on Friday".into(),
        limit: 5,
        ..Default::default()
    });
    assert!(!hits.unwrap().is_empty(), "its title is found");
    assert!(store.dossier().check(&mut |_, _| {}).unwrap().is_empty());

    // Described a second time, what was read stays what was read.
    let again = Description { outlet: Some("Velmin Post".into()), ..otherwise.clone() };
    assert!(store.describe(&read.id, &again, "Ben", NOW).unwrap());
    let described = store.dossier().described().unwrap();
    assert_eq!((described.len(), &described[0].as_read, described[0].who.as_str()), (1, &read, "Ben"));
    // A refresh reads it by what is said of it.
    store.refresh(true, &mut |_, _| std::ops::ControlFlow::Continue(())).unwrap();
    assert!(store.record(&Scope::default()).unwrap().meetings.iter().any(|m| m.date == Some(friday)));
    assert_eq!(add(&mut store, &file, NOW)[0].added, Added::Known(read.id.clone()));

    store.describe_as_read(&read.id, "Cleo", NOW).unwrap();
    let deeds = store.dossier().deeds().unwrap();
    assert_eq!((deeds.len(), deeds[0].of.as_str(), deeds[0].who.as_str()), (1, read.id.as_str(), "Cleo"));
    assert!(store.dossier().described().unwrap().is_empty());
    assert_eq!(json(&store.record(&Scope::default()).unwrap()), before);
    assert!(store.describe_as_read(&read.id, "Cleo", NOW).is_err());
    assert!(store.describe(&rapporteur::ReportId::new("r0"), &otherwise, "Ada", NOW).is_err());
}

#[test]
fn reports_go_where_they_are_sent() {
    let (_dir, mut store) = new();
    add(&mut store, &example("strait"), NOW);
    let strait = store.stories().unwrap()[0].row.id.clone();
    let send = |store: &mut Store, to: Destination, file: &str| {
        let mut ingest = store.ingest("add", NOW).unwrap();
        ingest.put_into(to).unwrap();
        let paths = [example("wages").join(file)];
        let _ = read(&paths, &Options::default(), &mut std::io::empty(), &mut |item| ingest.take(item));
        ingest.finish().unwrap().remove(0)
    };
    // Into one whose words it has not.
    let banner = send(&mut store, Destination::Story(strait.clone()), "banner.txt");
    assert_eq!((banner.story.as_ref(), banner.added), (Some(&strait), Added::New));
    // What is known stays where it is.
    let again = send(&mut store, Destination::New(None), "banner.txt");
    assert_eq!(again.story.as_ref(), Some(&strait));
    let furnace = send(&mut store, Destination::New(Some("The furnace".into())), "furnace.txt");
    let stories = store.stories().unwrap();
    let own = stories.iter().find(|s| Some(&s.row.id) == furnace.story.as_ref()).unwrap();
    assert_eq!((own.name.as_str(), own.row.articles, stories.len()), ("The furnace", 1, 2));
    let mut ingest = store.ingest("add", NOW).unwrap();
    let unknown = rapporteur::StoryId::new(&strait.as_str()[..4]);
    assert!(ingest.put_into(Destination::Story(unknown)).is_err(), "the first letters are not enough");
}

#[test]
fn other_files_are_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("notes.txt");
    std::fs::write(
        &path,
        "My notes on the talks, which are no database at all, and long enough to look like one.".repeat(9),
    )
    .unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let refused = Store::create(&path).unwrap_err();
    assert_eq!((refused.what(), refused.kind()), ("is not a dossier", rapporteur::ErrorKind::NotADossier));
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    assert!(Store::open(&dir.path().join("none")).unwrap_err().is_not_found());
    assert!(!dir.path().join("none").exists());
}

#[test]
fn a_correction_made_with_what_is_kept_is_the_one_that_is_read_anew() {
    use rapporteur::RecordCache;
    let (_dir, mut store) = new();
    add(&mut store, &example("strait"), NOW);
    let cache = RecordCache::open(store.dossier().path(), 4).unwrap();
    let asks =
        |wish| CorrectionRequest { at: NOW.into(), who: "Ada".into(), why: None, aim: Aim::Reading, wish, number: 0 };
    let record = cache.record(&Scope::default()).unwrap();
    let meeting = record.meetings[0].id.to_string();
    let date = Wish::Date { of: meeting.clone(), date: "2025-01-02".into() };
    let done = cache.correct(&Scope::default(), asks(date)).unwrap();
    assert_eq!(done.now.as_deref(), Some("2025-01-02"));
    let kept = cache.record(&Scope::default()).unwrap();
    assert!(kept.corrections.iter().any(|c| c.applied) && *kept != *record);
    assert_eq!(json(&kept), json(&store.record(&Scope::default()).unwrap()), "as if all had been read again");
    // Another process writes between two corrections: both count.
    add(&mut store, &example("wages"), NOW);
    let note = Wish::Note { of: meeting.clone(), text: "seen".into() };
    cache.correct(&Scope::default(), asks(note)).unwrap();
    assert_eq!(store.dossier().corrections().unwrap().len(), 2);
    assert_eq!(json(&cache.record(&Scope::default()).unwrap()), json(&store.record(&Scope::default()).unwrap()));
    // What makes no sense leaves no trace, in the file and in what is kept.
    let nonsense = Wish::Speaker { of: meeting, speaker: "none".into() };
    assert!(cache.correct(&Scope::default(), asks(nonsense)).is_err());
    assert_eq!(store.dossier().corrections().unwrap().len(), 2);
}

#[test]
fn people_who_correct_at_once_while_reports_come_in_lose_nothing() {
    use rapporteur::RecordCache;
    const EACH: usize = 3;
    let (_dir, mut store) = new();
    add(&mut store, &example("strait"), NOW);
    let path = store.dossier().path().to_owned();
    let meeting = store.record(&Scope::default()).unwrap().meetings[0].id.to_string();
    let asks = |who: &str, n: usize| {
        let wish = Wish::Note { of: meeting.clone(), text: format!("{n} by {who}") };
        CorrectionRequest { at: NOW.into(), who: who.into(), why: None, aim: Aim::Reading, wish, number: 0 }
    };
    let cache = RecordCache::open(&path, 4).unwrap();
    std::thread::scope(|scope| {
        // Two over what one process keeps, one more in a process of its own, as it were.
        for who in ["Ada", "Ben"] {
            let (cache, asks) = (&cache, &asks);
            scope.spawn(move || (0..EACH).for_each(|n| drop(cache.correct(&Scope::default(), asks(who, n)).unwrap())));
        }
        let (path, asks) = (&path, &asks);
        scope.spawn(move || {
            let mut other = Store::open(path).unwrap();
            (0..EACH).for_each(|n| drop(other.correct(&Scope::default(), asks("Cleo", n)).unwrap()));
        });
        add(&mut store, &example("wages"), NOW);
    });
    let all = store.dossier().corrections().unwrap();
    let mut ids: Vec<_> = all.iter().map(|c| c.id.clone()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((all.len(), ids.len()), (3 * EACH, 3 * EACH));
    for who in ["Ada", "Ben", "Cleo"] {
        let texts = all.iter().filter(|c| c.who == who).filter_map(|c| c.change.wish());
        assert_eq!(texts.collect::<Vec<_>>(), (0..EACH).map(|n| format!("{n} by {who}")).collect::<Vec<_>>());
    }
    assert_eq!(json(&cache.record(&Scope::default()).unwrap()), json(&store.record(&Scope::default()).unwrap()));
    assert!(store.dossier().check(&mut |_, _| {}).unwrap().is_empty());
}
