//! Which reports tell one story, as they were grouped or as people moved them.

use rapporteur_schema::{ReportId, StoryId};

use crate::error::{self, Cause};
use crate::{Dossier, Error, Writing, survey};

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
    /// Moves a report to a story by hand, which holds whatever the grouping says later.
    ///
    /// # Errors
    /// The report is not kept, or the file cannot be written.
    pub fn move_to_story(&mut self, report: &ReportId, story: &StoryId) -> Result<(), Error> {
        let done = (|| -> Result<(), Cause> {
            self.transaction.execute("INSERT OR IGNORE INTO story (id) VALUES (?1)", [story.as_str()])?;
            let seq = self.number(report)?;
            let sql = "UPDATE report SET taken_from = story, story = ?2 WHERE seq = ?1";
            match survey::alter(&self.transaction, seq, || self.transaction.execute(sql, (seq, story.as_str())))? {
                false => Err(survey::is_hurt(report.as_str())),
                true => Ok(()),
            }
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
                 FROM story s JOIN report r ON r.story = s.id
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
