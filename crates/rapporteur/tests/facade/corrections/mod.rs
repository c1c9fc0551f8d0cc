//! Each kind of correction, and of either aim, reaches whatever is derived from what it corrects, in each face.
//!
//! The story is `tests/stories/ferries`: three reports that differ on the day of one round of talks and on who said one
//! sentence. `facts` looks into the record, `faces` says what words each face must have and must not have, `bystanders` what
//! a correction must leave alone.

mod bystanders;
mod faces;
mod facts;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rapporteur::dossier::Scope;
use rapporteur::{Aim, AppliedCorrection, CorrectionRequest, Error, Options, Record, Report, Store, Wish, read};

const NOW: &str = "2025-03-05T08:00:00Z";

/// What two reports give to two people.
const SENTENCE: &str = "The boats will sail again before the summer festival";

/// A dossier of the reports of a story, so many of them.
fn made(story: &str, reports: usize) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let dossier = folder.path().join("made.dossier");
    let mut store = Store::create(&dossier).unwrap();
    let mut ingest = store.ingest("add", NOW).unwrap();
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories").join(story);
    let _ = read(&[story], &Options::default(), &mut std::io::empty(), &mut |item| ingest.take(item));
    assert_eq!(ingest.finish().unwrap().len(), reports);
    (folder, dossier)
}

/// The dossier of the ferries, made once: reading takes the language model.
fn kept() -> &'static Path {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    &MADE.get_or_init(|| made("ferries", 3)).1
}

/// A copy of it, to be corrected.
struct Desk {
    _folder: tempfile::TempDir,
    store: Store,
}

impl Desk {
    /// A dossier of one's own.
    fn of((folder, dossier): (tempfile::TempDir, PathBuf)) -> Self {
        Desk { _folder: folder, store: Store::open(&dossier).unwrap() }
    }

    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dossier = folder.path().join("ferries.dossier");
        std::fs::copy(kept(), &dossier).unwrap();
        Desk { _folder: folder, store: Store::open(&dossier).unwrap() }
    }

    fn record(&mut self) -> Record {
        self.store.record(&Scope::default()).unwrap()
    }

    /// The record and its reports; every citation stands.
    fn all(&mut self) -> (Record, Vec<Report>) {
        let (record, reports) = self.store.record_of(&Scope::default()).unwrap();
        record.verify(&reports).unwrap();
        (record, reports)
    }

    fn correct(&mut self, aim: Aim, wish: Wish) -> Result<AppliedCorrection, Error> {
        let (at, who, why) = (NOW.into(), "Night desk".into(), Some("on the tape".into()));
        self.store.correct(&Scope::default(), CorrectionRequest { at, who, why, aim, wish, number: 0 })
    }
}

/// The statement of a person with these words.
fn said(record: &Record, speaker: &str, words: &str) -> String {
    let entity = record.entities.iter().find(|e| e.name == speaker).unwrap();
    let fits = |s: &&rapporteur::Statement| s.content.exact().contains(words) && s.speaker.as_ref() == Some(&entity.id);
    record.statements.iter().find(fits).unwrap().id.to_string()
}

/// The gathering that two reports tell of.
fn met(record: &Record) -> String {
    record.meetings.iter().find(|m| m.accounts.len() == 2).unwrap().id.to_string()
}

/// The gathering that is to come.
fn to_come(record: &Record) -> String {
    record.meetings.iter().find(|m| m.accounts.len() == 1).unwrap().id.to_string()
}
