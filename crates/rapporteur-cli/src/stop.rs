//! Ctrl-C, and a request to terminate: what is begun is finished and said where something is kept, everything else ends at
//! once; no half file is left, and the exit code is 130.

use std::io::Read;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The exit code of a command that was interrupted, by either signal: 128 and the number of Ctrl-C, as shells have it.
pub const CODE: u8 = 130;

static STOP: AtomicBool = AtomicBool::new(false);
/// Whether the command asks between two reports.
static ASKS: AtomicBool = AtomicBool::new(false);
/// Whether it waits for standard input, where it cannot ask.
static WAITS: AtomicBool = AtomicBool::new(false);
/// Files that are being written and are to be put in their places when they are whole.
static HALF: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Takes over both signals for any command.
pub fn install() {
    // Where the system has no such signals, or they are taken, they end the process, which loses nothing kept either.
    let _ = ctrlc::set_handler(|| {
        let first = !STOP.swap(true, Ordering::SeqCst);
        if first && ASKS.load(Ordering::SeqCst) && !WAITS.load(Ordering::SeqCst) {
            return;
        }
        // Nothing is put in its place from here on.
        let half = half();
        for path in half.iter() {
            let _ = std::fs::remove_file(path);
        }
        std::process::exit(CODE.into());
    });
}

/// From now on a signal asks to stop; a second one ends the process at once.
pub fn listen() {
    ASKS.store(true, Ordering::SeqCst);
}

/// Whether to stop.
pub fn asked() -> bool {
    STOP.load(Ordering::SeqCst)
}

/// The files that are being written: while this is held, no signal ends the process.
pub fn half() -> MutexGuard<'static, Vec<PathBuf>> {
    HALF.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Standard input, for which a signal does not wait.
#[derive(Debug)]
pub struct Stdin;

impl Read for Stdin {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        WAITS.store(true, Ordering::SeqCst);
        // Either this sees the signal, or the signal sees that this waits.
        let read = match asked() {
            true => Err(std::io::Error::other("interrupted")),
            false => std::io::stdin().read(buffer),
        };
        WAITS.store(false, Ordering::SeqCst);
        read
    }
}
