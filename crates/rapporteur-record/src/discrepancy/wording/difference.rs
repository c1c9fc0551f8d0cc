//! In what two quotations of the same words differ: words put for other words, not words cut away.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::word::{Word, same_spelling};
use std::ops::Range;

/// Words of one quotation that stand where others stand in the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// In the first.
    pub(super) ours: Range<usize>,
    /// In the second.
    pub(super) theirs: Range<usize>,
}

/// More words than this in one place are another sentence rather than other words.
const MAX_OTHER_WORDS: usize = 4;

/// What two stretches of quoted words have in common and where they differ; `None` where they are not the same words.
pub(super) fn differences(a: &[Word], b: &[Word]) -> Option<Vec<Difference>> {
    let folded = |words: &[Word]| words.iter().map(|w| w.folded.clone()).collect::<Vec<String>>();
    let ops = capture_diff_slices(Algorithm::Myers, &folded(a), &folded(b));
    let common: usize = ops.iter().map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum();
    let short = a.len().min(b.len());
    if common < 2 || common * 10 < short * 6 {
        return None;
    }
    let mut out = Vec::new();
    for (n, op) in ops.iter().enumerate() {
        let equal = |i: Option<usize>| match i.and_then(|i| ops.get(i)) {
            Some(DiffOp::Equal { len, .. }) => *len,
            _ => 0,
        };
        let (before, after) = (equal(n.checked_sub(1)), equal(Some(n + 1)));
        let found = match *op {
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                replaced(a, b, (old_index, old_len), (new_index, new_len), (before, after))
            }
            // Words that only one has, in the midst of what both have, with no mark of a cut.
            DiffOp::Delete { old_index, old_len, new_index } if before >= 3 && after >= 3 && old_len <= 2 => {
                Some(Difference { ours: old_index..old_index + old_len, theirs: new_index..new_index })
            }
            DiffOp::Insert { old_index, new_index, new_len } if before >= 3 && after >= 3 && new_len <= 2 => {
                Some(Difference { ours: old_index..old_index, theirs: new_index..new_index + new_len })
            }
            _ => None,
        };
        out.extend(found.filter(|d| !same_spelling(&a[d.ours.clone()], &b[d.theirs.clone()])));
    }
    let telling = |d: &Difference| {
        let word = |words: &[Word]| words.iter().any(Word::is_telling);
        let (ours, theirs) = (&a[d.ours.clone()], &b[d.theirs.clone()]);
        match ours.is_empty() || theirs.is_empty() {
            // One word more or less must be one that turns the sense.
            true => ours.iter().chain(theirs).any(|w| matches!(w.folded.as_str(), "not" | "no" | "never" | "only")),
            false => word(ours) || word(theirs),
        }
    };
    // An article or a pronoun for another is nothing; two of them show that one report wrote from memory.
    let plain = |d: &&Difference| !d.ours.is_empty() && !d.theirs.is_empty();
    let pointing = |d: &Difference| a[d.ours.clone()].iter().chain(&b[d.theirs.clone()]).all(Word::is_pointing);
    let matters = out.iter().any(telling) || out.iter().filter(plain).any(|d| !pointing(d));
    Some(if matters || out.iter().filter(plain).count() >= 2 { out } else { Vec::new() })
}

/// Words put for others between words that both have, or at an end that both have.
fn replaced(
    a: &[Word],
    b: &[Word],
    (old, old_len): (usize, usize),
    (new, new_len): (usize, usize),
    (before, after): (usize, usize),
) -> Option<Difference> {
    let (mut ours, mut theirs) = (old..old + old_len, new..new + new_len);
    if before > 0 && after > 0 {
        // The more words change, the more must stand around them.
        let held = before + after >= if old_len.max(new_len) > 3 { 5 } else { 3 } && old_len.abs_diff(new_len) <= 2;
        return (held && old_len <= MAX_OTHER_WORDS && new_len <= MAX_OTHER_WORDS)
            .then_some(Difference { ours, theirs });
    }
    // At the beginning of one quotation the other may go on: as many words of it count as the shorter has there.
    let least = old_len.min(new_len);
    if after >= 3 && before == 0 && least == 1 {
        (ours.start, theirs.start) = (ours.end - least, theirs.end - least);
        // "And we settled …": the word before it in the other is the last of another sentence.
        let telling = |words: &[Word]| words.iter().any(Word::is_telling);
        let both = telling(&a[ours.clone()]) && telling(&b[theirs.clone()]);
        return both.then_some(Difference { ours, theirs });
    }
    // Where both end there, as in "nothing to report", "nothing to say".
    let ends = ours.end == a.len() && theirs.end == b.len();
    let held = before >= 4 || before >= 2 && a.len().max(b.len()) <= 6;
    (held && after == 0 && ends && old_len.max(new_len) <= 2).then_some(Difference { ours, theirs })
}

#[cfg(test)]
mod tests {
    use super::super::word::words;
    use super::*;
    use crate::words::Lexicon;
    use rapporteur_schema::Text;

    fn of(text: &str) -> Vec<Word> {
        words(&Text::new(text), &Lexicon::default().read_str(text))
    }

    fn differ(a: &str, b: &str) -> Option<Vec<(String, String)>> {
        let (a, b) = (of(a), of(b));
        let said = |w: &[Word]| w.iter().map(|w| w.folded.clone()).collect::<Vec<_>>().join(" ");
        let found = differences(&a, &b)?;
        Some(found.into_iter().map(|d| (said(&a[d.ours]), said(&b[d.theirs]))).collect())
    }

    #[test]
    fn words_for_other_words() {
        for (a, b, ours, theirs) in [
            ("We settled the main clauses of the pact", "We settled the chief clauses of the pact", "main", "chief"),
            ("The door was slammed shut in our face", "thrown shut in our face", "slammed", "thrown"),
            ("nothing to announce", "nothing to add", "announce", "add"),
            ("They cannot win a strike in winter", "They will not win a strike in winter", "can", "will"),
        ] {
            assert_eq!(differ(a, b), Some(vec![(ours.to_owned(), theirs.to_owned())]), "{a} / {b}");
        }
    }

    #[test]
    fn a_cut_and_a_spelling_are_none() {
        for (a, b) in [
            ("We settled the main clauses of the pact, and go on", "settled the main clauses of the pact"),
            ("We honour a long-planned labour pact", "We honor a long planned labor pact"),
            ("to hold this long meeting now", "to hold the long meeting now"),
            ("And we settled the main clauses of the pact", "It took years. We settled the main clauses of the pact"),
        ] {
            assert_eq!(differ(a, b), Some(Vec::new()), "{a} / {b}");
        }
        assert_eq!(differ("We will not pay twice", "They signed in Oslo"), None);
    }
}
