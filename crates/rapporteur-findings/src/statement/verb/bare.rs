//! A plain verb with words in marks: "had “nothing to report”".

use rapporteur_language::Dep;

use crate::doc::{At, Doc};
use crate::grammar::{child, sentence, subtree};
use crate::name::Names;
use crate::statement::candidate::AttributionCandidate;
use crate::statement::trim::trimmed;
use crate::statement::wording::is_wording;

/// "had “nothing to report”": a person, a plain verb, and words in marks.
pub(super) fn bare_fragment(doc: &Doc<'_>, names: &Names, p: usize, v: usize, out: &mut Vec<AttributionCandidate>) {
    let Some(source) = child(doc, p, v, &[Dep::Nsubj]) else { return };
    let person = names.at(p, source).is_some_and(|a| names.is_person(a))
        || matches!(doc.word(p, source), "he" | "she" | "He" | "She");
    if !person || doc.quoted(p, v).is_some() || doc.quoted(p, source).is_some() || doc.tokens(p)[v].dep != Dep::Root {
        return;
    }
    let next = (v + 1..(v + 4).min(doc.tokens(p).len())).find_map(|t| doc.quoted(p, t).map(|q| (t, q)));
    let Some((_, q)) = next else { return };
    let inner = doc.tokens_in(p, doc.quotations[q].inner.clone());
    if inner.len() < 2 || !is_wording(doc.words(p, inner.clone())) {
        return;
    }
    let end = subtree(doc, p, v).end.min(sentence(doc, p, v).end).max(inner.end);
    let bytes = trimmed(doc, p, inner.start..end);
    out.push(AttributionCandidate::of_cue("statement/verb/bare", (v, At::new(p, v..v + 1)), Some(source), bytes));
}
