//! What the grouping into stories needs: profiles of reports, and digests of many of them.

use rapporteur_schema::{ReportId, StoryId};
use rusqlite::{OptionalExtension, Row};

use crate::error::Cause;
use crate::{Dossier, Error, Writing, seal, survey};

/// A report's place in a story.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Member {
    /// Where the report stands in the order of adding.
    pub seq: i64,
    /// The report.
    pub report: ReportId,
    /// The story.
    pub story: StoryId,
    /// The story a person took it from, if it was a person who put it there.
    pub taken_from: Option<StoryId>,
    /// What the grouping compares; empty where that is damaged.
    pub profile: Vec<u8>,
}

const MEMBER: &str = "SELECT p.seq, p.body, p.sum, r.id, r.story, r.taken_from FROM report r JOIN profile p ON p.seq = r.seq \
                      WHERE r.removed IS NULL AND r.story IS NOT NULL";

impl Dossier {
    /// The places in stories of all reports that are not taken out, in the order of adding.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn members(&self) -> Result<Vec<Member>, Error> {
        self.with_path(members(&self.connection, 0))
    }
}

impl Writing<'_> {
    /// The places in stories of all reports that came in after this one in the order of adding.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn members_after(&self, seq: i64) -> Result<Vec<Member>, Error> {
        self.with_path(members(&self.transaction, seq))
    }

    /// The place of one report in a story; `None` where it has none or was taken out.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn member(&self, seq: i64) -> Result<Option<Member>, Error> {
        let read = || -> Result<Option<Member>, Cause> {
            let mut query = self.transaction.prepare_cached(&format!("{MEMBER} AND r.seq = ?1"))?;
            let mut rows = query.query([seq])?;
            rows.next()?.map(member).transpose()
        };
        self.with_path(read())
    }

    /// The reports that people put where they are.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn moved_by_hand(&self) -> Result<Vec<i64>, Error> {
        self.seqs("SELECT seq FROM report WHERE taken_from IS NOT NULL AND removed IS NULL AND ?1 = ?1", "")
    }

    /// The reports of a story that were not taken out, in the order of adding.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn reports_of(&self, story: &StoryId) -> Result<Vec<i64>, Error> {
        self.seqs("SELECT seq FROM report WHERE story = ?1 AND removed IS NULL ORDER BY seq", story.as_str())
    }

    fn seqs(&self, sql: &str, value: &str) -> Result<Vec<i64>, Error> {
        let read = || -> Result<Vec<i64>, Cause> {
            let mut query = self.transaction.prepare_cached(sql)?;
            Ok(query.query_map([value], |row| row.get(0))?.collect::<Result<_, _>>()?)
        };
        self.with_path(read())
    }

    /// The profiles of the reports of a block that were not taken out: 256 that follow each other in the order of adding.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn profiles(&self, block: i64) -> Result<Vec<(i64, Vec<u8>)>, Error> {
        let read = || -> Result<Vec<(i64, Vec<u8>)>, Cause> {
            let sql = format!("{MEMBER} AND r.seq BETWEEN ?1 * 256 AND ?1 * 256 + 255 ORDER BY r.seq");
            let mut query = self.transaction.prepare_cached(&sql)?;
            let mut rows = query.query([block])?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                let member = member(row)?;
                all.push((member.seq, member.profile));
            }
            Ok(all)
        };
        self.with_path(read())
    }

    /// The digests that are kept, each with its block; one that is damaged is as if it had not been made.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn digests(&self) -> Result<Vec<(i64, Vec<u8>)>, Error> {
        let read = || -> Result<Vec<(i64, Vec<u8>)>, Cause> {
            let mut query = self.transaction.prepare_cached("SELECT block, body, sum FROM digest ORDER BY block")?;
            let mut rows = query.query([])?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                if seal::is_whole(row, 2)? {
                    all.push((row.get(0)?, row.get(1)?));
                }
            }
            Ok(all)
        };
        self.with_path(read())
    }

    /// The blocks before this report's that have no digest yet.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn undigested(&self, seq: i64) -> Result<Vec<i64>, Error> {
        let read = || -> Result<Vec<i64>, Cause> {
            let full = seq / 256;
            let mut count = self.transaction.prepare_cached("SELECT count(*) FROM digest")?;
            if count.query_row([], |row| row.get::<_, i64>(0))? >= full {
                return Ok(Vec::new());
            }
            let mut query = self.transaction.prepare_cached("SELECT block FROM digest")?;
            let kept: Vec<i64> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok((0..full).filter(|block| !kept.contains(block)).collect())
        };
        self.with_path(read())
    }

    /// Keeps the digest of a block. It is forgotten when a profile in the block changes or a report of it is taken out.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep_digest(&mut self, block: i64, body: &[u8]) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            let sum = seal::of_values(&[&block, &body])?;
            let sql = "INSERT OR REPLACE INTO digest (block, body, sum) VALUES (?1, ?2, ?3)";
            self.transaction.execute(sql, (block, body, sum))?;
            Ok(())
        })();
        self.with_path(done)
    }

    /// Keeps the profile of a report, in place of one that was kept before.
    ///
    /// # Errors
    /// The report is not kept, or the file cannot be written.
    pub fn keep_profile(&mut self, report: &ReportId, profile: &[u8]) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            let seq = self.number(report)?;
            let sum = seal::of_values(&[&seq, &profile])?;
            // Put in anew, not replaced: what follows from the old one is told by its going.
            self.transaction.prepare_cached("DELETE FROM profile WHERE seq = ?1")?.execute([seq])?;
            let mut put =
                self.transaction.prepare_cached("INSERT INTO profile (seq, body, sum) VALUES (?1, ?2, ?3)")?;
            put.execute((seq, profile, sum))?;
            Ok(())
        })();
        self.with_path(done)
    }

    /// Puts a report into a story, which is made where it is new, unless a person put it where it is.
    ///
    /// # Errors
    /// The report is not kept, or the file cannot be written.
    pub fn put_in_story(&mut self, report: &ReportId, story: &StoryId, profile: &[u8]) -> Result<(), Error> {
        self.keep_profile(report, profile)?;
        self.regroup(report, story)
    }

    /// Moves a report because the grouping says so, unless a person put it where it is, or it is damaged.
    ///
    /// # Errors
    /// The report is not kept, or the file cannot be written.
    pub fn regroup(&mut self, report: &ReportId, story: &StoryId) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            let seq = self.number(report)?;
            let all = &self.transaction;
            all.prepare_cached("INSERT OR IGNORE INTO story (id) VALUES (?1)")?.execute([story.as_str()])?;
            let mut put = all.prepare_cached("UPDATE report SET story = ?2 WHERE seq = ?1 AND taken_from IS NULL")?;
            survey::alter(all, seq, || put.execute((seq, story.as_str())))?;
            Ok(())
        })();
        self.with_path(done)
    }
}

/// The places in stories of reports after this one in the order of adding.
fn members(connection: &rusqlite::Connection, seq: i64) -> Result<Vec<Member>, Cause> {
    let mut query = connection.prepare_cached(&format!("{MEMBER} AND r.seq > ?1 ORDER BY r.seq"))?;
    let mut rows = query.query([seq])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(member(row)?);
    }
    Ok(all)
}

fn member(row: &Row<'_>) -> Result<Member, Cause> {
    let whole = seal::is_whole(row, 2)?;
    Ok(Member {
        seq: row.get(0)?,
        report: ReportId::new(row.get::<_, String>(3)?),
        story: StoryId::new(row.get::<_, String>(4)?),
        taken_from: row.get::<_, Option<String>>(5)?.map(StoryId::new),
        profile: if whole { row.get(1)? } else { Vec::new() },
    })
}

impl Writing<'_> {
    /// The number of a report in the order of adding.
    pub(crate) fn number(&self, report: &ReportId) -> Result<i64, Cause> {
        let mut query = self.transaction.prepare_cached("SELECT seq FROM report WHERE id = ?1")?;
        let found = query.query_row([report.as_str()], |row| row.get(0)).optional()?;
        found.ok_or_else(|| Cause::NoSuch { what: crate::error::Item::Report, id: report.to_string() })
    }
}
