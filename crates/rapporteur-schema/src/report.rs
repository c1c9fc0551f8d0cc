//! One report: one article of one outlet, its kept text, and what is known about it.

#[cfg(feature = "json-schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Char, Citation, Edtf, Error, ReportId, Span, Text, phrase, web_address};

/// What a stretch of a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Passage {
    /// First code point.
    pub start: u32,
    /// First code point after it.
    pub end: u32,
    /// What it is.
    pub kind: PassageKind,
}

impl Passage {
    /// Passages that tile a text, with others laid over them: where these lie, theirs is the kind. Both in order; passages of
    /// no length are left out.
    ///
    /// # Example
    /// ```
    /// use rapporteur_schema::{Passage, PassageKind::{Body, Boilerplate}};
    /// let body = [Passage { start: 0, end: 9, kind: Body }];
    /// let all = Passage::overlaid(&body, &[Passage { start: 3, end: 5, kind: Boilerplate }]);
    /// assert_eq!(all.iter().map(|p| (p.start, p.end)).collect::<Vec<_>>(), [(0, 3), (3, 5), (5, 9)]);
    /// ```
    pub fn overlaid(tiles: &[Passage], over: &[Passage]) -> Vec<Passage> {
        let mut out: Vec<Passage> = Vec::new();
        let mut push = |start: u32, end: u32, kind| {
            if start < end {
                out.push(Passage { start, end, kind });
            }
        };
        for tile in tiles {
            let mut at = tile.start;
            let first = over.partition_point(|o| o.end <= tile.start);
            for o in over.get(first..).unwrap_or_default().iter().take_while(|o| o.start < tile.end) {
                let (start, end) = (o.start.max(at), o.end.min(tile.end));
                push(at, start, tile.kind);
                push(start, end, o.kind);
                at = end.max(at);
            }
            push(at, tile.end, tile.kind);
        }
        out
    }

    /// Its place.
    pub fn span(self) -> Span<Char> {
        Span::new(self.start, self.end)
    }
}

/// How a report's date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Handed in with the report: a sidecar file, a flag, a feed.
    Given,
    /// Stated by the text: a dateline, a dated caption.
    Stated,
    /// Worked out from what the text tells.
    Inferred,
}

/// A part of the original that a stretch of the text was read from: a page, a row, a stretch of a recording.
///
/// It is the way back where bytes are none: those of a PDF are packed, and nobody opens a file at its byte 41,902.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
pub struct Part {
    /// First code point.
    pub start: u32,
    /// First code point after it.
    pub end: u32,
    /// What people call it: "page 3", "00:01:12".
    pub name: String,
    /// Why words quoted from it should be compared with the original before they are used, where they should.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<String>,
}

/// What is known about a report apart from its text; `reports` of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(JsonSchema))]
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
    /// When its outlet last changed it, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Edtf>,
    /// Its language (BCP 47).
    pub language: String,
    /// Agencies it credits.
    pub credits: Vec<String>,
    /// What each stretch of the text is; they tile it.
    pub passages: Vec<Passage>,
    /// The parts of the original, in order, where it has such: pages, stretches of a recording. They do not overlap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
}

impl ReportHead {
    /// The head of a report of which nothing is known but its id and where it is from.
    pub fn new(id: ReportId, source: impl Into<String>) -> Self {
        ReportHead {
            id,
            source: source.into(),
            sha256: String::new(),
            encoding: "UTF-8".into(),
            outlet: None,
            url: None,
            title: None,
            byline: None,
            published: None,
            published_basis: None,
            modified: None,
            language: "en".into(),
            credits: Vec::new(),
            passages: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// Whether it is in English as far as is known: the language in which reports are read.
    pub fn is_english(&self) -> bool {
        let main = self.language.split(['-', '_']).next().unwrap_or_default();
        main.is_empty() || main.eq_ignore_ascii_case("en") || main.eq_ignore_ascii_case("eng")
    }

    /// The parts that a span of the text stands in.
    pub fn parts_at(&self, span: Span<Char>) -> &[Part] {
        let first = self.parts.partition_point(|p| p.end <= span.start());
        let last = self.parts.partition_point(|p| p.start < span.end());
        self.parts.get(first..last).unwrap_or_default()
    }

    /// Where a span stands and what to beware of there, in words: "page 3", "pages 3 and 4; compare …". Nothing where the
    /// original has no parts.
    pub fn place_in_words(&self, span: Span<Char>) -> Option<String> {
        let parts = self.parts_at(span);
        let (first, last) = (parts.first()?, parts.last()?);
        let mut words = match first.name == last.name {
            true => first.name.clone(),
            false => format!("{} to {}", first.name, last.name),
        };
        if let Some(doubt) = parts.iter().find_map(|p| p.doubt.as_deref()) {
            words.push_str("; ");
            words.push_str(doubt);
        }
        Some(words)
    }

    /// Whether [`sanitize`](Self::sanitize) would leave it as it is.
    pub fn is_sane(&self) -> bool {
        let clean = |text: &str| phrase::clean(text) == text;
        let texts = [&self.outlet, &self.title, &self.byline];
        texts.into_iter().flatten().all(|text| clean(text) && !text.is_empty())
            && self.credits.iter().all(|credit| clean(credit))
            && self.parts.iter().all(|part| clean(&part.name) && part.doubt.as_deref().is_none_or(clean))
            && clean(&self.language)
            && self.url.as_deref().is_none_or(|url| web_address(url).as_deref() == Some(url))
    }

    /// Makes of what a report says of itself what any face may show: names and titles on one line, without what steers a
    /// terminal or turns the direction of writing; an address that is a link ([`web_address`]), or none. Gives back the
    /// address that was none.
    pub fn sanitize(&mut self) -> Option<String> {
        for text in [&mut self.outlet, &mut self.title, &mut self.byline] {
            *text = text.take().map(|text| phrase::clean(&text)).filter(|text| !text.is_empty());
        }
        self.credits.iter_mut().for_each(|credit| *credit = phrase::clean(credit));
        self.language = phrase::clean(&self.language);
        for part in &mut self.parts {
            part.name = phrase::clean(&part.name);
            part.doubt = part.doubt.take().map(|doubt| phrase::clean(&doubt));
        }
        let url = self.url.take()?;
        self.url = web_address(&url).map(|address| address.into_owned());
        self.url.is_none().then_some(url)
    }
}

/// A stretch of kept text and the bytes of the original that it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePiece {
    /// First code point of the kept text.
    pub start: u32,
    /// First code point after it.
    pub end: u32,
    /// First byte of the original.
    pub from: u32,
    /// First byte after it.
    pub to: u32,
}

/// Leads from the kept text back to the original bytes (a page, a record of an archive), so that a span can be shown
/// where it was published.
///
/// Pieces stand in the order of the kept text and do not overlap there; what no piece covers (the line end put between
/// two paragraphs of a page) stands nowhere in the original. Within a piece of as many bytes as code points, place leads
/// to place; within any other, the whole piece is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceMap {
    /// The pieces.
    pub pieces: Vec<SourcePiece>,
}

impl SourceMap {
    /// Appends `text`, which stands as UTF-8 in the original from byte `from` on and in the kept text from code point
    /// `start` on: a piece for each run of ASCII and of other letters, so that places stay exact.
    pub fn push_utf8(&mut self, text: &str, start: u32, from: u32) {
        let (mut at, mut byte) = (start, from);
        for run in text.as_bytes().chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
            // Every code point has one byte that does not continue another.
            let chars = run.iter().filter(|b| (**b as i8) >= -0x40).count() as u32;
            let bytes = run.len() as u32;
            self.pieces.push(SourcePiece { start: at, end: at + chars, from: byte, to: byte + bytes });
            (at, byte) = (at + chars, byte + bytes);
        }
    }

    /// The bytes of the original that a span of the kept text was read from: from the first byte of its first piece to
    /// the last byte of its last. `None` where nothing of it stands in the original.
    pub fn original(&self, span: Span<Char>) -> Option<std::ops::Range<u32>> {
        let first = self.pieces.partition_point(|p| p.end <= span.start());
        let last = self.pieces.partition_point(|p| p.start < span.end()).checked_sub(1)?;
        let (first, last) = (self.pieces.get(first)?, self.pieces.get(last)?);
        let even = |p: &SourcePiece| p.end - p.start == p.to - p.from;
        let from = if even(first) { first.from + span.start().saturating_sub(first.start) } else { first.from };
        let to = if even(last) { last.to - last.end.saturating_sub(span.end()) } else { last.to };
        (from < to).then_some(from..to)
    }
}

/// One article of one outlet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What is known about it.
    pub head: ReportHead,
    /// Its text as kept.
    pub text: Text,
    /// Where the text came from.
    pub map: SourceMap,
}

impl Report {
    /// A report of this text, kept as it is.
    pub fn new(head: ReportHead, text: Text) -> Self {
        Report { head, text, map: SourceMap::default() }
    }

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
        let mut head = ReportHead::new(id.clone(), id.as_str());
        (head.sha256, head.passages) = (crate::sha256(text.as_bytes()), passages);
        Report::new(head, Text::new(text))
    }

    /// The words with which it begins, for where it has no title: its first heading, else its first paragraph, else all.
    ///
    /// # Example
    /// ```
    /// use rapporteur_schema::{Report, ReportId};
    /// let report = Report::plain(ReportId::new("r1"), "The weir stays open.\n\nNobody asked why.\n");
    /// assert_eq!(report.opening().trim(), "The weir stays open.");
    /// ```
    pub fn opening(&self) -> &str {
        let first = |kind| self.head.passages.iter().find(|p| p.kind == kind);
        let passage = first(PassageKind::Heading).or_else(|| first(PassageKind::Body));
        passage.and_then(|p| self.text.slice(p.span())).unwrap_or(self.text.as_str())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_leads_to_the_bytes_it_was_read_from() {
        let mut map = SourceMap::default();
        map.push_utf8("an é b", 0, 3); // bytes 3..10
        map.pieces.push(SourcePiece { start: 8, end: 12, from: 40, to: 52 });
        assert_eq!(map.original(Span::new(0, 2)), Some(3..5));
        assert_eq!(map.original(Span::new(3, 4)), Some(6..8));
        assert_eq!(map.original(Span::new(5, 6)), Some(9..10));
        assert_eq!(map.original(Span::new(4, 9)), Some(8..52));
        assert_eq!(map.original(Span::new(6, 8)), None, "between two paragraphs");
        assert_eq!(map.original(Span::new(20, 21)), None);
    }
}
