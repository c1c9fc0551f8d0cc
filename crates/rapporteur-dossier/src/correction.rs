//! The log of what people corrected: who, when, why; nothing is ever deleted from it.

use rapporteur_schema::{Correction, CorrectionId};

use crate::error::{self, Cause};
use crate::{Dossier, Error, Writing};

impl Dossier {
    /// The corrections in the order in which they were made, those taken back among them.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn corrections(&self) -> Result<Vec<Correction>, Error> {
        let read = || -> Result<Vec<Correction>, Cause> {
            let mut query = self.connection.prepare_cached("SELECT body, undone FROM correction ORDER BY seq")?;
            let mut rows = query.query([])?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                let body: String = row.get(0)?;
                let mut correction: Correction = serde_json::from_str(&body)?;
                correction.undone = row.get(1)?;
                all.push(correction);
            }
            Ok(all)
        };
        self.with_path(read())
    }

    /// Takes a correction back, or makes it count again.
    ///
    /// # Errors
    /// There is none of this id, or the file cannot be written.
    pub fn undo(&mut self, id: &CorrectionId, undone: Option<&str>) -> Result<(), Error> {
        let sql = "UPDATE correction SET undone = ?2 WHERE id = ?1";
        let done = match self.connection.execute(sql, (id.as_str(), undone)) {
            Ok(0) => Err(Cause::NoSuch { what: error::Item::Correction, id: id.to_string() }),
            Ok(_) => Ok(()),
            Err(e) => Err(e.into()),
        };
        self.with_path(done)
    }
}

impl Writing<'_> {
    /// Keeps a correction.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep_correction(&mut self, correction: &Correction) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            self.transaction.execute(
                "INSERT INTO correction (id, seq, body) VALUES (?1, (SELECT 1 + coalesce(max(seq), 0) FROM correction), ?2)",
                (correction.id.as_str(), serde_json::to_string(correction)?),
            )?;
            Ok(())
        })();
        self.with_path(done)
    }
}
