//! A damaged report that is added again gets back the place it had, and nothing of the others is touched by it.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rapporteur::dossier::{Added, Query, Scope, StoredHead};
use rapporteur::{Acknowledged, Options, RecordCache, ReportId, Store, read};

const NOW: &str = "2026-03-14T08:00:00Z";
const LATER: &str = "2026-04-02T08:00:00Z";

fn add(store: &mut Store, path: &Path, now: &str) -> Vec<Acknowledged> {
    let mut ingest = store.ingest("add", now).unwrap();
    let _ = read(&[path.to_owned()], &Options::default(), &mut std::io::empty(), &mut |item| ingest.take(item));
    ingest.finish().unwrap()
}

fn example() -> PathBuf {
    PathBuf::from("../../examples/strait")
}

/// A dossier of the five reports of the example.
fn new() -> (tempfile::TempDir, PathBuf, Store) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("talks.dossier");
    let mut store = Store::create(&path).unwrap();
    assert_eq!(add(&mut store, &example(), NOW).len(), 5);
    (dir, path, store)
}

/// What a disk does to a file, in words.
fn hurt(path: &Path, sql: &str) {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    connection.execute_batch(sql).unwrap();
}

fn heads(store: &Store) -> Vec<StoredHead> {
    store.dossier().heads(&Scope::default()).unwrap()
}

fn json(store: &mut Store) -> String {
    serde_json::to_string(&store.record(&Scope::default()).unwrap()).unwrap()
}

fn faults(store: &Store) -> Vec<String> {
    store.dossier().check(&mut |_, _| {}).unwrap().into_iter().map(|f| f.what).collect()
}

fn hits(store: &Store, words: &str) -> Vec<(ReportId, rapporteur::Span<rapporteur::Char>)> {
    let query = Query { words: words.into(), limit: 500, ..Query::default() };
    let mut found: Vec<_> = store.dossier().search(&query).unwrap().into_iter().map(|h| (h.report, h.span)).collect();
    found.sort_by_key(|(id, span)| (id.clone(), span.start(), span.end()));
    found
}

fn mended(again: &[Acknowledged]) -> usize {
    again.iter().filter(|a| a.added == Added::Mended).count()
}

const FIRST: &str = "VELMIN — The Harbour Pilots and the Port Company will meet in Velmin on Friday.\n\n\
    “We want nine percent,” the pilots' leader Oda Brask said on Wednesday.\n\n\
    The company has made no offer so far.\n";

/// The files of two versions of an article.
fn versions(dir: &Path) -> [PathBuf; 2] {
    let about = r#"{"outlet": "Velmin Courier", "url": "https://courier.example/talks", "published": "2026-03-11"}"#;
    let second = FIRST.replace("will meet in Velmin on Friday", "met in Velmin on Friday");
    [("first", FIRST.to_owned()), ("second", second)].map(|(name, text)| {
        std::fs::write(dir.join(format!("{name}.json")), about).unwrap();
        let file = dir.join(format!("{name}.txt"));
        std::fs::write(&file, text).unwrap();
        file
    })
}

#[test]
fn an_old_version_that_is_mended_stays_the_old_one() {
    for damage in [
        "UPDATE report SET outlet = 'Velmin Gourier' WHERE seq = 1",
        "UPDATE report SET revision = 7 WHERE seq = 1",
        "UPDATE report SET article = 'courier.example/tblks' WHERE seq = 1",
        "UPDATE text SET text = x'00' WHERE seq = 1",
        "DELETE FROM text WHERE seq = 1",
        "DELETE FROM finding WHERE seq = 1",
    ] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("talks.dossier");
        let mut store = Store::create(&path).unwrap();
        let [first, second] = versions(dir.path());
        add(&mut store, &first, NOW);
        let newest = add(&mut store, &second, LATER).remove(0).head.id;
        let expected = json(&mut store);
        let before = heads(&store);
        hurt(&path, damage);
        let again = add(&mut store, &first, "2026-05-01T08:00:00Z");
        assert_eq!(again[0].added, Added::Mended, "{damage}");
        assert_eq!(heads(&store), before, "{damage}");
        assert_eq!(json(&mut store), expected, "{damage}");
        let all = store.dossier().versions(&before[0].article).unwrap();
        let told: Vec<_> = all.iter().map(|v| (v.about.revision, v.about.added.as_str(), v.about.run)).collect();
        assert_eq!(told, [(1, NOW, 1), (2, LATER, 2)], "{damage}");
        assert_eq!(all[1].about.head.id, newest);
        assert_eq!(faults(&store), [""; 0], "{damage}");
    }
}

#[test]
fn a_version_of_a_report_whose_text_is_lost_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("talks.dossier");
    let mut store = Store::create(&path).unwrap();
    let [first, second] = versions(dir.path());
    let id = add(&mut store, &first, NOW).remove(0).head.id;
    hurt(&path, "DELETE FROM text");
    assert_eq!(add(&mut store, &second, LATER)[0].added, Added::Revision { of: id, number: 2 });
}

#[test]
fn a_report_that_is_mended_stays_in_the_story_where_people_put_it() {
    for damage in [
        "UPDATE report SET outlet = 'Nobody' WHERE seq = 2",
        "UPDATE profile SET body = x'00' WHERE seq = 2",
        "DELETE FROM text WHERE seq = 2",
    ] {
        let (_dir, path, mut store) = new();
        let id = heads(&store)[1].head.id.clone();
        let story = store.move_to_story(&id, "new").unwrap();
        let mut writing = store.dossier_mut().writing().unwrap();
        writing.name_story(&story, Some("The other talks")).unwrap();
        writing.commit().unwrap();
        hurt(&path, damage);
        // Also where the same command brings more than it mends.
        let mut more = Store::open(&path).unwrap();
        assert_eq!(mended(&add(&mut more, &example(), LATER)), 1, "{damage}");
        add(&mut more, Path::new("../../examples/wages"), LATER);
        let about = heads(&more).into_iter().find(|about| about.head.id == id).unwrap();
        assert_eq!((about.story.as_ref(), about.seq), (Some(&story), 2), "{damage}");
        assert!(more.stories().unwrap().iter().any(|s| s.name == "The other talks" && s.row.articles == 1));
        let moved = more.dossier().members().unwrap().into_iter().find(|m| m.report == id).unwrap();
        assert!(moved.taken_from.is_some(), "{damage}");
        assert_eq!(faults(&more), [""; 0], "{damage}");
    }
}

#[test]
fn mending_one_report_takes_no_words_from_the_others() {
    for damage in ["texts = texts + 40", "texts = 0", "body = x'00'"] {
        for seq in [2, 5] {
            let (_dir, path, mut store) = new();
            let (all, expected) = (hits(&store, "the"), json(&mut store));
            assert!(all.len() > 20);
            hurt(&path, &format!("UPDATE entry SET {damage} WHERE seq = {seq}"));
            assert_eq!(mended(&add(&mut store, &example(), LATER)), 1);
            assert_eq!(hits(&store, "the"), all, "{damage} of {seq}");
            assert_eq!(json(&mut store), expected);
            assert_eq!(faults(&store), [""; 0], "{damage} of {seq}");
        }
    }
}

#[test]
fn who_keeps_a_record_in_memory_learns_that_it_was_mended() {
    let (_dir, path, mut store) = new();
    let expected = json(&mut store);
    let whole = |cache: &RecordCache| serde_json::to_string(&*cache.record(&Scope::default()).unwrap()).unwrap();
    for damage in ["UPDATE text SET text = x'00' WHERE seq = 3", "UPDATE finding SET body = x'00' WHERE seq = 3"] {
        hurt(&path, damage);
        let cache = RecordCache::open(&path, 4).unwrap();
        assert_eq!(cache.record(&Scope::default()).unwrap().left_out.len(), 1);
        assert_eq!(mended(&add(&mut store, &example(), LATER)), 1);
        assert_eq!(whole(&cache), expected, "{damage}");
    }
    hurt(&path, "UPDATE finding SET body = x'00' WHERE seq = 3");
    let cache = RecordCache::open(&path, 4).unwrap();
    assert_eq!(cache.record(&Scope::default()).unwrap().left_out.len(), 1);
    store.refresh(true, &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(whole(&cache), expected, "read anew");
}

#[test]
fn what_was_taken_out_and_is_damaged_comes_back_whole() {
    let (_dir, path, mut store) = new();
    let expected = json(&mut store);
    let id = heads(&store)[1].head.id.clone();
    store.dossier_mut().remove(&id, false, NOW).unwrap();
    hurt(&path, "DELETE FROM text WHERE seq = 2");
    assert_eq!(mended(&add(&mut store, &example(), LATER)), 1);
    assert_eq!(json(&mut store), expected);
    assert_eq!(faults(&store), [""; 0]);
}

#[test]
fn a_lost_report_is_missed_until_all_are_counted_anew() {
    let (_dir, path, mut store) = new();
    let left_out = |store: &mut Store| -> Vec<String> {
        let record = store.record(&Scope::default()).unwrap();
        record.left_out.into_iter().map(|l| l.why).collect()
    };
    // Lost, as a page that is gone loses it: nothing counts that.
    let lost = "CREATE TEMP TABLE kept AS SELECT * FROM tally; DELETE FROM report WHERE seq = 4;
        UPDATE tally SET count = (SELECT count FROM kept k WHERE k.what = tally.what),
            sums = (SELECT sums FROM kept k WHERE k.what = tally.what),
            echo = (SELECT echo FROM kept k WHERE k.what = tally.what);
        DELETE FROM text WHERE seq = 4; DELETE FROM finding WHERE seq = 4; DELETE FROM profile WHERE seq = 4;
        DELETE FROM entry WHERE seq = 4;";
    hurt(&path, lost);
    assert_eq!(left_out(&mut store), ["a report is missing"]);
    // Mending another one does not hide it, nor does adding it again: who knows whether it is the same.
    hurt(&path, "UPDATE report SET outlet = 'Nobody' WHERE seq = 2");
    let again = add(&mut store, &example(), LATER);
    assert_eq!((mended(&again), again.iter().filter(|a| a.added == Added::New).count()), (1, 1));
    assert_eq!(left_out(&mut store), ["a report is missing"]);
    let told = store.dossier().check(&mut |_, _| {}).unwrap();
    assert!(told.iter().any(|f| f.is_mended_by_reading && f.what.contains("add again what is missing first")));
    let done = store.refresh(true, &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(done.missing, Some(1));
    assert_eq!(left_out(&mut store), [""; 0]);
    assert_eq!(faults(&store), [""; 0]);
    assert_eq!(store.refresh(true, &mut |_, _| ControlFlow::Continue(())).unwrap().missing, None);
}

#[test]
fn what_belongs_to_a_report_and_is_missing_is_told_and_made_anew() {
    let (_dir, path, mut store) = new();
    hurt(&path, "DELETE FROM profile WHERE seq = 1; DELETE FROM entry WHERE seq = 2");
    let told = faults(&store);
    assert!(told.iter().any(|f| f == "what groups it with others is missing"), "{told:?}");
    assert!(told.iter().any(|f| f == "what of it can be searched for is missing"), "{told:?}");
    store.refresh(true, &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(faults(&store), [""; 0]);
}

#[test]
fn damage_of_the_first_form_is_not_sealed_as_if_it_were_whole() {
    let dir = tempfile::tempdir().unwrap();
    for (damage, what) in [
        ("UPDATE report SET text = x'07ff' WHERE seq = 1", "its text is damaged"),
        ("UPDATE report SET map = x'07ff' WHERE seq = 1", "its text is damaged"),
        ("UPDATE report SET outlet = CAST(x'80' AS TEXT) WHERE seq = 1", "what is known of it is damaged"),
        (
            "UPDATE finding SET body = x'07ff' WHERE report = (SELECT id FROM report WHERE seq = 1) AND reference = ''",
            "what was found in it is damaged",
        ),
    ] {
        let path = dir.path().join(format!("{}.dossier", damage.len()));
        std::fs::copy("tests/old/form-1.dossier", &path).unwrap();
        hurt(&path, damage);
        let mut store = Store::open(&path).unwrap();
        let record = store.record(&Scope::default()).unwrap();
        assert_eq!((record.reports.len(), record.left_out.len()), (2, 1), "{damage}");
        assert!(record.left_out[0].why.contains(what), "{damage}: {}", record.left_out[0].why);
    }
    // What the tables know of a report is JSON, which an index reads: only a disk can hurt it.
    let mut bytes = std::fs::read("tests/old/form-1.dossier").unwrap();
    let sql = "SELECT head FROM report WHERE seq = 2";
    let head: String =
        rusqlite::Connection::open_with_flags("tests/old/form-1.dossier", rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
            .unwrap()
            .query_row(sql, [], |row| row.get(0))
            .unwrap();
    let at = bytes.windows(60).position(|at| at == &head.as_bytes()[..60]).unwrap();
    bytes[at] ^= 1;
    let path = dir.path().join("head.dossier");
    std::fs::write(&path, bytes).unwrap();
    let record = Store::open(&path).unwrap().record(&Scope::default()).unwrap();
    assert_eq!((record.reports.len(), record.left_out.len()), (2, 1));
}
