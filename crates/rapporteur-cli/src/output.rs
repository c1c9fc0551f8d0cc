//! Where results go: standard output, or a file that is written whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

use rapporteur::export::File;

use crate::error::Failure;
use crate::{inputs, stop};

/// Whether a result can go to this file, asked before the work for it is done; `named` are the inputs as they were named. What
/// is in folders among them is looked at when the result is written.
///
/// # Errors
/// The place cannot be written, or is one of these inputs.
pub fn ready(out: Option<&Path>, named: &[PathBuf]) -> Result<(), Failure> {
    let Some(path) = out.filter(|path| *path != Path::new("-")) else { return Ok(()) };
    let files: Vec<PathBuf> = named.iter().filter(|path| path.is_file()).cloned().collect();
    inputs::note(&files, &[]);
    inputs::spare(path)?;
    room(path).map_err(|e| Failure::Output(path.to_owned(), e))
}

/// Whether a file can be put where this one is to be: another one is made beside it, and gone again.
fn room(path: &Path) -> std::io::Result<()> {
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match std::fs::metadata(&target) {
        Ok(old) if old.is_dir() => Err(std::io::ErrorKind::IsADirectory.into()),
        Ok(old) if !old.is_file() => Ok(()),
        _ => half_file(folder_of(&target)).map(drop),
    }
}

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
    let mut file = half_file(folder_of(&target))?;
    file.write_all(bytes)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    Ok(Some((file, target)))
}

/// The folder that a file is in.
fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// An empty file in this folder, which no signal leaves there.
fn half_file(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rapporteur-");
    // The umask takes from these what the user wants taken.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut half = stop::half();
    let file = builder.tempfile_in(folder)?;
    half.push(file.path().to_owned());
    Ok(file)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails says so by panicking")]

    use super::*;

    #[test]
    fn a_signal_takes_half_files_away_and_leaves_the_old_ones() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("brief.txt");
        std::fs::write(&path, "as it was").unwrap();
        let names = || std::fs::read_dir(dir.path()).unwrap().count();
        // Written, and not yet put in its place: what the handler does when a signal comes then.
        let (file, target) = prepare(&path, b"as it will be").unwrap().unwrap();
        assert_eq!((names(), target.file_name()), (2, path.file_name()));
        let mut half = stop::half();
        let own = |half: &PathBuf| half.starts_with(file.path().parent().unwrap());
        assert_eq!(half.iter().filter(|half| own(half)).collect::<Vec<_>>(), [file.path()]);
        stop::take_away(&half);
        half.clear();
        drop(half);
        assert_eq!((names(), std::fs::read_to_string(&path).unwrap().as_str()), (1, "as it was"));
        assert!(file.persist(&target).is_err());
    }
}
