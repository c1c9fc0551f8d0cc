//! Reading back what is kept: reports, their versions, and what was found in them.

use rapporteur_schema::{Edtf, Findings, Report, ReportHead, ReportId, SourceMap, StoryId, Text, with_text_at_hand};
use rusqlite::{Connection, OptionalExtension};

use crate::error::{self, Cause};
use crate::pack::{unpack, unpack_json, unpack_text};
use crate::survey::{self, COLUMNS, Looked};
use crate::{Dossier, Error, Scope, seal};

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

impl Dossier {
    /// The reports of a scope with their texts, in the order in which they came in.
    ///
    /// # Errors
    /// The text of one is damaged, or the file cannot be read.
    pub fn reports(&self, scope: &Scope) -> Result<Vec<StoredReport>, Error> {
        self.heads(scope)?.into_iter().map(|about| self.with_text(about)).collect()
    }

    /// A report by its id, or by the first letters of it; also one that was taken out.
    ///
    /// # Errors
    /// There is none, several begin so, or it is damaged.
    pub fn report(&self, id: &str) -> Result<StoredReport, Error> {
        let read = || -> Result<StoredHead, Cause> {
            let mut found = self.looked("id >= ?1 AND id < ?1 || '~' ORDER BY id = ?1 DESC, seq LIMIT 100", id)?;
            let exact = found.first().is_some_and(|h| matches!(h, Looked::Whole(h) if h.head.id.as_str() == id));
            match found.len() {
                0 => Err(Cause::NoSuch { what: error::Item::Report, id: id.into() }),
                count if count > 1 && !exact => {
                    Err(Cause::Ambiguous { what: error::Item::Report, id: id.into(), count })
                }
                _ => whole(found.swap_remove(0)),
            }
        };
        let about = self.with_path(read())?;
        self.with_text(about)
    }

    /// All versions of the article that a report is one of, the first first.
    ///
    /// # Errors
    /// The file cannot be read, or one of them is damaged.
    pub fn versions(&self, article: &str) -> Result<Vec<StoredReport>, Error> {
        let found = self.with_path(self.looked("article = ?1 ORDER BY revision", article))?;
        found.into_iter().map(|one| self.with_text(self.with_path(whole(one))?)).collect()
    }

    /// The reports for which a condition holds of one value.
    fn looked(&self, condition: &str, value: &str) -> Result<Vec<Looked>, Cause> {
        let sql = format!("SELECT {COLUMNS}, sum FROM report WHERE {condition}");
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query([value])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.extend(survey::look(row, |_| true)?);
        }
        Ok(found)
    }

    /// A report whose own row was read.
    ///
    /// # Errors
    /// Its text is damaged, or the file cannot be read.
    pub fn with_text(&self, about: StoredHead) -> Result<StoredReport, Error> {
        let read = || -> Result<Report, Cause> {
            let mut query = self.connection.prepare_cached("SELECT seq, text, map, sum FROM text WHERE seq = ?1")?;
            let mut rows = query.query([about.seq])?;
            let row = rows.next()?.ok_or_else(|| Cause::Damaged("its text is missing".into()))?;
            if !seal::is_whole(row, 3)? {
                return Err(Cause::Damaged("its text is damaged".into()));
            }
            let blob = |at| -> Result<&[u8], Cause> { Ok(row.get_ref(at)?.as_blob().unwrap_or_default()) };
            let (text, map): (String, SourceMap) = (unpack_text(blob(1)?)?, unpack_json(blob(2)?)?);
            Ok(Report { head: about.head.clone(), text: Text::new(text), map })
        };
        let report = self.with_path(read())?;
        Ok(StoredReport { about, report })
    }

    /// What was found in a report, read against this day if that is not its own.
    ///
    /// # Errors
    /// It is damaged, or the file cannot be read.
    pub fn findings(&self, report: &ReportId, reference: Option<Edtf>) -> Result<Option<StoredFindings>, Error> {
        let kept = self.report(report.as_str())?;
        self.findings_of(&kept, reference)
    }

    /// As [`findings`](Dossier::findings), of a report that was read already.
    ///
    /// # Errors
    /// It is damaged, or the file cannot be read.
    pub fn findings_of(&self, kept: &StoredReport, reference: Option<Edtf>) -> Result<Option<StoredFindings>, Error> {
        let read = || -> Result<Option<StoredFindings>, Cause> {
            let (sql, reference, values) = match reference {
                None => ("SELECT seq, made_with, body, sum FROM finding WHERE seq = ?1 AND ?2 = ''", String::new(), 3),
                Some(day) => (
                    "SELECT seq, made_with, body, reference, sum FROM finding_dated WHERE seq = ?1 AND reference = ?2",
                    day.to_string(),
                    4,
                ),
            };
            let mut query = self.connection.prepare_cached(sql)?;
            let mut rows = query.query((kept.about.seq, reference))?;
            let Some(row) = rows.next()? else { return Ok(None) };
            if !seal::is_whole(row, values)? {
                return Err(Cause::Damaged("what was found in it is damaged".into()));
            }
            let body = unpack(row.get_ref(2)?.as_blob().unwrap_or_default())?;
            let Report { head, text, .. } = &kept.report;
            let findings = with_text_at_hand(&head.id, text, || serde_json::from_slice(&body).ok());
            Ok(Some(StoredFindings { made_with: row.get(1)?, findings }))
        };
        self.with_path(read())
    }

    /// Whether a report is kept, not taken out, and whole.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn has(&self, id: &ReportId) -> Result<bool, Error> {
        let read = || -> Result<bool, Cause> {
            let sql = "SELECT seq FROM report WHERE id = ?1 AND removed IS NULL";
            let seq: Option<i64> = self.connection.query_row(sql, [id.as_str()], |row| row.get(0)).optional()?;
            seq.map_or(Ok(false), |seq| is_all_whole(&self.connection, seq))
        };
        self.with_path(read())
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
                "SELECT r.id FROM report r LEFT JOIN finding f ON f.seq = r.seq
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
            let Some((media, bytes)) = row else { return Ok(None) };
            let bytes = unpack(&bytes)?;
            match rapporteur_schema::sha256(&bytes) == sha256 {
                true => Ok(Some((media, bytes))),
                false => Err(Cause::Damaged("its original bytes are not those that came in".into())),
            }
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
            let sql = "SELECT seq, original FROM report WHERE id = ?1";
            let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
            let found: Option<(i64, Option<String>)> = writing.query_row(sql, [id.as_str()], read).optional()?;
            let (seq, original) =
                found.ok_or_else(|| Cause::NoSuch { what: error::Item::Report, id: id.to_string() })?;
            if for_good {
                delete(&writing, id)?;
                writing.execute(
                    "DELETE FROM original WHERE sha256 = ?1
                     AND sha256 NOT IN (SELECT original FROM report WHERE original IS NOT NULL)",
                    [original],
                )?;
            } else {
                let sql = "UPDATE report SET removed = ?2 WHERE seq = ?1";
                if !survey::alter(&writing, seq, || writing.execute(sql, (seq, now)))? {
                    return Err(survey::is_hurt(id.as_str()));
                }
            }
            Ok(writing.commit()?)
        })();
        self.with_path(done)
    }
}

/// A report that has to be whole.
fn whole(looked: Looked) -> Result<StoredHead, Cause> {
    match looked {
        Looked::Whole(about) => Ok(*about),
        Looked::Hurt(hurt) => Err(Cause::Damaged(hurt.to_string())),
    }
}

/// Whether all that belongs to a report is there and whole.
pub(crate) fn is_all_whole(connection: &Connection, seq: i64) -> Result<bool, Cause> {
    let parts = [
        ("SELECT seq, text, map, sum FROM text WHERE seq = ?1", 3),
        ("SELECT seq, made_with, body, sum FROM finding WHERE seq = ?1", 3),
        ("SELECT seq, body, sum FROM profile WHERE seq = ?1", 2),
        ("SELECT first, seq, titles, texts, statements, names, body, sum FROM entry WHERE seq = ?1", 7),
    ];
    for (sql, values) in parts {
        let mut query = connection.prepare_cached(sql)?;
        let mut rows = query.query([seq])?;
        let whole = rows.next()?.map(|row| seal::is_whole(row, values)).transpose()?;
        if whole != Some(true) {
            return Ok(false);
        }
    }
    Ok(survey::is_whole(connection, seq)? == Some(true))
}

/// Takes a report out of the file with all that belongs to it, and gives the number it had. Where it is damaged its row may
/// not be found in an index, so the indices are made anew first; what belongs to nothing is taken out, and all is added up
/// anew after.
pub(crate) fn delete(connection: &Connection, id: &ReportId) -> Result<Option<i64>, Cause> {
    let number = || -> Result<Option<i64>, Cause> {
        let mut query = connection.prepare_cached("SELECT seq FROM report WHERE id = ?1")?;
        Ok(query.query_row([id.as_str()], |row| row.get(0)).optional()?)
    };
    // An index that is damaged may lead to another report.
    let is_its = |seq| -> Result<bool, Cause> {
        let sql = "SELECT id = ?2 FROM report NOT INDEXED WHERE seq = ?1";
        let its = connection.query_row(sql, (seq, id.as_str()), |row| row.get(0)).optional()?;
        Ok(its == Some(true) && survey::is_whole(connection, seq)? == Some(true))
    };
    let mut seq = number()?;
    let whole = seq.map(is_its).transpose()? == Some(true);
    if !whole {
        connection.execute_batch("REINDEX report")?;
        let at_hurt = seq.filter(|seq| survey::is_whole(connection, *seq).is_ok_and(|whole| whole == Some(false)));
        seq = number()?.or(at_hurt);
    }
    if let Some(seq) = seq {
        connection.execute("DELETE FROM report WHERE seq = ?1", [seq])?;
    }
    if !whole {
        for table in PARTS {
            connection.execute(&format!("DELETE FROM {table} WHERE seq NOT IN (SELECT seq FROM report)"), [])?;
        }
        survey::add_up_anew(connection)?;
    }
    Ok(seq)
}

/// The tables of what belongs to a report.
// not words: tables
const PARTS: [&str; 6] = ["text", "finding", "finding_dated", "entry", "profile", "as_read"];
