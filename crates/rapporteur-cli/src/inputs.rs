//! What a command reads, so that it does not write over it.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::error::{self, Failure};

static READ: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Notes inputs as they were named; of a folder all that is in it, but what was skipped. What is known of `NAME.txt` in
/// `NAME.json` is an input as well.
pub fn note(inputs: &[PathBuf], skipped: &[PathBuf]) {
    let skipped: BTreeSet<&PathBuf> = skipped.iter().collect();
    let mut all = READ.lock().unwrap_or_else(PoisonError::into_inner);
    for input in inputs {
        match input.is_dir() {
            true => all.extend(inside(input, &skipped, 0)),
            false => all.extend([input.clone(), input.with_extension("json")]),
        }
    }
}

/// The files in a folder and in those inside it, but what was skipped.
fn inside(folder: &Path, skipped: &BTreeSet<&PathBuf>, depth: usize) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if skipped.contains(&path) {
            continue;
        }
        match path.is_dir() && !path.is_symlink() {
            true if hidden || depth > rapporteur::source::limits::MAX_FOLDER_DEPTH => {}
            true => files.append(&mut inside(&path, skipped, depth + 1)),
            false => files.push(path),
        }
    }
    files
}

/// Notes a dossier, and the files that SQLite keeps beside it.
pub fn note_dossier(path: &Path) {
    let beside = |ending: &str| {
        let mut name: OsString = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let mut all = READ.lock().unwrap_or_else(PoisonError::into_inner);
    all.extend([path.to_owned(), beside("-wal"), beside("-shm"), beside("-journal")]);
}

/// Refuses to write to one of the inputs, by whatever name: links of both kinds lead to the same file.
///
/// # Errors
/// The file is an input.
pub fn spare(out: &Path) -> Result<(), Failure> {
    let Some(target) = identity(out) else { return Ok(()) };
    let all = READ.lock().unwrap_or_else(PoisonError::into_inner);
    match all.iter().find(|input| identity(input).is_some_and(|id| id == target)) {
        None => Ok(()),
        Some(input) => {
            let (out, input) = (error::printable(out), error::printable(input));
            let which = if out == input { "one of the inputs".to_owned() } else { format!("the input {input}") };
            Err(Failure::Usage(
                format!("{out} is {which}; it was not changed"),
                "name another file after '--out'".into(),
            ))
        }
    }
}

/// What a file is, whatever it is called; of what is no file, nothing.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let about = std::fs::metadata(path).ok()?;
    about.is_file().then(|| (about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(path).ok().filter(|p| p.is_file())
}
