//! Which of the kept reports are meant.

use jiff::civil::Date;
use rapporteur_schema::StoryId;
use rusqlite::ToSql;

use crate::StoredHead;

/// Which reports are meant: all that are kept, in their newest version, unless something narrows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Only those of this story.
    pub story: Option<StoryId>,
    /// Only what was reported by the end of this day; a report without a date counts from the day it was added.
    pub as_of: Option<Date>,
    /// Only what came in before this run.
    pub before_run: Option<i64>,
}

/// A condition of SQL over `report AS r`, and its values.
pub(crate) struct Filter {
    pub(crate) sql: String,
    pub(crate) values: Vec<Box<dyn ToSql>>,
}

impl Scope {
    /// Whether a report is meant, or would be if no newer version of it were.
    pub(crate) fn admits(&self, about: &StoredHead) -> bool {
        let day = || about.reported.as_deref().or(about.added.get(..10)).unwrap_or_default();
        about.removed.is_none()
            && self.story.as_ref().is_none_or(|story| about.story.as_ref() == Some(story))
            && self.as_of.is_none_or(|last| *day() <= *last.to_string())
            && self.before_run.is_none_or(|run| about.run < run)
    }

    /// What SQL makes of it, for what is searched rather than read.
    pub(crate) fn filter(&self) -> Filter {
        let mut filter = Filter { sql: "r.removed IS NULL".into(), values: Vec::new() };
        if let Some(story) = &self.story {
            filter.and("r.story = ", story.as_str().to_owned());
        }
        if let Some(day) = self.as_of {
            filter.and("coalesce(r.reported, substr(r.added, 1, 10)) <= ", day.to_string());
        }
        if let Some(run) = self.before_run {
            filter.and("r.run < ", run);
        }
        filter
    }
}

impl Filter {
    /// Narrows it by one more comparison with a value.
    pub(crate) fn and(&mut self, comparison: &str, value: impl ToSql + 'static) {
        self.values.push(Box::new(value));
        self.sql.push_str(&format!(" AND {comparison}?{}", self.values.len()));
    }

    /// The values in the form that a query takes.
    pub(crate) fn params(&self) -> Vec<&dyn ToSql> {
        self.values.iter().map(AsRef::as_ref).collect()
    }
}
