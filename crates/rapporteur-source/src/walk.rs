//! The files behind a folder: those in it and in the folders inside it, in name order.

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::input::Entry;
use crate::limits::MAX_FOLDER_DEPTH;
use crate::read::{Item, Reader, Skipped};
use crate::{ErrorKind, format};

/// Folders that programs make for themselves.
// not words: names of folders
const OF_PROGRAMS: &[&str] = &[
    "target",
    "node_modules",
    "__pycache__",
    "__MACOSX",
    "venv",
    "build",
    "dist",
    "$RECYCLE.BIN",
    "System Volume Information",
];

/// Files that tell of the folder they lie in, without their endings, in lower case.
// not words: names of files
const OF_THE_FOLDER: &[&str] = &["readme", "license", "licence", "copying", "changelog", "notice", "thumbs", "desktop"];

/// What a walk has met.
#[derive(Default)]
struct Walk {
    files: Vec<PathBuf>,
    /// Folders that were entered, by where they truly are: a link must not lead round in a circle.
    entered: BTreeSet<PathBuf>,
}

impl Reader<'_, '_, '_> {
    /// The files that a path stands for.
    pub(crate) fn files(&mut self, path: &Path) -> ControlFlow<(), Vec<PathBuf>> {
        if !path.is_dir() {
            return ControlFlow::Continue(vec![path.to_owned()]);
        }
        let mut walk = Walk::default();
        let read = self.enter(path, 0, &mut walk)?;
        if walk.files.is_empty() && read {
            self.failed(path, ErrorKind::NoReports)?;
        }
        ControlFlow::Continue(walk.files)
    }

    /// Looks at what is in a folder; false where that cannot be done, which is told.
    fn enter(&mut self, folder: &Path, depth: usize, walk: &mut Walk) -> ControlFlow<(), bool> {
        if !walk.entered.insert(fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned())) {
            return ControlFlow::Continue(true);
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) => {
                self.failed(folder, ErrorKind::io(e))?;
                return ControlFlow::Continue(false);
            }
        };
        let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        inside.sort();
        let all: BTreeSet<&PathBuf> = inside.iter().collect();
        let is_sidecar = |path: &Path| {
            let beside = || format::ARTICLES.iter().any(|ending| all.contains(&path.with_extension(ending)));
            path.extension().is_some_and(|ending| ending == "json") && beside()
        };
        for path in &inside {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            // What is hidden is nobody's report; "~$" is what Word leaves while it has a file open.
            if name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') || is_sidecar(path) {
                continue;
            }
            match Entry::of(path) {
                Entry::Folder => self.folder(path, &name, depth, walk)?,
                _ if format::is_input(&name) => walk.files.push(path.clone()),
                _ => {
                    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
                    let (ending, _) = format::ending(&name);
                    let (why, matters) = match stem.as_str() {
                        // A dossier lies beside its reports as often as not, with what SQLite keeps beside it while it is open.
                        _ if ending.starts_with("dossier") => ("a dossier; '--from FILE' reads one", false),
                        stem if OF_THE_FOLDER.contains(&stem) => ("it tells of the folder", false),
                        _ => (format::why_not(&ending), true),
                    };
                    self.leave(path, why, matters)?;
                }
            }
        }
        ControlFlow::Continue(true)
    }

    fn folder(&mut self, path: &Path, name: &str, depth: usize, walk: &mut Walk) -> ControlFlow<()> {
        let is_link = fs::symlink_metadata(path).is_ok_and(|m| m.is_symlink());
        if OF_PROGRAMS.contains(&name) {
            self.leave(path, "a folder of programs", false)
        } else if self.options.flat {
            self.leave(path, "a folder inside a folder", false)
        } else if is_link && !self.options.follow_links {
            self.leave(path, "a link to a folder; '--follow-links' reads it", true)
        } else if depth >= MAX_FOLDER_DEPTH {
            self.leave(path, "it lies too deep inside other folders", true)
        } else {
            self.enter(path, depth + 1, walk).map_continue(|_| ())
        }
    }

    fn leave(&mut self, path: &Path, why: &str, matters: bool) -> ControlFlow<()> {
        (self.sink)(Item::Skipped(Skipped { path: path.to_owned(), why: why.into(), matters }))
    }
}
