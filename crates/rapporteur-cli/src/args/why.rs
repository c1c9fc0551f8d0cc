//! What can be typed after `rapporteur why`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::ReportsArgs;

/// The arguments of `rapporteur why`.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXAMPLES)]
#[command(
    override_usage = "rapporteur why [OPTIONS] <ID> <PATH>...\n       rapporteur why [OPTIONS] <ID> --from <FILE>"
)]
pub struct WhyArgs {
    /// The id of a fact of the record: a statement, a meeting, a position, a difference …; its first letters do
    #[arg(value_name = "ID")]
    pub id: String,
    /// What to write: for people, or everything as JSON
    #[arg(short, long, value_enum, default_value_t = WhyFormat::Text)]
    pub format: WhyFormat,
    /// Write to this file instead of standard output; it is written whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Columns of the text [default: those of the terminal, at most 110; 96 where there is none]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(24..))]
    pub width: Option<u16>,
    /// The reports and what is known about them.
    #[command(flatten)]
    pub reports: ReportsArgs,
}

/// In which form the reasons are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WhyFormat {
    /// A block a finding, a line a slot
    Text,
    /// The same with every place in code points
    Json,
}

const EXAMPLES: &str = "\
Examples:
  rapporteur meetings --from talks.dossier        each line begins with the id of a fact
  rapporteur why m4k2 --from talks.dossier        why it is told so: which words of which report
  rapporteur record reports/ | jq -r '.meetings[] | [.id, .date, .status] | @tsv'
  rapporteur why m4k2 reports/                    the same without a dossier
  rapporteur why s81x reports/ -f json | jq '.reports[].findings[].rivals[]'

\"Why was this meeting said to be held on Sunday?\" Look for its line 'date': the words that gave the
day, and above it the day against which the report was read ('Sunday' of a report of Tuesday is two
days before). 'not taken' tells what else there was and why it lost: another date, another person
that 'he' could mean, a second rule that found the same words. The rule ('by meeting/verb') is the
name of the file that decided: crates/rapporteur-findings/src/meeting/.";
