//! `rapporteur man`: the manual page of the program or of one command.

use std::path::PathBuf;

use clap::CommandFactory;

use crate::args::Args;
use crate::error::Failure;
use crate::output;

/// Prints a manual page.
///
/// # Errors
/// There is no such command, or the page cannot be written.
pub fn run(command: Option<&str>) -> Result<(), Failure> {
    let mut all = Args::command();
    all.build();
    let page = match command {
        None => all,
        // Building has named it "rapporteur-brief", as the pages of commands are called.
        Some(name) => all.find_subcommand(name).ok_or_else(|| Failure::NoSuchPage(name.into()))?.clone(),
    };
    let mut roff = Vec::new();
    let drawn = clap_mangen::Man::new(page).render(&mut roff);
    drawn.map_err(|e| Failure::Output(PathBuf::from("the manual page"), e))?;
    output::write(&String::from_utf8_lossy(&roff), None)
}
