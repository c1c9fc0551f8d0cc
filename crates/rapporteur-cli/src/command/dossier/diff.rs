//! `rapporteur diff`: what is new, changed, withdrawn or newly contradicted.

use rapporteur::brief::list;
use rapporteur::dossier::Scope;
use rapporteur::{Change, Record, Store};

use crate::args::DiffArgs;
use crate::error::Failure;

/// Tells what changed.
///
/// # Errors
/// The dossier cannot be read, or the time makes no sense.
pub fn run(args: &DiffArgs) -> Result<(), Failure> {
    let mut store = super::open(&args.from.from)?;
    let scope = super::scope(&store, &args.from.scope)?;
    let (record, changes) = since(&mut store, &scope, &args.since)?;
    super::say_left_out(&record.left_out);
    super::write(&list::changes(&changes), &args.rows)
}

/// The record of a scope, and what changed in it since a day, a time, or the last command that brought reports in.
///
/// # Errors
/// The dossier cannot be read, or the time makes no sense.
pub fn since(store: &mut Store, scope: &Scope, since: &str) -> Result<(Record, Vec<Change>), Failure> {
    let Some(earlier) = store.earlier(scope, since)? else {
        return Err(Failure::Usage(
            format!("{since:?} is neither a day (2025-11-24), nor a time (2025-11-24T18:00:00Z), nor 'last'"),
            "a day is compared by when reports were published, a time by when they came in".into(),
        ));
    };
    let after = store.record(scope)?;
    let changes = store.changes(&earlier, &after)?;
    Ok((after, changes))
}
