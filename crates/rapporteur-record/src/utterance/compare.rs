//! Are two statements the same words? Decided by aligning what stands in quotation marks, word by word.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::words::{Token, Word};

/// A statement as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct UtteranceWords {
    /// All its words, an editor's insertions left out.
    pub(crate) all: Vec<Word>,
    /// The stretches that stand in quotation marks, parted where words are left out; for a direct statement, the whole.
    pub(crate) quoted: Vec<Vec<Word>>,
    /// The sentences of what is quoted, the very short ones left out.
    sentences: Vec<Vec<Word>>,
}

/// A sentence of fewer words may well be said twice.
const SENTENCE: usize = 5;

impl UtteranceWords {
    /// A statement of these words, of which none is quoted yet.
    pub(crate) fn new(all: Vec<Word>) -> Self {
        UtteranceWords { all, quoted: Vec::new(), sentences: Vec::new() }
    }

    /// Adds a stretch in quotation marks.
    pub(crate) fn add_quoted(&mut self, tokens: &[Token]) {
        let mut stretch: Vec<Word> = Vec::new();
        for token in tokens.iter().filter(|t| !t.inserted) {
            if token.after_gap && !stretch.is_empty() {
                self.quoted.push(std::mem::take(&mut stretch));
            }
            stretch.push(token.word);
        }
        if !stretch.is_empty() {
            self.quoted.push(stretch);
        }
        for sentence in tokens.chunk_by(|_, next| !next.begins_sentence) {
            let words: Vec<Word> = sentence.iter().filter(|t| !t.inserted).map(|t| t.word).collect();
            if words.len() >= SENTENCE && words.iter().any(|w| w.is_content()) {
                self.sentences.push(words);
            }
        }
    }
}

/// How surely two statements give the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MatchKind {
    /// Some words are others, or they are few: unless other words of the same report fit better.
    Weak,
    /// Word for word.
    Strong,
}

/// Whether two statements are of one speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speakers {
    /// They are.
    Same,
    /// Of one of them no report says who it is.
    Unclear,
    /// They are of two.
    Two,
}

/// Whether two statements give, at least in part, the same words. `rare` tells whether nobody else in the story uses words.
pub(crate) fn match_kind(
    a: &UtteranceWords,
    b: &UtteranceWords,
    speakers: Speakers,
    rare: &dyn Fn(&[Word]) -> bool,
) -> Option<MatchKind> {
    let pairs = || a.quoted.iter().flat_map(|x| b.quoted.iter().map(move |y| (x.as_slice(), y.as_slice())));
    if speakers == Speakers::Two {
        // Two people may use one phrase: it is the same saying where it is most of what either is given. A few words of somebody, in
        // the midst of what another says of them, are quoted there.
        let most = |x: &[Word], y: &[Word], alike: &Alignment| {
            let (short, long) = (x.len().min(y.len()), x.len().max(y.len()));
            alike.common * 10 >= short * 6 && (short >= PHRASE || alike.common * 10 >= long * 6)
        };
        return pairs()
            .any(|(x, y)| {
                let alike = Alignment::of(x, y);
                alike.is_long() && most(x, y, &alike)
            })
            .then_some(MatchKind::Strong);
    }
    if speakers == Speakers::Unclear && a.all == b.all && a.all.len() >= LONG_SCRAP {
        return Some(MatchKind::Strong);
    }
    let alike = |x: &[Word], y: &[Word]| {
        let scrap = speakers == Speakers::Unclear && x.len().min(y.len()) < LONG_SCRAP;
        if scrap { None } else { shared(x, y) }
    };
    let whole = pairs().filter_map(|(x, y)| alike(x, y)).max();
    if whole == Some(MatchKind::Strong) {
        return whole;
    }
    // Who is not known may be anybody: a scrap that two people may use ("deeply concerned") says nothing of who it is.
    let scrap = |f: &[Word]| speakers == Speakers::Unclear && f.len() < LONG_SCRAP;
    let parts = |x: &UtteranceWords, y: &UtteranceWords| {
        x.quoted.iter().filter(|f| !scrap(f)).filter_map(|f| fragment(f, x, y, rare)).max()
    };
    let best = whole.max(parts(a, b)).max(parts(b, a));
    best.or_else(|| {
        let mut pairs = a.sentences.iter().flat_map(|x| b.sentences.iter().map(move |y| (x, y)));
        pairs.any(|(x, y)| shared(x, y).is_some()).then_some(MatchKind::Weak)
    })
}

/// Fewer words than this are a phrase that another may quote.
const PHRASE: usize = 9;

/// The least number of words that are looked for in what somebody says of whom no report tells who it is.
const LONG_SCRAP: usize = 4;

/// The least number of words in a row that nobody says twice by chance.
const LONG_RUN: usize = 6;

/// Whether two stretches of one speaker are one: a long run of words in common, or most of the shorter, close together.
fn shared(a: &[Word], b: &[Word]) -> Option<MatchKind> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() {
        return None;
    }
    let alike = Alignment::of(short, long);
    if alike.is_long() {
        return Some(MatchKind::Strong);
    }
    // Cut or reworded: most words of the shorter in order, some of them telling ones; of a few words, nearly all.
    let few = short.len() <= 6;
    let enough = if few { 3 } else { 4 };
    let telling = alike.common_content >= if few { 1 } else { 2 };
    let most = alike.common * 10 >= short.len() * 6 && alike.common >= enough && telling;
    let close = alike.width <= alike.common * 2 + 1;
    (most && close || rendered(short, long)).then_some(MatchKind::Weak)
}

/// Whether a few words stand in a text but for one of them: "nothing to report" / "nothing to say", as two people render
/// one foreign sentence.
fn rendered(few: &[Word], text: &[Word]) -> bool {
    let close = |window: &[Word]| {
        let same: Vec<Word> = few.iter().zip(window).filter(|(a, b)| a == b).map(|(a, _)| *a).collect();
        same.len() + 1 >= few.len() && few[0] == window[0] && (same.iter().any(|w| w.is_content()) || same.len() >= 2)
    };
    (3..=6).contains(&few.len()) && text.len() <= few.len() * 2 + 2 && text.windows(few.len()).any(close)
}

/// Whether a quoted fragment of `own` stands word for word in what another report tells. Three words with a telling one
/// do by themselves; of one or two, more must be in common around them, or the words be nobody else's.
fn fragment(
    words: &[Word],
    own: &UtteranceWords,
    other: &UtteranceWords,
    rare: &dyn Fn(&[Word]) -> bool,
) -> Option<MatchKind> {
    let content = words.iter().filter(|w| w.is_content()).count();
    if content == 0 || words.len() > other.all.len() {
        return None;
    }
    let in_quotes = other.quoted.iter().any(|q| position(words, q).is_some());
    let at = position(words, &other.all)?;
    match (words.len(), content) {
        (3.., _) if in_quotes || content >= 2 => Some(MatchKind::Strong),
        (3.., _) => Some(MatchKind::Weak),
        _ if !in_quotes => None,
        (_, n) => {
            let around = around(words, own, &other.all[at.saturating_sub(REACH)..other.all.len().min(at + REACH)]);
            let rare = rare(words);
            (around >= 2 || around >= 1 && (rare || n >= 2) || rare && n >= 2).then_some(MatchKind::Weak)
        }
    }
}

/// How far around a scrap its context reaches, in words.
const REACH: usize = 14;

/// How many telling words beside the scrap's own both have around it.
fn around(scrap: &[Word], own: &UtteranceWords, near: &[Word]) -> usize {
    let mut common: Vec<Word> =
        own.all.iter().copied().filter(|w| w.is_content() && !scrap.contains(w) && near.contains(w)).collect();
    common.sort_unstable();
    common.dedup();
    common.len()
}

/// Where some words stand in a row.
fn position(words: &[Word], text: &[Word]) -> Option<usize> {
    text.windows(words.len()).position(|w| w == words)
}

/// What two stretches have in common.
struct Alignment {
    /// Words in order.
    common: usize,
    common_content: usize,
    /// The longest run without a gap.
    run: usize,
    run_content: usize,
    /// From the first common word to the last in the longer of the two.
    width: usize,
}

impl Alignment {
    fn of(a: &[Word], b: &[Word]) -> Self {
        let mut out = Alignment { common: 0, common_content: 0, run: 0, run_content: 0, width: 0 };
        let mut first = None;
        for op in capture_diff_slices(Algorithm::Myers, a, b) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                let content = a[old_index..old_index + len].iter().filter(|w| w.is_content()).count();
                out.common += len;
                out.common_content += content;
                out.width = new_index + len - *first.get_or_insert(new_index);
                if len > out.run {
                    (out.run, out.run_content) = (len, content);
                }
            }
        }
        out
    }

    /// Whether it has a run that nobody says twice by chance.
    fn is_long(&self) -> bool {
        self.run >= LONG_RUN && self.run_content >= 3
    }
}

/// How the words of two stretches relate, the weaker relation first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Similarity {
    /// The same words.
    Identical,
    /// One leaves out what the other has.
    Cut,
    /// Some words are others.
    Reworded,
}

/// How two statements that give the same words relate.
pub(crate) fn similarity(a: &UtteranceWords, b: &UtteranceWords) -> Similarity {
    if a.all == b.all || a.quoted == b.quoted {
        return Similarity::Identical;
    }
    // Only what both give as the speaker's own words can be called reworded.
    let pairs = a.quoted.iter().flat_map(|x| b.quoted.iter().map(move |y| (x, y)));
    let mut reworded = false;
    for (x, y) in pairs.filter(|(x, y)| shared(x, y).is_some()) {
        for op in capture_diff_slices(Algorithm::Myers, x, y) {
            if let DiffOp::Replace { old_index, old_len, new_index, new_len } = op {
                let telling = |words: &[Word]| words.iter().any(|w| w.is_content());
                // Other words in the middle are another wording; at an end, only other limits of the cut.
                let inner =
                    old_index > 0 && old_index + old_len < x.len() && new_index > 0 && new_index + new_len < y.len();
                let last = old_index > 0 && old_len <= 2 && new_len <= 2;
                reworded |= (inner || last)
                    && (telling(&x[old_index..old_index + old_len]) || telling(&y[new_index..new_index + new_len]));
            }
        }
    }
    if reworded { Similarity::Reworded } else { Similarity::Cut }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lexicon;

    /// Two texts as a pair of statements; one without quotation marks is direct.
    fn two<'t>(a: &'t str, b: &'t str) -> (UtteranceWords, UtteranceWords) {
        let mut lexicon = Lexicon::default();
        let mut read = |text: &'t str| {
            let all: Vec<Word> = lexicon.read_str(text).iter().filter(|t| !t.inserted).map(|t| t.word).collect();
            let mut spoken = UtteranceWords::new(all);
            let parts: Vec<&str> = text.split('"').collect();
            let quoted: Vec<&str> =
                if parts.len() == 1 { parts } else { parts.into_iter().skip(1).step_by(2).collect() };
            quoted.into_iter().for_each(|q| spoken.add_quoted(&lexicon.read_str(q)));
            spoken
        };
        (read(a), read(b))
    }

    fn kind_of(a: &str, b: &str, same_speaker: bool, rare: bool) -> Option<MatchKind> {
        between(a, b, if same_speaker { Speakers::Same } else { Speakers::Two }, rare)
    }

    fn between(a: &str, b: &str, speakers: Speakers, rare: bool) -> Option<MatchKind> {
        let (a, b) = two(a, b);
        let there = match_kind(&a, &b, speakers, &|_| rare);
        assert_eq!(there, match_kind(&b, &a, speakers, &|_| rare), "it matters which comes first");
        there
    }

    #[test]
    fn a_scrap_does_not_tell_whose_it_is() {
        let (scrap, whole) = (
            "the harbour board was \"deeply concerned\" about the bill",
            "we are deeply concerned about the harm that the bill does to our crews",
        );
        assert!(between(scrap, whole, Speakers::Same, true).is_some());
        assert_eq!(between(scrap, whole, Speakers::Unclear, true), None);
        let other = "officials were \"deeply concerned\" about ice";
        assert_eq!(between(scrap, other, Speakers::Unclear, true), None, "or one would join two who say so");
        let longer = "it was \"the harm that the bill does\" to them";
        assert!(between(longer, whole, Speakers::Unclear, false).is_some());
    }

    const WHOLE: &str = "Both sides have settled the main clauses of the accord, and what is left is a matter of days.";

    #[test]
    fn the_same_words_are_found() {
        for other in [
            "[W]hat is left is a matter of days",
            "Both [delegations] sides have settled the main clauses of the accord",
            "the \"main clauses\" of the accord had been settled",
            "Both sides have resolved the principal clauses of the accord, and what remains is a question of days.",
            "they said \"both sides have settled the main clauses ... a matter of days\"",
        ] {
            assert!(kind_of(WHOLE, other, true, false).is_some(), "{other:?}");
        }
        assert!(
            kind_of(
                "That is late. Why would they ask for more?",
                "We have paid. Why would they ask for less?",
                true,
                false
            )
            .is_some()
        );
        assert!(kind_of("had \"no news to offer\"", "I have no news to share.", true, false).is_some());
        assert!(kind_of("No such meeting took place", "There was no such meeting", true, false).is_some());
        assert!(kind_of("he had \"nothing to report\"", "he had \"nothing to say\" about it", true, false).is_some());
    }

    #[test]
    fn other_words_are_not() {
        let whole = "We will not pay twice for the same water.";
        assert_eq!(kind_of(whole, "We will not sign before the mines are cleared.", true, true), None);
        assert_eq!(kind_of(whole, "they \"will not\" come", true, true), None);
        assert_eq!(
            kind_of(whole, "he rejected the \"same water\"", false, true),
            None,
            "a fragment of somebody else's"
        );
        let far =
            "The lock, which is old and has been closed for most of the spring by ice and mud, is to be built anew";
        assert_eq!(kind_of("The lock is to be sold", far, true, true), None, "words far apart");
    }

    #[test]
    fn two_people_may_use_one_phrase() {
        let phrase = "they stand on the wrong side of the river and of history";
        let (one, two) = (
            format!("It will fail: {phrase}"),
            format!("Our taxes are wasted on lawyers who have never seen the river, and {phrase}"),
        );
        assert!(kind_of(&one, &two, true, false).is_some());
        assert_eq!(kind_of(&one, &two, false, false), Some(MatchKind::Strong), "most of either is the phrase");
        let quoted = "the war on the strait was no \"war that the river people chose\" and never will be one";
        assert_eq!(
            kind_of("it was a \"war that the river people chose\"", &quoted.replace('"', ""), false, false),
            None
        );
        let longer =
            format!("{one}, and the next mayor, whoever she is, had better know it before the spring floods come");
        let other =
            format!("{two}, as anybody who keeps the books of this town could have told them without being asked");
        assert_eq!(kind_of(&longer, &other, false, false), None);
    }

    #[test]
    fn a_scrap_needs_more_than_itself() {
        let whole = "We found an honest way to share the tolls of the strait.";
        assert_eq!(kind_of("the deal was \"honest\"", whole, true, true), None);
        assert_eq!(kind_of("the way to share tolls was \"honest\"", whole, true, false), Some(MatchKind::Weak));
        assert_eq!(kind_of("it was an \"honest way\"", whole, true, false), None);
        assert_eq!(kind_of("it was an \"honest way\"", whole, true, true), Some(MatchKind::Weak));
    }

    #[test]
    fn how_they_relate() {
        let whole = "We found a shared reading of the core terms discussed there, and go on.";
        let kin = |b: &str| {
            let (a, b) = two(whole, b);
            similarity(&a, &b)
        };
        assert_eq!(kin(whole), Similarity::Identical);
        assert_eq!(kin("We found a shared reading of the core terms"), Similarity::Cut);
        assert_eq!(
            kin("We found a shared reading of the key terms negotiated there, and go on."),
            Similarity::Reworded
        );
    }
}
