//! `rapporteur check`: what of a draft the reports support, and what they contradict.

use rapporteur::check::{Checked, render};
use rapporteur::{Options, Report};

use crate::args::{CheckArgs, CheckFormat, Color};
use crate::error::{self, Failure, Severity};
use crate::progress::Progress;
use crate::terminal::{self, Escapes};
use crate::{inputs, output};

/// Checks a draft.
///
/// # Errors
/// Something is contradicted or altered; or draft, reports or result cannot be read or written.
pub fn run(args: &CheckArgs) -> Result<(), Failure> {
    output::ready(args.out.as_deref(), &[std::slice::from_ref(&args.draft), &args.against].concat())
        .map_err(|e| Failure::Unread(Box::new(e)))?;
    let checked = check(args).map_err(|e| Failure::Unread(Box::new(e)))?;
    let text = match args.format {
        CheckFormat::Text => render::text(&checked, &style(args)),
        CheckFormat::Markdown => render::markdown(&checked),
        CheckFormat::Html => render::html(&checked),
        CheckFormat::Json => super::json(&checked)?,
        CheckFormat::Sarif => super::json(&render::sarif(&checked))?,
    };
    output::write(&text, args.out.as_deref())?;
    let strict = args.strict && checked.verdicts.iter().any(rapporteur::check::Verdict::is_flagged);
    if checked.has_errors() || strict { Err(Failure::Reported) } else { Ok(()) }
}

fn check(args: &CheckArgs) -> Result<Checked, Failure> {
    let draft = draft(args)?;
    match args.dossier() {
        Some(from) => super::dossier::check(&from, &draft, args.date),
        None => {
            let reports = super::gather_beside(&args.input(), "check", &args.draft)?;
            let bar = Progress::bar("reading", reports.len());
            Ok(rapporteur::check_with(&draft, &reports, args.date, &|done| bar.at(done)))
        }
    }
}

/// Reads the draft: one text.
fn draft(args: &CheckArgs) -> Result<Report, Failure> {
    let stdin = args.against.iter().any(|p| p == std::path::Path::new("-"));
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
