//! The command `rapporteur`: reports in, a cited brief or the record out.
//!
//! It reads arguments ([`args`]), does one command ([`command`]) and says plainly what went wrong ([`error`]). All
//! else is done by the crate `rapporteur`.

use std::process::ExitCode;

use clap::Parser;

mod args;
mod clock;
mod command;
mod error;
mod output;
mod progress;
mod stop;
mod terminal;

fn main() -> ExitCode {
    let args = args::Args::parse();
    match command::run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
