//! Who a noun phrase means: by name, as a pronoun, by what stands beside it, or by description.

use rapporteur_language::{Dep, Pos};
use rapporteur_schema::ActorIndex;

use super::before::Before;
use super::description::described;
use super::government::government;
use super::pronoun::pronoun;
use crate::grammar::{child, subtree};
use rapporteur_lexicon::{cues, facts};

/// Who is meant by the noun phrase with this head.
pub(crate) fn meant(before: Before<'_, '_>, p: usize, t: usize) -> Option<ActorIndex> {
    let Before { doc, names, .. } = before;
    if let Some(actor) = names.at(p, t) {
        return Some(government(names, actor));
    }
    if doc.tokens(p)[t].pos == Pos::Pron {
        return pronoun(before, p, t, doc.lower(p, t));
    }
    // "statements by the minister", "reports from the agency": who made them.
    if cues().noun(doc.lemma(p, t)).is_some() {
        let by = doc.analyses[p].children(t).find(|&c| c > t && matches!(doc.word(p, c), "by" | "from"));
        let maker = by.and_then(|c| child(doc, p, c, &[Dep::Pobj])).and_then(|o| names.at(p, o));
        let owner = || child(doc, p, t, &[Dep::Poss]).and_then(|o| names.at(p, o));
        return maker.or_else(owner);
    }
    // "his envoy, Daniel Averick," and "the broadcaster Channel Six".
    let apposed = child(doc, p, t, &[Dep::Appos]).and_then(|a| names.at(p, a));
    // "the mayor of Brenn, Elena Voss": the parse hangs the person on the town.
    let behind = || {
        let inside = subtree(doc, p, t).filter(|&i| i > t + 1 && doc.tokens(p)[i].dep == Dep::Appos);
        let named = |i: usize| names.at(p, i).filter(|&a| names.is_person(a) && doc.quoted(p, i).is_none());
        let human = facts().title(doc.lower_lemma(p, t)).is_some();
        inside.filter(|_| human).find_map(named)
    };
    apposed.or_else(behind).or_else(|| described(before, p, t))
}
