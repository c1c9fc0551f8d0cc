//! What was asked for last, kept while the dossier stays as it is: a record takes longer to make than to ask.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rapporteur::dossier::{Error, Scope};
use rapporteur::{Grounds, Keeper, Record};

/// The reports of a scope and what they say.
#[derive(Debug)]
pub(crate) struct Stand {
    pub scope: Scope,
    state: String,
    pub grounds: Grounds,
}

impl Stand {
    pub fn record(&self) -> &Record {
        self.grounds.record()
    }
}

/// A dossier and the record that was asked for last.
#[derive(Debug)]
pub(crate) struct Desk {
    keeper: Mutex<Keeper>,
    last: Mutex<Option<Arc<Stand>>>,
}

/// A panic of one call does not take the others with it: what a lock guards here is whole after every step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(Desk { keeper: Mutex::new(Keeper::open(path)?), last: Mutex::new(None) })
    }

    pub fn keeper(&self) -> MutexGuard<'_, Keeper> {
        lock(&self.keeper)
    }

    /// The record of a scope, made anew where the dossier has changed since.
    pub fn stand(&self, scope: Scope) -> Result<Arc<Stand>, Error> {
        let mut keeper = self.keeper();
        let state = keeper.dossier().state()?;
        let mut last = lock(&self.last);
        if let Some(stand) = last.as_ref().filter(|s| s.scope == scope && s.state == state) {
            return Ok(stand.clone());
        }
        let grounds = keeper.grounds(&scope)?;
        let stand = Arc::new(Stand { scope, state, grounds });
        *last = Some(stand.clone());
        Ok(stand)
    }
}
