//! Reading back what is kept: reports, their versions, and what was found in them.

use std::collections::BTreeMap;

use rapporteur_schema::{Edtf, Findings, Report, ReportHead, ReportId, SourceMap, StoryId, Text};
use rusqlite::{OptionalExtension, Row};

use crate::error::{self, Cause};
use crate::pack::{unpack, unpack_json, unpack_text};
use crate::{Dossier, Error, Scope};

/// What is known of a kept report apart from its text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredHead {
    /// Where it stands in the order of adding.
    pub seq: i64,
    /// What is known about it.
    pub head: ReportHead,
    /// What its versions share.
    pub article: String,
    /// Its version; the first is 1.
    pub revision: u32,
    /// The run that brought it.
    pub run: i64,
    /// When it came in: RFC 3339, UTC.
    pub added: String,
    /// The first day on which it was public for certain, where that is known (YYYY-MM-DD).
    pub reported: Option<String>,
    /// The feed it came by.
    pub via: Option<String>,
    /// The story it belongs to.
    pub story: Option<StoryId>,
    /// When it was taken out, if it was.
    pub removed: Option<String>,
}

/// A kept report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredReport {
    /// What is known of it.
    pub about: StoredHead,
    /// The report.
    pub report: Report,
}

/// What was found in a report, as it is kept.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StoredFindings {
    /// What found it.
    pub made_with: String,
    /// What was found; `None` where this version can no longer read it and has to find it anew.
    pub findings: Option<Findings>,
}

const COLUMNS: &str = "r.seq, r.head, r.article, r.revision, r.run, r.added, r.reported, r.via, m.story, r.removed";

impl Dossier {
    /// The reports of a scope, without their texts, in the order in which they came in.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn heads(&self, scope: &Scope) -> Result<Vec<StoredHead>, Error> {
        let read = || -> Result<Vec<StoredHead>, Cause> {
            let filter = scope.filter();
            let mut query = self.connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM report r LEFT JOIN member m ON m.report = r.id WHERE {} ORDER BY r.seq",
                filter.sql
            ))?;
            let mut rows = query.query(filter.params().as_slice())?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                all.push(head(row)?);
            }
            Ok(newest(all))
        };
        self.with_path(read())
    }

    /// The reports of a scope with their texts, in the order in which they came in.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn reports(&self, scope: &Scope) -> Result<Vec<StoredReport>, Error> {
        self.heads(scope)?.into_iter().map(|about| self.with_text(about)).collect()
    }

    /// A report by its id, or by the first letters of it; also one that was taken out.
    ///
    /// # Errors
    /// There is none, or several begin so.
    pub fn report(&self, id: &str) -> Result<StoredReport, Error> {
        let read = || -> Result<StoredHead, Cause> {
            let mut query = self.connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM report r LEFT JOIN member m ON m.report = r.id
                 WHERE r.id >= ?1 AND r.id < ?1 || '~' ORDER BY r.id = ?1 DESC, r.seq LIMIT 100"
            ))?;
            let mut rows = query.query([id])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(head(row)?);
            }
            let exact = found.first().is_some_and(|h| h.head.id.as_str() == id);
            match found.len() {
                count if count > 1 && !exact => {
                    Err(Cause::Ambiguous { what: error::Item::Report, id: id.into(), count })
                }
                _ => found.into_iter().next().ok_or(Cause::NoSuch { what: error::Item::Report, id: id.into() }),
            }
        };
        let about = self.with_path(read())?;
        self.with_text(about)
    }

    /// All versions of the article that a report is one of, the first first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn versions(&self, article: &str) -> Result<Vec<StoredReport>, Error> {
        let read = || -> Result<Vec<StoredHead>, Cause> {
            let mut query = self.connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM report r LEFT JOIN member m ON m.report = r.id
                 WHERE r.article = ?1 ORDER BY r.revision"
            ))?;
            let mut rows = query.query([article])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(head(row)?);
            }
            Ok(found)
        };
        self.with_path(read())?.into_iter().map(|about| self.with_text(about)).collect()
    }

    fn with_text(&self, about: StoredHead) -> Result<StoredReport, Error> {
        let read = || -> Result<Report, Cause> {
            let mut query = self.connection.prepare_cached("SELECT text, map FROM report WHERE seq = ?1")?;
            let (text, map): (Vec<u8>, Vec<u8>) = query.query_row([about.seq], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let map: SourceMap = unpack_json(&map)?;
            Ok(Report { head: about.head.clone(), text: Text::new(unpack_text(&text)?), map })
        };
        let report = self.with_path(read())?;
        Ok(StoredReport { about, report })
    }

    /// What was found in a report, read against this day if that is not its own.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn findings(&self, report: &ReportId, reference: Option<Edtf>) -> Result<Option<StoredFindings>, Error> {
        let reference = reference.map(|r| r.to_string()).unwrap_or_default();
        let read = || -> Result<Option<StoredFindings>, Cause> {
            let mut query = self
                .connection
                .prepare_cached("SELECT made_with, body FROM finding WHERE report = ?1 AND reference = ?2")?;
            let row: Option<(String, Vec<u8>)> =
                query.query_row((report.as_str(), &reference), |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            let Some((made_with, body)) = row else { return Ok(None) };
            Ok(Some(StoredFindings { made_with, findings: serde_json::from_slice(&unpack(&body)?).ok() }))
        };
        self.with_path(read())
    }

    /// Whether a report is kept, and not taken out.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn has(&self, id: &ReportId) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM report WHERE id = ?1 AND removed IS NULL)";
        self.with_path(self.connection.query_row(sql, [id.as_str()], |row| row.get(0)).map_err(Cause::from))
    }

    /// How many articles are kept: versions of one count once, what was taken out not at all.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn articles(&self) -> Result<usize, Error> {
        let sql = "SELECT count(DISTINCT article) FROM report WHERE removed IS NULL";
        let count = self.connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        self.with_path(count.map(|n| n as usize).map_err(Cause::from))
    }

    /// How many reports are in the file, all versions and those taken out among them.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn count(&self) -> Result<usize, Error> {
        let count = self.connection.query_row("SELECT count(*) FROM report", [], |row| row.get::<_, i64>(0));
        self.with_path(count.map(|n| n as usize).map_err(Cause::from))
    }

    /// The reports whose findings are missing or were made by something else than this, in the order of adding.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn made_by_others(&self, made_with: &str) -> Result<Vec<ReportId>, Error> {
        let read = || -> Result<Vec<ReportId>, Cause> {
            let mut query = self.connection.prepare_cached(
                "SELECT r.id FROM report r LEFT JOIN finding f ON f.report = r.id AND f.reference = ''
                 WHERE f.made_with IS NOT ?1 ORDER BY r.seq",
            )?;
            let ids = query.query_map([made_with], |row| row.get::<_, String>(0))?;
            Ok(ids.map(|id| id.map(ReportId::new)).collect::<Result<_, _>>()?)
        };
        self.with_path(read())
    }

    /// The original bytes of a report with their media type, where they are more than its text.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn original(&self, sha256: &str) -> Result<Option<(String, Vec<u8>)>, Error> {
        let read = || -> Result<Option<(String, Vec<u8>)>, Cause> {
            let sql = "SELECT media, bytes FROM original WHERE sha256 = ?1";
            let row: Option<(String, Vec<u8>)> =
                self.connection.query_row(sql, [sha256], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            row.map(|(media, bytes)| Ok((media, unpack(&bytes)?))).transpose()
        };
        self.with_path(read())
    }

    /// Takes a report out: no brief or record speaks of it any more. It stays in the file and can be brought back by
    /// adding it again, unless it is to be gone for good.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn remove(&mut self, id: &ReportId, for_good: bool, now: &str) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            let writing = self.write()?;
            if for_good {
                let key: String =
                    writing.query_row("SELECT original FROM report WHERE id = ?1", [id.as_str()], |row| row.get(0))?;
                writing.execute("DELETE FROM report WHERE id = ?1", [id.as_str()])?;
                writing.execute(
                    "DELETE FROM original WHERE sha256 = ?1 AND sha256 NOT IN (SELECT original FROM report)",
                    [key],
                )?;
            } else {
                writing.execute("UPDATE report SET removed = ?2 WHERE id = ?1", (id.as_str(), now))?;
            }
            Ok(writing.commit()?)
        })();
        self.with_path(done)
    }
}

/// Of each article its newest version, in the order in which they came in.
fn newest(all: Vec<StoredHead>) -> Vec<StoredHead> {
    let mut last: BTreeMap<String, u32> = BTreeMap::new();
    for about in &all {
        let number = last.entry(about.article.clone()).or_default();
        *number = about.revision.max(*number);
    }
    all.into_iter().filter(|about| last.get(&about.article) == Some(&about.revision)).collect()
}

fn head(row: &Row<'_>) -> Result<StoredHead, Cause> {
    let json: String = row.get(1)?;
    let story: Option<String> = row.get(8)?;
    Ok(StoredHead {
        seq: row.get(0)?,
        head: serde_json::from_str(&json)?,
        article: row.get(2)?,
        revision: row.get(3)?,
        run: row.get(4)?,
        added: row.get(5)?,
        reported: row.get(6)?,
        via: row.get(7)?,
        story: story.map(StoryId::new),
        removed: row.get(9)?,
    })
}
