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
#[cfg(feature = "serve")]
mod people;
mod record;
#[cfg(feature = "schema")]
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod why;

use std::path::Path;

use rapporteur::phrase::escaped_json;
use rapporteur::source::Fetch;
#[cfg(feature = "fetch")]
use rapporteur::source::{Fetcher, Policy};
use rapporteur::{Record, Report, ReportHead, Skipped, Unread};

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
        #[cfg(not(feature = "serve"))]
        Command::People(_) => Err(Failure::LeftOut("'people'", "serve")),
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
        #[cfg(feature = "serve")]
        Command::People(args) => people::run(&args),
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
        #[cfg(feature = "pdf")]
        Command::ReadPdf => rapporteur::source::serve_pdf().map_err(|e| Failure::Output("standard output".into(), e)),
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
            let (gathered, unread) = gather_all(&reports.input(), command, None)?;
            let bar = Progress::bar("reading", gathered.len());
            let mut record = rapporteur::record_with(&gathered, &|done| bar.at(done));
            drop(bar);
            record.unread = unread;
            say_cut(&record);
            say_doubts(&record, &gathered);
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

/// Says on standard error what makes a record of these reports less than it might be, and what to do.
fn say_doubts(record: &Record, reports: &[Report]) {
    let named = |wanted: &dyn Fn(&ReportHead) -> bool| {
        let sources: Vec<&str> = record.reports.iter().filter(|r| wanted(r)).map(|r| r.source.as_str()).collect();
        let more = if sources.len() > SHOWN { format!(" and {} more", sources.len() - SHOWN) } else { String::new() };
        (!sources.is_empty())
            .then(|| format!("{}{more}", sources.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ")))
    };
    // One that is dated by those beside it is told of in the brief.
    if let Some(undated) = named(&|r| r.published.is_none()) {
        error::advice_on(
            Severity::Note,
            &format!("no date of publication is known of {undated}, so \"Monday\" in it is no day"),
            "put \"published\": \"2025-11-25\" into a NAME.json beside it; for a single file '--published' does",
        );
    }
    let stories = rapporteur::stories_of(reports);
    if stories.len() > 1 {
        let some = |sources: &Vec<String>| match sources.as_slice() {
            [first, .., last] => format!("{first} … {last}"),
            few => few.concat(),
        };
        let shown: Vec<String> = stories.iter().take(SHOWN).map(some).collect();
        error::advice_on(
            Severity::Note,
            &format!(
                "these reports seem to tell {} stories that have nothing to do with each other: {}",
                stories.len(),
                shown.join("; ")
            ),
            "brief each by itself; or 'rapporteur add PATHS --into FILE' keeps them apart, and 'rapporteur stories --from \
             FILE' lists them",
        );
    }
}

/// How many files one message names.
const SHOWN: usize = 4;

/// Reads the reports. What could not be read is told: as a warning where there are other reports, as the failure where
/// there are none.
fn gather(input: &InputArgs, command: &str) -> Result<Vec<Report>, Failure> {
    Ok(gather_all(input, command, None)?.0)
}

/// As [`gather`], without a draft that lies among the reports: it would bear itself out.
fn gather_beside(input: &InputArgs, command: &str, draft: &Path) -> Result<Vec<Report>, Failure> {
    Ok(gather_all(input, command, Some(draft))?.0)
}

/// As [`gather`], with what was not read.
fn gather_all(input: &InputArgs, command: &str, draft: Option<&Path>) -> Result<(Vec<Report>, Vec<Unread>), Failure> {
    input.check(command);
    let options = input.options();
    let mut web = web(false);
    let mut gathered =
        rapporteur::gather_with(&input.paths, &options, web.as_mut().map(|web| web.as_mut() as &mut dyn Fetch));
    if let Some(draft) = draft.and_then(|draft| std::fs::canonicalize(draft).ok()) {
        let other = |path: &Path| std::fs::canonicalize(path).map_or(true, |path| path != draft);
        gathered.skipped.retain(|skipped| other(&skipped.path));
        // One that is named among the reports as well is meant.
        if !input.paths.iter().any(|path| !other(path)) {
            gathered.reports.retain(|report| other(report.head.source.as_ref()));
        }
    }
    let skipped: Vec<_> = gathered.skipped.iter().map(|s| s.path.clone()).collect();
    inputs::note(&input.paths, &skipped);
    let severity = if gathered.reports.is_empty() { Severity::Error } else { Severity::Warning };
    for failed in &gathered.failed {
        error::input(severity, failed);
    }
    for warning in &gathered.warnings {
        error::general(Severity::Warning, warning);
    }
    say_skipped(&gathered.skipped, input.verbose);
    if input.verbose {
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
    let unread = gathered.unread();
    Ok((gathered.reports, unread))
}

/// Says which files of folders were not read; of very many only some, unless all are asked for.
fn say_skipped(skipped: &[Skipped], verbose: bool) {
    let told: Vec<&Skipped> = skipped.iter().filter(|s| s.matters || verbose).collect();
    let most = if verbose { usize::MAX } else { 3 * SHOWN };
    for skipped in told.iter().take(most) {
        let what = format!("{}: not read: {}", error::printable(&skipped.path), skipped.why);
        error::general(if skipped.matters { Severity::Warning } else { Severity::Note }, &what);
    }
    if told.len() > most {
        let more = told.len() - most;
        error::advice_on(Severity::Warning, &format!("{more} more files were not read"), "'--verbose' names them all");
    }
}

/// The web as it is asked for what a user named; nothing in a build that does not fetch.
#[cfg(feature = "fetch")]
fn web(allow_private: bool) -> Option<Box<dyn Fetch>> {
    Some(fetcher(allow_private))
}

#[cfg(feature = "fetch")]
fn fetcher(allow_private: bool) -> Box<dyn Fetch> {
    // Who asks for his own machine need not be spared.
    let delay = if allow_private { std::time::Duration::ZERO } else { Policy::default().delay };
    Box::new(Fetcher::new(Policy { allow_private, delay, ..Policy::default() }))
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
