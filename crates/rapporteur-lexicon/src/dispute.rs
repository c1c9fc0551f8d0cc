//! Words of dispute: those that put a matter between the parties, or take it out.

use std::sync::LazyLock;

use rapporteur_schema::IssueStatus;
use rustc_hash::FxHashMap;

use crate::rows;

/// How a word puts a matter in dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DisputeFrame {
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
pub struct Dispute {
    /// Where the matter then stands.
    pub status: IssueStatus,
    /// Prepositions, joined by "|".
    prepositions: &'static str,
}

impl Dispute {
    /// Whether the matter follows by this preposition.
    pub fn takes(&self, preposition: &str) -> bool {
        self.prepositions.split('|').any(|p| p == preposition)
    }
}

/// The words of dispute by lemma and frame.
pub struct Disputes(FxHashMap<(&'static str, DisputeFrame), Dispute>);

static DISPUTES: LazyLock<Disputes> = LazyLock::new(|| {
    let list = rows(include_str!("../data/disputes.tsv")).map(|[word, frame, status, prepositions]| {
        let frame = match frame {
            "noun" => DisputeFrame::Noun,
            "verb" => DisputeFrame::Verb,
            "predicate" => DisputeFrame::Predicate,
            "object" => DisputeFrame::Object,
            _ => DisputeFrame::Issue,
        };
        let status = match status {
            "deferred" => IssueStatus::Deferred,
            "agreed" => IssueStatus::Agreed,
            "disputed" => IssueStatus::Disputed,
            _ => IssueStatus::Open,
        };
        ((word, frame), Dispute { status, prepositions })
    });
    Disputes(list.collect())
});

/// The words of dispute.
pub fn disputes() -> &'static Disputes {
    &DISPUTES
}

impl Disputes {
    /// What a word says in this frame, by its lemma in lower case.
    pub fn get(&self, lemma: &str, frame: DisputeFrame) -> Option<Dispute> {
        // The key borrows for as long as the list lives; a look-up may be shorter.
        self.0.get(&(lemma, frame) as &(&str, DisputeFrame)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_every_row_is_read() {
        let keys: Vec<[&str; 4]> = rows(include_str!("../data/disputes.tsv")).collect();
        assert!(keys.is_sorted_by(|a, b| a[..2] < b[..2]));
        for [word, frame, status, prepositions] in keys {
            assert!(["noun", "verb", "predicate", "object", "issue"].contains(&frame), "{word}");
            assert!(["open", "agreed", "disputed", "deferred"].contains(&status), "{word}");
            assert_eq!(prepositions.is_empty(), !matches!(frame, "noun" | "verb"), "{word}");
        }
        let noun = disputes().get("dispute", DisputeFrame::Noun);
        assert!(noun.is_some_and(|d| d.takes("over") && !d.takes("under")));
    }
}
