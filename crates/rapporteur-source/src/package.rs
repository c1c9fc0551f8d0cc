//! Zip packages: what word processors write is one, with XML files in it.
//!
//! No more is unpacked of one than one report may have, whatever it says of itself: 4 KiB can unpack to gigabytes.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::ErrorKind;
use crate::limits::{MAX_PACKED_FILES, MAX_REPORT_BYTES};

/// A package.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens one.
    ///
    /// # Errors
    /// It is damaged, or has more files than any document.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, ErrorKind> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| ErrorKind::Package(plain(&e)))?;
        if archive.len() > MAX_PACKED_FILES {
            return Err(ErrorKind::Package(format!("it has more than the limit of {MAX_PACKED_FILES} files in it")));
        }
        Ok(Package { archive, left: MAX_REPORT_BYTES })
    }

    /// Whether there is a file of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The bytes of a file; nothing where there is none of this name.
    ///
    /// # Errors
    /// It is damaged, locked, or larger than one report may be.
    pub(crate) fn file(&mut self, name: &str) -> Result<Option<Vec<u8>>, ErrorKind> {
        let mut file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(e) => return Err(ErrorKind::Package(plain(&e))),
        };
        let mut bytes = Vec::new();
        let read = file.by_ref().take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|e| ErrorKind::Package(format!("{name} in it is damaged ({e})")))?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(ErrorKind::TooMuch { limit: MAX_REPORT_BYTES })?;
        Ok(Some(bytes))
    }
}

fn plain(error: &ZipError) -> String {
    let message = error.to_string();
    let message = message.strip_prefix("invalid Zip archive: ").unwrap_or(&message);
    message.to_lowercase()
}
