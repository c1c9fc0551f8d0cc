//! What people starred to find it again.

use crate::error::Cause;
use crate::{Dossier, Error};

/// Something that is starred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Star {
    /// The id of a fact or of a report.
    pub what: String,
    /// What it is: `report`, or the kind of the fact.
    pub kind: String,
    /// The story in which it was starred, or `all`.
    pub story: String,
    /// Its words then: a fact may be read otherwise later.
    pub about: String,
    /// Who starred it.
    pub who: String,
    /// When: RFC 3339, UTC.
    pub at: String,
}

impl Dossier {
    /// What is starred, the latest first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn stars(&self) -> Result<Vec<Star>, Error> {
        let read = || -> Result<Vec<Star>, Cause> {
            let sql = "SELECT what, kind, story, about, who, at FROM star ORDER BY at DESC, rowid DESC";
            let mut query = self.connection.prepare_cached(sql)?;
            let rows = query.query_map([], |row| {
                Ok(Star {
                    what: row.get(0)?,
                    kind: row.get(1)?,
                    story: row.get(2)?,
                    about: row.get(3)?,
                    who: row.get(4)?,
                    at: row.get(5)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        self.with_path(read())
    }

    /// Stars something; what is starred already stays so as it was.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn star(&mut self, star: &Star) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            let writing = self.write()?;
            let sql = "INSERT OR IGNORE INTO star (what, kind, story, about, who, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            writing.execute(sql, (&star.what, &star.kind, &star.story, &star.about, &star.who, &star.at))?;
            Ok(writing.commit()?)
        })();
        self.with_path(done)
    }

    /// Takes a star away, if there is one.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn unstar(&mut self, what: &str) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            let writing = self.write()?;
            writing.execute("DELETE FROM star WHERE what = ?1", [what])?;
            Ok(writing.commit()?)
        })();
        self.with_path(done)
    }
}
