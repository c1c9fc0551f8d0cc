//! The log of what people did to what was kept before: corrections taken back and up again, reports brought back to how
//! they were read. Nothing is ever deleted from it.

use rusqlite::Connection;

use crate::error::Cause;
use crate::{Dossier, Error, Writing, seal};

/// What somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deed {
    /// Which it was.
    pub kind: DeedKind,
    /// The id of the correction, or of the report.
    pub of: String,
    /// Who did it; empty where nobody said.
    pub who: String,
    /// When: RFC 3339, UTC.
    pub at: String,
}

/// What can be done to what was kept before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeedKind {
    /// A correction was taken back.
    Undo,
    /// A correction was taken up again.
    Redo,
    /// A report was brought back to how it was read.
    AsRead,
}

impl DeedKind {
    /// The word for it in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            DeedKind::Undo => "undo",
            DeedKind::Redo => "redo",
            DeedKind::AsRead => "as-read",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        [DeedKind::Undo, DeedKind::Redo, DeedKind::AsRead].into_iter().find(|kind| kind.as_str() == word)
    }
}

impl Dossier {
    /// What people did, in order. What is damaged is left out: no fact follows from it.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn deeds(&self) -> Result<Vec<Deed>, Error> {
        self.with_path(all(&self.connection).map(|(deeds, _)| deeds))
    }
}

impl Writing<'_> {
    /// Keeps what somebody did: to which correction or report, who it was, when.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep_deed(&mut self, kind: DeedKind, of: &str, who: &str, at: &str) -> Result<(), Error> {
        let done = put(&self.transaction, kind, of, who, at);
        self.with_path(done)
    }
}

/// All that is whole, and how many are damaged.
pub(crate) fn all(connection: &Connection) -> Result<(Vec<Deed>, usize), Cause> {
    let mut query = connection.prepare_cached("SELECT seq, what, of, who, at, sum FROM deed ORDER BY seq")?;
    let mut rows = query.query([])?;
    let (mut deeds, mut damaged) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let kind: Option<DeedKind> = match seal::is_whole(row, 5)? {
            true => DeedKind::of_word(&row.get::<_, String>(1)?),
            false => None,
        };
        match kind {
            Some(kind) => deeds.push(Deed { kind, of: row.get(2)?, who: row.get(3)?, at: row.get(4)? }),
            None => damaged += 1,
        }
    }
    Ok((deeds, damaged))
}

/// Writes one more.
pub(crate) fn put(connection: &Connection, kind: DeedKind, of: &str, who: &str, at: &str) -> Result<(), Cause> {
    let last: i64 = connection.query_row("SELECT coalesce(max(seq), 0) FROM deed", [], |row| row.get(0))?;
    let (seq, what) = (last + 1, kind.as_str());
    let sum = seal::of_values(&[&seq, &what, &of, &who, &at])?;
    let sql = "INSERT INTO deed (seq, what, of, who, at, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    connection.execute(sql, (seq, what, of, who, at, sum))?;
    Ok(())
}
