//! Words of gatherings: the verbs and nouns that tell of people meeting, with the frames they take.

use std::sync::LazyLock;

use rapporteur_schema::MeetingKind;
use rustc_hash::FxHashMap;

use crate::rows;

/// The frames a word of gathering takes, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Meets(u16);

impl Meets {
    /// "met with X"
    pub const WITH: Meets = Meets(1);
    /// "spoke to X"
    pub const TO: Meets = Meets(2);
    /// "met X"
    pub const OBJECT: Meets = Meets(4);
    /// "X and Y met"
    pub const TOGETHER: Meets = Meets(8);
    /// "visited N"
    pub const PLACE: Meets = Meets(16);
    /// "flew to N"
    pub const GO: Meets = Meets(32);
    /// "held talks": the subject takes part
    pub const HAVE: Meets = Meets(64);
    /// "sent X to N"
    pub const SEND: Meets = Meets(128);
    /// "told X to meet"
    pub const ORDER: Meets = Meets(256);
    /// "hopes to meet"
    pub const PLAN: Meets = Meets(512);
    /// "cancelled the talks"
    pub const CALL_OFF: Meets = Meets(1024);
    /// A noun that is a gathering whoever is named beside it.
    pub const STRONG: Meets = Meets(2048);

    fn parse(cell: &str) -> Self {
        cell.split('|').fold(Meets(0), |set, word| {
            let one = match word {
                "with" => Meets::WITH,
                "to" => Meets::TO,
                "object" => Meets::OBJECT,
                "together" => Meets::TOGETHER,
                "place" => Meets::PLACE,
                "go" => Meets::GO,
                "have" => Meets::HAVE,
                "send" => Meets::SEND,
                "order" => Meets::ORDER,
                "plan" => Meets::PLAN,
                "call-off" => Meets::CALL_OFF,
                "strong" => Meets::STRONG,
                _ => Meets(0),
            };
            Meets(set.0 | one.0)
        })
    }

    /// Whether one of these frames is taken.
    pub fn any(self, of: Meets) -> bool {
        self.0 & of.0 != 0
    }
}

impl std::ops::BitOr for Meets {
    type Output = Meets;
    fn bitor(self, other: Meets) -> Meets {
        Meets(self.0 | other.0)
    }
}

/// What is known of a word of gathering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gathering {
    /// What kind of gathering it tells of.
    pub kind: MeetingKind,
    /// The frames it takes.
    pub frames: Meets,
}

/// The words of gathering by lemma.
pub struct Gatherings {
    verbs: FxHashMap<&'static str, Gathering>,
    nouns: FxHashMap<&'static str, Gathering>,
}

static GATHERINGS: LazyLock<Gatherings> = LazyLock::new(|| {
    let mut all = Gatherings { verbs: FxHashMap::default(), nouns: FxHashMap::default() };
    for [lemma, pos, kind, frames] in rows(include_str!("../data/gatherings.tsv")) {
        let kind = match kind {
            "visit" => MeetingKind::Visit,
            "call" => MeetingKind::Call,
            "video call" => MeetingKind::VideoCall,
            "summit" => MeetingKind::Summit,
            "signing" => MeetingKind::Signing,
            _ => MeetingKind::Talks,
        };
        let gathering = Gathering { kind, frames: Meets::parse(frames) };
        match pos {
            "verb" => all.verbs.insert(lemma, gathering),
            _ => all.nouns.insert(lemma, gathering),
        };
    }
    all
});

/// The words of gathering.
pub fn gatherings() -> &'static Gatherings {
    &GATHERINGS
}

impl Gatherings {
    /// What is known of a verb, by its lemma.
    pub fn verb(&self, lemma: &str) -> Option<Gathering> {
        self.verbs.get(lemma).copied()
    }

    /// Whether a verb takes one of these frames.
    pub fn takes(&self, lemma: &str, frames: Meets) -> bool {
        self.verb(lemma).is_some_and(|g| g.frames.any(frames))
    }

    /// What is known of a noun.
    pub fn noun(&self, lemma: &str) -> Option<Gathering> {
        self.nouns.get(lemma).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_loaded_and_every_word_of_it_known() {
        let rows: Vec<[&str; 4]> = rows(include_str!("../data/gatherings.tsv")).collect();
        let written = include_str!("../data/gatherings.tsv").lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(rows.len(), written, "a line with too few cells");
        assert_eq!(gatherings().verbs.len() + gatherings().nouns.len(), rows.len(), "a word stands twice");
        assert!(rows.is_sorted_by_key(|[lemma, pos, ..]| (*pos, *lemma)), "not sorted");
        for [lemma, pos, kind, frames] in rows {
            assert!(matches!(pos, "verb" | "noun"), "{lemma}: {pos}");
            let kinds = ["talks", "visit", "call", "video call", "summit", "signing"];
            assert!(kinds.contains(&kind), "{lemma}: {kind}");
            for frame in frames.split('|') {
                let known = if pos == "noun" { matches!(frame, "strong" | "weak") } else { Meets::parse(frame).0 != 0 };
                assert!(known, "{lemma}: {frame}");
            }
        }
    }
}
