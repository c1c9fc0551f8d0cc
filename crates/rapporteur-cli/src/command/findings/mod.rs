//! `rapporteur findings`: what each report says by itself, with the words marked in its text.

mod marked;
mod page;

use std::num::NonZero;

use rapporteur::Findings;
use serde::Serialize;

use crate::args::{Color, FindingsArgs, FindingsFormat};
use crate::error::Failure;
use crate::output;
use crate::terminal::{self, Escapes};

/// The findings of one report, and where the report came from.
#[derive(Serialize)]
struct OfReport<'r> {
    source: &'r str,
    #[serde(flatten)]
    findings: &'r Findings,
}

/// Shows what each of some reports says.
///
/// # Errors
/// None can be read, or the findings cannot be written.
pub fn run(args: &FindingsArgs) -> Result<(), Failure> {
    let reports = super::gather(&args.input, "findings")?;
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let found = rapporteur::findings_of(&reports, threads);
    let text = match args.format {
        FindingsFormat::Json => {
            let sources = reports.iter().map(|r| r.head.source.as_ref());
            let all: Vec<OfReport<'_>> =
                sources.zip(&found).map(|(source, findings)| OfReport { source, findings }).collect();
            super::json(&all)?
        }
        FindingsFormat::Text => {
            let width = args.width.map_or_else(terminal::columns, usize::from);
            let pages = reports.iter().zip(&found).map(|(r, f)| page::page(r, f, width, color(args)));
            pages.collect::<Vec<_>>().join("\n")
        }
    };
    output::write(&text, args.out.as_deref())
}

fn color(args: &FindingsArgs) -> bool {
    // A file is no terminal, whatever standard output is.
    match (&args.out, args.color) {
        (Some(_), Color::Auto) => false,
        (_, wish) => Escapes::of_stdout(wish).color,
    }
}
