//! What can be typed after `rapporteur`.

mod ask;
mod check;
mod dossier;
mod export;
mod why;

use std::path::PathBuf;

pub use ask::{AskArgs, AskFormat};
pub use check::{CheckArgs, CheckFormat, LspArgs};
use clap::{Args as ClapArgs, CommandFactory, Parser, Subcommand, ValueEnum};
pub use dossier::*;
pub use export::*;
use rapporteur::Edtf;
pub use why::{WhyArgs, WhyFormat};

/// Read what many outlets report about one negotiation, and keep one cited record.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version, max_term_width = 100, after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Args {
    /// Read without the tagger: quicker, and far fewer stances, gatherings, conditions and figures are found; what is written says so
    #[arg(long, global = true, env = "RAPPORTEUR_QUICK", value_parser = clap::builder::FalseyValueParser::new())]
    pub quick: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Says what is wrong with what was typed, and what to type instead; gives the exit code for it.
///
/// Who names a folder or a file in the place of a command means a brief of it, and is told how to get it.
pub fn refuse(error: &clap::Error) -> std::process::ExitCode {
    use clap::error::{ContextKind, ContextValue, ErrorKind};
    let typed = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(typed)) if error.kind() == ErrorKind::InvalidSubcommand => typed,
        _ => error.exit(),
    };
    let path = std::path::Path::new(typed);
    let shown = crate::error::printable(path);
    let failure = if path.is_dir() {
        (
            format!("{shown} is a folder, not a command"),
            format!("'rapporteur brief {shown}' tells what the reports in it say"),
        )
    } else if is_dossier(path) {
        let help = format!("'rapporteur brief --from {shown}' tells what the reports in it say");
        (format!("{shown} is a dossier, not a command"), help)
    } else if path.is_file() {
        (format!("{shown} is a file, not a command"), format!("'rapporteur brief {shown}' tells what it says"))
    } else if let Some(ContextValue::Strings(like)) = error.get(ContextKind::SuggestedSubcommand)
        && let Some(like) = like.first()
    {
        (
            format!("there is no command '{shown}'"),
            format!("did you mean '{like}'? 'rapporteur --help' lists the commands"),
        )
    } else {
        (
            format!("there is no command '{shown}', nor a file or folder of this name"),
            "'rapporteur --help' lists the commands".into(),
        )
    };
    crate::error::Failure::Usage(failure.0, failure.1).report()
}

/// Whether a file is a dossier by its first bytes.
fn is_dossier(path: &std::path::Path) -> bool {
    use std::io::Read;
    let mut head = [0; 16];
    std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == *b"SQLite format 3\0"
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print a cited brief of what the reports say
    Brief(BriefArgs),
    /// Write the record: everything the reports say, once, as JSON
    Record(RecordArgs),
    /// Ask a question: the sentences of the reports that answer, cited
    Ask(AskArgs),
    /// Check a draft against the reports: quotations, numbers, days, names, speakers
    Check(CheckArgs),
    /// Hand the record on: annotations, tables, calendar, notes, bibliography, event data
    Export(ExportArgs),
    /// Keep reports in a dossier, a file that grows with the story
    Add(AddArgs),
    /// Keep what feeds bring, again and again
    Watch(WatchArgs),
    /// List the reports of a dossier
    List(ListArgs),
    /// Show one report of a dossier, its versions and its text
    Show(ShowArgs),
    /// Take a report out of a dossier
    Remove(RemoveArgs),
    /// Find words in the reports, statements and names of a dossier
    Search(SearchArgs),
    /// List who said what
    Statements(StatementsArgs),
    /// List who met whom
    #[command(after_help = MEETINGS_EXAMPLES)]
    Meetings(FactsArgs),
    /// List where accounts of the same thing differ
    #[command(after_help = DIFFERENCES_EXAMPLES)]
    Differences(FactsArgs),
    /// List what happened, day by day
    #[command(after_help = TIMELINE_EXAMPLES)]
    Timeline(FactsArgs),
    /// Tell what is new, changed, withdrawn or newly contradicted
    Diff(DiffArgs),
    /// List the stories that the reports of a dossier tell, or move a report
    Stories(StoriesArgs),
    /// Correct what was found, beside the finding
    Correct(CorrectArgs),
    /// Show a dossier in the browser: read, check against the source, correct
    Serve(ServeArgs),
    /// Say who may come to a dossier that is served, each with a token of their own
    People(PeopleArgs),
    /// Offer a dossier to an assistant as tools whose answers are cited (Model Context Protocol)
    Mcp(McpArgs),
    /// Mark drafts in an editor as they are written (Language Server Protocol)
    Lsp(LspArgs),
    /// Read anew what another version has read
    Refresh(RefreshArgs),
    /// Check that a dossier is whole
    CheckFile(CheckFileArgs),
    /// Show what each report says by itself, with the words marked in its text
    Findings(FindingsArgs),
    /// Tell why a fact stands in the record: rule, words, and what lost against them
    Why(WhyArgs),
    /// Write what the language runtime makes of each text: tokens, lemmas, parse, entities
    Analyze(AnalyzeArgs),
    /// Print the JSON Schema of a record
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema,
    /// Read a PDF from standard input, in a process that limits itself: what this program starts itself for
    #[cfg(feature = "pdf")]
    #[command(name = "read-pdf", hide = true)]
    ReadPdf,
    /// Print the completions for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = MAN_EXAMPLES)]
    Man {
        /// The command whose page is wanted, instead of the program's
        command: Option<String>,
    },
}

/// The arguments of `rapporteur brief`.
#[derive(Debug, ClapArgs)]
#[command(after_help = BRIEF_EXAMPLES)]
#[command(override_usage = "rapporteur brief [OPTIONS] <PATH>...\n       rapporteur brief [OPTIONS] --from <FILE>")]
pub struct BriefArgs {
    /// What to write: text for a terminal, Markdown, one HTML page, or the record as JSON
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Write to this file instead of standard output; it is written whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Print under each line the exact words it rests on, with outlet, file and place (text only)
    #[arg(short, long)]
    pub citations: bool,
    /// Leave nothing out for length (text only; the other formats never do)
    #[arg(short, long)]
    pub all: bool,
    /// Columns of the text [default: those of the terminal, at most 110; 96 where there is none]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(24..))]
    pub width: Option<u16>,
    /// Colours and links: on a terminal only, always, or never an escape code at all
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// Begin with what is new since this day, this time, or the 'last' command that brought reports in (with --from)
    #[arg(long, value_name = "SINCE", num_args = 0..=1, default_missing_value = "last", requires = "from", conflicts_with = "paths")]
    pub new: Option<String>,
    /// The reports and what is known about them.
    #[command(flatten)]
    pub reports: ReportsArgs,
}

/// The arguments of `rapporteur record`.
#[derive(Debug, ClapArgs)]
#[command(after_help = RECORD_EXAMPLES)]
#[command(override_usage = "rapporteur record [OPTIONS] <PATH>...\n       rapporteur record [OPTIONS] --from <FILE>")]
pub struct RecordArgs {
    /// Write to this file instead of standard output; it is written whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// The reports and what is known about them.
    #[command(flatten)]
    pub reports: ReportsArgs,
}

/// The arguments of `rapporteur findings`.
#[derive(Debug, ClapArgs)]
#[command(after_help = FINDINGS_EXAMPLES)]
pub struct FindingsArgs {
    /// What to write: the text with the words marked in place, or everything found as JSON
    #[arg(short, long, value_enum, default_value_t = FindingsFormat::Text)]
    pub format: FindingsFormat,
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
    pub input: InputArgs,
}

/// The arguments of `rapporteur analyze`.
#[derive(Debug, ClapArgs)]
#[command(after_help = ANALYZE_EXAMPLES)]
pub struct AnalyzeArgs {
    /// What to write: CoNLL-U, which other tools read, or JSON with places in code points
    #[arg(short, long, value_enum, default_value_t = AnalyzeFormat::Conllu)]
    pub format: AnalyzeFormat,
    /// Write to this file instead of standard output; it is written whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// The texts.
    #[command(flatten)]
    pub input: InputArgs,
}

/// Reports: some files, or those of a dossier.
#[derive(Debug, ClapArgs)]
pub struct ReportsArgs {
    /// Reports of one story: files, folders (the reports in them and in folders inside), or - for standard input
    #[arg(required_unless_present = "from", conflicts_with = "from", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The reports of this dossier, instead of files
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// Only the reports of this story of the dossier
    #[arg(long, value_name = "ID", requires = "from", conflicts_with = "paths")]
    pub story: Option<String>,
    /// As it was known at the end of this day, by when the reports were published (with --from)
    #[arg(long, value_name = "DATE", requires = "from", conflicts_with = "paths")]
    pub as_of: Option<Edtf>,
    /// When the report was published: 2025-11-25, 2025-11 or 2025 (a single file only)
    #[arg(long, value_name = "DATE", conflicts_with = "from")]
    pub published: Option<Edtf>,
    /// Who published the report (a single file only)
    #[arg(long, value_name = "NAME", conflicts_with = "from")]
    pub outlet: Option<String>,
    /// Read what links in a folder lead to outside of it
    #[arg(long, conflicts_with = "from")]
    pub follow_links: bool,
    /// Leave out the folders inside a folder
    #[arg(long, conflicts_with = "from")]
    pub no_recurse: bool,
    /// Say on standard error which reports were read and which files of folders were not
    #[arg(short, long)]
    pub verbose: bool,
}

impl ReportsArgs {
    /// The files and what is said of them.
    pub fn input(&self) -> InputArgs {
        let (paths, outlet) = (self.paths.clone(), self.outlet.clone());
        InputArgs {
            paths,
            published: self.published,
            outlet,
            follow_links: self.follow_links,
            no_recurse: self.no_recurse,
            verbose: self.verbose,
        }
    }

    /// The dossier, where one is meant.
    pub fn dossier(&self) -> Option<FromArgs> {
        let from = self.from.clone()?;
        Some(FromArgs { from, scope: ScopeArgs { story: self.story.clone(), as_of: self.as_of } })
    }
}

/// Which reports, and what is known about them.
#[derive(Debug, ClapArgs)]
pub struct InputArgs {
    /// Reports of one story as text: files, folders (the reports in them and in folders inside), or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// When the report was published: 2025-11-25, 2025-11 or 2025 (a single file only)
    #[arg(long, value_name = "DATE")]
    pub published: Option<Edtf>,
    /// Who published the report (a single file only)
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Read what links in a folder lead to outside of it
    #[arg(long)]
    pub follow_links: bool,
    /// Leave out the folders inside a folder
    #[arg(long)]
    pub no_recurse: bool,
    /// Say on standard error which reports were read and which files of folders were not
    #[arg(short, long)]
    pub verbose: bool,
}

/// In which form a brief is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal
    Text,
    /// With tables and footnotes
    #[value(alias = "md")]
    Markdown,
    /// One page that needs no other file
    Html,
    /// The whole record
    Json,
}

/// In which form analyses are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnalyzeFormat {
    /// One document a file, one line a token; entities and white space in MISC
    Conllu,
    /// An array with the tokens of each text
    Json,
}

/// In which form findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FindingsFormat {
    /// Each report with its statements marked, then lists of what was found
    Text,
    /// An array with the findings of each report
    Json,
    /// The same, a line a report
    Jsonl,
}

/// When to write escape codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always colours; links on a terminal
    Always,
    /// No escape code at all
    Never,
}

impl InputArgs {
    /// What is said of the inputs beyond their paths.
    pub fn options(&self) -> rapporteur::Options {
        rapporteur::Options {
            published: self.published,
            outlet: self.outlet.clone(),
            follow_links: self.follow_links,
            flat: self.no_recurse,
            // This program, started as 'rapporteur read-pdf'.
            pdf_reader: std::env::current_exe().ok(),
        }
    }

    /// Refuses what is said of a single report where there may be several.
    pub fn check(&self, command: &str) {
        let flag = match (&self.published, &self.outlet) {
            (Some(_), _) => "--published",
            (_, Some(_)) => "--outlet",
            _ => return,
        };
        let what = match self.paths.as_slice() {
            [one] if one.is_dir() => format!("'{flag}' is for a single file, and {} is a folder", one.display()),
            [_] => return,
            many => format!("'{flag}' is for a single file, and there are {}", many.len()),
        };
        let what = format!(
            "{what}\n\n  tip: put the date and the outlet of each report in a NAME.json beside its NAME.txt:\n       \
             {{\"outlet\": \"Harbour Post\", \"published\": \"2025-11-25\"}}"
        );
        let mut all = Args::command();
        let kind = clap::error::ErrorKind::ArgumentConflict;
        match all.find_subcommand_mut(command) {
            Some(sub) => sub.clone().bin_name(format!("rapporteur {command}")).error(kind, what).exit(),
            None => all.error(kind, what).exit(),
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  rapporteur brief reports/                     a brief of all reports in a folder: text, pages, PDF, Word, mail …
  rapporteur brief a.txt b.txt c.txt -c         the same of three, with the exact words
  rapporteur brief reports/ -f html -o brief.html
  rapporteur record reports/ -o record.json     everything, for other programs
  rapporteur export reports/ -f csv -o tables/  the same as tables, a calendar, notes … ten forms
  rapporteur findings a.txt                     what one report says, marked in its text
  rapporteur why m4k2 reports/                  which words and which rule made a fact
  rapporteur ask 'who pays' reports/            the sentences that answer
  rapporteur check draft.md --against reports/  what of a draft they support
  rapporteur add reports/ --into talks.dossier  keep them, and more tomorrow
  rapporteur brief --from talks.dossier --new   the brief of all, beginning with what is new

Every line of a brief names the reports that say it. Nothing is believed, everything is attributed.";

const BRIEF_EXAMPLES: &str = "\
Examples:
  rapporteur brief reports/
  rapporteur brief herald.txt post.txt --citations
  rapporteur brief reports/ --all | less
  rapporteur brief reports/ --format html --out brief.html
  rapporteur brief wire.txt --outlet 'Tesk Herald' --published 2025-11-25
  rapporteur brief wire.pdf newsletter.eml interview.srt
  rapporteur brief --from talks.dossier --as-of 2025-11-24
  rapporteur brief --from talks.dossier --new 2025-11-24

What is known about NAME.txt may stand beside it in NAME.json, a JSON object with any of
outlet, url, published, title and byline.

Exit code: 0 if there is a brief (inputs that could not be read are warned of), 1 if there
is none, 2 if the command was not understood.";

const RECORD_EXAMPLES: &str = "\
Examples:
  rapporteur record reports/ --out record.json
  rapporteur record herald.txt post.txt | jq '.utterances[].text'
  rapporteur record wire.txt --outlet 'Tesk Herald' --published 2025-11-25

The form is that of 'rapporteur schema'. The same reports give the same bytes.";

const FINDINGS_EXAMPLES: &str = "\
Examples:
  rapporteur findings herald.txt
  rapporteur findings reports/ | less
  rapporteur findings wire.txt --outlet 'Tesk Herald' --published 2025-11-25
  rapporteur findings herald.txt -f json | jq '.[].statements[] | [.mode, .content.exact]'

Each report stands alone: nothing is compared with another. In the text, [3: …] marks what the
third statement says; on a terminal it is underlined. Offsets count Unicode code points.";

const MEETINGS_EXAMPLES: &str = "\
Examples:
  rapporteur meetings --from talks.dossier
  rapporteur meetings --from talks.dossier --format json | jq '.[] | select(.status == \"planned\")'";

const DIFFERENCES_EXAMPLES: &str = "\
Examples:
  rapporteur differences --from talks.dossier
  rapporteur differences --from talks.dossier --as-of 2025-11-24";

const TIMELINE_EXAMPLES: &str = "\
Examples:
  rapporteur timeline --from talks.dossier
  rapporteur timeline --from talks.dossier --story t3x9 --format csv";

const ANALYZE_EXAMPLES: &str = "\
Examples:
  rapporteur analyze a.txt                       CoNLL-U: a line a token, for other tools
  rapporteur analyze story/ --out story.conllu   every text of a folder, one document each
  rapporteur analyze a.txt -f json | jq '.[0].tokens[] | select(.pos == \"VERB\") | .lemma'";

const SCHEMA_EXAMPLES: &str = "\
Examples:
  rapporteur schema > record.schema.json
  rapporteur schema | jq '.properties | keys'";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  rapporteur completions bash > ~/.local/share/bash-completion/completions/rapporteur
  rapporteur completions zsh > ~/.zfunc/_rapporteur
  rapporteur completions fish > ~/.config/fish/completions/rapporteur.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  rapporteur man > ~/.local/share/man/man1/rapporteur.1
  rapporteur man brief > ~/.local/share/man/man1/rapporteur-brief.1
  rapporteur man | man -l -";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_agree_with_each_other() {
        Args::command().debug_assert();
    }
}
