//! Figures that the tagger marks and no rule counts: lengths of time, days of a deadline, "thousands", a number whose noun is
//! left out.

use rapporteur_language::Pos;
use rapporteur_reader::Tag;
use rapporteur_schema::{QuantityFinding, Rule};

use super::context;
use super::number;
use crate::doc::At;
use crate::party::RuleContext;
use crate::tagged::{Mark, top};

/// The rule.
const RULE: &str = "quantity/marked";

/// Adds the figures of a paragraph that the tagger marks beside those that are there.
pub(super) fn add(context: &RuleContext<'_, '_>, p: usize, out: &mut Vec<QuantityFinding>) {
    let marks = context.doc.tagged(p).marks(Tag::Figure);
    for mark in marks.filter(|m| !context.doc.is_furniture(p, m.tokens.start)) {
        let Some(at) = context.doc.cite(&mark.at(p)) else { continue };
        let there = out.iter().rev().take(40).any(|q| q.number.span().overlaps(at.span()));
        if !there {
            out.extend(figure(context, p, mark));
        }
    }
}

fn figure(context: &RuleContext<'_, '_>, p: usize, mark: &Mark) -> Option<QuantityFinding> {
    let doc = context.doc;
    let tokens = mark.tokens.clone();
    let number = tokens.clone().find_map(|t| number::number(doc, p, t));
    let noun = counted(context, p, mark);
    let scope = context::context(doc, context.names, p, noun);
    let end = tokens.end.max(if noun >= tokens.end && noun - tokens.end < 4 { noun + 1 } else { tokens.end });
    let clause = context::clause(doc, p, noun, scope.verb);
    let clause = clause.start.min(tokens.start)..clause.end.max(end);
    let bytes = doc.bytes(p, tokens.clone());
    let touches = |d: &&crate::date::Found| {
        d.paragraph == p && d.listed && d.bytes.start < bytes.end && bytes.start < d.bytes.end
    };
    let day = context.dates.iter().find(touches).and_then(|d| d.value);
    let counted = number.as_ref().filter(|_| day.is_none());
    let cite = |tokens| doc.cite(&At::new(p, tokens));
    let lemma = if day.is_some() { "day".to_owned() } else { doc.lower_lemma(p, noun).to_owned() };
    let mut of = scope.of;
    of.remove(&lemma);
    Some(QuantityFinding {
        by: Rule::new(RULE),
        at: cite(tokens.start..end)?,
        number: cite(tokens)?,
        clause: cite(clause)?,
        least: counted.and_then(|n| n.least),
        most: counted.and_then(|n| n.most),
        approximate: counted.is_none_or(|n| n.approximate),
        noun: lemma,
        of: of.into_iter().collect(),
        from: counted.and_then(|n| n.from),
        per: None,
        stage: scope.stage,
        actors: scope.actors,
        date: day,
    })
}

/// The noun that the words count: the last of their own, else the one that they hang on, else their head.
fn counted(context: &RuleContext<'_, '_>, p: usize, mark: &Mark) -> usize {
    let doc = context.doc;
    let noun = |t: usize| matches!(doc.tokens(p)[t].pos, Pos::Noun | Pos::Propn);
    let own = mark.tokens.clone().rev().find(|&t| doc.tokens(p)[t].pos == Pos::Noun);
    let head = top(doc, p, mark.tokens.clone());
    own.or_else(|| crate::grammar::head(doc, p, head).filter(|&h| noun(h))).unwrap_or(head)
}
