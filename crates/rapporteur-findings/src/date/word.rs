//! Cuts a paragraph into words, figures and marks, the alphabet of the grammar of dates.
//!
//! The tokens of the parse are not used for this: taggers disagree on "mid-1990s", "10a.m." and "25/11/2025", and a
//! grammar needs the same pieces every time. A word finds its token again by its first byte.

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Letters,
    /// Digits.
    Digits,
    /// One mark.
    Mark,
}

/// A piece of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Its first byte.
    start: u32,
    /// The byte after it.
    end: u32,
    /// What it is made of.
    kind: Kind,
    /// Whether it begins with a capital.
    capital: bool,
    /// Its first byte in lower case: hundreds of phrases are looked for at every word, and this tells most of them off.
    first: u8,
}

/// A paragraph in pieces.
#[derive(Debug)]
pub(super) struct Line {
    /// The paragraph in lower case, byte for byte.
    lower: String,
    /// Its pieces.
    pub(super) words: Vec<Word>,
}

impl Word {
    fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Line {
    /// Cuts a paragraph.
    pub(super) fn new(text: &str) -> Self {
        let mut words: Vec<Word> = Vec::with_capacity(text.len() / 5);
        let mut joins = false;
        for (at, c) in text.char_indices() {
            let kind = match c {
                _ if c.is_ascii_digit() => Kind::Digits,
                _ if c.is_alphanumeric() => Kind::Letters,
                _ => Kind::Mark,
            };
            let end = (at + c.len_utf8()) as u32;
            match words.last_mut() {
                Some(last) if joins && kind != Kind::Mark && last.kind == kind => last.end = end,
                _ if c.is_whitespace() => {}
                _ => {
                    let (first, capital) = (text.as_bytes()[at].to_ascii_lowercase(), c.is_uppercase());
                    words.push(Word { start: at as u32, end, kind, capital, first });
                }
            }
            joins = !c.is_whitespace();
        }
        Line { lower: text.to_ascii_lowercase(), words }
    }

    /// A word in lower case; empty outside the paragraph.
    pub(super) fn at(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |w| &self.lower[w.range()])
    }

    /// The word before `i` in lower case; empty at the beginning.
    pub(super) fn before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |i| self.at(i))
    }

    /// What a word is made of; marks outside the paragraph.
    pub(super) fn kind(&self, i: usize) -> Kind {
        self.words.get(i).map_or(Kind::Mark, |w| w.kind)
    }

    /// Whether a word begins with a capital.
    pub(super) fn is_capital(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| w.capital)
    }

    /// Whether nothing stands between a word and the one before it.
    pub(super) fn is_glued(&self, i: usize) -> bool {
        i > 0 && self.words.get(i).is_some_and(|w| self.words[i - 1].end == w.start)
    }

    /// Whether these words stand at `i`, one after another.
    #[inline]
    pub(super) fn has(&self, i: usize, words: &[&str]) -> bool {
        let begins = match (self.words.get(i), words.first()) {
            (Some(word), Some(first)) => first.as_bytes().first() == Some(&word.first),
            _ => true,
        };
        begins && words.iter().enumerate().all(|(k, w)| self.at(i + k) == *w)
    }

    /// The end of the first of these phrases that stands at `i`; list longer ones first.
    pub(super) fn any(&self, i: usize, phrases: &[&[&str]]) -> Option<usize> {
        phrases.iter().find(|p| self.has(i, p)).map(|p| i + p.len())
    }

    /// A figure of a length from `least` to `most` digits.
    pub(super) fn figure(&self, i: usize, least: usize, most: usize) -> Option<i64> {
        let word = self.words.get(i).filter(|w| w.kind == Kind::Digits)?;
        let digits = &self.lower[word.range()];
        (digits.len() >= least && digits.len() <= most).then(|| digits.parse().ok())?
    }

    /// Skips one of these marks.
    #[inline]
    pub(super) fn skip(&self, i: usize, marks: &[&str]) -> usize {
        if marks.contains(&self.at(i)) { i + 1 } else { i }
    }

    /// The words `from..to` as they stand in the text.
    pub(super) fn bytes(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        match (self.words.get(from), to.checked_sub(1).and_then(|i| self.words.get(i))) {
            (Some(a), Some(b)) if from < to => a.start as usize..b.end as usize,
            _ => 0..0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(s: &str) -> String {
        let line = Line::new(s);
        line.words.iter().map(|w| &s[w.range()]).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn letters_figures_and_marks_are_told_apart() {
        assert_eq!(cut("mid-1990s, 10a.m."), "mid|-|1990|s|,|10|a|.|m|.");
        assert_eq!(cut("25/11/2025 today’s"), "25|/|11|/|2025|today|’|s");
        assert_eq!(cut("  été 3rd  "), "été|3|rd");
        assert_eq!(cut(""), "");
    }

    #[test]
    fn marks_never_join_and_spaces_part() {
        assert_eq!(cut("12 34 -- a b"), "12|34|-|-|a|b");
    }
}
