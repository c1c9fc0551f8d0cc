//! A list: a table of export's, and how a terminal shows it.

use rapporteur_export::Options;
use rapporteur_export::table::{Cell, Column, ColumnType, Table};
use serde_json::Value;

/// A table, and how a terminal shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The rows and columns.
    pub table: Table,
    /// For each column whether a terminal shows it; CSV and JSON have every column.
    pub shown: Vec<bool>,
    /// What to say where there is no row.
    pub empty: &'static str,
}

impl List {
    /// An empty list. A name with a leading "-" is a column that a terminal does not show.
    pub fn new(columns: &[&'static str], empty: &'static str) -> Self {
        let column = |name: &&'static str| Column {
            name: name.strip_prefix('-').unwrap_or(name),
            kind: ColumnType::Text,
            doc: "",
        };
        let shown = columns.iter().map(|name| !name.starts_with('-')).collect();
        let table = Table { name: "", doc: "", columns: columns.iter().map(column).collect(), rows: Vec::new() };
        List { table, shown, empty }
    }

    /// Appends a row, with a cell for every column.
    pub fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.table.columns.len());
        self.table.rows.push(row);
    }

    /// As an array of objects.
    pub fn json(&self) -> Value {
        self.table.json()
    }

    /// As CSV (RFC 4180), with a head.
    ///
    /// A cell that a spreadsheet would take for a formula is led by an apostrophe, for what stands there comes from pages
    /// of strangers.
    pub fn csv(&self) -> String {
        self.table.csv(&Options { guard_formulas: true })
    }
}
