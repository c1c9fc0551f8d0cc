//! One transaction: a report with all that belongs to it comes in whole or not at all.

use std::path::PathBuf;

use jiff::civil::Date;
use rapporteur_schema::{Edtf, Findings, PassageKind, Report, ReportId, StoryId};
use rusqlite::{OptionalExtension, Transaction};

use crate::error::Cause;
use crate::pack::{pack, pack_json, unpack_text};
use crate::{Dossier, Error, article};

/// A report that comes in, with all that was made of it.
#[derive(Debug)]
pub struct NewReport<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its original bytes.
    pub original: &'a [u8],
    /// Their media type.
    pub media: &'a str,
    /// The feed it came by.
    pub via: Option<&'a str>,
    /// What was found in it, read by its own date.
    pub findings: &'a Findings,
    /// What found it.
    pub made_with: &'a str,
    /// The run that brings it.
    pub run: i64,
    /// Now: RFC 3339, UTC.
    pub now: &'a str,
}

/// What became of a report that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Added {
    /// It is new.
    New,
    /// It is a new version of an article that is kept.
    Revision {
        /// The version before it.
        of: ReportId,
        /// Its number; the first version is 1.
        number: u32,
    },
    /// Its text is kept already, under this id.
    Known(ReportId),
    /// It had been taken out, and is back.
    Restored,
}

/// A transaction that writes. Dropped without [`Writing::commit`], it leaves everything as it was.
#[derive(Debug)]
pub struct Writing<'d> {
    pub(crate) transaction: Transaction<'d>,
    path: PathBuf,
}

impl Dossier {
    /// Begins a transaction that writes, waiting for other processes that do.
    ///
    /// # Errors
    /// Another process writes for too long, or the file may not be written.
    pub fn writing(&mut self) -> Result<Writing<'_>, Error> {
        let path = self.path.clone();
        match self.write() {
            Ok(transaction) => Ok(Writing { transaction, path }),
            Err(kind) => Err(Error::new(&path, kind)),
        }
    }
}

impl Writing<'_> {
    /// Makes everything written so far lasting: after it, no crash takes it away.
    ///
    /// # Errors
    /// The disk is full or fails; then nothing of it was written.
    pub fn commit(self) -> Result<(), Error> {
        self.transaction.commit().map_err(|e| Error::new(&self.path, e))
    }

    pub(crate) fn with_path<T>(&self, result: Result<T, Cause>) -> Result<T, Error> {
        result.map_err(|kind| Error::new(&self.path, kind))
    }

    /// What would become of a report, without writing it.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn compare(&self, report: &Report) -> Result<Added, Error> {
        self.with_path(self.place(report)).map(|(added, _)| added)
    }

    /// Keeps a report. What is known already is left as it is.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&mut self, new: &NewReport<'_>) -> Result<Added, Error> {
        let done = self.put(new);
        self.with_path(done)
    }

    fn put(&mut self, new: &NewReport<'_>) -> Result<Added, Cause> {
        let (added, article) = self.place(new.report)?;
        match &added {
            Added::Known(_) => return Ok(added),
            Added::Restored => {
                let sql = "UPDATE report SET removed = NULL, run = ?2 WHERE id = ?1";
                self.transaction.execute(sql, (new.report.id().as_str(), new.run))?;
                return Ok(added);
            }
            Added::New | Added::Revision { .. } => {}
        }
        let number = if let Added::Revision { number, .. } = &added { *number } else { 1 };
        self.insert(new, &article, number)?;
        self.keep_original(new)?;
        self.put_findings(new.report, "", new.findings, new.made_with)?;
        self.index(new.report, new.findings)?;
        Ok(added)
    }

    /// Whether a report is new, and the article it belongs to.
    fn place(&self, report: &Report) -> Result<(Added, String), Cause> {
        let id = report.id().as_str();
        let removed: Option<Option<String>> = self
            .transaction
            .query_row("SELECT removed FROM report WHERE id = ?1", [id], |row| row.get(0))
            .optional()?;
        match removed {
            Some(None) => return Ok((Added::Known(report.id().clone()), String::new())),
            Some(Some(_)) => return Ok((Added::Restored, String::new())),
            None => {}
        }
        let article = match &report.head.url {
            Some(url) => article::key(url),
            None => self.of_same_file(report)?.unwrap_or_else(|| id.to_owned()),
        };
        let last: Option<(String, u32, Vec<u8>)> = self
            .transaction
            .query_row(
                "SELECT id, revision, text FROM report WHERE article = ?1 ORDER BY revision DESC LIMIT 1",
                [&article],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        let Some((before, number, text)) = last else { return Ok((Added::New, article)) };
        // A page whose frame changed and whose text did not is no new version.
        if unpack_text(&text)? == report.text.as_str() {
            return Ok((Added::Known(ReportId::new(before)), article));
        }
        Ok((Added::Revision { of: ReportId::new(before), number: number + 1 }, article))
    }

    /// The article of a report without URL that was read from the same file and says much of the same.
    fn of_same_file(&self, report: &Report) -> Result<Option<String>, Cause> {
        let found: Option<(String, Vec<u8>)> = self
            .transaction
            .query_row(
                "SELECT article, text FROM report
                 WHERE json_extract(head, '$.source') = ?1 AND url IS NULL ORDER BY seq DESC LIMIT 1",
                [&report.head.source],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((article, text)) = found else { return Ok(None) };
        Ok(article::alike(&unpack_text(&text)?, report.text.as_str()).then_some(article))
    }

    fn insert(&mut self, new: &NewReport<'_>, article: &str, number: u32) -> Result<(), Cause> {
        let head = &new.report.head;
        let published = head.published.or(new.findings.published);
        let added: Date = new.now.get(..10).unwrap_or_default().parse().unwrap_or_default();
        let reported = match number {
            1 => published.map(Edtf::last_day),
            // A later version was public when it says it was changed, or at the latest when it came in.
            _ => Some(head.modified.map_or(added, Edtf::last_day).max(published.map_or(Date::MIN, Edtf::last_day))),
        };
        self.transaction.execute(
            "INSERT INTO report (id, article, revision, run, added, reported, outlet, url, via, head, text, map, original)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            rusqlite::params![
                head.id.as_str(),
                article,
                number,
                new.run,
                new.now,
                reported.map(|d| d.to_string()),
                head.outlet,
                head.url,
                new.via,
                serde_json::to_string(head)?,
                pack(new.report.text.as_str().as_bytes())?,
                pack_json(&new.report.map)?,
                head.sha256,
            ],
        )?;
        Ok(())
    }

    /// Keeps the original bytes, unless they are no more than the text.
    fn keep_original(&mut self, new: &NewReport<'_>) -> Result<(), Cause> {
        if new.original != new.report.text.as_str().as_bytes() {
            self.transaction.execute(
                "INSERT OR IGNORE INTO original (sha256, media, bytes) VALUES (?1, ?2, ?3)",
                (&new.report.head.sha256, new.media, pack(new.original)?),
            )?;
        }
        Ok(())
    }

    /// Keeps what was found in a report, in place of what was found before; `reference` is the day it was read against
    /// if that is not its own, else empty.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep_findings(
        &mut self,
        report: &Report,
        reference: Option<Edtf>,
        findings: &Findings,
        made_with: &str,
    ) -> Result<(), Error> {
        let reference_text = reference.map(|r| r.to_string()).unwrap_or_default();
        let mut done = self.put_findings(report, &reference_text, findings, made_with);
        if done.is_ok() && reference.is_none() {
            done = self.index(report, findings);
        }
        self.with_path(done)
    }

    /// Where a report stands in the order of adding.
    ///
    /// # Errors
    /// It is not kept.
    pub fn seq(&self, report: &ReportId) -> Result<i64, Error> {
        let sql = "SELECT seq FROM report WHERE id = ?1";
        let found = self.transaction.query_row(sql, [report.as_str()], |row| row.get(0));
        self.with_path(found.map_err(Cause::from))
    }

    /// Forgets all that was found in a report, by whatever day it was read.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn forget_findings(&mut self, report: &ReportId) -> Result<(), Error> {
        let done = self.transaction.execute("DELETE FROM finding WHERE report = ?1", [report.as_str()]);
        self.with_path(done.map(|_| ()).map_err(Cause::from))
    }

    fn put_findings(&mut self, report: &Report, day: &str, found: &Findings, with: &str) -> Result<(), Cause> {
        self.transaction.execute(
            "INSERT OR REPLACE INTO finding (report, reference, made_with, body) VALUES (?1, ?2, ?3, ?4)",
            (report.id().as_str(), day, with, pack_json(found)?),
        )?;
        Ok(())
    }

    /// Makes what a report says searchable.
    fn index(&mut self, report: &Report, findings: &Findings) -> Result<(), Cause> {
        let id = report.id().as_str();
        self.transaction.execute("DELETE FROM entry WHERE report = ?1", [id])?;
        let mut entry = self
            .transaction
            .prepare_cached("INSERT INTO entry (report, kind, by, start, end) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        let mut words = self.transaction.prepare_cached("INSERT INTO words (rowid, body, by) VALUES (?1, ?2, ?3)")?;
        let mut put = |kind: &str, by: Option<&str>, start: u32, end: u32, body: &str| -> Result<(), Cause> {
            let row = entry.insert((id, kind, by, start, end))?;
            words.execute((row, body, by))?;
            Ok(())
        };
        if let Some(title) = &report.head.title {
            put("title", None, 0, 0, title)?;
        }
        for passage in report.head.passages.iter().filter(|p| p.kind != PassageKind::Boilerplate) {
            put("text", None, passage.start, passage.end, report.text.slice(passage.span()).unwrap_or_default())?;
        }
        for said in &findings.statements {
            let by = said.speaker.and_then(|a| findings.actors.get(a.index())).map(|a| a.name.as_str());
            let by = by.or(said.speaker_span.as_ref().map(|s| s.exact()));
            put("statement", by, said.content.span().start(), said.content.span().end(), said.content.exact())?;
        }
        for actor in &findings.actors {
            if let Some(first) = actor.mentions.first() {
                put("name", None, first.span().start(), first.span().end(), &actor.name)?;
            }
        }
        Ok(())
    }

    /// Puts a report into a story, which is made where it is new.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn put_in_story(&mut self, report: &ReportId, story: &StoryId, profile: &[u8]) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            self.transaction.execute("INSERT OR IGNORE INTO story (id) VALUES (?1)", [story.as_str()])?;
            self.transaction.execute(
                "INSERT INTO member (report, story, profile) VALUES (?1, ?2, ?3)
                 ON CONFLICT (report) DO UPDATE SET profile = excluded.profile,
                 story = CASE WHEN taken_from IS NULL THEN excluded.story ELSE story END",
                (report.as_str(), story.as_str(), profile),
            )?;
            Ok(())
        })();
        self.with_path(done)
    }
}
