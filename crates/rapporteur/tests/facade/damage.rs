//! Damage is told, never read as if it were what was written; and what may only be read can be read.

use std::path::{Path, PathBuf};

use rapporteur::dossier::{Added, Query, Scope};
use rapporteur::{Acknowledged, Aim, CorrectionRequest, Error, ErrorKind, Options, Record, Report, Store, Wish, read};

const NOW: &str = "2026-03-14T08:00:00Z";

fn example() -> PathBuf {
    PathBuf::from("../../examples/strait")
}

fn add(store: &mut Store, path: &Path) -> Result<Vec<Acknowledged>, Error> {
    let mut ingest = store.ingest("add", NOW)?;
    let _ = read(&[path.to_owned()], &Options::default(), &mut std::io::empty(), &mut |item| ingest.take(item));
    ingest.finish()
}

/// A dossier of five reports and a correction, as bytes.
fn made(path: &Path) -> Vec<u8> {
    let mut store = Store::create(path).unwrap();
    add(&mut store, &example()).unwrap();
    let meeting = store.record(&Scope::default()).unwrap().meetings[0].id.to_string();
    let wish = Wish::Date { of: meeting, date: "2026-03-01".into() };
    let request = CorrectionRequest { at: NOW.into(), who: "Ada".into(), why: None, aim: Aim::World, wish, number: 0 };
    store.correct(&Scope::default(), request).unwrap();
    drop(store);
    std::fs::read(path).unwrap()
}

fn record(path: &Path) -> Result<(Record, Vec<Report>), Error> {
    Store::open(path)?.record_of(&Scope::default())
}

fn json(record: &Record) -> String {
    serde_json::to_string(record).unwrap()
}

#[test]
fn a_flipped_bit_is_told_or_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let whole = dir.path().join("whole.dossier");
    let bytes = made(&whole);
    let expected = json(&record(&whole).unwrap().0);
    let hurt = dir.path().join("hurt.dossier");
    let (mut refused, mut named, mut mended, mut same) = (0, 0, 0, 0);
    let mut seed = 2026u64;
    for _ in 0..360 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bit = (seed >> 33) as usize % (8 * bytes.len());
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(&hurt, &flipped).unwrap();
        match record(&hurt) {
            Err(_) => refused += 1,
            Ok((record, _)) if record.left_out.is_empty() => {
                assert_eq!(json(&record), expected, "bit {bit} changed the record in silence");
                same += 1;
            }
            Ok((record, reports)) => {
                named += 1;
                record.verify(&reports).unwrap();
                let mut store = Store::open(&hurt).unwrap();
                assert!(
                    !store.dossier().check(&mut |_, _| {}).unwrap().is_empty(),
                    "bit {bit}: check-file saw nothing"
                );
                // Where a page itself is hurt, it may be that nothing can be written any more: that is told too.
                if record.left_out.iter().all(|l| l.report.is_some())
                    && let Ok(again) = add(&mut store, &example())
                {
                    assert!(again.iter().any(|a| a.added == Added::Mended), "bit {bit}");
                    let record = store.record(&Scope::default()).unwrap();
                    if record.left_out.is_empty() {
                        assert_eq!(json(&record), expected, "bit {bit} after mending");
                        mended += 1;
                    }
                }
            }
        }
        for beside in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(dir.path().join(format!("hurt.dossier{beside}")));
        }
    }
    println!("{refused} refused, {named} named ({mended} mended by adding), {same} the same record");
    assert!(named > 20 && mended > 10 && same > 50, "{refused} {named} {mended} {same}");
}

#[test]
fn what_may_only_be_read_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("talks.dossier");
    let bytes = made(&path);
    let expected = json(&record(&path).unwrap().0);
    let mut store = Store::open_to_read(&path).unwrap();
    assert!(store.dossier().is_read_only());
    assert_eq!(store.dossier().heads(&Scope::default()).unwrap().len(), 5);
    assert_eq!(json(&store.record(&Scope::default()).unwrap()), expected);
    let query = Query { words: "strait".into(), limit: 9, ..Query::default() };
    assert!(!store.dossier().search(&query).unwrap().is_empty());
    assert_eq!(store.stories().unwrap().len(), 1);
    assert!(store.dossier().check(&mut |_, _| {}).unwrap().is_empty());

    let refused =
        |e: Error| assert_eq!((e.kind(), e.what()), (ErrorKind::ReadOnly, "may only be read, not written to"));
    refused(add(&mut store, &example()).unwrap_err());
    let id = store.dossier().heads(&Scope::default()).unwrap()[0].head.id.clone();
    refused(store.dossier_mut().remove(&id, false, NOW).unwrap_err().into());
    refused(store.undo("last", "Ben", NOW).unwrap_err());
    refused(store.move_to_story(&id, "new").unwrap_err());
    drop(store);
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn an_old_form_that_may_only_be_read_is_read_in_memory() {
    let path = Path::new("tests/old/form-1.dossier");
    let bytes = std::fs::read(path).unwrap();
    let mut store = Store::open_to_read(path).unwrap();
    assert_eq!(store.record(&Scope::default()).unwrap().reports.len(), 3);
    assert!(store.dossier().check(&mut |_, _| {}).unwrap().is_empty());
    drop(store);
    assert_eq!(std::fs::read(path).unwrap(), bytes);
}

#[test]
fn one_by_one_is_grouped_as_all_at_once() {
    // Each in a process of its own, as it were: only what is near is brought back.
    let dir = tempfile::tempdir().unwrap();
    let stories = |path: &Path| -> Vec<_> {
        let store = Store::open(path).unwrap();
        let heads = store.dossier().heads(&Scope::default()).unwrap();
        heads.into_iter().map(|about| (about.head.id, about.story)).collect()
    };
    let mut files: Vec<PathBuf> = Vec::new();
    for name in ["strait", "wages"] {
        let folder = std::fs::read_dir(PathBuf::from("../../examples").join(name)).unwrap();
        files.extend(folder.map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "txt")));
    }
    files.sort_by_key(|file| file.file_name().map(ToOwned::to_owned));
    let (one, all) = (dir.path().join("one.dossier"), dir.path().join("all.dossier"));
    let mut at_once = Store::create(&all).unwrap();
    for file in &files {
        add(&mut Store::create(&one).unwrap(), file).unwrap();
        add(&mut at_once, file).unwrap();
    }
    assert!(files.len() > 7, "more than are placed without all of them");
    assert_eq!(stories(&one), stories(&all));
}

#[test]
#[cfg(unix)]
fn late_changes_beside_a_file_that_may_only_be_read_are_told() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("talks.dossier");
    made(&path);
    let log = dir.path().join("talks.dossier-wal");
    std::fs::write(&log, "late changes").unwrap();
    let mode = |path: &Path, mode| std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    mode(&path, 0o444);
    mode(&log, 0o444);
    mode(dir.path(), 0o555);
    // The superuser may write everywhere.
    if std::fs::write(dir.path().join("other"), "").is_err() {
        let refused = Store::open(&path).unwrap_err();
        assert!(refused.what().contains("-wal"), "{}", refused.what());
    }
    mode(dir.path(), 0o755);
}
