//! A dossier as tools for assistants: what they answer with is cited, and what they quote can be checked.
//!
//! A Model Context Protocol server on standard input and output (<https://modelcontextprotocol.io/specification>): the
//! program that runs an assistant starts it, asks which tools there are, and calls them. Every fact that a tool gives
//! carries the report, the place in code points and the exact words. Nothing is ever written to the dossier.
//!
//! - `ask` is what a tool can be asked, with the words that an assistant reads about it;
//! - `tools` are the tools, `lists` what some of them list, `pages` cuts a brief into pieces;
//! - `answer` makes cited JSON of facts.

mod answer;
mod ask;
mod lists;
mod pages;
mod tools;

use std::path::Path;

use rmcp::ServiceExt;

use tools::Tools;

/// Why serving ended before the client did.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The dossier cannot be read.
    #[error(transparent)]
    Dossier(#[from] rapporteur::Error),
    /// Standard input or output failed.
    #[error("cannot speak on standard input and output: {0}")]
    Speech(#[from] std::io::Error),
    /// What came in was no Model Context Protocol.
    #[error("the other side does not speak the Model Context Protocol: {0}")]
    Protocol(String),
}

/// Serves a dossier on standard input and output until the client closes them.
///
/// Standard output belongs to the protocol: the caller must write nothing else there.
///
/// # Errors
/// The dossier cannot be read, or the other side does not speak the protocol.
pub fn serve(dossier: &Path) -> Result<(), Error> {
    let tools = Tools::open(dossier)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let service = tools.serve(rmcp::transport::stdio()).await.map_err(|e| Error::Protocol(e.to_string()))?;
        service.waiting().await.map_err(|e| Error::Protocol(e.to_string()))?;
        Ok(())
    })
}
