//! Stances that somebody denies: "denied that it had agreed", "rejected reports that it had given in".

use rapporteur_language::{Dep, Pos};

use crate::doc::Doc;
use crate::grammar::head;
use rapporteur_lexicon::words::negotiation;

/// Whether the clause is what somebody firmly denies.
///
/// That the denier doubts what it is about is not read: often somebody else's words are denied.
pub(super) fn is_denied(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let tokens = doc.tokens(p);
    let Some(mut up) = head(doc, p, v) else { return false };
    // "rejected reports that it had agreed": through the noun for what is only claimed.
    if matches!(tokens[v].dep, Dep::Acl | Dep::Relcl | Dep::Ccomp) && tokens[up].pos == Pos::Noun {
        match head(doc, p, up).filter(|_| negotiation::CLAIM.has(doc.lemma(p, up))) {
            Some(above) => up = above,
            None => return false,
        }
    }
    tokens[up].pos == Pos::Verb && negotiation::DENYING.has(doc.lemma(p, up))
}
