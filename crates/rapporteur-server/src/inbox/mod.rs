//! Reports that people bring in through the pages: received whole, read one upload after another, and told of file by file.
//!
//! 1. `receive` takes an upload apart while it comes, under limits, once it has shown that it is of a page of this server.
//! 2. `job` is what is known of it from then on: each file waits, is read, is kept or is not read, with the reason.
//! 3. `work` reads it with what the command `add` reads with, over a connection of its own: no page waits for it.

mod job;
mod receive;
mod work;

use std::collections::VecDeque;
use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rapporteur::source::Fetch;
use tokio::sync::Semaphore;

pub(crate) use job::{Job, Line, Progress, Step};
use receive::Held;
pub(crate) use receive::{Order, receive};

use crate::app::App;
use crate::limits::Limits;
use crate::reply::Refusal;

/// Uploads that are told of; of more the oldest are forgotten. What they brought is kept all the same.
const TOLD: usize = 64;

/// The web, as a server may ask it for the addresses that visitors give. Whoever makes one decides what may be asked for: a
/// `rapporteur::source::Fetcher` refuses addresses that are not public unless it was told otherwise.
#[derive(Clone)]
pub struct Web(Arc<dyn Fn() -> Box<dyn Fetch> + Send + Sync>);

impl Web {
    /// A web that is made anew for each upload.
    pub fn new(make: impl Fn() -> Box<dyn Fetch> + Send + Sync + 'static) -> Self {
        Web(Arc::new(make))
    }

    fn make(&self) -> Box<dyn Fetch> {
        (self.0)()
    }
}

impl fmt::Debug for Web {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Web")
    }
}

/// What a PDF is read by and addresses are fetched with; where there is none, that is told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Means {
    pub pdf_reader: Option<PathBuf>,
    pub web: Option<Web>,
}

/// The uploads: those that come in, those that wait, and those that are told of.
#[derive(Debug)]
pub(crate) struct Inbox {
    pub means: Means,
    jobs: Mutex<VecDeque<Arc<Job>>>,
    next: AtomicU64,
    /// Who may send one now.
    receiving: Arc<Semaphore>,
    /// One is read at a time, in the order in which they came.
    turn: Arc<Semaphore>,
    /// The bytes of all that were received and not yet read.
    held: Arc<AtomicU64>,
}

impl Inbox {
    pub fn new(limits: &Limits, means: Means) -> Self {
        Inbox {
            means,
            jobs: Mutex::new(VecDeque::new()),
            next: AtomicU64::new(1),
            receiving: Arc::new(Semaphore::new(limits.uploads.max(1))),
            turn: Arc::new(Semaphore::new(1)),
            held: Arc::new(AtomicU64::new(0)),
        }
    }

    /// Nothing yet; all of it counts against what all uploads may hold.
    fn held(&self, limits: &Limits) -> Held {
        Held::new(self.held.clone(), limits.upload_bytes, limits.uploads_bytes)
    }

    /// An upload by its number.
    pub fn job(&self, number: u64) -> Option<Arc<Job>> {
        self.jobs().iter().find(|job| job.number == number).cloned()
    }

    /// The uploads that are told of, the latest first.
    pub fn told(&self) -> Vec<Arc<Job>> {
        self.jobs().iter().rev().cloned().collect()
    }

    fn jobs(&self) -> std::sync::MutexGuard<'_, VecDeque<Arc<Job>>> {
        // Whole after every step.
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether so many wait that no more are taken.
    fn is_full(&self, limits: &Limits) -> bool {
        self.jobs().iter().filter(|job| !job.is_done()).count() >= limits.uploads_waiting
    }
}

/// Has an upload read when its turn comes, and gives the number under which it is told of.
pub(crate) fn begin(app: &Arc<App>, order: Order) -> Result<u64, Refusal> {
    let number = app.inbox.next.fetch_add(1, Ordering::Relaxed);
    let job = Arc::new(Job::new(number, (app.now)(), app.by.name.clone(), &order));
    {
        let mut jobs = app.inbox.jobs();
        jobs.push_back(job.clone());
        while jobs.len() > TOLD && jobs.front().is_some_and(|job| job.is_done()) {
            jobs.pop_front();
        }
    }
    let app = app.clone();
    tokio::spawn(async move {
        let turn = app.inbox.turn.clone().acquire_owned().await;
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work::work(&app, &job, order);
        });
        // Its end is told by the job.
        let _ = work.await;
    });
    Ok(number)
}
