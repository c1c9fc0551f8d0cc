//! Senses: words of news that can stand for each other, and the words that say the opposite.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::{alternatives, rows};

/// The senses of words, by lemma.
#[derive(Default)]
pub struct Senses {
    of: FxHashMap<&'static str, Vec<u16>>,
    /// For each sense the one that says the opposite.
    opposite: Vec<Option<u16>>,
}

static SENSES: LazyLock<Senses> = LazyLock::new(|| {
    let table: Vec<[&'static str; 3]> = rows(include_str!("../data/senses.tsv")).collect();
    let number: FxHashMap<&str, u16> = table.iter().zip(0..).map(|([sense, ..], n)| (*sense, n)).collect();
    let mut all = Senses::default();
    for (n, [_, opposite, words]) in (0..).zip(&table) {
        all.opposite.push(number.get(opposite).copied());
        for word in alternatives(words) {
            all.of.entry(word).or_default().push(n);
        }
    }
    all
});

/// The senses of words.
pub fn senses() -> &'static Senses {
    &SENSES
}

impl Senses {
    /// Whether two lemmas can stand for each other.
    pub fn same(&self, a: &str, b: &str) -> bool {
        let theirs = self.get(b);
        self.get(a).iter().any(|sense| theirs.contains(sense))
    }

    /// Whether one lemma says the opposite of the other; words that have a sense in common do not.
    pub fn opposite(&self, a: &str, b: &str) -> bool {
        let theirs = self.get(b);
        let turned = |sense: &u16| self.opposite.get(*sense as usize).copied().flatten();
        !self.same(a, b) && self.get(a).iter().filter_map(turned).any(|sense| theirs.contains(&sense))
    }

    /// Whether a lemma has any sense here.
    pub fn knows(&self, lemma: &str) -> bool {
        !self.get(lemma).is_empty()
    }

    /// The numbers of a lemma's senses: two lemmas that share one can stand for each other.
    pub fn get(&self, lemma: &str) -> &[u16] {
        self.of.get(lemma).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposites_are_mutual_and_known() {
        let table: Vec<[&str; 3]> = rows(include_str!("../data/senses.tsv")).collect();
        assert!(table.is_sorted_by(|a, b| a[0] < b[0]));
        for [sense, opposite, words] in &table {
            assert!(alternatives(words).count() > 0, "{sense}");
            let known = table.iter().any(|[other, ..]| other == opposite);
            assert!(opposite.is_empty() || known, "{sense}: {opposite}");
        }
        let pairs: usize = table.iter().filter(|[_, opposite, _]| !opposite.is_empty()).count();
        assert!(pairs > 150, "{pairs}");
    }

    #[test]
    fn words_stand_for_each_other_or_against() {
        for (a, b) in [("accept", "approve"), ("reject", "refusal"), ("raise", "increase"), ("win", "victory")] {
            assert!(senses().same(a, b) && !senses().opposite(a, b), "{a} {b}");
        }
        for (a, b) in [("accept", "reject"), ("raise", "cut"), ("before", "after"), ("guilty", "innocent")] {
            assert!(senses().opposite(a, b) && senses().opposite(b, a), "{a} {b}");
        }
        assert!(!senses().opposite("meet", "raise") && !senses().same("ship", "pilot"));
    }
}
