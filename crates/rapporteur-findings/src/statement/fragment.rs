//! Words in marks that no cue claims, under a verb whose subject can speak: "rated the claim “mostly true”", "blasted the
//! plan as “a trap”", "likened them to “a vicious snake”".
//!
//! A reporter who puts a few words in marks says whose they are by the sentence around them: its subject, where that is
//! a person or a body. One word in marks alone is more often held at arm's length than quoted, and stays out.

use rapporteur_language::Dep;
use rapporteur_schema::PassageKind;

use super::candidate::AttributionCandidate;
use super::trim::trimmed;
use super::verb::can_speak;
use super::wording::is_wording;
use crate::doc::{At, Doc};
use crate::grammar::{head, is_verb, subject, subtree};
use crate::name::Names;

/// Candidates for the quotations that none of `others` covers.
pub(super) fn candidates(doc: &Doc<'_>, names: &Names, others: &[AttributionCandidate]) -> Vec<AttributionCandidate> {
    let mut covered: Vec<bool> = vec![false; doc.quotations.len()];
    for other in others {
        let (from, to) = (other.content.start, other.content.end);
        let first = doc.quotations.partition_point(|q| (q.paragraph, q.inner.end) <= from);
        let touched = doc.quotations[first..].iter().take_while(|q| (q.paragraph, q.inner.start) < to).count();
        covered[first..first + touched].fill(true);
    }
    let mut out: Vec<AttributionCandidate> = Vec::new();
    let open = doc.quotations.iter().zip(&covered).filter(|(_, covered)| !**covered).map(|(q, _)| q);
    for q in open {
        let p = q.paragraph;
        let text = &doc.paragraph(p)[q.inner.clone()];
        if doc.kind(p) != PassageKind::Body || text.split_whitespace().count() < 2 || !is_wording(text) {
            continue;
        }
        let inside = doc.tokens_in(p, q.inner.clone());
        // The verb outside on which the words hang, and the part of its clause that holds them.
        let Some(root) = inside.clone().find(|&t| head(doc, p, t).is_some_and(|h| !inside.contains(&h))) else {
            continue;
        };
        let mut part = root;
        let verb = loop {
            match head(doc, p, part) {
                Some(h) if is_verb(doc, p, h) && !inside.contains(&h) => break Some(h),
                Some(h) => part = h,
                None => break None,
            }
        };
        let Some(v) = verb.filter(|&v| doc.quoted(p, v).is_none() && !matches!(doc.lemma(p, v), "be" | "have")) else {
            continue;
        };
        let Some(source) = subject(doc, p, v).filter(|&s| !subtree(doc, p, part).contains(&s)) else { continue };
        let subject_part = matches!(doc.tokens(p)[part].dep, Dep::Nsubj | Dep::Nsubjpass);
        if part < v || subject_part || doc.quoted(p, source).is_some() || !can_speak(doc, names, p, source) {
            continue;
        }
        // What stands between the verb and the words belongs to them: whom or what they are about.
        let objects = doc.analyses[p]
            .children(v)
            .filter(|&c| c > v && c < part && matches!(doc.tokens(p)[c].dep, Dep::Dobj | Dep::Dative));
        let start = objects.map(|c| subtree(doc, p, c).start).min().unwrap_or(subtree(doc, p, part).start);
        let end = subtree(doc, p, part).end.max(inside.end).min(doc.sentence(p, v).end.max(inside.end));
        let bytes = trimmed(doc, p, start..end);
        if bytes.start < bytes.end && out.last().is_none_or(|c| c.content.end <= (p, bytes.start)) {
            let cue = (v, At::new(p, v..v + 1));
            out.push(AttributionCandidate::of_cue("statement/fragment", cue, Some(source), bytes));
        }
    }
    out
}
