//! Whether a dossier is whole: the file itself, and what is kept in it.

use rapporteur_schema::{Passage, sha256};

use crate::error::Cause;
use crate::pack::unpack;
use crate::{Dossier, Error, Scope};

/// Something in a dossier that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// What it is about: the file, or the id of a report.
    pub about: String,
    /// What is wrong.
    pub what: String,
    /// Whether reading the reports anew mends it: findings and the words for the search follow from the reports.
    pub is_mended_by_reading: bool,
}

impl Fault {
    fn new(about: &str, what: impl Into<String>) -> Self {
        Fault { about: about.to_owned(), what: what.into(), is_mended_by_reading: false }
    }

    fn mended_by_reading(mut self) -> Self {
        self.is_mended_by_reading = true;
        self
    }
}

const FILE: &str = "the file";

impl Dossier {
    /// Looks through the whole file: its pages, its references, every report with its texts, passages, findings and
    /// originals. An empty answer means that it is whole.
    ///
    /// # Errors
    /// The file cannot be read at all.
    pub fn check(&self, progress: &mut dyn FnMut(usize, usize)) -> Result<Vec<Fault>, Error> {
        let mut faults = self.with_path(self.check_file())?;
        let heads = self.heads(&Scope::default())?;
        let count = heads.len();
        for (done, about) in heads.iter().enumerate() {
            progress(done, count);
            let id = about.head.id.as_str();
            let mut fault = |what: &str| faults.push(Fault::new(id, what));
            match self.report(id) {
                Err(e) => fault(&e.what()),
                Ok(stored) => {
                    let chars = stored.report.text.chars();
                    if !tile(&stored.report.head.passages, chars) {
                        fault("its passages do not tile its text");
                    }
                    let pieces = &stored.report.map.pieces;
                    if pieces.windows(2).any(|w| w[0].end > w[1].start) || pieces.iter().any(|p| p.end > chars) {
                        fault("its map to the original has pieces out of order");
                    }
                }
            }
            match self.findings(&about.head.id, None) {
                Err(e) => faults.push(Fault::new(id, e.what())),
                Ok(None) => faults.push(Fault::new(id, "its findings are missing").mended_by_reading()),
                Ok(Some(_)) => {}
            }
            match self.original(&about.head.sha256) {
                Err(e) => faults.push(Fault::new(id, e.what())),
                Ok(Some((_, bytes))) if sha256(&bytes) != about.head.sha256 => {
                    faults.push(Fault::new(id, "its original bytes are not those that came in"));
                }
                Ok(_) => {}
            }
        }
        Ok(faults)
    }

    fn check_file(&self) -> Result<Vec<Fault>, Cause> {
        let mut faults = Vec::new();
        let mut query = self.connection.prepare("PRAGMA integrity_check")?;
        let lines: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        faults.extend(lines.iter().filter(|line| *line != "ok").map(|line| Fault::new(FILE, line)));
        let mut query = self.connection.prepare("PRAGMA foreign_key_check")?;
        let tables: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        faults.extend(tables.iter().map(|t| Fault::new(FILE, format!("a row of {t} belongs to nothing"))));
        // Every word index row belongs to an entry and the other way round.
        let (entries, words): (i64, i64) = self.connection.query_row(
            "SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM words_docsize)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if entries != words {
            let what = format!("the search knows {words} places of {entries}");
            faults.push(Fault::new(FILE, what).mended_by_reading());
        }
        let mut query = self.connection.prepare("SELECT body FROM finding")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let body: Vec<u8> = row.get(0)?;
            if unpack(&body).is_err() {
                faults.push(Fault::new(FILE, "findings in it cannot be unpacked"));
            }
        }
        Ok(faults)
    }
}

fn tile(passages: &[Passage], chars: u32) -> bool {
    let mut at = 0;
    passages.iter().all(|p| {
        let fits = p.start == at && p.end >= p.start;
        at = p.end;
        fits
    }) && at == chars
}
