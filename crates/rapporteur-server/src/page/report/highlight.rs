//! A report's text with some words highlighted and the sentence around them: cut into runs, never changed.

use std::borrow::Cow;
use std::ops::Range;

use rapporteur::phrase::harmless;
use rapporteur::{Char, PassageKind, Report, Span};

/// A paragraph of a report.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph<'t> {
    /// heading, body, caption, credit, boilerplate.
    pub kind: &'static str,
    pub runs: Vec<Run<'t>>,
    /// Whether some of its words are highlighted.
    pub highlighted: bool,
}

/// Words shown in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run<'t> {
    pub text: &'t str,
    pub shade: Shade,
    /// Whether it is the first that is highlighted.
    pub first: bool,
}

impl<'t> Run<'t> {
    /// The words as they may be shown, also where a dossier of others holds what could steer a terminal.
    pub fn shown(&self) -> Cow<'t, str> {
        harmless(self.text)
    }
}

/// How words are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shade {
    Plain,
    /// Of a sentence of which words are highlighted.
    Around,
    Highlight,
}

/// What is highlighted, in bytes of the text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Highlights {
    spans: Vec<Range<usize>>,
    /// The sentences of the report that they touch.
    sentences: Vec<Range<usize>>,
}

impl Highlights {
    /// Highlights these places; those that touch are one. `sentences` are those of the report.
    pub fn new(report: &Report, spans: &[Span<Char>], sentences: impl IntoIterator<Item = Span<Char>>) -> Self {
        let to_bytes = |span: Span<Char>| report.text.to_bytes(span).map(|s| s.range());
        let mut bytes: Vec<Range<usize>> = spans.iter().copied().filter_map(to_bytes).collect();
        bytes.sort_by_key(|r| (r.start, r.end));
        let mut merged: Vec<Range<usize>> = Vec::new();
        for span in bytes {
            match merged.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        let all: Vec<Range<usize>> = sentences.into_iter().filter_map(to_bytes).collect();
        let widened = |at: usize| {
            let before = at.checked_sub(1).and_then(|at| all.get(at)).map(|s| s.end);
            with_marks(report.text.as_str(), before, &all[at], all.get(at + 1).map(|s| s.start))
        };
        let is_touched = |words: &Range<usize>| {
            let first = merged.partition_point(|span| span.end <= words.start);
            merged.get(first).is_some_and(|span| span.start < words.end)
        };
        let touched = (0..all.len()).filter(|at| all.get(*at).is_some_and(is_touched)).map(widened).collect();
        Highlights { spans: merged, sentences: touched }
    }
}

/// The paragraphs of a report with these highlights; white space at their ends is left to the layout.
pub(crate) fn paragraphs<'t>(report: &'t Report, highlights: &Highlights) -> Vec<Paragraph<'t>> {
    let text = report.text.as_str();
    let mut paragraphs = Vec::new();
    let mut first = true;
    for passage in &report.head.passages {
        let Some(bytes) = report.text.to_bytes(passage.span()) else { continue };
        let range = trimmed(text, bytes.range());
        if range.is_empty() {
            continue;
        }
        let own: Vec<Range<usize>> = highlights
            .spans
            .iter()
            .map(|s| s.start.max(range.start)..s.end.min(range.end))
            .filter(|s| s.start < s.end)
            .collect();
        let around: Vec<Range<usize>> = own.iter().map(|words| around(&highlights.sentences, &range, words)).collect();
        let mut cuts: Vec<usize> = vec![range.start, range.end];
        cuts.extend(own.iter().chain(&around).flat_map(|s| [s.start, s.end]));
        cuts.sort_unstable();
        cuts.dedup();
        let mut runs = Vec::new();
        for pair in cuts.windows(2) {
            let [from, to] = pair else { continue };
            let within = |of: &[Range<usize>]| of.iter().any(|s| s.start <= *from && *to <= s.end);
            let shade = match (within(&own), within(&around)) {
                (true, _) => Shade::Highlight,
                (_, true) => Shade::Around,
                _ => Shade::Plain,
            };
            let Some(text) = text.get(*from..*to) else { continue };
            runs.push(Run { text, shade, first: shade == Shade::Highlight && first });
            first &= shade != Shade::Highlight;
        }
        let kind = match passage.kind {
            PassageKind::Heading => "heading",
            PassageKind::Body => "body",
            PassageKind::Caption => "caption",
            PassageKind::Credit => "credit",
            PassageKind::Boilerplate => "boilerplate",
        };
        paragraphs.push(Paragraph { kind, runs, highlighted: !own.is_empty() });
    }
    paragraphs
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(words) = text.get(range.clone()) else { return range.start..range.start };
    let start = range.start + (words.len() - words.trim_start().len());
    start..(start + words.trim().len())
}

/// A sentence, which goes from its first word to its last, with the marks that touch it, up to the sentences beside it: where
/// the one before ends and the one after begins. What stands between two that touch belongs to the one before.
fn with_marks(text: &str, before: Option<usize>, words: &Range<usize>, after: Option<usize>) -> Range<usize> {
    let from = before.unwrap_or(0).min(words.start);
    let gap = text.get(from..words.start).unwrap_or_default();
    let start = match gap.char_indices().rfind(|(_, c)| c.is_whitespace()) {
        Some((at, space)) => from + at + space.len_utf8(),
        None if before.is_some() => words.start,
        None => from,
    };
    let to = after.unwrap_or(text.len()).max(words.end);
    let gap = text.get(words.end..to).unwrap_or_default();
    start..words.end + gap.find(char::is_whitespace).unwrap_or(gap.len())
}

/// The sentences of a report that have some of these words in them, within one paragraph.
fn around(sentences: &[Range<usize>], within: &Range<usize>, words: &Range<usize>) -> Range<usize> {
    let of = |s: &&Range<usize>| s.start < words.end && words.start < s.end;
    let mut touched = sentences.iter().filter(of);
    let Some(first) = touched.next() else { return words.clone() };
    let last = touched.next_back().unwrap_or(first);
    first.start.min(words.start).max(within.start)..last.end.max(words.end).min(within.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur::ReportId;

    fn shown(text: &str, spans: &[(u32, u32)]) -> String {
        let report = Report::plain(ReportId::new("r1"), text);
        let spans: Vec<Span<Char>> = spans.iter().map(|(a, b)| Span::new(*a, *b)).collect();
        let found = rapporteur::findings(&report);
        let sentences: Vec<_> = found.text.sentences().collect();
        let shown = paragraphs(&report, &Highlights::new(&report, &spans, sentences));
        let run = |r: &Run<'_>| match r.shade {
            Shade::Plain => r.text.to_owned(),
            Shade::Around => format!("({})", r.text),
            Shade::Highlight => format!("[{}]", r.text),
        };
        shown.iter().map(|p| p.runs.iter().map(run).collect::<String>()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn exactly_the_words_are_highlighted_and_their_sentence_is_around() {
        let shown_one = shown("Nobody came. The envoy said nothing. They left.", &[(17, 22)]);
        assert_eq!(shown_one, "Nobody came. (The )[envoy]( said nothing.) They left.");
        assert_eq!(shown("One.\n\nTwo é three.\n", &[(10, 11), (6, 9)]), "One.|[Two]( )[é]( three.)");
        assert_eq!(shown("Mr. Orlan said “no.” Then he left.", &[(4, 9)]), "(Mr. )[Orlan]( said “no.”) Then he left.");
    }

    #[test]
    fn sentences_without_a_space_between_them_are_told_apart() {
        let report = Report::plain(ReportId::new("r1"), "“甲乙。”丙丁。戊己。");
        let sentences = [Span::new(1, 3), Span::new(5, 7), Span::new(8, 10)];
        let around = |at: u32| Highlights::new(&report, &[Span::new(at, at + 1)], sentences).sentences;
        let shown = |at| around(at).iter().map(|s| &report.text.as_str()[s.clone()]).collect::<Vec<_>>();
        assert_eq!((shown(1), shown(6), shown(9)), (vec!["“甲乙。”"], vec!["丙丁。"], vec!["戊己。"]));
    }

    #[test]
    fn a_text_without_white_space_takes_no_longer() {
        // 200,000 sentences, each touching the next: looked through to the ends of the text, each, this takes minutes.
        let report = Report::plain(ReportId::new("r1"), &"甲。".repeat(200_000));
        let sentences = (0..200_000).map(|n| Span::new(2 * n, 2 * n + 1));
        let begin = std::time::Instant::now();
        let all = Highlights::new(&report, &[Span::new(0, 400_000)], sentences);
        assert_eq!(all.sentences.len(), 200_000);
        assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
    }

    #[test]
    fn places_that_touch_are_one_and_may_run_over_paragraphs() {
        assert_eq!(shown("abc def\nghi", &[(0, 3), (3, 7)]), "[abc def]|ghi");
        assert_eq!(shown("abc def\nghi jkl", &[(4, 11)]), "(abc )[def]|[ghi]( jkl)");
    }

    #[test]
    fn the_text_is_never_altered() {
        let text = "A <b>bold</b> claim. J. R. Orlan? \u{202e}drawkcab";
        let report = Report::plain(ReportId::new("r1"), text);
        let shown = paragraphs(&report, &Highlights::new(&report, &[Span::new(2, 5), Span::new(30, 36)], []));
        let whole: String = shown.iter().flat_map(|p| p.runs.iter().map(|r| r.text)).collect();
        assert_eq!(whole, text);
    }
}
