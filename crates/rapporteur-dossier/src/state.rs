//! Whether the file is still as it was: what a reader that keeps records in memory asks before it shows one again.

use crate::error::ErrorKind;
use crate::{Dossier, Error};

impl Dossier {
    /// A number that is another one after any other connection has written, also one of this process. Costs next to
    /// nothing.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn data_version(&self) -> Result<i64, Error> {
        let read = || -> Result<i64, ErrorKind> {
            // Prepared once: asked before every page.
            let mut query = self.connection.prepare_cached("PRAGMA data_version")?;
            Ok(query.query_row([], |row| row.get(0))?)
        };
        self.told(read())
    }

    /// What a record depends on, in short: where two of these are the same, so is every record.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn state(&self) -> Result<String, Error> {
        // Findings against a lent date are left out: they are kept for speed and follow from the rest.
        const SQL: &str = "SELECT json_array(
            (SELECT max(seq) FROM report), (SELECT count(*) FROM report),
            (SELECT count(removed) FROM report), (SELECT max(removed) FROM report),
            (SELECT max(seq) FROM correction),
            (SELECT group_concat(seq) FROM correction WHERE undone IS NOT NULL),
            (SELECT group_concat(report || story) FROM member WHERE taken_from IS NOT NULL),
            (SELECT group_concat(id || name) FROM story WHERE name IS NOT NULL),
            (SELECT group_concat(n || made_with) FROM
                (SELECT count(*) AS n, made_with FROM finding WHERE reference = '' GROUP BY made_with)))";
        self.told(self.connection.query_row(SQL, [], |row| row.get(0)).map_err(ErrorKind::from))
    }
}
