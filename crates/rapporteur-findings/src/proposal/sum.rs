//! The sum or rate of an offer: "4.5 percent over two years", "a 25% raise", "$5.7 billion".

use std::ops::Range;

use rapporteur_language::{Dep, Pos};

use crate::doc::Doc;
use crate::grammar::{child, subtree};
use rapporteur_lexicon::words::negotiation;

/// The first sum among some tokens, from its sign or number to the term it is over, and whether it is rough.
pub(super) fn sum(doc: &Doc<'_>, p: usize, range: Range<usize>) -> Option<(Range<usize>, bool)> {
    let tokens = doc.tokens(p);
    let first = range.clone().find(|&t| is_number(doc, p, t) && has_unit(doc, p, t))?;
    let start = match first.checked_sub(1) {
        Some(b) if b >= range.start && is_currency(doc.word(p, b)) => b,
        _ => first,
    };
    let mut end = first + 1;
    // "5.7 billion dollars", "4.5 percent", "3 to 5 percent"
    while end < tokens.len()
        && (is_number(doc, p, end) || is_unit(doc.word(p, end)) || matches!(doc.word(p, end), "-" | "to" | "and"))
        && (is_unit(doc.word(p, end)) || is_number(doc, p, end) || end + 1 < tokens.len() && is_number(doc, p, end + 1))
    {
        end += 1;
    }
    // "over two years", "for one year"
    if end + 2 < tokens.len()
        && negotiation::TERM_LINK.has(doc.word(p, end))
        && let Some(last) = (end + 1..tokens.len().min(end + 4)).find(|&t| negotiation::PAY_TERM.has(doc.lemma(p, t)))
    {
        end = last + 1;
    }
    Some((start..end, super::number::is_rough(doc, p, start)))
}

fn is_number(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let word = doc.word(p, t);
    doc.tokens(p)[t].pos == Pos::Num || word.starts_with(|c: char| c.is_ascii_digit()) && !word.contains("-point")
}

fn has_unit(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let before = t.checked_sub(1).is_some_and(|b| is_currency(doc.word(p, b)));
    let word = doc.word(p, t);
    let inside = word.contains('%') || word.contains("percent") || word.starts_with(['$', '£', '€']);
    let after = (t + 1..doc.tokens(p).len().min(t + 5))
        .take_while(|&i| {
            is_number(doc, p, i) || is_unit(doc.word(p, i)) || matches!(doc.word(p, i), "-" | "to" | "per")
        })
        .any(|i| is_unit(doc.word(p, i)) && !is_scale(doc.word(p, i)));
    before || inside || after
}

fn is_currency(word: &str) -> bool {
    let last = word.chars().next_back();
    matches!(last, Some('$' | '£' | '€' | '¥' | '₹')) && word.chars().count() <= 4
}

fn is_scale(word: &str) -> bool {
    negotiation::SCALE.has(&word.to_lowercase())
}

fn is_unit(word: &str) -> bool {
    let lower = word.to_lowercase();
    negotiation::SCALE.has(&lower) || negotiation::SUM_UNIT.has(&lower)
}

/// A verb's object that is a sum or has one ("offered 4.5 percent", "a 25% raise"), as the object's head.
pub(super) fn object_with_sum(doc: &Doc<'_>, p: usize, verb: usize) -> Option<(usize, Range<usize>, bool)> {
    let object = child(doc, p, verb, &[Dep::Dobj]).or_else(|| {
        let link = doc.analyses[p]
            .children(verb)
            .find(|&c| doc.tokens(p)[c].dep == Dep::Prep && matches!(doc.word(p, c), "for"))?;
        child(doc, p, link, &[Dep::Pobj])
    })?;
    let range = subtree(doc, p, object);
    let near = range.start..range.end.min(object + 12);
    let (at, rough) = sum(doc, p, near)?;
    // What is asked for is the sum, or pay by that sum; a company of that worth is not.
    let pay = is_unit(doc.word(p, object)) || is_number(doc, p, object) || negotiation::PAY.has(doc.lemma(p, object));
    pay.then_some((object, at, rough))
}
