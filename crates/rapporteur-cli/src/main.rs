//! The command `rapporteur`: reports in, a cited brief or the record out.
//!
//! It reads arguments ([`args`]), does one command ([`command`]) and says plainly what went wrong ([`error`]). All
//! else is done by the crate `rapporteur`.

use std::process::ExitCode;

use clap::Parser;
use rapporteur::language::Level;

mod args;
mod clock;
mod command;
mod error;
mod inputs;
mod output;
mod progress;
mod stop;
mod terminal;

use error::Failure;

fn main() -> ExitCode {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => return args::refuse(&error),
    };
    stop::install();
    if args.quick {
        rapporteur::read_quickly();
    }
    match choose_kernels().and_then(|()| command::run(args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// Takes the kernels that `RAPPORTEUR_KERNEL` names, for measurements and comparisons; where it names none, the fastest are taken.
fn choose_kernels() -> Result<(), Failure> {
    let Some(name) = std::env::var_os("RAPPORTEUR_KERNEL").filter(|name| !name.is_empty()) else {
        return Ok(());
    };
    Level::named(&name.to_string_lossy()).and_then(Level::choose).map_err(|e| {
        let help = "set RAPPORTEUR_KERNEL to one that there is, or leave it out: the fastest is taken then";
        Failure::Usage(format!("RAPPORTEUR_KERNEL: {e}"), help.into())
    })
}
