//! Feeds that are watched, and what is known of each: when it was last asked, which entries were seen.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Cause;
use crate::{Dossier, Error, seal};

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
        let read = || -> Result<S, Cause> {
            let mut query = self.connection.prepare_cached("SELECT url, state, sum FROM feed WHERE url = ?1")?;
            let mut rows = query.query([url])?;
            let Some(row) = rows.next()? else { return Ok(S::default()) };
            // What is damaged is as if it had never been known: the feed is asked anew, and its reports are known.
            if !seal::is_whole(row, 2)? {
                return Ok(S::default());
            }
            let state: String = row.get(1)?;
            Ok(serde_json::from_str(&state).unwrap_or_default())
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
            let sum = seal::of_values(&[&feed.url, &state])?;
            let sql = "INSERT OR REPLACE INTO feed (url, state, sum) VALUES (?1, ?2, ?3)";
            self.connection.execute(sql, (&feed.url, state, sum))?;
            Ok(())
        })();
        self.with_path(done)
    }
}
