//! Reads one figure: "1,900", "5.7 billion", "410mn", "twenty-four", "two hundred and ten", "three-quarters".

use crate::doc::Doc;
use crate::number::{self, below_hundred};

/// A figure and the tokens it takes up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Figure {
    /// First token after it.
    pub(super) end: usize,
    /// What it says.
    pub(super) value: f64,
    /// Whether it is a share of a whole ("a third"), in percent.
    pub(super) share: bool,
    /// Whether it is written in words.
    pub(super) in_words: bool,
}

/// The figure that begins at a token.
pub(super) fn figure(doc: &Doc<'_>, p: usize, t: usize) -> Option<Figure> {
    let all = doc.tokens(p).len();
    let word = |i: usize| if i < all { doc.word(p, i) } else { "" };
    if !may_begin(word(t)) {
        return None;
    }
    if let Some(found) = share(&word, t) {
        return Some(found);
    }
    let written = digits(word(t));
    let (mut end, mut value) = match written {
        Some(value) => (t + 1, value),
        None => in_words(&word, t)?,
    };
    // A mark may stand between a sum and its magnitude where an editor closed a quotation there.
    let closed = usize::from(matches!(word(end), "”" | "\"") && magnitude(word(end + 1)).is_some_and(|m| m >= 1e6));
    while let Some(times) = magnitude(word(end + closed)) {
        (end, value) = (end + closed + 1, value * times);
        if closed > 0 {
            break;
        }
    }
    Some(Figure { end, value, share: false, in_words: written.is_none() })
}

/// Whether a figure may begin with a word: nearly all words tell by themselves that none does.
fn may_begin(word: &str) -> bool {
    let digits = word.starts_with(|c: char| c.is_ascii_digit());
    let part = ["a", "an", "half"].iter().any(|w| word.eq_ignore_ascii_case(w));
    digits || part || number::unit(word).is_some() || number::tens(word).is_some()
}

/// Digits with thousands and decimals, and a magnitude written to them.
fn digits(word: &str) -> Option<f64> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let split = word.find(|c: char| c.is_alphabetic()).unwrap_or(word.len());
    let (number, tail) = word.split_at(split);
    let times = match tail.to_lowercase().as_str() {
        "" => 1.0,
        "k" => 1e3,
        "m" | "mn" | "mln" => 1e6,
        "bn" | "b" | "bln" => 1e9,
        "tn" | "trn" => 1e12,
        _ => return None,
    };
    if number.len() > 20 {
        return None;
    }
    let grouped = number.split_once('.').map_or(number, |(whole, _)| whole).split(',').skip(1).all(|g| g.len() == 3);
    let plain = number.replace(',', "");
    grouped.then(|| plain.parse::<f64>().ok())?.map(|n| n * times)
}

fn magnitude(word: &str) -> Option<f64> {
    Some(match word.to_lowercase().as_str() {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" | "mn" | "mln" => 1e6,
        "billion" | "bn" | "bln" => 1e9,
        "trillion" | "tn" => 1e12,
        _ => return None,
    })
}

/// A number in words below a thousand; "a hundred" counts, "a" alone does not.
fn in_words<'w>(word: &impl Fn(usize) -> &'w str, t: usize) -> Option<(usize, f64)> {
    let first = word(t).to_lowercase();
    if matches!(first.as_str(), "a" | "an") {
        return (magnitude(word(t + 1)).is_some() || word(t + 1) == "dozen").then(|| match word(t + 1) {
            "dozen" => (t + 2, 12.0),
            _ => (t + 1, 1.0),
        });
    }
    let (mut end, mut value) = small(word, t)?;
    if value < 10.0 && word(end) == "hundred" {
        (end, value) = (end + 1, value * 100.0);
        let and = end + usize::from(word(end) == "and");
        if let Some((next, more)) = small(word, and) {
            (end, value) = (next, value + more);
        }
    } else if word(end) == "dozen" {
        (end, value) = (end + 1, value * 12.0);
    }
    Some((end, value))
}

/// A number in words below a hundred.
fn small<'w>(word: &impl Fn(usize) -> &'w str, t: usize) -> Option<(usize, f64)> {
    below_hundred(word, t).map(|(end, n)| (end, f64::from(n)))
}

/// "a third", "two-thirds", "three quarters", "half", in percent.
fn share<'w>(word: &impl Fn(usize) -> &'w str, t: usize) -> Option<Figure> {
    let part = |w: &str| match w.to_lowercase().as_str() {
        "half" => Some(50.0),
        "third" | "thirds" => Some(100.0 / 3.0),
        "quarter" | "quarters" => Some(25.0),
        "fifth" | "fifths" => Some(20.0),
        "tenth" | "tenths" => Some(10.0),
        _ => None,
    };
    let made = |end: usize, value: f64| Some(Figure { end, value, share: true, in_words: true });
    // Only of something: "the third round" and "half an hour" are no shares.
    let of = |end: usize| word(end) == "of";
    match word(t).to_lowercase().as_str() {
        "half" if of(t + 1) => made(t + 1, 50.0),
        "a" | "one" => {
            let at = t + 1 + usize::from(word(t + 1) == "-");
            part(word(at)).filter(|_| of(at + 1)).and_then(|share| made(at + 1, share))
        }
        _ => {
            let (end, n) = small(word, t).filter(|(_, n)| (2.0..10.0).contains(n))?;
            let at = end + usize::from(word(end) == "-");
            let plural = word(at).ends_with('s');
            part(word(at)).filter(|share| plural && n * share < 100.0 && of(at + 1)).and_then(|s| made(at + 1, n * s))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::tests::report;

    fn read(text: &str) -> Option<f64> {
        let report = report(text);
        let doc = Doc::read(&report, crate::Models::quick(), &mut ());
        figure(&doc, 0, 0).map(|f| f.value)
    }

    #[test]
    fn figures_are_read() {
        for (text, value) in [
            ("1,900 welders left.", 1900.0),
            ("5.7 billion crowns were asked.", 5.7e9),
            ("410mn crowns a year.", 4.1e8),
            ("Twenty-four welders left.", 24.0),
            ("two hundred and ten welders left.", 210.0),
            ("a hundred welders left.", 100.0),
            ("three dozen welders left.", 36.0),
            ("three-quarters of the welders left.", 75.0),
            ("half of them left.", 50.0),
        ] {
            assert_eq!(read(text), Some(value), "{text}");
        }
        for text in ["a welder left.", "the third round", "12,34 welders", "welders left", "B2 welders"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
