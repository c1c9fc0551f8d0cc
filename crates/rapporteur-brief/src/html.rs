//! The brief as one self-contained HTML page: no script, no request to anywhere, dark where the reader's screen is.

use askama::Template;

use crate::diff::Segment;
use crate::view::{Cite, LeadLine, MeetingLine, ReportLine, Row, Saying, Speaker, Stand, View};
use crate::words::{COMPARED, count, runs};

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

/// A section that is a list of rows: those that are sure, and those that are not; none of what a section above shows.
struct Rows<'v> {
    id: &'static str,
    title: &'static str,
    rows: Vec<&'v Row>,
    doubtful: Vec<&'v Row>,
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

    fn rows<'r>(id: &'static str, title: &'static str, rows: &'r [Row]) -> Rows<'r> {
        let (doubtful, rows) = rows.iter().filter(|r| !r.told).partition(|r| r.doubtful);
        Rows { id, title, rows, doubtful }
    }

    /// What is new, before all else.
    fn news(&self) -> [Rows<'_>; 1] {
        [Self::rows("news", "What is new", &self.view.news)]
    }

    /// What is open, between who met whom and who said what.
    fn undecided(&self) -> [Rows<'_>; 2] {
        let view = self.view;
        [Self::rows("open", "Still open", &view.open), Self::rows("conditions", "Only if", &view.conditions)]
    }

    /// What people corrected, after all that was found.
    fn corrected(&self) -> [Rows<'_>; 1] {
        [Self::rows("corrected", "Corrected by people", &self.view.corrected)]
    }

    /// The stands by party: those that are sure, or the others.
    fn stands(&self, sure: bool) -> Vec<(&str, Vec<&Stand>)> {
        let minor = |s: &&Stand| (s.doubtful || s.told) != sure;
        let all = self.view.wants.parties.iter();
        let all = all.map(|p| (p.name.as_str(), p.stands.iter().filter(minor).collect::<Vec<_>>()));
        all.filter(|(_, stands)| !stands.is_empty()).collect()
    }

    fn meetings(&self, sure: bool) -> Vec<&MeetingLine> {
        self.view.meetings.iter().filter(|m| m.doubtful != sure).collect()
    }

    fn lead(&self) -> Vec<&LeadLine> {
        self.view.lead.iter().filter(|l| !l.doubtful).collect()
    }

    /// "31 claims".
    fn compared(&self) -> String {
        count(self.view.compared, "claim", "claims")
    }

    /// One report's number as a list of numbers.
    fn alone(&self, report: &usize) -> Vec<usize> {
        vec![*report]
    }

    /// Where a row can be linked to.
    fn anchor(&self, row: &Row) -> String {
        row.ids.first().cloned().unwrap_or_default()
    }

    /// A speaker's sayings, those of a short list first and the rest to be opened.
    fn parted<'s>(&self, speaker: &'s Speaker) -> (&'s [Saying], &'s [Saying]) {
        speaker.sayings.split_at(speaker.shown)
    }
}
