//! Every stretch of a report that stands in quotation marks, whatever the marks, closed or not.
//!
//! Marks are paired paragraph by paragraph with a stack, so that quotations inside quotations keep their depth. A
//! quotation still open at the end of a paragraph goes on if the next paragraph reopens it (the custom of English
//! news: each paragraph opens anew, only the last closes); else it is bounded by its own paragraph. What a stretch
//! is, speech, a title or a word held at arm's length, is decided later, with its cue at hand.

mod marks;

use std::ops::Range;

use marks::{Kind, Mark, marks};

/// Bytes that a single-quoted stretch may span: a longer one is an apostrophe that met another.
const LONGEST_SINGLE: usize = 1200;

/// A stretch in quotation marks, within one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// The paragraph it stands in.
    pub(crate) paragraph: usize,
    /// With its marks, in bytes of the paragraph.
    pub(crate) outer: Range<usize>,
    /// Without its marks.
    pub(crate) inner: Range<usize>,
    /// 0 for a quotation, 1 for one inside it, and so on.
    pub(crate) depth: usize,
    /// Whether a mark closes it.
    pub(crate) closed: bool,
    /// Whether it goes on with the quotation that the paragraph before left open.
    pub(crate) resumes: bool,
}

/// An open mark waiting for its partner.
struct Open {
    mark: Mark,
    low: bool,
}

/// The quotations of some paragraphs, in order; `text` gives a paragraph's words.
pub(crate) fn quotations<'t>(paragraphs: impl Iterator<Item = (usize, &'t str)>) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::new();
    let mut left_open: Option<Kind> = None;
    for (index, text) in paragraphs {
        let found = in_paragraph(index, text, left_open);
        // Only an outermost, double-marked quotation can run on.
        let open = found.iter().rfind(|q| q.depth == 0 && !q.closed && q.outer.end == text.len());
        left_open = open.and_then(|q| Kind::of(text[q.outer.start..].chars().next()?)).filter(|k| k.is_double());
        out.extend(found);
    }
    out
}

fn in_paragraph(paragraph: usize, text: &str, left_open: Option<Kind>) -> Vec<Quotation> {
    let marks = marks(text);
    let mut out: Vec<Quotation> = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let mut push = |open: Mark, inner_end: usize, outer_end: usize, depth: usize, closed: bool| {
        if open.end < inner_end {
            out.push(Quotation {
                paragraph,
                outer: open.at..outer_end,
                inner: open.end..inner_end,
                depth,
                closed,
                resumes: left_open == Some(open.kind) && open.at == 0,
            });
        }
    };
    for (i, &mark) in marks.iter().enumerate() {
        let same = stack.iter().rposition(|o| o.mark.kind == mark.kind);
        // “…" and "…”: only where nothing of its own kind is open and it cannot open itself.
        let matching = same.or_else(|| stack.iter().rposition(|o| mark.kind.closes(o.mark.kind) && !mark.opens));
        let low = text[mark.at..].starts_with(['„', '‚', '»']);
        // “ closes only what „ opened; otherwise it always opens.
        let curly_open = text[mark.at..].starts_with(['“', '‘']);
        let may_close = mark.closes && matching.is_some_and(|m| !curly_open || stack[m].low);
        if may_close {
            let Some(m) = matching else { continue };
            if mark.kind == Kind::Single && is_possessive(&marks[i..], &stack[m].mark) {
                continue;
            }
            // What was opened inside and never closed ends where this ends.
            while stack.len() > m + 1 {
                if let Some(inner) = stack.pop().filter(|o| o.mark.kind.is_double()) {
                    push(inner.mark, mark.at, mark.at, stack.len(), false);
                }
            }
            if let Some(open) = stack.pop() {
                push(open.mark, mark.at, mark.end, m, true);
            }
        } else if mark.opens {
            if let Some(m) = matching {
                // A second opening mark of the same kind: the first was never closed and ends at its sentence.
                let until = sentence_end(text, stack[m].mark.end, mark.at);
                while stack.len() > m {
                    if let Some(open) = stack.pop().filter(|o| o.mark.kind.is_double()) {
                        push(open.mark, until, until, stack.len(), false);
                    }
                }
            }
            if mark.kind != Kind::Single || has_partner(&marks[i..]) {
                stack.push(Open { mark, low });
            }
        }
    }
    while let Some(open) = stack.pop() {
        // A single mark without a partner is an apostrophe.
        if open.mark.kind.is_double() && (stack.is_empty() || stack.iter().all(|o| !o.mark.kind.is_double())) {
            push(open.mark, text.len(), text.len(), 0, false);
        }
    }
    out.sort_by_key(|q| (q.outer.start, std::cmp::Reverse(q.outer.end)));
    out
}

/// Whether the closing single mark that begins this list is rather the apostrophe of a plural: another mark that
/// closes more surely follows before any new one opens.
fn is_possessive(from: &[Mark], open: &Mark) -> bool {
    let here = from[0];
    if here.after_stop || !here.after_s {
        return false;
    }
    from[1..]
        .iter()
        .take_while(|m| m.at - open.at < LONGEST_SINGLE && !(m.kind == Kind::Single && m.opens && !m.closes))
        .take(8)
        .any(|m| m.kind == Kind::Single && m.closes)
}

/// Whether the opening single mark that begins this list finds a closing one near enough.
fn has_partner(from: &[Mark]) -> bool {
    let open = from[0];
    from[1..]
        .iter()
        .take(16)
        .take_while(|m| m.at - open.at < LONGEST_SINGLE)
        .any(|m| m.kind == Kind::Single && m.closes && m.at > open.end)
}

/// Where the sentence that begins at `from` ends, at `limit` at the latest, white space left out.
fn sentence_end(text: &str, from: usize, limit: usize) -> usize {
    let stretch = &text[from..limit];
    let stop = stretch.char_indices().find(|&(i, c)| {
        matches!(c, '.' | '!' | '?') && stretch[i + 1..].chars().next().is_none_or(char::is_whitespace)
    });
    let end = stop.map_or(stretch.len(), |(i, c)| i + c.len_utf8());
    from + stretch[..end].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outer(text: &str) -> Vec<&str> {
        let lines: Vec<&str> = text.split('\n').collect();
        let all = quotations(lines.iter().copied().enumerate());
        all.iter().filter(|q| q.depth == 0).map(|q| &lines[q.paragraph][q.inner.clone()]).collect()
    }

    #[test]
    fn every_kind_of_marks() {
        for text in [
            "He said \"we agree\".",
            "He said “we agree”.",
            "He said 'we agree'.",
            "He said ‘we agree’.",
            "He said „we agree“.",
            "He said «we agree».",
            "He said »we agree«.",
            "He said ”we agree”.",
            "「we agree」",
        ] {
            assert_eq!(outer(text), ["we agree"], "{text}");
        }
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert!(
            outer("The dockers' offer wasn't the board's, O'Hara said in the '90s. ’Twas rock ’n’ roll.").is_empty()
        );
        assert_eq!(outer("'The dockers' offer isn't ours,' she said."), ["The dockers' offer isn't ours,"]);
        assert_eq!(outer("‘It’s the workers’ day,’ she said. ‘Ours.’"), ["It’s the workers’ day,", "Ours."]);
        assert!(outer("A 6\" pipe and a 12\" one.").is_empty());
    }

    #[test]
    fn quotations_inside_quotations_keep_their_depth() {
        let text = "“He told me ‘never’ twice,” she said.";
        let all = quotations([(0, text)].into_iter());
        assert_eq!(
            all.iter().map(|q| (&text[q.inner.clone()], q.depth)).collect::<Vec<_>>(),
            [("He told me ‘never’ twice,", 0), ("never", 1)]
        );
    }

    #[test]
    fn straight_and_curly_marks_may_be_mixed() {
        assert_eq!(outer("“We agree,\" she said. \"Not today.”"), ["We agree,", "Not today."]);
        assert_eq!(outer("“He said \"never\" twice,” she said."), ["He said \"never\" twice,"]);
    }

    #[test]
    fn a_cue_in_the_middle_makes_two() {
        assert_eq!(outer("\"We agree,\" she said, \"but not today.\""), ["We agree,", "but not today."]);
    }

    #[test]
    fn paragraphs_that_reopen_go_on() {
        let text = ["“We agree.", "“But not today.”", "She left."];
        let all = quotations(text.iter().copied().enumerate());
        assert_eq!(all.iter().map(|q| (q.closed, q.resumes)).collect::<Vec<_>>(), [(false, false), (true, true)]);
    }

    #[test]
    fn an_unclosed_mark_is_bounded() {
        assert_eq!(outer("\"We agree. She left.\nThe board met.\nIt said \"no\"."), ["We agree. She left.", "no"]);
        assert_eq!(outer("\"We agree, he said. She left. \"No,\" she said."), ["We agree, he said.", "No,"]);
    }

    #[test]
    fn nothing_but_marks() {
        for c in ["\"", "“", "”", "'", "‘", "’", "«", "„", "\"'", "“‘", "'\" "] {
            let _ = outer(&c.repeat(3000));
        }
    }
}
