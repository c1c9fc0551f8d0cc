//! `rapporteur findings`: what each report says by itself, with the words marked in its text.

mod marked;
mod page;

use std::num::NonZero;

use rapporteur::phrase::escaped_json;
use rapporteur::{Cut, Findings, Report, ReportFindings};

use crate::args::{Color, FindingsArgs, FindingsFormat};
use crate::error::{self, Failure, Severity};
use crate::output;
use crate::terminal::{self, Escapes};

/// Shows what each of some reports says.
///
/// # Errors
/// None can be read, or the findings cannot be written.
pub fn run(args: &FindingsArgs) -> Result<(), Failure> {
    output::ready(args.out.as_deref(), &args.input.paths)?;
    let reports = super::gather(&args.input, "findings")?;
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let found = rapporteur::findings_of(&reports, threads);
    for (report, found) in reports.iter().zip(&found) {
        for what in Cut::in_words(&found.cut) {
            error::general(Severity::Warning, &format!("{}: {what}", report.head.source));
        }
    }
    let text = match args.format {
        FindingsFormat::Json => super::json(&reports.iter().zip(&found).map(of_report).collect::<Vec<_>>())?,
        FindingsFormat::Jsonl => {
            let line = |both| Ok(escaped_json(serde_json::to_string(&of_report(both)).map_err(Failure::Json)?) + "\n");
            reports.iter().zip(&found).map(line).collect::<Result<String, Failure>>()?
        }
        FindingsFormat::Text => {
            let width = args.width.map_or_else(terminal::columns, usize::from);
            let pages = reports.iter().zip(&found).map(|(r, f)| page::page(r, f, width, color(args)));
            pages.collect::<Vec<_>>().join("\n")
        }
    };
    output::write(&text, args.out.as_deref())
}

fn of_report<'r>((report, findings): (&'r Report, &'r Findings)) -> ReportFindings<&'r str, &'r Findings> {
    ReportFindings { source: &report.head.source, findings }
}

fn color(args: &FindingsArgs) -> bool {
    // A file is no terminal, whatever standard output is.
    match (&args.out, args.color) {
        (Some(_), Color::Auto) => false,
        (_, wish) => Escapes::of_stdout(wish).color,
    }
}
