//! Opens files so that none can hang a command or lead it astray.
//!
//! What a user names is opened as it is: a shell names pipes (`<(…)`, `/dev/fd/63`), and who names a pipe waits for it. What
//! is only met in a folder must be an ordinary file, in that folder or, where links are followed, wherever a link leads. That
//! is asked of the opened file itself, so it cannot be another one by then.

use std::fs::{self, File, FileType, Metadata};
use std::path::{Path, PathBuf};

use crate::ErrorKind;

/// What an entry of a folder is, links followed; nothing is opened for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Folder,
    /// A file, something else, or a link that leads nowhere: what it is is told when it is opened.
    Other,
}

impl Entry {
    pub(crate) fn of(path: &Path) -> Entry {
        if path.is_dir() { Entry::Folder } else { Entry::Other }
    }
}

/// Opens what a user named, and gives its length.
pub(crate) fn open_named(path: &Path) -> Result<(File, u64), ErrorKind> {
    let file = File::open(path).map_err(ErrorKind::io)?;
    let length = file.metadata().map_err(ErrorKind::io)?.len();
    Ok((file, length))
}

/// Opens an ordinary file that was met in a folder, and gives its length.
///
/// # Errors
/// It is a pipe, a device or a socket; or a link out of the folder, where links are not followed.
pub(crate) fn open_met(path: &Path, folder: &Path, follow_links: bool) -> Result<(File, u64), ErrorKind> {
    let itself = fs::symlink_metadata(path).map_err(ErrorKind::io)?;
    let target = match itself.is_symlink() {
        true => target(path, folder, follow_links)?,
        false => path.to_owned(),
    };
    // To open a device may do something (a tape winds back), so it is looked at before as well.
    ordinary(&fs::symlink_metadata(&target).map_err(ErrorKind::io)?)?;
    let file = open_waiting_for_nobody(&target).map_err(ErrorKind::io)?;
    let opened = file.metadata().map_err(ErrorKind::io)?;
    ordinary(&opened)?;
    Ok((file, opened.len()))
}

/// Where a link leads in the end, if it may be followed.
fn target(path: &Path, folder: &Path, follow_links: bool) -> Result<PathBuf, ErrorKind> {
    let target = fs::canonicalize(path).map_err(ErrorKind::io)?;
    let inside = fs::canonicalize(folder).is_ok_and(|folder| target.starts_with(folder));
    if inside || follow_links { Ok(target) } else { Err(ErrorKind::LinkOutside(target)) }
}

fn ordinary(metadata: &Metadata) -> Result<(), ErrorKind> {
    if metadata.is_file() { Ok(()) } else { Err(ErrorKind::NoFile(name(metadata.file_type()))) }
}

/// What something that is no ordinary file is called.
#[cfg(unix)]
fn name(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "a pipe (FIFO)"
    } else if kind.is_socket() {
        "a socket"
    } else if kind.is_block_device() || kind.is_char_device() {
        "a device"
    } else if kind.is_dir() {
        "a folder"
    } else {
        "no ordinary file"
    }
}

#[cfg(not(unix))]
fn name(kind: FileType) -> &'static str {
    if kind.is_dir() { "a folder" } else { "no ordinary file" }
}

/// Opens a file for reading. Should a pipe be there by now, nobody is waited for; should a link, it is not followed.
#[cfg(unix)]
fn open_waiting_for_nobody(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOFOLLOW | libc::O_NOCTTY).open(path)
}

#[cfg(not(unix))]
fn open_waiting_for_nobody(path: &Path) -> std::io::Result<File> {
    File::open(path)
}
