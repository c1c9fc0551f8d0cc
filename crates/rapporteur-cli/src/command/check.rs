//! `rapporteur check`: what of a draft the reports support, and what they contradict.

use std::path::Path;
use std::time::Duration;

use rapporteur::check::{Checked, render};
use rapporteur::{CheckContext, Options, Report};

use crate::args::{CheckArgs, CheckFormat, Color, FromArgs, InputArgs};
use crate::error::{self, Failure, Severity};
use crate::progress::Progress;
use crate::terminal::{self, Escapes};
use crate::{inputs, output};

/// Checks a draft.
///
/// # Errors
/// Something is contradicted or altered; or draft, reports or result cannot be read or written.
pub fn run(args: &CheckArgs) -> Result<(), Failure> {
    output::ready(args.out.as_deref(), &[std::slice::from_ref(&args.draft), &args.reports.against].concat())
        .map_err(|e| Failure::Unread(Box::new(e)))?;
    if args.watch {
        return watch(args);
    }
    let checked = check(args).map_err(|e| Failure::Unread(Box::new(e)))?;
    write(args, &checked)?;
    let strict = args.strict && checked.verdicts.iter().any(rapporteur::check::Verdict::is_flagged);
    if checked.has_errors() || strict { Err(Failure::Reported) } else { Ok(()) }
}

/// Writes a check in the form that was asked for.
fn write(args: &CheckArgs, checked: &Checked) -> Result<(), Failure> {
    let text = match args.format {
        CheckFormat::Text => render::text(checked, &style(args)),
        CheckFormat::Markdown => render::markdown(checked),
        CheckFormat::Html => render::html(checked),
        CheckFormat::Json => super::json(checked)?,
        CheckFormat::Sarif => super::json(&render::sarif(checked))?,
    };
    output::write(&text, args.out.as_deref())
}

fn check(args: &CheckArgs) -> Result<Checked, Failure> {
    let draft = draft(args)?;
    Ok(context(args.reports.dossier().as_ref(), &args.reports.input(args.verbose), "check", Some(&args.draft))?
        .check(&draft, args.date))
}

/// What drafts are checked against: a dossier, or reports among files, but for the draft itself where it lies among them.
///
/// # Errors
/// Neither could be read.
pub fn context(
    from: Option<&FromArgs>,
    input: &InputArgs,
    command: &str,
    draft: Option<&Path>,
) -> Result<CheckContext, Failure> {
    match from {
        Some(from) => super::dossier::check_context(from),
        None => {
            let reports = match draft {
                Some(draft) => super::gather_beside(input, command, draft)?,
                None => super::gather(input, command)?,
            };
            let bar = Progress::bar("reading", reports.len());
            Ok(CheckContext::of_reports(reports, &|done| bar.at(done)))
        }
    }
}

/// How often a saved file is looked at.
const LOOK: Duration = Duration::from_millis(250);

/// Checks the draft each time it is saved, until interrupted. The reports are read once.
fn watch(args: &CheckArgs) -> Result<(), Failure> {
    if args.draft == std::path::Path::new("-") {
        return Err(Failure::Usage(
            "'--watch' looks at a file, and standard input is none".into(),
            "write the draft to a file".into(),
        ));
    }
    let context =
        context(args.reports.dossier().as_ref(), &args.reports.input(args.verbose), "check", Some(&args.draft))
            .map_err(|e| Failure::Unread(Box::new(e)))?;
    // A draft that is not there at the beginning is a mistake of the command's, and nothing to wait for.
    draft(args)?;
    let saved = || {
        let meta = std::fs::metadata(&args.draft).ok()?;
        Some((meta.modified().ok()?, meta.len()))
    };
    let mut last = None;
    loop {
        let now = saved();
        if now.is_some() && now != last {
            last = now;
            // An editor may be in the midst of writing it.
            match draft(args) {
                Ok(draft) => {
                    write(args, &context.check(&draft, args.date))?;
                    error::eprint(&format!(
                        "checked {}; waiting for it to be saved again\n",
                        error::printable(&args.draft)
                    ));
                }
                Err(failure @ Failure::Usage(..)) => return Err(failure),
                Err(_) => error::eprint(&format!(
                    "{} cannot be read as it is now; waiting for it to be saved again\n",
                    error::printable(&args.draft)
                )),
            }
        }
        std::thread::sleep(LOOK);
    }
}

/// Reads the draft: one text.
fn draft(args: &CheckArgs) -> Result<Report, Failure> {
    let stdin = args.reports.against.iter().any(|p| p == std::path::Path::new("-"));
    if stdin && args.draft == std::path::Path::new("-") {
        return Err(Failure::Usage(
            "the draft and the reports cannot both come from standard input".into(),
            "write one of them to a file".into(),
        ));
    }
    if args.draft.is_dir() {
        return Err(Failure::Usage(
            format!("{}: the draft is a folder", error::printable(&args.draft)),
            "name one file; the folder of the reports goes after --against".into(),
        ));
    }
    let options = Options { pdf_reader: std::env::current_exe().ok(), ..Options::default() };
    let gathered = rapporteur::gather(std::slice::from_ref(&args.draft), &options);
    inputs::note(std::slice::from_ref(&args.draft), &[]);
    for failed in &gathered.failed {
        error::input(Severity::Error, failed);
    }
    let mut drafts = gathered.reports;
    match (drafts.pop(), drafts.len()) {
        (Some(draft), 0) => Ok(draft),
        (Some(_), more) => Err(Failure::Usage(
            format!("{}: this holds {} texts", error::printable(&args.draft), more + 1),
            "a draft is one text: check them one by one".into(),
        )),
        (None, _) => Err(Failure::NoReports),
    }
}

fn style(args: &CheckArgs) -> render::Style {
    let escapes = match (&args.out, args.color) {
        (Some(_), Color::Auto) => Escapes { color: false, links: false },
        (_, wish) => Escapes::of_stdout(wish),
    };
    render::Style {
        width: args.width.map_or_else(terminal::columns, usize::from),
        color: escapes.color,
        all: args.all,
        citations: args.citations,
    }
}
