//! What the bytes of an input are: told by their first bytes, then by the name and the media type they came with.

use std::path::Path;

/// The kinds of input that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// One article as plain text.
    Plain,
    /// One article as a page of the web.
    Html,
}

impl Format {
    /// What these bytes are, going by the first of them, by the name of their file and by their media type.
    pub(crate) fn of(bytes: &[u8], name: &str, media: Option<&str>) -> Format {
        let ending = Path::new(name).extension().and_then(|e| e.to_str()).map(str::to_lowercase).unwrap_or_default();
        let media = media.map(|m| m.split(';').next().unwrap_or_default().trim().to_lowercase()).unwrap_or_default();
        let html = ["html", "htm", "xhtml"].contains(&ending.as_str())
            || ["text/html", "application/xhtml+xml"].contains(&media.as_str());
        if html || begins_like_html(bytes) { Format::Html } else { Format::Plain }
    }
}

/// A page of the web handed over as if it were text would be read as a report about tags.
fn begins_like_html(bytes: &[u8]) -> bool {
    let head = bytes.get(..512).unwrap_or(bytes);
    let head: String = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    ["<!doctype html", "<html", "<?xml"].iter().any(|sign| head.starts_with(sign))
}
