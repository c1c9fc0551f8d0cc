//! The forms a record can be handed on in.

use std::fmt;

/// A form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// W3C Web Annotation as JSON-LD.
    WebAnnotation,
    /// schema.org as JSON-LD.
    SchemaOrg,
    /// A CSV file for each kind of fact (RFC 4180).
    Csv,
    /// The same tables as Apache Parquet.
    Parquet,
    /// Events by PLOVER in the columns of POLECAT, separated by tabs.
    Plover,
    /// iCalendar (RFC 5545).
    ICalendar,
    /// Markdown with footnotes.
    Notes,
    /// BibTeX and biblatex.
    Bibtex,
    /// CSL-JSON.
    CslJson,
    /// FollowTheMoney entities, one JSON object a line.
    FollowTheMoney,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 10] = [
        Format::WebAnnotation,
        Format::SchemaOrg,
        Format::Csv,
        Format::Parquet,
        Format::Plover,
        Format::ICalendar,
        Format::Notes,
        Format::Bibtex,
        Format::CslJson,
        Format::FollowTheMoney,
    ];

    /// Its name on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Format::WebAnnotation => "web-annotation",
            Format::SchemaOrg => "schema-org",
            Format::Csv => "csv",
            Format::Parquet => "parquet",
            Format::Plover => "plover",
            Format::ICalendar => "icalendar",
            Format::Notes => "notes",
            Format::Bibtex => "bibtex",
            Format::CslJson => "csl-json",
            Format::FollowTheMoney => "followthemoney",
        }
    }

    /// Whether it is a file for each kind of fact.
    pub fn many_files(self) -> bool {
        matches!(self, Format::Csv | Format::Parquet)
    }

    /// Whether this program was built with it.
    pub fn built(self) -> bool {
        self != Format::Parquet || cfg!(feature = "parquet")
    }

    /// What its file is best called; of a form with many files, the ending of each.
    pub fn file_name(self) -> &'static str {
        match self {
            Format::WebAnnotation => "annotations.jsonld",
            Format::SchemaOrg => "schema-org.jsonld",
            Format::Csv => ".csv",
            Format::Parquet => ".parquet",
            Format::Plover => "events.txt",
            Format::ICalendar => "meetings.ics",
            Format::Notes => "story.md",
            Format::Bibtex => "reports.bib",
            Format::CslJson => "reports.json",
            Format::FollowTheMoney => "entities.ftm.json",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
