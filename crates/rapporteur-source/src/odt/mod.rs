//! ODT, what LibreOffice and its like write: the paragraphs as they would be printed, without what was struck out.
//!
//! Kept: paragraphs, headings, tables (a cell a paragraph), text boxes, notes (after the text, as a part of their own). Left out:
//! heads and feet of pages, comments, deletions.

use rapporteur_schema::PassageKind;

use crate::ErrorKind;
use crate::docx::dublin_core;
use crate::known::Known;
use crate::markup::{self, Event, local_attribute};
use crate::package::Package;
use crate::paragraphs::Paragraphs;
use crate::raw_article::RawArticle;

/// The most spaces that one element stands for; more are a bomb.
const MAX_SPACES: usize = 100;

/// Whether a package is such a document.
pub(crate) fn is(package: &mut Package<'_>) -> Result<bool, ErrorKind> {
    let kind = package.file("mimetype")?.unwrap_or_default();
    Ok(kind.starts_with(b"application/vnd.oasis.opendocument.text") && package.has("content.xml"))
}

/// The article in a document.
pub(crate) fn draft(package: &mut Package<'_>) -> Result<RawArticle, ErrorKind> {
    let content = package.file("content.xml")?.unwrap_or_default();
    let mut walk = Walk::default();
    let wrong = markup::walk(&content, |event| match event {
        Event::Open(name, tag) => walk.open(name, &|attribute| local_attribute(tag, attribute)),
        Event::Close => walk.close(),
        Event::Text(text) => walk.put(text),
    });
    if let Some(why) = wrong.map_err(ErrorKind::Package)? {
        return Err(ErrorKind::Package(why));
    }
    if !walk.notes.is_empty() {
        walk.out.part("notes", None);
    }
    for note in &walk.notes {
        walk.out.push(note, None);
    }
    let known = match package.file("meta.xml")? {
        Some(meta) => dublin_core(&meta)?,
        None => Known::default(),
    };
    let mut article = walk.out.article();
    article.known = Known { title: known.title.or(walk.title), ..known };
    if walk.changed {
        article.notes.push("it has tracked changes; it is read as if all of them were accepted".into());
    }
    Ok(article)
}

/// A walk through the XML of a text.
#[derive(Default)]
struct Walk {
    out: Paragraphs,
    open: Vec<String>,
    /// From which depth on nothing is kept.
    dropped: Option<usize>,
    /// The paragraphs that are open: their words, what they are, whether one is the title.
    begun: Vec<(String, Option<PassageKind>, bool)>,
    /// At which depth a note is open.
    note: Option<usize>,
    notes: Vec<String>,
    title: Option<String>,
    changed: bool,
}

impl Walk {
    fn open(&mut self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        match name {
            _ if self.dropped.is_some() => {}
            // The words that were struck out stand here; where they stood there is only a mark.
            "tracked-changes" => {
                self.changed = true;
                self.dropped = Some(self.open.len());
            }
            "annotation" | "note-citation" | "script" | "forms" => self.dropped = Some(self.open.len()),
            "note" => self.note = Some(self.open.len()),
            "p" | "h" => {
                let style = attribute("style-name").unwrap_or_default();
                let kind = (name == "h" || style == "Title" || style == "Subtitle").then_some(PassageKind::Heading);
                self.begun.push((String::new(), kind, style == "Title"));
            }
            "s" => {
                let count = attribute("c").and_then(|c| c.parse().ok()).unwrap_or(1);
                self.put(&" ".repeat(MAX_SPACES.min(count)));
            }
            "tab" | "line-break" => self.put(" "),
            _ => {}
        }
        self.open.push(name.to_owned());
    }

    fn close(&mut self) {
        let name = self.open.pop().unwrap_or_default();
        if self.dropped == Some(self.open.len()) {
            self.dropped = None;
            return;
        }
        if self.dropped.is_some() {
            return;
        }
        if self.note == Some(self.open.len()) {
            self.note = None;
        }
        if name != "p" && name != "h" {
            return;
        }
        let Some((words, kind, title)) = self.begun.pop() else { return };
        match self.note {
            Some(_) => self.notes.push(words),
            None => {
                if title && self.title.is_none() && !words.trim().is_empty() {
                    self.title = Some(words.trim().to_owned());
                }
                self.out.push(&words, kind);
            }
        }
    }

    fn put(&mut self, words: &str) {
        if self.dropped.is_none()
            && let Some((paragraph, ..)) = self.begun.last_mut()
        {
            paragraph.push_str(words);
        }
    }
}
