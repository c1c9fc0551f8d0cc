//! How one outlet's words differ from the fullest form of the same words, told in a phrase.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_width::UnicodeWidthChar;

use crate::words::brief;

/// A stretch of one outlet's words, beside the fullest form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Both have it.
    Same(String),
    /// The fullest form alone has it.
    LeftOut(String),
    /// The outlet alone has it.
    Other(String),
}

/// One way in which the words differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Only a small part is given.
    Only(String),
    /// The words are quite others.
    Instead(String),
    /// Words are left out.
    LeftOut(String),
    /// Words are put in.
    Added(String),
    /// Words stand for others.
    Replaced {
        /// These do.
        by: String,
        /// For these.
        of: String,
    },
}

/// What was found between two wordings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The words, stretch by stretch.
    pub segments: Vec<Segment>,
    /// What is different.
    pub changes: Vec<Change>,
}

/// Most changes that a phrase names one by one.
const MAX_NAMED_CHANGES: usize = 4;

/// A word with its place; words are compared by letters and digits alone, so marks, brackets and case do not count.
struct Word {
    key: String,
    at: Range<usize>,
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        // Scripts that do not part words by spaces are compared sign by sign.
        let sign = c.is_alphanumeric() && c.width() == Some(2);
        if c == ' ' {
            open = false;
            continue;
        }
        if sign || !open {
            words.push(Word { key: String::new(), at: at..end });
        }
        if let Some(word) = words.last_mut() {
            word.at.end = end;
            word.key.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
        }
        open = !sign && !matches!(c, '—' | '–');
    }
    // A lone dash or "…" belongs to the word before it.
    let mut kept: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        match kept.last_mut() {
            _ if !word.key.is_empty() => kept.push(word),
            Some(last) => last.at.end = word.at.end,
            None => {}
        }
    }
    kept
}

fn slice<'t>(text: &'t str, words: &[Word]) -> &'t str {
    match words {
        [first, .., last] => &text[first.at.start..last.at.end],
        [only] => &text[only.at.clone()],
        [] => "",
    }
}

/// Marks at the ends of a phrase that say nothing about the difference.
fn trim(phrase: &str) -> String {
    let marks =
        |c: char| matches!(c, ' ' | ',' | ';' | ':' | '.' | '…' | '—' | '–' | '-' | '“' | '”' | '"' | '‘' | '«' | '»');
    phrase.trim_matches(marks).to_owned()
}

/// Compares one outlet's words with the fullest form; both are clean, single-spaced texts.
pub fn compare(full: &str, given: &str) -> Difference {
    if full == given {
        return Difference { segments: vec![Segment::Same(given.to_owned())], changes: Vec::new() };
    }
    let (a, b) = (words(full), words(given));
    let keys = |words: &[Word]| words.iter().map(|w| w.key.clone()).collect::<Vec<_>>();
    let ops = capture_diff_slices(Algorithm::Myers, &keys(&a), &keys(&b));
    let mut found = Difference::default();
    let (mut kept, mut kept_chars, mut left_chars, mut other) = (Vec::new(), 0, 0, false);
    let mut same_words = 0;
    for op in &ops {
        let (old, new) = (slice(full, &a[op.old_range()]), slice(given, &b[op.new_range()]));
        match op {
            DiffOp::Equal { len, .. } => {
                same_words += len;
                kept_chars += new.len();
                kept.push(trim(new));
                found.segments.push(Segment::Same(new.to_owned()));
            }
            DiffOp::Delete { .. } => {
                left_chars += old.len();
                found.changes.push(Change::LeftOut(trim(old)));
                found.segments.push(Segment::LeftOut(old.to_owned()));
            }
            DiffOp::Insert { .. } => {
                other = true;
                found.changes.push(Change::Added(trim(new)));
                found.segments.push(Segment::Other(new.to_owned()));
            }
            DiffOp::Replace { .. } => {
                other = true;
                found.changes.push(Change::Replaced { by: trim(new), of: trim(old) });
                found.segments.push(Segment::LeftOut(old.to_owned()));
                found.segments.push(Segment::Other(new.to_owned()));
            }
        }
    }
    if !other && kept_chars < left_chars && !kept.is_empty() {
        found.changes = vec![Change::Only(kept.join(" … "))];
    } else if other && same_words * 5 < 2 * a.len().min(b.len()) {
        found.changes = vec![Change::Instead(trim(given))];
    }
    found
}

/// The changes in one phrase, for one outlet (`leaves out`) or several (`leave out`).
pub(crate) fn phrase(changes: &[Change], several: bool) -> String {
    let verb = |one: &'static str, many: &'static str| if several { many } else { one };
    // Inside marks of our own, those of the report become single ones.
    let brief = |words: &str| brief(words).replace('“', "‘").replace('”', "’").replace('"', "'");
    let say = |change: &Change| match change {
        Change::Only(w) => format!("{} only “{}”", verb("gives", "give"), brief(w)),
        Change::Instead(w) => format!("{} “{}”", verb("has", "have"), brief(w)),
        Change::LeftOut(w) => format!("{} out “{}”", verb("leaves", "leave"), brief(w)),
        Change::Added(w) => format!("{} “{}”", verb("adds", "add"), brief(w)),
        Change::Replaced { by, of } => format!("“{}” for “{}”", brief(by), brief(of)),
    };
    let mut parts: Vec<String> = changes.iter().take(MAX_NAMED_CHANGES).map(say).collect();
    match changes.len().saturating_sub(MAX_NAMED_CHANGES) {
        0 => {}
        n => parts.push(format!("and {n} more")),
    }
    parts.join(" · ")
}

/// What changed between two texts, paragraph by paragraph.
pub(crate) fn paragraphs(before: &str, after: &str) -> String {
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(crate::words::clean).filter(|l| !l.is_empty()).collect::<Vec<_>>()
    };
    let (old, new) = (lines(before), lines(after));
    let mut out = String::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (was, is) = (&old[op.old_range()], &new[op.new_range()]);
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        // Paragraphs that stand in each other's place are compared word by word.
        for at in 0..was.len().max(is.len()) {
            match (was.get(at), is.get(at)) {
                (Some(was), Some(is)) => out.push_str(&format!("  ~ {}\n", marked(was, is))),
                (Some(was), None) => out.push_str(&format!("  - {was}\n")),
                (None, Some(is)) => out.push_str(&format!("  + {is}\n")),
                (None, None) => {}
            }
        }
    }
    if out.is_empty() { "  nothing but white space\n".into() } else { out }
}

/// One paragraph with what was left out and put in marked.
fn marked(was: &str, is: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (was.split(' ').collect(), is.split(' ').collect());
    let mut out: Vec<String> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (left, put) = (old[op.old_range()].join(" "), new[op.new_range()].join(" "));
        if matches!(op, DiffOp::Equal { .. }) {
            out.push(put);
            continue;
        }
        if !left.is_empty() {
            out.push(format!("[-{left}-]"));
        }
        if !put.is_empty() {
            out.push(format!("{{+{put}+}}"));
        }
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase_of(full: &str, given: &str) -> String {
        phrase(&compare(full, given).changes, false)
    }

    #[test]
    fn cuts_insertions_and_other_words_are_told_apart() {
        let full = "We found a shared reading of the core terms discussed at the weir.";
        assert_eq!(
            phrase_of(full, "we found a shared reading of the core terms"),
            "leaves out “discussed at the weir”"
        );
        assert_eq!(phrase_of(full, "a shared reading"), "gives only “a shared reading”");
        assert_eq!(
            phrase_of(full, "We [the council] found a shared reading of the key terms negotiated at the weir."),
            "adds “[the council]” · “key” for “core” · “negotiated” for “discussed”"
        );
        assert_eq!(phrase_of("all of it is done", "all of it is as “good” as done"), "adds “as ‘good’ as”");
        assert_eq!(
            phrase_of(full, "Both sides agree about the essentials"),
            "has “Both sides agree about the essentials”"
        );
    }

    #[test]
    fn marks_and_case_are_no_difference() {
        assert_eq!(phrase_of("There are – in short – few points left.", "[t]here are … in short, few points left"), "");
        assert_eq!(compare("", "").changes, []);
    }

    #[test]
    fn signs_without_spaces_are_compared_one_by_one() {
        assert_eq!(phrase_of("双方就核心条款达成共识。", "双方就关键条款达成共识"), "“关键” for “核心”");
    }

    #[test]
    fn a_list_of_changes_has_an_end() {
        let changes = vec![Change::Added("x".into()); 6];
        assert!(phrase(&changes, true).ends_with(" · and 2 more"));
    }
}
