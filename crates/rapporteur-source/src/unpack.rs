//! A stream of bytes, unpacked on the way if it is gzip, of which one can look ahead and tell the place.
//!
//! Archives of the web are gzip files of many members, one a record, so that a reader can begin at any of them. The
//! place in the file and where a member begins are therefore kept; and after damage one can go on with the next member.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::GzDecoder;

/// How many bytes are unpacked at a time.
const STEP: usize = 32 * 1024;

/// The beginning of a gzip member that holds deflated data, as all do.
static MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];

/// A file's bytes and how many of them were used.
struct Counted<'r> {
    inner: BufReader<Box<dyn Read + 'r>>,
    count: u64,
    /// Bytes that were used and are to be given again.
    again: &'static [u8],
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ahead = self.fill_buf()?;
        let amount = ahead.len().min(into.len());
        into[..amount].copy_from_slice(&ahead[..amount]);
        self.consume(amount);
        Ok(amount)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.again.is_empty() { self.inner.fill_buf() } else { Ok(self.again) }
    }

    fn consume(&mut self, amount: usize) {
        self.count += amount as u64;
        if self.again.is_empty() {
            self.inner.consume(amount);
        } else {
            self.again = self.again.get(amount..).unwrap_or_default();
        }
    }
}

enum State<'r> {
    Plain(Counted<'r>),
    Packed(Box<GzDecoder<Counted<'r>>>),
    Over,
}

/// A line, or what stands for one that is too long.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Its bytes, with the line end if there is one.
    Whole(Vec<u8>),
    /// It was longer than allowed and was passed over.
    TooLong,
}

/// The stream.
pub(crate) struct Unpacked<'r> {
    state: State<'r>,
    packed: bool,
    buffer: Vec<u8>,
    /// The first byte of the buffer that was not used yet.
    start: usize,
    /// How many unpacked bytes were used.
    used: u64,
    /// Where the members in the buffer begin: unpacked and in the file.
    members: VecDeque<(u64, u64)>,
    /// Where the present member began: unpacked and in the file.
    member: (u64, u64),
    /// What is wrong behind the bytes in the buffer; it stays so until `recover`.
    wrong: Option<(io::ErrorKind, String)>,
}

impl<'r> Unpacked<'r> {
    /// Begins to read; nothing is unpacked that does not begin like gzip.
    pub(crate) fn new(mut read: Box<dyn Read + 'r>) -> io::Result<Self> {
        let mut head = Vec::new();
        read.by_ref().take(2).read_to_end(&mut head)?;
        let packed = head == MAGIC[..2];
        let inner = BufReader::with_capacity(STEP, Box::new(Cursor::new(head).chain(read)) as Box<dyn Read + 'r>);
        let counted = Counted { inner, count: 0, again: &[] };
        let state = if packed { State::Packed(Box::new(GzDecoder::new(counted))) } else { State::Plain(counted) };
        let (buffer, members) = (Vec::new(), VecDeque::new());
        Ok(Unpacked { state, packed, buffer, start: 0, used: 0, members, member: (0, 0), wrong: None })
    }

    /// Whether it is gzip.
    pub(crate) fn is_packed(&self) -> bool {
        self.packed
    }

    /// How many unpacked bytes were used so far.
    pub(crate) fn used(&self) -> u64 {
        self.used
    }

    /// The place in the file: of the next byte, or, in gzip, of the member that it is in.
    pub(crate) fn place(&self) -> u64 {
        if self.packed { self.member.1 } else { self.used }
    }

    /// Whether the next byte is the first of a gzip member.
    pub(crate) fn begins_member(&self) -> bool {
        self.packed && self.member.0 == self.used
    }

    /// The next bytes: `length` of them, fewer only at the end.
    pub(crate) fn peek(&mut self, length: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.start < length {
            if self.more()? == 0 {
                break;
            }
        }
        let ahead = &self.buffer[self.start..];
        Ok(&ahead[..ahead.len().min(length)])
    }

    /// As `peek`, but with damage after the first byte it only gives fewer.
    pub(crate) fn glance(&mut self, length: usize) -> io::Result<&[u8]> {
        let peeked = self.peek(length).map(|_| ());
        let ahead = &self.buffer[self.start..];
        if ahead.is_empty() {
            peeked?;
        }
        Ok(&ahead[..ahead.len().min(length)])
    }

    /// Whether the present gzip member goes on beyond these bytes or ends well after them: only at its end is it known
    /// whether all it gave was right.
    pub(crate) fn ends_well(&mut self, length: usize) -> io::Result<()> {
        while self.packed && self.buffer.len() - self.start <= length && self.members.is_empty() {
            match self.more() {
                Ok(0) => break,
                Ok(_) => {}
                // The next member has begun: it is that one that is damaged.
                Err(_) if !self.members.is_empty() || self.begins_member() => break,
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }

    /// The next bytes that are at hand, at least one except at the end, and all of one member.
    pub(crate) fn ahead(&mut self) -> io::Result<&[u8]> {
        if self.start == self.buffer.len() {
            self.more()?;
        }
        let ahead = &self.buffer[self.start..];
        let member = self.members.front().map_or(ahead.len(), |m| (m.0 - self.used) as usize);
        Ok(&ahead[..ahead.len().min(member)])
    }

    /// Uses up bytes that were looked at.
    pub(crate) fn advance(&mut self, amount: usize) {
        let amount = amount.min(self.buffer.len() - self.start);
        self.start += amount;
        self.used += amount as u64;
        while let Some(&member) = self.members.front()
            && member.0 <= self.used
        {
            self.member = member;
            self.members.pop_front();
        }
        if self.start == self.buffer.len() || self.start > 8 * STEP {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
    }

    /// Puts bytes back that were just used; only in what is not gzip, where places are counted and not remembered.
    pub(crate) fn put_back(&mut self, bytes: &[u8]) {
        self.buffer.splice(..self.start, bytes.iter().copied());
        self.start = 0;
        self.used = self.used.saturating_sub(bytes.len() as u64);
    }

    /// The next line, or nothing at the end.
    pub(crate) fn line(&mut self, limit: usize) -> io::Result<Option<Line>> {
        let (mut line, mut too_long, mut any) = (Vec::new(), false, false);
        loop {
            let ahead = self.ahead()?;
            if ahead.is_empty() {
                break;
            }
            any = true;
            let end = ahead.iter().position(|&b| b == b'\n').map(|at| at + 1);
            let amount = end.unwrap_or(ahead.len());
            too_long |= line.len() + amount > limit;
            if !too_long {
                line.extend_from_slice(&ahead[..amount]);
            }
            self.advance(amount);
            if end.is_some() {
                break;
            }
        }
        Ok(any.then_some(if too_long { Line::TooLong } else { Line::Whole(line) }))
    }

    /// After an error: goes on with the next gzip member. False where there is none.
    pub(crate) fn recover(&mut self) -> bool {
        let State::Packed(decoder) = std::mem::replace(&mut self.state, State::Over) else { return false };
        self.wrong = None;
        let begun = self.members.back().map_or(self.member.1, |m| m.1);
        let mut input = decoder.into_inner();
        if input.count <= begun {
            input.consume(1); // or it would begin with the same member again
        }
        let mut matched = 0;
        loop {
            let Ok(ahead) = input.fill_buf() else { return false };
            let Some(&byte) = ahead.first() else { return false };
            if byte == MAGIC[matched] {
                matched += 1;
            } else {
                matched = usize::from(byte == MAGIC[0]);
            }
            input.consume(1);
            if matched == MAGIC.len() {
                break;
            }
        }
        input.count -= MAGIC.len() as u64;
        input.again = &MAGIC;
        self.begin(input);
        true
    }

    /// Begins a gzip member.
    fn begin(&mut self, input: Counted<'r>) {
        let at = self.used + (self.buffer.len() - self.start) as u64;
        if at == self.used {
            self.member = (at, input.count);
        } else {
            self.members.push_back((at, input.count));
        }
        self.state = State::Packed(Box::new(GzDecoder::new(input)));
    }

    /// Gets more bytes into the buffer; 0 only at the end.
    fn more(&mut self) -> io::Result<usize> {
        if let Some((kind, what)) = &self.wrong {
            return Err(io::Error::new(*kind, what.clone()));
        }
        self.read_more().inspect_err(|e| self.wrong = Some((e.kind(), e.to_string())))
    }

    fn read_more(&mut self) -> io::Result<usize> {
        loop {
            let from = self.buffer.len();
            self.buffer.resize(from + STEP, 0);
            let into = &mut self.buffer[from..];
            let read = match &mut self.state {
                State::Plain(input) => input.read(into),
                State::Packed(decoder) => decoder.read(into),
                State::Over => Ok(0),
            };
            self.buffer.truncate(from + read.as_ref().copied().unwrap_or(0));
            match read {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Ok(0) if matches!(self.state, State::Packed(_)) => self.next_member()?,
                read => return read,
            }
            if matches!(self.state, State::Over) {
                return Ok(0);
            }
        }
    }

    /// At the end of a gzip member: begins the next, if there is one.
    fn next_member(&mut self) -> io::Result<()> {
        let State::Packed(decoder) = std::mem::replace(&mut self.state, State::Over) else { return Ok(()) };
        let mut input = decoder.into_inner();
        match input.fill_buf()?.first() {
            None => {}
            Some(&byte) if byte == MAGIC[0] => self.begin(input),
            Some(_) => {
                // Kept as a decoder so that `recover` can look for another member behind these bytes.
                self.state = State::Packed(Box::new(GzDecoder::new(input)));
                return Err(io::Error::new(io::ErrorKind::InvalidData, "bytes that are no gzip data follow it"));
            }
        }
        Ok(())
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ahead = self.ahead()?;
        let amount = ahead.len().min(into.len());
        into[..amount].copy_from_slice(&ahead[..amount]);
        self.advance(amount);
        Ok(amount)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn packed(members: &[&str]) -> Vec<u8> {
        let pack = |s: &&str| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(s.as_bytes()).unwrap();
            encoder.finish().unwrap()
        };
        members.iter().flat_map(pack).collect()
    }

    fn open(bytes: &[u8]) -> Unpacked<'_> {
        Unpacked::new(Box::new(bytes)).unwrap()
    }

    #[test]
    fn lines_come_out_of_plain_bytes_and_of_many_members() {
        for bytes in [b"one\ntwo\nthree".to_vec(), packed(&["one\ntw", "o\nthree"])] {
            let mut stream = open(&bytes);
            let mut lines = Vec::new();
            while let Some(Line::Whole(line)) = stream.line(100).unwrap() {
                lines.push(String::from_utf8(line).unwrap());
            }
            assert_eq!(lines, ["one\n", "two\n", "three"]);
        }
    }

    #[test]
    fn places_are_those_of_members() {
        let bytes = packed(&["one\n", "two\n"]);
        let second = packed(&["one\n"]).len() as u64;
        let mut stream = open(&bytes);
        assert!(stream.begins_member() && stream.peek(100).unwrap() == b"one\ntwo\n");
        assert_eq!(stream.ahead().unwrap(), b"one\n");
        stream.advance(4);
        assert!(stream.begins_member() && stream.place() == second);
    }

    #[test]
    fn after_damage_the_next_member_is_read() {
        let mut bytes = packed(&["one\n", "two\n", "three\n"]);
        let one = packed(&["one\n"]).len();
        bytes[one + 11] ^= 0xff;
        let mut stream = open(&bytes);
        while stream.line(100).is_ok() {}
        assert!(stream.recover());
        assert_eq!(stream.line(100).unwrap(), Some(Line::Whole(b"three\n".to_vec())));
        assert!(stream.line(100).unwrap().is_none() && !stream.recover());
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let mut stream = open(b"aaaaaaaa\nb\n");
        assert_eq!(stream.line(4).unwrap(), Some(Line::TooLong));
        assert_eq!(stream.line(4).unwrap(), Some(Line::Whole(b"b\n".to_vec())));
    }
}
