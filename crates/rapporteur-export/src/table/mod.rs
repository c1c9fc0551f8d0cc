//! The record as flat tables, one for each kind of fact: defined once here, whoever reads them. CSV and Parquet write
//! them, the lists of the command pick columns of them, Python makes Arrow and pandas of them.
//!
//! Every table of facts ends with the columns of a citation; a fact with several has its first there, and all of them
//! stand in the table `citations`.

mod build;
mod csv;
mod names;
mod reports;
mod said;
mod terms;
mod types;

#[cfg(feature = "parquet")]
mod parquet;

use rapporteur_schema::{Record, Report};

#[cfg(not(feature = "parquet"))]
use crate::Format;
use crate::file::{Error, File, Options};
use crate::index::ReportIndex;
pub use types::{Cell, Column, ColumnType, Table};

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
    of(&ReportIndex::new(&record.sane(), reports))
}

/// The table of statements.
pub fn statements(record: &Record) -> Table {
    said::statements(&ReportIndex::new(&record.sane(), &[]))
}

/// The table of meetings.
pub fn meetings(record: &Record) -> Table {
    said::meetings(&ReportIndex::new(&record.sane(), &[]))
}

/// The table of discrepancies.
pub fn discrepancies(record: &Record) -> Table {
    reports::discrepancies(&ReportIndex::new(&record.sane(), &[]))
}

/// The tables as CSV.
pub(crate) fn csv(index: &ReportIndex<'_>, options: &Options) -> Result<Vec<File>, Error> {
    csv::write(&of(index), options)
}

pub(crate) fn of(index: &ReportIndex<'_>) -> Vec<Table> {
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
#[cfg(feature = "parquet")]
pub(crate) fn parquet(index: &ReportIndex<'_>) -> Result<Vec<File>, Error> {
    parquet::write(&of(index), &index.record.made_with.version)
}

/// Says that this program cannot.
#[cfg(not(feature = "parquet"))]
pub(crate) fn parquet(_: &ReportIndex<'_>) -> Result<Vec<File>, Error> {
    Err(Error::NotBuilt(Format::Parquet))
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
