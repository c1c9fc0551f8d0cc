//! What all handlers share.

use std::path::PathBuf;
use std::sync::Arc;

use crate::asset::Files;
use crate::cache::{Asked, PageCache, Snapshot};
use crate::guard::Guard;
use crate::inbox::Inbox;
use crate::limits::Limits;
use crate::reply::Refusal;
use crate::work::Bench;

/// A dossier that is served, and to whom.
#[derive(Debug)]
pub(crate) struct App {
    /// Its file.
    pub dossier: PathBuf,
    pub cache: PageCache,
    pub guard: Guard,
    pub files: Files,
    /// Who makes corrections, until somebody says otherwise.
    pub who: String,
    /// Whether the dossier may only be read: nothing can be corrected then.
    pub read_only: bool,
    pub now: fn() -> String,
    pub limits: Limits,
    /// Where drafts wait for their turn.
    pub bench: Bench,
    /// What people bring in.
    pub inbox: Inbox,
}

impl App {
    /// The record that is asked for, or that there is none.
    pub fn snapshot(&self, asked: &Asked) -> Result<Arc<Snapshot>, Refusal> {
        self.cache.snapshot(asked)?.ok_or_else(|| Refusal::Missing("such story".into()))
    }
}
