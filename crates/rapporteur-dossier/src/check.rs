//! Whether a dossier is whole: the file itself, and what is kept in it.

use rapporteur_schema::{Passage, sha256};

use crate::error::ErrorKind;
use crate::pack::unpack;
use crate::{Dossier, Error, Scope};

/// Something in a dossier that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it is about: the file, or the id of a report.
    pub about: String,
    /// What is wrong.
    pub what: String,
}

impl Dossier {
    /// Looks through the whole file: its pages, its references, every report with its texts, passages, findings and
    /// originals. An empty answer means that it is whole.
    ///
    /// # Errors
    /// The file cannot be read at all.
    pub fn check(&self, progress: &mut dyn FnMut(usize, usize)) -> Result<Vec<Fault>, Error> {
        let mut faults = self.told(self.check_file())?;
        let heads = self.heads(&Scope::default())?;
        let count = heads.len();
        for (done, about) in heads.iter().enumerate() {
            progress(done, count);
            let id = about.head.id.as_str();
            let mut fault = |what: String| faults.push(Fault { about: id.to_owned(), what });
            match self.report(id) {
                Err(e) => fault(e.what()),
                Ok(kept) => {
                    let chars = kept.report.text.chars();
                    if !tile(&kept.report.head.passages, chars) {
                        fault("its passages do not tile its text".into());
                    }
                    let pieces = &kept.report.map.pieces;
                    if pieces.windows(2).any(|w| w[0].end > w[1].start) || pieces.iter().any(|p| p.end > chars) {
                        fault("its map to the original has pieces out of order".into());
                    }
                }
            }
            match self.findings(&about.head.id, None) {
                Err(e) => fault(e.what()),
                Ok(None) => fault("its findings are missing; 'rapporteur refresh' makes them anew".into()),
                Ok(Some(_)) => {}
            }
            match self.original(&about.head.sha256) {
                Err(e) => fault(e.what()),
                Ok(Some((_, bytes))) if sha256(&bytes) != about.head.sha256 => {
                    fault("its original bytes are not those that came in".into());
                }
                Ok(_) => {}
            }
        }
        Ok(faults)
    }

    fn check_file(&self) -> Result<Vec<Fault>, ErrorKind> {
        let mut faults = Vec::new();
        let mut fault = |what: String| faults.push(Fault { about: "the file".into(), what });
        let mut query = self.connection.prepare("PRAGMA integrity_check")?;
        let told: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        told.into_iter().filter(|t| t != "ok").for_each(&mut fault);
        let mut query = self.connection.prepare("PRAGMA foreign_key_check")?;
        let told: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        told.into_iter().for_each(|table| fault(format!("a row of {table} belongs to nothing")));
        // Every word index row belongs to an entry and the other way round.
        let (entries, words): (i64, i64) = self.connection.query_row(
            "SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM words_docsize)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if entries != words {
            fault(format!("the search knows {words} places of {entries}; 'rapporteur refresh' makes it anew"));
        }
        let mut query = self.connection.prepare("SELECT body FROM finding")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let body: Vec<u8> = row.get(0)?;
            if unpack(&body).is_err() {
                fault("findings in it cannot be unpacked".into());
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
