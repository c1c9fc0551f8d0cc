//! The door to the crate: a pipeline that is loaded once and then analyses texts on any number of threads.

use std::borrow::Cow;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::analysis::Analysis;
use crate::error::Error;
use crate::kernels::Level;
use crate::model::Model;
use crate::worker::Worker;

static BUILTIN_FILE: &[u8] = include_bytes!("../model/en_core_web_sm-3.8.0.rlm");

/// A loaded spaCy pipeline. Share it freely: it is never changed, and every thread that analyses borrows a worker's
/// memory for as long as a text takes.
///
/// ```
/// let pipeline = rapporteur_language::Pipeline::builtin();
/// let text = "Officials said on Monday that talks had begun.";
/// let analysis = pipeline.analyze(text);
/// let verb = analysis.tokens().iter().position(|t| t.dep == rapporteur_language::Dep::Root);
/// assert_eq!(verb.map(|i| analysis.text(i, text)), Some("said"));
/// ```
pub struct Pipeline {
    model: Model,
    workers: Mutex<Vec<Worker>>,
}

impl std::fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pipeline").field("name", &self.name()).field("version", &self.version()).finish_non_exhaustive()
    }
}

impl Pipeline {
    /// The pipeline that is part of the program: `en_core_web_sm` 3.8.0 with half-float weights. Read at the first call.
    ///
    /// # Panics
    /// If the file that was compiled in is broken; a test reads it, so no build that passed its tests does this.
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Pipeline> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            #[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
            Self::read(Cow::Borrowed(BUILTIN_FILE), true).expect("the built-in model is sound")
        })
    }

    /// Reads a pipeline in our single-file form; the bytes need no alignment and are not needed afterwards.
    ///
    /// # Errors
    /// If the bytes are cut off or changed ([`Error::is_damaged`]) or hold something this version cannot run
    /// ([`Error::is_unsupported`]).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        Self::read(Cow::Owned(bytes.to_vec()), false)
    }

    /// Loads a pipeline: our single file, or, with the feature `convert`, a spaCy package folder (its weights stay in
    /// single precision then). The file is read, not mapped: another program that cut a mapped file short would end ours.
    ///
    /// # Errors
    /// If it cannot be read, is damaged, or has a component that this crate does not run; the message names it.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        if path.is_dir() {
            #[cfg(feature = "convert")]
            return Self::read(Cow::Owned(crate::convert::convert(path, crate::convert::Precision::Single)?), false);
            #[cfg(not(feature = "convert"))]
            return Err(Error::folder(path));
        }
        let bytes = std::fs::read(path).map_err(|source| Error::io(path, source))?;
        Self::read(Cow::Owned(bytes), false)
    }

    fn read(bytes: Cow<'static, [u8]>, trusted: bool) -> Result<Self, Error> {
        Self::read_for(bytes, trusted, Level::current())
    }

    fn read_for(bytes: Cow<'static, [u8]>, trusted: bool, level: Level) -> Result<Self, Error> {
        Ok(Self { model: Model::read(bytes, trusted, level)?, workers: Mutex::new(Vec::new()) })
    }

    /// The same pipeline once for each version of the kernels that this processor can run, slowest first: for tests.
    #[cfg(test)]
    pub(crate) fn all_levels() -> Vec<Self> {
        let read = |level| Self::read_for(Cow::Borrowed(BUILTIN_FILE), false, level).unwrap();
        Level::available().into_iter().map(read).collect()
    }

    /// What runs on the inside, for this crate's own tests and measurements.
    #[cfg(any(test, feature = "bench"))]
    pub(crate) fn model(&self) -> &Model {
        &self.model
    }

    /// The pipeline's name with its language, such as `en_core_web_sm`.
    pub fn name(&self) -> &str {
        &self.model.name
    }

    /// The pipeline's version, such as `3.8.0`.
    pub fn version(&self) -> &str {
        &self.model.version
    }

    /// The version of the arithmetic kernels that it was loaded for: `avx512`, `avx2` or `portable` (see [`Level`]).
    pub fn kernels(&self) -> &'static str {
        self.model.level.name()
    }

    /// Analyses one document. The document is the unit: the model reads across sentences, so a sentence by itself can
    /// come out otherwise than within its article.
    pub fn analyze(&self, text: &str) -> Analysis {
        let mut worker = self.borrow_worker();
        let analysis = worker.analyze(&self.model, text);
        self.return_worker(worker);
        analysis
    }

    /// Analyses documents on up to `threads` threads (0 counts as 1); results are in the order of the texts and the same for any number
    /// of threads.
    pub fn analyze_all(&self, texts: &[&str], threads: usize) -> Vec<Analysis> {
        let threads = threads.clamp(1, texts.len().max(1));
        if threads == 1 {
            let mut worker = self.borrow_worker();
            let all = texts.iter().map(|text| worker.analyze(&self.model, text)).collect();
            self.return_worker(worker);
            return all;
        }
        // The longest first, so that no thread is left with a long one at the end.
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&i| std::cmp::Reverse(texts[i].len()));
        let next = AtomicUsize::new(0);
        let work = || {
            let mut worker = self.borrow_worker();
            let mut done = Vec::new();
            while let Some(&i) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                done.push((i, worker.analyze(&self.model, texts[i])));
            }
            self.return_worker(worker);
            done
        };
        let mut all: Vec<(usize, Analysis)> = std::thread::scope(|scope| {
            let helpers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut all = work();
            for helper in helpers {
                match helper.join() {
                    Ok(done) => all.extend(done),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            all
        });
        all.sort_by_key(|(i, _)| *i);
        all.into_iter().map(|(_, analysis)| analysis).collect()
    }

    fn borrow_worker(&self) -> Worker {
        self.workers.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
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
