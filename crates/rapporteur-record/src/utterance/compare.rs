//! Are two statements the same words? Decided by aligning them word by word.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::words::Word;

/// A statement as it is compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spoken {
    /// All its words, an editor's insertions left out.
    pub(crate) all: Vec<Word>,
    /// The stretches that stand in quotation marks; for a direct statement, the whole.
    pub(crate) quoted: Vec<Vec<Word>>,
}

impl Spoken {
    /// Whether two statements give, at least in part, the same words. `same_speaker` is false where two different
    /// speakers are known, true where they are one or one is unknown.
    pub(crate) fn same_words(&self, other: &Self, same_speaker: bool) -> bool {
        let quoted = self.quoted.iter().any(|a| other.quoted.iter().any(|b| shared(a, b, same_speaker)));
        // A fragment in marks may stand, marks or not, inside what the other report tells.
        quoted
            || (same_speaker
                && (self.quoted.iter().any(|a| inside(a, &other.all))
                    || other.quoted.iter().any(|b| inside(b, &self.all))))
            || (same_speaker && shared(&self.all, &other.all, true))
    }
}

/// The least number of words in a row that nobody says twice by chance.
const LONG_RUN: usize = 6;

/// Whether two stretches are one: a long run of words in common, or, of one speaker, most of the shorter.
fn shared(a: &[Word], b: &[Word], same_speaker: bool) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() {
        return false;
    }
    let alike = Alignment::of(short, long);
    if alike.run >= LONG_RUN && alike.run_content >= 3 {
        return true;
    }
    if !same_speaker {
        return false;
    }
    // Cut or reworded: most words of the shorter in order, some of them telling ones; of a few words, nearly all.
    let enough = if short.len() <= 6 { 3 } else { 4 };
    let telling = alike.common_content >= if short.len() <= 6 { 1 } else { 2 };
    let most =
        alike.common * 10 >= short.len() * 6 && alike.common >= enough && telling && long.len() <= short.len() * 3;
    let most = most || (alike.common * 10 >= short.len() * 6 && alike.common >= 4 && alike.common_content >= 2);
    most || rendered(short, long)
}

/// Whether a few words stand in a text but for one of them: "nothing to report" / "nothing to say", as two people render
/// one foreign sentence.
fn rendered(few: &[Word], text: &[Word]) -> bool {
    let close = |window: &[Word]| {
        let same: Vec<&Word> = few.iter().zip(window).filter(|(a, b)| a == b).map(|(a, _)| a).collect();
        same.len() + 1 >= few.len() && few[0] == window[0] && (same.iter().any(|w| w.is_content()) || same.len() >= 2)
    };
    (3..=6).contains(&few.len()) && text.len() <= few.len() * 2 + 2 && text.windows(few.len()).any(close)
}

/// Whether a quoted fragment stands word for word in a text: two telling words, or three words with a telling one.
fn inside(fragment: &[Word], text: &[Word]) -> bool {
    let content = fragment.iter().filter(|w| w.is_content()).count();
    let telling = (fragment.len() >= 3 && content >= 1) || content >= 2;
    telling && fragment.len() <= text.len() && text.windows(fragment.len()).any(|w| w == fragment)
}

/// What two stretches have in common.
struct Alignment {
    /// Words in order.
    common: usize,
    common_content: usize,
    /// The longest run without a gap.
    run: usize,
    run_content: usize,
}

impl Alignment {
    fn of(a: &[Word], b: &[Word]) -> Self {
        let mut out = Alignment { common: 0, common_content: 0, run: 0, run_content: 0 };
        for op in capture_diff_slices(Algorithm::Myers, a, b) {
            if let DiffOp::Equal { old_index, len, .. } = op {
                let content = a[old_index..old_index + len].iter().filter(|w| w.is_content()).count();
                out.common += len;
                out.common_content += content;
                if len > out.run {
                    (out.run, out.run_content) = (len, content);
                }
            }
        }
        out
    }
}

/// How the words of two stretches relate, the weaker relation first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kinship {
    /// The same words.
    Identical,
    /// One leaves out what the other has.
    Cut,
    /// Some words are others.
    Reworded,
}

/// How two statements that give the same words relate.
pub(crate) fn kinship(a: &Spoken, b: &Spoken) -> Kinship {
    if a.all == b.all {
        return Kinship::Identical;
    }
    // Only what both give as the speaker's own words can be called reworded.
    let pairs = a.quoted.iter().flat_map(|x| b.quoted.iter().map(move |y| (x, y)));
    let mut reworded = false;
    for (x, y) in pairs.filter(|(x, y)| shared(x, y, true)) {
        for op in capture_diff_slices(Algorithm::Myers, x, y) {
            if let DiffOp::Replace { old_index, old_len, new_index, new_len } = op {
                let telling = |words: &[Word]| words.iter().any(Word::is_content);
                // Other words in the middle are another wording; at an end, only other limits of the cut.
                let inner =
                    old_index > 0 && old_index + old_len < x.len() && new_index > 0 && new_index + new_len < y.len();
                let last = old_index > 0 && old_len <= 2 && new_len <= 2;
                reworded |= (inner || last)
                    && (telling(&x[old_index..old_index + old_len]) || telling(&y[new_index..new_index + new_len]));
            }
        }
    }
    if reworded { Kinship::Reworded } else { Kinship::Cut }
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    fn direct(text: &str) -> Spoken {
        let all: Vec<Word> = words(text).into_iter().filter(|w| !w.inserted).collect();
        Spoken { quoted: vec![all.clone()], all }
    }

    fn mixed(text: &str) -> Spoken {
        let kept = |t: &str| words(t).into_iter().filter(|w| !w.inserted).collect::<Vec<Word>>();
        Spoken { all: kept(text), quoted: text.split('"').skip(1).step_by(2).map(kept).collect() }
    }

    #[test]
    fn the_same_words_are_found() {
        let whole =
            direct("Both sides have settled the main clauses of the accord, and what is left is a matter of days.");
        for other in [
            direct("[W]hat is left is a matter of days"),
            direct("Both [delegations] sides have settled the main clauses of the accord"),
            mixed("the \"main clauses\" had been settled"),
            direct(
                "Both sides have resolved the principal clauses of the accord, and what remains is a question of days.",
            ),
        ] {
            assert!(whole.same_words(&other, true) && other.same_words(&whole, true), "{other:?}");
        }
        assert!(mixed("had \"no news to offer\"").same_words(&direct("I have no news to share."), true));
        assert!(direct("No such meeting took place").same_words(&direct("There was no such meeting"), true));
        assert!(mixed("he had \"nothing to report\"").same_words(&mixed("he had \"nothing to say\" about it"), true));
    }

    #[test]
    fn other_words_are_not() {
        let whole = direct("We will not pay twice for the same water.");
        assert!(!whole.same_words(&direct("We will not sign before the mines are cleared."), true));
        assert!(!whole.same_words(&mixed("they \"will not\" come"), true));
        assert!(!whole.same_words(&mixed("he rejected the \"same water\""), false), "a fragment of somebody else's");
    }

    #[test]
    fn how_they_relate() {
        let whole = direct("We found a shared reading of the core terms discussed there, and go on.");
        assert_eq!(kinship(&whole, &whole), Kinship::Identical);
        assert_eq!(kinship(&whole, &direct("We found a shared reading of the core terms")), Kinship::Cut);
        assert_eq!(
            kinship(&whole, &direct("We found a shared reading of the key terms negotiated there, and go on.")),
            Kinship::Reworded
        );
    }
}
