//! DOCX, what Word and its like write: the paragraphs as they would be printed, without what was struck out.
//!
//! Kept: paragraphs, tables (a cell a paragraph), text boxes, insertions of tracked changes, foot- and endnotes (after the
//! text, as a part of their own). Left out: heads and feet of pages, comments, deletions, hidden text, instructions of fields.

use rapporteur_schema::PassageKind;

use crate::ErrorKind;
use crate::known::Known;
use crate::markup::{self, Event, local_attribute};
use crate::package::Package;
use crate::paragraphs::Paragraphs;
use crate::raw_article::RawArticle;

/// Whether a package is such a document.
pub(crate) fn is(package: &mut Package<'_>) -> Result<bool, ErrorKind> {
    Ok(main(package)?.is_some_and(|name| name.to_lowercase().contains("word") || name.ends_with("document.xml")))
}

/// The article in a document.
pub(crate) fn draft(package: &mut Package<'_>) -> Result<RawArticle, ErrorKind> {
    let name = main(package)?.unwrap_or_default();
    let Some(document) = package.file(&name)? else {
        return Err(ErrorKind::Package("it names a text that is not in it".into()));
    };
    let mut walk = Walk::default();
    walk.through(&document)?;
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let at_text = walk.out.is_empty();
    for notes in ["footnotes.xml", "endnotes.xml"] {
        let path = if folder.is_empty() { notes.to_owned() } else { format!("{folder}/{notes}") };
        if let Some(notes) = package.file(&path)?
            && !at_text
        {
            walk.notes = true;
            walk.through(&notes)?;
        }
    }
    let known = properties(package)?;
    let (title, changed) = (walk.title, walk.changed);
    let mut article = walk.out.article();
    article.known = Known { title: known.title.or(title), ..known };
    if changed {
        article.notes.push("it has tracked changes; it is read as if all of them were accepted".into());
    }
    Ok(article)
}

/// The name of the file in the package that is the text.
fn main(package: &mut Package<'_>) -> Result<Option<String>, ErrorKind> {
    let mut found = None;
    if let Some(relations) = package.file("_rels/.rels")? {
        walk_any(&relations, |event| {
            if let Event::Open("Relationship", tag) = event
                && local_attribute(tag, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
            {
                found = local_attribute(tag, "Target");
            }
        })?;
    }
    let named = found.map(|name| name.trim_start_matches('/').to_owned());
    let usual = || Some("word/document.xml".to_owned());
    Ok(named.or_else(usual).filter(|name| package.has(name)))
}

/// Title and author as the document's properties tell them. Its dates are those of the file, not of a publication.
fn properties(package: &mut Package<'_>) -> Result<Known, ErrorKind> {
    match package.file("docProps/core.xml")? {
        Some(core) => dublin_core(&core),
        None => Ok(Known::default()),
    }
}

/// What XML tells as `dc:title` and `dc:creator`.
pub(crate) fn dublin_core(bytes: &[u8]) -> Result<Known, ErrorKind> {
    let (mut known, mut inside) = (Known::default(), String::new());
    walk_any(bytes, |event| match event {
        // ODT names who began it and who saved it last, in either order; the first will do.
        Event::Open("initial-creator" | "creator", _) if known.byline.is_some() => inside.clear(),
        Event::Open(name, _) => inside = name.to_owned(),
        Event::Close => inside.clear(),
        Event::Text(text) => {
            let field = match inside.as_str() {
                "title" => &mut known.title,
                "initial-creator" | "creator" => &mut known.byline,
                _ => return,
            };
            field.get_or_insert_default().push_str(text);
        }
    })?;
    let written = |field: Option<String>| field.map(|f| f.trim().to_owned()).filter(|f| !f.is_empty());
    Ok(Known { title: written(known.title), byline: written(known.byline), ..Known::default() })
}

fn walk_any(bytes: &[u8], each: impl FnMut(Event<'_>)) -> Result<(), ErrorKind> {
    markup::walk(bytes, each).map(|_| ()).map_err(ErrorKind::Package)
}

/// A paragraph that was begun.
#[derive(Default)]
struct Begun {
    words: String,
    kind: Option<PassageKind>,
    title: bool,
}

/// A walk through the XML of a text.
#[derive(Default)]
struct Walk {
    out: Paragraphs,
    /// The elements that are open.
    open: Vec<String>,
    /// From which depth on nothing is kept: something struck out or never printed.
    dropped: Option<usize>,
    /// The paragraphs that are open; a text box stands inside another.
    begun: Vec<Begun>,
    /// Whether the present run is hidden.
    hidden: bool,
    /// Whether these are notes.
    notes: bool,
    title: Option<String>,
    changed: bool,
}

impl Walk {
    fn through(&mut self, bytes: &[u8]) -> Result<(), ErrorKind> {
        let wrong = markup::walk(bytes, |event| match event {
            Event::Open(name, tag) => self.open(name, &|attribute| local_attribute(tag, attribute)),
            Event::Close => self.close(),
            Event::Text(text) => self.text(text),
        });
        // A text that breaks off is told of, not shown as if it were whole.
        match wrong.map_err(ErrorKind::Package)? {
            Some(why) => Err(ErrorKind::Package(why)),
            None => Ok(()),
        }
    }

    fn open(&mut self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        let parent = self.open.last().map(String::as_str).unwrap_or_default();
        let in_run = parent == "r";
        match name {
            _ if self.dropped.is_some() => {}
            // What the fallback says, the choice before it has said.
            // not words: names of elements
            "del" | "moveFrom" | "Fallback" | "instrText" | "delText" => {
                // `w:del` in the properties of a paragraph or a row says that its mark was struck out, not its words.
                self.changed |= name == "del" || name == "moveFrom";
                self.dropped = Some(self.open.len());
            }
            "ins" => self.changed = true,
            "footnote" | "endnote" if attribute("type").is_some() => self.dropped = Some(self.open.len()),
            "footnote" | "endnote" if self.notes => self.out.part("notes", None),
            "p" => self.begun.push(Begun::default()),
            "pStyle" => self.style(&attribute("val").unwrap_or_default()),
            "outlineLvl" if attribute("val").is_some_and(|level| level.as_str() < "9") => {
                if let Some(paragraph) = self.begun.last_mut() {
                    paragraph.kind = Some(PassageKind::Heading);
                }
            }
            "r" => self.hidden = false,
            "vanish" if parent == "rPr" => self.hidden = !matches!(attribute("val").as_deref(), Some("0" | "false")),
            "tab" | "br" | "cr" if in_run => self.put(" "),
            "noBreakHyphen" if in_run => self.put("-"),
            _ => {}
        }
        self.open.push(name.to_owned());
    }

    fn close(&mut self) {
        let name = self.open.pop().unwrap_or_default();
        if self.dropped == Some(self.open.len()) {
            self.dropped = None;
        } else if self.dropped.is_none() && name == "p" {
            let Some(done) = self.begun.pop() else { return };
            if done.title && self.title.is_none() && !done.words.trim().is_empty() {
                self.title = Some(done.words.trim().to_owned());
            }
            self.out.push(&done.words, done.kind);
        }
    }

    fn text(&mut self, text: &str) {
        if self.open.last().is_some_and(|name| name == "t") {
            self.put(text);
        }
    }

    fn put(&mut self, words: &str) {
        if self.dropped.is_none()
            && !self.hidden
            && let Some(paragraph) = self.begun.last_mut()
        {
            paragraph.words.push_str(words);
        }
    }

    /// Styles have other names in other languages, their ids mostly not.
    fn style(&mut self, id: &str) {
        let id = id.to_lowercase();
        let Some(paragraph) = self.begun.last_mut() else { return };
        paragraph.title = id == "title";
        if paragraph.title || id.starts_with("heading") || id == "subtitle" {
            paragraph.kind = Some(PassageKind::Heading);
        } else if id == "caption" || id == "imagecaption" {
            paragraph.kind = Some(PassageKind::Caption);
        }
    }
}
