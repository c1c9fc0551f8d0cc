//! Rows of a table, as lists by the names of their columns, and the reports they stand for.

use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use rapporteur::{InputError, Metadata, Report};

/// The columns that are read; others are passed over.
const COLUMNS: [&str; 8] = ["text", "source", "outlet", "url", "published", "modified", "title", "byline"];

/// What is known of one report; a field is wrong where it holds something else than text.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// By the place of their names in [`COLUMNS`].
    fields: [Option<String>; COLUMNS.len()],
    wrong: Option<String>,
}

/// A report made of a row, and what else is to be said.
pub(crate) struct Made {
    /// The report.
    pub(crate) report: Report,
    /// What was told of it and could not be used.
    pub(crate) warning: Option<String>,
}

/// Something that could not be read.
#[derive(Clone, Debug)]
pub(crate) struct Failed {
    /// What was to be read.
    pub(crate) path: String,
    /// What is wrong.
    pub(crate) what: String,
    /// What to do.
    pub(crate) help: String,
}

impl Failed {
    pub(crate) fn of(error: &InputError) -> Self {
        Failed { path: error.path().display().to_string(), what: error.what(), help: error.help().into() }
    }

    /// All of it in a line.
    pub(crate) fn line(&self) -> String {
        let name = if self.path.is_empty() { "text" } else { &self.path };
        format!("{name}: {} ({})", self.what, self.help)
    }
}

/// The rows of a table.
///
/// # Errors
/// There is no text, or the lists have different lengths.
pub(crate) fn rows(columns: &Bound<'_, PyDict>) -> PyResult<Vec<Row>> {
    let mut lists: Vec<Option<Bound<'_, PyList>>> = Vec::new();
    for name in COLUMNS {
        lists.push(columns.get_item(name)?.map(|list| list.cast_into::<PyList>().map_err(PyErr::from)).transpose()?);
    }
    let Some(Some(texts)) = lists.first() else {
        return Err(PyKeyError::new_err("there is no column 'text': it holds the text of a report, a row a report"));
    };
    let count = texts.len();
    let mut rows = Vec::with_capacity(count);
    rows.resize_with(count, Row::default);
    for (at, (name, list)) in COLUMNS.into_iter().zip(&lists).enumerate() {
        let Some(list) = list else { continue };
        if list.len() != count {
            let what = format!("the column '{name}' has {} rows, and 'text' has {count}", list.len());
            return Err(PyValueError::new_err(what));
        }
        for (row, value) in rows.iter_mut().zip(list) {
            match value.extract::<Option<String>>() {
                Ok(field) => row.fields[at] = field,
                // Bytes, a number, a lone half of a surrogate pair.
                Err(e) => row.wrong = row.wrong.take().or(Some(format!("its '{name}' is no text: {e}"))),
            }
        }
    }
    Ok(rows)
}

impl Row {
    /// What the row is called where something is to be said of it.
    pub(crate) fn name(&self) -> &str {
        let [_, source, _, url, ..] = &self.fields;
        source.as_deref().or(url.as_deref()).unwrap_or_default()
    }

    /// The report it stands for.
    ///
    /// # Errors
    /// There is no text in it that can be read.
    pub(crate) fn report(&self) -> Result<Made, Failed> {
        if let Some(what) = &self.wrong {
            let help = "give strings; a date as 2025-11-25".into();
            return Err(Failed { path: self.name().into(), what: what.clone(), help });
        }
        let [text, _, outlet, url, published, modified, title, byline] = self.fields.each_ref().map(Option::as_deref);
        let about = Metadata { outlet, url, published, modified, title, byline };
        let made = rapporteur::from_text(self.name(), text.unwrap_or_default(), &about);
        let (report, wrong) = made.map_err(|e| Failed::of(&e))?;
        Ok(Made { report, warning: (!wrong.is_empty()).then(|| wrong.join("; ")) })
    }
}
