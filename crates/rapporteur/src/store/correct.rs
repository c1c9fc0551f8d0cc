//! What people correct, and what changed between two times.

use rapporteur_dossier::{Dossier, Scope};
use rapporteur_record::Request;
use rapporteur_schema::{AppliedCorrection, Change, Correction, CorrectionId, Record};

use super::Store;
use crate::{Error, ErrorKind};

/// How often a correction is tried while others correct. Then they are made to wait for it.
pub(super) const MAX_TRIES: usize = 2;

impl Store {
    /// Corrects a fact of the record of a scope, and gives the correction as it stands in the record from now on.
    ///
    /// The request names facts as people see them: by id, the first letters of one, or the name of an entity. It is looked
    /// up in the record, tried on it, and kept only if it does something there: whatever is refused leaves no trace.
    ///
    /// # Errors
    /// There is no such fact or several, what is asked for makes no sense for it ([`Error::is_refused`]), or the dossier
    /// cannot be read or written.
    ///
    /// # Example
    /// ```
    /// use rapporteur::dossier::Scope;
    /// use rapporteur::{Aim, CorrectionRequest, Options, Store, Wish, read};
    ///
    /// let dir = tempfile::tempdir()?;
    /// let mut store = Store::create(&dir.path().join("wages.dossier"))?;
    /// let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/wages");
    /// let mut ingest = store.ingest("add", "2025-11-26T08:00:00Z")?;
    /// let _ = read(&[story.into()], &Options::default(), &mut std::io::empty(), &mut |item| ingest.take(item));
    /// ingest.finish()?;
    ///
    /// let record = store.record(&Scope::default())?;
    /// let meeting = &record.meetings[0];
    /// let asks = |wish| CorrectionRequest {
    ///     at: "2025-11-27T09:00:00Z".into(),
    ///     who: "Night desk".into(),
    ///     why: Some("called the port".into()),
    ///     aim: Aim::Reading,
    ///     wish,
    ///     number: 0,
    /// };
    /// let date = Wish::Date { of: meeting.id.to_string(), date: "2025-11-20".into() };
    /// let done = store.correct(&Scope::default(), asks(date))?;
    /// assert_eq!(done.now.as_deref(), Some("2025-11-20"));
    ///
    /// let nonsense = Wish::Speaker { of: meeting.id.to_string(), speaker: "none".into() };
    /// assert!(store.correct(&Scope::default(), asks(nonsense)).is_err());
    /// assert_eq!(store.dossier().corrections()?.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn correct(&mut self, scope: &Scope, mut request: Request) -> Result<AppliedCorrection, Error> {
        for _ in 0..MAX_TRIES {
            let last = self.dossier.last_correction()?;
            let context = self.check_context(scope)?;
            let (correction, applied, _) = context.corrected(self.dossier.corrections()?, &mut request)?;
            let mut writing = self.dossier.writing()?;
            // A report that came in meanwhile changes nothing: it is as if it had come after.
            if writing.last_correction()? == last {
                writing.keep_correction(&correction)?;
                writing.commit()?;
                return Ok(applied);
            }
        }
        self.correct_alone(scope, request)
    }

    /// As [`correct`](Store::correct) where somebody corrects all the time: a connection of its own holds the file from before it is
    /// looked at, and they wait.
    pub(super) fn correct_alone(&mut self, scope: &Scope, mut request: Request) -> Result<AppliedCorrection, Error> {
        let mut holder = Dossier::open(self.dossier.path())?;
        let mut writing = holder.writing()?;
        self.is_held = true;
        let context = self.check_context(scope);
        self.is_held = false;
        let (correction, applied, _) = context?.corrected(self.dossier.corrections()?, &mut request)?;
        writing.keep_correction(&correction)?;
        writing.commit()?;
        Ok(applied)
    }

    /// Takes a correction back; `id` is its id, the first letters of it, or `last` for the last one that counts. It stays in
    /// the log, with who took it back and when.
    ///
    /// # Errors
    /// There is none or several, or the dossier cannot be written.
    pub fn undo(&mut self, id: &str, who: &str, at: &str) -> Result<CorrectionId, Error> {
        let all = self.dossier.corrections()?;
        let last = all.iter().rfind(|c| c.undone.is_none());
        let found = one(&all, id, last)?;
        self.dossier.undo(&found, who, at)?;
        Ok(found)
    }

    /// Makes a correction count again that was taken back; `last` is the one taken back last.
    ///
    /// # Errors
    /// There is none or several, or the dossier cannot be written.
    pub fn redo(&mut self, id: &str, who: &str, at: &str) -> Result<CorrectionId, Error> {
        let all = self.dossier.corrections()?;
        let last = all.iter().filter(|c| c.undone.is_some()).max_by_key(|c| c.undone.clone());
        let found = one(&all, id, last)?;
        self.dossier.redo(&found, who, at)?;
        Ok(found)
    }

    /// What became of the record of an earlier scope: it is now `after`.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn changes(&mut self, earlier: &Scope, after: &Record) -> Result<Vec<Change>, Error> {
        let before = self.record(earlier)?;
        Ok(rapporteur_record::changes(&before, after))
    }
}

/// The correction that is meant.
fn one(all: &[Correction], id: &str, last: Option<&Correction>) -> Result<CorrectionId, Error> {
    let found: Vec<&Correction> = match id {
        "last" => last.into_iter().collect(),
        id => all.iter().filter(|c| c.id.as_str().starts_with(id)).collect(),
    };
    match (id, found.as_slice()) {
        (_, [one]) => Ok(one.id.clone()),
        ("last", _) => Err(Error::new(ErrorKind::NoSuchCorrection, "there is no such correction")),
        (id, []) => Err(Error::new(ErrorKind::NoSuchCorrection, format!("no correction begins with {id:?}"))),
        (id, all) => Err(Error::new(ErrorKind::Ambiguous, format!("{} corrections begin with {id:?}", all.len()))),
    }
}
