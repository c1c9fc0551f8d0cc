//! How a table is put together: column by column, then row by row, each cell in the order of the columns.

use rapporteur_schema::{Citation, Edtf};

use super::types::{Cell, Column, ColumnType, Table};
use crate::index::ReportIndex;

impl Table {
    pub(super) fn new(name: &'static str, doc: &'static str) -> Self {
        Table { name, doc, columns: Vec::new(), rows: Vec::new() }
    }

    fn add_column(mut self, name: &'static str, kind: ColumnType, doc: &'static str) -> Self {
        self.columns.push(Column { name, kind, doc });
        self
    }

    pub(super) fn text(self, name: &'static str, doc: &'static str) -> Self {
        self.add_column(name, ColumnType::Text, doc)
    }

    pub(super) fn int(self, name: &'static str, doc: &'static str) -> Self {
        self.add_column(name, ColumnType::Int, doc)
    }

    pub(super) fn bool(self, name: &'static str, doc: &'static str) -> Self {
        self.add_column(name, ColumnType::Bool, doc)
    }

    /// A date as EDTF under this name, and the first and last day that it covers.
    pub(super) fn date(self, name: &'static str, doc: &'static str) -> Self {
        self.text(name, doc).first_and_last("first_day", "last_day")
    }

    /// The days that the date before them covers.
    pub(super) fn first_and_last(self, first: &'static str, last: &'static str) -> Self {
        self.add_column(first, ColumnType::Day, "The first day of it.").add_column(
            last,
            ColumnType::Day,
            "The last day of it.",
        )
    }

    /// A place in a report.
    pub(super) fn cited(self) -> Self {
        self.text("report", "The report cited.")
            .text("outlet", "Who published it; where it is not known, its file.")
            .text("source", "The path or address it was read from.")
            .int("start", "The first code point of the words in the text as kept.")
            .int("end", "The first code point after them.")
            .text("exact", "The words.")
    }

    pub(super) fn add(&mut self, row: Row) {
        debug_assert_eq!(row.0.len(), self.columns.len(), "a row of {} fits its columns", self.name);
        self.rows.push(row.0);
    }
}

/// A row as it is put together, cell by cell.
#[derive(Default)]
pub(super) struct Row(Vec<Cell>);

impl Row {
    pub(super) fn new() -> Self {
        Row::default()
    }

    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.0.push(Cell::Text(text.into()));
        self
    }

    /// Words, where there are any; what is empty was not reported.
    pub(super) fn maybe(mut self, text: Option<impl AsRef<str>>) -> Self {
        let text = text.as_ref().map(AsRef::as_ref).filter(|t| !t.is_empty());
        self.0.push(text.map_or(Cell::Empty, |t| Cell::Text(t.to_owned())));
        self
    }

    pub(super) fn int(mut self, number: usize) -> Self {
        self.0.push(Cell::Int(i64::try_from(number).unwrap_or(i64::MAX)));
        self
    }

    pub(super) fn number(mut self, number: Option<u32>) -> Self {
        self.0.push(number.map_or(Cell::Empty, |n| Cell::Int(i64::from(n))));
        self
    }

    pub(super) fn bool(mut self, yes: bool) -> Self {
        self.0.push(Cell::Bool(yes));
        self
    }

    pub(super) fn date(mut self, date: Option<Edtf>) -> Self {
        match date {
            Some(date) => {
                self.0.extend([Cell::Text(date.to_string()), Cell::Day(date.first_day()), Cell::Day(date.last_day())])
            }
            None => self.0.extend([Cell::Empty, Cell::Empty, Cell::Empty]),
        }
        self
    }

    pub(super) fn cite(self, index: &ReportIndex<'_>, at: &Citation) -> Self {
        let span = at.span();
        let row = self.text(at.report().as_str()).text(index.outlet(at.report()));
        let source = index.report(at.report()).map(|h| h.source.as_str());
        row.maybe(source).number(Some(span.start())).number(Some(span.end())).text(at.exact())
    }

    /// The citation of a fact, or empty cells where it rests on other facts only.
    pub(super) fn cite_first(self, index: &ReportIndex<'_>, at: Option<&Citation>) -> Self {
        match at {
            Some(at) => self.cite(index, at),
            None => (0..6).fold(self, |row, _| row.maybe(None::<&str>)),
        }
    }
}

/// Ids in one cell, with a space between: none of them holds one.
pub(super) fn list<T: std::fmt::Display>(ids: &[T]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.join(" ")
}
