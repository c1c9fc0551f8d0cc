//! Shows a record to people: as text for a terminal, as Markdown, and as one HTML page.
//!
//! All three are pure functions of a [`Record`]: nothing is read, nothing is added that the record does not say.
//! 1. **[`view`]** turns the record into sections once: what is shown, in which order, and where a long list is cut.
//! 2. **[`Brief`]** (or at once **[`text()`]**, **[`markdown()`]** and **[`html()`]**) only lays those sections out.
//!
//! A **[`list`]** has some of the facts as rows and columns, for the commands that list them.
//!
//! Numbers in brackets are reports, everywhere.

use rapporteur_schema::{Change, Record};

pub mod diff;
mod html;
pub mod list;
mod markdown;
mod text;
pub mod view;
pub mod words;

/// How the text for a terminal is laid out.
///
/// # Example
/// ```
/// let style = rapporteur_brief::Style { width: 80, ..Default::default() };
/// assert!(!style.color && !style.links);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns to use; no line is longer, save for a single word that is.
    pub width: usize,
    /// Whether to write ANSI colours.
    pub color: bool,
    /// Whether to link report numbers to the reports' files (OSC 8).
    pub links: bool,
    /// Under each line, the exact words it rests on, with their place.
    pub citations: bool,
    /// Leave nothing out for length.
    pub all: bool,
    /// The folder at which relative paths of reports begin, absolute: a link needs it. Where it is empty, only
    /// reports with an absolute path are linked.
    pub folder: String,
}

impl Default for Style {
    /// Plain text of 96 columns.
    fn default() -> Self {
        Style { width: 96, color: false, links: false, citations: false, all: false, folder: String::new() }
    }
}

/// What is new in a record, to be shown first.
#[derive(Clone, Copy, Debug)]
pub struct News<'n> {
    /// Since when, for people: "24 Nov 2025".
    pub since: &'n str,
    /// What changed since then.
    pub changes: &'n [Change],
}

/// A brief that begins with what is new.
#[derive(Clone, Copy, Debug)]
pub struct Brief<'r> {
    record: &'r Record,
    news: Option<News<'r>>,
}

impl<'r> Brief<'r> {
    /// The brief of a record.
    pub fn new(record: &'r Record, news: Option<News<'r>>) -> Self {
        Brief { record, news }
    }

    /// As text for a terminal.
    pub fn text(&self, style: &Style) -> String {
        text::render(&self.view(), style)
    }

    /// As Markdown: every list whole, every line with footnotes that give outlet, date, place and exact words.
    pub fn markdown(&self) -> String {
        markdown::render(&self.view())
    }

    /// As one self-contained HTML page, without scripts; each line opens its accounts side by side.
    pub fn html(&self) -> String {
        html::render(&self.view())
    }

    fn view(&self) -> view::View {
        view::View::new(self.record, self.news.as_ref())
    }
}

/// The brief as text for a terminal.
pub fn text(record: &Record, style: &Style) -> String {
    Brief::new(record, None).text(style)
}

/// What changed from one version of a text to the next, paragraph by paragraph: left out, put in, or with the words that
/// changed marked as [-left out-] and {+put in+}.
pub fn changes(before: &str, after: &str) -> String {
    diff::paragraphs(before, after)
}

/// The brief as Markdown.
pub fn markdown(record: &Record) -> String {
    Brief::new(record, None).markdown()
}

/// The brief as one HTML page.
pub fn html(record: &Record) -> String {
    Brief::new(record, None).html()
}
