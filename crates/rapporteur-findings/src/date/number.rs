//! Reads counts and ordinals: "three", "twenty-four", "a couple of", "2 1/2", "1,000", "third", "23rd".

use rapporteur_lexicon::words::number;

use super::word::{Kind, Line};
use crate::number::{below_hundred, tens};

/// How many of something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Count {
    /// A number, in halves so that "two and a half" needs no fraction.
    Halves(i64),
    /// "several", "a few", "some": more than one.
    Some,
}

impl Count {
    /// A whole number.
    pub(super) fn of(n: i64) -> Self {
        Count::Halves(n * 2)
    }

    /// The number if it is a whole one.
    pub(super) fn whole(self) -> Option<i64> {
        match self {
            Count::Halves(n) if n % 2 == 0 => Some(n / 2),
            _ => None,
        }
    }
}

/// Nothing is counted in time beyond this.
const MAX_COUNT: i64 = 1_000_000_000;

/// A number below one hundred in words.
pub(super) fn small(line: &Line, i: usize) -> Option<(usize, i64)> {
    below_hundred(|i| line.at(i), i).map(|(end, n)| (end, i64::from(n)))
}

/// A count before a unit of time.
pub(super) fn count(line: &Line, i: usize) -> Option<(usize, Count)> {
    let vague: &[&[&str]] = &[&["a", "few"], &["a", "number", "of"], &["several"], &["some"], &["few"], &["many"]];
    if let Some(end) = line.any(i, vague) {
        return Some((end, Count::Some));
    }
    if let Some(end) = line.any(i, &[&["a", "couple", "of"], &["a", "couple"], &["couple", "of"]]) {
        return Some((end, Count::of(2)));
    }
    if let Some(end) = line.any(i, &[&["a", "dozen"], &["dozen"]]) {
        return Some((end, Count::of(12)));
    }
    if let Some(end) = line.any(i, &[&["half", "a"], &["half", "an"], &["a", "half"], &["half"]]) {
        return Some((end, Count::Halves(1)));
    }
    let (mut end, mut n) = match line.kind(i) {
        Kind::Digits => {
            let mut n = line.figure(i, 1, 4)?;
            let mut end = i + 1;
            while line.at(end) == "," && line.is_glued(end) && line.is_glued(end + 1) {
                n = n.checked_mul(1000).filter(|n| *n < MAX_COUNT)? + line.figure(end + 1, 3, 3)?;
                end += 2;
            }
            (end, n * 2)
        }
        _ if matches!(line.at(i), "a" | "an") => (i + 1, 2),
        _ => small(line, i).map(|(end, n)| (end, n * 2))?,
    };
    for (word, times) in [("hundred", 100), ("thousand", 1000), ("million", 1_000_000)] {
        if line.at(end) == word {
            (end, n) = (end + 1, n.checked_mul(times).filter(|n| *n < MAX_COUNT)?);
        }
    }
    if line.has(end, &["and", "a", "half"]) || line.has(end, &["1", "/", "2"]) && !line.is_glued(end) {
        (end, n) = (end + 3, n + 1);
    } else if line.at(end) == "½" {
        (end, n) = (end + 1, n + 1);
    } else if line.has(end, &[".", "5"]) && line.is_glued(end + 1) {
        (end, n) = (end + 2, n + 1);
    }
    Some((end, Count::Halves(n)))
}

/// An ordinal: "first", "twenty-third", "23rd".
pub(super) fn ordinal(line: &Line, i: usize) -> Option<(usize, i64)> {
    let of = |w: &str| number::ORDINAL.number(w).map(i64::from);
    if let Some(n) = line.figure(i, 1, 2) {
        let suffixed = line.is_glued(i + 1) && matches!(line.at(i + 1), "st" | "nd" | "rd" | "th");
        return suffixed.then_some((i + 2, n));
    }
    if let Some(n) = of(line.at(i)) {
        return Some((i + 1, n));
    }
    match line.at(i) {
        "twentieth" => Some((i + 1, 20)),
        "thirtieth" => Some((i + 1, 30)),
        word => {
            let tens = i64::from(tens(word)?);
            let next = line.skip(i + 1, &["-"]);
            of(line.at(next)).filter(|n| *n < 10).map(|n| (next + 1, tens + n))
        }
    }
}

/// A year in words: "nineteen ninety-six", "two thousand (and) eight", "the year two thousand".
pub(super) fn year_in_words(line: &Line, i: usize) -> Option<(usize, i16)> {
    if line.has(i, &["two", "thousand"]) {
        let next = line.skip(i + 2, &["and"]);
        let year = small(line, next).map(|(end, n)| (end, 2000 + n as i16));
        return Some(year.unwrap_or((i + 2, 2000)));
    }
    let century = match line.at(i) {
        "eighteen" => 1800,
        "nineteen" => 1900,
        "twenty" => 2000,
        _ => return None,
    };
    if line.at(i + 1) == "-" {
        return None;
    }
    let (end, n) = small(line, i + 1).filter(|(_, n)| *n >= 10)?;
    Some((end, century + n as i16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read() {
        let cases = [
            ("three", 6),
            ("twenty-four", 48),
            ("twenty four", 48),
            ("a", 2),
            ("a couple of", 4),
            ("2 1/2", 5),
            ("1,000", 2000),
            ("two and a half", 5),
            ("a hundred", 200),
            ("1.5", 3),
            ("half a", 1),
            ("a dozen", 24),
        ];
        for (s, halves) in cases {
            let line = Line::new(s);
            assert_eq!(count(&line, 0), Some((line.words.len(), Count::Halves(halves))), "{s}");
        }
        assert_eq!(count(&Line::new("several"), 0), Some((1, Count::Some)));
        assert_eq!(count(&Line::new("points"), 0), None);
    }

    #[test]
    fn ordinals_and_years_are_read() {
        for (s, n) in [("first", 1), ("twenty-third", 23), ("23rd", 23), ("30th", 30), ("twentieth", 20)] {
            assert_eq!(ordinal(&Line::new(s), 0).map(|(_, n)| n), Some(n), "{s}");
        }
        assert_eq!(ordinal(&Line::new("23"), 0), None);
        for (s, y) in [("nineteen ninety-six", 1996), ("two thousand and eight", 2008), ("twenty fourteen", 2014)] {
            assert_eq!(year_in_words(&Line::new(s), 0).map(|(_, y)| y), Some(y), "{s}");
        }
        assert_eq!(year_in_words(&Line::new("twenty-four"), 0), None);
    }
}
