//! The words that put a matter in dispute, or take it out.

use std::sync::LazyLock;

use rapporteur_schema::IssueStatus;
use rustc_hash::FxHashMap;

use rapporteur_lexicon::rows;

/// How a word puts a matter in dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Way {
    /// "a dispute over N"
    Noun,
    /// "haggle over N"
    Verb,
    /// "N is a sticking point"
    Predicate,
    /// "shelved N"
    Object,
    /// "issues such as N"
    Issue,
}

/// What a word says of the matter, and by which prepositions it names it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dispute {
    /// Where the matter then stands.
    pub(super) status: IssueStatus,
    /// Prepositions, joined by "|".
    prepositions: &'static str,
}

impl Dispute {
    /// Whether the matter follows by this preposition.
    pub(super) fn takes(&self, preposition: &str) -> bool {
        self.prepositions.split('|').any(|p| p == preposition)
    }
}

static DISPUTES: LazyLock<FxHashMap<(&'static str, Way), Dispute>> = LazyLock::new(|| {
    let list = rows(rapporteur_lexicon::table::DISPUTES).map(|[word, pos, status, prepositions]| {
        let way = match pos {
            "noun" => Way::Noun,
            "verb" => Way::Verb,
            "predicate" => Way::Predicate,
            "object" => Way::Object,
            _ => Way::Issue,
        };
        let status = match status {
            "deferred" => IssueStatus::Deferred,
            "agreed" => IssueStatus::Agreed,
            "disputed" => IssueStatus::Disputed,
            _ => IssueStatus::Open,
        };
        ((word, way), Dispute { status, prepositions })
    });
    list.collect()
});

/// What a word says in this way, by its lemma in lower case.
pub(super) fn dispute(lemma: &str, way: Way) -> Option<Dispute> {
    // The key borrows for as long as the list lives; a lookup may be shorter.
    DISPUTES.get(&(lemma, way) as &(&str, Way)).copied()
}

/// Modifiers that say nothing of what a matter is.
pub(crate) fn is_empty_modifier(word: &str) -> bool {
    const EMPTY: &[&str] = &[
        "key",
        "main",
        "central",
        "major",
        "sensitive",
        "contentious",
        "controversial",
        "remaining",
        "outstanding",
        "important",
        "critical",
        "crucial",
        "big",
        "biggest",
        "core",
        "difficult",
        "thorny",
        "unresolved",
        "so-called",
        "certain",
        "several",
        "various",
        "other",
        "many",
        "some",
        "few",
        "first",
        "final",
        "current",
        "ongoing",
        "most",
        "more",
        "further",
        "any",
        "all",
        "such",
        "possible",
        "potential",
        "proposed",
        "planned",
        "future",
        "new",
        "early",
        "long-running",
        "bitter",
        "only",
        "own",
        "deep",
        "wide",
        "broad",
        "specific",
        "particular",
        "existing",
    ];
    EMPTY.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        let keys: Vec<[&str; 2]> = rows(rapporteur_lexicon::table::DISPUTES).map(|[w, p, _, _]| [w, p]).collect();
        assert!(keys.is_sorted_by(|a, b| a < b));
        assert!(dispute("dispute", Way::Noun).is_some_and(|d| d.takes("over") && !d.takes("under")));
    }
}
