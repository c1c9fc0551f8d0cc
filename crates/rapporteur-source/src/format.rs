//! What the bytes of an input are: told by their first bytes, then by the name and the media type they came with.

use std::path::Path;

use crate::subtitles;

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
    /// A PDF.
    Pdf,
    /// A zip package, such as word processors write.
    Package,
    /// One article as RTF.
    Rtf,
    /// Subtitles: SRT or WebVTT.
    Subtitles,
    /// A message.
    Mail,
    /// Messages one after another.
    Mbox,
    /// A table: CSV or TSV.
    Table,
    /// Something else that is well known.
    Other(Other),
}

/// What people hand over and cannot be read, told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Other {
    /// What Word, Excel, PowerPoint and Outlook wrote before 2007.
    OldOffice,
    /// A file of SQLite: perhaps a dossier.
    Database,
    Picture,
    Recording,
}

impl Other {
    fn of(bytes: &[u8]) -> Option<Other> {
        let signs: [(&[u8], Other); 12] = [
            (b"\xd0\xcf\x11\xe0", Other::OldOffice),
            (b"SQLite format 3\0", Other::Database),
            (b"\x89PNG", Other::Picture),
            (b"\xff\xd8\xff", Other::Picture),
            (b"GIF8", Other::Picture),
            (b"II*\0", Other::Picture),
            (b"MM\0*", Other::Picture),
            (b"ID3", Other::Recording),
            (b"OggS", Other::Recording),
            (b"fLaC", Other::Recording),
            (b"\x1aE\xdf\xa3", Other::Recording),
            (b"\xff\xfb", Other::Recording),
        ];
        let inside = |at: usize| bytes.get(at..at + 4).unwrap_or_default();
        match signs.iter().find(|(sign, _)| bytes.starts_with(sign)) {
            Some((_, other)) => Some(*other),
            None if bytes.starts_with(b"RIFF") && inside(8) == b"WEBP" => Some(Other::Picture),
            None if bytes.starts_with(b"RIFF") => Some(Other::Recording),
            None if inside(4) == b"ftyp" && matches!(inside(8), b"heic" | b"avif" | b"mif1") => Some(Other::Picture),
            None if inside(4) == b"ftyp" => Some(Other::Recording),
            None => None,
        }
    }
}

/// The endings of the names of files that hold one article each; only these have sidecars.
// not words: endings of file names
pub(crate) const ARTICLES: &[&str] =
    &["txt", "text", "html", "htm", "xhtml", "pdf", "docx", "docm", "odt", "rtf", "eml", "srt", "vtt"];

/// The endings of the names of files that hold many reports.
// not words: endings of file names
const CONTAINERS: &[&str] =
    &["rss", "atom", "rdf", "xml", "opml", "warc", "jsonl", "ndjson", "json", "mbox", "mbx", "csv", "tsv", "tab"];

impl Format {
    /// What these bytes are, going by the first of them, by the name of their file and by their media type.
    pub(crate) fn of(bytes: &[u8], name: &str, media: Option<&str>) -> Format {
        let media = media.map(|m| m.split(';').next().unwrap_or_default().trim().to_lowercase()).unwrap_or_default();
        let (ending, _) = ending(name);
        // Some programs put a few bytes before the sign of a PDF.
        if bytes.starts_with(b"%PDF-") || (ending == "pdf" && memchr::memmem::find(bytes, b"%PDF-").is_some()) {
            return Format::Pdf;
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return Format::Package;
        }
        if bytes.starts_with(b"{\\rtf") {
            return Format::Rtf;
        }
        if let Some(other) = Other::of(bytes) {
            return Format::Other(other);
        }
        let head = head(bytes);
        match ending.as_str() {
            "csv" | "tsv" | "tab" => return Format::Table,
            "mbox" | "mbx" if head.starts_with("From ") => return Format::Mbox,
            "eml" => return Format::Mail,
            "srt" | "vtt" => return Format::Subtitles,
            _ => {}
        }
        if media.starts_with("text/csv") || media == "text/tab-separated-values" {
            return Format::Table;
        }
        if media == "message/rfc822" {
            return Format::Mail;
        }
        if media == "application/mbox" || is_mbox(&head) {
            return Format::Mbox;
        }
        if is_mail(&head) {
            return Format::Mail;
        }
        if subtitles::is(&head) {
            return Format::Subtitles;
        }
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

/// Whether a text begins with the head of a message, as mail programs save it; few words of one might begin an article.
fn is_mail(head: &str) -> bool {
    // not words: names of fields of mail
    let names =
        ["from", "date", "subject", "to", "message-id", "mime-version", "received", "return-path", "delivered-to"];
    let fields = head.lines().take_while(|line| !line.trim().is_empty());
    let fields =
        fields.filter(|line| !line.starts_with([' ', '\t'])).map(|line| line.split_once(':').map(|(name, _)| name));
    let all: Vec<Option<String>> = fields.take(60).map(|name| name.map(str::to_lowercase)).collect();
    let known: std::collections::BTreeSet<&str> =
        all.iter().flatten().map(String::as_str).filter(|name| names.contains(name)).collect();
    let program = known.contains("mime-version") || known.contains("message-id") || known.contains("received");
    all.len() > 2 && all.iter().take(3).all(Option::is_some) && known.len() > 2 && program
}

/// Whether a text begins as a file of messages does: "From somebody Mon May  5 …", and a head below it.
fn is_mbox(head: &str) -> bool {
    let Some((first, rest)) = head.split_once('\n') else { return false };
    first.starts_with("From ") && first.contains(':') && is_mail(rest)
}

/// Whether a media type is that of one article or of a message.
#[cfg(feature = "documents")]
pub(crate) fn is_article_media(media: &str) -> bool {
    // not words: media types
    let known = [
        "text/plain",
        "text/html",
        "text/csv",
        "text/vtt",
        "text/rtf",
        "application/pdf",
        "application/rtf",
        "application/msword",
        "message/rfc822",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ];
    known.contains(&media)
}

/// Why a file with this ending is no report, as far as that tells.
pub(crate) fn why_not(ending: &str) -> &'static str {
    // not words: endings of file names
    match ending {
        "doc" | "dot" | "wps" => "a Word file of before 2007; save it as .docx",
        "png" | "jpg" | "jpeg" | "gif" | "tif" | "tiff" | "webp" | "heic" | "bmp" | "svg" => "a picture",
        "mp3" | "wav" | "m4a" | "ogg" | "flac" | "mp4" | "mov" | "webm" | "mkv" | "avi" => {
            "a recording; give its transcript"
        }
        // not words: endings of file names
        "xls" | "xlsx" | "ods" => "a spreadsheet; save the sheet as .csv",
        "ppt" | "pptx" | "odp" | "key" => "slides; save them as .pdf",
        "msg" => "a message of Outlook; save it as .eml",
        // not words: endings of file names
        "zip" | "7z" | "rar" | "tar" | "tgz" => "an archive; unpack it first",
        "epub" | "mobi" | "pages" => "a format that is not read; save it as .pdf or .docx",
        "dossier" | "db" | "sqlite" => "a dossier, perhaps; '--from FILE' reads one",
        "md" | "markdown" => "notes, by its name; name it itself if it is a report",
        _ => "not a report by its name",
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
