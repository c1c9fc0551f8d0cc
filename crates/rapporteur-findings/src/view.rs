//! A report as the language runtime should see it: paragraph by paragraph, freed of what disturbs reading, each place
//! in it leading back to the kept text.
//!
//! Zero-width characters and soft hyphens inside words go, every run of white space (hard-wrapped lines too) becomes
//! one space, and two apostrophes or backticks become the quotation mark that they stand for. The kept text itself is
//! never touched: a [`View`] maps every range back to it exactly.

use std::ops::Range;

use rapporteur_schema::{Char, Citation, PassageKind, Report, Span};

/// One paragraph, cleaned.
pub(crate) struct Paragraph {
    /// What it is.
    pub(crate) kind: PassageKind,
    /// Its cleaned words.
    pub(crate) text: String,
    /// Where its pieces come from, in order of both texts.
    pieces: Vec<Piece>,
}

/// A stretch of the cleaned text and the stretch of the kept text that it renders.
#[derive(Clone, Copy, Debug)]
struct Piece {
    clean: usize,
    clean_len: usize,
    kept: usize,
    kept_len: usize,
}

/// The paragraphs of one report that can be read: body, headings and captions.
pub(crate) struct View<'r> {
    /// The report behind it.
    pub(crate) report: &'r Report,
    /// Its paragraphs, in order.
    pub(crate) paragraphs: Vec<Paragraph>,
    /// The paragraphs that are no language, which nobody reads.
    pub(crate) unread: Vec<Span<Char>>,
}

impl<'r> View<'r> {
    /// Cleans the paragraphs of a report.
    pub(crate) fn of(report: &'r Report) -> Self {
        let readable = |kind| matches!(kind, PassageKind::Body | PassageKind::Heading | PassageKind::Caption);
        let passages = report.head.passages.iter().filter(|p| readable(p.kind));
        let mut view = View { report, paragraphs: Vec::new(), unread: Vec::new() };
        for passage in passages {
            let Some(bytes) = report.text.to_bytes(passage.span()) else { continue };
            let paragraph = Paragraph::of(report.text.as_str(), bytes.range(), passage.kind);
            if is_no_language(&paragraph.text) {
                view.unread.push(passage.span());
            } else if !paragraph.text.is_empty() {
                view.paragraphs.push(paragraph);
            }
        }
        view
    }

    /// Cites the kept words behind a range of bytes of a cleaned paragraph; `None` where it renders nothing.
    pub(crate) fn cite(&self, paragraph: usize, range: Range<usize>) -> Option<Citation> {
        let kept = self.paragraphs.get(paragraph)?.kept(range)?;
        self.report.cite_bytes(kept).ok()
    }

    /// Cites the kept words from a place in one paragraph to a place in the same or a later one.
    pub(crate) fn cite_across(&self, from: (usize, usize), to: (usize, usize)) -> Option<Citation> {
        let first = self.paragraphs.get(from.0)?;
        let last = self.paragraphs.get(to.0)?;
        let end = if from.0 == to.0 { to.1 } else { first.text.len() };
        let start = first.kept(from.1..end)?.start;
        let begin = if from.0 == to.0 { from.1 } else { 0 };
        let end = last.kept(begin..to.1)?.end;
        self.report.cite_bytes(start..end).ok()
    }
}

impl Paragraph {
    fn of(text: &str, range: Range<usize>, kind: PassageKind) -> Self {
        let mut p = Paragraph { kind, text: String::with_capacity(range.len()), pieces: Vec::new() };
        let base = range.start;
        let source = text[range].trim_end();
        let cards = cards(source);
        let mut next_card = 0;
        let mut chars = source.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            while cards.get(next_card).is_some_and(|card| card.end <= at) {
                next_card += 1;
            }
            if invisible(c) || cards.get(next_card).is_some_and(|card| card.contains(&at)) {
                continue;
            }
            let mut end = at + c.len_utf8();
            let doubled = matches!(c, '\'' | '`') && chars.peek().is_some_and(|&(_, next)| next == c);
            if c.is_whitespace() {
                while let Some(&(next, d)) = chars.peek().filter(|(_, d)| d.is_whitespace() || invisible(*d)) {
                    end = next + d.len_utf8();
                    chars.next();
                }
                if !p.text.is_empty() {
                    p.push(" ", base + at, end - at);
                }
            } else if doubled {
                chars.next();
                p.push("\"", base + at, 2);
            } else {
                p.push(&source[at..end], base + at, end - at);
            }
        }
        p
    }

    fn push(&mut self, clean: &str, kept: usize, kept_len: usize) {
        let start = self.text.len();
        self.text.push_str(clean);
        // Unchanged text grows the piece before it; anything else is a piece of its own.
        if clean.len() == kept_len
            && let Some(last) = self.pieces.last_mut()
            && last.clean_len == last.kept_len
            && last.kept + last.kept_len == kept
        {
            last.clean_len += clean.len();
            last.kept_len += kept_len;
            return;
        }
        self.pieces.push(Piece { clean: start, clean_len: clean.len(), kept, kept_len });
    }

    /// The range of bytes of the kept text behind a range of the cleaned one.
    fn kept(&self, range: Range<usize>) -> Option<Range<usize>> {
        if range.start >= range.end || range.end > self.text.len() {
            return None;
        }
        let piece = |at: usize| self.pieces[self.pieces.partition_point(|p| p.clean <= at) - 1];
        let (first, last) = (piece(range.start), piece(range.end - 1));
        let start = match first.clean_len == first.kept_len {
            true => first.kept + (range.start - first.clean),
            false => first.kept,
        };
        let end = match last.clean_len == last.kept_len {
            true => last.kept + (range.end - last.clean),
            false => last.kept + last.kept_len,
        };
        Some(start..end)
    }
}

/// A paragraph of more bytes than this is no language if it is mostly marks.
const MAX_MARKS: usize = 2_000;

/// Whether a long paragraph is mostly marks: rows of brackets, dashes or quotation marks, of which each would cost as much
/// as a word to read. There is nothing to read in them, and nothing is found; that they were passed over is told.
///
/// A run of one mark counts once: the dots of a table lead from a name to its figure.
fn is_no_language(text: &str) -> bool {
    if text.len() <= MAX_MARKS {
        return false;
    }
    let (mut letters, mut runs, mut all, mut last) = (0, 0, 0, None);
    for c in text.chars() {
        let mark = Some(c).filter(|c| !c.is_alphanumeric());
        letters += usize::from(mark.is_none());
        runs += usize::from(mark.is_some() && mark != last);
        (all, last) = (all + 1, mark);
    }
    letters * 2 < runs || letters * 20 < all
}

/// Words of a card at most.
const MAX_CARD: usize = 90;

/// Words at most between a name and its repetition on a card.
const MAX_REPEATED: usize = 8;

/// Where scraping has left a card of links inside a sentence: the name repeated in full and glued to a headline, more headlines,
/// and "MORE" ("Senator Jane Roe Jane Ann RoeVote delayed Budget talks stall MORE said"). None of it is the sentence's.
fn cards(source: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    if !source.contains(CARD_END) {
        return out;
    }
    let start = |w: &str| w.as_ptr() as usize - source.as_ptr() as usize;
    let words: Vec<(usize, &str)> = source.split_whitespace().map(|w| (start(w), w)).collect();
    let mut from = 0;
    for (n, (at, _)) in words.iter().enumerate().filter(|(_, (_, w))| *w == CARD_END) {
        let glued = |g: usize| {
            let earlier = g.saturating_sub(MAX_REPEATED).max(from)..g;
            earlier.into_iter().find(|&e| is_glued(words[g].1, words[e].1)).map(|e| words[e].0 + words[e].1.len())
        };
        if let Some(begin) = (n.saturating_sub(MAX_CARD).max(from)..n).find_map(glued) {
            out.push(begin..at + CARD_END.len());
        }
        from = n + 1;
    }
    out
}

/// What closes a card of links.
const CARD_END: &str = "MORE";

/// Whether a word is a name with a headline glued to it: "RoeVote" for "Roe".
fn is_glued(word: &str, name: &str) -> bool {
    let telling = name.len() > 2 && name.starts_with(char::is_uppercase) && name.ends_with(char::is_lowercase);
    word.strip_prefix(name)
        .filter(|_| telling)
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
}

/// Characters that show nothing: soft hyphen, zero-width space and joiners, direction marks, word joiner, BOM.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;
    use rapporteur_schema::ReportId;

    /// A report of body paragraphs, one a line.
    pub(crate) fn report(text: &str) -> Report {
        Report::plain(ReportId::new("r1"), text)
    }

    #[test]
    fn what_disturbs_reading_goes_and_its_place_is_kept() {
        let r = report("  Zel\u{ad}enko\u{a0} said ''yes'' \r\n");
        let view = View::of(&r);
        assert_eq!(view.paragraphs[0].text, "Zelenko said \"yes\"");
        assert_eq!(view.cite(0, 0..7).unwrap().exact(), "Zel\u{ad}enko");
        assert_eq!(view.cite(0, 13..18).unwrap().exact(), "''yes''");
        assert_eq!(view.cite(0, 14..17).unwrap().exact(), "yes");
        assert!(view.cite(0, 3..3).is_none() && view.cite(1, 0..1).is_none());
    }

    #[test]
    fn a_card_of_links_inside_a_sentence_is_not_read() {
        let read = |text: &str| View::of(&report(text)).paragraphs[0].text.clone();
        let text =
            "Senator Jane Roe Jane Ann RoeVote delayed on the quay Port talks stall: report MORE (Harbour) said no.";
        assert_eq!(read(text), "Senator Jane Roe (Harbour) said no.");
        let r = report(text);
        assert_eq!(View::of(&r).cite(0, 17..26).unwrap().exact(), "(Harbour)");
        let other = "Jane Roe wants MORE for the McRoe yard, and Roe said so.";
        assert_eq!(read(other), other);
    }

    #[test]
    fn a_long_row_of_marks_is_not_read() {
        let paragraphs = |text: &str| View::of(&report(text)).paragraphs.len();
        assert_eq!(paragraphs(&"(a) ".repeat(1_000)), 0);
        assert_eq!(paragraphs(&"\"".repeat(4_000)), 0);
        assert_eq!(paragraphs(&format!("{}\nThe board met.", "—".repeat(2_000))), 1, "the rest is");
        assert_eq!(paragraphs(&"\"Yes,\" he said. ".repeat(1_000)), 1);
        assert_eq!(paragraphs("(a) (b) — \"?\""), 1);
    }

    proptest! {
        #[test]
        fn every_place_leads_back(s in "([a-zé“”\"' \u{ad}\u{200b}\u{a0}\t\n]|''|\\PC){0,200}") {
            let r = report(&s);
            let view = View::of(&r);
            for (i, p) in view.paragraphs.iter().enumerate() {
                for (at, c) in p.text.char_indices() {
                    let cited = view.cite(i, at..at + c.len_utf8()).unwrap();
                    let exact: String = cited.exact().chars().filter(|&c| !invisible(c)).collect();
                    let same = exact == c.to_string()
                        || (c == ' ' && exact.chars().all(char::is_whitespace))
                        || (c == '"' && (exact == "''" || exact == "``"));
                    prop_assert!(same, "{c:?} for {exact:?}");
                }
            }
        }
    }
}
