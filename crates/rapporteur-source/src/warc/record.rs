//! Takes one record after another out of an archive of the web (WARC, ISO 28500), through damage where there is some.
//!
//! Our own reader, for an archive that was cut must not seem to have ended: every byte is accounted for, and what is wrong
//! is told with the record's number and its place in the file.

use std::io;

use crate::unpack::{Line, Unpacked};

/// The most bytes of a record's headers.
const HEADERS: usize = 64 * 1024;

/// How often the reader tries to go on after damage.
const DAMAGES: u32 = 1_000;

/// The headers of a record.
#[derive(Clone, Debug, Default)]
pub(super) struct Headers(Vec<(String, String)>);

impl Headers {
    /// The value of a header, by its name in lower case.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// A record that was wanted.
#[derive(Debug)]
pub(super) struct Record {
    /// Its number, from 1.
    pub(super) number: u64,
    /// Its place in the file; in gzip, that of the member it begins in.
    pub(super) byte: u64,
    pub(super) headers: Headers,
    pub(super) body: Vec<u8>,
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Next {
    Record(Record),
    /// A whole record that was not wanted.
    Passed,
    /// What is wrong with a record; the next may be good.
    Damage {
        number: u64,
        byte: u64,
        what: String,
    },
    End,
}

/// The reader.
pub(super) struct Records<'a, 'r> {
    bytes: &'a mut Unpacked<'r>,
    /// The length of the file, where it is known and says something about the records' lengths.
    length: Option<u64>,
    limit: u64,
    number: u64,
    damages: u32,
}

impl<'a, 'r> Records<'a, 'r> {
    pub(super) fn new(bytes: &'a mut Unpacked<'r>, length: Option<u64>, limit: u64) -> Self {
        let length = length.filter(|_| !bytes.is_packed());
        Records { bytes, length, limit, number: 0, damages: 0 }
    }

    /// The next record; `wanted` says by its headers whether its body is.
    pub(super) fn next(&mut self, wanted: impl Fn(&Headers) -> bool) -> Next {
        if self.damages > DAMAGES {
            return Next::End;
        }
        let byte = match self.begin() {
            Ok(Some(byte)) => byte,
            Ok(None) => return Next::End,
            Err(e) => {
                self.number += 1;
                let byte = self.bytes.place();
                return self.damage(byte, in_words(&e));
            }
        };
        self.number += 1;
        match self.record(byte, wanted) {
            Ok(next) => next,
            Err(e) => self.damage(byte, in_words(&e)),
        }
    }

    /// Passes over the blank lines between two records; gives the place where the next begins.
    fn begin(&mut self) -> io::Result<Option<u64>> {
        loop {
            match self.bytes.ahead()?.first() {
                None => return Ok(None),
                Some(b'\r' | b'\n') => self.bytes.advance(1),
                Some(_) => return Ok(Some(self.bytes.place())),
            }
        }
    }

    fn record(&mut self, byte: u64, wanted: impl Fn(&Headers) -> bool) -> io::Result<Next> {
        let headers = match self.headers()? {
            Ok(headers) => headers,
            Err(what) => return Ok(self.damage(byte, what)),
        };
        let length = headers.get("content-length").and_then(|l| l.trim().parse::<u64>().ok());
        let Some(length) = length else {
            return Ok(self.damage(byte, "has no Content-Length that is a number".into()));
        };
        let used = self.bytes.used();
        if let Some(file) = self.length.filter(|file| length > file.saturating_sub(used)) {
            let what = format!("says it has {length} bytes, but only {} follow", file.saturating_sub(used));
            return Ok(self.damage(byte, what));
        }
        let wanted = wanted(&headers);
        let (body, taken) = self.body(length, wanted)?;
        if taken < length {
            let what = format!("says it has {length} bytes, but only {taken} follow");
            return Ok(self.damage(byte, what));
        }
        // A record ends with two empty lines; if it does not, its length is a lie, and the next may begin inside it.
        self.bytes.ends_well(4)?;
        let end = self.bytes.glance(4)?;
        if !end.is_empty() && !end.starts_with(b"\r\n") && !end.starts_with(b"\n") && !end.starts_with(b"WARC/") {
            if !self.bytes.is_packed() {
                self.bytes.put_back(&body);
            }
            return Ok(self.damage(byte, format!("does not end after the {length} bytes it says it has")));
        }
        if length > self.limit && wanted {
            self.damages += 1;
            let what = format!("has {length} bytes, more than the limit of {}", self.limit);
            return Ok(Next::Damage { number: self.number, byte, what });
        }
        Ok(if wanted { Next::Record(Record { number: self.number, byte, headers, body }) } else { Next::Passed })
    }

    /// Reads the headers of a record, or says what is wrong with them.
    fn headers(&mut self) -> io::Result<Result<Headers, String>> {
        let (mut headers, mut first, mut size) = (Headers::default(), true, 0);
        loop {
            if first && !is_version(self.bytes.peek(8)?) {
                return Ok(Err("no record begins here".into()));
            }
            let Some(Line::Whole(line)) = self.bytes.line(HEADERS)? else {
                return Ok(Err("its headers are cut off or beyond all measure".into()));
            };
            if !line.ends_with(b"\n") {
                return Ok(Err("its headers are cut off".into()));
            }
            size += line.len();
            let line = String::from_utf8_lossy(&line);
            let line = line.trim_end();
            if first {
                first = false;
            } else if line.is_empty() {
                return Ok(Ok(headers));
            } else if size > HEADERS {
                return Ok(Err("its headers are beyond all measure".into()));
            } else if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = headers.0.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                headers.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
    }

    /// Takes the bytes of a body, fewer where a new gzip member with a new record begins before its end; they are kept
    /// only up to the limit. In what is not gzip they are always kept, to be looked through if the length is a lie.
    fn body(&mut self, length: u64, wanted: bool) -> io::Result<(Vec<u8>, u64)> {
        let keep = length <= self.limit && (wanted || !self.bytes.is_packed());
        let (mut body, mut taken) = (Vec::new(), 0);
        while taken < length {
            if self.bytes.begins_member() && taken > 0 && is_version(self.bytes.peek(8)?) {
                break;
            }
            let ahead = self.bytes.ahead()?;
            if ahead.is_empty() {
                break;
            }
            let amount = usize::try_from(length - taken).unwrap_or(usize::MAX).min(ahead.len());
            if keep {
                body.extend_from_slice(&ahead[..amount]);
            }
            self.bytes.advance(amount);
            taken += amount as u64;
        }
        Ok((body, taken))
    }

    /// Tells of damage, after going on to where the next record seems to begin.
    fn damage(&mut self, byte: u64, mut what: String) -> Next {
        self.damages += 1;
        if self.damages > DAMAGES {
            what.push_str("; there is too much damage to go on");
        }
        let number = self.number;
        loop {
            let at_line = self.bytes.peek(8).map(is_version);
            match at_line {
                Ok(true) => break,
                Ok(false) => match self.bytes.line(HEADERS) {
                    Ok(Some(_)) => {}
                    Ok(None) => break,
                    Err(_) if self.bytes.recover() => {}
                    Err(_) => break,
                },
                Err(_) if self.bytes.recover() => {}
                Err(_) => break,
            }
        }
        Next::Damage { number, byte, what }
    }
}

/// `WARC/1.0` and the like.
fn is_version(bytes: &[u8]) -> bool {
    bytes.len() == 8 && (bytes.starts_with(b"WARC/1.") || bytes.starts_with(b"WARC/0."))
}

fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the file ends inside it".into(),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => format!("its gzip data is damaged: {error}"),
        _ => format!("cannot be read: {error}"),
    }
}
