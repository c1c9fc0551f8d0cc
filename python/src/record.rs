//! A record as Python holds it: the facts stay in Rust, and go out as JSON or as a brief.

use std::path::PathBuf;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rapporteur::brief::{self, Style};
use rapporteur::export::table::{Cell, tables};
use rapporteur::{Findings, Report};

use crate::input::Failed;

/// What many reports say together, and what came of the rest.
#[pyclass(frozen, module = "rapporteur._rapporteur")]
pub struct Record {
    record: rapporteur::Record,
    reports: Vec<Report>,
    failed: Vec<Failed>,
    warnings: Vec<String>,
    skipped: Vec<(PathBuf, String)>,
}

impl Record {
    /// Puts findings together; reports without a date are lent that of those beside them.
    pub(crate) fn of(
        py: Python<'_>,
        reports: Vec<Report>,
        findings: Vec<Findings>,
        failed: Vec<Failed>,
        warnings: Vec<String>,
        skipped: Vec<(PathBuf, String)>,
    ) -> Self {
        let record = py.detach(|| rapporteur::assemble(&reports, &rapporteur::infer_missing_dates(&reports, findings)));
        Record { record, reports, failed, warnings, skipped }
    }
}

#[pymethods]
impl Record {
    /// A record that was written as JSON before, without the texts of its reports.
    #[staticmethod]
    fn from_json(json: &str) -> PyResult<Self> {
        let record =
            serde_json::from_str(json).map_err(|e| PyValueError::new_err(format!("this is no record: {e}")))?;
        Ok(Record { record, reports: Vec::new(), failed: Vec::new(), warnings: Vec::new(), skipped: Vec::new() })
    }

    /// The record as JSON, the same bytes as `rapporteur record` writes.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        let json = py.detach(|| serde_json::to_string_pretty(&self.record));
        let json = json.map_err(|e| PyValueError::new_err(format!("the record cannot be written as JSON: {e}")))?;
        Ok(json + "\n")
    }

    /// The brief: "text", "markdown" or "html"; the rest is for text only.
    #[pyo3(signature = (format="text", width=96, citations=false, all=false))]
    fn brief(&self, py: Python<'_>, format: &str, width: usize, citations: bool, all: bool) -> PyResult<String> {
        let style = Style { width: width.max(24), citations, all, ..Style::default() };
        match format {
            "text" => Ok(py.detach(|| brief::text(&self.record, &style))),
            "markdown" | "md" => Ok(py.detach(|| brief::markdown(&self.record))),
            "html" => Ok(py.detach(|| brief::html(&self.record))),
            other => {
                let what = format!("there is no brief as {other:?}; there are 'text', 'markdown' and 'html'");
                Err(PyValueError::new_err(what))
            }
        }
    }

    /// Proves that every citation reads in the reports just as the record gives it.
    ///
    /// # Errors
    /// One does not, or a report is not here.
    pub fn verify(&self) -> PyResult<()> {
        self.record.verify(&self.reports).map_err(|e| PyValueError::new_err(e.to_string()))
    }

    /// The id and the kept text of each report.
    fn texts(&self) -> Vec<(&str, &str)> {
        self.reports.iter().map(|r| (r.id().as_str(), r.text.as_str())).collect()
    }

    /// What could not be read: path, what is wrong, what to do.
    fn failed(&self) -> Vec<(&str, &str, &str)> {
        self.failed.iter().map(|f| (f.path.as_str(), f.what.as_str(), f.help.as_str())).collect()
    }

    /// Things worth a word that hindered nothing.
    fn warnings(&self) -> Vec<String> {
        self.warnings.clone()
    }

    /// Files of folders that are no reports, each with the reason.
    fn skipped(&self) -> Vec<(String, &str)> {
        self.skipped.iter().map(|(path, why)| (path.display().to_string(), why.as_str())).collect()
    }

    /// The tables that an export writes: name, what a row is, columns (name, type, what it says), rows; a day as ISO 8601.
    fn tables(&self, py: Python<'_>) -> Vec<Table> {
        py.detach(|| tables(&self.record, &self.reports).into_iter().map(table).collect())
    }
}

/// A table as Python is handed it.
type Table = (&'static str, &'static str, Vec<(&'static str, &'static str, &'static str)>, Vec<Vec<Option<Value>>>);

/// A value as Python is handed it.
#[derive(IntoPyObject)]
enum Value {
    Text(String),
    Int(i64),
    Bool(bool),
}

fn table(table: rapporteur::export::table::Table) -> Table {
    let columns = table.columns.iter().map(|c| (c.name, c.kind.as_str(), c.doc)).collect();
    let rows = table.rows.into_iter().map(|row| row.into_iter().map(value).collect()).collect();
    (table.name, table.doc, columns, rows)
}

fn value(cell: Cell) -> Option<Value> {
    match cell {
        Cell::Empty => None,
        Cell::Int(number) => Some(Value::Int(number)),
        Cell::Bool(yes) => Some(Value::Bool(yes)),
        Cell::Text(words) | Cell::Id(words) => Some(Value::Text(words)),
        cell @ (Cell::Day(_) | Cell::List(_)) => Some(Value::Text(cell.plain())),
    }
}
