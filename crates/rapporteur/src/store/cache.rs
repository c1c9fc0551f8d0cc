//! Records kept while their dossier stays as it is: one takes longer to make than to ask.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rapporteur_dossier::{Dossier, Scope};
use rapporteur_record::Request;
use rapporteur_schema::{AppliedCorrection, Record};

use super::correct::MAX_TRIES;
use super::{CheckContext, Store};
use crate::Error;

/// A dossier that several threads ask, with the records that were asked for lately.
///
/// A program that answers many questions holds one; whatever another process writes meanwhile is seen at the next question.
#[derive(Debug)]
pub struct RecordCache {
    store: Mutex<Store>,
    /// A connection of its own for what people change: changes wait for each other, and nobody who reads waits for them.
    writer: Mutex<Store>,
    /// A connection of its own for what takes long: who only asks for a report or a word does not wait behind it.
    loader: Mutex<Store>,
    watch: Mutex<Watch>,
    kept: Mutex<Kept>,
    /// How many records were begun to be made.
    begun: AtomicU64,
    /// What was made while somebody wrote: not to be kept, and good enough for who asked before it was begun.
    passing: Mutex<Vec<Passing>>,
}

/// A record that may lack what was written while it was made.
#[derive(Debug)]
struct Passing {
    scope: Scope,
    /// Which of the records that were begun it is.
    number: u64,
    record: Arc<Record>,
}

/// Looks whether somebody wrote: a connection of its own sees also what this process writes.
#[derive(Debug)]
struct Watch {
    dossier: Dossier,
    data_version: i64,
    fingerprint: String,
    beside: String,
}

/// What was made of the dossier as it was at a fingerprint.
#[derive(Debug)]
struct Kept {
    fingerprint: String,
    /// The record asked for last stands last.
    records: Vec<(Scope, Arc<Record>)>,
    max_records: usize,
    /// The reports and findings of one scope: they take more room than their record.
    context: Option<(Scope, Arc<CheckContext>)>,
}

/// A panic of one question does not take the others with it: what a lock guards here is whole after every step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl RecordCache {
    /// Opens a dossier that is there; so many records are kept at most. One of 2,000 reports takes tens of megabytes.
    ///
    /// # Errors
    /// There is none, or it cannot be used.
    pub fn open(path: &Path, max_records: usize) -> Result<Self, Error> {
        let (store, loader, writer) = (Store::open(path)?, Store::open(path)?, Store::open(path)?);
        let dossier = Dossier::open(path)?;
        let (data_version, fingerprint) = (dossier.data_version()?, dossier.fingerprint()?);
        let beside = dossier.beside_fingerprint()?;
        let kept = Kept { fingerprint: fingerprint.clone(), records: Vec::new(), max_records, context: None };
        let watch = Watch { dossier, data_version, fingerprint, beside };
        Ok(RecordCache {
            store: Mutex::new(store),
            writer: Mutex::new(writer),
            loader: Mutex::new(loader),
            watch: Mutex::new(watch),
            kept: Mutex::new(kept),
            begun: AtomicU64::new(0),
            passing: Mutex::new(Vec::new()),
        })
    }

    /// The dossier itself, for what is not worth keeping.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        lock(&self.store)
    }

    /// The dossier itself, to be changed.
    pub fn writer(&self) -> MutexGuard<'_, Store> {
        lock(&self.writer)
    }

    /// Corrects a fact of the record of a scope, as [`Store::correct`] does, with what is kept: who asks for the record next has
    /// it at once.
    ///
    /// # Errors
    /// As [`Store::correct`].
    pub fn correct(&self, scope: &Scope, mut request: Request) -> Result<AppliedCorrection, Error> {
        let mut store = lock(&self.writer);
        for _ in 0..MAX_TRIES {
            let (last, fingerprint) = (store.dossier().last_correction()?, self.fingerprint()?);
            let context = self.check_context(scope)?;
            let (correction, applied, after) = context.corrected(store.dossier().corrections()?, &mut request)?;
            let mut writing = store.dossier_mut().writing()?;
            // A report that came in meanwhile changes nothing: it is as if it had come after.
            if writing.last_correction()? == last {
                // Where nobody has written since it was asked what the file is like, all that was looked at is of that moment.
                let is_whole = writing.fingerprint()? == fingerprint;
                writing.keep_correction(&correction)?;
                let fingerprint = writing.fingerprint()?;
                writing.commit()?;
                let mut kept = self.kept()?;
                if is_whole && kept.fingerprint == fingerprint {
                    kept.put(scope, &Arc::new(after));
                }
                return Ok(applied);
            }
        }
        store.correct_alone(scope, request)
    }

    /// What all records depend on, in short ([`Dossier::fingerprint`]); costs next to nothing where nobody wrote.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn fingerprint(&self) -> Result<String, Error> {
        Ok(self.watch()?.fingerprint.clone())
    }

    /// As [`fingerprint`](RecordCache::fingerprint), with what is starred and who took back what: what is shown depends on that, no record does.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn shown_fingerprint(&self) -> Result<String, Error> {
        let watch = self.watch()?;
        Ok(format!("{} {}", watch.fingerprint, watch.beside))
    }

    fn watch(&self) -> Result<MutexGuard<'_, Watch>, Error> {
        let mut watch = lock(&self.watch);
        let data_version = watch.dossier.data_version()?;
        if data_version != watch.data_version {
            watch.fingerprint = watch.dossier.fingerprint()?;
            watch.beside = watch.dossier.beside_fingerprint()?;
            watch.data_version = data_version;
        }
        Ok(watch)
    }

    /// What is kept, without what is no longer so.
    fn kept(&self) -> Result<MutexGuard<'_, Kept>, Error> {
        let fingerprint = self.fingerprint()?;
        let mut kept = lock(&self.kept);
        if kept.fingerprint != fingerprint {
            *kept = Kept { fingerprint, records: Vec::new(), max_records: kept.max_records, context: None };
        }
        Ok(kept)
    }

    /// The record of the reports of a scope, with what people corrected.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn record(&self, scope: &Scope) -> Result<Arc<Record>, Error> {
        // Before it is looked what is kept: whatever is begun from here on has all that was written before this was asked.
        let asked = self.begun.load(Ordering::SeqCst);
        if let Some(record) = self.kept()?.record(scope) {
            return Ok(record);
        }
        let mut store = lock(&self.loader);
        // Where somebody writes all the time, nothing is kept, and all who wait would make their own, one after the other.
        let passing =
            lock(&self.passing).iter().find(|p| p.scope == *scope && p.number > asked).map(|p| p.record.clone());
        match passing {
            Some(record) => Ok(record),
            None => Ok(self.load(&mut store, scope)?.record.clone()),
        }
    }

    /// As [`Store::check_context`].
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn check_context(&self, scope: &Scope) -> Result<Arc<CheckContext>, Error> {
        if let Some(context) = self.kept()?.context_of(scope) {
            return Ok(context);
        }
        let mut store = lock(&self.loader);
        self.load(&mut store, scope)
    }

    /// Makes what is asked for, unless somebody else has waited for the same.
    fn load(&self, store: &mut Store, scope: &Scope) -> Result<Arc<CheckContext>, Error> {
        let fingerprint = {
            let kept = self.kept()?;
            if let Some(context) = kept.context_of(scope) {
                return Ok(context);
            }
            kept.fingerprint.clone()
        };
        let number = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let context = Arc::new(store.check_context(scope)?);
        let mut kept = self.kept()?;
        let mut passing = lock(&self.passing);
        passing.retain(|p| p.scope != *scope);
        // What was written while the record was made may or may not be in it.
        if kept.fingerprint == fingerprint {
            kept.put(scope, &context);
        } else {
            if passing.len() >= kept.max_records {
                passing.remove(0);
            }
            passing.push(Passing { scope: scope.clone(), number, record: context.record.clone() });
        }
        Ok(context)
    }
}

impl Kept {
    fn record(&mut self, scope: &Scope) -> Option<Arc<Record>> {
        let at = self.records.iter().position(|(of, _)| of == scope)?;
        let found = self.records.remove(at);
        let record = found.1.clone();
        self.records.push(found);
        Some(record)
    }

    fn context_of(&self, scope: &Scope) -> Option<Arc<CheckContext>> {
        self.context.as_ref().filter(|(of, _)| of == scope).map(|(_, context)| context.clone())
    }

    fn put(&mut self, scope: &Scope, context: &Arc<CheckContext>) {
        self.records.retain(|(of, _)| of != scope);
        self.records.push((scope.clone(), context.record.clone()));
        if self.records.len() > self.max_records {
            self.records.remove(0);
        }
        self.context = Some((scope.clone(), context.clone()));
    }
}
