//! Words of stance: the verbs, nouns and adjectives by which a party accepts, rejects, demands, with the frames they take, and
//! the words that judge a proposal.

use std::sync::LazyLock;

use rapporteur_schema::Stance;
use rustc_hash::FxHashMap;

use crate::rows;

/// One frame that a word of stance takes, and the stance it then tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StanceFrame {
    /// "np", "inf", "that", "ing", "ask", a preposition, or a particle with "+" before it.
    pub form: &'static str,
    /// The stance.
    pub stance: Stance,
    /// Whether it holds of anything, or only of a topic of negotiation.
    pub any: bool,
}

/// The words of stance.
#[derive(Default)]
pub struct Stances {
    verbs: FxHashMap<&'static str, Vec<StanceFrame>>,
    nouns: FxHashMap<&'static str, Vec<StanceFrame>>,
    adjectives: FxHashMap<&'static str, Vec<StanceFrame>>,
    judgements: FxHashMap<&'static str, i8>,
}

static STANCES: LazyLock<Stances> = LazyLock::new(|| {
    let mut all = Stances::default();
    for [lemma, pos, form, stance, scope] in rows(include_str!("../data/stances.tsv")) {
        let stance = match stance {
            "accepts" => Stance::Accepts,
            "rejects" => Stance::Rejects,
            "demands" => Stance::Demands,
            "offers" => Stance::Offers,
            "supports" => Stance::Supports,
            _ => Stance::Doubts,
        };
        let list = match pos {
            "verb" => &mut all.verbs,
            "noun" => &mut all.nouns,
            _ => &mut all.adjectives,
        };
        list.entry(lemma).or_default().push(StanceFrame { form, stance, any: scope == "any" });
    }
    for [word, sign] in rows(include_str!("../data/judgements.tsv")) {
        all.judgements.insert(word, if sign == "+" { 1 } else { -1 });
    }
    all
});

/// The words of stance.
pub fn stances() -> &'static Stances {
    &STANCES
}

impl Stances {
    /// The frames of a verb, by its lemma.
    pub fn verb(&self, lemma: &str) -> &[StanceFrame] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The frames of a noun.
    pub fn noun(&self, lemma: &str) -> &[StanceFrame] {
        self.nouns.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The frames of an adjective.
    pub fn adjective(&self, word: &str) -> &[StanceFrame] {
        self.adjectives.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a word speaks for a proposal (1) or against it (-1).
    pub fn judgement(&self, word: &str) -> Option<i8> {
        self.judgements.get(word).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_is_sorted_and_without_doubles() {
        let stances: Vec<[&str; 3]> =
            rows(include_str!("../data/stances.tsv")).map(|[l, p, f, _, _]| [l, p, f]).collect();
        assert!(stances.is_sorted_by(|a, b| a < b), "{:?}", stances.windows(2).find(|w| w[0] >= w[1]));
        let words: Vec<&str> = rows(include_str!("../data/judgements.tsv")).map(|[w, _]| w).collect();
        assert!(words.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn every_row_is_read() {
        for [lemma, pos, form, stance, scope] in rows(include_str!("../data/stances.tsv")) {
            let row = (lemma, pos, form);
            assert!(["verb", "noun", "adjective"].contains(&pos), "{row:?}");
            assert!(["accepts", "rejects", "demands", "offers", "supports", "doubts"].contains(&stance), "{row:?}");
            assert!(["any", "matter"].contains(&scope), "{row:?}");
            // Where the matter stands behind "on to" or "to", no particle is asked for.
            assert!(!["+to", "+on"].contains(&form), "{row:?}");
        }
        assert!(rows(include_str!("../data/judgements.tsv")).all(|[_, sign]| ["+", "-"].contains(&sign)));
    }
}
