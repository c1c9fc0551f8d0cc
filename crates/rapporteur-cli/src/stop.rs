//! Ctrl-C stops between two reports, so that what is begun is finished and said.

use std::sync::atomic::{AtomicBool, Ordering};

static STOP: AtomicBool = AtomicBool::new(false);

/// From now on, Ctrl-C (or a request to terminate) asks to stop; a second one ends the process at once.
pub fn listen() {
    // Where the system has no such signal, or it is taken, Ctrl-C ends the process, which loses nothing kept either.
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    });
}

/// Whether to stop.
pub fn asked() -> bool {
    STOP.load(Ordering::SeqCst)
}
