//! What was asked for last, kept while the dossier stays as it is: a record takes longer to make than to ask.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rapporteur::dossier::{Error, Scope};
use rapporteur::{CheckContext, Record, Store};

/// The reports of a scope and what they say.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub scope: Scope,
    state: String,
    pub grounds: CheckContext,
}

impl Snapshot {
    pub fn record(&self) -> &Record {
        self.grounds.record()
    }
}

/// A dossier and the record that was asked for last.
#[derive(Debug)]
pub(crate) struct RecordCache {
    store: Mutex<Store>,
    last: Mutex<Option<Arc<Snapshot>>>,
}

/// A panic of one call does not take the others with it: what a lock guards here is whole after every step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl RecordCache {
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(RecordCache { store: Mutex::new(Store::open(path)?), last: Mutex::new(None) })
    }

    pub fn store(&self) -> MutexGuard<'_, Store> {
        lock(&self.store)
    }

    /// The record of a scope, made anew where the dossier has changed since.
    pub fn snapshot(&self, scope: Scope) -> Result<Arc<Snapshot>, Error> {
        let mut store = self.store();
        let state = store.dossier().state()?;
        let mut last = lock(&self.last);
        if let Some(snapshot) = last.as_ref().filter(|s| s.scope == scope && s.state == state) {
            return Ok(snapshot.clone());
        }
        let grounds = store.grounds(&scope)?;
        let snapshot = Arc::new(Snapshot { scope, state, grounds });
        *last = Some(snapshot.clone());
        Ok(snapshot)
    }
}
