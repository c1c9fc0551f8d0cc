//! Progress of long work, on standard error; nothing at all where that is no terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Work that goes on. What is done quickly shows nothing.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// Work of which it is known how much there is.
    pub fn bar(what: &'static str, count: usize) -> Self {
        // Few reports are read before a bar could be looked at.
        if count < 20 {
            return Progress(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(count as u64).with_message(what);
        bar.set_style(style("{msg} {bar:30} {pos} of {len}, {eta} to go"));
        Progress(bar)
    }

    /// Work of which nobody knows how much there is.
    pub fn spinner(what: &'static str) -> Self {
        let bar = ProgressBar::new_spinner().with_message(what);
        bar.set_style(style("{spinner} {msg} {pos}, {elapsed}"));
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress(bar)
    }

    /// So much of it is done.
    pub fn at(&self, done: usize) {
        self.0.set_position(done as u64);
    }

    /// One more is done.
    pub fn one(&self) {
        self.0.inc(1);
    }

    /// Writes lines while the progress stands still.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.0.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
