//! The sentences of a kept text and their words, for the few comparators that must read what no finding holds.

use rapporteur_schema::{Passage, PassageKind, Report};

/// One word.
pub(super) struct Token<'t> {
    /// As written.
    pub(super) text: &'t str,
    /// In lower case.
    pub(super) lower: String,
    /// First code point.
    pub(super) start: u32,
    /// First code point after it.
    pub(super) end: u32,
    /// Whether a mark stands before it.
    pub(super) after_mark: bool,
}

/// One sentence.
pub(super) struct Sentence<'t> {
    /// Its words.
    pub(super) words: Vec<Token<'t>>,
    /// The line it stands in.
    line: &'t str,
}

impl Sentence<'_> {
    /// Whether its paragraph has one of some words.
    pub(super) fn speaks_of(&self, words: &[&str]) -> bool {
        let mut all = self.line.split(|c: char| !c.is_alphanumeric());
        all.any(|w| words.iter().any(|x| x.eq_ignore_ascii_case(w)))
    }
}

/// The sentences of a report; a paragraph ends one too.
pub(super) fn sentences(report: &Report) -> Vec<Sentence<'_>> {
    let body = report.head.passages.iter().filter(|p| matches!(p.kind, PassageKind::Body | PassageKind::Heading));
    let text = |p: &Passage| Some((p.start, report.text.slice(p.span())?));
    body.filter_map(text).flat_map(|(start, line)| split(start, line)).collect()
}

/// The sentences of one paragraph, which begins at this code point.
fn split(chars: u32, line: &str) -> Vec<Sentence<'_>> {
    let mut out = Vec::new();
    let mut words: Vec<Token<'_>> = Vec::new();
    let (mut begun, mut mark, mut at) = (None, false, chars);
    let mut stop = false;
    for (byte, c) in line.char_indices().chain([(line.len(), ' ')]) {
        let inner = c.is_alphanumeric() || matches!(c, '\'' | '’' | '-') && begun.is_some();
        match begun {
            None if inner => {
                if stop && c.is_uppercase() {
                    out.push(Sentence { words: std::mem::take(&mut words), line });
                }
                (begun, stop) = (Some((byte, at)), false);
            }
            Some((from, start)) if !inner => {
                let text = &line[from..byte];
                words.push(Token { text, lower: text.to_lowercase(), start, end: at, after_mark: mark });
                (begun, mark) = (None, false);
                // "Mr. Roe", "J. Roe": a short capitalised word before a stop is no end.
                let short = text.chars().count() <= 3 && text.starts_with(char::is_uppercase);
                stop = matches!(c, '!' | '?') || c == '.' && !short;
            }
            _ => {}
        }
        mark |= !c.is_alphanumeric() && !c.is_whitespace() && begun.is_none();
        at += 1;
    }
    if !words.is_empty() {
        out.push(Sentence { words, line });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_places() {
        let text = "“Été ends,” Mr. Roe said. Nobody’s here. On it went";
        let found: Vec<Sentence<'_>> = split(0, text);
        let words: Vec<Vec<&str>> = found.iter().map(|s| s.words.iter().map(|w| w.text).collect()).collect();
        assert_eq!(
            words,
            [vec!["Été", "ends", "Mr", "Roe", "said"], vec!["Nobody’s", "here"], vec!["On", "it", "went"]]
        );
        let chars: Vec<char> = text.chars().collect();
        for word in found.iter().flat_map(|s| &s.words) {
            assert_eq!(chars[word.start as usize..word.end as usize].iter().collect::<String>(), word.text);
        }
        assert!(found[0].words[2].after_mark && !found[0].words[1].after_mark);
    }
}
