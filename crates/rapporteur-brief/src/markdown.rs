//! The brief as Markdown: headings, tables, and a footnote for every place cited. Every list is whole.

use std::collections::HashMap;

use crate::view::{Part, Row, Saying, View};
use crate::words::{count, numbers};

/// Lays a brief out.
pub(crate) fn render(view: &View) -> String {
    let mut page = Page { view, out: String::new(), cited: Vec::new(), notes: HashMap::new() };
    page.out.push_str(&format!("# Brief\n\n{}\n\n", escape(&view.headline)));
    page.reports();
    if !view.since.is_empty() {
        let title =
            format!("{} since {}", if view.news.is_empty() { "Nothing new" } else { "New" }, escape(&view.since));
        match view.news.as_slice() {
            [] => page.heading(&title),
            news => page.table(&title, ["", "What"], news, "; "),
        }
    }
    page.table("Where it stands", ["", "What is reported"], &view.stands, "; ");
    page.wants();
    page.meetings();
    page.table("Only if", ["Who", "What depends on what"], &view.conditions, "; ");
    page.table("Where accounts differ", ["In", "Accounts"], &view.differ, " — ");
    page.sayings();
    page.only_in();
    page.table("Corrected by people", ["", "What"], &view.corrected, "; ");
    page.timeline();
    page.names();
    page.footnotes();
    page.out
}

struct Page<'p> {
    view: &'p View,
    out: String,
    /// Citations in the order in which the text calls for them: the order of the footnotes.
    cited: Vec<usize>,
    /// Numbers of footnotes, by citation.
    notes: HashMap<usize, usize>,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn heading(&mut self, title: &str) {
        self.line(&format!("## {title}\n"));
    }

    fn row(&mut self, cells: &[String]) {
        self.line(&format!("| {} |", cells.join(" | ")));
    }

    fn header(&mut self, cells: &[&str]) {
        self.line(&format!("| {} |", cells.join(" | ")));
        self.line(&format!("|{}", " --- |".repeat(cells.len())));
    }

    /// The marks of footnotes, `[^1][^2]`.
    fn marks(&mut self, cites: &[usize]) -> String {
        let mut marks = String::new();
        for &cite in cites {
            let number = *self.notes.entry(cite).or_insert_with(|| {
                self.cited.push(cite);
                self.cited.len()
            });
            marks.push_str(&format!("[^{number}]"));
        }
        if marks.is_empty() { marks } else { format!(" {marks}") }
    }

    fn reports(&mut self) {
        let view = self.view;
        // not words: column names
        self.header(&["", "Outlet", "Published", "Title", "File"]);
        for r in &view.reports {
            let title = match (&r.title, &r.url) {
                (Some(title), Some(url)) => format!("[{}]({})", escape(title), target(url)),
                (Some(title), None) => escape(title),
                (None, Some(url)) => format!("<{}>", target(url)),
                (None, None) => String::new(),
            };
            let date = match (&r.date, r.basis) {
                (Some(date), Some(basis)) => format!("{date} ({basis})"),
                (Some(date), None) => date.clone(),
                (None, _) => "undated".into(),
            };
            let outlet = r.outlet.as_deref().map(escape).unwrap_or_default();
            self.row(&[r.number.to_string(), outlet, date, title, code(&r.file)]);
        }
        self.line("");
    }

    fn table(&mut self, title: &str, header: [&str; 2], rows: &[Row], between: &str) {
        if rows.is_empty() {
            return;
        }
        self.heading(title);
        self.header(&header);
        for row in rows {
            let about = match row.about.as_str() {
                "" => String::new(),
                about => format!("**{}**: ", escape(about)),
            };
            let cell = format!("{about}{}{}", answers(&row.parts, between), self.marks(&row.cites));
            self.row(&[escape(&row.label), cell]);
        }
        self.line("");
    }

    /// Parties against matters.
    fn wants(&mut self) {
        let wants = &self.view.wants;
        if wants.rows.is_empty() {
            return;
        }
        self.heading("Who wants what");
        let subjects: Vec<String> = wants.subjects.iter().map(|s| escape(s)).collect();
        let header: Vec<&str> = std::iter::once("").chain(subjects.iter().map(String::as_str)).collect();
        self.header(&header);
        for row in &wants.rows {
            let marks = self.marks(&row.cites);
            let mut cells = vec![format!("{}{marks}", escape(&row.party))];
            cells.extend(row.cells.iter().map(|cell| answers(cell, "; ")));
            self.row(&cells);
        }
        self.line("");
    }

    fn timeline(&mut self) {
        let view = self.view;
        if view.timeline.is_empty() {
            return;
        }
        self.heading("When");
        self.header(&["Date", "What", "Reports"]);
        for h in &view.timeline {
            let reports = format!("{}{}", reports(&h.reports), self.marks(&h.cites));
            self.row(&[escape(&h.date), escape(&h.what), reports]);
        }
        self.line("");
    }

    fn meetings(&mut self) {
        let view = self.view;
        if view.meetings.is_empty() {
            return;
        }
        self.heading("Who met whom");
        // not words: column names
        self.header(&["Status", "Date", "Place", "Who", "Reports", "Accounts differ on"]);
        for m in &view.meetings {
            let reports = format!("{}{}", reports(&m.reports), self.marks(&m.cites));
            let cells = [m.status, &m.date, &m.place, &m.who].map(escape);
            self.row(&[cells.as_slice(), &[reports, m.differs.join(", ")]].concat());
        }
        self.line("");
    }

    fn sayings(&mut self) {
        let view = self.view;
        if view.sayings.speakers.is_empty() {
            return;
        }
        self.heading("Who said what");
        for speaker in &view.sayings.speakers {
            let office = speaker.office.as_deref().map(|o| format!(", {}", escape(o))).unwrap_or_default();
            self.line(&format!("### {}{office}\n", escape(&speaker.name)));
            for s in &speaker.sayings {
                self.saying(s);
            }
            self.line("");
        }
    }

    fn saying(&mut self, s: &Saying) {
        let text = escape(&s.text);
        let text = if s.quoted { format!("“{text}”") } else { text };
        let setting: String = s.setting.iter().map(|at| format!(", {}", escape(at))).collect();
        let relation = s.relation.map(|r| format!(" {}", r.as_str())).unwrap_or_default();
        let cites: Vec<usize> = s.accounts.iter().flat_map(|a| a.cites.iter().copied()).collect();
        let marks = self.marks(&cites);
        self.line(&format!("- {text}{setting} {}{relation}{marks}", reports(&s.reports)));
        for note in &s.notes {
            self.line(&format!("  - {} {}", reports(&note.reports), escape(&note.text)));
        }
    }

    fn only_in(&mut self) {
        let view = self.view;
        if view.only_in.is_empty() {
            return;
        }
        self.heading("Only in one report");
        for row in &view.only_in {
            let facts: Vec<String> = row.parts.iter().map(|p| escape(&p.text)).collect();
            let marks = self.marks(&row.cites);
            self.line(&format!("- \\[{}\\] {}{marks}", row.label, facts.join("; ")));
        }
        self.line("");
    }

    fn names(&mut self) {
        let view = self.view;
        if view.names.groups.is_empty() {
            return;
        }
        self.heading("Names");
        self.header(&["", "Name", "As written, by report"]);
        for group in &view.names.groups {
            for name in &group.names {
                let spellings = if group.differ { answers(&name.spellings, "; ") } else { reports(&name.reports) };
                self.row(&[group.title.into(), escape(&name.name), spellings]);
            }
        }
        self.line("");
        if view.names.rest > 0 {
            let rest = count(view.names.rest, "more name stands", "more names stand");
            self.line(&format!("{rest} in one report only.\n"));
        }
    }

    /// The footnotes: outlet, date, file, place and the exact words.
    fn footnotes(&mut self) {
        let view = self.view;
        if view.is_bare() {
            self.line("No quotations and no names in several reports were found.\n");
        }
        self.line(
            "Numbers in brackets are reports; a footnote gives the exact words and their place in the report's text.\n",
        );
        for (note, index) in std::mem::take(&mut self.cited).into_iter().enumerate() {
            let Some(cite) = view.cites.get(index) else { continue };
            let Some(r) = view.report(cite.report) else { continue };
            let date = r.date.as_deref().unwrap_or("undated");
            let outlet = r.outlet.as_deref().map(|o| format!("{}, ", escape(o))).unwrap_or_default();
            let link = r.url_at(cite).map(|url| format!(" [there]({})", target(&url))).unwrap_or_default();
            self.line(&format!(
                "[^{}]: \\[{}\\] {outlet}{date}, {} {}–{}: “{}”{link}",
                note + 1,
                r.number,
                code(&r.file),
                cite.start,
                cite.end,
                escape(&cite.exact),
            ));
        }
        self.line(&format!("\nrapporteur {}", escape(&view.version)));
    }
}

fn reports(of: &[usize]) -> String {
    format!("\\[{}\\]", numbers(of))
}

fn answers(parts: &[Part], between: &str) -> String {
    parts.iter().map(|p| format!("{} {}", escape(&p.text), reports(&p.reports))).collect::<Vec<_>>().join(between)
}

/// A text in which nothing is Markdown: every mark that could be one stands behind a backslash.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    // "1. " and "- " would begin a list.
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = text[digits..].chars().nth(1);
    let list = if digits > 0 { ['.', ')'].as_slice() } else { ['-', '+', '=', ':'].as_slice() };
    for (at, c) in text.char_indices() {
        let mark =
            matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '$' | '^' | '!');
        let begins_list = at == digits && list.contains(&c) && after.is_none_or(|c| c == ' ' || c == '=' || c == '-');
        if mark || begins_list {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A text as code; the fence is longer than any run of backticks inside. In a table even code must not hold a bar.
fn code(text: &str) -> String {
    let text = text.replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// An address that ends where it should.
fn target(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '|' => out.push_str("%7C"),
            '\\' => out.push_str("%5C"),
            ' ' => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_report_is_read_as_markdown() {
        assert_eq!(escape("a|b *c* [d](e) <f> `g`"), r"a\|b \*c\* \[d\](e) \<f\> \`g\`");
        assert_eq!(escape("1. first"), r"1\. first");
        assert_eq!(escape("- first"), r"\- first");
        assert_eq!(escape("12 points."), "12 points.");
        assert_eq!(escape("0.1.0"), "0.1.0");
        assert_eq!(code("a`b|c"), "`` a`b\\|c ``");
        assert_eq!(target("https://x.example/a (b)"), "https://x.example/a%20%28b%29");
    }
}
