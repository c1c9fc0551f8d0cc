//! Tables as CSV (RFC 4180): UTF-8, a head, commas, lines that end with CR LF, quotes where a cell needs them.

use rapporteur_schema::phrase::harmless;

use super::types::{Cell, Table};
use crate::file::{Error, File, Options};
use crate::format::Format;

/// Writes every table, also those without a row, so that a script finds what it looks for.
pub(super) fn write(tables: &[Table], options: &Options) -> Result<Vec<File>, Error> {
    let file = |table: &Table| {
        let name = format!("{}.csv", table.name);
        let bytes = rows(table, options);
        bytes.map(|bytes| File { name: name.clone(), bytes }).map_err(|why| Error::Writing {
            file: name,
            format: Format::Csv,
            why,
        })
    };
    tables.iter().map(file).collect()
}

impl Table {
    /// As CSV (RFC 4180), with a head; with or without a guard against what a spreadsheet would run as a formula.
    pub fn csv(&self, options: &Options) -> String {
        // Writing into memory does not fail.
        String::from_utf8(rows(self, options).unwrap_or_default()).unwrap_or_default()
    }
}

fn rows(table: &Table, options: &Options) -> Result<Vec<u8>, String> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let message = |e: csv::Error| e.to_string();
    writer.write_record(table.columns.iter().map(|c| c.name)).map_err(message)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| words(cell, options))).map_err(message)?;
    }
    writer.into_inner().map_err(|e| e.to_string())
}

/// A cell as it is written: what would steer a terminal or a spreadsheet is U+FFFD. Numbers are never guarded: they are ours.
fn words(cell: &Cell, options: &Options) -> String {
    let words = harmless(&cell.plain()).into_owned();
    let from_reports = matches!(cell, Cell::Text(_) | Cell::Id(_) | Cell::List(_));
    match options.guard_formulas && from_reports && words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        true => format!("'{words}"),
        false => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::types::{Column, ColumnType};
    use proptest::prelude::*;

    fn one_cell(text: &str) -> Table {
        let column = |name, kind| Column { name, kind, doc: "" };
        let columns = vec![column("exact", ColumnType::Text), column("n", ColumnType::Int)];
        Table { name: "t", doc: "", columns, rows: vec![vec![Cell::Text(text.to_owned()), Cell::Int(1)]] }
    }

    fn read(bytes: &[u8]) -> Vec<String> {
        let mut reader = csv::Reader::from_reader(bytes);
        let row = reader.records().next().unwrap().unwrap();
        row.iter().map(ToOwned::to_owned).collect()
    }

    #[test]
    fn formulas_are_left_alone_unless_asked_for() {
        let table = one_cell("=HYPERLINK(\"x\")");
        assert_eq!(read(&rows(&table, &Options::default()).unwrap())[0], "=HYPERLINK(\"x\")");
        assert_eq!(read(&rows(&table, &Options { guard_formulas: true }).unwrap())[0], "'=HYPERLINK(\"x\")");
    }

    proptest! {
        #[test]
        fn any_words_come_back(text in "(\\PC|[\",;'\r\n\t\u{0}\u{202e}é中🦀=+@-]){0,40}") {
            let bytes = rows(&one_cell(&text), &Options::default()).unwrap();
            prop_assert_eq!(read(&bytes), vec![harmless(&text).into_owned(), "1".to_owned()]);
        }
    }
}
