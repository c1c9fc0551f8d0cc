//! Reads a number as a report hedges it, with its unit: "about 30", "more than 20", "between 40 and 45 percent",
//! "from 6 to 8 percent", "$5.7 billion".

use std::ops::Range;

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
    Some(Number { tokens: start..end, last, least, most, approximate, from, unit })
}

/// The second figure of a range, past a sign of money.
fn second(doc: &Doc<'_>, p: usize, t: usize) -> Option<Figure> {
    let signed = t < doc.tokens(p).len() && coin_of_sign(doc.word(p, t)).is_some();
    figure(doc, p, t + usize::from(signed))
}

/// The unit that stands after a figure.
fn unit_after(doc: &Doc<'_>, p: usize, at: usize) -> (usize, Unit) {
    let all = doc.tokens(p).len();
    let word = |i: usize| if i < all { doc.word(p, i).to_lowercase() } else { String::new() };
    // "a 12-percent raise"
    let at = if word(at) == "-" && matches!(word(at + 1).as_str(), "percent" | "per") { at + 1 } else { at };
    match word(at).as_str() {
        "%" | "percent" | "pct" | "pc" => (at + 1, Unit::Percent),
        "per" if word(at + 1) == "cent" => (at + 2, Unit::Percent),
        "percentage" if word(at + 1).starts_with("point") => (at + 2, Unit::Points),
        _ if at < all && COINS.contains(&doc.lemma(p, at).to_lowercase().as_str()) => {
            (at + 1, Unit::Money(doc.lemma(p, at).to_lowercase()))
        }
        _ => (at, Unit::Count),
    }
}

/// Names of coins, own list; nouns that are more often something else ("mark", "rand", "real") only with care.
const COINS: &[&str] = &[
    "dollar", "euro", "pound", "crown", "krona", "krone", "yen", "yuan", "renminbi", "ruble", "rouble", "hryvnia",
    "franc", "peso", "rupee", "rial", "riyal", "shekel", "zloty", "forint", "rand", "dinar", "dirham", "naira",
    "shilling", "lira", "baht", "ringgit", "rupiah", "tenge", "cedi", "taka", "cent", "penny",
];

fn coin_of_sign(word: &str) -> Option<&'static str> {
    Some(match word {
        "$" | "US$" | "C$" | "A$" | "CA$" | "AU$" | "NZ$" | "HK$" => "dollar",
        "€" => "euro",
        "£" => "pound",
        "¥" => "yen",
        "₴" => "hryvnia",
        "₽" => "ruble",
        "₹" => "rupee",
        "₪" => "shekel",
        _ => return None,
    })
}

/// The hedge that ends right before a token, and where it begins.
fn hedge_before<'w>(word: &impl Fn(usize) -> &'w str, t: usize) -> (usize, Hedge) {
    const BEFORE: &[(&[&str], Hedge)] = &[
        (&["just", "over"], Hedge::Least(true)),
        (&["slightly", "more", "than"], Hedge::Least(true)),
        (&["well", "over"], Hedge::Least(false)),
        (&["no", "more", "than"], Hedge::Most(false)),
        (&["no", "fewer", "than"], Hedge::Least(false)),
        (&["no", "less", "than"], Hedge::Least(false)),
        (&["more", "than"], Hedge::Least(false)),
        (&["upwards", "of"], Hedge::Least(false)),
        (&["greater", "than"], Hedge::Least(false)),
        (&["at", "least"], Hedge::Least(false)),
        (&["a", "minimum", "of"], Hedge::Least(false)),
        (&["over"], Hedge::Least(false)),
        (&["above"], Hedge::Least(false)),
        (&["just", "under"], Hedge::Most(true)),
        (&["just", "below"], Hedge::Most(true)),
        (&["fewer", "than"], Hedge::Most(false)),
        (&["less", "than"], Hedge::Most(false)),
        (&["at", "most"], Hedge::Most(false)),
        (&["up", "to"], Hedge::Most(false)),
        (&["as", "many", "as"], Hedge::Most(false)),
        (&["as", "much", "as"], Hedge::Most(false)),
        (&["a", "maximum", "of"], Hedge::Most(false)),
        (&["under"], Hedge::Most(false)),
        (&["below"], Hedge::Most(false)),
        (&["nearly"], Hedge::Most(true)),
        (&["almost"], Hedge::Most(true)),
        (&["close", "to"], Hedge::About),
        (&["an", "estimated"], Hedge::About),
        (&["around"], Hedge::About),
        (&["about"], Hedge::About),
        (&["some"], Hedge::About),
        (&["roughly"], Hedge::About),
        (&["approximately"], Hedge::About),
        (&["circa"], Hedge::About),
    ];
    let stands = |hedge: &[&str]| {
        let start = t.checked_sub(hedge.len())?;
        hedge.iter().enumerate().all(|(i, w)| word(start + i).eq_ignore_ascii_case(w)).then_some(start)
    };
    let found = BEFORE.iter().find_map(|(words, hedge)| Some((stands(words)?, *hedge)));
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
