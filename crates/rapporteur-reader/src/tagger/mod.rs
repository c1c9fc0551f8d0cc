//! The tagger: says of the words of a report what they are likely to be, and of places what they are to each other.

mod heads;
mod names;
mod tagged;
#[cfg(test)]
mod tests;
mod windows;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use rapporteur_language::Level;
use rapporteur_language::dense::{Buffer, Memory};

use crate::encoder::{Encoder, LONGEST, Scratch};
use crate::error::Error;
use crate::tensors::Tensors;
use crate::wordpiece::{Piece, WordPiece};
use heads::Heads;
pub use names::{Family, Role, Tag};
pub use tagged::{Anchor, Label, Tagged, Word};

pub(crate) static BUILTIN_FILE: &[u8] = include_bytes!("../../weights/tagger.safetensors");
pub(crate) static BUILTIN_VOCABULARY: &str = include_str!("../../weights/vocab.txt");

/// A loaded tagger. Share it freely: it is never changed, and what it says of a window depends on that window alone.
pub struct Tagger {
    pieces: WordPiece,
    encoder: Encoder,
    heads: Heads,
    name: String,
    workers: Mutex<Vec<Worker>>,
}

/// Memory for reading.
#[derive(Default)]
struct Worker {
    scratch: Scratch,
    memory: Memory,
    scores: Buffer,
}

/// Rows that go through the encoder together, about.
const BATCH: usize = 256;

impl std::fmt::Debug for Tagger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tagger").field("pieces", &self.pieces).finish_non_exhaustive()
    }
}

impl Tagger {
    /// The tagger that is part of the program, read at the first call; `None` in a build that has none.
    ///
    /// # Panics
    /// If the file that was compiled in is broken; a test reads it, so no build that passed its tests does this.
    pub fn builtin() -> Option<&'static Self> {
        static BUILTIN: OnceLock<Option<Tagger>> = OnceLock::new();
        let read = || {
            #[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
            let read = || {
                Self::read_for(Cow::Borrowed(BUILTIN_FILE), BUILTIN_VOCABULARY, Level::current())
                    .expect("the built-in tagger is sound")
            };
            (!BUILTIN_FILE.is_empty()).then(read)
        };
        BUILTIN.get_or_init(read).as_ref()
    }

    /// Reads a tagger: the weights as a safetensors file, and the vocabulary, a piece a line.
    ///
    /// # Errors
    /// If the bytes are cut off or changed ([`Error::is_damaged`]) or of a shape that cannot be run ([`Error::is_unsupported`]).
    pub fn from_bytes(weights: Vec<u8>, vocabulary: &str) -> Result<Self, Error> {
        Self::read_for(Cow::Owned(weights), vocabulary, Level::current())
    }

    /// The same for other kernels than those in use: for tests and measurements.
    ///
    /// # Errors
    /// As [`Tagger::from_bytes`].
    #[doc(hidden)]
    pub fn from_bytes_for(weights: Vec<u8>, vocabulary: &str, level: Level) -> Result<Self, Error> {
        Self::read_for(Cow::Owned(weights), vocabulary, level)
    }

    pub(crate) fn read_for(bytes: Cow<'static, [u8]>, vocabulary: &str, level: Level) -> Result<Self, Error> {
        let tensors = Tensors::read(&bytes)?;
        let words = Encoder::words(&tensors)?;
        // Those in the program stay where they are.
        let words = match &bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[words]),
            Cow::Owned(bytes) => Cow::Owned(bytes[words].to_vec()),
        };
        let encoder = Encoder::read(&tensors, words, level)?;
        let heads = Heads::read(&tensors, level, encoder.width)?;
        let pieces = WordPiece::new(vocabulary)?;
        if pieces.len() > encoder.vocabulary() {
            let (has, knows) = (pieces.len(), encoder.vocabulary());
            return Err(Error::damaged(format!("{has} pieces in the vocabulary, {knows} in the weights")));
        }
        let name = tensors.json("name")?.and_then(|name| Some(name.as_str()?.to_owned())).unwrap_or_default();
        Ok(Self { pieces, encoder, heads, name, workers: Mutex::new(Vec::new()) })
    }

    /// The name of what was fitted, as what is made with it says (`made_with`): made of the weights when they were written, so that other
    /// weights have another name; empty where the file has none.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The kernels that it was loaded for: `avx512`, `avx2` or `portable`.
    pub fn kernels(&self) -> &'static str {
        self.encoder.level().name()
    }

    /// The score from which a word counts as this.
    pub fn threshold(&self, tag: Tag) -> f32 {
        self.heads.threshold(tag)
    }

    /// The score from which a place counts as having this role.
    pub fn role_threshold(&self, role: Role) -> f32 {
        self.heads.role_threshold(role)
    }

    /// The pieces of a part of a text.
    pub fn pieces(&self, text: &str, range: Range<usize>) -> Vec<Piece> {
        self.pieces.pieces(text, range)
    }

    /// The windows of a text as the tagger was fitted on them: every line with something on it, cut where it is longer than the encoder
    /// reads, at ends of sentences where there are some.
    pub fn windows(&self, text: &str) -> Vec<Range<usize>> {
        windows::windows(&self.pieces, text)
    }

    /// Reads windows of a text: one [`Tagged`] for each, in order. A window longer than the encoder reads goes through it in parts and
    /// comes out as one; one that is no range of the text, or cuts a character, has no words.
    pub fn read(&self, text: &str, windows: &[Range<usize>]) -> Vec<Tagged<'_>> {
        let mut all: Vec<Tagged<'_>> = windows
            .iter()
            .map(|window| Tagged::new(&self.heads, window.clone(), self.pieces.pieces(text, window.clone())))
            .collect();
        let mut worker = self.workers.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let (mut batch, mut rows) = (Vec::new(), 0);
        let parts: Vec<(usize, Range<usize>)> =
            all.iter().enumerate().flat_map(|(n, tagged)| parts(tagged.pieces()).map(move |part| (n, part))).collect();
        for part in parts {
            rows += part.1.len() + 2;
            batch.push(part);
            if rows >= BATCH {
                self.run(&batch, &mut all, &mut worker);
                batch.clear();
                rows = 0;
            }
        }
        self.run(&batch, &mut all, &mut worker);
        self.return_worker(worker);
        all.iter_mut().for_each(Tagged::finish);
        all
    }

    /// Sends parts of windows through the encoder and hands their states and scores out.
    fn run(&self, batch: &[(usize, Range<usize>)], all: &mut [Tagged<'_>], worker: &mut Worker) {
        if batch.is_empty() {
            return;
        }
        let [opening, closing] = self.pieces.ends();
        let mut ids = Vec::new();
        for (n, part) in batch {
            ids.push(opening);
            ids.extend(all[*n].pieces()[part.clone()].iter().map(|piece| piece.id));
            ids.push(closing);
        }
        let lengths: Vec<usize> = batch.iter().map(|(_, part)| part.len() + 2).collect();
        let states = self.encoder.states(&ids, &lengths, &mut worker.scratch);
        let scores = self.heads.tags(&states, ids.len(), &mut worker.memory, &mut worker.scores);
        let (width, mut at) = (self.encoder.width, 0);
        for (n, part) in batch {
            let (own, end) = (at + 1..at + 1 + part.len(), at + part.len() + 2);
            let opening = &states[at * width..][..width];
            all[*n].add(opening, &states[own.start * width..own.end * width], &scores[own]);
            at = end;
        }
    }

    fn return_worker(&self, worker: Worker) {
        /// Workers kept for later; more threads than this at once make new ones.
        const MOST: usize = 64;
        let mut workers = self.workers.lock().unwrap_or_else(PoisonError::into_inner);
        if workers.len() < MOST {
            workers.push(worker);
        }
    }
}

/// Parts of a window that the encoder can read, cut before words; a window without pieces has none.
fn parts(pieces: &[Piece]) -> impl Iterator<Item = Range<usize>> + use<> {
    let mut out = Vec::new();
    let mut start = 0;
    while start < pieces.len() {
        let most = (start + LONGEST - 2).min(pieces.len());
        let begins = |end: &usize| pieces.get(*end).is_none_or(|piece| piece.begins);
        let end = (start + 1..=most).rev().find(begins).unwrap_or(most);
        out.push(start..end);
        start = end;
    }
    out.into_iter()
}
