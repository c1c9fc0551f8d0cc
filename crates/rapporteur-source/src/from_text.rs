//! One article that is at hand as text, in a table or a message, read as if it lay in a file of its own.

use std::path::Path;

use encoding_rs::UTF_8;
use rapporteur_schema::{Report, SourceMap};

use crate::format::Format;
use crate::known::Known;
use crate::limits::MAX_REPORT_BYTES;
use crate::plain::decode;
use crate::raw_article::RawArticle;
use crate::read::{InputLocation, article};
use crate::subtitles;
use crate::{Error, ErrorKind, Options, date};

/// What is known about an article apart from its text, as written; what is blank counts as not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Metadata<'a> {
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// Where it was published.
    pub url: Option<&'a str>,
    /// When it was published: EDTF, ISO 8601, or as mail and feeds write it.
    pub published: Option<&'a str>,
    /// When its outlet last changed it.
    pub modified: Option<&'a str>,
    /// Its title.
    pub title: Option<&'a str>,
    /// Who wrote it.
    pub byline: Option<&'a str>,
}

/// Makes a report of one article, and tells in words what was said of it and could not be used.
///
/// `source` is what the report gives as its source; the last part of it counts as the name of its file. The report is the
/// same, id and all, as that of a file of this name with this text in UTF-8 and a sidecar that says the same. Text that
/// begins like a page of the web is read as one, and then the kept text is that of the article in it. A byte order mark
/// at the beginning is no part of the text.
///
/// # Errors
/// The text is empty, too long, binary data, or something that may hold many articles (a feed, an archive, JSON).
pub fn from_text(source: &str, text: &str, about: &Metadata<'_>) -> Result<(Report, Vec<String>), Error> {
    let place = InputLocation::file(Path::new(source));
    let (known, mut wrong) = about.known();
    let made = draft(&place.name, text, known.url.as_deref())
        .and_then(|draft| draft.report(source, &place.name, text.as_bytes(), known, &Options::default()));
    match made {
        Ok((report, notes)) => {
            wrong.extend(notes);
            Ok((report, wrong))
        }
        Err(kind) => Err(Error::new(source, kind)),
    }
}

fn draft(name: &str, text: &str, url: Option<&str>) -> Result<RawArticle, ErrorKind> {
    let bytes = text.as_bytes();
    if bytes.len() as u64 > MAX_REPORT_BYTES {
        return Err(ErrorKind::TooLarge { bytes: bytes.len() as u64, limit: MAX_REPORT_BYTES });
    }
    // A name alone makes a page of a text, but neither a feed nor JSON.
    let format = match Format::of(bytes, name, None) {
        Format::Html => Format::Html,
        _ => Format::of(bytes, "", None),
    };
    match format {
        Format::Html => article(Format::Html, bytes, url, Some("utf-8")).map(|(draft, _)| draft),
        Format::Plain => {
            // Characters need no guess at their encoding; what would be refused as a file is refused here.
            let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
            if bare.trim().is_empty() {
                return Err(ErrorKind::Empty);
            }
            if decode::encoding(bare.as_bytes())? != UTF_8 {
                return Err(ErrorKind::Binary);
            }
            let mut map = SourceMap::default();
            map.push_utf8(bare, 0, (text.len() - bare.len()) as u32);
            Ok(RawArticle::text(bare.to_owned(), map))
        }
        Format::Feed | Format::Opml => Err(ErrorKind::NotOne("a feed")),
        Format::Warc => Err(ErrorKind::NotOne("an archive")),
        Format::Json => Err(ErrorKind::NotOne("JSON")),
        Format::Xml => Err(ErrorKind::NotOne("XML")),
        // What is at hand as text is no packed file; its first bytes alone would be a poor article.
        Format::Pdf | Format::Package | Format::Rtf | Format::Other(_) => Err(ErrorKind::Binary),
        Format::Mail | Format::Mbox => Err(ErrorKind::NotOne("mail")),
        Format::Table => Err(ErrorKind::NotOne("a table")),
        Format::Subtitles => subtitles::draft(bytes, Some("utf-8")),
    }
}

impl Metadata<'_> {
    fn known(&self) -> (Known, Vec<String>) {
        let mut wrong = Vec::new();
        let given = |field: Option<&str>| field.map(str::trim).filter(|f| !f.is_empty()).map(str::to_owned);
        let mut day = |name: &str, field: Option<&str>| {
            let written = given(field)?;
            let day = date::read(&written);
            if day.is_none() {
                wrong.push(format!(
                    "its {name:?} {written:?} is no date that can be read; the report is read without it"
                ));
            }
            day
        };
        let (published, modified) = (day("published", self.published), day("modified", self.modified));
        let known = Known {
            outlet: given(self.outlet),
            url: given(self.url),
            published,
            modified,
            title: given(self.title),
            byline: given(self.byline),
            ..Known::default()
        };
        (known, wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: Metadata<'_> = Metadata {
        outlet: Some("Harbour Post "),
        url: Some("https://post.example/7"),
        published: Some("2031-05-03"),
        modified: None,
        title: Some("Weir"),
        byline: Some(" "),
    };
    const SIDECAR: &str = r#"{"outlet": "Harbour Post", "url": "https://post.example/7", "published": "2031-05-03",
        "title": "Weir"}"#;

    #[test]
    fn it_is_the_report_of_a_file_with_the_same_words() {
        let dir = tempfile::tempdir().unwrap();
        let paragraph =
            "<p>The weir — stays open until the snow has melted, the board of the lock said in a word to us.</p>";
        let page = format!("<html><body><article>{}</article></body></html>", paragraph.repeat(5));
        let texts = ["The weir — stays open.\n\nNobody asked why. 🌊\n", "\u{feff}A mark before it.", &page];
        for (n, text) in texts.iter().enumerate() {
            let file = dir.path().join(format!("{n}.txt"));
            std::fs::write(&file, text).unwrap();
            std::fs::write(file.with_extension("json"), SIDECAR).unwrap();
            let read = crate::gather(std::slice::from_ref(&file), &Options::default(), &mut std::io::empty());
            let (made, wrong) = from_text(&file.display().to_string(), text, &ABOUT).unwrap();
            assert!(wrong.is_empty(), "{wrong:?}");
            assert_eq!(made, read.reports[0], "{:?}", read.failed);
        }
    }

    #[test]
    fn what_is_no_article_is_refused_with_a_reason() {
        let long = "word ".repeat(MAX_REPORT_BYTES as usize / 5 + 1);
        for (text, what) in [
            ("", "is empty"),
            ("\u{feff} ", "is empty"),
            ("a\0b", "is not text"),
            ("a\0b\0c\0d\0", "is not text"),
            ("%PDF-1.7 …", "is not text"),
            ("<rss version='2.0'></rss>", "is a feed"),
            ("{\"text\": \"The board met.\"}", "is JSON"),
            ("WARC/1.0\r\n", "is an archive"),
            (&long, "more than the limit"),
        ] {
            let error = from_text("row 3", text, &Metadata::default()).unwrap_err();
            assert!(error.what().contains(what), "{:?}: {error}", &text[..text.len().min(20)]);
            assert!(!error.help().is_empty());
        }
    }

    #[test]
    fn a_date_that_cannot_be_read_is_told_and_hinders_nothing() {
        let about = Metadata { published: Some("5/11/2031"), ..Metadata::default() };
        let (report, wrong) = from_text("a.json", "The board met.", &about).unwrap();
        assert!(report.head.published.is_none() && wrong[0].contains("5/11/2031"), "{wrong:?}");
    }
}
