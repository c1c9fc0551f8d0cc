//! The commands that keep reports over time, a file each, and what they share.

pub mod add;
pub mod check_file;
pub mod correct;
pub mod diff;
pub mod facts;
pub mod list;
pub mod refresh;
pub mod remove;
pub mod search;
pub mod show;
pub mod stories;
#[cfg(feature = "feeds")]
pub mod watch;

use rapporteur::ask::Answer;
use rapporteur::brief::list::List;
use rapporteur::dossier::Scope;
use rapporteur::{Change, CheckContext, LeftOut, Record, Report, Store};

use crate::args::{FromArgs, RowArgs, RowFormat, ScopeArgs};
use crate::error::{self, Failure, Severity};
use crate::{inputs, output, terminal};

/// Opens a dossier that is there; no result is written over it.
///
/// # Errors
/// There is none, or it cannot be used.
pub fn open(path: &std::path::Path) -> Result<Store, Failure> {
    inputs::note_dossier(path);
    Ok(Store::open(path)?)
}

/// The record of what is meant of a dossier.
///
/// # Errors
/// The dossier cannot be read, or has no such story.
pub fn record(from: &FromArgs) -> Result<Record, Failure> {
    Ok(record_of(from)?.0)
}

/// The record of what is meant of a dossier, and the reports it is of.
///
/// # Errors
/// The dossier cannot be read, or has no such story.
pub fn record_of(from: &FromArgs) -> Result<(Record, Vec<Report>), Failure> {
    let mut store = open(&from.from)?;
    let scope = scope(&store, &from.scope)?;
    advise(&store, &scope)?;
    let (record, reports) = store.record_of(&scope)?;
    say_left_out(&record.left_out);
    super::say_cut(&record);
    Ok((record, reports))
}

/// Says on standard error what is damaged and was left out.
pub fn say_left_out(left_out: &[LeftOut]) {
    for one in left_out {
        let mends = if one.report.is_some() { "; adding it again mends it" } else { "" };
        error::general(Severity::Warning, &format!("left out: {one}{mends}"));
    }
}

/// The record of what is meant of a dossier, and what changed in it since then.
///
/// # Errors
/// The dossier cannot be read, or the time makes no sense.
pub fn record_since(from: &FromArgs, since: &str) -> Result<(Record, Vec<Change>), Failure> {
    let mut store = open(&from.from)?;
    let scope = scope(&store, &from.scope)?;
    advise(&store, &scope)?;
    let (record, changes) = diff::since(&mut store, &scope, since)?;
    say_left_out(&record.left_out);
    super::say_cut(&record);
    Ok((record, changes))
}

/// Asks what is meant of a dossier.
///
/// # Errors
/// The dossier cannot be read, or has no such story.
pub fn ask(from: &FromArgs, question: &str, most: usize) -> Result<Answer, Failure> {
    let mut store = open(&from.from)?;
    let scope = scope(&store, &from.scope)?;
    advise(&store, &scope)?;
    let context = store.check_context(&scope)?;
    say_left_out(&context.record().left_out);
    Ok(context.ask(question, most))
}

/// Checks a draft against what is meant of a dossier.
///
/// # Errors
/// The dossier cannot be read, or has no such story.
pub fn check_context(from: &FromArgs) -> Result<CheckContext, Failure> {
    let mut store = open(&from.from)?;
    let scope = scope(&store, &from.scope)?;
    advise(&store, &scope)?;
    let context = store.check_context(&scope)?;
    say_left_out(&context.record().left_out);
    Ok(context)
}

/// What is meant of a dossier.
///
/// # Errors
/// There is no such story.
pub fn scope(store: &Store, args: &ScopeArgs) -> Result<Scope, Failure> {
    let story = args.story.as_deref().map(|id| store.dossier().story(id)).transpose()?;
    Ok(Scope { story, as_of: args.as_of.map(|d| d.last_day()), before_run: None })
}

/// Says what a reader of the whole might not expect: that it is of many stories, or found by another version.
fn advise(store: &Store, scope: &Scope) -> Result<(), Failure> {
    if scope.story.is_none() {
        let stories = store.dossier().stories()?;
        if stories.len() > 1 && stories.iter().filter(|s| s.articles > 1).count() > 1 {
            let what = format!(
                "{} holds {} stories, told here as one; 'rapporteur stories' lists them, '--story ID' picks one",
                error::printable(store.dossier().path()),
                stories.len()
            );
            error::general(Severity::Note, &what);
        }
    }
    let old = store.old()?;
    if old > 0 {
        let what = format!("{old} of its reports were read by another version; 'rapporteur refresh' reads them anew");
        error::general(Severity::Note, &what);
    }
    Ok(())
}

/// Writes a list in the form asked for.
///
/// # Errors
/// It cannot be written.
pub fn write(list: &List, rows: &RowArgs) -> Result<(), Failure> {
    let text = match rows.format {
        RowFormat::Text => list.text(terminal::columns()),
        RowFormat::Json => super::json(&list.json())?,
        RowFormat::Csv => list.csv(),
    };
    output::write(&text, rows.out.as_deref())
}
