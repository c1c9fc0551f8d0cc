//! One report: one article of one outlet, its kept text, and what is known about it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Char, Citation, Edtf, Error, ReportId, Span, Text};

/// What a stretch of a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PassageKind {
    /// A title or a heading between paragraphs.
    Heading,
    /// What the outlet tells.
    Body,
    /// The text under a picture: place, date, picture credit.
    Caption,
    /// Who else worked on it ("With input from …").
    Credit,
    /// What stands on every page of a site: notices, menus, prompts, advertisements.
    Boilerplate,
}

/// A stretch of a report's text of one kind, in code points. The passages of a report tile its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Passage {
    /// First code point.
    pub start: u32,
    /// First code point after it.
    pub end: u32,
    /// What it is.
    pub kind: PassageKind,
}

impl Passage {
    /// Its place.
    pub fn span(self) -> Span<Char> {
        Span::new(self.start, self.end)
    }
}

/// How a report's date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Handed in with the report: a sidecar file, a flag, a feed.
    Given,
    /// Stated by the text: a dateline, a dated caption.
    Stated,
    /// Worked out from what the text tells.
    Inferred,
}

/// What is known about a report apart from its text; `reports` of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportHead {
    /// Its id.
    pub id: ReportId,
    /// The path or URL as given.
    pub source: String,
    /// SHA-256 of the original bytes, hexadecimal.
    pub sha256: String,
    /// The encoding the bytes were read in (its WHATWG name).
    pub encoding: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// How that is known.
    pub published_basis: Option<Basis>,
    /// Its language (BCP 47).
    pub language: String,
    /// Agencies it credits.
    pub credits: Vec<String>,
    /// What each stretch of the text is; they tile it.
    pub passages: Vec<Passage>,
}

/// One article of one outlet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What is known about it.
    pub head: ReportHead,
    /// Its text as kept.
    pub text: Text,
}

impl Report {
    /// A report of which nothing is known but its text, in English: every line is a paragraph of the body.
    ///
    /// # Example
    /// ```
    /// use rapporteur_schema::{Report, ReportId};
    /// let mut report = Report::plain(ReportId::new("r1"), "The weir stays open.\n\nNobody asked why.\n");
    /// assert_eq!(report.head.passages.len(), 2);
    /// report.head.published = Some("2025-11-25".parse()?);
    /// # Ok::<(), rapporteur_schema::Error>(())
    /// ```
    pub fn plain(id: ReportId, text: &str) -> Self {
        let mut passages: Vec<Passage> = Vec::new();
        let mut end = 0;
        for line in text.split_inclusive('\n') {
            let start = end;
            end += line.chars().count() as u32;
            match passages.last_mut() {
                // An empty line belongs to the paragraph before it.
                Some(last) if line.trim().is_empty() => last.end = end,
                _ => passages.push(Passage { start, end, kind: PassageKind::Body }),
            }
        }
        let head = ReportHead {
            source: id.as_str().to_owned(),
            id,
            sha256: crate::sha256(text.as_bytes()),
            encoding: "UTF-8".to_owned(),
            outlet: None,
            url: None,
            title: None,
            byline: None,
            published: None,
            published_basis: None,
            language: "en".to_owned(),
            credits: Vec::new(),
            passages,
        };
        Report { head, text: Text::new(text) }
    }

    /// Its id.
    pub fn id(&self) -> &ReportId {
        &self.head.id
    }

    /// Cites a place of it.
    ///
    /// # Errors
    /// The span is empty or reaches beyond the text.
    pub fn cite(&self, span: Span<Char>) -> Result<Citation, Error> {
        Citation::new(&self.head.id, &self.text, span)
    }

    /// Cites a place of it that is given in bytes of the text.
    ///
    /// # Errors
    /// The span is empty or reaches beyond the text.
    pub fn cite_bytes(&self, range: std::ops::Range<usize>) -> Result<Citation, Error> {
        self.cite(self.text.to_chars(Span::new(range.start as u32, range.end as u32)))
    }

    /// The passages of one kind, as ranges of bytes of the text.
    pub fn passages(&self, kind: PassageKind) -> impl Iterator<Item = std::ops::Range<usize>> {
        let of_kind = self.head.passages.iter().filter(move |p| p.kind == kind);
        of_kind.filter_map(|p| self.text.to_bytes(p.span())).map(|s| s.range())
    }
}
