//! The people of a team: who may read or change a dossier, each with a token of their own.
//!
//! A file of lines: name, right (`read` or `write`) and the SHA-256 of the token, parted by tabs. Tokens are random, so their
//! hashes tell nothing; who reads the file cannot pose as anybody.

use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use crate::Error;
use crate::guard::{Secret, same};

/// Letters of a name at most.
const MAX_NAME: usize = 200;
/// Bytes of such a file at most; a line has about a hundred.
const MAX_BYTES: u64 = 1024 * 1024;

const HEAD: &str = "# Who may use a dossier through 'rapporteur serve --people THIS-FILE': name, right, SHA-256 of the token.\n\
                    # 'rapporteur people' adds and removes; a line that is deleted lets nobody in from then on.\n";

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// See everything, check drafts, take files along.
    Read,
    /// Correct, describe, star and bring in as well.
    Write,
}

impl Right {
    /// The word for it in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Right::Read => "read",
            Right::Write => "write",
        }
    }
}

/// Somebody who may use a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Person {
    /// The name that stands in the log of corrections.
    pub name: String,
    /// What they may do.
    pub right: Right,
    /// The SHA-256 of their token.
    hash: String,
}

impl Person {
    /// What tells this person from all others, and cannot be guessed.
    pub(crate) fn mark(&self) -> &str {
        &self.hash
    }

    fn line(&self) -> String {
        format!("{}\t{}\t{}\n", self.name, self.right.as_str(), self.hash)
    }
}

/// The people in a file, in its order.
///
/// # Errors
/// It cannot be read, or has a line that is none.
pub fn people(path: &Path) -> Result<Vec<Person>, Error> {
    let failure = |what: String| Error::People(path.to_owned(), what);
    let length = fs::metadata(path).map_err(|e| failure(format!("cannot be read: {e}")))?.len();
    if length > MAX_BYTES {
        return Err(failure("is too large for a list of people".into()));
    }
    let text = fs::read_to_string(path).map_err(|e| failure(format!("cannot be read: {e}")))?;
    let mut all: Vec<Person> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let person = person(line).ok_or_else(|| {
            failure(format!("line {number} is no person: name, 'read' or 'write', and a SHA-256, parted by tabs"))
        })?;
        if all.iter().any(|known| known.name == person.name) {
            return Err(failure(format!("line {number}: {:?} stands there twice", person.name)));
        }
        all.push(person);
    }
    Ok(all)
}

fn person(line: &str) -> Option<Person> {
    let mut parts = line.trim_end().split('\t');
    let (name, right, hash) = (parts.next()?, parts.next()?, parts.next()?);
    let right = [Right::Read, Right::Write].into_iter().find(|known| known.as_str() == right)?;
    let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let is_whole = parts.next().is_none() && is_hash && is_name(name);
    is_whole.then(|| Person { name: name.to_owned(), right, hash: hash.to_owned() })
}

/// Whether a name can stand in a log: on one line, with nothing that cannot be seen, and not a remark of the file.
fn is_name(name: &str) -> bool {
    let clean = rapporteur::brief::words::clean(name);
    clean == name && !name.is_empty() && !name.starts_with('#') && name.chars().count() <= MAX_NAME
}

/// Adds somebody to a file, which is made (for its owner alone) if it is not there, and gives their token: it is nowhere else.
///
/// # Errors
/// The name is taken or cannot stand in a log, or the file can be neither read nor written.
pub fn add_person(path: &Path, name: &str, right: Right) -> Result<String, Error> {
    let failure = |what: String| Error::People(path.to_owned(), what);
    if !is_name(name) {
        return Err(failure(format!("{name:?} is no name: at most {MAX_NAME} letters on one line")));
    }
    let is_new = !path.exists();
    if !is_new && people(path)?.iter().any(|known| known.name == name) {
        return Err(failure(format!("{name:?} is in it already; remove the old token first")));
    }
    let token = Secret::new()?.as_str().to_owned();
    let person = Person { name: name.to_owned(), right, hash: rapporteur::sha256(token.as_bytes()) };
    let mut options = fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let ends = is_new || fs::read(path).is_ok_and(|bytes| bytes.last().is_none_or(|last| *last == b'\n'));
    let head = if is_new { HEAD } else { "" };
    let line = format!("{head}{}{}", if ends { "" } else { "\n" }, person.line());
    // In one piece: of two who add at once, both stand there.
    let written =
        options.open(path).and_then(|mut file| file.write_all(line.as_bytes()).and_then(|()| file.sync_all()));
    written.map_err(|e| failure(format!("cannot be written: {e}")))?;
    Ok(token)
}

/// Removes somebody from a file: their token lets nobody in any more, at once.
///
/// # Errors
/// Nobody is called so, or the file can be neither read nor written.
pub fn remove_person(path: &Path, name: &str) -> Result<(), Error> {
    let failure = |what: String| Error::People(path.to_owned(), what);
    if !people(path)?.iter().any(|known| known.name == name) {
        return Err(failure(format!("nobody in it is called {name:?}")));
    }
    let text = fs::read_to_string(path).map_err(|e| failure(format!("cannot be read: {e}")))?;
    let kept = text.split_inclusive('\n').filter(|line| person(line).is_none_or(|person| person.name != name));
    let kept: String = kept.collect();
    // Another file in its place, whole or not at all, that nobody else may read even for a moment.
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = || -> std::io::Result<()> {
        let mut file = options.open(&beside)?;
        file.write_all(kept.as_bytes())?;
        let before = fs::metadata(path)?;
        // A server of another user may be the one that reads it; who may not give it to them keeps it.
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, fchown};
            let _ = fchown(&file, Some(before.uid()), Some(before.gid()));
        }
        file.set_permissions(before.permissions())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().map_err(|e| {
        let _ = fs::remove_file(&beside);
        failure(format!("cannot be written: {e}"))
    })
}

/// The people of a file as they are now: who is added or removed while the server runs counts at once.
pub(crate) struct People {
    path: PathBuf,
    known: Mutex<Known>,
}

struct Known {
    /// When the file was last changed, and its length then.
    stamp: Option<(SystemTime, u64)>,
    all: Arc<Vec<Person>>,
}

impl fmt::Debug for People {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("People").field("path", &self.path).finish_non_exhaustive()
    }
}

impl People {
    /// Reads them; there must be somebody.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let stamp = stamp(path);
        let all = people(path)?;
        if all.is_empty() {
            return Err(Error::People(path.to_owned(), "has nobody in it".into()));
        }
        Ok(People { path: path.to_owned(), known: Mutex::new(Known { stamp, all: Arc::new(all) }) })
    }

    /// Those who may come in now; nobody where the file cannot be read.
    fn now(&self) -> Arc<Vec<Person>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = stamp(&self.path);
        if stamp.is_none() || stamp != known.stamp {
            *known = Known { stamp, all: Arc::new(people(&self.path).unwrap_or_default()) };
        }
        known.all.clone()
    }

    /// Whose token this is.
    pub fn with_token(&self, token: &str) -> Option<Person> {
        let hash = rapporteur::sha256(token.as_bytes());
        self.find(|person| same(&person.hash, &hash))
    }

    /// The one of whom this is true; all are asked, so that the time says nothing of who it is.
    pub fn find(&self, is: impl Fn(&Person) -> bool) -> Option<Person> {
        self.now().iter().fold(None, |found, person| if is(person) { Some(person.clone()) } else { found })
    }
}

fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_added_and_removed_and_tokens_are_not_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("desk.people");
        let ada = add_person(&path, "Ada Marsh", Right::Write).unwrap();
        let all = People::open(&path).unwrap();
        let ben = add_person(&path, "Ben", Right::Read).unwrap();
        assert!(!fs::read_to_string(&path).unwrap().contains(&ada));
        assert_eq!(all.with_token(&ada).map(|p| (p.name, p.right)), Some(("Ada Marsh".into(), Right::Write)));
        assert_eq!(all.with_token(&ben).map(|p| p.right), Some(Right::Read), "who came later is known");
        assert!(all.with_token("").is_none() && all.with_token(&ada[1..]).is_none());
        assert!(all.with_token(&rapporteur::sha256(ada.as_bytes())).is_none(), "what stands in the file is no token");
        assert!(add_person(&path, "Ben", Right::Write).is_err() && remove_person(&path, "Cleo").is_err());
        for bad in ["", "a\tb", "a\nb", "# a", "a\u{202e}b"] {
            assert!(add_person(&path, bad, Right::Write).is_err(), "{bad:?}");
        }
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
        remove_person(&path, "Ada Marsh").unwrap();
        assert!(all.with_token(&ada).is_none() && all.with_token(&ben).is_some());
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
        fs::write(&path, "Ben\twrite\n").unwrap();
        assert!(people(&path).is_err() && all.with_token(&ben).is_none(), "nobody is let in by what makes no sense");
    }
}
