//! Has the letters of a PDF drawn; whatever the crate that draws them does, a page that cannot be read hinders no other.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document as Pdf, MediaBox, Object, OutputDev, OutputError, Transform, output_doc_page};

use super::line::Glyph;
use super::{Document, Page, document, paragraph};

/// The most pages that are read.
const MAX_PAGES: usize = 1_000;

/// The most letters of a page; a page of a newspaper has some 20,000.
const MAX_GLYPHS: usize = 150_000;

/// What a PDF has; `Err` says in words why it cannot be read.
pub(super) fn read(bytes: &[u8]) -> Result<Document, String> {
    let loaded = catch_unwind(|| Pdf::load_mem(bytes)).map_err(|_| "its table of contents is damaged".to_owned())?;
    let mut pdf = loaded.map_err(|e| format!("it is damaged ({e})"))?;
    if pdf.is_encrypted() && pdf.decrypt("").is_err() {
        return Err("it is locked with a password".to_owned());
    }
    super::widths::write_out(&mut pdf);
    let numbers: Vec<u32> = catch_unwind(AssertUnwindSafe(|| pdf.get_pages().into_keys().collect()))
        .map_err(|_| "its pages are damaged".to_owned())?;
    if numbers.is_empty() {
        return Err("it has no pages".to_owned());
    }
    let pages = numbers.iter().take(MAX_PAGES).map(|&number| page(&pdf, number)).collect();
    let property = |name: &[u8]| catch_unwind(AssertUnwindSafe(|| property(&pdf, name))).ok().flatten();
    let title = property(b"Title").filter(|title| is_title(title));
    let (pages, url) = document::join(pages, title.as_deref());
    let heading = pages.first().and_then(|p| p.paragraphs.iter().find(|p| p.heading)).map(|p| p.text.clone());
    Ok(Document {
        title: title.or(heading),
        url,
        // "(anonymous)", as ReportLab has it where nobody is named.
        author: property(b"Author").filter(|author| !author.starts_with('(')),
        pages,
        all: numbers.len(),
        notes: Vec::new(),
    })
}

fn page(pdf: &Pdf, number: u32) -> Page {
    let mut pen = Pen::default();
    let drawn = catch_unwind(AssertUnwindSafe(|| output_doc_page(pdf, &mut pen, number)));
    let failed = match drawn {
        Ok(Ok(())) => None,
        Ok(Err(_)) if pen.full => Some(format!("it has more than {MAX_GLYPHS} letters")),
        Ok(Err(e)) => Some(format!("page {number} is damaged ({e})")),
        Err(_) => Some(format!("page {number} has what this program does not know")),
    };
    let picture = catch_unwind(AssertUnwindSafe(|| has_picture(pdf, number))).unwrap_or_default();
    // Half a page would be taken for a whole one.
    let glyphs = if failed.is_some() { Vec::new() } else { pen.glyphs };
    Page { failed, ..paragraph::page(number, glyphs, picture) }
}

/// Whether there is a picture among what a page draws.
fn has_picture(pdf: &Pdf, number: u32) -> bool {
    let Some(page) = pdf.get_pages().get(&number).copied() else { return false };
    pdf.get_page_images(page).is_ok_and(|images| !images.is_empty())
}

/// A property of the document, such as its title.
fn property(pdf: &Pdf, name: &[u8]) -> Option<String> {
    let info = match pdf.trailer.get(b"Info").ok()? {
        Object::Reference(id) => pdf.get_object(*id).ok()?,
        direct => direct,
    };
    let bytes = match info.as_dict().ok()?.get(name).ok()? {
        Object::Reference(id) => pdf.get_object(*id).ok()?.as_str().ok()?,
        direct => direct.as_str().ok()?,
    };
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // PDFDocEncoding is Latin-1 in all that names are made of.
        bytes => std::str::from_utf8(bytes).map_or_else(
            |_| encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
            str::to_owned,
        ),
    };
    Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty() && text.len() < 1_000)
}

/// Whether a title is more than the name of a file that a program put there.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    // not words: endings of file names
    let endings = [".doc", ".docx", ".odt", ".indd", ".pdf", ".qxd", ".html", ".tex"];
    let names = ["microsoft word", "untitled", "about:blank"];
    !endings.iter().any(|ending| lower.ends_with(ending)) && !names.iter().any(|name| lower.starts_with(name))
}

/// Takes down what is drawn.
#[derive(Default)]
struct Pen {
    glyphs: Vec<Glyph>,
    full: bool,
}

impl OutputDev for Pen {
    fn begin_page(&mut self, _: u32, _: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        spacing: f64,
        size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        if self.glyphs.len() >= MAX_GLYPHS {
            self.full = true;
            return Err(OutputError::FormatError(std::fmt::Error));
        }
        self.glyphs.extend(Glyph::drawn([at.m11, at.m12, at.m21, at.m22, at.m31, at.m32], width, spacing, size, text));
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
