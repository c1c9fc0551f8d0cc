//! The commands, a file each, and what those that read reports share.

mod analyze;
mod ask;
mod brief;
mod check;
mod completions;
mod dossier;
mod export;
mod findings;
#[cfg(feature = "lsp")]
mod lsp;
mod man;
#[cfg(feature = "mcp")]
mod mcp;
mod record;
#[cfg(feature = "schema")]
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod why;

use rapporteur::phrase::escaped_json;
use rapporteur::source::Fetch;
#[cfg(feature = "fetch")]
use rapporteur::source::{Fetcher, Policy};
use rapporteur::{Record, Report};

use crate::args::{Args, Command, InputArgs, ReportsArgs};
use crate::error::{self, Failure, Severity};
use crate::inputs;
use crate::progress::Progress;

/// Does what was asked for.
///
/// # Errors
/// Nothing could be read, or the result could not be written.
pub fn run(args: Args) -> Result<(), Failure> {
    match args.command {
        Command::Brief(args) => brief::run(&args),
        Command::Record(args) => record::run(&args),
        Command::Ask(args) => ask::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Add(args) => dossier::add::run(&args),
        #[cfg(feature = "feeds")]
        Command::Watch(args) => dossier::watch::run(&args),
        // What is left out is listed like the rest, and says how to get it.
        #[cfg(not(feature = "feeds"))]
        Command::Watch(_) => Err(Failure::LeftOut("'watch'", "feeds")),
        #[cfg(not(feature = "serve"))]
        Command::Serve(_) => Err(Failure::LeftOut("'serve'", "serve")),
        #[cfg(not(feature = "lsp"))]
        Command::Lsp(_) => Err(Failure::LeftOut("'lsp'", "lsp")),
        #[cfg(not(feature = "mcp"))]
        Command::Mcp(_) => Err(Failure::LeftOut("'mcp'", "mcp")),
        #[cfg(not(feature = "schema"))]
        Command::Schema => Err(Failure::LeftOut("'schema'", "schema")),
        Command::List(args) => dossier::list::run(&args),
        Command::Show(args) => dossier::show::run(&args),
        Command::Remove(args) => dossier::remove::run(&args),
        Command::Search(args) => dossier::search::run(&args),
        Command::Statements(args) => dossier::facts::statements(&args),
        Command::Meetings(args) => dossier::facts::meetings(&args),
        Command::Differences(args) => dossier::facts::differences(&args),
        Command::Timeline(args) => dossier::facts::timeline(&args),
        Command::Diff(args) => dossier::diff::run(&args),
        Command::Stories(args) => dossier::stories::run(&args),
        Command::Correct(args) => dossier::correct::run(&args),
        Command::Refresh(args) => dossier::refresh::run(&args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args),
        #[cfg(feature = "lsp")]
        Command::Lsp(args) => lsp::run(&args),
        #[cfg(feature = "mcp")]
        Command::Mcp(args) => mcp::run(&args),
        Command::CheckFile(args) => dossier::check_file::run(&args),
        Command::Analyze(args) => analyze::run(&args),
        Command::Findings(args) => findings::run(&args),
        Command::Why(args) => why::run(&args),
        #[cfg(feature = "schema")]
        Command::Schema => schema::run(),
        Command::Completions { shell } => completions::run(shell),
        Command::Man { command } => man::run(command.as_deref()),
    }
}

/// Reads the reports, or takes those of a dossier, and makes their record.
fn read(reports: &ReportsArgs, command: &str) -> Result<Record, Failure> {
    Ok(read_whole(reports, command)?.0)
}

/// As [`read`], with the reports themselves.
fn read_whole(reports: &ReportsArgs, command: &str) -> Result<(Record, Vec<Report>), Failure> {
    match reports.dossier() {
        Some(from) => dossier::record_of(&from),
        None => {
            let gathered = gather(&reports.input(), command)?;
            let bar = Progress::bar("reading", gathered.len());
            let record = rapporteur::record_with(&gathered, &|done| bar.at(done));
            drop(bar);
            say_cut(&record);
            Ok((record, gathered))
        }
    }
}

/// Says on standard error where there was too much of a report to be read whole.
fn say_cut(record: &Record) {
    for line in record.cut_in_words() {
        error::general(Severity::Warning, &line);
    }
}

/// Reads the reports. What could not be read is told: as a warning where there are other reports, as the failure where
/// there are none.
fn gather(input: &InputArgs, command: &str) -> Result<Vec<Report>, Failure> {
    input.check(command);
    let options = input.options();
    let mut web = web(false);
    let gathered =
        rapporteur::gather_with(&input.paths, &options, web.as_mut().map(|web| web.as_mut() as &mut dyn Fetch));
    let skipped: Vec<_> = gathered.skipped.iter().map(|s| s.path.clone()).collect();
    inputs::note(&input.paths, &skipped);
    let severity = if gathered.reports.is_empty() { Severity::Error } else { Severity::Warning };
    for failed in &gathered.failed {
        error::input(severity, failed);
    }
    for warning in &gathered.warnings {
        error::general(Severity::Warning, warning);
    }
    if input.verbose {
        for skipped in &gathered.skipped {
            error::eprint(&format!("skipped {}: {}\n", error::printable(&skipped.path), skipped.why));
        }
        for report in &gathered.reports {
            error::eprint(&format!("read {}\n", error::printable(report.head.source.as_ref())));
        }
    }
    if gathered.reports.is_empty() {
        if gathered.failed.is_empty() {
            error::general(Severity::Error, "none of these paths holds a report");
        }
        return Err(Failure::NoReports);
    }
    Ok(gathered.reports)
}

/// The web as it is asked for what a user named; nothing in a build that does not fetch.
#[cfg(feature = "fetch")]
fn web(allow_private: bool) -> Option<Box<dyn Fetch>> {
    // Who asks for his own machine need not be spared.
    let delay = if allow_private { std::time::Duration::ZERO } else { Policy::default().delay };
    Some(Box::new(Fetcher::new(Policy { allow_private, delay, ..Policy::default() })))
}

#[cfg(not(feature = "fetch"))]
fn web(_allow_private: bool) -> Option<Box<dyn Fetch>> {
    None
}

/// A value as JSON for people and programs: indented, with a line end at the end, and nothing in it that steers a terminal.
fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    let mut text = escaped_json(serde_json::to_string_pretty(value).map_err(Failure::Json)?);
    text.push('\n');
    Ok(text)
}
