//! What can be typed after the commands that keep reports over time.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use rapporteur::Edtf;

use super::InputArgs;

/// Which reports of which dossier.
#[derive(Clone, Debug, ClapArgs)]
pub struct FromArgs {
    /// The dossier
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// What of it.
    #[command(flatten)]
    pub scope: ScopeArgs,
}

/// What of a dossier is meant.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct ScopeArgs {
    /// Only the reports of this story ('rapporteur stories' lists them)
    #[arg(long, value_name = "ID")]
    pub story: Option<String>,
    /// As it was known at the end of this day, by when the reports were published: 2025-11-24
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Edtf>,
}

/// In which form rows are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// Columns for a terminal
    #[default]
    Text,
    /// An array of objects
    Json,
    /// A table for spreadsheets, with a head (RFC 4180)
    Csv,
}

/// Where and how rows are written.
#[derive(Clone, Debug, ClapArgs)]
pub struct RowArgs {
    /// What to write: columns for a terminal, JSON, or CSV; the last two have more columns
    #[arg(short, long, value_enum, default_value_t = RowFormat::Text)]
    pub format: RowFormat,
    /// Write to this file instead of standard output; it is written whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// The arguments of `rapporteur add`.
#[derive(Debug, ClapArgs)]
#[command(after_help = ADD_EXAMPLES)]
pub struct AddArgs {
    /// The dossier; it is made if it is not there
    #[arg(long, value_name = "FILE")]
    pub into: PathBuf,
    /// Also fetch from private and local addresses
    #[arg(long)]
    pub allow_private: bool,
    /// The reports and what is known about them.
    #[command(flatten)]
    pub input: InputArgs,
}

/// The arguments of `rapporteur watch`.
#[derive(Debug, ClapArgs)]
#[command(after_help = WATCH_EXAMPLES)]
pub struct WatchArgs {
    /// Feeds (RSS, Atom, JSON Feed) or lists of feeds (OPML): addresses or files
    #[arg(required = true, value_name = "FEED")]
    pub feeds: Vec<PathBuf>,
    /// The dossier; it is made if it is not there
    #[arg(long, value_name = "FILE")]
    pub into: PathBuf,
    /// How long to wait between two looks at a feed: 90s, 15m, 2h
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = interval)]
    pub every: std::time::Duration,
    /// Look once and stop
    #[arg(long)]
    pub once: bool,
    /// Also fetch from private and local addresses
    #[arg(long)]
    pub allow_private: bool,
}

/// The arguments of `rapporteur list`.
#[derive(Debug, ClapArgs)]
#[command(after_help = LIST_EXAMPLES)]
pub struct ListArgs {
    /// Which reports.
    #[command(flatten)]
    pub from: FromArgs,
    /// The form.
    #[command(flatten)]
    pub rows: RowArgs,
}

/// The arguments of `rapporteur show`.
#[derive(Debug, ClapArgs)]
#[command(after_help = SHOW_EXAMPLES)]
pub struct ShowArgs {
    /// The id of a report, or the first letters of it
    pub id: String,
    /// The dossier
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// What to write
    #[arg(short, long, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
    /// Write to this file instead of standard output; it is written whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// In which form a report is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// What is known about it, what changed between its versions, and its text
    Text,
    /// The same as JSON, with its passages
    Json,
    /// The original as it came in
    Original,
}

/// The arguments of `rapporteur remove`.
#[derive(Debug, ClapArgs)]
#[command(after_help = REMOVE_EXAMPLES)]
pub struct RemoveArgs {
    /// The id of a report, or the first letters of it
    pub id: String,
    /// The dossier
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// Delete it from the file, with its original; it cannot be brought back
    #[arg(long)]
    pub for_good: bool,
}

/// The arguments of `rapporteur search`.
#[derive(Debug, ClapArgs)]
#[command(after_help = SEARCH_EXAMPLES)]
pub struct SearchArgs {
    /// The words; all must stand in one place, the last may be the beginning of a word
    pub words: Vec<String>,
    /// Only what this person says
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// More words: reads well beside --by
    #[arg(long, value_name = "WORDS")]
    pub about: Option<String>,
    /// Only in reports of this day or later; one that tells no day counts from when it came in
    #[arg(long, value_name = "DATE")]
    pub since: Option<Edtf>,
    /// How many places at most
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub limit: usize,
    /// Which reports.
    #[command(flatten)]
    pub from: FromArgs,
    /// The form.
    #[command(flatten)]
    pub rows: RowArgs,
}

/// The arguments of `rapporteur statements`.
#[derive(Debug, ClapArgs)]
#[command(after_help = STATEMENTS_EXAMPLES)]
pub struct StatementsArgs {
    /// Only what this person or body says, by any part of any spelling of the name
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Which reports.
    #[command(flatten)]
    pub from: FromArgs,
    /// The form.
    #[command(flatten)]
    pub rows: RowArgs,
}

/// The arguments of `rapporteur meetings`, `differences` and `timeline`.
#[derive(Debug, ClapArgs)]
pub struct FactsArgs {
    /// Which reports.
    #[command(flatten)]
    pub from: FromArgs,
    /// The form.
    #[command(flatten)]
    pub rows: RowArgs,
}

/// The arguments of `rapporteur stories`.
#[derive(Debug, ClapArgs)]
#[command(after_help = STORIES_EXAMPLES)]
pub struct StoriesArgs {
    /// The dossier
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// Move this report by hand …
    #[arg(long = "move", value_name = "REPORT", requires = "to")]
    pub moved: Option<String>,
    /// … to this story, or to a story of its own with 'new'
    #[arg(long, value_name = "STORY", requires = "moved")]
    pub to: Option<String>,
    /// Give this story a name of your own …
    #[arg(long, value_name = "STORY", requires = "name")]
    pub rename: Option<String>,
    /// … which is this one
    #[arg(long, value_name = "NAME", requires = "rename")]
    pub name: Option<String>,
    /// The form.
    #[command(flatten)]
    pub rows: RowArgs,
}

/// The arguments of `rapporteur diff`.
#[derive(Debug, ClapArgs)]
#[command(after_help = DIFF_EXAMPLES)]
pub struct DiffArgs {
    /// Since the end of this day (by when reports were published), since this time (by when they came in), or 'last':
    /// since before the last command that brought reports in
    #[arg(long, value_name = "DATE|TIME|last")]
    pub since: String,
    /// Which reports.
    #[command(flatten)]
    pub from: FromArgs,
    /// The form.
    #[command(flatten)]
    pub rows: RowArgs,
}

/// The arguments of `rapporteur serve`.
#[derive(Debug, ClapArgs)]
#[command(after_help = SERVE_EXAMPLES)]
pub struct ServeArgs {
    /// The dossier
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// The port to listen at; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = 7070)]
    pub port: u16,
    /// The address to listen at; anything but this machine's own needs '--people' or a token
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub host: String,
    /// The address under which a proxy shows it to others; then it needs '--people' or a token too
    #[arg(long, value_name = "https://NAME")]
    pub behind: Option<String>,
    /// Who may come in, each with a token of their own, to read or to change; the names stand in the log of corrections. A file
    /// that 'rapporteur people' makes
    #[arg(long, value_name = "FILE", conflicts_with = "token")]
    pub people: Option<PathBuf>,
    /// What a visitor has to show once: 16 letters, digits, '-' and '_' at least
    #[arg(long, value_name = "TOKEN", env = "RAPPORTEUR_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// Who makes the corrections, until a form says otherwise [default: the name of the user of this machine]
    #[arg(long, value_name = "NAME", env = "RAPPORTEUR_WHO")]
    pub who: Option<String>,
    /// Fetch the addresses that are given on the page "Add reports"; else nothing is asked of the web
    #[arg(long)]
    pub fetch: bool,
    /// Fetch from addresses of your own machine and network too
    #[arg(long, requires = "fetch")]
    pub allow_private: bool,
}

/// The arguments of `rapporteur people`.
#[derive(Debug, ClapArgs)]
#[command(after_help = PEOPLE_EXAMPLES)]
pub struct PeopleArgs {
    /// What to do.
    #[command(subcommand)]
    pub what: PeopleWhat,
}

/// What is done with the list of people.
#[derive(Debug, Subcommand)]
pub enum PeopleWhat {
    /// Add somebody, and print their token: it is shown this once and kept nowhere
    Add {
        /// The name, as it is to stand in the log of corrections
        name: String,
        /// The list; it is made, for you alone, if it is not there
        #[arg(long, value_name = "FILE")]
        into: PathBuf,
        /// They may see everything, check drafts and take files along, and change nothing
        #[arg(long)]
        read_only: bool,
    },
    /// List who is in it, and what they may do
    List {
        /// The list
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
        /// The form.
        #[command(flatten)]
        rows: RowArgs,
    },
    /// Remove somebody: their token lets nobody in from now on, also where the server runs
    Remove {
        /// The name
        name: String,
        /// The list
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
}

/// The arguments of `rapporteur mcp`.
#[derive(Debug, ClapArgs)]
#[command(after_help = MCP_EXAMPLES)]
pub struct McpArgs {
    /// The dossier
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
}

/// The arguments of `rapporteur refresh`.
#[derive(Debug, ClapArgs)]
#[command(after_help = REFRESH_EXAMPLES)]
pub struct RefreshArgs {
    /// The dossier
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// Read every report anew, not only what another version has read
    #[arg(long)]
    pub all: bool,
}

/// The arguments of `rapporteur check-file`.
#[derive(Debug, ClapArgs)]
#[command(after_help = CHECK_EXAMPLES)]
pub struct CheckFileArgs {
    /// The dossier
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// The arguments of `rapporteur correct`.
#[derive(Debug, ClapArgs)]
#[command(after_help = CORRECT_EXAMPLES)]
pub struct CorrectArgs {
    /// The dossier
    #[arg(long, value_name = "FILE", global = true)]
    pub from: Option<PathBuf>,
    /// Who makes the correction [default: the name of the user of this machine]
    #[arg(long, value_name = "NAME", global = true, env = "RAPPORTEUR_WHO")]
    pub who: Option<String>,
    /// Why
    #[arg(long, value_name = "WORDS", global = true)]
    pub why: Option<String>,
    /// The report does say so, but it is not so: its words stand as its account, beside what is known. Without this, the
    /// reading was wrong: the report says something else
    #[arg(long, global = true)]
    pub report_is_wrong: bool,
    /// Facts of this story alone are meant ('rapporteur stories' lists them)
    #[arg(long, value_name = "ID", global = true)]
    pub story: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub what: CorrectWhat,
}

/// What a correction does.
#[derive(Debug, Subcommand)]
pub enum CorrectWhat {
    /// These entities are one; the first gives its name
    Merge {
        /// Ids of entities, or names as the record shows them
        #[arg(required = true, num_args = 2.., value_name = "ENTITY")]
        entities: Vec<String>,
    },
    /// Some spellings of an entity mean somebody else
    Split {
        /// The entity
        entity: String,
        /// The spellings that go to the new one; the first names it
        #[arg(required = true, value_name = "SPELLING")]
        forms: Vec<String>,
    },
    /// Somebody else said it
    Speaker {
        /// The statement, or the same words in several reports
        statement: String,
        /// Who did, or 'none' if nobody knows
        speaker: String,
    },
    /// It is of another date
    Date {
        /// A statement, meeting or position
        fact: String,
        /// 2025-11-24, 2025-11-24/2025-11-25, 2025-11, or 'none'
        date: String,
    },
    /// It stands otherwise
    Status {
        /// A meeting or an issue
        fact: String,
        /// The word for it: held, planned, denied …; open, agreed …
        status: String,
    },
    /// The finding is wrong: leave it out (with --report-is-wrong: it is not so)
    Reject {
        /// Any fact
        fact: String,
    },
    /// Add a remark
    Note {
        /// Any fact
        fact: String,
        /// The remark
        text: String,
    },
    /// List the corrections
    Log {
        /// What to write
        #[arg(short, long, value_enum, default_value_t = RowFormat::Text)]
        format: RowFormat,
    },
    /// Take a correction back
    Undo {
        /// The id of the correction, its first letters, or 'last'
        id: String,
    },
    /// Make a correction count again that was taken back
    Redo {
        /// The id of the correction, its first letters, or 'last'
        id: String,
    },
}

/// "15m" as a time.
fn interval(text: &str) -> Result<std::time::Duration, String> {
    let refusal = || format!("{text:?} is no time such as 90s, 15m or 2h");
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).ok_or_else(refusal)?);
    let number: u64 = number.parse().map_err(|_| refusal())?;
    let seconds = match unit {
        "s" => number,
        "m" | "min" => number.saturating_mul(60),
        "h" => number.saturating_mul(3600),
        _ => return Err(refusal()),
    };
    if seconds < 30 {
        return Err("a feed is looked at every 30 seconds at most".into());
    }
    Ok(std::time::Duration::from_secs(seconds))
}

const ADD_EXAMPLES: &str = "\
Examples:
  rapporteur add reports/ --into talks.dossier
  rapporteur add https://harbour-post.example/talks --into talks.dossier
  rapporteur add crawl.warc.gz wires.jsonl --into talks.dossier
  pdftotext wire.pdf - | rapporteur add - --outlet 'Tesk Herald' --published 2025-11-25 --into talks.dossier

A line is printed for each report when it is kept for certain: whatever happens after, it is there.
What is kept already is passed by; the same address with another text is a new version.";

const WATCH_EXAMPLES: &str = "\
Examples:
  rapporteur watch https://harbour-post.example/feed.xml --into talks.dossier
  rapporteur watch feeds.opml --into talks.dossier --every 1h
  rapporteur watch feeds.opml --into talks.dossier --once        from cron

A feed that fails is named and tried again the next time; the others go on. Ctrl-C stops between two reports.";

const LIST_EXAMPLES: &str = "\
Examples:
  rapporteur list --from talks.dossier
  rapporteur list --from talks.dossier --as-of 2025-11-24
  rapporteur list --from talks.dossier --format csv --out reports.csv";

const SHOW_EXAMPLES: &str = "\
Examples:
  rapporteur show r4k2 --from talks.dossier
  rapporteur show r4k2 --from talks.dossier --format original > page.html";

const REMOVE_EXAMPLES: &str = "\
Examples:
  rapporteur remove r4k2 --from talks.dossier
  rapporteur remove r4k2 --from talks.dossier --for-good

Without --for-good the report stays in the file, and adding it again brings it back.";

const SEARCH_EXAMPLES: &str = "\
Examples:
  rapporteur search night ferry --from talks.dossier
  rapporteur search '\"night ferry\"' --from talks.dossier --since 2025-11-24
  rapporteur search --by 'Ilva Marsh' --about fares --from talks.dossier";

const STATEMENTS_EXAMPLES: &str = "\
Examples:
  rapporteur statements --by marsh --from talks.dossier
  rapporteur statements --from talks.dossier --format csv --out statements.csv";

const STORIES_EXAMPLES: &str = "\
Examples:
  rapporteur stories --from talks.dossier
  rapporteur brief --from talks.dossier --story t3x9
  rapporteur stories --from talks.dossier --move r4k2 --to t3x9
  rapporteur stories --from talks.dossier --rename t3x9 --name 'The ferry talks'";

const DIFF_EXAMPLES: &str = "\
Examples:
  rapporteur diff --since 2025-11-24 --from talks.dossier
  rapporteur diff --since last --from talks.dossier
  rapporteur diff --since 2025-11-24T18:00:00Z --from talks.dossier --format json";

const SERVE_EXAMPLES: &str = "\
Examples:
  rapporteur serve --from talks.dossier
  rapporteur serve --from talks.dossier --port 0
  rapporteur people add 'Ada Marsh' --into desk.people
  rapporteur serve --from talks.dossier --host 192.168.0.7 --people desk.people
  RAPPORTEUR_TOKEN=$(openssl rand -hex 16) rapporteur serve --from talks.dossier --host 192.168.0.7

It can be read, corrected and added to from this machine alone, unless '--host' gives another address; then
every visitor shows a token once: their own with '--people', the same for all with RAPPORTEUR_TOKEN. Ctrl-C stops it. What 'add' and 'watch' bring
in meanwhile is shown at once.";

const PEOPLE_EXAMPLES: &str = "\
Examples:
  rapporteur people add 'Ada Marsh' --into desk.people
  rapporteur people add 'Front desk' --read-only --into desk.people
  rapporteur people list --from desk.people
  rapporteur people remove 'Ada Marsh' --from desk.people
  rapporteur serve --from talks.dossier --people desk.people

Somebody opens the address of the server once with '?token=' and their token after it, or gives the token in the form that is
shown there; programs send 'Authorization: Bearer TOKEN'. The file has hashes, no tokens. A change counts at once.";

const REFRESH_EXAMPLES: &str = "\
Examples:
  rapporteur refresh --from talks.dossier
  rapporteur refresh --from talks.dossier --all

What people corrected is carried over.";

const CHECK_EXAMPLES: &str = "\
Examples:
  rapporteur check-file talks.dossier

Exit code: 0 if the file is whole, 1 if something is wrong with it.";

const CORRECT_EXAMPLES: &str = "\
Examples:
  rapporteur correct merge 'Ilva Marsh' 'I. Marsh' --from talks.dossier --why 'same person'
  rapporteur correct speaker s7h2k9 'Ilva Marsh' --from talks.dossier
  rapporteur correct date m3c8 2025-11-24 --from talks.dossier
  rapporteur correct status m3c8 held --from talks.dossier
  rapporteur correct reject d9q1 --from talks.dossier --why 'two different ferries'
  rapporteur correct note m3c8 'called the port: they did meet' --from talks.dossier
  rapporteur correct date m3c8 2025-11-25 --report-is-wrong --why 'the minutes' --from talks.dossier
  rapporteur correct log --from talks.dossier
  rapporteur correct undo last --from talks.dossier

There are two kinds. Mostly the reading was wrong: the report says something else than what was found;
then all that follows from it is found anew, differences and checks among it. With --report-is-wrong, the
report says so and we know better: its words still stand as its account, and differences stay.

A correction stands beside what was found, with who made it, when and why, in every brief.
Nothing is deleted: it can be taken back. Ids are those of 'statements', 'meetings', 'differences'
and of the record; their first letters are enough.";

const MCP_EXAMPLES: &str = "\
It speaks on standard input and output, so it is not typed but named to the program that runs the assistant, for
example:
  {\"mcpServers\": {\"story\": {\"command\": \"rapporteur\", \"args\": [\"mcp\", \"--from\", \"/path/desk.dossier\"]}}}

The tools: stories, search, statements, meetings, differences, check_quote, brief, report. Nothing is written to the
dossier.";
