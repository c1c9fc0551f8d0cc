//! The arguments of `rapporteur check`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use rapporteur::Edtf;

use super::{Color, FromArgs, InputArgs, ScopeArgs};

/// The arguments of `rapporteur check`.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXAMPLES)]
#[command(
    override_usage = "rapporteur check [OPTIONS] <DRAFT> --against <PATH>...\n       rapporteur check [OPTIONS] <DRAFT> --from <FILE>"
)]
pub struct CheckArgs {
    /// The draft: a text or Markdown file, or - for standard input
    #[arg(value_name = "DRAFT")]
    pub draft: PathBuf,
    #[command(flatten)]
    pub reports: AgainstArgs,
    /// The day the draft is of, against which 'on Tuesday' is read [default: what it says, else the latest report's]
    #[arg(long, value_name = "DATE")]
    pub date: Option<Edtf>,
    /// What to write
    #[arg(short, long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    /// Write to this file instead of standard output; it is written whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Print under each verdict the exact words of the reports, with their place (text only)
    #[arg(short, long)]
    pub citations: bool,
    /// Show what is in order as well, and notes (text only; the other formats always do)
    #[arg(short, long)]
    pub all: bool,
    /// Check the draft again each time it is saved, until interrupted; the reports are read once
    #[arg(long)]
    pub watch: bool,
    /// Let warnings count as errors for the exit code
    #[arg(long)]
    pub strict: bool,
    /// Columns of the text [default: those of the terminal, at most 110; 96 where there is none]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(24..))]
    pub width: Option<u16>,
    /// Colours: on a terminal only, always, or never an escape code at all
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// Say on standard error which reports were read and which files of folders were not
    #[arg(short, long)]
    pub verbose: bool,
}

/// The reports that drafts are held against, for every command that checks one.
#[derive(Debug, ClapArgs)]
pub struct AgainstArgs {
    /// The reports that drafts are written from: files or folders
    #[arg(long, value_name = "PATH", num_args = 1.., required_unless_present = "from", conflicts_with = "from")]
    pub against: Vec<PathBuf>,
    /// The reports of this dossier, instead of files
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// Only the reports of this story of the dossier
    #[arg(long, value_name = "ID", requires = "from", conflicts_with = "against")]
    pub story: Option<String>,
    /// As it was known at the end of this day, by when the reports were published (with --from)
    #[arg(long, value_name = "DATE", requires = "from", conflicts_with = "against")]
    pub as_of: Option<Edtf>,
    /// Read what links in a folder lead to outside of it
    #[arg(long, conflicts_with = "from")]
    pub follow_links: bool,
}

impl AgainstArgs {
    /// The reports among the files; with `verbose` it is said which were read.
    pub fn input(&self, verbose: bool) -> InputArgs {
        InputArgs {
            paths: self.against.clone(),
            published: None,
            outlet: None,
            follow_links: self.follow_links,
            no_recurse: false,
            verbose,
        }
    }

    /// The dossier, where one is meant.
    pub fn dossier(&self) -> Option<FromArgs> {
        let from = self.from.clone()?;
        Some(FromArgs { from, scope: ScopeArgs { story: self.story.clone(), as_of: self.as_of } })
    }
}

/// The arguments of `rapporteur lsp`.
#[derive(Debug, ClapArgs)]
#[command(after_help = LSP_EXAMPLES)]
#[command(
    override_usage = "rapporteur lsp [OPTIONS] --against <PATH>...\n       rapporteur lsp [OPTIONS] --from <FILE>"
)]
pub struct LspArgs {
    #[command(flatten)]
    pub reports: AgainstArgs,
    /// The day the drafts are of [default: what each says, else the latest report's]
    #[arg(long, value_name = "DATE")]
    pub date: Option<Edtf>,
}

const LSP_EXAMPLES: &str = "\
Examples:
  rapporteur lsp --against reports/           started by an editor for Markdown files; speaks on standard input and output
  rapporteur lsp --from talks.dossier --story t3x9";

/// In which form a check is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// The lines of the draft with marks under the words
    Text,
    /// Lists with the words of draft and reports
    #[value(alias = "md")]
    Markdown,
    /// One page with the draft and the reports side by side
    Html,
    /// Every verdict, for other programs
    Json,
    /// SARIF 2.1.0, for editors and CI
    Sarif,
}

const EXAMPLES: &str = "\
Examples:
  rapporteur check draft.md --against reports/
  rapporteur check draft.md --against reports/ --date 2025-11-26 --citations
  rapporteur check draft.md --from talks.dossier --story t3x9
  rapporteur check draft.md --against reports/ --format html --out check.html
  rapporteur check draft.md --against reports/ --format sarif --out check.sarif
  pbpaste | rapporteur check - --against reports/

Quotations are looked up word for word in all reports; numbers, days, names, offices, places and
speakers are compared with what the reports say of the same thing. 'not found' is not 'wrong'.

Exit code: 0 if nothing is contradicted or altered, 1 if something is (with --strict: or is to be
looked at), 2 if the draft or the reports could not be read or the command was not understood.";
