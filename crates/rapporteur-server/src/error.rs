//! Why the pages cannot be served at all.

use std::net::SocketAddr;

/// The server cannot begin, or go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Others than this machine could read and correct everything.
    #[error("{0} can be reached from other machines, or through a proxy, and nobody is asked for a token")]
    NoToken(SocketAddr),
    /// A token that can be guessed or sent in no address.
    #[error("a token has 16 characters at least, of letters, digits, '-' and '_'")]
    WeakToken,
    /// What a proxy is said to call it is no address.
    #[error("{0:?} is no address such as https://desk.example")]
    Behind(String),
    /// The list of people makes no sense, or cannot be used.
    #[error("{path}: {1}", path = .0.display())]
    People(std::path::PathBuf, String),
    /// The dossier cannot be read.
    #[error(transparent)]
    Dossier(#[from] rapporteur::Error),
    /// The address cannot be listened at.
    #[error("cannot listen at {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The system refuses a thread, or random numbers.
    #[error("cannot start: {0}")]
    Start(std::io::Error),
}
