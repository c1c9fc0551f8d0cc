//! PDF: the text of its pages in the order in which it is read.
//!
//! A PDF says where each letter is drawn, and nothing else. So lines, columns and paragraphs are told by where letters stand:
//! 1. `extract` has the letters of each page drawn, by a crate that panics when it pleases; so that is done in a
//!    process of its own (`process`), which is this program again ([`serve_pdf`]), under limits of time and memory.
//! 2. `line` puts letters together to words and lines, `column` finds the gutters between columns, `paragraph` joins lines.
//! 3. `document` joins pages: running heads go, paragraphs that go on over a page stay whole.
//!
//! Where the order of a page is in doubt, the page says so, and with it every citation from it: a line joined across columns
//! would be a quotation that nobody said.

mod column;
mod document;
mod extract;
mod line;
mod paragraph;
mod process;
mod widths;

use serde::{Deserialize, Serialize};

use crate::ErrorKind;
use crate::known::Known;
use crate::paragraphs::Paragraphs;
use crate::raw_article::RawArticle;
use rapporteur_schema::PassageKind;

pub use process::{PDF_COMMAND, serve_pdf};

/// What is told of a page whose order is in doubt.
const DOUBT: &str = "the order of its columns is in doubt: compare with the page";

/// What came of a PDF, as one process tells the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Document {
    title: Option<String>,
    author: Option<String>,
    /// The address that a browser printed at the foot.
    url: Option<String>,
    pages: Vec<Page>,
    /// How many pages there are; more than were read where there are too many.
    all: usize,
    /// What went wrong on the way, in words.
    notes: Vec<String>,
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Page {
    number: u32,
    paragraphs: Vec<Paragraph>,
    /// Whether the order of its words is in doubt.
    doubtful: bool,
    /// Whether it is a picture without text.
    scanned: bool,
    /// Why it could not be read.
    failed: Option<String>,
}

/// One paragraph of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Paragraph {
    text: String,
    heading: bool,
    /// Whether it goes on with the last paragraph of the page before.
    goes_on: bool,
}

/// The article in a PDF, read by another process, which `program` is started as.
pub(crate) fn draft(bytes: &[u8], program: &std::path::Path) -> Result<RawArticle, ErrorKind> {
    article(process::read(bytes, program)?)
}

fn article(document: Document) -> Result<RawArticle, ErrorKind> {
    let mut out = Paragraphs::default();
    let mut notes = document.notes;
    for page in &document.pages {
        out.part(format!("page {}", page.number), page.doubtful.then(|| DOUBT.to_owned()));
        for paragraph in &page.paragraphs {
            match paragraph.goes_on && !out.is_empty() {
                true => out.go_on(!paragraph.text.starts_with('\u{ad}'), paragraph.text.trim_start_matches('\u{ad}')),
                false => out.push(&paragraph.text, paragraph.heading.then_some(PassageKind::Heading)),
            }
        }
    }
    let pages = |wanted: &dyn Fn(&Page) -> bool| {
        let numbers: Vec<u32> = document.pages.iter().filter(|p| wanted(p)).map(|p| p.number).collect();
        (!numbers.is_empty()).then(|| in_words(&numbers))
    };
    let scanned = pages(&|p| p.scanned);
    if out.is_empty() {
        let failed = document.pages.iter().find_map(|p| p.failed.clone());
        return Err(match (scanned, failed) {
            (Some(_), _) => ErrorKind::Scanned,
            (None, Some(why)) => ErrorKind::Pdf(why),
            (None, None) => ErrorKind::Empty,
        });
    }
    if let Some(pages) = scanned {
        notes.push(format!("{pages} has no text, only a picture (scanned), and was not read"));
    }
    if let Some(pages) = pages(&|p| p.failed.is_some()) {
        notes.push(format!("{pages} could not be read: it is damaged, or has what this program does not know"));
    }
    if let Some(pages) = pages(&|p| p.doubtful) {
        notes.push(format!(
            "{pages}: the order of the columns is in doubt; compare quotations from there with the page"
        ));
    }
    let mut article = out.article();
    article.cut = (document.all > document.pages.len())
        .then(|| format!("only the first {} of {} pages were read", document.pages.len(), document.all));
    article.notes = notes;
    article.known = Known { title: document.title, byline: document.author, url: document.url, ..Known::default() };
    Ok(article)
}

/// "page 3", "pages 3, 4 and 6": numbers as people write them.
fn in_words(numbers: &[u32]) -> String {
    match numbers {
        [one] => format!("page {one}"),
        [first, .., last] => {
            let most = 12;
            let shown: Vec<String> = numbers.iter().take(most.min(numbers.len() - 1)).map(u32::to_string).collect();
            let more = if numbers.len() > most + 1 { " …" } else { "" };
            let _ = first;
            format!("pages {}{more} and {last}", shown.join(", "))
        }
        [] => String::new(),
    }
}

/// Lays out letters that a fuzzer drew; for `fuzz/` alone.
#[doc(hidden)]
pub fn lay_out_for_fuzzing(letters: &[(f32, f32, f32, f32, char)]) -> usize {
    let glyphs = letters.iter().map(|&(x, y, width, size, letter)| line::Glyph {
        x: x.into(),
        y: y.into(),
        width: width.into(),
        size: size.into(),
        turn: 0,
        text: letter.into(),
    });
    let page = paragraph::page(1, glyphs.collect(), false);
    document::join(vec![page.clone(), page], None).0.len()
}

/// Reads what a reply of the other process might be; for `fuzz/` alone.
#[doc(hidden)]
pub fn reply_for_fuzzing(bytes: &[u8]) {
    if let Ok(document) = process::reply(bytes) {
        let _ = article(document);
    }
}
