//! Feeds that are watched, and what is known of each: when it was last asked, which entries were seen.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Cause;
use crate::{Dossier, Error};

/// A feed that is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed<S> {
    /// Its address.
    pub url: String,
    /// What is known of it.
    pub state: S,
}

impl Dossier {
    /// What is known of a feed.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn feed<S: DeserializeOwned + Default>(&self, url: &str) -> Result<S, Error> {
        use rusqlite::OptionalExtension;
        let read = || -> Result<S, Cause> {
            let sql = "SELECT state FROM feed WHERE url = ?1";
            let state: Option<String> = self.connection.query_row(sql, [url], |row| row.get(0)).optional()?;
            Ok(state.and_then(|s| serde_json::from_str(&s).ok()).unwrap_or_default())
        };
        self.with_path(read())
    }

    /// Keeps what is known of a feed.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep_feed<S: Serialize>(&mut self, feed: &Feed<S>) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            let state = serde_json::to_string(&feed.state)?;
            let sql = "INSERT OR REPLACE INTO feed (url, state) VALUES (?1, ?2)";
            self.connection.execute(sql, (&feed.url, state))?;
            Ok(())
        })();
        self.with_path(done)
    }
}
