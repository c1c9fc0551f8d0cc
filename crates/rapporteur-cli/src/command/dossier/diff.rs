//! `rapporteur diff`: what is new, changed, withdrawn or newly contradicted.

use jiff::civil::Date;
use rapporteur::brief::sheet;
use rapporteur::dossier::Scope;
use rapporteur::{Change, Edtf, Keeper, Record};

use crate::args::DiffArgs;
use crate::error::Failure;

/// Tells what changed.
///
/// # Errors
/// The dossier cannot be read, or the time makes no sense.
pub fn run(args: &DiffArgs) -> Result<(), Failure> {
    let mut keeper = Keeper::open(&args.from.from)?;
    let scope = super::scope(&keeper, &args.from.scope)?;
    let (_, changes) = since(&mut keeper, &scope, &args.since)?;
    super::write(&sheet::changes(&changes), &args.rows)
}

/// The record of a scope, and what changed in it since a day, a time, or the last command that brought reports in.
///
/// # Errors
/// The dossier cannot be read, or the time makes no sense.
pub fn since(keeper: &mut Keeper, scope: &Scope, since: &str) -> Result<(Record, Vec<Change>), Failure> {
    let earlier = earlier(keeper, scope, since)?;
    let after = keeper.record(scope)?;
    let changes = keeper.changes(&earlier, &after)?;
    Ok((after, changes))
}

/// What was known then.
fn earlier(keeper: &Keeper, scope: &Scope, since: &str) -> Result<Scope, Failure> {
    let mut earlier = scope.clone();
    if since == "last" {
        earlier.before_run = Some(keeper.dossier().runs()?.last().map_or(0, |run| run.id));
        return Ok(earlier);
    }
    if let Ok(time) = since.parse::<jiff::Timestamp>() {
        let time = time.round(jiff::Unit::Second).unwrap_or(time).to_string();
        // Nothing came in since then: everything was known.
        earlier.before_run = keeper.dossier().first_run_since(&time)?;
        return Ok(earlier);
    }
    let day: Option<Date> = since.parse::<Edtf>().ok().map(Edtf::last_day);
    match day {
        Some(day) => {
            earlier.as_of = Some(scope.as_of.map_or(day, |d| d.min(day)));
            Ok(earlier)
        }
        None => Err(Failure::Usage(
            format!("{since:?} is neither a day (2025-11-24), nor a time (2025-11-24T18:00:00Z), nor 'last'"),
            "a day is compared by when reports were published, a time by when they came in".into(),
        )),
    }
}
