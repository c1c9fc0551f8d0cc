//! The commands that brought something in: "since the last time" is since one of them.

use rapporteur_schema::ReportId;
use rusqlite::{OptionalExtension, Row};

use crate::error::Cause;
use crate::{Dossier, Error};

/// One command that brought something in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Run {
    /// Its number, rising.
    pub id: i64,
    /// When it began: RFC 3339, UTC.
    pub started: String,
    /// What it was: "add", "watch".
    pub what: String,
    /// Who brought it in, where that is known.
    pub who: Option<String>,
    /// How many reports that are still kept came by it.
    pub reports: u32,
}

impl Dossier {
    /// Notes that a command begins that may bring something in; `who` is whose it is, where that is known.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn begin_run(&mut self, what: &str, now: &str, who: Option<&str>) -> Result<i64, Error> {
        let sql = "INSERT INTO run (started, what, who) VALUES (?1, ?2, ?3)";
        let done = self.connection.execute(sql, (now, what, who));
        self.with_path(done.map_err(Cause::from))?;
        Ok(self.connection.last_insert_rowid())
    }

    /// The runs that brought reports in, the earliest first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn runs(&self) -> Result<Vec<Run>, Error> {
        let read = || -> Result<Vec<Run>, Cause> {
            let mut query = self.connection.prepare(
                "SELECT run.id, started, what, who, count(report.seq) FROM run JOIN report ON report.run = run.id
                 GROUP BY run.id ORDER BY run.id",
            )?;
            let rows = query.query_map([], run)?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        self.with_path(read())
    }

    /// Who brought a report in that is kept, where that is known.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn brought_by(&self, report: &ReportId) -> Result<Option<String>, Error> {
        let sql = "SELECT run.who FROM report JOIN run ON run.id = report.run WHERE report.id = ?1";
        let who = self.connection.query_row(sql, [report.as_str()], |row| row.get(0)).optional();
        self.with_path(who.map(Option::flatten).map_err(Cause::from))
    }

    /// The first run that began at this time or later (RFC 3339, UTC).
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn first_run_since(&self, time: &str) -> Result<Option<i64>, Error> {
        let sql = "SELECT id FROM run WHERE started >= ?1 ORDER BY id LIMIT 1";
        self.with_path(self.connection.query_row(sql, [time], |row| row.get(0)).optional().map_err(Cause::from))
    }
}

fn run(row: &Row<'_>) -> rusqlite::Result<Run> {
    Ok(Run { id: row.get(0)?, started: row.get(1)?, what: row.get(2)?, who: row.get(3)?, reports: row.get(4)? })
}
