//! `rapporteur completions`: what a shell needs to finish a half-typed command.

use clap::CommandFactory;

use crate::args::Args;
use crate::error::Failure;
use crate::output;

/// Prints the completions for a shell.
///
/// # Errors
/// They cannot be written.
pub fn run(shell: clap_complete::Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "rapporteur", &mut script);
    output::write(&String::from_utf8_lossy(&script), None)
}
