//! Reports as JSON: an object a line, an array of objects, or one object. Read one by one, however many there are.
//!
//! 1. `values` takes one object after another out of the stream.
//! 2. `object` finds the text of a report and what is known of it, under the names that are in use.
//! 3. `surrogate` reads what parsers refuse for one broken character.
//! 4. `literal` leads from the text back to the bytes of the line.

mod literal;
pub(crate) mod object;
pub(crate) mod surrogate;
mod values;

use std::ops::ControlFlow;

use serde_json::Value;

use crate::format::Format;
use crate::limits::MAX_REPORT_BYTES;
use crate::raw_article::RawArticle;
use crate::read::{InputLocation, Reader};
use crate::unpack::{Line, Unpacked};
use crate::{ErrorKind, format, fragment};
use object::Words;
use values::Next;

impl Reader<'_, '_, '_> {
    /// Reads a stream of JSON.
    pub(crate) fn json(&mut self, place: &InputLocation, bytes: &mut Unpacked<'_>) -> ControlFlow<()> {
        if by_lines(place, bytes) { self.lines(place, bytes) } else { self.values(place, bytes) }
    }

    /// An object a line: a bad one hinders none of the others.
    fn lines(&mut self, place: &InputLocation, bytes: &mut Unpacked<'_>) -> ControlFlow<()> {
        let mut number = 0;
        loop {
            let line = match bytes.line(MAX_REPORT_BYTES as usize) {
                Ok(None) => return ControlFlow::Continue(()),
                Ok(Some(line)) => line,
                Err(e) => return self.failed(&place.path, ErrorKind::io(e)),
            };
            number += 1;
            let bad = |what: String| ErrorKind::Object { unit: "line", number, what };
            match line {
                Line::TooLong => {
                    self.failed(&place.path, bad(format!("has more than the limit of {MAX_REPORT_BYTES} bytes")))?
                }
                Line::Whole(mut line) => {
                    while line.last().is_some_and(|b| b.is_ascii_whitespace()) {
                        line.pop();
                    }
                    if number == 1 && line.starts_with(b"\xef\xbb\xbf") {
                        line.drain(..3);
                    }
                    if !line.is_empty() {
                        self.object(place, "line", number, line)?;
                    }
                }
            }
        }
    }

    /// Objects in an array, or one after another over many lines.
    fn values(&mut self, place: &InputLocation, bytes: &mut Unpacked<'_>) -> ControlFlow<()> {
        let mut number = 0;
        loop {
            number += 1;
            let bad = |what: String| ErrorKind::Object { unit: "object", number, what };
            match values::next(bytes, MAX_REPORT_BYTES as usize) {
                Ok(Next::Object(object)) => self.object(place, "object", number, object)?,
                Ok(Next::TooLong) => {
                    self.failed(&place.path, bad(format!("has more than the limit of {MAX_REPORT_BYTES} bytes")))?;
                }
                Ok(Next::End) if number == 1 => return self.failed(&place.path, bad("there is none".into())),
                Ok(Next::End) => return ControlFlow::Continue(()),
                // Nothing tells where the next object would begin.
                Ok(Next::Wrong(what)) => return self.failed(&place.path, bad(what)),
                Err(e) => return self.failed(&place.path, ErrorKind::io(e)),
            }
        }
    }

    /// One object.
    fn object(&mut self, place: &InputLocation, unit: &'static str, number: u64, bytes: Vec<u8>) -> ControlFlow<()> {
        let bad = |what: String| ErrorKind::Object { unit, number, what };
        let (whole, mended) = surrogate::mend(&bytes);
        let value: Value = match surrogate::of_mended(&whole) {
            Ok(value) => value,
            Err(what) => return self.failed(&place.path, bad(what)),
        };
        if mended > 0 {
            let what = "half of a character (a lone surrogate, \\ud800 to \\udfff) was read as U+FFFD";
            self.warn(format!("{}: {unit} {number}: {what}, {mended} in all", place.source))?;
        }
        let Value::Object(members) = &value else {
            return self.failed(&place.path, bad("is not a JSON object".into()));
        };
        if members.get("version").and_then(Value::as_str).is_some_and(|v| v.contains("jsonfeed.org/")) {
            return self.document(place.clone(), Format::Feed, whole.into_owned());
        }
        let Some(found) = object::read(members) else {
            let (ending, _) = format::ending(&place.name);
            if place.in_folder && ending == "json" && number == 1 {
                // Folders have JSON of many other kinds.
                return self.skipped(&place.path, "not a report by its content");
            }
            return self.failed(&place.path, bad("has no text".into()));
        };
        let place = place.part(number);
        for what in found.wrong {
            self.warn(format!("{}: {what}; the report is read without it", place.source))?;
        }
        let mut draft = match &found.words {
            Words::Plain(text) => RawArticle::text(text.clone(), literal::map(&whole, text)),
            Words::Html(html) => {
                let mut draft = fragment::draft(html);
                draft.map = literal::whole(&whole, html, &draft.text);
                draft
            }
        };
        draft.known = found.known;
        drop(whole);
        self.deliver(place, draft, bytes, "application/json")
    }
}

/// Whether this is an object a line: it says so by its name or media type, or the first line is whole in itself.
fn by_lines(place: &InputLocation, bytes: &mut Unpacked<'_>) -> bool {
    let (ending, _) = format::ending(&place.name);
    let media = place.media.as_deref().unwrap_or_default();
    if ["jsonl", "ndjson"].contains(&ending.as_str()) || media.contains("jsonl") || media.contains("ndjson") {
        return true;
    }
    let mut length = 64 * 1024;
    loop {
        let Ok(head) = bytes.peek(length) else { return true };
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let cut = head.len() >= length - 3;
        match head.iter().position(|&b| b == b'\n') {
            Some(end) => {
                let line = head[..end].trim_ascii();
                return line.starts_with(b"{") && line.ends_with(b"}") && is_json(&surrogate::mend(line).0);
            }
            None if cut && length < MAX_REPORT_BYTES as usize => length *= 4,
            None => return false,
        }
    }
}

fn is_json(line: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}
