//! The same done to many things on several threads, while Python goes on and Ctrl-C is heard.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use pyo3::prelude::*;

/// How long, at most, until the thread that waits asks whether somebody pressed Ctrl-C.
const ASK: Duration = Duration::from_millis(100);

/// Does the same to each of some things; the results come in the order of the things. `threads`: as many as there are
/// cores where not said.
///
/// # Errors
/// A signal of the interpreter (Ctrl-C); what was begun is finished first.
pub(crate) fn each<T: Sync, R: Send>(
    py: Python<'_>,
    things: &[T],
    threads: Option<usize>,
    work: impl Fn(&T) -> R + Sync,
) -> PyResult<Vec<R>> {
    let threads = threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, NonZero::get));
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    py.detach(|| {
        let (done, results) = channel();
        let worker = |done: Sender<(usize, R)>| {
            while !stop.load(Ordering::Relaxed) {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(thing) = things.get(at) else { return };
                if done.send((at, work(thing))).is_err() {
                    return;
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..threads.clamp(1, things.len().max(1)) {
                let (worker, done) = (&worker, done.clone());
                scope.spawn(move || worker(done));
            }
            drop(done);
            let mut all: Vec<(usize, R)> = Vec::with_capacity(things.len());
            loop {
                match results.recv_timeout(ASK) {
                    Ok(result) => all.push(result),
                    Err(RecvTimeoutError::Disconnected) => break,
                    Err(RecvTimeoutError::Timeout) => {}
                }
                Python::attach(|py| py.check_signals()).inspect_err(|_| stop.store(true, Ordering::Relaxed))?;
            }
            all.sort_by_key(|(at, _)| *at);
            Ok(all.into_iter().map(|(_, result)| result).collect())
        })
    })
}
