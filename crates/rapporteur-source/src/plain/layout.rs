//! Where the paragraphs of a plain text are: one a line, or, in text that was wrapped by hand, one a block of lines.

use std::ops::Range;

/// The paragraphs of `text` as ranges of bytes, without the white space around them, in order.
pub(crate) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let wrap = Wrap::of(text, &lines);
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut last: Option<&Range<usize>> = None;
    for line in &lines {
        if line.is_empty() {
            last = None;
            continue;
        }
        match (last, &wrap) {
            (Some(before), Some(wrap)) if wrap.continues(text, before, line) => {
                if let Some(paragraph) = out.last_mut() {
                    paragraph.end = line.end;
                }
            }
            _ => out.push(line.clone()),
        }
        last = Some(line);
    }
    out
}

/// The lines as ranges of bytes without the white space at their ends; blank ones are empty.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    // A lone carriage return ended lines on old systems; U+2028 and U+2029 do so in text from web pages.
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let (start, end) = (at, at + line.len());
        at = end;
        if line == "\n" && text[..start].ends_with('\r') {
            continue; // the second half of CRLF is no line of its own
        }
        let left = line.len() - line.trim_start().len();
        let length = line.trim().len();
        out.push(if length == 0 { start..start } else { start + left..start + left + length });
    }
    out
}

/// How a text was wrapped by hand.
struct Wrap {
    /// The width most full lines come near, in code points.
    width: usize,
    /// Whether blank lines part the paragraphs.
    blank_lines: bool,
}

impl Wrap {
    /// Wrapped text has many neighbouring lines of nearly the same, moderate length.
    fn of(text: &str, lines: &[Range<usize>]) -> Option<Self> {
        let length = |r: &Range<usize>| text[r.clone()].chars().count();
        let filled: Vec<usize> = lines.iter().filter(|l| !l.is_empty()).map(length).collect();
        // Lines with another right after them: the ones that would be wrapped.
        let inner: Vec<usize> =
            lines.windows(2).filter(|w| !w[0].is_empty() && !w[1].is_empty()).map(|w| length(&w[0])).collect();
        if inner.len() < 3 || inner.len() * 5 < filled.len() * 2 {
            return None;
        }
        let mut sorted = filled.clone();
        sorted.sort_unstable();
        let width = sorted[(sorted.len() - 1) * 95 / 100];
        let full = inner.iter().filter(|&&n| n * 10 >= width * 7).count();
        let wrapped = (30..=120).contains(&width) && full * 3 >= inner.len() * 2;
        wrapped.then(|| Wrap { width, blank_lines: lines.iter().any(Range::is_empty) })
    }

    /// Whether `line` goes on with the paragraph of the line `before` it.
    fn continues(&self, text: &str, before: &Range<usize>, line: &Range<usize>) -> bool {
        let indented = text[before.end..line.start].chars().filter(|&c| c == ' ' || c == '\t').count() >= 2;
        let item = ["- ", "* ", "• "].iter().any(|mark| text[line.clone()].starts_with(mark));
        if item || (indented && !self.blank_lines) {
            return false;
        }
        let short = text[before.clone()].chars().count() * 10 < self.width * 7;
        let ended = text[before.clone()].ends_with(['.', '!', '?', '"', '”', ':', ')']);
        self.blank_lines || !(short && ended)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn a_line_is_a_paragraph() {
        assert_eq!(of("One.\nTwo.\r\n\r\nThree.\rFour"), ["One.", "Two.", "Three.", "Four"]);
        assert!(of("").is_empty() && of(" \n\t\r\n").is_empty());
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The harbour board met on Monday to look at the\nnew offer of the dockers, who have been out since\nthe first of May.\n\nA second paragraph follows here and it too is\nwrapped by hand at about fifty characters.\n";
        let got = of(text);
        assert_eq!(got.len(), 2, "{got:?}");
        assert!(got[0].ends_with("first of May.") && got[1].starts_with("A second"));
    }

    #[test]
    fn short_lines_of_a_list_are_not_wrapped_text() {
        assert_eq!(
            of("News\nSport\nWeather\nThe harbour board met on Monday to look at the new offer of the dockers.").len(),
            4
        );
    }
}
