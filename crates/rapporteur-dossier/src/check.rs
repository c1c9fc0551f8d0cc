//! Whether a dossier is whole: the file itself, and what is kept in it.

use rapporteur_schema::Passage;

use crate::error::Cause;
use crate::{Dossier, Error, Scope, deed, seal, survey};

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
    /// Whether adding the report again mends it.
    pub is_mended_by_adding: bool,
}

impl Fault {
    fn new(about: &str, what: impl Into<String>) -> Self {
        Fault { about: about.to_owned(), what: what.into(), is_mended_by_reading: false, is_mended_by_adding: false }
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
        let survey = self.survey(&Scope::default())?;
        let (_, corrections) = self.survey_corrections()?;
        for hurt in survey.left_out.iter().chain(&corrections) {
            let id = hurt.report.as_ref().map_or(FILE, |id| id.as_str());
            faults.push(Fault { is_mended_by_adding: hurt.report.is_some(), ..Fault::new(id, &hurt.why) });
        }
        if self.with_path(survey::miscounted(&self.connection))?.is_some() {
            let what = "its count of reports and corrections is not what is there; add again what is missing first";
            faults.push(Fault::new(FILE, what).mended_by_reading());
        }
        let (_, damaged) = self.with_path(deed::all(&self.connection))?;
        if damaged > 0 {
            faults
                .push(Fault::new(FILE, format!("who took back or up again is damaged in {damaged} lines of its log")));
        }
        let count = survey.heads.len();
        for (done, about) in survey.heads.into_iter().enumerate() {
            progress(done, count);
            let (head, seq) = (about.head.clone(), about.seq);
            let id = head.id.as_str();
            let mut fault = |what: &str| faults.push(Fault::new(id, what));
            match self.with_text(about) {
                Err(e) => faults.push(Fault { is_mended_by_adding: true, ..Fault::new(id, e.what()) }),
                Ok(stored) => {
                    let chars = stored.report.text.chars();
                    if !tile(&stored.report.head.passages, chars) {
                        fault("its passages do not tile its text");
                    }
                    let pieces = &stored.report.map.pieces;
                    if pieces.windows(2).any(|w| w[0].end > w[1].start) || pieces.iter().any(|p| p.end > chars) {
                        fault("its map to the original has pieces out of order");
                    }
                    match self.findings_of(&stored, None) {
                        Err(e) => faults.push(Fault::new(id, e.what()).mended_by_reading()),
                        Ok(None) => faults.push(Fault::new(id, "its findings are missing").mended_by_reading()),
                        Ok(Some(_)) => {}
                    }
                }
            }
            let others = self.with_path(damaged_beside(&self.connection, seq))?;
            faults.extend(others.into_iter().map(|what| Fault::new(id, what).mended_by_reading()));
            if !self.with_path(is_as_read_whole(&self.connection, seq))? {
                faults.push(Fault::new(id, "what was known of it before people described it otherwise is damaged"));
            }
            if let Err(e) = self.original(&head.sha256) {
                faults.push(Fault::new(id, e.what()));
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
            "SELECT (SELECT coalesce(sum(titles + texts + statements + names), 0) FROM entry),
               (SELECT count(*) FROM words_docsize)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if entries != words {
            let what = format!("the search knows {words} places of {entries}");
            faults.push(Fault::new(FILE, what).mended_by_reading());
        }
        Ok(faults)
    }
}

/// What beside its text and findings belongs to a report and is damaged or missing.
fn damaged_beside(connection: &rusqlite::Connection, seq: i64) -> Result<Vec<&'static str>, Cause> {
    let parts = [
        (
            "SELECT seq, body, sum FROM profile WHERE seq = ?1",
            2,
            "what groups it with others is damaged",
            Some("what groups it with others is missing"),
        ),
        (
            "SELECT first, seq, titles, texts, statements, names, body, sum FROM entry WHERE seq = ?1",
            7,
            "what of it can be searched for is damaged",
            Some("what of it can be searched for is missing"),
        ),
        (
            "SELECT seq, made_with, body, reference, sum FROM finding_dated WHERE seq = ?1",
            4,
            "what was found in it by the day of others is damaged",
            None,
        ),
    ];
    let mut damaged = Vec::new();
    for (sql, values, hurt, missing) in parts {
        let mut query = connection.prepare_cached(sql)?;
        let mut rows = query.query([seq])?;
        let mut found = false;
        while let Some(row) = rows.next()? {
            found = true;
            if !seal::is_whole(row, values)? {
                damaged.push(hurt);
            }
        }
        damaged.extend(missing.filter(|_| !found));
    }
    Ok(damaged)
}

/// Whether what was read of a report that people describe otherwise is as it was kept, where there is such.
fn is_as_read_whole(connection: &rusqlite::Connection, seq: i64) -> Result<bool, Cause> {
    let mut query = connection.prepare_cached("SELECT seq, head, who, at, sum FROM as_read WHERE seq = ?1")?;
    let mut rows = query.query([seq])?;
    rows.next()?.map_or(Ok(true), |row| seal::is_whole(row, 4))
}

fn tile(passages: &[Passage], chars: u32) -> bool {
    let mut at = 0;
    passages.iter().all(|p| {
        let fits = p.start == at && p.end >= p.start;
        at = p.end;
        fits
    }) && at == chars
}
