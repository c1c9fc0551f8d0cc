//! Reports in, record out: what many outlets report about one story, in one record that can be checked.
//!
//! Data flows one way:
//! 1. **[`gather`]** reads files into [`Report`]s: a text as kept, cut into passages, and what is known about it.
//! 2. **[`findings`]** says what one report says: names and statements, each with its place in the text.
//! 3. **[`record`]** puts many reports together into one [`Record`] in which every line is cited.
//! 4. **[`brief`]** shows a record to people: terminal text, Markdown, HTML.
//! 5. **[`check()`]** says what of a draft the reports support, and what they contradict.
//! 6. **[`ask()`]** finds the sentences that answer a question.
//! 7. **[`export`]** hands it on to other programs: annotations, tables, calendars, bibliographies, event data.
//!
//! A **[`Store`]** does the same over time: it keeps reports and findings in one file, a dossier, and tells the record of
//! all of them, of one story, or as it was known on a day.
//!
//! Where reports are read one by one, on many machines, [`from_text`] makes a report of a text, [`ReportFindings`] writes down what
//! was found, and [`infer_missing_dates`] and [`assemble`] bring it all together.
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

mod against;
mod asking;
mod distributed;
mod error;
mod infer_dates;
mod store;
mod why;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

pub use against::{CheckOptions, check, check_against, check_with};
pub use asking::{ask, ask_with};
pub use distributed::{ReportFindings, infer_missing_dates};
pub use error::Error;
pub use rapporteur_brief as brief;
pub use rapporteur_check as check;
pub use rapporteur_dossier as dossier;
pub use rapporteur_export as export;
use rapporteur_findings::{Models, Reading};
pub use rapporteur_language as language;
use rapporteur_language::Pipeline;
pub use rapporteur_record::ask;
use rapporteur_record::cluster::{Clusterer, Profile};
pub use rapporteur_record::{Request as CorrectionRequest, Wish, facts, statuses};
pub use rapporteur_schema::*;
pub use rapporteur_source as source;
pub use rapporteur_source::{
    Error as InputError, Gathered, Incoming, Item, Metadata, Options, Sink, Skipped, from_text, read, read_with,
};
pub use store::{Acknowledged, CheckContext, Description, Destination, Ingest, RecordCache, Refreshed, Store, Story};
pub use why::{Slot, Why, WhyFinding, WhyReport, why};

/// Reads the reports at these paths: files, folders, or `-` for standard input.
///
/// Nothing fails as a whole: what could not be read stands in [`Gathered::failed`], each with its path, what is wrong
/// and what to do.
pub fn gather(paths: &[PathBuf], options: &Options) -> Gathered {
    rapporteur_source::gather(paths, options, &mut std::io::stdin())
}

/// As [`gather`]; with `web`, addresses among the inputs are fetched.
pub fn gather_with(paths: &[PathBuf], options: &Options, web: Option<&mut dyn source::Fetch>) -> Gathered {
    rapporteur_source::gather_with(paths, options, &mut std::io::stdin(), web)
}

/// The stories that these reports tell, by their words alone: the sources of each, for those with several reports; of most to of
/// fewest. One story where they belong together, none where they are too few to tell.
pub fn stories_of(reports: &[Report]) -> Vec<Vec<String>> {
    let mut clusterer = Clusterer::default();
    for report in reports {
        clusterer.assign(report.id(), &Profile::of(report, None));
    }
    let mut stories: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for report in reports {
        if let Some(story) = clusterer.story_of(report.id()) {
            stories.entry(story.to_string()).or_default().push(report.head.source.clone());
        }
    }
    let mut stories: Vec<Vec<String>> = stories.into_values().filter(|sources| sources.len() > 1).collect();
    stories.sort_by_key(|sources| std::cmp::Reverse(sources.len()));
    stories
}

/// Whether reports are read without the tagger.
static QUICK: AtomicBool = AtomicBool::new(false);

/// From now on this process reads reports without the tagger: quicker, and less is found. What is written says so
/// (`made_with`).
pub fn read_quickly() {
    QUICK.store(true, Ordering::Relaxed);
}

/// The models that this process reads with.
fn models() -> Models<'static> {
    if QUICK.load(Ordering::Relaxed) { Models::quick() } else { Models::builtin() }
}

/// What one report says.
pub fn findings(report: &Report) -> Findings {
    rapporteur_findings::read(report, models())
}

/// What these reports say together; the same record in whatever order they come.
pub fn record(reports: &[Report]) -> Record {
    record_with(reports, &|_| {})
}

/// As [`record`]; `progress` is told how many reports have been read, from whatever thread has read one.
pub fn record_with(reports: &[Report], progress: &(dyn Fn(usize) + Sync)) -> Record {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    assemble(reports, &findings_with(reports, threads, progress))
}

/// What each of these reports says, in their order, worked out on this many threads.
///
/// A report that tells no date is read against that of the reports beside it, if they are of one week and it speaks of
/// that weekday.
pub fn findings_of(reports: &[Report], threads: usize) -> Vec<Findings> {
    findings_with(reports, threads, &|_| {})
}

fn findings_with(reports: &[Report], threads: usize, progress: &(dyn Fn(usize) + Sync)) -> Vec<Findings> {
    let models = models();
    let done = AtomicUsize::new(0);
    let readings = on_threads(reports, threads, |report| {
        let reading = Reading::new(report, models);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1);
        reading
    });
    let own: Vec<_> = readings.iter().map(Reading::reference).collect();
    let shared = infer_dates::shared_reference(&own);
    on_threads(&readings, threads, |reading| reading.findings(infer_dates::reference(reading, shared)))
}

/// Does the same to each of some things on several threads; the results come in the order of the things.
fn on_threads<'t, T: Sync, R: Send>(things: &'t [T], threads: usize, work: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    let threads = threads.clamp(1, things.len().max(1));
    if threads == 1 {
        return things.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            match things.get(at) {
                Some(thing) => done.push((at, work(thing))),
                None => return done,
            }
        }
    };
    let mut all: Vec<(usize, R)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(share)).collect();
        let mut all = share();
        for other in others {
            // A panic on a thread is passed on, as if there had been no thread.
            all.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, result)| result).collect()
}

/// What makes findings: the version of this program, the form of its findings, the models.
pub fn producer() -> String {
    format!("{} {FINDINGS_FORM} {}", env!("CARGO_PKG_VERSION"), model_names())
}

/// The models that a [`producer`] names.
pub(crate) fn models_of(producer: &str) -> &str {
    producer.splitn(3, ' ').nth(2).unwrap_or(producer)
}

/// The models that this process reads with, as `made_with` names them.
fn model_names() -> String {
    let pipeline = Pipeline::builtin();
    let language = format!("{} {}", pipeline.name(), pipeline.version());
    match models().tagger {
        Some(tagger) => format!("{language}, tagger {}", tagger.name()),
        None => format!("{language}, quick"),
    }
}

/// Puts findings together that were made before.
pub fn assemble(reports: &[Report], findings: &[Findings]) -> Record {
    assemble_corrected(reports, findings, &[])
}

/// As [`assemble`], with what people corrected: before anything is derived from the findings.
pub fn assemble_corrected(reports: &[Report], findings: &[Findings], corrections: &[Correction]) -> Record {
    let model = Some(model_names());
    let made_with = MadeWith { version: env!("CARGO_PKG_VERSION").into(), model };
    rapporteur_record::assemble(reports, findings, corrections, made_with)
}
