//! Hands a record on: to spreadsheets, calendars, notes, bibliographies, event data, investigations and the web.
//!
//! Every form is a pure function of the [`Record`] (and, for the words around a citation, of the reports): nothing is
//! read, nothing is added that the record does not say, and the same record gives the same bytes.
//! 1. **[`Format`]** names the forms and says what each is for.
//! 2. **[`export()`]** writes one: a single file, or a file for each kind of fact.
//! 3. **[`table`]** has the facts as rows and columns, for whoever wants them without a file.
//!
//! Ids are those of the record. Every row and every entity carries the citation it rests on: report, outlet, source,
//! first and last place in Unicode code points, and the exact words.

use rapporteur_schema::{Record, Report};

mod annotation;
mod bibliography;
mod calendar;
mod cited;
mod file;
mod format;
mod ftm;
mod index;
mod note;
mod plover;
mod schema_org;
mod sector;
pub mod table;

pub use file::{Error, File, Options};
pub use format::Format;

use index::ReportIndex;

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
    let record = record.sane();
    let index = ReportIndex::new(&record, reports);
    let single = |bytes: Vec<u8>| Ok(vec![File { name: format.file_name().to_owned(), bytes }]);
    match format {
        Format::WebAnnotation => single(annotation::write(&index)),
        Format::SchemaOrg => single(schema_org::write(&index)),
        Format::Csv => table::csv(&index, options),
        Format::Parquet => table::parquet(&index),
        Format::Plover => single(plover::write(&index)?),
        Format::ICalendar => single(calendar::write(&index)),
        Format::Notes => single(note::write(&index)),
        Format::Bibtex => single(bibliography::bibtex(&index)),
        Format::CslJson => single(bibliography::csl_json(&index)),
        Format::FollowTheMoney => single(ftm::write(&index)),
    }
}
