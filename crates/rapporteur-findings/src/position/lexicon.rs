//! The words by which a party takes a stance, what judges a proposal, and what else may be bargained over.

use std::sync::LazyLock;

use rapporteur_schema::Stance;
use rustc_hash::FxHashMap;

use rapporteur_lexicon::rows;

/// One frame that a word takes and the stance it then tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// "np", "inf", "that", "ing", a preposition, or a particle with "+" before it.
    pub(crate) form: &'static str,
    /// The stance.
    pub(crate) stance: Stance,
    /// Whether it holds of anything, or only of a matter of bargaining.
    pub(crate) any: bool,
}

/// What a noun is to bargaining.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Matter {
    /// Something bargained over.
    Own,
    /// A part of something.
    Part,
    /// A word that says nothing by itself.
    Empty,
    /// A gathering.
    Gathering,
}

/// The lists.
pub(crate) struct Lexicon {
    verbs: FxHashMap<&'static str, Vec<Frame>>,
    nouns: FxHashMap<&'static str, Vec<Frame>>,
    adjectives: FxHashMap<&'static str, Vec<Frame>>,
    judgements: FxHashMap<&'static str, i8>,
    matters: FxHashMap<&'static str, Matter>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

/// The lists, read once.
pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    fn load() -> Self {
        let mut lexicon = Lexicon {
            verbs: FxHashMap::default(),
            nouns: FxHashMap::default(),
            adjectives: FxHashMap::default(),
            judgements: FxHashMap::default(),
            matters: FxHashMap::default(),
        };
        for [lemma, pos, form, stance, scope] in rows(rapporteur_lexicon::table::STANCES) {
            let stance = match stance {
                "accepts" => Stance::Accepts,
                "rejects" => Stance::Rejects,
                "demands" => Stance::Demands,
                "offers" => Stance::Offers,
                "supports" => Stance::Supports,
                _ => Stance::Doubts,
            };
            let frame = Frame { form, stance, any: scope == "any" };
            let list = match pos {
                "verb" => &mut lexicon.verbs,
                "noun" => &mut lexicon.nouns,
                _ => &mut lexicon.adjectives,
            };
            list.entry(lemma).or_default().push(frame);
        }
        for [word, sign] in rows(rapporteur_lexicon::table::JUDGEMENTS) {
            let sign = match sign {
                "+" => 1,
                "-" => -1,
                _ => 0,
            };
            lexicon.judgements.insert(word, sign);
        }
        for [noun, kind] in rows(rapporteur_lexicon::table::MATTERS) {
            let kind = match kind {
                "matter" => Matter::Own,
                "part" => Matter::Part,
                "empty" => Matter::Empty,
                _ => Matter::Gathering,
            };
            lexicon.matters.insert(noun, kind);
        }
        lexicon
    }

    /// The frames of a verb.
    pub(crate) fn verb(&self, lemma: &str) -> &[Frame] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The frames of a noun.
    pub(crate) fn noun(&self, lemma: &str) -> &[Frame] {
        self.nouns.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The frames of an adjective.
    pub(crate) fn adjective(&self, lemma: &str) -> &[Frame] {
        self.adjectives.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether a word speaks for something (1), against it (-1), or neither by itself (0).
    pub(crate) fn judgement(&self, word: &str) -> Option<i8> {
        self.judgements.get(word).copied()
    }

    /// What a noun is to bargaining.
    pub(crate) fn matter(&self, lemma: &str) -> Option<Matter> {
        self.matters.get(lemma).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_is_sorted_and_without_doubles() {
        let stances: Vec<[&str; 3]> =
            rows(rapporteur_lexicon::table::STANCES).map(|[l, p, f, _, _]| [l, p, f]).collect();
        assert!(stances.is_sorted_by(|a, b| a < b), "{:?}", stances.windows(2).find(|w| w[0] >= w[1]));
        let words: Vec<&str> = rows(rapporteur_lexicon::table::JUDGEMENTS).map(|[w, _]| w).collect();
        assert!(words.is_sorted_by(|a, b| a < b));
        let nouns: Vec<&str> = rows(rapporteur_lexicon::table::MATTERS).map(|[w, _]| w).collect();
        assert!(nouns.is_sorted_by(|a, b| a < b));
    }
}
