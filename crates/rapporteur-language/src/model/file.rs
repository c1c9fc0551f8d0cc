//! The single file that a model is kept in: a header, a list of sections, the sections.
//!
//! Header: eight bytes of name and format version, total length (u64), checksum of all that follows the header (u64),
//! number of sections (u32), four zero bytes. Then for each section its offset and length (u64 each), then the
//! sections on 64-byte boundaries, in the order of [`Section`].

use std::ops::Range;

use crate::error::Error;
use crate::hash::checksum;

const MAGIC: &[u8; 8] = b"RAPPLM\x00\x01";
const HEADER: usize = 32;
/// Sections start on such boundaries, counted from the start of the file.
#[cfg(any(test, feature = "convert"))]
const BOUNDARY: usize = 64;

/// The sections of a file, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Spec,
    Exceptions,
    Norms,
    LemmaIndex,
    LemmaExceptions,
    Weights,
}

const COUNT: usize = 6;

/// Where each section lies.
#[derive(Clone, Debug)]
pub(crate) struct Layout([Range<usize>; COUNT]);

impl Layout {
    pub(crate) fn range(&self, section: Section) -> Range<usize> {
        self.0[section as usize].clone()
    }

    /// Reads the header. `trusted` bytes (those in the program itself) are not summed: that would cost a
    /// millisecond at every start, and a test has done it.
    pub(crate) fn read(bytes: &[u8], trusted: bool) -> Result<Self, Error> {
        let header: &[u8; HEADER] =
            bytes.first_chunk().ok_or_else(|| Error::damaged(format!("only {} bytes", bytes.len())))?;
        if &header[..8] != MAGIC {
            return Err(Error::damaged("it does not begin as a model of this version does"));
        }
        let long = |at: usize| u64::from_le_bytes(std::array::from_fn(|i| bytes[at + i]));
        if long(8) != bytes.len() as u64 {
            return Err(Error::damaged(format!("{} bytes where the header says {}", bytes.len(), long(8))));
        }
        if !trusted && checksum(&bytes[HEADER..]) != long(16) {
            return Err(Error::damaged("its checksum is wrong"));
        }
        let count = u32::from_le_bytes(std::array::from_fn(|i| header[24 + i])) as usize;
        if count != COUNT || bytes.len() < HEADER + COUNT * 16 {
            return Err(Error::damaged(format!("{count} sections where {COUNT} were expected")));
        }
        let mut ranges: [Range<usize>; COUNT] = std::array::from_fn(|_| 0..0);
        for (i, range) in ranges.iter_mut().enumerate() {
            let at = HEADER + i * 16;
            let start = usize::try_from(long(at)).ok();
            let end = start.zip(usize::try_from(long(at + 8)).ok()).and_then(|(start, len)| start.checked_add(len));
            match (start, end) {
                (Some(start), Some(end)) if end <= bytes.len() => *range = start..end,
                _ => return Err(Error::damaged(format!("section {i} lies outside the file"))),
            }
        }
        Ok(Self(ranges))
    }

    /// Puts a file together.
    #[cfg(any(test, feature = "convert"))]
    pub(crate) fn write(sections: &[Vec<u8>; COUNT]) -> Vec<u8> {
        let mut out = vec![0u8; HEADER + COUNT * 16];
        for (i, section) in sections.iter().enumerate() {
            out.resize(out.len().next_multiple_of(BOUNDARY), 0);
            let at = HEADER + i * 16;
            let start = out.len() as u64;
            out[at..at + 8].copy_from_slice(&start.to_le_bytes());
            out[at + 8..at + 16].copy_from_slice(&(section.len() as u64).to_le_bytes());
            out.extend_from_slice(section);
        }
        out[..8].copy_from_slice(MAGIC);
        out[24..28].copy_from_slice(&(COUNT as u32).to_le_bytes());
        Self::seal(&mut out);
        out
    }

    /// Writes length and checksum into the header of a file, if it is long enough to have one.
    #[cfg(any(test, feature = "convert"))]
    pub(crate) fn seal(file: &mut [u8]) {
        if file.len() >= HEADER {
            let (len, sum) = (file.len() as u64, checksum(&file[HEADER..]));
            file[8..16].copy_from_slice(&len.to_le_bytes());
            file[16..24].copy_from_slice(&sum.to_le_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_come_back() {
        let sections = std::array::from_fn(|i| vec![i as u8; i * 7]);
        let bytes = Layout::write(&sections);
        let layout = Layout::read(&bytes, false).unwrap();
        assert_eq!(&bytes[layout.range(Section::LemmaIndex)], &[3; 21]);
    }

    #[test]
    fn every_cut_and_every_flip_is_an_error() {
        let bytes = Layout::write(&std::array::from_fn(|i| vec![i as u8; 9]));
        for end in 0..bytes.len() {
            assert!(Layout::read(&bytes[..end], false).is_err());
        }
        for at in 0..bytes.len() * 8 {
            let mut bent = bytes.clone();
            bent[at / 8] ^= 1 << (at % 8);
            // Bytes 28 to 31 are padding in the header and mean nothing.
            assert!(Layout::read(&bent, false).is_err() || (28..32).contains(&(at / 8)));
        }
    }
}
