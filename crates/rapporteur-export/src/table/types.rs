//! What a table is: columns with types, rows of cells.

use jiff::civil::Date;
use serde_json::{Map, Value};

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
    /// No value.
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

impl Table {
    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }

    /// The cells of a row by the names of their columns, in that order; [`Cell::Empty`] for a column that is not there.
    pub fn cells<const N: usize>(&self, row: &[Cell], names: [&str; N]) -> [Cell; N] {
        names.map(|name| self.column(name).and_then(|c| row.get(c)).cloned().unwrap_or(Cell::Empty))
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
