//! Rapporteur inside Python: what is compiled of the module `rapporteur`.
//!
//! Three things are done here, all of them by the facade crate: [`read`] makes a record of files, [`findings`] reads texts
//! one by one, and [`assemble`] makes a record of what was read so. What they give is plain (strings, tuples, one
//! [`Record`]); the names, docstrings and tables that people use are Python, in `rapporteur/`. The lock of the interpreter
//! is not held while reading, and Ctrl-C is heard.

mod input;
mod record;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use rapporteur::source::{Fetch, Fetcher, Policy};
use rapporteur::{Findings, Options, Report, ReportFindings, ReportId};

use input::{Failed, Made, Row};
pub use record::Record;

/// The compiled part of `rapporteur`.
#[pymodule]
mod _rapporteur {
    #[pymodule_export]
    use super::{Record, assemble, findings, made_with, read, read_quickly};

    /// Workers of Spark are told by their environment.
    #[pymodule_init]
    fn init(_module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
        if std::env::var_os("RAPPORTEUR_QUICK").is_some_and(|v| !v.is_empty() && v != "0") {
            super::read_quickly();
        }
        Ok(())
    }
}

/// What makes findings: the version of this program, the form of its findings, the language model.
#[pyfunction]
fn made_with() -> String {
    rapporteur::producer()
}

/// Reads the reports that these paths name and puts them together; what could not be read stands in the record. `pdf_reader` is the
/// command `rapporteur`, which reads a PDF in a process of its own; without it a PDF is told and not read.
///
/// # Errors
/// The date cannot be read, or somebody pressed Ctrl-C.
#[pyfunction]
#[pyo3(signature = (paths, outlet=None, published=None, fetch=false, threads=None, pdf_reader=None))]
fn read(
    py: Python<'_>,
    paths: Vec<PathBuf>,
    outlet: Option<String>,
    published: Option<String>,
    fetch: bool,
    threads: Option<usize>,
    pdf_reader: Option<PathBuf>,
) -> PyResult<Record> {
    let published = published.map(|p| p.parse::<rapporteur::Edtf>()).transpose();
    let published = published.map_err(|e| PyValueError::new_err(format!("published: {e}")))?;
    let options = Options { published, outlet, pdf_reader, ..Options::default() };
    let gathered = py.detach(|| {
        let mut web = fetch.then(|| Fetcher::new(Policy::default()));
        rapporteur::gather_with(&paths, &options, web.as_mut().map(|w| w as &mut dyn Fetch))
    });
    let found = work::each(py, &gathered.reports, threads, rapporteur::findings)?;
    let failed = gathered.failed.iter().map(Failed::of).collect();
    let skipped = gathered.skipped.into_iter().map(|s| (s.path, s.why)).collect();
    Ok(Record::of(py, gathered.reports, found, failed, gathered.warnings, skipped))
}

/// The most bytes the findings of one report may have as JSON: a column of Arrow's strings holds twice as much.
const LIMIT: usize = 1 << 30;

/// One row of what [`findings`] gives: the report's id, its findings as a line of JSON, why there are none, what else is to
/// be said.
type Found = (Option<String>, Option<String>, Option<String>, Option<String>);

/// What each of some texts says by itself, row by row; a row that cannot be read says why and hinders no other.
///
/// `columns` are lists of one length by name: `text`, and any of `source`, `outlet`, `url`, `published`, `modified`, `title`,
/// `byline`.
///
/// # Errors
/// There is no column `text`, columns have different lengths, or somebody pressed Ctrl-C.
#[pyfunction]
#[pyo3(signature = (columns, threads=None))]
fn findings(py: Python<'_>, columns: &Bound<'_, PyDict>, threads: Option<usize>) -> PyResult<Vec<Found>> {
    let rows = input::rows(columns)?;
    let threads = threads.or(Some(1)); // those who read rows have a process a core already
    work::each(py, &rows, threads, |row| {
        // No text should make the reading panic; if one does, the others are still to be read.
        let read = std::panic::catch_unwind(|| found(row));
        read.unwrap_or_else(|_| {
            let what = "the reading broke off: this is a fault of rapporteur; please report it with the text";
            (None, None, Some(what.to_owned()), None)
        })
    })
}

/// From now on this process reads without the tagger: quicker, and less is found. Workers of Spark are told by the variable
/// `RAPPORTEUR_QUICK=1`, which is read when the module is loaded.
#[pyfunction]
fn read_quickly() {
    rapporteur::read_quickly();
}

fn found(row: &Row) -> Found {
    let Made { report, warning } = match row.report() {
        Ok(made) => made,
        Err(failed) => return (None, None, Some(failed.line()), None),
    };
    let findings = rapporteur::findings(&report);
    let id = report.id().as_str().to_owned();
    match serde_json::to_string(&ReportFindings { source: &report.head.source, findings }) {
        Ok(json) if json.len() <= LIMIT => (Some(id), Some(json), None, warning),
        Ok(json) => {
            let what = format!("the findings have {} bytes, more than the limit of {LIMIT}; cut the text", json.len());
            (Some(id), None, Some(what), warning)
        }
        Err(e) => (Some(id), None, Some(format!("the findings cannot be written as JSON: {e}")), warning),
    }
}

/// Puts texts together that were read one by one; where no findings are given, the texts are read here.
///
/// `findings` are lines as [`findings`] gives them, in any order: each knows its report. What has none among them is told as
/// failed. A text that comes twice (same words, source, outlet and address) is one report.
///
/// # Errors
/// As [`findings`]; some findings are no JSON of ours, or do not fit the text they are about.
#[pyfunction]
#[pyo3(signature = (columns, findings=None, threads=None))]
fn assemble(
    py: Python<'_>,
    columns: &Bound<'_, PyDict>,
    findings: Option<Vec<String>>,
    threads: Option<usize>,
) -> PyResult<Record> {
    let rows = input::rows(columns)?;
    let (mut reports, mut failed, mut warnings) = (Vec::new(), Vec::new(), Vec::new());
    let mut seen: BTreeSet<ReportId> = BTreeSet::new();
    for row in &rows {
        match row.report() {
            Err(f) => failed.push(f),
            Ok(Made { report, warning }) => {
                warnings.extend(warning.map(|w| format!("{}: {w}", row.name())));
                match seen.insert(report.id().clone()) {
                    true => reports.push(report),
                    false => warnings.push(format!("{}: given twice, read once", row.name())),
                }
            }
        }
    }
    let found = match findings {
        None => work::each(py, &reports, threads, rapporteur::findings)?,
        Some(lines) => py.detach(|| matched(&mut reports, &lines, &mut failed, &mut warnings))?,
    };
    let record = Record::of(py, reports, found, failed, warnings, Vec::new());
    record.verify().map_err(|e| PyValueError::new_err(format!("these findings are not of these texts: {e}")))?;
    Ok(record)
}

/// The findings of each report, found by its id; reports without any are taken out and told.
fn matched(
    reports: &mut Vec<Report>,
    lines: &[String],
    failed: &mut Vec<Failed>,
    warnings: &mut Vec<String>,
) -> PyResult<Vec<Findings>> {
    let mut by_id: BTreeMap<ReportId, Findings> = BTreeMap::new();
    for (n, line) in lines.iter().enumerate() {
        let one: ReportFindings<String, Findings> = serde_json::from_str(line).map_err(|e| {
            PyValueError::new_err(format!("findings, line {}: not what findings_batches gives: {e}", n + 1))
        })?;
        by_id.insert(one.findings.report.clone(), one.findings);
    }
    let mut found = Vec::with_capacity(reports.len());
    reports.retain(|report| {
        let theirs = by_id.remove(report.id());
        if theirs.is_none() {
            failed.push(Failed {
                path: report.head.source.clone(),
                what: "has no findings among those given".into(),
                help: "give the rows as they were read, with the same source, outlet and url".into(),
            });
        }
        let known = theirs.is_some();
        found.extend(theirs);
        known
    });
    if !by_id.is_empty() {
        warnings.push(format!("findings of {} reports that are not among these texts were left out", by_id.len()));
    }
    Ok(found)
}
