//! `rapporteur brief`: what the reports say, for people.

use rapporteur::brief::{Brief, News, Style};

use crate::args::{BriefArgs, Color, Format};
use crate::error::{self, Failure};
use crate::output;
use crate::terminal::{self, Escapes};

/// Prints the brief of some reports.
///
/// # Errors
/// None can be read, or the brief cannot be written.
pub fn run(args: &BriefArgs) -> Result<(), Failure> {
    if args.color == Color::Never {
        error::without_color();
    }
    output::ready(args.out.as_deref(), &args.reports.paths)?;
    let (record, changes) = match (&args.new, args.reports.dossier()) {
        (Some(since), Some(from)) => {
            let (record, changes) = super::dossier::record_since(&from, since)?;
            (record, Some(changes))
        }
        _ => (super::read(&args.reports, "brief")?, None),
    };
    let since = args.new.as_deref().map_or_else(String::new, |s| match s {
        "last" => "the last reports came in".to_owned(),
        since => since.to_owned(),
    });
    let news = changes.as_deref().map(|changes| News { since: &since, changes });
    let brief = Brief::new(&record, news);
    let text = match args.format {
        Format::Text => brief.text(&style(args)),
        Format::Markdown => brief.markdown(),
        Format::Html => brief.html(),
        Format::Json => super::json(&record)?,
    };
    output::write(&text, args.out.as_deref())
}

fn style(args: &BriefArgs) -> Style {
    // A file is no terminal, whatever standard output is.
    let escapes = match (&args.out, args.color) {
        (Some(_), Color::Auto) => Escapes { color: false, links: false },
        (_, wish) => Escapes::of_stdout(wish),
    };
    Style {
        width: args.width.map_or_else(terminal::columns, usize::from),
        color: escapes.color,
        links: escapes.links && args.out.is_none(),
        citations: args.citations,
        all: args.all,
        folder: if escapes.links { terminal::folder() } else { String::new() },
    }
}
