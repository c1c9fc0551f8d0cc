//! CSV and TSV with a column of texts: a report a row, under the names of columns that JSON has too.
//!
//! However many rows there are, one is held at a time.

use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use csv::ByteRecord;
use serde_json::{Map, Value};

use crate::json::object;
use crate::limits::MAX_REPORT_BYTES;
use crate::plain::decode;
use crate::raw_article::RawArticle;
use crate::read::{InputLocation, Reader, read_all};
use crate::unpack::Unpacked;
use crate::{ErrorKind, format, fragment};
use object::Words;

/// The most columns of a table.
const MAX_COLUMNS: usize = 5_000;

/// The bytes of the present row, kept as they go by, and no more of them than one report may have: a quotation mark that is never
/// closed makes a row of all that follows.
struct Tee<'u, 'r> {
    inner: &'u mut Unpacked<'r>,
    kept: Vec<u8>,
    /// Where the first byte that is kept stands.
    from: u64,
}

impl Tee<'_, '_> {
    /// The bytes from here to there, and forgets what is before them.
    fn row(&mut self, start: u64, end: u64) -> Vec<u8> {
        let at = |place: u64| (place.saturating_sub(self.from) as usize).min(self.kept.len());
        let row = self.kept.get(at(start)..at(end)).unwrap_or_default().to_vec();
        let done = at(end);
        self.kept.drain(..done);
        self.from += done as u64;
        row
    }
}

impl Read for Tee<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.kept.len() as u64 > MAX_REPORT_BYTES {
            return Err(std::io::Error::other(format!("has more than the limit of {MAX_REPORT_BYTES} bytes")));
        }
        let amount = self.inner.read(into)?;
        self.kept.extend_from_slice(&into[..amount]);
        Ok(amount)
    }
}

impl Reader<'_, '_, '_> {
    /// Reads a table.
    pub(crate) fn table(&mut self, place: &InputLocation, bytes: &mut Unpacked<'_>) -> ControlFlow<()> {
        let Ok(head) = bytes.glance(format::HEAD) else { return self.failed(&place.path, ErrorKind::Empty) };
        // Spreadsheets write UTF-16 too, in which no line can be cut.
        if matches!(head, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
            let decoded = read_all(bytes).and_then(|bytes| decode::decode(&bytes));
            return match decoded {
                Err(kind) => self.failed(&place.path, kind),
                Ok(decoded) => match Unpacked::new(Box::new(Cursor::new(decoded.text.into_bytes()))) {
                    Err(e) => self.failed(&place.path, ErrorKind::io(e)),
                    Ok(mut bytes) => self.rows(place, &mut bytes),
                },
            };
        }
        self.rows(place, bytes)
    }

    fn rows(&mut self, place: &InputLocation, bytes: &mut Unpacked<'_>) -> ControlFlow<()> {
        let delimiter = delimiter(place, bytes.glance(format::HEAD).unwrap_or_default());
        let tee = Tee { inner: bytes, kept: Vec::new(), from: 0 };
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(delimiter).from_reader(tee);
        let (mut record, mut names, mut number) = (ByteRecord::new(), Vec::new(), 0);
        loop {
            let start = reader.position().byte();
            number += 1;
            let bad = |what: String| ErrorKind::Object { unit: "row", number, what };
            match reader.read_byte_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(e) => return self.failed(&place.path, bad(plain(&e))),
            }
            let end = reader.position().byte();
            let original = reader.get_mut().row(start, end);
            if record.len() > MAX_COLUMNS {
                return self.failed(&place.path, bad(format!("has more than the limit of {MAX_COLUMNS} columns")));
            }
            if number == 1 {
                names = record.iter().map(name).collect();
                let marker = |name: &String| Value::String(format!("{name} has words"));
                let probe = names.iter().map(|name| (name.clone(), marker(name))).collect();
                if object::read(&probe).is_none() {
                    return match place.in_folder {
                        // Folders have tables of many other kinds.
                        true => self.skipped(&place.path, "a table without a column of texts"),
                        false => self.failed(&place.path, ErrorKind::NoColumn),
                    };
                }
                continue;
            }
            self.row(place, &names, &record, number, original)?;
        }
        if number <= 2 {
            return self.failed(&place.path, ErrorKind::Empty);
        }
        ControlFlow::Continue(())
    }

    fn row(
        &mut self,
        place: &InputLocation,
        names: &[String],
        record: &ByteRecord,
        number: u64,
        original: Vec<u8>,
    ) -> ControlFlow<()> {
        let mut members = Map::new();
        for (name, field) in names.iter().zip(record) {
            let text = match std::str::from_utf8(field) {
                Ok(text) => text.to_owned(),
                Err(_) => match decode::decode(field) {
                    Ok(decoded) => decoded.text,
                    Err(kind) => return self.failed(&place.part(number).source.into_path(), kind),
                },
            };
            if !text.trim().is_empty() {
                members.entry(name.as_str()).or_insert(Value::String(text));
            }
        }
        let place = place.part(number);
        let Some(found) = object::read(&members) else {
            // A row without a text is the foot of a table, or a report that is missing.
            if !members.is_empty() {
                let bad = ErrorKind::Object { unit: "row", number, what: "has no text".into() };
                return self.failed(&place.source.into_path(), bad);
            }
            return ControlFlow::Continue(());
        };
        for what in found.wrong {
            self.warn(format!("{}: {what}; the report is read without it", place.source))?;
        }
        let mut draft = match &found.words {
            Words::Plain(text) => RawArticle::text(text.clone(), rapporteur_schema::SourceMap::default()),
            Words::Html(html) => RawArticle { map: rapporteur_schema::SourceMap::default(), ..fragment::draft(html) },
        };
        draft.known = found.known;
        self.deliver(place, draft, original, "text/csv")
    }
}

/// A source as a path, as failures name it.
trait IntoPath {
    fn into_path(self) -> std::path::PathBuf;
}

impl IntoPath for String {
    fn into_path(self) -> std::path::PathBuf {
        self.into()
    }
}

/// The name of a column as JSON would have it: "Published at" is `published_at`.
fn name(field: &[u8]) -> String {
    let field = field.strip_prefix(b"\xef\xbb\xbf").unwrap_or(field);
    let name = String::from_utf8_lossy(field).trim().to_owned();
    match name.contains(char::is_whitespace)
        || name.chars().all(|c| !c.is_lowercase())
        || name.starts_with(char::is_uppercase)
    {
        true => name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("_"),
        false => name,
    }
}

/// What stands between two fields: by the name, or what is met most in the first line.
fn delimiter(place: &InputLocation, head: &[u8]) -> u8 {
    let (ending, _) = format::ending(&place.name);
    if ending == "tsv" || ending == "tab" {
        return b'\t';
    }
    let line = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |sign: u8| line.iter().filter(|&&b| b == sign).count();
    // Of several as often, the first.
    [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|&sign| count(sign)).unwrap_or(b',')
}

/// What the reader says, without its own counting of records.
fn plain(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(e) => e.to_string(),
        _ => "cannot be told from the next".to_owned(),
    }
}
