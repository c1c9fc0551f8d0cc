//! The brief as one self-contained HTML page: no script, no request to anywhere, dark where the reader's screen is.

use askama::Template;

use crate::diff::Segment;
use crate::view::{Cite, ReportLine, Row, Saying, Speaker, View};
use crate::words::runs;

/// The page, in `templates/brief.html`; the template escapes all it is given.
#[derive(Template)]
#[template(path = "brief.html")]
struct Page<'p> {
    view: &'p View,
}

/// Lays a brief out.
pub(crate) fn render(view: &View) -> String {
    // Writing into a string does not fail: the template is compiled in and asks nothing that can.
    let mut page = Page { view }.render().unwrap_or_default();
    page.push('\n');
    page
}

/// A report's number, or the first and last of a run.
struct Chip<'v> {
    number: usize,
    name: &'v str,
    /// Whether a dash leads from the number before to this one.
    dash: bool,
}

/// A section that is a table of rows.
struct Rows<'v> {
    id: &'static str,
    title: &'static str,
    rows: &'v [Row],
}

impl Page<'_> {
    fn chips(&self, numbers: &[usize]) -> Vec<Chip<'_>> {
        let chip = |number, dash| Chip { number, name: self.name(number), dash };
        let mut chips = Vec::new();
        for (first, last) in runs(numbers) {
            chips.push(chip(first, false));
            chips.extend((first != last).then(|| chip(last, true)));
        }
        chips
    }

    fn name(&self, number: usize) -> &str {
        self.view.report(number).map_or("", |r| r.name.as_str())
    }

    fn report(&self, number: usize) -> Option<&ReportLine> {
        self.view.report(number)
    }

    fn cites(&self, indices: &[usize]) -> Vec<(&Cite, &ReportLine, Option<String>)> {
        let found = indices.iter().filter_map(|&i| self.view.cites.get(i));
        found.filter_map(|c| self.view.report(c.report).map(|r| (c, r, r.url_at(c)))).collect()
    }

    /// Sections before the sayings and after them, as the brief orders them.
    fn first_tables(&self) -> [Rows<'_>; 2] {
        [
            Rows { id: "news", title: "What is new", rows: &self.view.news },
            Rows { id: "stands", title: "Where it stands", rows: &self.view.stands },
        ]
    }

    fn second_tables(&self) -> [Rows<'_>; 3] {
        [
            Rows { id: "conditions", title: "Only if", rows: &self.view.conditions },
            Rows { id: "differ", title: "Where accounts differ", rows: &self.view.differ },
            Rows { id: "corrected", title: "Corrected by people", rows: &self.view.corrected },
        ]
    }

    /// A speaker's sayings, those of a short list first and the rest to be opened.
    fn parted<'s>(&self, speaker: &'s Speaker) -> (&'s [Saying], &'s [Saying]) {
        speaker.sayings.split_at(speaker.shown)
    }
}
