//! Opening and making a dossier, and bringing an old one to the present form.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::Error;
use crate::error::Cause;

/// Marks a SQLite file as a dossier: "RAPP" (see `application_id` in SQLite's file format).
const APPLICATION: i64 = 0x5241_5050;

/// The migrations in order; the form of a file is how many of them it has been through.
const MIGRATIONS: &[&str] = &[include_str!("migrations/0001.sql")];

/// How long to wait for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(30);

/// One SQLite file that keeps reports, what was found in them, and what people corrected.
///
/// Several processes may use one file at once: readers never wait, writers wait for each other.
#[derive(Debug)]
pub struct Dossier {
    pub(crate) path: PathBuf,
    pub(crate) connection: Connection,
}

impl Dossier {
    /// Opens a dossier that is there.
    ///
    /// # Errors
    /// There is none, the file is something else, or a newer version wrote it.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if !path.is_file() {
            return Err(Error::new(path, Cause::NotFound));
        }
        Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens a dossier, and makes an empty one where there is none.
    ///
    /// # Errors
    /// It can be neither opened nor made.
    pub fn create(path: &Path) -> Result<Self, Error> {
        Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, Error> {
        let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(|e| Error::new(path, e))?;
        let mut dossier = Dossier { path: path.to_owned(), connection };
        dossier.prepare().map_err(|kind| Error::new(path, kind))?;
        Ok(dossier)
    }

    fn prepare(&mut self) -> Result<(), Cause> {
        self.connection.busy_timeout(PATIENCE)?;
        let form = self.form()?;
        if form == 0 || form < MIGRATIONS.len() as i64 {
            self.migrate()?;
        }
        // Write-ahead log: readers see the last whole report while another is written. FULL: what was acknowledged
        // survives a loss of power, not only the end of the process.
        self.connection.pragma_update(None, "journal_mode", "WAL")?;
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        self.connection.pragma_update(None, "foreign_keys", true)?;
        Ok(())
    }

    /// The form of the file: 0 for an empty one.
    fn form(&self) -> Result<i64, Cause> {
        // All of one moment: between two questions another process may make the file what it is to be.
        let moment = self.connection.unchecked_transaction()?;
        let form: i64 = moment.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let application: i64 = moment.pragma_query_value(None, "application_id", |row| row.get(0))?;
        let tables: i64 = moment.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        drop(moment);
        if application != APPLICATION && tables > 0 {
            return Err(Cause::NotADossier);
        }
        let known = MIGRATIONS.len() as i64;
        if form > known {
            return Err(Cause::Newer { found: form, known });
        }
        Ok(if application == APPLICATION { form } else { 0 })
    }

    /// Brings the file to the present form, in one transaction: an interrupted migration leaves the old form.
    fn migrate(&mut self) -> Result<(), Cause> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        // Another process may have done it while this one waited.
        let done: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        for migration in MIGRATIONS.iter().skip(done as usize) {
            transaction.execute_batch(migration)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", MIGRATIONS.len() as i64)?;
        transaction.commit()?;
        Ok(())
    }

    /// Begins a transaction that writes, waiting for other writers.
    pub(crate) fn write(&mut self) -> Result<Transaction<'_>, Cause> {
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    /// Names the file in what went wrong.
    pub(crate) fn with_path<T>(&self, result: Result<T, Cause>) -> Result<T, Error> {
        result.map_err(|kind| Error::new(&self.path, kind))
    }
}
