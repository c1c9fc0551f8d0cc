//! Long work for one request: a few at once, some waiting, and none for a visitor who has left.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use axum::response::Response;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::answer::{done, refused};
use crate::app::App;
use crate::limits::Limits;
use crate::reply::Refusal;

/// Asked now and then during long work: whether to go on.
pub(crate) type GoOn<'w> = &'w (dyn Fn() -> bool + Sync);

/// Where long work waits for its turn. Pages never do.
#[derive(Debug)]
pub(crate) struct Bench {
    seats: Arc<Semaphore>,
    waiting: AtomicUsize,
    max_waiting: usize,
    wait_time: Duration,
    /// Whether the server is being stopped.
    closing: AtomicBool,
}

impl Bench {
    pub fn new(limits: &Limits) -> Self {
        Bench {
            seats: Arc::new(Semaphore::new(limits.checks.max(1))),
            waiting: AtomicUsize::new(0),
            max_waiting: limits.checks_waiting,
            wait_time: limits.wait_time,
            closing: AtomicBool::new(false),
        }
    }

    /// Work that is going on ends at its next question; none is begun.
    pub fn close(&self) {
        self.closing.store(true, Ordering::SeqCst);
        self.seats.close();
    }

    /// Whether the server is being stopped.
    pub fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Relaxed)
    }

    /// Waits for a seat.
    async fn sit(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        if let Ok(seat) = self.seats.clone().try_acquire_owned() {
            return Ok(seat);
        }
        let place = Waiting(&self.waiting);
        if self.waiting.fetch_add(1, Ordering::SeqCst) >= self.max_waiting {
            return Err(BUSY);
        }
        let seat = tokio::time::timeout(self.wait_time, self.seats.clone().acquire_owned()).await;
        drop(place);
        seat.ok().and_then(Result::ok).ok_or(BUSY)
    }
}

const BUSY: Refusal =
    Refusal::Busy("Other drafts are being checked, and more wait than there is room for: try again in a moment.");

/// Somebody who waits; whoever leaves waits no longer.
struct Waiting<'b>(&'b AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Says that the visitor has left, or has the answer.
struct Gone(Arc<AtomicBool>);

impl Drop for Gone {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Does long work on a thread of its own. The work is asked to end when its time is over (which begins when it
/// first asks), when the visitor leaves (then this
/// future is dropped) and when the server stops; its seat is free when it has ended.
pub(crate) async fn long(
    app: Arc<App>,
    api: bool,
    work: impl FnOnce(&App, GoOn<'_>) -> Result<Response, Refusal> + Send + 'static,
) -> Response {
    let seat = match app.bench.sit().await {
        Ok(seat) => seat,
        Err(refusal) => return refused(&refusal, api),
    };
    let gone = Arc::new(AtomicBool::new(false));
    let _gone = Gone(gone.clone());
    let task = tokio::task::spawn_blocking(move || {
        let _seat = seat;
        // The time of the work itself: it is first asked for when what it needs has been brought back.
        let begin = OnceLock::new();
        let go_on = || {
            let in_time = begin.get_or_init(Instant::now).elapsed() < app.limits.check_time;
            in_time && !gone.load(Ordering::Relaxed) && !app.bench.closing.load(Ordering::Relaxed)
        };
        work(&app, &go_on)
    });
    done(task.await, api)
}
