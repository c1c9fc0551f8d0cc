//! Statements that the tagger marks: the cue by its anchor, who speaks and what is said by its roles.
//!
//! Rules have the exact frames of the cues that the lists know; here are the cues that no list has, and frames that the parse
//! misses. What a rule proposes and the tagger gives no chance is left out.

use std::ops::Range;

use rapporteur_reader::{Role, Tag};

use super::candidate::AttributionCandidate;
use super::trim::trimmed;
use crate::doc::Doc;
use crate::grammar::subject;
use crate::tagged::top;

/// The rule.
const RULE: &str = "statement/marked";

/// A cue of a rule whose words the tagger rates below this attributes nothing.
const DOUBTED: f32 = 0.08;

/// Fewer tokens than this are no content by themselves.
const MIN_CONTENT: usize = 2;

/// Takes out what rules propose of a paragraph and the tagger gives no chance, and adds what it marks beside them; `direct` is
/// the direct speech of the report.
pub(super) fn join(
    doc: &Doc<'_>,
    p: usize,
    direct: &[AttributionCandidate],
    by_rule: Vec<AttributionCandidate>,
    out: &mut Vec<AttributionCandidate>,
) {
    let tagged = doc.tagged(p);
    let first = out.len();
    for candidate in by_rule {
        let cue = candidate.cue.as_ref().map(|(_, at)| at.clone());
        let seen = cue.as_ref().and_then(|at| tagged.most(Tag::Statement, at.tokens.clone()));
        if let (Some(at), true) = (&cue, seen.is_some_and(|s| s < DOUBTED)) {
            doc.trace.lost(doc, "statement/marked", "finding", at, at, "the tagger sees no attribution in it");
            continue;
        }
        out.push(candidate);
    }
    let taken: Vec<Range<usize>> = direct
        .iter()
        .chain(&out[first..])
        .filter_map(|c| c.cue.as_ref().filter(|(_, at)| at.paragraph == p).map(|(_, at)| at.tokens.clone()))
        .collect();
    for mark in tagged.marks(Tag::Statement).filter(|m| !doc.is_furniture(p, m.tokens.start)) {
        if taken.iter().any(|t| t.start < mark.tokens.end && mark.tokens.start < t.end) {
            continue;
        }
        let head = top(doc, p, mark.tokens.clone());
        let Some(said) = mark.stretch(Role::StatementSaid, 3) else { continue };
        let said = apart(said, &mark.tokens);
        let bytes = trimmed(doc, p, said.clone());
        if said.len() < MIN_CONTENT || bytes.start >= bytes.end {
            continue;
        }
        let mut named = mark.runs(Role::StatementBy);
        named.retain(|(run, _)| run.end <= said.start || said.end <= run.start);
        named.sort_by(|a, b| b.1.total_cmp(&a.1));
        let source = named.first().map(|(run, _)| top(doc, p, run.clone())).or_else(|| subject(doc, p, head));
        out.push(AttributionCandidate::of_cue(RULE, (head, mark.at(p)), source, bytes));
    }
}

/// What is said without the cue, where that stands at one of its ends.
fn apart(said: Range<usize>, cue: &Range<usize>) -> Range<usize> {
    match () {
        () if cue.start <= said.start && said.start < cue.end => cue.end.min(said.end)..said.end,
        () if cue.start < said.end && said.end <= cue.end => said.start..cue.start,
        // In the middle: the longer side.
        () if said.start < cue.start && cue.end < said.end => {
            if cue.start - said.start > said.end - cue.end {
                said.start..cue.start
            } else {
                cue.end..said.end
            }
        }
        () => said,
    }
}
