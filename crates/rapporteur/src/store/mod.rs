//! Reports kept over time: what comes in is read once, and the record of any of them can be told at any time.
//!
//! 1. `add` reads reports and keeps them with what was found in them, one transaction a report.
//! 2. `load` brings back the reports that are meant, with their findings, as if they had all been read at once.
//! 3. `story` groups them into stories; `correct` keeps what people correct and says what changed, `describe` what they say of a
//!    report itself.
//! 4. `refresh` finds anew what an older version found.
//! 5. `cache` keeps records for programs that answer many questions.

mod add;
mod cache;
mod check;
mod correct;
mod describe;
mod load;
mod refresh;
mod since;
mod story;

use std::path::Path;

pub use add::{Acknowledged, Destination, Ingest};
pub use cache::RecordCache;
pub use check::CheckContext;
pub use describe::Description;
pub use refresh::Refreshed;
pub use story::Story;

use rapporteur_dossier::Dossier;

use crate::Error;

/// Keeps reports in a dossier and tells their record.
///
/// # Example
/// ```
/// use rapporteur::dossier::Scope;
/// use rapporteur::{Store, Options, read};
///
/// let dir = tempfile::tempdir()?;
/// let mut store = Store::create(&dir.path().join("strait.dossier"))?;
/// let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/strait");
/// let mut ingest = store.ingest("add", "2025-11-26T08:00:00Z")?;
/// let _ = read(&[story.into()], &Options::default(), &mut std::io::empty(), &mut |item| ingest.take(item));
/// let acknowledged = ingest.finish()?;
/// assert!(acknowledged.iter().all(|a| a.added == rapporteur::dossier::Added::New));
///
/// let all = store.record(&Scope::default())?;
/// let earlier = store.record(&Scope { as_of: Some("2025-06-10".parse()?), ..Scope::default() })?;
/// assert!(earlier.reports.len() <= all.reports.len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Store {
    dossier: Dossier,
    producer: String,
    threads: usize,
    assigner: story::StoryAssigner,
    /// Whether another connection of this process holds the file, so that nobody writes meanwhile, this one neither.
    is_held: bool,
}

impl Store {
    /// Opens a dossier that is there.
    ///
    /// # Errors
    /// There is none, or it cannot be used.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(Self::over(Dossier::open(path)?))
    }

    /// Opens a dossier that is there to be read alone; [`open`](Store::open) does so by itself where it may not be written.
    ///
    /// # Errors
    /// There is none, or it cannot be used.
    pub fn open_to_read(path: &Path) -> Result<Self, Error> {
        Ok(Self::over(Dossier::open_to_read(path)?))
    }

    /// Opens a dossier, and makes an empty one where there is none.
    ///
    /// # Errors
    /// It can be neither opened nor made.
    pub fn create(path: &Path) -> Result<Self, Error> {
        Ok(Self::over(Dossier::create(path)?))
    }

    fn over(dossier: Dossier) -> Self {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Store {
            dossier,
            producer: crate::producer(),
            threads,
            assigner: story::StoryAssigner::default(),
            is_held: false,
        }
    }

    /// The file behind it.
    pub fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// The file behind it, to be written.
    pub fn dossier_mut(&mut self) -> &mut Dossier {
        &mut self.dossier
    }

    /// How many reports were read by another version of the program.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn old(&self) -> Result<usize, Error> {
        Ok(self.dossier.made_by_others(&self.producer)?.len())
    }
}
