//! Reports in, record out: what many outlets report about one story, in one record that can be checked.
//!
//! Data flows one way:
//! 1. **[`gather`]** reads files into [`Report`]s: a text as kept, cut into passages, and what is known about it.
//! 2. **[`findings`]** says what one report says: names and statements, each with its place in the text.
//! 3. **[`record`]** puts many reports together into one [`Record`] in which every line is cited.
//! 4. **[`brief`]** shows a record to people: terminal text, Markdown, HTML.
//!
//! # Example
//! ```
//! use rapporteur::{Options, brief, gather, record};
//!
//! let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/strait");
//! let gathered = gather(&[story.into()], &Options::default());
//! let record = record(&gathered.reports);
//! record.verify(&gathered.reports)?; // every citation reads in the reports just as the record gives it
//! for statement in &record.statements {
//!     println!("{} {}: {}", statement.report, statement.content.span().start(), statement.content.exact());
//! }
//! println!("{}", brief::markdown(&record));
//! # assert!(record.statements.len() > 20);
//! # Ok::<(), rapporteur::Error>(())
//! ```
//! Nothing here reads a clock, the network or the environment; the same reports give the same bytes, in any order and
//! on any number of threads.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use rapporteur_brief as brief;
use rapporteur_language::Pipeline;
pub use rapporteur_schema::*;
pub use rapporteur_source::{Error as InputError, Gathered, Options, Skipped};

/// Reads the reports at these paths: files, folders, or `-` for standard input.
///
/// Nothing fails as a whole: what could not be read stands in [`Gathered::failed`], each with its path, what is wrong
/// and what to do.
pub fn gather(paths: &[PathBuf], options: &Options) -> Gathered {
    rapporteur_source::gather(paths, options, &mut std::io::stdin())
}

/// What one report says.
pub fn findings(report: &Report) -> Findings {
    rapporteur_findings::read(report, Pipeline::builtin())
}

/// What these reports say together; the same record in whatever order they come.
pub fn record(reports: &[Report]) -> Record {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    assemble(reports, &findings_of(reports, threads))
}

/// What each of these reports says, in their order, worked out on this many threads.
pub fn findings_of(reports: &[Report], threads: usize) -> Vec<Findings> {
    let threads = threads.clamp(1, reports.len().max(1));
    if threads == 1 {
        return reports.iter().map(findings).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            match reports.get(at) {
                Some(report) => done.push((at, findings(report))),
                None => return done,
            }
        }
    };
    let mut all: Vec<(usize, Findings)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for other in others {
            // A panic on a thread is passed on, as if there had been no thread.
            all.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, findings)| findings).collect()
}

/// Puts findings together that were made before.
pub fn assemble(reports: &[Report], findings: &[Findings]) -> Record {
    let made_with = MadeWith { version: env!("CARGO_PKG_VERSION").into(), model: None };
    rapporteur_record::assemble(reports, findings, made_with)
}
