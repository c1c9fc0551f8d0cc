//! Hands a record on: to spreadsheets, calendars, notes, bibliographies, event data, investigations and the web.
//!
//! Every form is a pure function of the [`Record`] (and, for the words around a citation, of the reports): nothing is
//! read, nothing is added that the record does not say, and the same record gives the same bytes.
//! 1. **[`Format`]** names the forms and says what each is for.
//! 2. **[`export()`]** writes one: a single file, or a file for each kind of fact.
//!
//! Ids are those of the record. Every row and every entity carries the citation it rests on: report, outlet, source,
//! first and last place in Unicode code points, and the exact words.

use rapporteur_schema::{Record, Report};

mod annotation;
mod bibliography;
mod calendar;
mod cited;
mod country;
mod format;
mod ftm;
mod note;
mod plover;
mod schema_org;
mod sector;
mod story;
mod table;

pub use format::Format;

use story::Story;

/// One file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without a folder.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// How an export is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Put `'` before a CSV cell that a spreadsheet would take for a formula (one that begins with `=`, `+`, `-`, `@`,
    /// a tab or a carriage return). Changes the words, so it is off unless asked for.
    pub guard_formulas: bool,
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// This program was built without the feature that writes the format.
    #[error("{0} is not part of this program: it was built without the feature 'parquet'")]
    NotBuilt(Format),
    /// A file could not be put together.
    #[error("{file} cannot be written as {format}: {why}")]
    Writing {
        /// The file.
        file: String,
        /// The form it was to have.
        format: Format,
        /// What is wrong.
        why: String,
    },
}

/// Writes a record in one form.
///
/// `reports` are those of the record, for the words around a citation and those of a mention; a report that is not
/// among them is done without.
///
/// # Errors
/// The format is not part of this program, or a file of it cannot be put together.
///
/// # Example
/// ```
/// use rapporteur_export::{Format, Options, export};
/// use rapporteur_schema::{MadeWith, Record, SCHEMA};
/// # let record: Record = serde_json::from_value(serde_json::json!({
/// #     "schema": SCHEMA, "made_with": {"version": "0", "model": null}, "reports": [], "entities": [], "dates": [],
/// #     "statements": [], "utterances": [], "meetings": [], "proposals": [], "issues": [], "positions": [],
/// #     "conditions": [], "discrepancies": [], "only_in": [], "reuse": []
/// # })).unwrap();
/// let files = export(Format::Csv, &record, &[], &Options::default())?;
/// assert!(files.iter().any(|f| f.name == "statements.csv"));
/// # Ok::<(), rapporteur_export::Error>(())
/// ```
pub fn export(format: Format, record: &Record, reports: &[Report], options: &Options) -> Result<Vec<File>, Error> {
    let story = Story::new(record, reports);
    let single = |bytes: Vec<u8>| Ok(vec![File { name: format.file_name().to_owned(), bytes }]);
    match format {
        Format::WebAnnotation => single(annotation::write(&story)),
        Format::SchemaOrg => single(schema_org::write(&story)),
        Format::Csv => table::csv::write(&story, options),
        Format::Parquet => table::parquet(&story),
        Format::Plover => single(plover::write(&story)?),
        Format::ICalendar => single(calendar::write(&story)),
        Format::Notes => single(note::write(&story)),
        Format::Bibtex => single(bibliography::bibtex(&story)),
        Format::CslJson => single(bibliography::csl_json(&story)),
        Format::FollowTheMoney => single(ftm::write(&story)),
    }
}

/// What every reader of Rapporteur's exports may hold on to: a name for a thing of a record that is no web address.
fn urn(kind: &str, id: &str) -> String {
    format!("urn:rapporteur:{kind}:{id}")
}

/// JSON for people and programs, with a line end at the end.
fn json(value: &serde_json::Value) -> Vec<u8> {
    // A value that was built here has only strings for keys, so it can always be written.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
