//! What all handlers share, and what each of them has of who asks.

use std::convert::Infallible;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::asset::Files;
use crate::cache::{Asked, PageCache, Snapshot};
use crate::guard::{By, Guard, MAY_ONLY_READ};
use crate::inbox::Inbox;
use crate::limits::Limits;
use crate::reply::{READ_ONLY, Refusal};
use crate::work::Bench;

/// A dossier that is served, and to whom: what all visitors share.
#[derive(Debug)]
pub(crate) struct House {
    /// Its file.
    pub dossier: PathBuf,
    pub cache: PageCache,
    pub guard: Guard,
    pub files: Files,
    /// Who makes corrections, until somebody says otherwise.
    pub who: String,
    /// Whether the dossier may only be read: nothing can be corrected then, by whomever.
    pub read_only: bool,
    pub now: fn() -> String,
    pub limits: Limits,
    /// Where drafts wait for their turn.
    pub bench: Bench,
    /// What people bring in.
    pub inbox: Inbox,
}

/// The same as one visitor may use it.
#[derive(Clone, Debug)]
pub(crate) struct App {
    house: Arc<House>,
    /// Whose request it is.
    pub by: By,
}

impl Deref for App {
    type Target = House;

    fn deref(&self) -> &House {
        &self.house
    }
}

impl App {
    /// The record that is asked for, or that there is none.
    pub fn snapshot(&self, asked: &Asked) -> Result<Arc<Snapshot>, Refusal> {
        self.cache.snapshot(asked)?.ok_or_else(|| Refusal::Missing("such story".into()))
    }

    /// Whether who asks may change anything here.
    pub fn may_write(&self) -> bool {
        self.by.may_write && !self.read_only
    }

    /// Refuses what would change something where that may not be.
    pub fn to_write(&self) -> Result<(), Refusal> {
        match (self.read_only, self.by.may_write) {
            (true, _) => Err(READ_ONLY),
            (_, false) => Err(MAY_ONLY_READ),
            _ => Ok(()),
        }
    }

    /// What forms carry that are shown to who asks.
    pub fn csrf(&self) -> &str {
        self.guard.csrf(&self.by)
    }

    /// Whether a form carries it.
    pub fn is_ours(&self, proof: &str) -> bool {
        self.guard.is_ours(proof, &self.by)
    }

    /// Who does it: by their token, else by what the form says.
    pub fn signed(&self, said: String) -> String {
        self.by.name.clone().unwrap_or(said)
    }

    /// As [`signed`](App::signed), where a form need not say it.
    pub fn signed_or_usual(&self, said: String) -> String {
        self.signed(if said.is_empty() { self.who.clone() } else { said })
    }
}

/// What a handler asks for: the house, with who asks.
pub(crate) struct Asking(pub Arc<App>);

impl FromRequestParts<Arc<House>> for Asking {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, Infallible> {
        // The guard puts it there; without it nobody may change anything.
        let by = parts.extensions.get::<By>().cloned().unwrap_or_default();
        Ok(Asking(Arc::new(App { house: house.clone(), by })))
    }
}
