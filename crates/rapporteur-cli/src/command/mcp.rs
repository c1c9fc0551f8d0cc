//! `rapporteur mcp`: a dossier as tools for an assistant.

use std::io::IsTerminal;

use rapporteur_mcp::Error;

use crate::args::McpArgs;
use crate::error::{self, Failure};

/// Serves until the other side closes standard input.
///
/// # Errors
/// The dossier cannot be read, or the other side does not speak the protocol.
pub fn run(args: &McpArgs) -> Result<(), Failure> {
    if std::io::stdin().is_terminal() {
        // Who types it by hand would wait for ever.
        error::eprint(
            "waiting for a program that runs an assistant; 'rapporteur mcp --help' shows how to name this to it\n",
        );
    }
    rapporteur_mcp::serve(&args.from).map_err(|error| match error {
        Error::Dossier(error) => error.into(),
        other => Failure::Usage(
            other.to_string(),
            "'rapporteur mcp' is started by the program that runs an assistant; 'rapporteur mcp --help' shows how"
                .into(),
        ),
    })
}
