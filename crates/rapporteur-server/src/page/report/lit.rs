//! A report's text with some words lit and the sentence around them: cut into runs, never changed.

use std::ops::Range;

use rapporteur::{Char, PassageKind, Report, Span};

/// A paragraph of a report.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph<'t> {
    /// heading, body, caption, credit, boilerplate.
    pub kind: &'static str,
    pub runs: Vec<Run<'t>>,
    /// Whether some of its words are lit.
    pub lit: bool,
}

/// Words of one light.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run<'t> {
    pub text: &'t str,
    pub shade: Shade,
    /// Whether it is the first that is lit.
    pub first: bool,
}

/// How words are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shade {
    Plain,
    /// Of a sentence of which words are lit.
    Around,
    Lit,
}

/// What is lit, in bytes of the text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Light {
    spans: Vec<Range<usize>>,
}

impl Light {
    /// Lights these places; those that touch are one.
    pub fn new(report: &Report, spans: &[Span<Char>]) -> Self {
        let mut bytes: Vec<Range<usize>> =
            spans.iter().filter_map(|s| report.text.to_bytes(*s)).map(|s| s.range()).collect();
        bytes.sort_by_key(|r| (r.start, r.end));
        let mut merged: Vec<Range<usize>> = Vec::new();
        for span in bytes {
            match merged.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        Light { spans: merged }
    }
}

/// The paragraphs of a report under this light; white space at their ends is left to the layout.
pub(crate) fn paragraphs<'t>(report: &'t Report, light: &Light) -> Vec<Paragraph<'t>> {
    let text = report.text.as_str();
    let mut paragraphs = Vec::new();
    let mut first = true;
    for passage in &report.head.passages {
        let Some(bytes) = report.text.to_bytes(passage.span()) else { continue };
        let range = trimmed(text, bytes.range());
        if range.is_empty() {
            continue;
        }
        let lit: Vec<Range<usize>> = light
            .spans
            .iter()
            .map(|s| s.start.max(range.start)..s.end.min(range.end))
            .filter(|s| s.start < s.end)
            .collect();
        let around: Vec<Range<usize>> = lit.iter().map(|s| sentence(text, &range, s)).collect();
        let mut cuts: Vec<usize> = vec![range.start, range.end];
        cuts.extend(lit.iter().chain(&around).flat_map(|s| [s.start, s.end]));
        cuts.sort_unstable();
        cuts.dedup();
        let mut runs = Vec::new();
        for pair in cuts.windows(2) {
            let [from, to] = pair else { continue };
            let within = |of: &[Range<usize>]| of.iter().any(|s| s.start <= *from && *to <= s.end);
            let shade = match (within(&lit), within(&around)) {
                (true, _) => Shade::Lit,
                (_, true) => Shade::Around,
                _ => Shade::Plain,
            };
            let Some(text) = text.get(*from..*to) else { continue };
            runs.push(Run { text, shade, first: shade == Shade::Lit && first });
            first &= shade != Shade::Lit;
        }
        let kind = match passage.kind {
            PassageKind::Heading => "heading",
            PassageKind::Body => "body",
            PassageKind::Caption => "caption",
            PassageKind::Credit => "credit",
            PassageKind::Boilerplate => "boilerplate",
        };
        paragraphs.push(Paragraph { kind, runs, lit: !lit.is_empty() });
    }
    paragraphs
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(words) = text.get(range.clone()) else { return range.start..range.start };
    let start = range.start + (words.len() - words.trim_start().len());
    start..(start + words.trim().len())
}

/// Short forms after which a full stop ends no sentence.
const SHORT: &[&str] = &["mr", "mrs", "ms", "dr", "st", "gen", "sen", "rep", "lt", "col", "vs", "prof", "jr", "sr"];

/// The sentence around some words of a paragraph, by plain signs: it is only a shade behind them.
fn sentence(text: &str, within: &Range<usize>, words: &Range<usize>) -> Range<usize> {
    let paragraph = text.get(within.clone()).unwrap_or_default();
    let (from, to) = (words.start - within.start, words.end - within.start);
    let mut start = 0;
    let mut end = paragraph.len();
    let mut signs = paragraph.char_indices().peekable();
    let mut last: Option<char> = None;
    while let Some((at, c)) = signs.next() {
        let before = last.replace(c);
        if !matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟') {
            continue;
        }
        let mut after = at + c.len_utf8();
        while let Some(&(at, closing)) = signs.peek() {
            if !matches!(closing, '"' | '”' | '’' | '\'' | ')' | '»' | '.' | '!' | '?') {
                break;
            }
            after = at + closing.len_utf8();
            signs.next();
        }
        let rest = paragraph.get(after..).unwrap_or_default();
        let wide = matches!(c, '。' | '！' | '？');
        let next = rest.trim_start().chars().next();
        let breaks =
            wide || rest.is_empty() || (rest.starts_with(char::is_whitespace) && !next.is_some_and(char::is_lowercase));
        let word: String = paragraph
            .get(..at)
            .unwrap_or_default()
            .rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let short = c == '.'
            && (SHORT.contains(&word.as_str()) || word.chars().count() == 1 && before.is_some_and(char::is_uppercase));
        if !breaks || short {
            continue;
        }
        if after <= from {
            start = after + (rest.len() - rest.trim_start().len());
        } else if after >= to {
            end = after;
            break;
        }
    }
    (within.start + start.min(from))..(within.start + end.max(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur::ReportId;

    fn shown(text: &str, spans: &[(u32, u32)]) -> String {
        let report = Report::plain(ReportId::new("r1"), text);
        let spans: Vec<Span<Char>> = spans.iter().map(|(a, b)| Span::new(*a, *b)).collect();
        let shown = paragraphs(&report, &Light::new(&report, &spans));
        let run = |r: &Run<'_>| match r.shade {
            Shade::Plain => r.text.to_owned(),
            Shade::Around => format!("({})", r.text),
            Shade::Lit => format!("[{}]", r.text),
        };
        shown.iter().map(|p| p.runs.iter().map(run).collect::<String>()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn exactly_the_words_are_lit_and_their_sentence_is_around() {
        assert_eq!(shown("One. Two three four. Five.", &[(9, 14)]), "One. (Two )[three]( four.) Five.");
        assert_eq!(shown("One.\n\nTwo é three.\n", &[(10, 11), (6, 9)]), "One.|[Two]( )[é]( three.)");
        assert_eq!(shown("Mr. Orlan said “no.” Then he left.", &[(4, 9)]), "(Mr. )[Orlan]( said “no.”) Then he left.");
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
        let shown = paragraphs(&report, &Light::new(&report, &[Span::new(2, 5), Span::new(30, 36)]));
        let whole: String = shown.iter().flat_map(|p| p.runs.iter().map(|r| r.text)).collect();
        assert_eq!(whole, text);
    }
}
