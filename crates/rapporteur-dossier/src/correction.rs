//! The log of what people corrected: who, when, why; nothing is ever deleted from it.

use rapporteur_schema::{Correction, CorrectionId, LeftOut, Turn};
use rusqlite::{Connection, OptionalExtension};

use crate::deed::{self, DeedKind};
use crate::error::{self, Cause};
use crate::survey::{Tally, tallied};
use crate::{Dossier, Error, Writing, seal};

/// A row without its checksum.
const COLUMNS: &str = "seq, id, body, undone";

impl Dossier {
    /// The corrections in the order in which they were made, those taken back among them; without what is damaged.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn corrections(&self) -> Result<Vec<Correction>, Error> {
        self.survey_corrections().map(|(whole, _)| whole)
    }

    /// As [`corrections`](Dossier::corrections), and what of them is damaged.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn survey_corrections(&self) -> Result<(Vec<Correction>, Vec<LeftOut>), Error> {
        let read = || -> Result<(Vec<Correction>, Vec<LeftOut>), Cause> {
            let moment = self.connection.unchecked_transaction()?;
            let mut query =
                moment.prepare_cached(&format!("SELECT {COLUMNS}, sum FROM correction NOT INDEXED ORDER BY seq"))?;
            let mut rows = query.query([])?;
            let (mut all, mut hurt, mut tally) = (Vec::new(), Vec::new(), Tally::default());
            while let Some(row) = rows.next()? {
                tally.add(row, 4)?;
                if !seal::is_whole(row, 4)? {
                    let id: String = row.get(1).unwrap_or_default();
                    hurt.push(without_report(format!("the correction {id} is damaged and does not count")));
                    continue;
                }
                let body: String = row.get(2)?;
                let mut correction: Correction = serde_json::from_str(&body)?;
                correction.undone = row.get(3)?;
                all.push(correction);
            }
            for deed in deed::all(&moment)?.0 {
                let undone = match deed.kind {
                    DeedKind::Undo => true,
                    DeedKind::Redo => false,
                    DeedKind::AsRead => continue,
                };
                if let Some(correction) = all.iter_mut().find(|c| c.id.as_str() == deed.of) {
                    correction.turns.push(Turn { undone, who: deed.who, at: deed.at });
                }
            }
            if let Some(what) = tally.fault(tallied(&moment, "correction")?, "correction", hurt.len()) {
                hurt.push(without_report(what));
            }
            Ok((all, hurt))
        };
        self.with_path(read())
    }

    /// The number of the last correction in the log, 0 where there is none.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn last_correction(&self) -> Result<i64, Error> {
        self.with_path(last(&self.connection))
    }

    /// Takes a correction back; one that is taken back already stays so as it was.
    ///
    /// # Errors
    /// There is none of this id, it is damaged, or the file cannot be written.
    pub fn undo(&mut self, id: &CorrectionId, who: &str, at: &str) -> Result<(), Error> {
        self.turn(id, DeedKind::Undo, who, at)
    }

    /// Makes a correction count again that was taken back; one that counts stays so as it was.
    ///
    /// # Errors
    /// There is none of this id, it is damaged, or the file cannot be written.
    pub fn redo(&mut self, id: &CorrectionId, who: &str, at: &str) -> Result<(), Error> {
        self.turn(id, DeedKind::Redo, who, at)
    }

    fn turn(&mut self, id: &CorrectionId, kind: DeedKind, who: &str, at: &str) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            let writing = self.write()?;
            match sum(&writing, id)? {
                None => return Err(Cause::NoSuch { what: error::Item::Correction, id: id.to_string() }),
                Some((_, false)) => return Err(Cause::Damaged(format!("the correction {id} is"))),
                Some((_, true)) => {}
            }
            let undone = Some(at).filter(|_| kind == DeedKind::Undo);
            let sql = "UPDATE correction SET undone = ?2 WHERE id = ?1 AND (undone IS NULL) = (?2 IS NOT NULL)";
            if writing.execute(sql, (id.as_str(), undone))? == 0 {
                return Ok(());
            }
            deed::put(&writing, kind, id.as_str(), who, at)?;
            if let Some((sum, _)) = sum(&writing, id)? {
                writing.execute("UPDATE correction SET sum = ?2 WHERE id = ?1", (id.as_str(), sum))?;
            }
            Ok(writing.commit()?)
        })();
        self.with_path(done)
    }
}

/// The checksum that a correction should have, and whether it has it.
fn sum(connection: &Connection, id: &CorrectionId) -> Result<Option<(i64, bool)>, Cause> {
    let mut query = connection.prepare_cached(&format!("SELECT {COLUMNS}, sum FROM correction WHERE id = ?1"))?;
    let read = |row: &rusqlite::Row<'_>| Ok((seal::of_row(row, 4), seal::is_whole(row, 4)));
    let found = query.query_row([id.as_str()], read).optional()?;
    found.map(|(sum, whole)| Ok((sum?, whole?))).transpose()
}

/// The number of the last correction.
fn last(connection: &Connection) -> Result<i64, Cause> {
    Ok(connection.query_row("SELECT coalesce(max(seq), 0) FROM correction", [], |row| row.get(0))?)
}

fn without_report(why: String) -> LeftOut {
    LeftOut { report: None, outlet: None, title: None, why }
}

impl Writing<'_> {
    /// As [`Dossier::last_correction`]; no other process adds one before this is committed.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn last_correction(&self) -> Result<i64, Error> {
        self.with_path(last(&self.transaction))
    }

    /// Keeps a correction.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep_correction(&mut self, correction: &Correction) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            let (seq, id, body) =
                (last(&self.transaction)? + 1, correction.id.as_str(), serde_json::to_string(correction)?);
            let sum = seal::of_values(&[&seq, &id, &body, &None::<String>])?;
            let sql = "INSERT INTO correction (seq, id, body, sum) VALUES (?1, ?2, ?3, ?4)";
            self.transaction.execute(sql, (seq, id, body, sum))?;
            Ok(())
        })();
        self.with_path(done)
    }
}
