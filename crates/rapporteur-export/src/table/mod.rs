//! The record as flat tables, one for each kind of fact: defined once here, written as CSV and as Parquet.
//!
//! Every table of facts ends with the columns of a citation; a fact with several has its first there, and all of them
//! stand in the table `citations`.

pub(crate) mod csv;
mod names;
mod reports;
mod said;
mod terms;

#[cfg(feature = "parquet")]
mod parquet;

use jiff::civil::Date;
use rapporteur_schema::{Citation, Edtf};

#[cfg(not(feature = "parquet"))]
use crate::Format;
use crate::story::Story;
use crate::{Error, File};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Int,
    /// Yes or no.
    Bool,
    /// A day.
    Day,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Words.
    Text(String),
    /// A whole number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Day(Date),
    /// Not told.
    Empty,
}

/// A column: its name and what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its name, the same in every form.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// Facts of one kind, a row each.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// Its name, that of the file without its ending.
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

/// All tables of a record.
pub(crate) fn tables(story: &Story<'_>) -> Vec<Table> {
    vec![
        reports::reports(story),
        names::entities(story),
        names::names(story),
        names::offices(story),
        names::mentions(story),
        names::dates(story),
        said::statements(story),
        said::utterances(story),
        said::meetings(story),
        said::participants(story),
        said::accounts(story),
        terms::proposals(story),
        terms::issues(story),
        terms::positions(story),
        terms::conditions(story),
        reports::discrepancies(story),
        reports::reuse(story),
        reports::only_in(story),
        reports::corrections(story),
        reports::citations(story),
    ]
}

/// The tables as Parquet.
#[cfg(feature = "parquet")]
pub(crate) fn parquet(story: &Story<'_>) -> Result<Vec<File>, Error> {
    parquet::write(story)
}

/// Says that this program cannot.
#[cfg(not(feature = "parquet"))]
pub(crate) fn parquet(_: &Story<'_>) -> Result<Vec<File>, Error> {
    Err(Error::NotBuilt(Format::Parquet))
}

impl Table {
    fn new(name: &'static str) -> Self {
        Table { name, columns: Vec::new(), rows: Vec::new() }
    }

    fn columns(mut self, kind: Kind, names: &[&'static str]) -> Self {
        self.columns.extend(names.iter().map(|&name| Column { name, kind }));
        self
    }

    fn text(self, names: &[&'static str]) -> Self {
        self.columns(Kind::Text, names)
    }

    fn int(self, names: &[&'static str]) -> Self {
        self.columns(Kind::Int, names)
    }

    /// A date as EDTF, and the first and last day that it covers.
    fn date(self, names: [&'static str; 3]) -> Self {
        self.text(&names[..1]).columns(Kind::Day, &names[1..])
    }

    /// A place in a report.
    fn cited(self) -> Self {
        self.text(&["report", "outlet", "source"]).int(&["start", "end"]).text(&["exact"])
    }

    fn add(&mut self, row: Row) {
        debug_assert_eq!(row.0.len(), self.columns.len(), "a row of {} fits its columns", self.name);
        self.rows.push(row.0);
    }
}

/// A row as it is put together, cell by cell.
#[derive(Default)]
struct Row(Vec<Cell>);

impl Row {
    fn new() -> Self {
        Row::default()
    }

    fn text(mut self, text: impl Into<String>) -> Self {
        self.0.push(Cell::Text(text.into()));
        self
    }

    /// Words, where told; what is empty was not told.
    fn told(mut self, text: Option<impl AsRef<str>>) -> Self {
        let text = text.as_ref().map(AsRef::as_ref).filter(|t| !t.is_empty());
        self.0.push(text.map_or(Cell::Empty, |t| Cell::Text(t.to_owned())));
        self
    }

    fn int(mut self, number: usize) -> Self {
        self.0.push(Cell::Int(i64::try_from(number).unwrap_or(i64::MAX)));
        self
    }

    fn number(mut self, number: Option<u32>) -> Self {
        self.0.push(number.map_or(Cell::Empty, |n| Cell::Int(i64::from(n))));
        self
    }

    fn bool(mut self, yes: bool) -> Self {
        self.0.push(Cell::Bool(yes));
        self
    }

    fn date(mut self, date: Option<Edtf>) -> Self {
        match date {
            Some(date) => {
                self.0.extend([Cell::Text(date.to_string()), Cell::Day(date.first_day()), Cell::Day(date.last_day())])
            }
            None => self.0.extend([Cell::Empty, Cell::Empty, Cell::Empty]),
        }
        self
    }

    fn cite(self, story: &Story<'_>, at: &Citation) -> Self {
        let span = at.span();
        let row = self.text(at.report().as_str()).text(story.outlet(at.report()));
        let source = story.head(at.report()).map(|h| h.source.as_str());
        row.told(source).number(Some(span.start())).number(Some(span.end())).text(at.exact())
    }

    /// The citation of a fact, or empty cells where it rests on other facts only.
    fn cite_first(self, story: &Story<'_>, at: Option<&Citation>) -> Self {
        match at {
            Some(at) => self.cite(story, at),
            None => (0..6).fold(self, |row, _| row.told(None::<&str>)),
        }
    }
}

/// Ids in one cell, with a space between: none of them holds one.
fn list<T: std::fmt::Display>(ids: &[T]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.join(" ")
}
