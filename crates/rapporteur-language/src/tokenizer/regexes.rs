//! The tokenizer's four patterns as regexes, each compiled when it is first needed.

use std::sync::OnceLock;

use fancy_regex::Regex;

use crate::unicode::floor_boundary;

/// A pattern and, once asked for, its compiled form.
#[derive(Debug)]
pub(super) struct Lazy {
    source: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Lazy {
    pub(super) fn new(source: String) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    /// `None` if the pattern does not compile; the converter refuses such a pipeline, so only a file made by other
    /// means can get here, and then the pattern never matches.
    fn get(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&self.source).ok()).as_ref()
    }
}

/// All affix patterns but the runs of dots match fewer characters than this, so an end of the text this long
/// (and longer by a run of dots) decides a match. Without it, a chunk of a megabyte would be read again for every
/// character that is cut off.
const WINDOW: usize = 64;

/// The four patterns.
#[derive(Debug)]
pub(super) struct Regexes {
    pub(super) prefix: Lazy,
    pub(super) suffix: Lazy,
    pub(super) infix: Lazy,
    pub(super) url: Lazy,
}

impl Regexes {
    pub(super) fn prefix(&self, text: &str) -> usize {
        let dots = text.bytes().take_while(|&b| b == b'.').count();
        let window = &text[..floor_boundary(text, dots + WINDOW)];
        length(&self.prefix, window)
    }

    pub(super) fn suffix(&self, text: &str) -> usize {
        let dots = text.bytes().rev().take_while(|&b| b == b'.').count();
        let window = &text[floor_boundary(text, text.len().saturating_sub(dots + WINDOW))..];
        length(&self.suffix, window)
    }

    pub(super) fn infixes(&self, text: &str, mut found: impl FnMut(usize, usize)) {
        let Some(regex) = self.infix.get() else {
            return;
        };
        for one in regex.find_iter(text).map_while(Result::ok) {
            found(one.start(), one.end());
        }
    }

    /// A text on which the engine gives up (its backtracking limit) counts as no URL.
    pub(super) fn url(&self, text: &str) -> bool {
        self.url.get().and_then(|regex| regex.is_match(text).ok()).unwrap_or(false)
    }
}

fn length(pattern: &Lazy, text: &str) -> usize {
    pattern.get().and_then(|regex| regex.find(text).ok().flatten()).map_or(0, |found| found.end() - found.start())
}

#[cfg(feature = "convert")]
impl Regexes {
    /// Whether a prefix, suffix or infix is found in the text.
    pub(super) fn touches(&self, text: &str) -> bool {
        let mut any = self.prefix(text) > 0 || self.suffix(text) > 0;
        self.infixes(text, |_, _| any = true);
        any
    }

    /// The source of the first pattern that does not compile.
    pub(super) fn broken(&self) -> Option<&str> {
        let all = [&self.prefix, &self.suffix, &self.infix, &self.url];
        all.into_iter().find(|lazy| lazy.get().is_none()).map(|lazy| lazy.source.as_str())
    }
}
