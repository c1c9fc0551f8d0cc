//! Reads a number as a report hedges it, with its unit: "about 30", "more than 20", "between 40 and 45 percent",
//! "from 6 to 8 percent", "$5.7 billion".

use std::ops::Range;

use rapporteur_lexicon::words::quantity;

use super::figure::{Figure, figure};
use crate::doc::Doc;

/// What a number is a number of, by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Things.
    Count,
    /// Hundredths of something.
    Percent,
    /// Steps of a percentage.
    Points,
    /// Money, by the name of its coin.
    Money(String),
}

/// A number as written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    /// From the hedge to the unit.
    pub(super) tokens: Range<usize>,
    /// The last token of the last figure.
    pub(super) last: usize,
    /// The least it can be.
    pub(super) least: Option<f64>,
    /// The most it can be.
    pub(super) most: Option<f64>,
    /// Whether it is hedged.
    pub(super) approximate: bool,
    /// What it was before, where it changes.
    pub(super) from: Option<f64>,
    /// Its unit.
    pub(super) unit: Unit,
    /// The rule that found it, by its unit and how it is written.
    pub(super) by: &'static str,
}

/// How a number is hedged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hedge {
    None,
    About,
    /// At least so much; the flag says that it is hardly more.
    Least(bool),
    /// At most so much; the flag says that it is hardly less.
    Most(bool),
}

/// The number that begins at a token, hedges before it included in its place.
pub(super) fn number(doc: &Doc<'_>, p: usize, t: usize) -> Option<Number> {
    let all = doc.tokens(p).len();
    let word = |i: usize| if i < all { doc.word(p, i) } else { "" };
    let sign = coin_of_sign(word(t));
    let first = figure(doc, p, t + usize::from(sign.is_some()))?;
    // "40 percent to 45 percent": the unit may stand once or twice.
    let (after, mut unit) = unit_after(doc, p, first.end);
    let (mut end, mut last, mut to) = (after, first.end - 1, None);
    let led_by = t.checked_sub(1).map(|b| word(b).to_lowercase()).unwrap_or_default();
    let link = matches!(word(after), "to" | "-" | "–") || led_by == "between" && word(after) == "and";
    if link && let Some(second) = second(doc, p, after + 1) {
        let (behind, other) = unit_after(doc, p, second.end);
        let change = led_by == "from" && word(after) == "to";
        // Two sides of a vote ("14 to 3", "73 percent to 27") are no range, nor is "one to seven".
        let rising = second.value > first.value && first.value > 1.0;
        if change || rising && !second.share && (unit == other || unit == Unit::Count || other == Unit::Count) {
            to = Some((second.value, change));
            if unit == Unit::Count {
                unit = other;
            }
            (end, last) = (behind, second.end - 1);
        }
    }
    if first.share {
        unit = Unit::Percent;
    }
    if let Some(coin) = sign {
        unit = Unit::Money(coin.to_owned());
    }
    let start = if to.is_some_and(|(_, change)| !change) && led_by == "between" { t - 1 } else { t };
    let (start, before) = hedge_before(&word, start);
    let (end, behind) = hedge_after(&word, end);
    let hedge = if before == Hedge::None { behind } else { before };
    let (least, most, from) = match to {
        Some((value, true)) => (value, value, Some(first.value)),
        Some((value, false)) => (first.value, value, None),
        None => (first.value, first.value, None),
    };
    let (least, most, approximate) = match hedge {
        Hedge::None => (Some(least), Some(most), first.share),
        Hedge::About => (Some(least), Some(most), true),
        Hedge::Least(near) => (Some(least), None, near),
        Hedge::Most(near) => (None, Some(most), near),
    };
    let by = match unit {
        _ if first.share => "quantity/share",
        Unit::Money(_) => "quantity/money",
        Unit::Percent => "quantity/percent",
        Unit::Points => "quantity/points",
        Unit::Count if first.in_words => "quantity/word",
        Unit::Count => "quantity/figure",
    };
    Some(Number { tokens: start..end, last, least, most, approximate, from, unit, by })
}

/// The second figure of a range, past a sign of money.
fn second(doc: &Doc<'_>, p: usize, t: usize) -> Option<Figure> {
    let signed = t < doc.tokens(p).len() && coin_of_sign(doc.word(p, t)).is_some();
    figure(doc, p, t + usize::from(signed))
}

/// The unit that stands after a figure.
fn unit_after(doc: &Doc<'_>, p: usize, at: usize) -> (usize, Unit) {
    let all = doc.tokens(p).len();
    let word = |i: usize| if i < all { doc.lower(p, i) } else { "" };
    // "a 12-percent raise"
    let at = if word(at) == "-" && matches!(word(at + 1), "percent" | "per") { at + 1 } else { at };
    match word(at) {
        "%" | "percent" | "pct" | "pc" => (at + 1, Unit::Percent),
        "per" if word(at + 1) == "cent" => (at + 2, Unit::Percent),
        "percentage" if word(at + 1).starts_with("point") => (at + 2, Unit::Points),
        _ if at < all && quantity::COIN.has(doc.lower_lemma(p, at)) => {
            (at + 1, Unit::Money(doc.lower_lemma(p, at).to_owned()))
        }
        _ => (at, Unit::Count),
    }
}

fn coin_of_sign(word: &str) -> Option<&'static str> {
    quantity::SIGN.value(word)
}

/// A hedge has no more words than this.
const MAX_HEDGE_WORDS: usize = 3;

/// The hedge that ends right before a token, and where it begins; the longest counts ("no more than", not "more than").
fn hedge_before<'w>(word: &impl Fn(usize) -> &'w str, t: usize) -> (usize, Hedge) {
    // "The more-than 11 million documents".
    let said =
        |start: usize| (start..t).map(|i| word(i).to_lowercase()).collect::<Vec<_>>().join(" ").replace(" - ", " ");
    let found = (t.saturating_sub(MAX_HEDGE_WORDS)..t).find_map(|start| {
        let hedge = match quantity::HEDGE.value(&said(start))? {
            "least" => Hedge::Least(false),
            "least near" => Hedge::Least(true),
            "most" => Hedge::Most(false),
            "most near" => Hedge::Most(true),
            _ => Hedge::About,
        };
        Some((start, hedge))
    });
    found.unwrap_or((t, Hedge::None))
}

/// "20 or more", "20 or so".
fn hedge_after<'w>(word: &impl Fn(usize) -> &'w str, end: usize) -> (usize, Hedge) {
    match (word(end), word(end + 1)) {
        ("or", "more") => (end + 2, Hedge::Least(false)),
        ("or", "so") => (end + 2, Hedge::About),
        ("or", "fewer" | "less") => (end + 2, Hedge::Most(false)),
        _ => (end, Hedge::None),
    }
}
