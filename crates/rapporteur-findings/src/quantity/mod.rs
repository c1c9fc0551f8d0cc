//! Numbers and what they count: "some 45,000 people", "12 percent over three years", "$5.7 billion for that project".
//!
//! `figure` reads digits and words, `number` hedges, ranges and units, `counted` the noun, `context` what it is of.
//! Each unit and way of writing is a rule: `quantity/money`, `quantity/percent`, `quantity/word`, `quantity/figure` …
//! Dates, lengths of time, ages, numbers of sections, points of a plan and numbers within names are no quantities.

mod context;
mod counted;
mod figure;
mod marked;
mod number;

use std::ops::Range;

use rapporteur_lexicon::words::quantity;
use rapporteur_reader::Tag;
use rapporteur_schema::{QuantityFinding, Rule};

use crate::date::{Found, date_of_verb};
use crate::doc::At;
use crate::party::RuleContext;
use number::{Number, Unit};

/// A number that the tagger rates below this does not matter to the story.
const NO_MATTER: f32 = 0.02;

/// Finds them all, in the order of the text.
pub(crate) fn find(context: &RuleContext<'_, '_>) -> Vec<QuantityFinding> {
    let mut out = Vec::new();
    for p in 0..context.doc.len() {
        let mut t = 0;
        while t < context.doc.tokens(p).len() {
            match number::number(context.doc, p, t) {
                Some(number) => {
                    out.extend(finding(context, p, &number));
                    t = number.tokens.end.max(number.last + 1).max(t + 1);
                }
                None => t += 1,
            }
        }
        marked::add(context, p, &mut out);
    }
    out.sort_by_key(|q: &QuantityFinding| q.at.span());
    out
}

fn finding(context: &RuleContext<'_, '_>, p: usize, number: &Number) -> Option<QuantityFinding> {
    let doc = context.doc;
    let first = number.tokens.start;
    // A number that belongs to a time or a name is no count.
    let bytes = doc.bytes(p, number.last..number.last + 1);
    let dated = dates_in(context, p, &bytes).any(|d| bytes.start < d.bytes.end);
    let named = context.names.at(p, number.last).is_some();
    let counted = counted::counted(doc, p, number);
    let matters = context.doc.tagged(p).most(Tag::Figure, number.tokens.clone());
    let why = if doc.is_furniture(p, first) {
        Some("no part of the article")
    } else if matters.is_some_and(|m| m < NO_MATTER) {
        Some("the tagger sees no figure of the story in it")
    } else if dated {
        Some("part of a time")
    } else if named {
        Some("part of a name")
    } else if denied(context, p, number) {
        Some("denied, or only what is added")
    } else {
        counted.is_none().then_some("counts nothing that reports could differ on")
    };
    if let Some(why) = why {
        let words = At::new(p, number.tokens.clone());
        doc.trace.lost(doc, number.by, "figure", &words, &words, why);
    }
    let counted = counted.filter(|_| why.is_none())?;
    let scope = context::context(doc, context.names, p, counted.token);
    let end = (counted.token + 1).max(number.tokens.end);
    let clause = context::clause(doc, p, counted.token, scope.verb);
    let clause = clause.start.min(first)..clause.end.max(end);
    let cite = |tokens| doc.cite(&At::new(p, tokens));
    let mut of = scope.of;
    of.remove(&counted.noun);
    Some(QuantityFinding {
        by: Rule::new(if counted.noun == "vote" && number.unit == Unit::Count { "quantity/vote" } else { number.by }),
        at: cite(first..end)?,
        number: cite(number.tokens.clone())?,
        clause: cite(clause)?,
        least: number.least,
        most: number.most,
        approximate: number.approximate,
        noun: counted.noun,
        of: of.into_iter().collect(),
        from: number.from,
        per: context::per(doc, p, number.tokens.end.max(if number.unit == Unit::Count { end } else { 0 })),
        stage: scope.stage,
        actors: scope.actors,
        date: scope.verb.and_then(|v| date_of_verb(doc, context.dates, p, v)),
    })
}

/// The dates of a paragraph that begin before the end of these bytes, from the last that can reach into them; a
/// paragraph has few, and they come in the order of the text.
fn dates_in<'g>(context: &'g RuleContext<'_, '_>, p: usize, bytes: &Range<usize>) -> impl Iterator<Item = &'g Found> {
    let end = bytes.end;
    let first = context.dates.partition_point(|d| (d.paragraph, d.bytes.end) <= (p, bytes.start));
    context.dates[first..].iter().take_while(move |d| d.paragraph == p && d.bytes.start < end)
}

/// Whether a number is one that somebody else is said to have wrong ("not 45,000"), or counts only what is added.
fn denied(context: &RuleContext<'_, '_>, p: usize, number: &Number) -> bool {
    let word = |i: Option<usize>| {
        let known = i.filter(|&i| i < context.doc.tokens(p).len());
        known.map(|i| context.doc.lower(p, i)).unwrap_or_default()
    };
    let before = word(number.tokens.start.checked_sub(1));
    let after = word(Some(number.tokens.end));
    quantity::NO_WHOLE.has(before) || matches!(after, "more" | "others" | "additional" | "extra")
}
