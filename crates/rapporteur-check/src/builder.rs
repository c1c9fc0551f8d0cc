//! Makes verdicts: places in the draft as given, names of reports, plain words.

use std::collections::BTreeSet;

use rapporteur_schema::phrase::{clean, clip};
use rapporteur_schema::{Char, Citation, ReportId, Span};

use crate::index::ComparisonIndex;
use crate::verdict::{DraftRange, Judgement, Kind, Severity, Verdict};

/// The most letters of a quotation that a sentence repeats.
const MAX_QUOTED_LETTERS: usize = 110;

/// Makes verdicts about one draft.
pub(crate) struct VerdictBuilder<'g, 'a> {
    index: &'g ComparisonIndex<'a>,
    /// The first code points of the lines of the draft.
    lines: Vec<u32>,
}

impl<'g, 'a> VerdictBuilder<'g, 'a> {
    pub(crate) fn new(index: &'g ComparisonIndex<'a>) -> Self {
        let text = index.input.given.text.as_str();
        let ends = text.chars().enumerate().filter(|(_, c)| *c == '\n').map(|(at, _)| at as u32 + 1);
        VerdictBuilder { index, lines: std::iter::once(0).chain(ends).collect() }
    }

    /// A stretch of the draft, with the words as given.
    pub(crate) fn range(&self, span: Span<Char>) -> DraftRange {
        let line = self.lines.partition_point(|&l| l <= span.start());
        let first = self.lines.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        DraftRange {
            start: span.start(),
            end: span.end(),
            line: line as u32,
            column: span.start() - first + 1,
            exact: self.index.input.given.text.slice(span).unwrap_or_default().to_owned(),
        }
    }

    /// A verdict with nothing to show for it yet.
    pub(crate) fn verdict(&self, at: Span<Char>, kind: Kind, judgement: Judgement) -> Verdict {
        Verdict {
            at: self.range(at),
            kind,
            judgement,
            severity: Severity::Fine,
            says: String::new(),
            sources: Vec::new(),
            against: Vec::new(),
            changes: Vec::new(),
            supported_by: Vec::new(),
            independent_sources: 0,
        }
    }

    /// Notes which reports support a verdict.
    pub(crate) fn supported(&self, verdict: &mut Verdict, docs: impl IntoIterator<Item = usize>) {
        let docs: BTreeSet<usize> = docs.into_iter().collect();
        let ids: Vec<ReportId> = docs.iter().map(|&d| self.index.docs[d].report.id().clone()).collect();
        verdict.independent_sources = self.index.independent_sources(ids.iter());
        verdict.supported_by = ids;
    }

    /// The reports by name and number: `Harbour Wire [4]`.
    pub(crate) fn named(&self, docs: impl IntoIterator<Item = usize>) -> String {
        let docs: BTreeSet<usize> = docs.into_iter().collect();
        let all: Vec<String> = docs.iter().take(4).map(|&d| self.name(d)).collect();
        match (all.split_last(), docs.len().saturating_sub(4)) {
            (None, _) => "no report".to_owned(),
            (Some(_), more) if more > 0 => format!("{} and {more} more", all.join(", ")),
            (Some((last, [])), _) => last.clone(),
            (Some((last, rest)), _) => format!("{} and {last}", rest.join(", ")),
        }
    }

    fn name(&self, doc: usize) -> String {
        let head = &self.index.docs[doc].report.head;
        let name = head.outlet.clone().unwrap_or_else(|| head.source.rsplit('/').next().unwrap_or_default().to_owned());
        // They stand in the order of the record.
        format!("{name} [{}]", doc + 1)
    }

    /// The reports that are cited.
    pub(crate) fn docs_of<'c>(&self, citations: impl Iterator<Item = &'c Citation>) -> BTreeSet<usize> {
        citations.filter_map(|c| self.index.doc_of(c.report())).collect()
    }
}

/// Words in marks, on one line, cut where they are long.
pub(crate) fn quote(words: &str) -> String {
    let marks = |c: char| matches!(c, '“' | '”' | '"' | '«' | '»' | '\u{2060}');
    format!("“{}”", clip(&clean(&words.replace(marks, "")), MAX_QUOTED_LETTERS))
}
