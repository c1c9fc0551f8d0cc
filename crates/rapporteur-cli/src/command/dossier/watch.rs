//! `rapporteur watch`: what feeds bring, again and again.

use crate::args::WatchArgs;
use crate::error::Failure;

/// Looks at feeds and keeps what they bring.
///
/// # Errors
/// The dossier cannot be written.
pub fn run(_args: &WatchArgs) -> Result<(), Failure> {
    Err(Failure::Usage("feeds cannot be watched yet".into(), "".into()))
}
