//! The commands, a file each, and what those that read reports share.

mod analyze;
mod brief;
mod completions;
mod findings;
mod man;
mod record;
mod schema;

use miette::Severity;
use rapporteur::{Options, Record, Report};

use crate::args::{Args, Command, InputArgs};
use crate::error::{self, Failure};

/// Does what was asked for.
///
/// # Errors
/// Nothing could be read, or the result could not be written.
pub fn run(args: Args) -> Result<(), Failure> {
    match args.command {
        Command::Brief(args) => brief::run(&args),
        Command::Record(args) => record::run(&args),
        Command::Analyze(args) => analyze::run(&args),
        Command::Findings(args) => findings::run(&args),
        Command::Schema => schema::run(),
        Command::Completions { shell } => completions::run(shell),
        Command::Man { command } => man::run(command.as_deref()),
    }
}

/// Reads the reports and makes their record.
fn read(input: &InputArgs, command: &str) -> Result<Record, Failure> {
    Ok(rapporteur::record(&gather(input, command)?))
}

/// Reads the reports. What could not be read is told: as a warning where there are other reports, as the failure where
/// there are none.
fn gather(input: &InputArgs, command: &str) -> Result<Vec<Report>, Failure> {
    input.check(command);
    let options = Options { published: input.published, outlet: input.outlet.clone() };
    let gathered = rapporteur::gather(&input.paths, &options);
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

/// A value as JSON for people and programs: indented, with a line end at the end.
fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(value).map_err(Failure::Json)?;
    text.push('\n');
    Ok(text)
}
