//! What the commands list: rows for a terminal, as CSV for a spreadsheet, as JSON for other programs.
//!
//! The tables themselves are those of `rapporteur-export`; a list picks columns of them, and says which a terminal shows.
//! There is one for each command that lists facts ([`statements`], [`meetings`], [`differences`], [`timeline`],
//! [`changes()`]), and whoever has rows of another kind makes one with [`List::new`].

mod facts;
mod layout;

use rapporteur_export::Options;
pub use rapporteur_export::table::Cell;
use rapporteur_export::table::{Column, ColumnType, Table};
use serde_json::Value;

pub use facts::{changes, differences, meetings, statements, timeline};

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

    /// As text of this many columns.
    pub fn text(&self, width: usize) -> String {
        layout::text(self, width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> List {
        let mut list = List::new(&["who", "-place", "what"], "nobody said anything");
        list.push(vec![Cell::text("Ana"), Cell::Int(3), Cell::text("=SUM(A1), \"really\"")]);
        list.push(vec![Cell::Empty, Cell::Int(-4), Cell::List(vec!["a".into(), "b".into()])]);
        list
    }

    #[test]
    fn csv_is_quoted_and_starts_no_formula() {
        let csv = "who,place,what\r\nAna,3,\"'=SUM(A1), \"\"really\"\"\"\r\n,-4,a; b\r\n";
        assert_eq!(list().csv(), csv);
    }

    #[test]
    fn an_id_is_shown_by_its_first_letters_as_long_as_they_tell_it_apart() {
        let mut list = List::new(&["id", "what"], "nothing");
        for id in ["r3wkk22464c", "r3wkk97bw0d", "rh9vzkdfsjf", "r3wkk22464c"] {
            list.push(vec![Cell::id(id), Cell::text("a report")]);
        }
        assert_eq!(list.text(40).lines().nth(1), Some("r3wkk2  a report"));
        assert!(list.csv().contains("r3wkk22464c,a report"));
        assert_eq!(list.json()[2]["id"], "rh9vzkdfsjf");
        list.push(vec![Cell::id("r3wkk2x"), Cell::text("another")]);
        assert_eq!(list.text(40).lines().nth(1), Some("r3wkk22  a report"));
    }

    #[test]
    fn text_fits_its_width_and_says_when_there_is_nothing() {
        let mut list = list();
        list.push(vec![Cell::text("Bo"), Cell::Int(1), Cell::text("many words ".repeat(12))]);
        let text = list.text(40);
        assert!(text.lines().all(|l| l.chars().count() <= 40), "{text}");
        assert!(!text.contains("place") && text.starts_with("who  what"), "{text}");
        list.table.rows.clear();
        assert_eq!(list.text(40), "nobody said anything\n");
    }
}
