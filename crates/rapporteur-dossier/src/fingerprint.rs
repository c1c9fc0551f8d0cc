//! Whether the file is still as it was: what a reader that keeps records in memory asks before it shows one again.

use crate::error::Cause;
use crate::{Dossier, Error, Writing};

impl Dossier {
    /// A number that is another one after any other connection has written, also one of this process. Costs next to
    /// nothing.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn data_version(&self) -> Result<i64, Error> {
        let read = || -> Result<i64, Cause> {
            // Prepared once: asked before every page.
            let mut query = self.connection.prepare_cached("PRAGMA data_version")?;
            Ok(query.query_row([], |row| row.get(0))?)
        };
        self.with_path(read())
    }

    /// What a record depends on, in short: where two of these are the same, so is every record.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn fingerprint(&self) -> Result<String, Error> {
        self.with_path(fingerprint(&self.connection))
    }

    /// What is shown beside records and no record depends on, in short: what is starred by whom, and what people did
    /// ([`Dossier::deeds`]).
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn beside_fingerprint(&self) -> Result<String, Error> {
        // What was taken back and up again is as it was before, and its log is not.
        const SQL: &str = "SELECT json_array((SELECT max(seq) FROM deed),
            (SELECT group_concat(what || at || who, ' ') FROM (SELECT what, at, who FROM star ORDER BY what)))";
        self.with_path(self.connection.query_row(SQL, [], |row| row.get(0)).map_err(Cause::from))
    }
}

impl Writing<'_> {
    /// As [`Dossier::fingerprint`], with what this transaction has written: what it finds here, no other process changes
    /// before it is committed.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn fingerprint(&self) -> Result<String, Error> {
        self.with_path(fingerprint(&self.transaction))
    }
}

fn fingerprint(connection: &rusqlite::Connection) -> Result<String, Cause> {
    // Findings against an inferred date are left out: they are kept for speed and follow from the rest.
    const SQL: &str = "SELECT json_array(
        (SELECT group_concat(what || count || ' ' || sums) FROM (SELECT * FROM tally ORDER BY what)),
        (SELECT max(seq) FROM report), (SELECT count(*) FROM report),
        (SELECT count(removed) FROM report), (SELECT max(removed) FROM report),
        (SELECT max(seq) FROM correction),
        (SELECT group_concat(seq) FROM correction WHERE undone IS NOT NULL),
        (SELECT group_concat(id || story) FROM report WHERE taken_from IS NOT NULL),
        (SELECT group_concat(id || name) FROM story WHERE name IS NOT NULL),
        (SELECT group_concat(n || made_with) FROM
            (SELECT count(*) AS n, made_with FROM finding GROUP BY made_with)))";
    Ok(connection.query_row(SQL, [], |row| row.get(0))?)
}
