//! The arguments of `rapporteur ask`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::{Color, ReportsArgs};

/// The arguments of `rapporteur ask`.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXAMPLES)]
#[command(
    override_usage = "rapporteur ask [OPTIONS] <QUESTION> <PATH>...\n       rapporteur ask [OPTIONS] <QUESTION> --from <FILE>"
)]
pub struct AskArgs {
    /// The question in plain words, between quotation marks
    #[arg(value_name = "QUESTION")]
    pub question: String,
    /// How many answers at most
    #[arg(short = 'n', long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub answers: u16,
    /// What to write: for people, or everything as JSON
    #[arg(short, long, value_enum, default_value_t = AskFormat::Text)]
    pub format: AskFormat,
    /// Write to this file instead of standard output; it is written whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Columns of the text [default: those of the terminal, at most 110; 96 where there is none]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(24..))]
    pub width: Option<u16>,
    /// Colours: on a terminal only, always, or never an escape code at all
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// The reports and what is known about them.
    #[command(flatten)]
    pub reports: ReportsArgs,
}

/// In which form answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AskFormat {
    /// The sentences with outlet, day and place
    Text,
    /// The same with every place in code points
    Json,
}

const EXAMPLES: &str = "\
Examples:
  rapporteur ask 'how many points has the plan now' reports/
  rapporteur ask 'when do they meet again' --from talks.dossier
  rapporteur ask 'who opposes the tolls' --from talks.dossier --story t3x9 --as-of 2026-03-11 -n 10
  rapporteur ask 'where were the ships' reports/ -f json | jq -r '.answers[].sentences[].at.exact'

An answer is a sentence of a report, or what several reports assert alike; nothing is composed. Where
the record knows that accounts differ, they stand side by side under a ≠. Words alone are compared,
by their stems: ask with words that a report would use. 'how many', 'when', 'where' and 'who' prefer
sentences that name figures, days, places and people.

Exit code: 0 if something answers, 1 if no report says or none could be read, 2 if the command was
not understood.";
