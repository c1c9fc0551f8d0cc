//! Conditions that the tagger marks: the words of both parts by its roles, cut at the marks of the sentence.

use std::ops::Range;

use rapporteur_language::Pos;
use rapporteur_reader::{Role, Tag};
use rapporteur_schema::{ConditionFinding, Rule};

use super::marker::{Kind, marked};
use super::{clause_head, finding, said};
use crate::clause::trim;
use crate::doc::Doc;
use crate::party::RuleContext;
use crate::tagged::{Mark, underlined};

/// The rule.
const RULE: &str = "condition/marked";

/// Joins what rules tell of a paragraph with what the tagger marks: what both tell is told once, as the rule has it.
pub(super) fn join(
    context: &RuleContext<'_, '_>,
    p: usize,
    by_rule: Vec<ConditionFinding>,
    out: &mut Vec<ConditionFinding>,
) {
    let first = out.len();
    out.extend(by_rule);
    let marks = context.doc.tagged(p).marks(Tag::Condition);
    for mark in marks.filter(|m| !context.doc.is_furniture(p, m.tokens.start)) {
        let Some(found) = condition(context, p, mark) else { continue };
        let same = |c: &ConditionFinding| c.only_if.span().overlaps(found.only_if.span());
        if !out[first..].iter().any(same) {
            out.push(found);
        }
    }
    out[first..].sort_by_key(|c| c.at.span());
}

fn condition(context: &RuleContext<'_, '_>, p: usize, mark: &Mark) -> Option<ConditionFinding> {
    let doc = context.doc;
    // Where the parse knows the marker, it knows both parts to the word.
    let near = mark.tokens.start.saturating_sub(1)..(mark.tokens.end + 1).min(doc.tokens(p).len());
    if let Some(m) = near.clone().find_map(|t| marked(doc, p, t)).filter(|m| near.contains(&m.from)) {
        // "once four points", "until Friday": no clause, so nothing that must come about.
        let clausal = matches!(m.kind, Kind::Strict | Kind::Until | Kind::Once | Kind::If);
        if clausal && !matches!(doc.tokens(p)[m.inner].pos, Pos::Verb | Pos::Aux) {
            return None;
        }
        let main = said(doc, p, clause_head(doc, p, m.main), m.from);
        if let Some(found) = finding(context, p, &m, RULE, main) {
            return Some(found);
        }
    }
    let only_if = bare(doc, p, mark.stretch(Role::ConditionIf, 3)?, &mark.tokens)?;
    // The same of markers that the parse has as something else.
    let verb = |t: usize| matches!(doc.tokens(p)[t].pos, Pos::Verb | Pos::Aux);
    if matches!(doc.tokens(p)[mark.tokens.end - 1].pos, Pos::Sconj | Pos::Adv) && !only_if.clone().any(verb) {
        return None;
    }
    let what = bare(doc, p, mark.stretch(Role::ConditionWhat, 3)?, &mark.tokens)?;
    let whole = only_if.start.min(what.start).min(mark.tokens.start)..only_if.end.max(what.end).max(mark.tokens.end);
    let byte = doc.bytes(p, mark.tokens.clone()).start;
    let party = context.speech.around(p, byte).and_then(|i| context.speech.speaker(i));
    let cite = |range: Range<usize>| {
        let keep = range.start;
        doc.cite(&trim(doc, p, range, keep))
    };
    let keep = mark.tokens.start;
    Some(ConditionFinding {
        by: Rule::new(RULE),
        at: doc.cite(&trim(doc, p, whole, keep))?,
        what: cite(what)?,
        only_if: cite(only_if)?,
        party,
    })
}

/// A part without the marker, as a reader would underline it.
fn bare(doc: &Doc<'_>, p: usize, part: Range<usize>, marker: &Range<usize>) -> Option<Range<usize>> {
    let Range { mut start, mut end } = part;
    if start >= marker.start && start < marker.end {
        start = marker.end;
    }
    if end > marker.start && end <= marker.end {
        end = marker.start;
    }
    if start >= end {
        return None;
    }
    underlined(doc, p, start..end)
}
