//! Facts as rows and columns: for a terminal, as CSV for a spreadsheet, as JSON for other programs.
//!
//! A sheet is drawn from a record by the functions here ([`statements`],
//! [`meetings`], [`differences`], [`timeline`], [`changes()`]), or
//! filled by whoever has rows of another kind.

mod facts;
mod lay;

use serde_json::{Map, Value};

pub use facts::{changes, differences, meetings, statements, timeline};

/// One value of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is known.
    Nothing,
    /// Words.
    Text(String),
    /// The id of a fact or a report. A terminal shows its first letters, which every command understands.
    Id(String),
    /// A number.
    Number(i64),
    /// Several values; in CSV and on a terminal joined by "; ".
    List(Vec<String>),
}

impl Cell {
    /// Words, or nothing where there are none.
    pub fn text(words: impl Into<String>) -> Cell {
        match words.into() {
            words if words.is_empty() => Cell::Nothing,
            words => Cell::Text(words),
        }
    }

    /// These words where they are known.
    pub fn maybe(words: Option<impl Into<String>>) -> Cell {
        words.map_or(Cell::Nothing, |w| Cell::text(w))
    }

    /// The id of something.
    pub fn id(id: impl ToString) -> Cell {
        Cell::Id(id.to_string())
    }

    fn plain(&self) -> String {
        match self {
            Cell::Nothing => String::new(),
            Cell::Text(words) | Cell::Id(words) => words.clone(),
            Cell::Number(n) => n.to_string(),
            Cell::List(all) => all.join("; "),
        }
    }

    fn json(&self) -> Value {
        match self {
            Cell::Nothing => Value::Null,
            Cell::Text(words) | Cell::Id(words) => Value::from(words.as_str()),
            Cell::Number(n) => Value::from(*n),
            Cell::List(all) => Value::from(all.clone()),
        }
    }
}

/// A column of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name: the head of the column, and the key in JSON.
    pub name: &'static str,
    /// Whether a terminal shows it; CSV and JSON have every column.
    pub shown: bool,
}

/// Rows and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
    /// What to say where there is no row.
    pub empty: &'static str,
}

impl Sheet {
    /// An empty sheet. A name with a leading "-" is a column that a terminal does not show.
    pub fn new(columns: &[&'static str], empty: &'static str) -> Self {
        let column = |name: &&'static str| match name.strip_prefix('-') {
            Some(name) => Column { name, shown: false },
            None => Column { name, shown: true },
        };
        Sheet { columns: columns.iter().map(column).collect(), rows: Vec::new(), empty }
    }

    /// Appends a row.
    pub fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.columns.len());
        self.rows.push(row);
    }

    /// As an array of objects.
    pub fn json(&self) -> Value {
        let object = |row: &Vec<Cell>| {
            let fields = self.columns.iter().zip(row).map(|(c, cell)| (c.name.to_owned(), cell.json()));
            Value::Object(fields.collect::<Map<_, _>>())
        };
        Value::Array(self.rows.iter().map(object).collect())
    }

    /// As CSV (RFC 4180), with a head.
    ///
    /// A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line end) is
    /// led by an apostrophe, for what stands there comes from pages of strangers.
    pub fn csv(&self) -> String {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let safe = |cell: &Cell| match cell {
            Cell::Number(n) => n.to_string(),
            cell => match cell.plain() {
                words if words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) => format!("'{words}"),
                words => words,
            },
        };
        // Writing into memory does not fail.
        let _ = writer.write_record(self.columns.iter().map(|c| c.name));
        for row in &self.rows {
            let _ = writer.write_record(row.iter().map(safe));
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    /// As text of this many columns.
    pub fn text(&self, width: usize) -> String {
        lay::text(self, width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let mut sheet = Sheet::new(&["who", "-place", "what"], "nobody said anything");
        sheet.push(vec![Cell::text("Ana"), Cell::Number(3), Cell::text("=SUM(A1), \"really\"")]);
        sheet.push(vec![Cell::Nothing, Cell::Number(-4), Cell::List(vec!["a".into(), "b".into()])]);
        sheet
    }

    #[test]
    fn csv_is_quoted_and_starts_no_formula() {
        let csv = "who,place,what\r\nAna,3,\"'=SUM(A1), \"\"really\"\"\"\r\n,-4,a; b\r\n";
        assert_eq!(sheet().csv(), csv);
    }

    #[test]
    fn json_has_every_column() {
        let json = sheet().json();
        assert_eq!(json[1], serde_json::json!({"who": null, "place": -4, "what": ["a", "b"]}));
    }

    #[test]
    fn an_id_is_shown_by_its_first_letters_as_long_as_they_tell_it_apart() {
        let mut sheet = Sheet::new(&["id", "what"], "nothing");
        for id in ["r3wkk22464c", "r3wkk97bw0d", "rh9vzkdfsjf", "r3wkk22464c"] {
            sheet.push(vec![Cell::id(id), Cell::text("a report")]);
        }
        assert_eq!(sheet.text(40).lines().nth(1), Some("r3wkk2  a report"));
        assert!(sheet.csv().contains("r3wkk22464c,a report"));
        assert_eq!(sheet.json()[2]["id"], "rh9vzkdfsjf");
        sheet.push(vec![Cell::id("r3wkk2x"), Cell::text("another")]);
        assert_eq!(sheet.text(40).lines().nth(1), Some("r3wkk22  a report"));
    }

    #[test]
    fn text_fits_its_width_and_says_when_there_is_nothing() {
        let mut sheet = sheet();
        sheet.push(vec![Cell::text("Bo"), Cell::Number(1), Cell::text("many words ".repeat(12))]);
        let text = sheet.text(40);
        assert!(text.lines().all(|l| l.chars().count() <= 40), "{text}");
        assert!(!text.contains("place") && text.starts_with("who  what"), "{text}");
        sheet.rows.clear();
        assert_eq!(sheet.text(40), "nobody said anything\n");
    }
}
