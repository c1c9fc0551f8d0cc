//! `rapporteur refresh`: what another version found is found anew.

use std::ops::ControlFlow;

use crate::args::RefreshArgs;
use crate::error::{self, Failure};
use crate::progress::Progress;
use crate::stop;

/// Reads anew what another version has read.
///
/// # Errors
/// The dossier cannot be read or written.
pub fn run(args: &RefreshArgs) -> Result<(), Failure> {
    stop::listen();
    let mut store = super::open(&args.from)?;
    let count = if args.all { store.dossier().count()? } else { store.old()? };
    let bar = Progress::bar("reading anew", count);
    let done = store.refresh(args.all, &mut |done, _| {
        bar.at(done);
        if stop::asked() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    drop(bar);
    let stopped = if done.stopped { "; stopped, run it again for the rest" } else { "" };
    let damaged = match done.damaged {
        0 => String::new(),
        n => format!(", {n} damaged ('rapporteur check-file' names them; adding them again mends them)"),
    };
    let missing = match done.missing {
        None => String::new(),
        Some(0) => ", all counted anew".to_owned(),
        Some(n) => format!(", {n} lost for good and no longer missed"),
    };
    error::eprint(&format!("{} read anew, {} up to date{damaged}{missing}{stopped}\n", done.read, done.current));
    if done.stopped { Err(Failure::Interrupted) } else { Ok(()) }
}
