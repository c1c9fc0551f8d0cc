//! How one outlet's words differ from the fullest form of the same words, in a phrase.

use std::ops::Range;

use rapporteur_lexicon::words::function::ARTICLE;
use rapporteur_schema::phrase::ranges;
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

impl Change {
    /// The words it is about.
    fn words(&self) -> impl Iterator<Item = &str> {
        let (one, two) = match self {
            Change::Only(w) | Change::Instead(w) | Change::LeftOut(w) | Change::Added(w) => (w.as_str(), ""),
            Change::Replaced { by, of } => (by.as_str(), of.as_str()),
        };
        one.split_whitespace().chain(two.split_whitespace())
    }

    /// Whether the letters are the same: "tax-filing" for "tax filing".
    fn is_spelling(&self) -> bool {
        let letters =
            |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        matches!(self, Change::Replaced { by, of } if letters(by) == letters(of))
    }
}

/// Whether a word makes no difference by itself: an article, "that".
fn says_nothing(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    word.is_empty() || word == "that" || ARTICLE.has(&word)
}

/// What was found between two wordings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The words, stretch by stretch.
    pub segments: Vec<Segment>,
    /// What is different.
    pub changes: Vec<Change>,
    /// Those of them that stand between words which both have: at its ends an outlet may give words apart, or less of them.
    pub inner: Vec<Change>,
}

impl Difference {
    /// How many characters only one of the two has.
    pub(crate) fn apart(&self) -> usize {
        let only = |segment: &Segment| match segment {
            Segment::Same(_) => 0,
            Segment::LeftOut(words) | Segment::Other(words) => words.chars().count(),
        };
        self.segments.iter().map(only).sum()
    }
}

/// Most changes that a phrase names one by one.
const MAX_NAMED_CHANGES: usize = 4;

/// A word as it is written, up to the next space, with its place. `key` has its letters and digits alone, so that marks,
/// brackets and case do not count where words are compared by it.
struct Word {
    key: String,
    at: Range<usize>,
}

/// The words of a clean text. Marks that stand by themselves belong to the word before them, and before the first to it.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut last = 0;
    for at in ranges(text) {
        let between = &text[last..at.start];
        // "points—few" are two words, "don’t" and "twenty-four" are one.
        let start = between.rfind(' ').map(|n| n + 1);
        let start = start.or_else(|| between.rfind(['—', '–']).map(|n| n + '—'.len_utf8()));
        match (words.last_mut(), start) {
            (None, _) => words.push(Word { key: String::new(), at: 0..at.end }),
            (Some(_), Some(n)) => words.push(Word { key: String::new(), at: last + n..at.end }),
            (Some(open), None) => open.at.end = at.end,
        }
        last = at.end;
        signs(text, at, &mut words);
    }
    // Each goes on to where the next one begins, or the space before it.
    let ends: Vec<usize> = words.iter().skip(1).map(|w| w.at.start).chain([text.len()]).collect();
    for (word, end) in words.iter_mut().zip(ends) {
        word.at.end = word.at.start + text[word.at.start..end].trim_end_matches(' ').len();
    }
    words
}

/// Adds the letters of a word to the last one; scripts that do not part words by spaces are compared sign by sign.
fn signs(text: &str, at: Range<usize>, words: &mut Vec<Word>) {
    for (n, c) in text[at.clone()].char_indices() {
        let wide = |c: char| c.is_alphanumeric() && c.width() == Some(2);
        let first = words.last().is_none_or(|w| w.key.is_empty());
        let after_wide = || text[..at.start + n].chars().next_back().is_some_and(wide);
        if !first && (wide(c) || after_wide()) {
            words.push(Word { key: String::new(), at: at.start + n..at.end });
        }
        if let Some(word) = words.last_mut() {
            word.key.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
        }
    }
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

/// The words of a clean text with their places in bytes, and whether another has them too, in that order.
pub(crate) fn shared(text: &str, other: &str) -> Vec<(Range<usize>, bool)> {
    let (a, b) = (words(text), words(other));
    let mut found: Vec<(Range<usize>, bool)> = a.iter().map(|w| (w.at.clone(), false)).collect();
    for op in capture_diff_slices(Algorithm::Myers, &keys(&a), &keys(&b)) {
        if let DiffOp::Equal { old_index, len, .. } = op {
            found[old_index..old_index + len].iter_mut().for_each(|(_, same)| *same = true);
        }
    }
    found
}

fn keys(words: &[Word]) -> Vec<String> {
    words.iter().map(|w| w.key.clone()).collect()
}

/// Compares one outlet's words with the fullest form; both are clean, single-spaced texts.
pub fn compare(full: &str, given: &str) -> Difference {
    if full == given {
        return Difference { segments: vec![Segment::Same(given.to_owned())], ..Difference::default() };
    }
    let (a, b) = (words(full), words(given));
    let ops = capture_diff_slices(Algorithm::Myers, &keys(&a), &keys(&b));
    let mut found = Difference::default();
    let (mut kept, mut kept_chars, mut left_chars, mut other) = (Vec::new(), 0, 0, false);
    let mut same_words = 0;
    let mut inner: Vec<Change> = Vec::new();
    for (n, op) in ops.iter().enumerate() {
        let told = found.changes.len();
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
        if n > 0 && n + 1 < ops.len() {
            let tells = |c: &&Change| c.words().any(|w| !says_nothing(w)) && !c.is_spelling();
            inner.extend(found.changes[told..].iter().filter(tells).cloned());
        }
    }
    found.inner = inner;
    if !other && kept_chars < left_chars && !kept.is_empty() {
        found.changes = vec![Change::Only(kept.join(" … "))];
        found.inner = Vec::new();
    } else if other && same_words * 5 < 2 * a.len().min(b.len()) {
        found.changes = vec![Change::Instead(trim(given))];
        found.inner = found.changes.clone();
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
fn marked<'t>(was: &'t str, is: &'t str) -> String {
    let (old, new) = (words(was), words(is));
    if old.is_empty() || new.is_empty() {
        return format!("[-{was}-] {{+{is}+}}");
    }
    // Marks count here: what was kept of the article is shown as it was.
    let written = |text: &'t str, words: &[Word]| words.iter().map(|w| &text[w.at.clone()]).collect::<Vec<_>>();
    let mut out: Vec<String> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &written(was, &old), &written(is, &new)) {
        let (left, put) = (slice(was, &old[op.old_range()]), slice(is, &new[op.new_range()]));
        if matches!(op, DiffOp::Equal { .. }) {
            out.push(put.to_owned());
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
    fn what_differs_at_the_ends_may_stand_elsewhere_in_the_report() {
        let inner = |full: &str, given: &str| phrase(&compare(full, given).inner, false);
        let full = "We found a shared reading of the core terms discussed at the weir.";
        assert_eq!(inner(full, "we found a shared reading of the core terms"), "");
        assert_eq!(inner(full, "a shared reading"), "");
        assert_eq!(inner(full, "We found a reading of the core terms discussed at the weir."), "leaves out “shared”");
        assert_eq!(inner(full, "We found the shared reading of the key terms"), "“key” for “core”");
        assert_eq!(inner("Such a tax-filing rule is new", "Such a tax filing rule is new"), "");
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
    fn words_are_as_they_are_written() {
        let written = |text| {
            let all: Vec<(String, &str)> = words(text).into_iter().map(|w| (w.key, &text[w.at])).collect();
            all.into_iter().map(|(key, w)| format!("{key}={w}")).collect::<Vec<_>>().join("|")
        };
        assert_eq!(
            written("“[T]he points—few … don’t (yet) sum."),
            "the=“[T]he|points=points—|few=few …|dont=don’t|yet=(yet)|sum=sum."
        );
        assert_eq!(written("… 关键 — “键 x”"), "关=… 关|键=键 —|键=“键|x=x”");
        assert_eq!(written("* * *"), "");
    }

    #[test]
    fn versions_are_told_apart_by_their_marks_too() {
        assert_eq!(
            paragraphs("It stays. They left.", "It stays! They left."),
            "  ~ It [-stays.-] {+stays!+} They left.\n"
        );
        assert_eq!(paragraphs("One.\n* * *\nTwo.", "One.\n***\nTwo."), "  ~ [-* * *-] {+***+}\n");
        assert_eq!(paragraphs("Two  words.", "Two words."), "  nothing but white space\n");
    }

    #[test]
    fn a_list_of_changes_has_an_end() {
        let changes = vec![Change::Added("x".into()); 6];
        assert!(phrase(&changes, true).ends_with(" · and 2 more"));
    }
}
