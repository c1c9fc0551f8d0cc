//! What can be typed after `rapporteur export`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use rapporteur::export::Format;

use super::ReportsArgs;

/// The arguments of `rapporteur export`.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXPORT_EXAMPLES)]
#[command(override_usage = "rapporteur export [OPTIONS] --format <FORMAT> <PATH>...\n       \
                            rapporteur export [OPTIONS] --format <FORMAT> --from <FILE>")]
pub struct ExportArgs {
    /// The form to hand the record on in
    #[arg(short, long, value_enum)]
    pub format: ExportFormat,
    /// Write to this file instead of standard output, whole or not at all; of csv and parquet, the folder for the files
    #[arg(short, long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Only this one of the tables of csv and parquet (reports, statements, meetings …), to standard output or a file
    #[arg(long, value_name = "NAME")]
    pub table: Option<String>,
    /// Put ' before CSV cells that a spreadsheet would take for a formula; it changes the words
    #[arg(long)]
    pub guard_formulas: bool,
    /// The reports and what is known about them.
    #[command(flatten)]
    pub reports: ReportsArgs,
}

/// In which form a record is handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Every cited place as a W3C Web Annotation (JSON-LD), for tools that mark up pages and texts
    #[value(alias = "annotations")]
    WebAnnotation,
    /// Articles, quotations and events in the words of schema.org (JSON-LD), for the web and for knowledge graphs
    SchemaOrg,
    /// A folder of tables, one for each kind of fact, for spreadsheets, R and pandas
    Csv,
    /// The same tables with their types, for Spark, DuckDB and Arrow (a build with the feature 'parquet')
    Parquet,
    /// Meetings and stances as events by PLOVER in the columns of POLECAT, for those who count events
    Plover,
    /// Meetings still to come, for calendars
    #[value(alias = "ics")]
    Icalendar,
    /// One note in Markdown with a footnote for every citation, for Obsidian, GitHub and pandoc
    #[value(alias = "markdown", alias = "md")]
    Notes,
    /// The reports as a bibliography, for LaTeX and JabRef
    #[value(alias = "bib")]
    Bibtex,
    /// The reports as a bibliography, for Zotero, pandoc and word processors
    #[value(alias = "csl")]
    CslJson,
    /// People, bodies, articles, meetings and statements as entities, a line each, for Aleph and OpenAleph
    #[value(alias = "ftm")]
    Followthemoney,
}

impl From<ExportFormat> for Format {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::WebAnnotation => Format::WebAnnotation,
            ExportFormat::SchemaOrg => Format::SchemaOrg,
            ExportFormat::Csv => Format::Csv,
            ExportFormat::Parquet => Format::Parquet,
            ExportFormat::Plover => Format::Plover,
            ExportFormat::Icalendar => Format::ICalendar,
            ExportFormat::Notes => Format::Notes,
            ExportFormat::Bibtex => Format::Bibtex,
            ExportFormat::CslJson => Format::CslJson,
            ExportFormat::Followthemoney => Format::FollowTheMoney,
        }
    }
}

const EXPORT_EXAMPLES: &str = "\
Examples:
  rapporteur export reports/ --format csv --out tables/
  rapporteur export reports/ --format csv --table statements | head
  rapporteur export --from talks.dossier --format icalendar --out talks.ics
  rapporteur export --from talks.dossier --story t3x9 --format notes --out ~/vault/talks.md
  rapporteur export reports/ --format plover | cut -f 2,3,8,16
  rapporteur export --from talks.dossier --as-of 2025-11-24 --format followthemoney | ftm validate

Every row and every entity carries the citation it rests on: report, outlet, source, first and last
place in Unicode code points, and the exact words. Ids are those of 'rapporteur record'. The same
reports give the same bytes. What each form holds and leaves out stands in docs/formats.md.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_called_the_same_here_as_in_the_crate() {
        let here: Vec<String> = ExportFormat::value_variants()
            .iter()
            .filter_map(|f| Some(f.to_possible_value()?.get_name().to_owned()))
            .collect();
        let there: Vec<&str> = Format::ALL.iter().map(|f| f.word()).collect();
        assert_eq!(here, there);
        assert!(ExportFormat::value_variants().iter().zip(Format::ALL).all(|(f, format)| Format::from(*f) == format));
    }
}
