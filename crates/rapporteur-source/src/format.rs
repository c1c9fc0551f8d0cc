//! What the bytes of an input are: told by their first bytes, then by the name and the media type they came with.

use std::path::Path;

/// How many of the first bytes are looked at.
pub(crate) const HEAD: usize = 4096;

/// The kinds of input that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// One article as plain text.
    Plain,
    /// One article as a page of the web.
    Html,
    /// A feed in XML: RSS or Atom. (A feed in JSON is first of all JSON.)
    Feed,
    /// A list of feeds.
    Opml,
    /// XML of a kind that is not read.
    Xml,
    /// An archive of the web.
    Warc,
    /// JSON: an object, an array of objects, or an object a line.
    Json,
}

/// The endings of the names of files that hold one article each; only these have sidecars.
// not words: endings of file names
pub(crate) const ARTICLES: &[&str] = &["txt", "text", "html", "htm", "xhtml"];

/// The endings of the names of files that hold many reports.
// not words: endings of file names
const CONTAINERS: &[&str] = &["rss", "atom", "rdf", "xml", "opml", "warc", "jsonl", "ndjson", "json"];

impl Format {
    /// What these bytes are, going by the first of them, by the name of their file and by their media type.
    pub(crate) fn of(bytes: &[u8], name: &str, media: Option<&str>) -> Format {
        let media = media.map(|m| m.split(';').next().unwrap_or_default().trim().to_lowercase()).unwrap_or_default();
        let (ending, _) = ending(name);
        let head = head(bytes);
        if let Some(root) = root(&head) {
            return match root.as_str() {
                "rss" | "feed" | "rdf" => Format::Feed,
                "opml" => Format::Opml,
                "html" | "body" | "head" => Format::Html,
                _ if ["html", "htm", "xhtml"].contains(&ending.as_str()) || media.contains("html") => Format::Html,
                _ if head.starts_with("<?xml") => Format::Xml,
                _ => Format::Plain,
            };
        }
        let html =
            ["html", "htm", "xhtml"].contains(&ending.as_str()) || media.ends_with("html") || media.contains("xhtml");
        if html {
            Format::Html
        } else if ["WARC/0.", "WARC/1."].iter().any(|sign| head.starts_with(sign)) {
            Format::Warc
        } else if begins_like_json(&head)
            || ["jsonl", "ndjson", "json"].contains(&ending.as_str())
            || media.contains("json")
        {
            Format::Json
        } else {
            Format::Plain
        }
    }
}

/// The ending of a file's name, and whether it is that of something packed with gzip (`a.warc.gz` is `warc`).
pub(crate) fn ending(name: &str) -> (String, bool) {
    let of = |name: &Path| name.extension().and_then(|e| e.to_str()).map(str::to_lowercase).unwrap_or_default();
    let path = Path::new(name);
    match of(path) {
        gz if gz == "gz" => (path.file_stem().map(|stem| of(Path::new(stem))).unwrap_or_default(), true),
        plain => (plain, false),
    }
}

/// Whether a file of a folder is taken for something that holds reports, by its name.
pub(crate) fn is_input(name: &str) -> bool {
    let (ending, _) = ending(name);
    ARTICLES.contains(&ending.as_str()) || CONTAINERS.contains(&ending.as_str())
}

/// The name of the first element of something in XML.
pub(crate) fn root_of(bytes: &[u8]) -> Option<String> {
    root(&head(bytes))
}

/// The first characters, without the mark of the encoding and white space.
fn head(bytes: &[u8]) -> String {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let text = match encoding_rs::Encoding::for_bom(head) {
        Some((encoding, length)) => encoding.decode_without_bom_handling(&head[length..]).0,
        None => String::from_utf8_lossy(head),
    };
    text.trim_start().to_owned()
}

/// The name of the first element of something in XML or HTML, in lower case, without its prefix; "html" for what says
/// so by its document type.
fn root(head: &str) -> Option<String> {
    let mut rest = head;
    loop {
        rest = rest.trim_start();
        if !rest.starts_with('<') {
            return None;
        }
        let skip = |end: &str| rest.find(end).map(|at| &rest[at + end.len()..]);
        rest = if rest.starts_with("<!--") {
            skip("-->")?
        } else if rest.get(..9).is_some_and(|s| s.eq_ignore_ascii_case("<!doctype")) {
            if rest[9..].trim_start().get(..4).is_some_and(|s| s.eq_ignore_ascii_case("html")) {
                return Some("html".into());
            }
            skip(">")?
        } else if rest.starts_with("<?") {
            skip("?>")?
        } else {
            let name: String = rest[1..].chars().take_while(|c| c.is_alphanumeric() || "-_:.".contains(*c)).collect();
            let name = name.rsplit(':').next().unwrap_or_default().to_lowercase();
            return Some(name).filter(|n| !n.is_empty());
        };
    }
}

/// `{"key":` or `[{"key":`; an opening bracket alone may well begin a text.
fn begins_like_json(head: &str) -> bool {
    let rest = head.strip_prefix('[').map_or(head, str::trim_start);
    let Some(rest) = rest.strip_prefix('{').and_then(|r| r.trim_start().strip_prefix('"')) else { return false };
    rest.split_once('"').is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_tell() {
        let of = |s: &str| Format::of(s.as_bytes(), "", None);
        assert_eq!(of("The board met."), Format::Plain);
        assert_eq!(of("[Updated] \"We met\": the board."), Format::Plain);
        assert_eq!(of("<b>Lund</b> The board met."), Format::Plain);
        assert_eq!(of("\u{feff} <!-- a --><!DOCTYPE HTML><p>"), Format::Html);
        assert_eq!(of("<?xml version='1.0'?><!-- x --><rss version='2.0'>"), Format::Feed);
        assert_eq!(of("<?xml version='1.0'?><?x y?>\n<rdf:RDF>"), Format::Feed);
        assert_eq!(of("<opml>"), Format::Opml);
        assert_eq!(of("<?xml version='1.0'?><urlset>"), Format::Xml);
        assert_eq!(of("WARC/1.0\r\n"), Format::Warc);
        assert_eq!(of("{\"text\": 1}"), Format::Json);
        assert_eq!(of("[ {\"text\":"), Format::Json);
    }

    #[test]
    fn names_and_media_types_help() {
        assert_eq!(Format::of(b"<p>Hi", "a.html", None), Format::Html);
        assert_eq!(Format::of(b"Hi", "a.htm", None), Format::Html);
        assert_eq!(Format::of(b"Hi", "", Some("text/html; charset=x")), Format::Html);
        assert_eq!(Format::of(b"nonsense", "a.jsonl.gz", None), Format::Json);
        assert!(is_input("a.warc.gz") && is_input("a.txt") && !is_input("a.gz") && !is_input("notes.md"));
    }
}
