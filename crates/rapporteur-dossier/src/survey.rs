//! Looking through the reports, each row against its checksum and all of them against their tally: which are whole.

use std::collections::BTreeMap;

use rapporteur_schema::{LeftOut, ReportHead, ReportId, StoryId};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::error::Cause;
use crate::pack::unpack;
use crate::{Dossier, Error, Scope, StoredHead, seal};

/// A row of a report without its checksum, in the order of [`VALUES`].
pub(crate) const COLUMNS: &str = "seq, id, article, revision, run, added, reported, outlet, url, source, via, head, \
                                  original, removed, story, taken_from";

/// How many columns these are.
pub(crate) const VALUES: usize = 16;

/// The reports that are meant, and what was found damaged on the way to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Survey {
    /// The reports, in the order in which they came in.
    pub heads: Vec<StoredHead>,
    /// What is damaged. Of a damaged report nobody knows whether it would have been meant.
    pub left_out: Vec<LeftOut>,
}

/// A report as it was found.
pub(crate) enum Looked {
    Whole(Box<StoredHead>),
    Hurt(LeftOut),
}

impl Dossier {
    /// The reports of a scope, without their texts, in the order in which they came in; without what is damaged.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn heads(&self, scope: &Scope) -> Result<Vec<StoredHead>, Error> {
        self.survey(scope).map(|survey| survey.heads)
    }

    /// As [`heads`](Dossier::heads), and what is damaged.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn survey(&self, scope: &Scope) -> Result<Survey, Error> {
        let read = || -> Result<Survey, Cause> {
            // All rows and their tally of one moment. No index is asked: one that is damaged would hide what it should find.
            let moment = self.connection.unchecked_transaction()?;
            let mut query =
                moment.prepare_cached(&format!("SELECT {COLUMNS}, sum FROM report NOT INDEXED ORDER BY seq"))?;
            let mut rows = query.query([])?;
            let (mut survey, mut tally) = (Survey::default(), Tally::default());
            while let Some(row) = rows.next()? {
                tally.add(row, VALUES)?;
                match look(row, |about| scope.admits(about))? {
                    Some(Looked::Whole(about)) => survey.heads.push(*about),
                    Some(Looked::Hurt(hurt)) => survey.left_out.push(hurt),
                    None => {}
                }
            }
            if let Some(why) = tally.fault(tallied(&moment, "report")?, "report", survey.left_out.len()) {
                survey.left_out.push(LeftOut { report: None, outlet: None, title: None, why });
            }
            survey.heads = newest(survey.heads);
            Ok(survey)
        };
        self.with_path(read())
    }
}

/// A report by its row; `None` where it is whole and not wanted.
pub(crate) fn look(row: &Row<'_>, wanted: impl Fn(&StoredHead) -> bool) -> Result<Option<Looked>, Cause> {
    if !seal::is_whole(row, VALUES)? {
        return Ok(Some(Looked::Hurt(hurt(row))));
    }
    let about = |head: ReportHead| -> Result<StoredHead, Cause> {
        Ok(StoredHead {
            seq: row.get(0)?,
            head,
            article: row.get(2)?,
            revision: row.get(3)?,
            run: row.get(4)?,
            added: row.get(5)?,
            reported: row.get(6)?,
            via: row.get(10)?,
            removed: row.get(13)?,
            story: row.get::<_, Option<String>>(14)?.map(StoryId::new),
        })
    };
    // What is known of it is unfolded only where it is wanted: most of the time that looking takes.
    let mut about = about(ReportHead::new(ReportId::new(row.get::<_, String>(1)?), String::new()))?;
    if !wanted(&about) {
        return Ok(None);
    }
    about.head = head(row.get_ref(11)?.as_blob().unwrap_or_default())?;
    Ok(Some(Looked::Whole(Box::new(about))))
}

/// What is known about a report, as any face may show it, whoever wrote the file; the first form kept it as it is.
fn head(kept: &[u8]) -> Result<ReportHead, Cause> {
    let mut head: ReportHead = match kept.first() {
        Some(b'{') => serde_json::from_slice(kept)?,
        _ => serde_json::from_slice(&unpack(kept)?)?,
    };
    head.sanitize();
    Ok(head)
}

/// What can still be said of a report whose row is damaged.
fn hurt(row: &Row<'_>) -> LeftOut {
    let id = row.get_ref(1).ok().and_then(|id| id.as_str().ok());
    let head = row.get_ref(11).ok().and_then(|kept| head(kept.as_blob().ok()?).ok());
    let why = "what is known of it is damaged".to_owned();
    match head {
        Some(head) if Some(head.id.as_str()) == id => {
            LeftOut { report: Some(head.id), outlet: head.outlet, title: head.title, why }
        }
        _ => {
            let said =
                id.map(|id| format!("a report, kept as {id:?}, is damaged")).unwrap_or("a report is damaged".into());
            LeftOut { report: None, outlet: None, title: None, why: said }
        }
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

/// How many rows there are, and their checksums added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    count: i64,
    sums: i64,
}

impl Tally {
    /// Counts a row whose checksum stands after so many values.
    pub(crate) fn add(&mut self, row: &Row<'_>, values: usize) -> Result<(), Cause> {
        self.count += 1;
        self.sums = self.sums.wrapping_add(row.get_ref(values)?.as_i64().unwrap_or_default());
        Ok(())
    }

    /// What is wrong with rows that were counted, where so many are known to be damaged; `kept` is what should be.
    pub(crate) fn fault(self, kept: Option<Tally>, what: &str, damaged: usize) -> Option<String> {
        let Some(kept) = kept else { return Some(format!("how many {what}s there should be is damaged")) };
        match kept.count - self.count {
            0 if kept.sums == self.sums || damaged > 0 => None,
            0 => Some(format!("a {what} is missing, and another stands there twice")),
            1 => Some(format!("a {what} is missing")),
            lost if lost > 0 => Some(format!("{lost} {what}s are missing")),
            more => Some(format!("{} {what}s are there that nobody counted", more.unsigned_abs())),
        }
    }
}

/// How many rows a table should have; `None` where that is damaged.
pub(crate) fn tallied(connection: &Connection, what: &str) -> Result<Option<Tally>, Cause> {
    let sql = "SELECT count, sums, echo FROM tally WHERE what = ?1";
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let found: Option<(i64, i64, i64)> = connection.query_row(sql, [what], read).optional()?;
    Ok(found
        .filter(|(count, sums, echo)| count.wrapping_add(*sums).wrapping_add(*echo) == 0)
        .map(|(count, sums, _)| Tally { count, sums }))
}

/// Adds the checksums of the reports up anew, after a damaged one has gone. How many there should be stays as it was counted,
/// unless that is damaged itself: another one that is lost is still missed.
pub(crate) fn add_up_anew(connection: &Connection) -> Result<(), Cause> {
    connection.execute_batch(
        "UPDATE tally SET sums = (SELECT coalesce(sum(sum), 0) FROM report),
             count = CASE WHEN count + sums + echo = 0 THEN count ELSE (SELECT count(*) FROM report) END
           WHERE what = 'report';
         UPDATE tally SET echo = -(count + sums) WHERE what = 'report';",
    )?;
    Ok(())
}

/// Notes that a report was mended or read anew: what was made of it before is not what would be made of it now.
pub(crate) fn note_renewal(connection: &Connection) -> Result<(), Cause> {
    let sql = "UPDATE tally SET count = count + 1, echo = echo - 1 WHERE what = 'renewal'";
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}

/// By how much more rows there should be than are there, of the tables whose rows are counted; `None` where that is right.
/// Where it is damaged how many there should be, that is as if none were missing.
pub(crate) fn miscounted(connection: &Connection) -> Result<Option<i64>, Cause> {
    let mut wrong = None;
    // not words: tables
    for what in ["report", "correction"] {
        let sql = format!("SELECT count(*) FROM {what} NOT INDEXED");
        let there: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
        match tallied(connection, what)? {
            Some(kept) if kept.count == there => {}
            kept => *wrong.get_or_insert(0) += kept.map_or(0, |kept| (kept.count - there).max(0)),
        }
    }
    Ok(wrong)
}

impl Dossier {
    /// Counts the reports and corrections anew where their count is wrong: what is lost is no longer missed after that. Gives
    /// how many were missing; `None` where nothing was wrong.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn count_anew(&mut self) -> Result<Option<usize>, Error> {
        let done = (|| -> Result<Option<usize>, Cause> {
            if miscounted(&self.connection)?.is_none() {
                return Ok(None);
            }
            let writing = self.write()?;
            let missing = miscounted(&writing)?;
            for what in ["report", "correction"] {
                writing.execute_batch(&format!(
                    "INSERT OR IGNORE INTO tally VALUES ('{what}', 0, 0, 0);
                     UPDATE tally SET count = (SELECT count(*) FROM {what} NOT INDEXED),
                         sums = (SELECT coalesce(sum(sum), 0) FROM {what} NOT INDEXED) WHERE what = '{what}';
                     UPDATE tally SET echo = -(count + sums) WHERE what = '{what}';"
                ))?;
            }
            writing.commit()?;
            Ok(missing.map(|missing| missing as usize))
        })();
        self.with_path(done)
    }
}

/// Whether a report's own row is whole; `None` where there is none.
pub(crate) fn is_whole(connection: &Connection, seq: i64) -> Result<Option<bool>, Cause> {
    let mut query = connection.prepare_cached(&format!("SELECT {COLUMNS}, sum FROM report WHERE seq = ?1"))?;
    let mut rows = query.query([seq])?;
    rows.next()?.map(|row| seal::is_whole(row, VALUES)).transpose()
}

/// Changes a report's row and its checksum with it; one that is damaged is left as it is, and the answer is no.
pub(crate) fn alter(
    connection: &Connection,
    seq: i64,
    change: impl FnOnce() -> rusqlite::Result<usize>,
) -> Result<bool, Cause> {
    if is_whole(connection, seq)? != Some(true) {
        return Ok(false);
    }
    change()?;
    let mut query = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM report WHERE seq = ?1"))?;
    let sum = query.query_row([seq], |row| Ok(seal::of_row(row, VALUES)))??;
    connection.prepare_cached("UPDATE report SET sum = ?2 WHERE seq = ?1")?.execute((seq, sum))?;
    Ok(true)
}

/// That a report is damaged where it would have to be whole.
pub(crate) fn is_hurt(id: &str) -> Cause {
    Cause::Damaged(format!("the report {id} is; add it again to mend it, or take it out for good"))
}
