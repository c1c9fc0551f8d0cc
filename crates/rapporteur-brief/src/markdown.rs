//! The brief as Markdown: headings, lists, and a footnote for every place cited. Every list is whole; what is not sure stands in a
//! list of its own at the end, and a clause that a section above shows is not shown again.

use std::collections::HashMap;

use crate::view::{Part, Row, Saying, View};
use crate::words::{COMPARED, count, numbers};

/// Lays a brief out.
pub(crate) fn render(view: &View) -> String {
    let mut page = Page { view, out: String::new(), doubtful: Vec::new(), cited: Vec::new(), notes: HashMap::new() };
    page.out.push_str(&format!("# Brief\n\n{}\n\n", escape(&view.headline)));
    page.listed();
    if !view.since.is_empty() {
        let title =
            format!("{} since {}", if view.news.is_empty() { "Nothing new" } else { "New" }, escape(&view.since));
        match view.news.as_slice() {
            [] => page.heading(&title),
            news => page.table(&title, ["", "What"], news, "; "),
        }
    }
    page.lead();
    page.differ();
    page.wants();
    page.meetings();
    page.clauses("Still open", &view.open);
    page.clauses("Only if", &view.conditions);
    page.sayings();
    page.only_in();
    page.table("Corrected by people", ["", "What"], &view.corrected, "; ");
    page.timeline();
    page.names();
    page.doubtful();
    page.not_read();
    page.reports();
    page.footnotes();
    page.out
}

struct Page<'p> {
    view: &'p View,
    out: String,
    /// Lines that are not sure, for a section of their own.
    doubtful: Vec<String>,
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

    /// The reports by their numbers.
    fn listed(&mut self) {
        let all: Vec<String> =
            self.view.reports.iter().map(|r| format!("{}\u{a0}{}", r.number, escape(&r.name))).collect();
        if !all.is_empty() {
            self.line(&format!("{}\n", all.join(" · ")));
        }
    }

    /// What happened: the sentences as written.
    fn lead(&mut self) {
        let view = self.view;
        let shown = view.lead.iter().any(|l| !l.doubtful);
        if shown {
            self.heading("What happened");
        }
        for l in &view.lead {
            let day = l.day.as_deref().map(|d| format!("**{}** ", escape(d))).unwrap_or_default();
            let new = if l.fresh { "\\+ " } else { "" };
            let mut kinds: Vec<&str> = l.differs.iter().map(|d| d.kind).collect();
            kinds.dedup();
            let differs = if kinds.is_empty() { String::new() } else { format!(" ≠ {}", kinds.join(", ")) };
            let (told, marks) = (told_by(l.report, &l.also), self.marks(&l.cites));
            let line = format!("- {new}{day}{} {told}{differs}{marks}", escape(&l.text));
            if l.doubtful { self.doubtful.push(line) } else { self.line(&line) }
        }
        if shown {
            self.line("");
        }
    }

    /// Where accounts differ: an answer a line, the words that differ in bold.
    fn differ(&mut self) {
        let view = self.view;
        if view.differ.is_empty() {
            // One report differs from none.
            if view.reports.len() > 1 && !view.is_bare() {
                self.heading("Where accounts differ");
                let claims = count(view.compared, "claim", "claims");
                self.line(&format!("None found among {claims} that several reports share. {COMPARED}\n"));
            }
            return;
        }
        self.heading("Where accounts differ");
        for row in &view.differ {
            self.line(&format!("- *{}* {}", escape(&row.label), escape(&row.about)));
            for part in &row.parts {
                let line = self.told(part);
                self.line(&format!("  - {line}"));
            }
        }
        self.line("");
    }

    /// A clause, what differs in it in bold, with the reports that tell it.
    fn told(&mut self, part: &Part) -> String {
        let piece = |(words, marked): (&str, bool)| match marked {
            true => format!("**{}**", escape(words)),
            false => escape(words),
        };
        let words: String = part.pieces().into_iter().map(piece).collect();
        let numbers = if part.reports.is_empty() { String::new() } else { format!(" {}", reports(&part.reports)) };
        let says = part.says.as_ref().map(|who| format!(", so says {}", escape(who))).unwrap_or_default();
        format!("{words}{says}{numbers}{}", self.marks(&part.cites))
    }

    /// Lines of a tag and a clause.
    fn clauses(&mut self, title: &str, rows: &[Row]) {
        let shown = rows.iter().any(|r| !r.doubtful && !r.told);
        if shown {
            self.heading(title);
        }
        for row in rows.iter().filter(|r| !r.told) {
            let tag = if row.label.is_empty() { String::new() } else { format!("*{}*: ", escape(&row.label)) };
            let parts: Vec<String> = row.parts.iter().map(|p| self.told(p)).collect();
            let line = format!("- {tag}{}", parts.join("; "));
            if row.doubtful { self.doubtful.push(line) } else { self.line(&line) }
        }
        if shown {
            self.line("");
        }
    }

    /// What is not sure.
    fn doubtful(&mut self) {
        let lines = std::mem::take(&mut self.doubtful);
        if lines.is_empty() {
            return;
        }
        self.heading("Doubtful");
        self.line(
            "Found in one report by the tagger alone, or too short to tell: read the words before you rely on it.\n",
        );
        for line in lines {
            self.line(&line);
        }
        self.line("");
    }

    /// What should be here and is damaged where it is kept.
    fn not_read(&mut self) {
        let view = self.view;
        if view.not_read.is_empty() {
            return;
        }
        self.heading("Not read");
        for line in &view.not_read {
            self.line(&format!("- {}", escape(line)));
        }
        self.line("");
    }

    fn reports(&mut self) {
        let view = self.view;
        if view.reports.is_empty() {
            return;
        }
        self.heading("Sources");
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

    /// Who wants what: a list a party.
    fn wants(&mut self) {
        let view = self.view;
        let minor = |s: &crate::view::Stand| s.doubtful || s.told;
        if view.wants.parties.iter().any(|p| !p.stands.iter().all(minor)) {
            self.heading("Who wants what");
        }
        for party in &view.wants.parties {
            let mut named = false;
            for stand in &party.stands {
                let (words, new) = (self.told(&stand.clause), if stand.fresh { "\\+ " } else { "" });
                let line = format!("{new}*{}*: {words}", stand.stance);
                if minor(stand) {
                    self.doubtful.push(format!("- **{}** {line}", escape(&party.name)));
                    continue;
                }
                if !std::mem::replace(&mut named, true) {
                    self.line(&format!("- **{}**", escape(&party.name)));
                }
                self.line(&format!("  - {line}"));
            }
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

    /// Who met whom: a line a gathering, with the clause that tells it.
    fn meetings(&mut self) {
        let view = self.view;
        let shown = view.meetings.iter().any(|m| !m.doubtful);
        if shown {
            self.heading("Who met whom");
        }
        for m in &view.meetings {
            let head: Vec<String> = m
                .head()
                .into_iter()
                .map(|h| match h == m.who {
                    true => format!("**{}**", escape(h)),
                    false => escape(h),
                })
                .collect();
            let differs = if m.differs.is_empty() { String::new() } else { format!(" ≠ {}", m.differs.join(", ")) };
            let new = if m.fresh { "\\+ " } else { "" };
            let (told, marks) = (told_by(m.report, &m.also()), self.marks(&m.cites));
            let clause = escape(&m.clause);
            let line = format!("- {new}*{}* {}{differs}: {clause} {told}{marks}", m.status, head.join(" · "));
            if m.doubtful { self.doubtful.push(line) } else { self.line(&line) }
        }
        if shown {
            self.line("");
        }
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
            let part = cite.part.as_ref().map(|part| format!(" ({})", escape(part))).unwrap_or_default();
            self.line(&format!(
                "[^{}]: \\[{}\\] {outlet}{date}, {} {}–{}{part}: “{}”{link}",
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

/// `[1] also [2 3]`: the report whose words are shown, and those that tell the same.
fn told_by(report: usize, also: &[usize]) -> String {
    let more = if also.is_empty() { String::new() } else { format!(" also {}", reports(also)) };
    format!("{}{more}", reports(&[report]))
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
