//! Cuts a text into tokens exactly as spaCy's tokenizer does.
//!
//! Three steps: white space cuts the text into chunks ([`chunks`]); a chunk loses its affixes and is cut at its
//! infixes, exceptions ("don't", "U.S.") going first ([`Rules::split`]); and exceptions that the affixes tore apart are found
//! again across tokens ([`sequences`]).

mod chunks;
mod native;
mod regexes;
mod sequences;

#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

use crate::error::Error;
use crate::hash::murmur2;
use crate::lexicon::NONE;
use crate::model::{Spec, Table};
use regexes::{Lazy, Regexes};

pub(crate) use chunks::{Chunks, Tok};
pub(crate) use sequences::apply_sequences;

/// Hash of the four patterns that [`native`] speaks for: those of spaCy 3.8's English.
const ENGLISH_PATTERNS: u64 = 0xaf871e9480842206;

/// The tokenizer's patterns and exceptions.
#[derive(Debug)]
pub(crate) struct Rules {
    regexes: Regexes,
    /// The patterns are those that `native` was proved for.
    native: bool,
    longest_exception: usize,
    /// Exceptions that affix rules can tear apart, by their first token.
    sequences: FxHashMap<String, u32>,
    sequence_lists: Vec<Vec<Vec<String>>>,
}

/// The tokens of an exception: text, and its norm if that is given.
pub(crate) fn decode_exception(mut bytes: &[u8]) -> impl Iterator<Item = (&str, Option<&str>)> {
    std::iter::from_fn(move || {
        let mut next = || -> Option<&str> {
            let (len, rest) = bytes.split_first()?;
            let (text, rest) = rest.split_at_checked(usize::from(*len))?;
            bytes = rest;
            std::str::from_utf8(text).ok()
        };
        let text = next()?;
        let norm = next()?;
        Some((text, Some(norm).filter(|norm| !norm.is_empty())))
    })
}

/// The exceptions as they lie in the model file.
pub(crate) type Exceptions<'a> = Table<'a>;

impl Rules {
    pub(crate) fn new(spec: &mut Spec) -> Result<Self, Error> {
        let mut all = String::new();
        for source in [&spec.prefix, &spec.suffix, &spec.infix, &spec.url] {
            all.push_str(source);
            all.push('\n');
        }
        let mut sequences: FxHashMap<String, u32> = FxHashMap::default();
        let mut sequence_lists: Vec<Vec<Vec<String>>> = Vec::new();
        for sequence in std::mem::take(&mut spec.sequences) {
            let first = sequence.first().ok_or_else(|| Error::damaged("an exception without tokens"))?.clone();
            let at = *sequences.entry(first).or_insert_with(|| {
                sequence_lists.push(Vec::new());
                sequence_lists.len() as u32 - 1
            });
            sequence_lists[at as usize].push(sequence);
        }
        Ok(Self {
            native: murmur2(all.as_bytes(), 0) == ENGLISH_PATTERNS,
            regexes: Regexes {
                prefix: Lazy::new(std::mem::take(&mut spec.prefix)),
                suffix: Lazy::new(std::mem::take(&mut spec.suffix)),
                infix: Lazy::new(std::mem::take(&mut spec.infix)),
                url: Lazy::new(std::mem::take(&mut spec.url)),
            },
            longest_exception: spec.longest_exception as usize,
            sequences,
            sequence_lists,
        })
    }

    /// The list of exception sequences that begin with this token text, or [`NONE`].
    pub(crate) fn sequences_from(&self, text: &str) -> u32 {
        self.sequences.get(text).copied().unwrap_or(NONE)
    }

    fn exception<'a>(&self, exceptions: Exceptions<'a>, text: &str) -> Option<&'a [u8]> {
        // The length test keeps a chunk of a megabyte from being hashed for every character cut off it.
        if text.len() > self.longest_exception { None } else { exceptions.get(text.as_bytes()) }
    }

    /// Cuts one chunk (a run without white space, or of nothing else) into tokens; `emit` gets the length in bytes of each,
    /// and its norm where an exception gives one. `exceptions` is `None` to cut as if there were none.
    pub(crate) fn split(
        &self,
        exceptions: Option<Exceptions<'_>>,
        chunk: &str,
        emit: &mut dyn FnMut(usize, Option<&str>),
    ) {
        self.split_by(self.native && native::decides(chunk), exceptions, chunk, emit);
    }

    fn split_by(
        &self,
        native: bool,
        exceptions: Option<Exceptions<'_>>,
        chunk: &str,
        emit: &mut dyn FnMut(usize, Option<&str>),
    ) {
        let exception = |text: &str| exceptions.and_then(|table| self.exception(table, text));
        let whole = |bytes: &[u8], emit: &mut dyn FnMut(usize, Option<&str>)| {
            decode_exception(bytes).for_each(|(text, norm)| emit(text.len(), norm));
        };
        if let Some(bytes) = exception(chunk) {
            return whole(bytes, emit);
        }
        if chunk.chars().next().is_some_and(crate::unicode::is_space) {
            return emit(chunk.len(), None);
        }
        let prefix = |text: &str| {
            if native { native::prefix(text) } else { self.regexes.prefix(text) }
        };
        let suffix = |text: &str| {
            if native { native::suffix(text) } else { self.regexes.suffix(text) }
        };

        let (mut start, mut end) = (0, chunk.len());
        let mut suffixes = Vec::new();
        let mut last_size = usize::MAX;
        while start < end && end - start != last_size {
            let text = &chunk[start..end];
            if exception(text).is_some() {
                break;
            }
            last_size = text.len();
            let front = prefix(text);
            let rest = &text[front..];
            if front > 0 && !rest.is_empty() && exception(rest).is_some() {
                emit(front, None);
                start += front;
                break;
            }
            let back = suffix(rest);
            let without = &text[..text.len() - back];
            if back > 0 && !without.is_empty() && exception(without).is_some() {
                suffixes.push(back);
                end -= back;
                break;
            }
            if front > 0 {
                emit(front, None);
                start += front;
            }
            if back > 0 {
                suffixes.push(back);
                end -= back;
            }
        }
        let text = &chunk[start..end];
        if !text.is_empty() {
            if let Some(bytes) = exception(text) {
                whole(bytes, emit);
            } else if self.is_url(native, text) {
                emit(text.len(), None);
            } else {
                self.cut_infixes(native, text, emit);
            }
        }
        for back in suffixes.into_iter().rev() {
            emit(back, None);
        }
    }

    fn is_url(&self, native: bool, text: &str) -> bool {
        if native && let Some(decided) = native::url(text) {
            return decided;
        }
        // The known pattern needs a dot; testing for one saves a slow search through a long chunk.
        if self.native && !text.contains('.') {
            return false;
        }
        self.regexes.url(text)
    }

    fn cut_infixes(&self, native: bool, text: &str, emit: &mut dyn FnMut(usize, Option<&str>)) {
        let mut cut = 0;
        let mut found = |start: usize, end: usize| {
            // spaCy leaves an infix at the very start where it is.
            if start == 0 {
                return;
            }
            if start > cut {
                emit(start - cut, None);
            }
            if end > start {
                emit(end - start, None);
            }
            cut = end;
        };
        if native {
            native::infixes(text, &mut found);
        } else {
            self.regexes.infixes(text, &mut found);
        }
        if cut < text.len() {
            emit(text.len() - cut, None);
        }
    }

    /// How affixes, infixes and URL patterns see a text: whether any of the first three matches in it anywhere.
    #[cfg(feature = "convert")]
    pub(crate) fn touches(&self, text: &str) -> bool {
        self.regexes.touches(text)
    }

    /// A pattern that does not compile.
    #[cfg(feature = "convert")]
    pub(crate) fn broken(&self) -> Option<&str> {
        self.regexes.broken()
    }
}
