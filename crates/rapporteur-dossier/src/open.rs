//! Opening and making a dossier, and bringing an old one to the present form.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rapporteur_schema::ErrorKind;
use rusqlite::{Connection, MAIN_DB, OpenFlags, Transaction, TransactionBehavior};

use crate::Error;
use crate::error::Cause;
use crate::migrate::{self, FORMS};

/// Marks a SQLite file as a dossier: "RAPP" (see `application_id` in SQLite's file format).
const APPLICATION: i64 = 0x5241_5050;

/// How long to wait for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(30);

/// One SQLite file that keeps reports, what was found in them, and what people corrected.
///
/// Several processes may use one file at once: readers never wait, writers wait for each other.
#[derive(Debug)]
pub struct Dossier {
    pub(crate) path: PathBuf,
    pub(crate) connection: Connection,
    read_only: bool,
}

impl Dossier {
    /// Opens a dossier that is there; where file or folder may not be written, [to be read](Dossier::open_to_read) alone.
    ///
    /// # Errors
    /// There is none, the file is something else or has something foreign in it, or a newer version wrote it.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if !path.is_file() {
            return Err(Error::new(path, Cause::NotFound));
        }
        let opened = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE);
        match opened {
            Err(e) if matches!(e.kind(), ErrorKind::CannotOpen | ErrorKind::ReadOnly) => {
                // Why it cannot even be read says more than why it cannot be written.
                Self::open_to_read(path).map_err(|second| if second.is_log_beside() { second } else { e })
            }
            opened => opened,
        }
    }

    /// Opens a dossier that is there to be read alone: nothing is written beside it either, so its folder need not allow
    /// that. An older form is read through a copy in memory.
    ///
    /// # Errors
    /// As [`Dossier::open`].
    pub fn open_to_read(path: &Path) -> Result<Self, Error> {
        if !path.is_file() {
            return Err(Error::new(path, Cause::NotFound));
        }
        let first = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY);
        match first {
            // What SQLite needs beside the file cannot be made: without a log of late changes there, it is not needed.
            Err(e) if matches!(e.kind(), ErrorKind::CannotOpen | ErrorKind::ReadOnly) => {
                let mut log = path.as_os_str().to_owned();
                log.push("-wal");
                if std::fs::metadata(log).is_ok_and(|log| log.len() > 0) {
                    return Err(Error::new(path, Cause::LogBeside));
                }
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                let connection = Connection::open_with_flags(unchanging(path), flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
                Self::over(path, connection.map_err(|e| Error::new(path, e))?)
            }
            first => first,
        }
    }

    /// Opens a dossier, and makes an empty one where there is none.
    ///
    /// # Errors
    /// It can be neither opened nor made, or not be written.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let dossier = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        if dossier.read_only {
            return Err(Error::new(path, Cause::ReadOnly));
        }
        Ok(dossier)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether nothing can be written to it.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, Error> {
        let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(|e| Error::new(path, e))?;
        Self::over(path, connection)
    }

    fn over(path: &Path, connection: Connection) -> Result<Self, Error> {
        let mut dossier = Dossier { path: path.to_owned(), connection, read_only: false };
        dossier.prepare().map_err(|kind| Error::new(path, kind))?;
        Ok(dossier)
    }

    fn prepare(&mut self) -> Result<(), Cause> {
        self.connection.busy_timeout(PATIENCE)?;
        self.read_only = self.connection.is_readonly(MAIN_DB)?;
        // All of one moment: between two questions another process may make the file what it is to be.
        let moment = self.connection.unchecked_transaction()?;
        let form = form(&moment)?;
        migrate::refuse_strange(&moment, form)?;
        drop(moment);
        if self.read_only {
            if form < FORMS.len() {
                self.copy_to_memory()?;
                self.migrate()?;
            }
            self.connection.pragma_update(None, "query_only", true)?;
            return Ok(());
        }
        if form < FORMS.len() {
            self.migrate()?;
        }
        // Write-ahead log: readers see the last whole report while another is written. FULL: what was acknowledged
        // survives a loss of power, not only the end of the process.
        self.connection.pragma_update(None, "journal_mode", "WAL")?;
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        self.connection.pragma_update(None, "foreign_keys", true)?;
        Ok(())
    }

    fn copy_to_memory(&mut self) -> Result<(), Cause> {
        let mut copy = Connection::open_in_memory()?;
        rusqlite::backup::Backup::new(&self.connection, &mut copy)?.run_to_completion(1_024, Duration::ZERO, None)?;
        self.connection = copy;
        Ok(())
    }

    /// Brings the file to the present form, in one transaction: an interrupted migration leaves the old form.
    fn migrate(&mut self) -> Result<(), Cause> {
        // Tables are put in place of others: what belongs to what is looked at when all are there.
        self.connection.pragma_update(None, "foreign_keys", false)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        // Another process may have done it while this one waited.
        let done = form(&transaction)?;
        for form in FORMS.iter().skip(done) {
            transaction.execute_batch(form.sql)?;
            (form.then)(&transaction)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", FORMS.len() as i64)?;
        transaction.commit()?;
        Ok(())
    }

    /// Begins a transaction that writes, waiting for other writers.
    pub(crate) fn write(&mut self) -> Result<Transaction<'_>, Cause> {
        if self.read_only {
            return Err(Cause::ReadOnly);
        }
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    /// Names the file in what went wrong.
    pub(crate) fn with_path<T>(&self, result: Result<T, Cause>) -> Result<T, Error> {
        result.map_err(|kind| Error::new(&self.path, kind))
    }
}

/// The form of a file: 0 for an empty one.
fn form(moment: &Connection) -> Result<usize, Cause> {
    let form: i64 = moment.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i64 = moment.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = moment.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION && tables > 0 {
        return Err(Cause::NotADossier);
    }
    let known = FORMS.len() as i64;
    if form > known {
        return Err(Cause::Newer { found: form, known });
    }
    if form < 0 || (form == 0) != (tables == 0) {
        return Err(Cause::Damaged("it does not say which form it has".into()));
    }
    Ok(form as usize)
}

/// The address of a file that SQLite is to take as one that nobody changes.
fn unchanging(path: &Path) -> String {
    let mut address = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => address.push(char::from(*byte)),
            letter if letter.is_ascii_alphanumeric() => address.push(char::from(*letter)),
            other => address.push_str(&format!("%{other:02x}")),
        }
    }
    address.push_str("?immutable=1");
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_of_a_path_is_read_as_a_setting() {
        assert_eq!(unchanging(Path::new("/a b/x?y#z%")), "file:/a%20b/x%3fy%23z%25?immutable=1");
    }

    #[test]
    fn a_file_taken_as_unchanging_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("read me?.dossier");
        drop(Dossier::create(&path).unwrap());
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let mut dossier = Dossier::over(&path, Connection::open_with_flags(unchanging(&path), flags).unwrap()).unwrap();
        assert!(dossier.is_read_only());
        assert_eq!(dossier.count().unwrap(), 0);
        assert_eq!(dossier.writing().unwrap_err().kind(), ErrorKind::ReadOnly);
        assert_eq!(dossier.begin_run("add", "", None).unwrap_err().kind(), ErrorKind::ReadOnly);
    }
}
