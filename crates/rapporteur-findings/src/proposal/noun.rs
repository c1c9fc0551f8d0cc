//! Nouns for what one party puts before another, and the small word classes that tell versions apart.

use std::sync::LazyLock;

use rapporteur_schema::ProposalClass;
use rustc_hash::FxHashMap;

use rapporteur_lexicon::rows;

/// What is known of a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Noun {
    /// What sort of thing it is.
    pub(crate) class: ProposalClass,
    /// 3: by itself; 2: if something is told of it; 1: only with a number or a sum.
    pub(crate) strength: u8,
}

static NOUNS: LazyLock<FxHashMap<&'static str, Noun>> = LazyLock::new(|| {
    let class = |word: &str| match word {
        "law" => ProposalClass::Law,
        "offer" => ProposalClass::Offer,
        "demand" => ProposalClass::Demand,
        _ => ProposalClass::Plan,
    };
    rows(rapporteur_lexicon::table::PROPOSALS)
        .map(|[noun, kind, strength]| (noun, Noun { class: class(kind), strength: strength.parse().unwrap_or(0) }))
        .collect()
});

/// What is known of a noun, by its lemma in lower case.
pub(crate) fn noun(lemma: &str) -> Option<Noun> {
    NOUNS.get(lemma).copied()
}

/// What a plan is counted in.
pub(super) fn is_unit(lemma: &str) -> bool {
    const UNITS: &[&str] = &[
        "point",
        "article",
        "clause",
        "provision",
        "principle",
        "item",
        "proposal",
        "demand",
        "recommendation",
        "paragraph",
    ];
    UNITS.contains(&lemma)
}

/// Adjectives that tell which of several versions is meant.
pub(crate) fn is_version(word: &str) -> bool {
    const VERSIONS: &[&str] = &[
        "original",
        "initial",
        "earlier",
        "first",
        "previous",
        "preliminary",
        "revised",
        "updated",
        "amended",
        "latest",
        "improved",
        "modified",
        "streamlined",
        "new",
        "newer",
        "final",
        "reworked",
        "sweetened",
        "watered-down",
        "slimmed-down",
        "scaled-back",
        "pared-down",
        "counter",
        "second",
        "third",
        "rival",
        "alternative",
        "competing",
    ];
    VERSIONS.contains(&word)
}

/// Verbs that make one version out of another, by lemma.
pub(crate) fn is_change(lemma: &str) -> bool {
    const CHANGES: &[&str] = &[
        "whittle",
        "narrow",
        "amend",
        "raise",
        "improve",
        "revise",
        "fine-tune",
        "finetune",
        "cut",
        "trim",
        "reduce",
        "modify",
        "rework",
        "rewrite",
        "redraft",
        "expand",
        "update",
        "sweeten",
        "lower",
        "shorten",
        "pare",
        "slim",
        "scale",
        "renegotiate",
        "adjust",
        "increase",
        "boil",
        "condense",
        "tweak",
        "change",
        "alter",
        "soften",
        "refine",
    ];
    CHANGES.contains(&lemma)
}

/// Verbs by which somebody puts a proposal before others, by lemma.
pub(super) fn is_making(lemma: &str) -> bool {
    const MAKING: &[&str] = &[
        "present",
        "propose",
        "unveil",
        "float",
        "offer",
        "table",
        "submit",
        "draft",
        "put",
        "release",
        "announce",
        "introduce",
        "circulate",
        "make",
        "write",
        "prepare",
        "draw",
        "devise",
        "outline",
        "publish",
        "suggest",
        "author",
        "sponsor",
        "negotiate",
        "broker",
        "formulate",
        "hand",
        "send",
        "craft",
        "develop",
        "advance",
        "pitch",
        "compile",
        "back",
        "lead",
        "mediate",
        "push",
        "champion",
        "produce",
        "lay",
    ];
    MAKING.contains(&lemma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_each_noun_stands_once() {
        let all: Vec<&str> = rows(rapporteur_lexicon::table::PROPOSALS).map(|[n, _, _]| n).collect();
        assert!(all.is_sorted_by(|a, b| a < b));
        assert_eq!(noun("plan").map(|n| n.class), Some(ProposalClass::Plan));
        assert_eq!(noun("weir"), None);
    }
}
