//! What a verb of speech tells beside words that were said: orders, which are acts, and what only marks somebody.

use rapporteur_language::Dep;

use crate::doc::Doc;
use rapporteur_lexicon::words::speech;

/// An order is an act that the reporter tells, not words that were said.
pub(super) fn is_order(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    speech::ORDER_VERB.has(doc.lemma(p, v))
}

/// A clause that only says which one is meant ("a group that opposes the deal", "critics rejecting the plan") reports no
/// words: with an object or an infinitive such a cue attributed wrongly more often than rightly.
pub(super) fn is_aside(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    matches!(doc.tokens(p)[v].dep, Dep::Acl | Dep::Relcl)
}
