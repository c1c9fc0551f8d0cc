//! The record as flat tables, one for each kind of fact: defined once here, whoever reads them. CSV and Parquet write
//! them, the lists of the command pick columns of them, Python makes Arrow and pandas of them.
//!
//! Every table of facts ends with the columns of a citation; a fact with several has its first there, and all of them
//! stand in the table `citations`.

mod build;
pub(crate) mod csv;
mod names;
mod reports;
mod said;
mod terms;

#[cfg(feature = "export")]
mod parquet;

use jiff::civil::Date;
use rapporteur_schema::{Record, Report};
use serde_json::{Map, Value};

#[cfg(not(feature = "export"))]
use crate::Format;
use crate::index::RecordIndex;
use crate::{Error, File, Options};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// Words.
    Text,
    /// A whole number.
    Int,
    /// Yes or no.
    Bool,
    /// A day.
    Day,
}

impl ColumnType {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            ColumnType::Text => "text",
            ColumnType::Int => "int",
            ColumnType::Bool => "bool",
            ColumnType::Day => "day",
        }
    }
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// The id of a fact or a report. A terminal shows its first letters, which every command understands.
    Id(String),
    /// A whole number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Day(Date),
    /// Several values; where a cell is one line, with "; " between.
    List(Vec<String>),
    /// Not told.
    Empty,
}

impl Cell {
    /// Words, or nothing where there are none.
    pub fn text(words: impl Into<String>) -> Cell {
        match words.into() {
            words if words.is_empty() => Cell::Empty,
            words => Cell::Text(words),
        }
    }

    /// These words where they are known.
    pub fn maybe(words: Option<impl Into<String>>) -> Cell {
        words.map_or(Cell::Empty, |w| Cell::text(w))
    }

    /// The id of something.
    pub fn id(id: impl ToString) -> Cell {
        Cell::Id(id.to_string())
    }

    /// The value on a line.
    pub fn plain(&self) -> String {
        match self {
            Cell::Text(words) | Cell::Id(words) => words.clone(),
            Cell::Int(n) => n.to_string(),
            Cell::Bool(yes) => yes.to_string(),
            Cell::Day(day) => day.to_string(),
            Cell::List(all) => all.join("; "),
            Cell::Empty => String::new(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Cell::Text(words) | Cell::Id(words) => Value::from(words.as_str()),
            Cell::Int(n) => Value::from(*n),
            Cell::Bool(yes) => Value::from(*yes),
            Cell::Day(day) => Value::from(day.to_string()),
            Cell::List(all) => Value::from(all.clone()),
            Cell::Empty => Value::Null,
        }
    }
}

/// A column: its name, what it holds, and what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, the same in every form.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnType,
    /// What it says, in a sentence; empty in a list that is made for one command.
    pub doc: &'static str,
}

/// Rows and columns: facts of one kind, a row each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name, that of the file without its ending.
    pub name: &'static str,
    /// What a row of it is.
    pub doc: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

/// All tables of a record, the empty ones too.
///
/// `reports` are those of the record, for the words of a mention; a report that is not among them is done without.
///
/// # Example
/// ```
/// use rapporteur_export::table::tables;
/// # use rapporteur_schema::{MadeWith, Record, SCHEMA};
/// # let record: Record = serde_json::from_value(serde_json::json!({
/// #     "schema": SCHEMA, "made_with": {"version": "0", "model": null}, "reports": [], "entities": [], "dates": [],
/// #     "statements": [], "utterances": [], "meetings": [], "proposals": [], "issues": [], "positions": [],
/// #     "conditions": [], "discrepancies": [], "only_in": [], "reuse": []
/// # })).unwrap();
/// let statements = tables(&record, &[]).into_iter().find(|t| t.name == "statements").unwrap();
/// assert_eq!(statements.columns[0].name, "statement");
/// ```
pub fn tables(record: &Record, reports: &[Report]) -> Vec<Table> {
    of(&RecordIndex::new(record, reports))
}

/// The table of statements.
pub fn statements(record: &Record) -> Table {
    said::statements(&RecordIndex::new(record, &[]))
}

/// The table of meetings.
pub fn meetings(record: &Record) -> Table {
    said::meetings(&RecordIndex::new(record, &[]))
}

/// The table of discrepancies.
pub fn discrepancies(record: &Record) -> Table {
    reports::discrepancies(&RecordIndex::new(record, &[]))
}

pub(crate) fn of(index: &RecordIndex<'_>) -> Vec<Table> {
    vec![
        reports::reports(index),
        names::entities(index),
        names::names(index),
        names::offices(index),
        names::mentions(index),
        names::dates(index),
        said::statements(index),
        said::utterances(index),
        said::meetings(index),
        said::participants(index),
        said::accounts(index),
        terms::proposals(index),
        terms::issues(index),
        terms::positions(index),
        terms::conditions(index),
        reports::discrepancies(index),
        reports::reuse(index),
        reports::only_in(index),
        reports::corrections(index),
        reports::citations(index),
    ]
}

/// The tables as Parquet.
#[cfg(feature = "export")]
pub(crate) fn parquet(index: &RecordIndex<'_>) -> Result<Vec<File>, Error> {
    parquet::write(index)
}

/// Says that this program cannot.
#[cfg(not(feature = "export"))]
pub(crate) fn parquet(_: &RecordIndex<'_>) -> Result<Vec<File>, Error> {
    Err(Error::NotBuilt(Format::Parquet))
}

impl Table {
    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }

    /// The cells of a row by the names of their columns, in that order; [`Cell::Empty`] for a column that is not there.
    pub fn cells<const N: usize>(&self, row: &[Cell], names: [&str; N]) -> [Cell; N] {
        names.map(|name| self.column(name).and_then(|c| row.get(c)).cloned().unwrap_or(Cell::Empty))
    }

    /// As CSV (RFC 4180), with a head; with or without a guard against what a spreadsheet would run as a formula.
    pub fn csv(&self, options: &Options) -> String {
        // Writing into memory does not fail.
        String::from_utf8(csv::rows(self, options).unwrap_or_default()).unwrap_or_default()
    }

    /// As an array of objects.
    pub fn json(&self) -> Value {
        let object = |row: &Vec<Cell>| {
            let fields = self.columns.iter().zip(row).map(|(c, cell)| (c.name.to_owned(), cell.json()));
            Value::Object(fields.collect::<Map<_, _>>())
        };
        Value::Array(self.rows.iter().map(object).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_schema::{MadeWith, SCHEMA};

    fn empty() -> Record {
        let made_with = MadeWith { version: "0".into(), model: None };
        let of = serde_json::json!({
            "schema": SCHEMA, "made_with": made_with, "reports": [], "entities": [], "dates": [], "statements": [],
            "utterances": [], "meetings": [], "proposals": [], "issues": [], "positions": [], "conditions": [],
            "discrepancies": [], "only_in": [], "reuse": []
        });
        serde_json::from_value(of).unwrap()
    }

    #[test]
    fn every_table_and_column_says_what_it_holds_and_none_comes_twice() {
        let tables = tables(&empty(), &[]);
        assert_eq!(tables.len(), 20);
        let mut names: Vec<&str> = tables.iter().map(|t| t.name).collect();
        names.dedup();
        assert_eq!(names.len(), 20);
        for table in &tables {
            assert!(table.doc.ends_with('.'), "{}", table.name);
            for (n, column) in table.columns.iter().enumerate() {
                assert!(column.doc.ends_with('.'), "{}.{}", table.name, column.name);
                assert_eq!(table.column(column.name), Some(n), "{}.{}", table.name, column.name);
            }
        }
    }

    #[test]
    fn the_page_on_formats_names_every_table() {
        let page = include_str!("../../../../docs/formats.md");
        for table in tables(&empty(), &[]) {
            assert!(page.contains(&format!("`{}`", table.name)), "{}", table.name);
        }
    }

    #[test]
    fn json_has_every_column() {
        let column = |name| Column { name, kind: ColumnType::Text, doc: "" };
        let columns = vec![column("who"), column("what")];
        let rows = vec![vec![Cell::text(""), Cell::List(vec!["a".into(), "b".into()])]];
        let table = Table { name: "t", doc: "", columns, rows };
        assert_eq!(table.json()[0], serde_json::json!({ "who": null, "what": ["a", "b"] }));
        assert_eq!(table.cells(&table.rows[0], ["what", "when"])[1], Cell::Empty);
    }
}
