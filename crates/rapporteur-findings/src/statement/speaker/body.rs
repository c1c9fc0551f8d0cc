//! Which body a description means: "the union", "the newspaper", "the company", "the trust".
//!
//! A noun tells a class, and the body is the last one named of that class, by the lists or by the words of its name;
//! or the noun is a word of the name itself ("the trust" of Fernley Hospital Trust).

use std::sync::LazyLock;

use rapporteur_language::{Dep, Tag};
use rapporteur_schema::{ActorIndex, EntityKind};
use rustc_hash::FxHashMap;

use super::before::{MAX_NAMES_BACK, MAX_PARAGRAPHS_BACK};
use crate::doc::Doc;
use crate::name::Names;
use rapporteur_lexicon::words::speech;
use rapporteur_lexicon::{alternatives, facts, rows, table};

/// A kind of body: the nouns that mean one, its classes in the lists of names, words of its name.
struct Kind {
    nouns: Vec<&'static str>,
    classes: Vec<&'static str>,
    words: Vec<&'static str>,
}

/// The first kind that each noun means.
static BY_NOUN: LazyLock<FxHashMap<&str, &Kind>> = LazyLock::new(|| {
    let nouns = |kind: &'static Kind| kind.nouns.iter().map(move |noun| (*noun, kind));
    KINDS.iter().rev().flat_map(nouns).collect()
});

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let kind = |[nouns, classes, words]: [&'static str; 3]| Kind {
        nouns: alternatives(nouns).collect(),
        classes: alternatives(classes).collect(),
        words: alternatives(words).collect(),
    };
    rows(table::BODIES).map(kind).collect()
});

/// Which body a noun with "the" means. A company is the body of no other class that the report names most.
pub(crate) fn described_body(doc: &Doc<'_>, names: &Names, p: usize, t: usize, lemma: &str) -> Option<ActorIndex> {
    let definite =
        doc.analyses[p].children(t).all(|c| !matches!(doc.tokens(p)[c].dep, Dep::Poss | Dep::Amod | Dep::Compound));
    let is_body = |a: ActorIndex| names.actor(a).kind == EntityKind::Organization;
    let class = |a: ActorIndex| facts().known(&names.actor(a).name).map(|k| k.class);
    let before = names.mentions.partition_point(|(at, _)| (at.paragraph, at.tokens.start) < (p, t));
    // "the employers" are the association that speaks for them, where one is named.
    let many = doc.tokens(p)[t].tag == Tag::Nns && lemma == "employer";
    let employers = |a: &ActorIndex| is_body(*a) && has_word(names, *a, |w| speech::EMPLOYERS_WORD.has(w));
    let actors = || (0..names.actors.len() as u32).map(ActorIndex);
    if many && let Some(found) = names.asked.employers.get_or_init(|| actors().find(employers)) {
        return Some(*found);
    }
    if speech::COMPANY_NOUN.has(lemma) && definite {
        let is_company = |a: &ActorIndex| {
            let words = || KINDS.iter().any(|k| has_word(names, *a, |w| k.words.contains(&w)));
            // "Jo Roe/Harbour Press" is a credit.
            is_body(*a) && !names.actor(*a).name.contains('/') && class(*a).map_or_else(|| !words(), |c| c == "company")
        };
        let companies = names.asked.companies.get_or_init(|| actors().map(|a| is_company(&a)).collect());
        let other = |a: &ActorIndex| companies.get(a.index()).copied().unwrap_or_else(|| is_company(a));
        // One that the paragraph has named before, else the one that the report is about.
        let near = names.mentions[..before].iter().rev().take_while(|(at, _)| at.paragraph == p).map(|(_, a)| *a);
        if let Some(here) = near.take(MAX_NAMES_BACK).find(other) {
            return Some(here);
        }
        let most = || actors().filter(other).max_by_key(|a| (names.actor(*a).mentions.len(), std::cmp::Reverse(a.0)));
        return *names.asked.company.get_or_init(most);
    }
    let near = || {
        names.mentions[..before]
            .iter()
            .rev()
            .take(MAX_NAMES_BACK)
            .take_while(|(at, _)| p - at.paragraph <= MAX_PARAGRAPHS_BACK)
    };
    if let Some(kind) = BY_NOUN.get(lemma) {
        let fits = |a: ActorIndex| {
            let listed = class(a).is_some_and(|c| kind.classes.contains(&c));
            is_body(a) && (listed || has_word(names, a, |w| kind.words.contains(&w)))
        };
        if let Some(found) = near().map(|(_, a)| *a).find(|&a| fits(a)) {
            return Some(found);
        }
        // "The union that speaks for the drivers", named below: the only one of the report.
        if lemma == "union" && definite {
            let only = || {
                let mut all = actors().filter(|&a| fits(a));
                all.next().filter(|_| all.next().is_none())
            };
            return *names.asked.union.get_or_init(only);
        }
    }
    // "the trust": a body whose name ends so, said short.
    let short = |a: ActorIndex| {
        let name = &names.actor(a).name;
        is_body(a) && name.contains(' ') && name.rsplit(' ').next().is_some_and(|w| w.eq_ignore_ascii_case(lemma))
    };
    if lemma.len() < 4 || speech::WIDE_NOUN.has(lemma) || !definite {
        return None;
    }
    near().map(|(_, a)| *a).find(|&a| short(a))
}

/// Whether one of these words stands in an actor's name.
fn has_word(names: &Names, actor: ActorIndex, is_one: impl Fn(&str) -> bool) -> bool {
    names.actor(actor).name.split(' ').any(|w| is_one(w.trim_end_matches(['\'', '’'])))
}

/// Whether an actor is a union, by the lists or by its name.
pub(crate) fn is_union(names: &Names, actor: ActorIndex) -> bool {
    let name = &names.actor(actor).name;
    let listed = facts().known(name).map(|k| k.class == "union");
    names.actor(actor).kind == EntityKind::Organization
        && listed.unwrap_or_else(|| has_word(names, actor, |w| speech::UNION_WORD.has(w)))
}
