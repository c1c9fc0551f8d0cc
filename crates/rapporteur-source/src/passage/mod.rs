//! What each paragraph of a report is: told by general signs of form, a rule a file.
//!
//! A rule looks at one paragraph and its place among the others, never at a site. What no rule claims is body.

mod boilerplate;
mod caption;
mod credit;
mod heading;

use std::ops::Range;

use rapporteur_schema::{Byte, Passage, PassageKind, Span, Text};

pub(crate) use credit::{credited, sources_in};

/// One paragraph and its neighbours.
pub(crate) struct Paragraph<'t> {
    /// Its words.
    pub(crate) text: &'t str,
    /// How many there are.
    pub(crate) words: usize,
    /// Its place among the paragraphs.
    pub(crate) index: usize,
    /// The paragraph after it.
    pub(crate) next: Option<&'t str>,
    /// Whether most letters of the whole report are Latin.
    pub(crate) latin: bool,
}

impl<'t> Paragraph<'t> {
    pub(crate) fn new(text: &'t str, index: usize, next: Option<&'t str>, latin: bool) -> Self {
        Paragraph { text, words: words(text), index, next, latin }
    }
}

/// Cuts a text into passages that tile it: one a paragraph, the white space after a paragraph belonging to it.
pub(crate) fn passages(text: &Text, paragraphs: &[Range<usize>]) -> Vec<Passage> {
    let s = text.as_str();
    let latin = mostly_latin(s);
    let mut out = Vec::with_capacity(paragraphs.len());
    for (index, range) in paragraphs.iter().enumerate() {
        let next = paragraphs.get(index + 1).map(|r| &s[r.clone()]);
        let kind = kind_of(&Paragraph::new(&s[range.clone()], index, next, latin));
        let start = if index == 0 { 0 } else { range.start };
        let end = paragraphs.get(index + 1).map_or(s.len(), |r| r.start);
        let span = text.to_chars(Span::<Byte>::new(start as u32, end as u32));
        out.push(Passage { start: span.start(), end: span.end(), kind });
    }
    if out.is_empty() && text.chars() > 0 {
        out.push(Passage { start: 0, end: text.chars(), kind: PassageKind::Body });
    }
    out
}

fn kind_of(paragraph: &Paragraph<'_>) -> PassageKind {
    if credit::is(paragraph) {
        PassageKind::Credit
    } else if caption::is(paragraph) {
        PassageKind::Caption
    } else if boilerplate::is(paragraph) {
        PassageKind::Boilerplate
    } else if heading::is(paragraph) {
        PassageKind::Heading
    } else {
        PassageKind::Body
    }
}

/// Whether most letters are Latin (Basic Latin, Latin-1, Latin Extended).
fn mostly_latin(s: &str) -> bool {
    let (mut latin, mut other) = (0usize, 0usize);
    for c in s.chars().take(20_000).filter(|c| c.is_alphabetic()) {
        if (c as u32) < 0x250 { latin += 1 } else { other += 1 }
    }
    latin >= other
}

/// The number of words, for limits of length.
fn words(s: &str) -> usize {
    s.split_whitespace().count()
}
