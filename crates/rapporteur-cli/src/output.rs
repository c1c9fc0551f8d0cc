//! Where results go: standard output, or a file that is written whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::Failure;

/// Writes a result to this file, or to standard output where there is none.
///
/// # Errors
/// The place cannot be written. A file that was there before is then unchanged.
pub fn write(text: &str, out: Option<&Path>) -> Result<(), Failure> {
    match out {
        Some(path) if path != Path::new("-") => replace(path, text).map_err(|e| Failure::Output(path.to_owned(), e)),
        _ => {
            let mut stdout = std::io::stdout().lock();
            let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
            written.map_err(|e| Failure::Output(PathBuf::from("standard output"), e))
        }
    }
}

/// Writes a file beside the one meant and puts it in its place when it is whole.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    // A link is followed, so that the file it names is replaced and not the link.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = std::fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|m| !m.is_file() && !m.is_dir()) {
        // A pipe or a device cannot be replaced.
        return std::fs::OpenOptions::new().write(true).open(&target)?.write_all(text.as_bytes());
    }
    if old.as_ref().is_some_and(std::fs::Metadata::is_dir) {
        return Err(std::io::ErrorKind::IsADirectory.into());
    }
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rapporteur-");
    // The umask takes from these what the user wants taken.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|e| e.error)?;
    Ok(())
}
