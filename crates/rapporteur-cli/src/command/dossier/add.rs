//! `rapporteur add`: reports come into a dossier.

use std::io::Write;
use std::ops::ControlFlow;

use rapporteur::dossier::Added;
use rapporteur::source::Fetch;
use rapporteur::{Acknowledged, Ingest, Item, Store};

use crate::args::AddArgs;
use crate::error::{self, Failure, Severity};
use crate::progress::Progress;
use crate::{clock, stop};

/// Keeps reports; a line is printed for each when it is kept for certain.
///
/// # Errors
/// The dossier cannot be written, or nothing could be read.
pub fn run(args: &AddArgs) -> Result<(), Failure> {
    args.input.check("add");
    let options = args.input.options();
    stop::listen();
    let mut store = Store::create(&args.into)?;
    let mut tally = Tally::default();
    let progress = Progress::spinner("reports read:");
    let mut ingest = store.ingest("add", &clock::now())?;
    let (paths, mut stdin) = (&args.input.paths, stop::Stdin);
    let mut web = crate::command::web(args.allow_private);
    let flow = rapporteur::read_with(
        paths,
        &options,
        &mut stdin,
        web.as_mut().map(|web| web.as_mut() as &mut dyn Fetch),
        &mut |item| take(item, &mut ingest, &mut tally, &progress, args.input.verbose),
    );
    let stopped = flow.is_break() && stop::asked();
    let done = ingest.finish();
    drop(progress);
    if let Ok(acknowledged) = &done {
        tally.print(acknowledged, args.input.verbose)?;
    }
    done?;
    let count = store.dossier().articles()?;
    error::eprint(&format!("{}; {} keeps {count}\n", tally.words(stopped), error::printable(&args.into)));
    match tally.new + tally.revised + tally.known + tally.restored + tally.mended {
        _ if stopped => Err(Failure::Interrupted),
        0 => Err(Failure::NoReports),
        _ => Ok(()),
    }
}

/// Takes one thing that reading brings, and says of every report that is now kept that it is.
pub fn take(
    item: Item,
    ingest: &mut Ingest<'_>,
    tally: &mut Tally,
    progress: &Progress,
    verbose: bool,
) -> ControlFlow<()> {
    match &item {
        Item::Report(_) => progress.one(),
        Item::Skipped(skipped) if verbose || skipped.matters => {
            tally.failed += usize::from(skipped.matters);
            progress.aside(|| crate::command::say_skipped(std::slice::from_ref(skipped), verbose));
        }
        Item::Skipped(_) => {}
        Item::Failed(failed) => {
            tally.failed += 1;
            progress.aside(|| error::input(Severity::Warning, failed));
        }
        Item::Warning(what) => progress.aside(|| error::general(Severity::Warning, what)),
    }
    let flow = ingest.take(item);
    let acknowledged = ingest.acknowledged();
    if progress.aside(|| tally.print(&acknowledged, verbose)).is_err() {
        return ControlFlow::Break(());
    }
    if stop::asked() { ControlFlow::Break(()) } else { flow }
}

/// What came of the reports.
#[derive(Debug, Default)]
pub struct Tally {
    pub new: usize,
    pub revised: usize,
    pub known: usize,
    pub restored: usize,
    pub mended: usize,
    pub failed: usize,
}

impl Tally {
    /// Counts these and prints a line for each that is new.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn print(&mut self, acknowledged: &[Acknowledged], verbose: bool) -> Result<(), Failure> {
        let mut lines = String::new();
        for one in acknowledged {
            let word = match &one.added {
                Added::New => {
                    self.new += 1;
                    "new".to_owned()
                }
                Added::Revision { of, number } => {
                    self.revised += 1;
                    format!("version {number} of {of}")
                }
                Added::Restored => {
                    self.restored += 1;
                    "back".to_owned()
                }
                Added::Mended => {
                    self.mended += 1;
                    "whole again".to_owned()
                }
                // What is not new is known.
                _ => {
                    self.known += 1;
                    if !verbose {
                        continue;
                    }
                    "known".to_owned()
                }
            };
            let head = &one.head;
            let name = head.outlet.as_deref().unwrap_or(&head.source);
            let title = head.title.as_deref().map(|t| format!(": {t}")).unwrap_or_default();
            let date = head.published.map(|d| format!(", {d}")).unwrap_or_default();
            let line: String = format!("{} {word}  {name}{date}{title}", head.id).replace(char::is_control, " ");
            lines.push_str(&line);
            lines.push('\n');
        }
        let mut stdout = std::io::stdout().lock();
        let written = stdout.write_all(lines.as_bytes()).and_then(|()| stdout.flush());
        written.map_err(|e| Failure::Output("standard output".into(), e))
    }

    /// "12 new, 1 revised, 3 known already".
    pub fn words(&self, stopped: bool) -> String {
        let parts = [
            (self.new, "new"),
            (self.revised, "with a new version"),
            (self.restored, "back again"),
            (self.mended, "whole again"),
            (self.known, "known already"),
            (self.failed, "not read"),
        ];
        let mut words: Vec<String> =
            parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        if words.is_empty() {
            words.push("nothing came in".into());
        }
        let stopped = if stopped { "stopped: " } else { "" };
        format!("{stopped}{}", words.join(", "))
    }
}
