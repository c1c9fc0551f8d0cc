//! Adverbs that attribute without telling to whom: "has reportedly accepted", "allegedly sold".

use rapporteur_language::{Dep, Tag};

use super::candidate::AttributionCandidate;
use super::trim::trimmed;
use crate::doc::{At, Doc};
use crate::grammar::{child, head, is_verb, own_subject, subtree};
use rapporteur_lexicon::words::speech;

/// Candidates of one paragraph.
pub(super) fn candidates(doc: &Doc<'_>, p: usize, out: &mut Vec<AttributionCandidate>) {
    for t in 0..doc.tokens(p).len() {
        if !speech::HEARSAY.has(doc.lower(p, t)) || doc.quoted(p, t).is_some() {
            continue;
        }
        let Some(v) = head(doc, p, t).filter(|&v| is_verb(doc, p, v)) else { continue };
        let range = subtree(doc, p, v);
        let finite = |i: usize| matches!(doc.tokens(p)[i].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md);
        let clause = finite(v) || child(doc, p, v, &[Dep::Aux, Dep::Auxpass]).is_some_and(finite);
        if !clause {
            continue;
        }
        let subject = own_subject(doc, p, v).filter(|&s| s < v).map(|s| subtree(doc, p, s).start);
        let start = subject.unwrap_or(t + 1).max(range.start);
        let end = subtree(doc, p, v).end.min(doc.sentence(p, v).end);
        let bytes = trimmed(doc, p, start..end);
        if bytes.start < bytes.end {
            out.push(AttributionCandidate::of_cue("statement/hearsay", (t, At::new(p, t..t + 1)), None, bytes));
        }
    }
}
