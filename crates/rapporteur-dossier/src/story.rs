//! Which reports tell one story, as they were grouped or as people moved them.

use rapporteur_schema::{ReportId, StoryId};

use crate::error::{self, Cause};
use crate::{Dossier, Error, Writing};

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
    /// What the grouping compares.
    pub profile: Vec<u8>,
}

/// A story and how much of it there is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoryRow {
    /// Its id.
    pub id: StoryId,
    /// The name a person gave it.
    pub name: Option<String>,
    /// How many articles tell it.
    pub articles: u32,
    /// How many outlets, of those that are known.
    pub outlets: u32,
    /// The first and the last day on which they were published (YYYY-MM-DD); where none tells a day, of adding them.
    pub days: (String, String),
}

impl Writing<'_> {
    /// The places in stories of all reports that came in after this one in the order of adding.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn members_after(&self, seq: i64) -> Result<Vec<Member>, Error> {
        self.with_path(members(&self.transaction, seq))
    }

    /// Moves a report to a story by hand, which holds whatever the grouping says later.
    ///
    /// # Errors
    /// The report is not kept, or the file cannot be written.
    pub fn move_to_story(&mut self, report: &ReportId, story: &StoryId) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            self.transaction.execute("INSERT OR IGNORE INTO story (id) VALUES (?1)", [story.as_str()])?;
            let sql = "UPDATE member SET taken_from = story, story = ?2 WHERE report = ?1";
            match self.transaction.execute(sql, (report.as_str(), story.as_str()))? {
                0 => Err(Cause::NoSuch { what: error::Item::Report, id: report.to_string() }),
                _ => Ok(()),
            }
        })();
        self.with_path(done)
    }

    /// Keeps a new profile of a report that has its place in a story.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep_profile(&mut self, report: &ReportId, profile: &[u8]) -> Result<(), Error> {
        let sql = "UPDATE member SET profile = ?2 WHERE report = ?1";
        let done = self.transaction.execute(sql, (report.as_str(), profile));
        self.with_path(done.map(|_| ()).map_err(Cause::from))
    }

    /// Moves a report because the grouping says so, unless a person put it where it is.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn regroup(&mut self, report: &ReportId, story: &StoryId) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            self.transaction.execute("INSERT OR IGNORE INTO story (id) VALUES (?1)", [story.as_str()])?;
            let sql = "UPDATE member SET story = ?2 WHERE report = ?1 AND taken_from IS NULL";
            self.transaction.execute(sql, (report.as_str(), story.as_str()))?;
            Ok(())
        })();
        self.with_path(done)
    }

    /// Names a story; `None` takes the name away.
    ///
    /// # Errors
    /// There is no such story, or the file cannot be written.
    pub fn name_story(&mut self, story: &StoryId, name: Option<&str>) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            match self.transaction.execute("UPDATE story SET name = ?2 WHERE id = ?1", (story.as_str(), name))? {
                0 => Err(Cause::NoSuch { what: error::Item::Story, id: story.to_string() }),
                _ => Ok(()),
            }
        })();
        self.with_path(done)
    }
}

impl Dossier {
    /// The places in stories of all reports that are not taken out, in the order of adding.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn members(&self) -> Result<Vec<Member>, Error> {
        self.with_path(members(&self.connection, 0))
    }

    /// The stories that have reports, the one with the latest report first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn stories(&self) -> Result<Vec<StoryRow>, Error> {
        let read = || -> Result<Vec<StoryRow>, Cause> {
            let mut query = self.connection.prepare_cached(
                "SELECT s.id, s.name, count(DISTINCT r.article), count(DISTINCT r.outlet),
                        coalesce(min(r.reported), min(substr(r.added, 1, 10))) AS first,
                        coalesce(max(r.reported), max(substr(r.added, 1, 10))) AS last
                 FROM story s JOIN member m ON m.story = s.id JOIN report r ON r.id = m.report
                 WHERE r.removed IS NULL GROUP BY s.id ORDER BY last DESC, count(DISTINCT r.article) DESC, s.id",
            )?;
            let rows = query.query_map([], |row| {
                let id: String = row.get(0)?;
                Ok(StoryRow {
                    id: StoryId::new(id),
                    name: row.get(1)?,
                    articles: row.get(2)?,
                    outlets: row.get(3)?,
                    days: (row.get(4)?, row.get(5)?),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        self.with_path(read())
    }

    /// A story by its id, or by the first letters of it.
    ///
    /// # Errors
    /// There is none, or several begin so.
    pub fn story(&self, id: &str) -> Result<StoryId, Error> {
        let read = || -> Result<StoryId, Cause> {
            let mut query = self.connection.prepare_cached(
                "SELECT id FROM story WHERE id >= ?1 AND id < ?1 || '~' ORDER BY id = ?1 DESC LIMIT 100",
            )?;
            let found: Vec<String> = query.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
            match found.len() {
                count if count > 1 && found.first().is_none_or(|f| f != id) => {
                    Err(Cause::Ambiguous { what: error::Item::Story, id: id.into(), count })
                }
                _ => {
                    let first = found.into_iter().next();
                    first.map(StoryId::new).ok_or(Cause::NoSuch { what: error::Item::Story, id: id.into() })
                }
            }
        };
        self.with_path(read())
    }
}

/// The places in stories of reports after this one in the order of adding.
fn members(connection: &rusqlite::Connection, seq: i64) -> Result<Vec<Member>, Cause> {
    let mut query = connection.prepare_cached(
        "SELECT r.seq, m.report, m.story, m.taken_from, m.profile FROM report r JOIN member m ON m.report = r.id
         WHERE r.seq > ?1 AND r.removed IS NULL ORDER BY r.seq",
    )?;
    let rows = query.query_map([seq], |row| {
        let (report, story): (String, String) = (row.get(1)?, row.get(2)?);
        Ok(Member {
            seq: row.get(0)?,
            report: ReportId::new(report),
            story: StoryId::new(story),
            taken_from: row.get::<_, Option<String>>(3)?.map(StoryId::new),
            profile: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
