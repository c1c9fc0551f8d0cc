//! Mending: a report that is kept, though damaged, comes in again and takes the place that it had.

use std::collections::BTreeSet;

use rapporteur_schema::ReportId;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::error::Cause;
use crate::survey::{self, COLUMNS};
use crate::writing::NewReport;
use crate::{Error, Writing, stored};

/// Where a report stands among the others.
#[derive(Debug)]
pub(crate) struct Place {
    /// Its number in the order of adding, if it had one.
    pub(crate) seq: Option<i64>,
    pub(crate) article: String,
    pub(crate) revision: u32,
    pub(crate) run: i64,
    pub(crate) added: String,
    pub(crate) via: Option<String>,
    pub(crate) story: Option<String>,
    pub(crate) taken_from: Option<String>,
}

impl Place {
    /// That of a report that comes in now.
    pub(crate) fn new(new: &NewReport<'_>, article: String, revision: u32) -> Self {
        Place {
            seq: None,
            article,
            revision,
            run: new.run,
            added: new.now.to_owned(),
            via: new.via.map(Into::into),
            story: None,
            taken_from: None,
        }
    }
}

/// What a row says of the place of its report: it may be damaged, and say anything.
#[derive(Debug, Default)]
struct Said {
    id: Option<String>,
    article: Option<String>,
    revision: Option<u32>,
    run: Option<i64>,
    added: Option<String>,
    via: Option<String>,
    story: Option<String>,
    taken_from: Option<String>,
}

impl Said {
    fn of(row: &Row<'_>) -> Self {
        let text = |at: usize| row.get::<_, Option<String>>(at).ok().flatten();
        let (revision, run) = (row.get(3).ok(), row.get(4).ok());
        let (id, article, added, via) = (text(1), text(2), text(5), text(10));
        Said { id, article, revision, run, added, via, story: text(14), taken_from: text(15) }
    }
}

impl Writing<'_> {
    /// The story that a report is in.
    ///
    /// # Errors
    /// The report is not kept, or the file cannot be read.
    pub fn story_of(&self, report: &ReportId) -> Result<Option<rapporteur_schema::StoryId>, Error> {
        let read = || -> Result<Option<String>, Cause> {
            let mut query = self.transaction.prepare_cached("SELECT story FROM report WHERE seq = ?1")?;
            Ok(query.query_row([self.number(report)?], |row| row.get(0))?)
        };
        self.with_path(read()).map(|story| story.map(rapporteur_schema::StoryId::new))
    }

    /// Takes out a damaged report with all that belongs to it, and gives the place that it had: what its row says of that
    /// where this is whole, else as far as it can be true.
    pub(crate) fn make_room(&mut self, new: &NewReport<'_>) -> Result<Place, Cause> {
        let id = new.report.id();
        let seq = self.number(id)?;
        let mut whole = survey::is_whole(&self.transaction, seq)? == Some(true);
        let mut said = {
            let mut query =
                self.transaction.prepare_cached(&format!("SELECT {COLUMNS} FROM report NOT INDEXED WHERE seq = ?1"))?;
            let mut rows = query.query([seq])?;
            rows.next()?.map(Said::of).unwrap_or_default()
        };
        // An index that is damaged may lead to another report.
        if whole && said.id.as_deref() != Some(id.as_str()) {
            (whole, said) = (false, Said::default());
        }
        let had = stored::delete(&self.transaction, id)?;
        survey::note_renewal(&self.transaction)?;
        let article = match said.article {
            Some(article) if whole || self.is_article_of(&article, id)? => article,
            _ => self.article(new.report)?,
        };
        let revision = match said.revision {
            Some(revision) if whole => revision,
            revision => self.revision(&article, had.unwrap_or(seq), revision)?,
        };
        let here = Place { seq: had, ..Place::new(new, article, revision) };
        let all = &self.transaction;
        let is_time = |time: &String| time.parse::<jiff::Timestamp>().is_ok();
        let story = there_is(all, "story", said.story)?;
        Ok(Place {
            run: there_is(all, "run", said.run)?.unwrap_or(here.run),
            added: said.added.filter(is_time).unwrap_or(here.added),
            via: said.via.or(here.via),
            // Only who is in a story was taken from one.
            taken_from: if story.is_some() { there_is(all, "story", said.taken_from)? } else { None },
            story,
            ..here
        })
    }

    /// Whether this can be the article of a report that is no longer there: its own, or one that others are versions of.
    fn is_article_of(&self, article: &str, id: &ReportId) -> Result<bool, Cause> {
        let sql = "SELECT EXISTS (SELECT 1 FROM report WHERE article = ?1)";
        Ok(article == id.as_str() || self.transaction.query_row(sql, [article], |row| row.get(0))?)
    }

    /// The number of a version of an article: what its row says if it stands between those that came before and after it,
    /// else the first that is free there, else the first that is free.
    fn revision(&self, article: &str, seq: i64, said: Option<u32>) -> Result<u32, Cause> {
        let mut query = self.transaction.prepare_cached("SELECT seq, revision FROM report WHERE article = ?1")?;
        let others: Vec<(i64, u32)> =
            query.query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let taken: BTreeSet<u32> = others.iter().map(|(_, revision)| *revision).collect();
        let before = others.iter().filter(|o| o.0 < seq).map(|o| o.1).max().unwrap_or(0);
        let after = others.iter().filter(|o| o.0 > seq).map(|o| o.1).min();
        let end = after.unwrap_or(before.saturating_add(2));
        let within = before.saturating_add(1)..end;
        let likely = said.filter(|said| within.contains(said)).into_iter().chain(within).chain(1..);
        Ok(likely.into_iter().find(|revision| !taken.contains(revision)).unwrap_or(u32::MAX))
    }
}

/// What a row says, where there is such a thing in a table.
fn there_is<T: rusqlite::ToSql>(all: &Connection, table: &str, said: Option<T>) -> Result<Option<T>, Cause> {
    let Some(id) = said else { return Ok(None) };
    let sql = format!("SELECT 1 FROM {table} WHERE id = ?1");
    let found = all.query_row(&sql, [&id], |_| Ok(())).optional()?;
    Ok(found.map(|()| id))
}
