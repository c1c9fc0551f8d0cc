//! What a format gives for one article, and how a report is made of it.

use std::ops::Range;

use rapporteur_schema::phrase;
use rapporteur_schema::{
    Basis, Part, Passage, PassageKind, Report, ReportHead, ReportId, SourceMap, SourcePiece, Text, sha256,
};

use crate::known::Known;
use crate::language;
use crate::limits::{MAX_PASSAGES, MAX_TEXT_BYTES};
use crate::passage;
use crate::plain::{decode, layout};
use crate::stated;
use crate::{ErrorKind, Options};

/// One paragraph of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Its bytes in the draft's text, without the white space around it.
    pub(crate) range: Range<usize>,
    /// What it is, where the format says so (a caption, a heading); else it is told by general signs.
    pub(crate) kind: Option<PassageKind>,
}

/// A part of the original: from here on to the next the text was read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawPart {
    /// Its first byte in the draft's text.
    pub(crate) start: usize,
    /// What people call it.
    pub(crate) name: String,
    /// Why words quoted from it should be compared with the original, where they should.
    pub(crate) doubt: Option<String>,
}

/// One article as a format gives it.
#[derive(Clone, Debug, Default)]
pub(crate) struct RawArticle {
    /// The kept text.
    pub(crate) text: String,
    /// Where it came from.
    pub(crate) map: SourceMap,
    /// Its paragraphs, in order.
    pub(crate) blocks: Vec<Block>,
    /// The encoding of the original (its WHATWG name).
    pub(crate) encoding: String,
    /// Whether some bytes were read as U+FFFD.
    pub(crate) replaced: bool,
    /// Whether not all of the original was read, for its size; told in words.
    pub(crate) cut: Option<String>,
    /// What else is to be told of how it was read.
    pub(crate) notes: Vec<String>,
    /// The parts of the original, in order, where it has such.
    pub(crate) parts: Vec<RawPart>,
    /// What the original tells of itself beyond its text.
    pub(crate) known: Known,
}

impl RawArticle {
    /// The draft of plain text; `charset` is what it came with as its encoding.
    pub(crate) fn plain(bytes: &[u8], charset: Option<&str>) -> Result<RawArticle, ErrorKind> {
        let decoded = decode::decode_as(bytes, charset)?;
        if decoded.text.trim().is_empty() {
            return Err(ErrorKind::Empty);
        }
        within_limits(&decoded.text, 0)?;
        let from = (bytes.len() - decoded.length) as u32;
        let mut map = SourceMap::default();
        if decoded.encoding == encoding_rs::UTF_8 && !decoded.replaced {
            map.push_utf8(&decoded.text, 0, from);
        } else {
            let end = decoded.text.chars().count() as u32;
            map.pieces.push(SourcePiece { start: 0, end, from, to: bytes.len() as u32 });
        }
        let encoding = decoded.encoding.name().to_owned();
        Ok(RawArticle { encoding, replaced: decoded.replaced, ..RawArticle::text(decoded.text, map) })
    }

    /// The draft of a text that was decoded already.
    pub(crate) fn text(text: String, map: SourceMap) -> RawArticle {
        let paragraphs = layout::paragraphs(&text).into_iter();
        let blocks = paragraphs.map(|range| Block { range, kind: None }).collect();
        RawArticle { text, map, blocks, encoding: "UTF-8".into(), ..RawArticle::default() }
    }

    /// Makes the report: `bytes` are the original of this one article, `source` where it is from, `name` what it is
    /// called there; `known` goes before what the draft tells, and what the options say goes before all. Tells in words what
    /// could not be taken as it stands.
    pub(crate) fn report(
        self,
        source: &str,
        name: &str,
        bytes: &[u8],
        known: Known,
        options: &Options,
    ) -> Result<(Report, Vec<String>), ErrorKind> {
        if self.text.trim().is_empty() {
            return Err(ErrorKind::Empty);
        }
        within_limits(&self.text, self.blocks.len())?;
        let mut notes: Vec<String> = self.cut.into_iter().chain(self.notes).collect();
        let mut head = ReportHead::new(ReportId::new(""), source);
        head.sha256 = sha256(bytes);
        head.encoding = self.encoding;
        let known = known.or(self.known);
        let language_given = known.language.is_some();
        known.fill(&mut head);
        if options.outlet.is_some() {
            head.outlet.clone_from(&options.outlet);
        }
        if options.published.is_some() {
            (head.published, head.published_basis) = (options.published, Some(Basis::Given));
        }
        if let Some(address) = head.sanitize() {
            let shown = phrase::clip(&phrase::clean(&address), 60);
            notes.push(format!(
                "its address \"{shown}\" is none that a link may lead to; the report is read without it"
            ));
        }
        let or_empty = |field: &Option<String>| field.clone().unwrap_or_default();
        head.id = ReportId::from_content(&[&head.sha256, name, &or_empty(&head.outlet), &or_empty(&head.url)]);

        let steering = self.text.chars().filter(|c| phrase::is_steering(*c)).count();
        // Where parts begin moves with the text as its paragraphs do.
        let starts = self.parts.iter().map(|part| part.start..part.start);
        let ranges = self.blocks.iter().map(|b| b.range.clone()).chain(starts);
        let (text, mut ranges): (String, Vec<Range<usize>>) = match steering {
            0 => (self.text, ranges.collect()),
            n => {
                let word = if n == 1 { "character" } else { "characters" };
                notes.push(format!("{n} control {word} in its text (which could steer a terminal) read as U+FFFD"));
                without_steering(&self.text, ranges)
            }
        };
        let text = Text::new(text);
        let starts = ranges.split_off(self.blocks.len());
        head.parts = parts(&text, self.parts, &starts);
        if !language_given {
            notes.extend(language::tell(text.as_str(), &mut head));
        }
        head.passages = passage::passages(&text, &ranges);
        told_kinds(&mut head.passages, &self.blocks);
        let mut report = Report { head, text, map: self.map };
        let stated = stated::fill(&mut report);
        if report.head.published.is_none()
            && let Some(date) = stated
        {
            (report.head.published, report.head.published_basis) = (Some(date), Some(Basis::Stated));
        }
        Ok((report, notes))
    }
}

/// The parts as a report has them, by code points; each ends where the next begins, the last with the text.
fn parts(text: &Text, raw: Vec<RawPart>, starts: &[Range<usize>]) -> Vec<Part> {
    let starts: Vec<u32> = starts.iter().map(|at| text.char_at(at.start)).collect();
    let ends = starts.iter().skip(1).copied().chain([text.chars()]);
    let spans = starts.iter().copied().zip(ends);
    let part = |(raw, (start, end)): (RawPart, (u32, u32))| Part { start, end, name: raw.name, doubt: raw.doubt };
    raw.into_iter().zip(spans).map(part).filter(|part| part.start < part.end).collect()
}

/// Refuses what is too long to be one report.
fn within_limits(text: &str, paragraphs: usize) -> Result<(), ErrorKind> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(ErrorKind::TooMuchText { limit: MAX_TEXT_BYTES });
    }
    if paragraphs > MAX_PASSAGES {
        return Err(ErrorKind::TooManyParagraphs { limit: MAX_PASSAGES });
    }
    Ok(())
}

/// The text with U+FFFD for what steers a terminal, code point for code point, and these ranges of bytes in it.
fn without_steering(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> (String, Vec<Range<usize>>) {
    // By how many bytes the text has grown behind each such character.
    let mut grown: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| phrase::is_steering(*c)) {
        let before = grown.last().map_or(0, |(_, by)| *by);
        grown.push((at, before + char::REPLACEMENT_CHARACTER.len_utf8() - c.len_utf8()));
    }
    let moved = |at: usize| match grown.partition_point(|(of, _)| *of < at).checked_sub(1) {
        Some(last) => at + grown.get(last).map_or(0, |(_, by)| *by),
        None => at,
    };
    (phrase::harmless(text).into_owned(), ranges.map(|r| moved(r.start)..moved(r.end)).collect())
}

/// What the format says of its blocks goes before what their form suggests.
fn told_kinds(passages: &mut [Passage], blocks: &[Block]) {
    if passages.len() == blocks.len() {
        for (passage, block) in passages.iter_mut().zip(blocks) {
            passage.kind = block.kind.unwrap_or(passage.kind);
        }
    }
}
