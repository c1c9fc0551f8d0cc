//! Nouns of negotiation: what is bargained over and what parties put before each other.

use std::sync::LazyLock;

use rapporteur_schema::ProposalClass;
use rustc_hash::FxHashMap;

use crate::rows;

/// What a noun is to negotiation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NegotiationTopic {
    /// Something bargained over.
    Matter,
    /// A part or state of something: what it is of counts.
    Part,
    /// The words of something, which stand for the whole of it ("the wording of the deal").
    Wording,
    /// A word that says nothing by itself.
    Empty,
    /// A gathering.
    Gathering,
}

/// What is known of a noun of plan kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProposalNoun {
    /// What sort of thing it is.
    pub class: ProposalClass,
    /// 3: by itself; 2: if something is told of it; 1: only with a number or a sum.
    pub strength: u8,
}

/// The nouns of negotiation by lemma.
#[derive(Default)]
pub struct Topics {
    topics: FxHashMap<&'static str, NegotiationTopic>,
    proposals: FxHashMap<&'static str, ProposalNoun>,
}

static TOPICS: LazyLock<Topics> = LazyLock::new(|| {
    let mut all = Topics::default();
    for [noun, kind] in rows(include_str!("../data/matters.tsv")) {
        let kind = match kind {
            "matter" => NegotiationTopic::Matter,
            "part" => NegotiationTopic::Part,
            "wording" => NegotiationTopic::Wording,
            "empty" => NegotiationTopic::Empty,
            _ => NegotiationTopic::Gathering,
        };
        all.topics.insert(noun, kind);
    }
    for [noun, class, strength] in rows(include_str!("../data/proposals.tsv")) {
        let class = match class {
            "law" => ProposalClass::Law,
            "offer" => ProposalClass::Offer,
            "demand" => ProposalClass::Demand,
            _ => ProposalClass::Plan,
        };
        all.proposals.insert(noun, ProposalNoun { class, strength: strength.parse().unwrap_or(0) });
    }
    all
});

/// The nouns of negotiation.
pub fn topics() -> &'static Topics {
    &TOPICS
}

impl Topics {
    /// What a noun is to negotiation, by its lemma in lower case.
    pub fn noun(&self, lemma: &str) -> Option<NegotiationTopic> {
        self.topics.get(lemma).copied()
    }

    /// What is known of a noun of plan kind, by its lemma in lower case.
    pub fn proposal(&self, lemma: &str) -> Option<ProposalNoun> {
        self.proposals.get(lemma).copied()
    }

    /// Whether a noun is of negotiation at all.
    pub fn has(&self, lemma: &str) -> bool {
        self.noun(lemma).is_some() || self.proposal(lemma).is_some()
    }

    /// Whether a noun is a gathering.
    pub fn is_gathering(&self, lemma: &str) -> bool {
        self.noun(lemma) == Some(NegotiationTopic::Gathering)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_every_row_is_read() {
        let matters: Vec<[&str; 2]> = rows(include_str!("../data/matters.tsv")).collect();
        assert!(matters.is_sorted_by(|a, b| a[0] < b[0]));
        let kinds = ["matter", "part", "wording", "empty", "gathering"];
        assert!(matters.iter().all(|[_, kind]| kinds.contains(kind)));
        let proposals: Vec<[&str; 3]> = rows(include_str!("../data/proposals.tsv")).collect();
        assert!(proposals.is_sorted_by(|a, b| a[0] < b[0]));
        for [noun, class, strength] in proposals {
            assert!(["plan", "law", "offer", "demand"].contains(&class), "{noun}");
            assert!(["1", "2", "3"].contains(&strength), "{noun}");
        }
        assert_eq!(topics().proposal("plan").map(|n| n.class), Some(ProposalClass::Plan));
        assert_eq!(topics().proposal("weir"), None);
        assert!(topics().is_gathering("summit") && !topics().is_gathering("plan"));
    }
}
