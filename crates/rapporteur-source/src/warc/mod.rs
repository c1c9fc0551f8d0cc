//! Archives of the web (WARC): the pages in them, one by one, however large the archive is.
//!
//! 1. `record` takes one record after another out of the stream, through damage.
//! 2. `answer` takes the page out of the stored answer of a server.

mod answer;
mod record;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::ErrorKind;
use crate::format::Format;
use crate::known::Known;
use crate::limits::MAX_REPORT_BYTES;
use crate::read::{InputLocation, Reader};
use crate::unpack::Unpacked;
use record::{Headers, Next, Record, Records};

impl Reader<'_, '_, '_> {
    /// Reads an archive. The day a page was stored is no day of publication and is left out.
    pub(crate) fn archive(&mut self, place: &InputLocation, bytes: &mut Unpacked<'_>) -> ControlFlow<()> {
        // Room for the headers of the answer beside the page.
        let mut records = Records::new(bytes, place.length, MAX_REPORT_BYTES + 64 * 1024);
        // Why records were passed over, and how many.
        let mut passed: BTreeMap<String, u64> = BTreeMap::new();
        loop {
            match records.next(is_wanted) {
                Next::End => break,
                Next::Passed => *passed.entry("no answers of a server".into()).or_default() += 1,
                Next::Damage { number, byte, what } => {
                    self.failed(&place.path, ErrorKind::Record { record: number, byte, what })?;
                }
                Next::Record(record) => {
                    let (number, byte) = (record.number, record.byte);
                    match page(record) {
                        Ok(page) => self.archived(place, number, page)?,
                        Err(Not::Page(why)) => *passed.entry(why).or_default() += 1,
                        Err(Not::Read(what)) => {
                            self.failed(&place.path, ErrorKind::Record { record: number, byte, what })?;
                        }
                    }
                }
            }
        }
        if passed.is_empty() {
            return ControlFlow::Continue(());
        }
        let (count, why) = (passed.values().sum::<u64>(), passed.iter().map(|(why, n)| format!("{n} {why}")));
        let why = format!("{count} of its records are no pages: {}", why.collect::<Vec<String>>().join(", "));
        self.skipped(&place.path, why)
    }

    /// Reads a page that was in an archive.
    fn archived(&mut self, archive: &InputLocation, number: u64, page: Page) -> ControlFlow<()> {
        let mut place = archive.part(number);
        place.path = place.source.clone().into();
        place.beside = false;
        if let Some(url) = &page.url {
            place.name.clone_from(url);
        }
        place.fallback = Known { url: page.url, ..archive.fallback.clone() };
        (place.media, place.charset) = (page.media, page.charset);
        // What it says of itself goes before its first bytes: no feed is looked for in an archive.
        let html = place.media.as_deref().is_some_and(|m| m.contains("html"));
        self.document(place, if html { Format::Html } else { Format::Plain }, page.bytes)
    }
}

/// A page in an archive.
struct Page {
    url: Option<String>,
    media: Option<String>,
    charset: Option<String>,
    bytes: Vec<u8>,
}

/// Why a record gave no page.
enum Not {
    /// It holds something else.
    Page(String),
    /// It should, and cannot be read.
    Read(String),
}

/// Records that may hold a page: what a server answered, what was stored without an answer, the text made of one.
fn is_wanted(headers: &Headers) -> bool {
    match headers.get("warc-type").map(str::to_ascii_lowercase).as_deref() {
        Some("response") => headers.get("content-type").is_none_or(|t| t.to_ascii_lowercase().contains("http")),
        Some("resource" | "conversion") => is_text(headers.get("content-type").unwrap_or_default()),
        _ => false,
    }
}

fn is_text(media: &str) -> bool {
    let media = media.to_ascii_lowercase();
    ["text/html", "text/plain", "application/xhtml+xml"].iter().any(|m| media.starts_with(m))
}

fn page(record: Record) -> Result<Page, Not> {
    let url = record.headers.get("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_owned());
    let url = url.filter(|u| u.starts_with("http"));
    let kind = record.headers.get("warc-type").unwrap_or_default();
    if !kind.eq_ignore_ascii_case("response") {
        let (media, charset) = answer::content_type(record.headers.get("content-type").unwrap_or_default());
        return Ok(Page { url, media, charset, bytes: record.body });
    }
    let Some(answer) = answer::read(record.body) else {
        return Err(Not::Read("holds no answer of a server".into()));
    };
    if answer.status != 200 {
        return Err(Not::Page(format!("with status {}", answer.status)));
    }
    if !answer.media.as_deref().is_none_or(is_text) {
        return Err(Not::Page("neither HTML nor plain text".into()));
    }
    let (media, charset) = (answer.media.clone(), answer.charset.clone());
    let bytes = answer.body(MAX_REPORT_BYTES).map_err(Not::Read)?;
    if bytes.is_empty() {
        return Err(Not::Page("empty".into()));
    }
    Ok(Page { url, media, charset, bytes })
}
