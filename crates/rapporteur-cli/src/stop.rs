//! Ctrl-C, a request to terminate, and the end of the terminal unless `nohup` has it ignored: what is begun is finished and said where something is kept, everything else ends at
//! once; no half file is left, and the exit code is 130.

use std::io::Read;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The exit code of a command that was interrupted, by whatever signal: 128 and the number of Ctrl-C, as shells have it.
pub const CODE: u8 = 130;

static STOP: AtomicBool = AtomicBool::new(false);
/// Whether the command asks between two reports.
static ASKS: AtomicBool = AtomicBool::new(false);
/// Whether it waits for standard input, where it cannot ask.
static WAITS: AtomicBool = AtomicBool::new(false);
/// Files that are being written and are to be put in their places when they are whole.
static HALF: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Takes over these signals for any command.
#[cfg(unix)]
pub fn install() {
    use signal_hook::consts::signal::{SIGHUP, SIGINT, SIGTERM};
    let hangup = (!is_ignored(SIGHUP)).then_some(SIGHUP);
    // Where they cannot be taken, they end the process, which loses nothing kept either.
    if let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM].into_iter().chain(hangup)) {
        let waiting = std::thread::Builder::new().name("signals".into());
        let _ = waiting.spawn(move || signals.forever().for_each(|_| came()));
    }
}

/// As the system has it that is no Unix.
#[cfg(not(unix))]
pub fn install() {
    let _ = ctrlc::set_handler(came);
}

/// Whether a signal was to be ignored when the process began; where the system does not tell, it is left as it is.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_none_or(|mask| mask >> (signal - 1) & 1 == 1)
}

/// A signal has come.
fn came() {
    let first = !STOP.swap(true, Ordering::SeqCst);
    if first && ASKS.load(Ordering::SeqCst) && !WAITS.load(Ordering::SeqCst) {
        return;
    }
    // Nothing is put in its place from here on.
    let half = half();
    take_away(&half);
    std::process::exit(CODE.into());
}

/// Takes away files that are not whole.
pub fn take_away(half: &[PathBuf]) {
    for path in half {
        let _ = std::fs::remove_file(path);
    }
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
