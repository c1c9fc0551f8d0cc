//! Where results go: standard output, or a file that is written whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

use rapporteur::export::File;

use crate::error::Failure;
use crate::{inputs, stop};

/// Writes a result to this file, or to standard output where there is none.
///
/// # Errors
/// The place cannot be written, or is an input. A file that was there before is then unchanged.
pub fn write(text: &str, out: Option<&Path>) -> Result<(), Failure> {
    write_bytes(text.as_bytes(), out)
}

/// As [`write()`], for what need not be text.
///
/// # Errors
/// The place cannot be written, or is an input. A file that was there before is then unchanged.
pub fn write_bytes(bytes: &[u8], out: Option<&Path>) -> Result<(), Failure> {
    match out {
        Some(path) if path != Path::new("-") => {
            inputs::spare(path)?;
            replace(path, bytes).map_err(|e| Failure::Output(path.to_owned(), e))
        }
        _ => {
            let mut stdout = std::io::stdout().lock();
            let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
            written.map_err(|e| Failure::Output(PathBuf::from("standard output"), e))
        }
    }
}

/// Writes files to a folder, which is made if it is not there. Other files in it stay as they are.
///
/// All are written beside their places first and put there when the last of them is whole, so a full disk leaves the old
/// ones as they were.
///
/// # Errors
/// The folder or one of the files cannot be written.
pub fn write_files(folder: &Path, files: &[File]) -> Result<(), Failure> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |e| Failure::Output(path, e)
    };
    files.iter().try_for_each(|file| inputs::spare(&folder.join(&file.name)))?;
    std::fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut ready = Vec::with_capacity(files.len());
    for file in files {
        let path = folder.join(&file.name);
        ready.push((prepare(&path, &file.bytes).map_err(failed(&path))?, path));
    }
    // All or none: no signal comes in between.
    let mut half = stop::half();
    for (file, path) in ready {
        if let Some((file, target)) = file {
            file.persist(&target).map_err(|e| failed(&path)(e.error))?;
        }
    }
    half.clear();
    Ok(())
}

/// Writes a file beside the one meant and puts it in its place when it is whole.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some((file, target)) = prepare(path, bytes)? {
        let mut half = stop::half();
        file.persist(&target).map_err(|e| e.error)?;
        half.clear();
    }
    Ok(())
}

/// Writes a file beside the one meant, and says which it is to replace; what cannot be replaced is written at once.
fn prepare(path: &Path, bytes: &[u8]) -> std::io::Result<Option<(tempfile::NamedTempFile, PathBuf)>> {
    // A link is followed, so that the file it names is replaced and not the link.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = std::fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|m| !m.is_file() && !m.is_dir()) {
        // A pipe or a device cannot be replaced.
        return std::fs::OpenOptions::new().write(true).open(&target)?.write_all(bytes).map(|()| None);
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
    let mut file = {
        let mut half = stop::half();
        let file = builder.tempfile_in(folder)?;
        half.push(file.path().to_owned());
        file
    };
    file.write_all(bytes)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    Ok(Some((file, target)))
}
