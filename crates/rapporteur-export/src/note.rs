//! Markdown with footnotes: one note on the story that Obsidian, GitHub and pandoc read; every line cites its words.
//!
//! Words of reports are escaped, so that none of them becomes markup, a link between notes, a tag or a block id. A line
//! break in them is shown as a space, as Markdown would show it; the places lead to the words as they stand.

use std::collections::BTreeMap;
use std::fmt::Write;

use rapporteur_schema::phrase::escaped_json;
use rapporteur_schema::{Aim, Citation, Edtf, IssueStatus, Meeting, MeetingStatus, Relation, Rule};

use crate::index::{ReportIndex, one_line};

/// Writes the note.
pub(crate) fn write(index: &ReportIndex<'_>) -> Vec<u8> {
    let mut page = Page { index, out: String::new(), notes: Vec::new(), numbers: BTreeMap::new() };
    page.front_matter();
    page.lead();
    page.differences();
    page.positions();
    page.meetings();
    page.terms();
    page.conditions();
    page.utterances();
    page.statements();
    page.corrections();
    page.reports();
    page.footnotes();
    page.out.into_bytes()
}

/// How likely an editor would choose a sentence of the lead, at least, for it not to be doubtful; as in a brief.
const LIKELY: f32 = 0.1;

struct Page<'s, 'r> {
    index: &'s ReportIndex<'r>,
    out: String,
    /// The footnotes, in the order in which the lines call for them.
    notes: Vec<&'r Citation>,
    numbers: BTreeMap<&'r Citation, usize>,
}

impl<'r> Page<'_, 'r> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn heading(&mut self, title: &str) {
        self.line(&format!("\n## {title}\n"));
    }

    /// The marks of footnotes: `[^1][^2]`.
    fn marks(&mut self, places: impl IntoIterator<Item = &'r Citation>) -> String {
        let mut marks = String::new();
        for at in places {
            let number = *self.numbers.entry(at).or_insert_with(|| {
                self.notes.push(at);
                self.notes.len()
            });
            let mark = format!("[^{number}]");
            if !marks.contains(&mark) {
                marks.push_str(&mark);
            }
        }
        marks
    }

    fn item(&mut self, words: &str, places: impl IntoIterator<Item = &'r Citation>) {
        let marks = self.marks(places);
        self.line(&format!("- {words}{marks}"));
    }

    fn front_matter(&mut self) {
        let record = self.index.record;
        let days = |pick: fn(Edtf) -> jiff::civil::Date| record.reports.iter().filter_map(|r| r.published).map(pick);
        let newest = days(Edtf::last_day).max();
        let mut outlets: Vec<&str> = record.reports.iter().filter_map(|r| r.outlet.as_deref()).collect();
        outlets.sort_unstable();
        outlets.dedup();
        self.line("---");
        self.line(&format!("title: {}", yaml(&format!("What {} reports say", record.reports.len()))));
        self.line("tags: [rapporteur]");
        self.line(&format!("record: {}", yaml(&self.index.id())));
        if let (Some(first), Some(newest)) = (days(Edtf::first_day).min(), newest) {
            self.line(&format!("from: {first}\nuntil: {newest}"));
        }
        self.line(&format!("outlets: [{}]", outlets.iter().map(|o| yaml(o)).collect::<Vec<_>>().join(", ")));
        self.line(&format!("made_with: {}", yaml(&format!("Rapporteur {}", record.made_with.version))));
        self.line("---");
        self.line(&format!("\n# What {} reports say", record.reports.len()));
    }

    fn reports(&mut self) {
        self.heading("Reports");
        for r in &self.index.record.reports {
            let title = escape(r.title.as_deref().unwrap_or(&r.source));
            let title = match &r.url {
                Some(url) => format!("[{title}]({})", target(url)),
                None => title,
            };
            let day = r.published.map_or_else(|| "undated".to_owned(), |d| d.to_string());
            let outlet = escape(self.index.outlet(&r.id));
            self.line(&format!("- **{outlet}**, {day}: {title} `{}`", r.id));
        }
    }

    /// What happened: the sentences as written, with all who tell the same.
    fn lead(&mut self) {
        let record = self.index.record;
        if record.lead.is_empty() {
            return;
        }
        self.heading("What happened");
        for l in &record.lead {
            let claim = l.claim.as_ref().and_then(|id| record.claims.iter().find(|c| c.id == *id));
            let others = claim.into_iter().flat_map(|c| &c.spans).filter(|c| c.report() != l.span.report());
            let sign = if l.confidence < LIKELY { " (doubtful)" } else { "" };
            self.item(&format!("{}{sign}", escape(l.span.exact())), std::iter::once(&l.span).chain(others));
        }
    }

    fn terms(&mut self) {
        let record = self.index.record;
        if record.proposals.is_empty() && record.issues.is_empty() {
            return;
        }
        self.heading("Still open");
        for p in &record.proposals {
            let name = p.names.first().map_or("a proposal", String::as_str);
            for v in &p.versions {
                let about = if v.approximate { "about " } else { "" };
                let details = [
                    v.points.map(|n| format!("{about}{n} points")),
                    v.sum.as_ref().map(|s| escape(s)),
                    v.change.as_ref().map(|c| escape(c)),
                    (!v.authors.is_empty()).then(|| format!("by {}", escape(&self.index.names(&v.authors, ", ")))),
                    v.date.map(|d| d.to_string()),
                ];
                let details: Vec<String> = details.into_iter().flatten().collect();
                let between = if details.is_empty() { "" } else { ": " };
                let clause = clause(v.evidence.iter());
                let words = format!("**{}**{between}{}{clause}", escape(name), details.join(", "));
                self.item(&words, v.evidence.iter());
            }
        }
        for i in &record.issues {
            let status = i.status.map_or("named", IssueStatus::as_str);
            let clause = clause(i.evidence.iter());
            self.item(&format!("{status}: {}{clause}", escape(&i.name)), i.evidence.iter());
        }
    }

    fn positions(&mut self) {
        if self.index.record.positions.is_empty() {
            return;
        }
        self.heading("Who wants what");
        for p in &self.index.record.positions {
            let (who, subject) = (escape(self.index.name(&p.party)), escape(&self.index.subject_or_words(&p.on)));
            let clause = clause(p.evidence.iter());
            // What the tagger alone reads in one report is right less than every second time (docs/accuracy.md).
            let first = p.evidence.first().report();
            let doubtful = p.by.iter().all(Rule::is_marked) && p.evidence.iter().all(|e| e.report() == first);
            let sign = if doubtful { " (doubtful)" } else { "" };
            let words = format!("**{who}** {}: {subject}{}{clause}{sign}", p.stance.as_str(), on(p.date));
            self.item(&words, p.evidence.iter());
        }
    }

    fn meetings(&mut self) {
        if self.index.record.meetings.is_empty() {
            return;
        }
        self.heading("Who met whom");
        let mut all: Vec<&Meeting> = self.index.record.meetings.iter().collect();
        all.sort_by_key(|m| (m.date.map(Edtf::first_day), m.date.map(Edtf::last_day)));
        for m in all {
            let mut words = match m.status {
                MeetingStatus::Held => String::new(),
                status => format!("({}) ", status.as_str()),
            };
            if let Some(date) = m.date {
                let _ = write!(words, "{date}, ");
            }
            words.push_str(&escape(&self.index.title_of(m)));
            if let Some(place) = &m.place {
                let _ = write!(words, ", {}", escape(self.index.name(place)));
            }
            if let Some(condition) = &m.condition {
                let _ = write!(words, ", depends on “{}”", escape(condition.exact()));
            }
            words.push_str(&clause(m.accounts.iter().map(|a| &a.span)));
            self.item(&words, m.accounts.iter().map(|a| &a.span).chain(&m.condition));
        }
    }

    fn conditions(&mut self) {
        if self.index.record.conditions.is_empty() {
            return;
        }
        self.heading("Conditions");
        for c in &self.index.record.conditions {
            let who = c.party.as_ref().map(|p| format!("**{}**: ", escape(self.index.name(p)))).unwrap_or_default();
            // The words themselves: "unless" turns a condition round.
            let words = format!("{who}“{}”", escape(c.evidence.first().exact()));
            self.item(&words, c.evidence.iter());
        }
    }

    fn differences(&mut self) {
        if self.index.record.discrepancies.is_empty() {
            return;
        }
        self.heading("Where accounts differ");
        for d in &self.index.record.discrepancies {
            self.line(&format!("- **{}**, {}:", d.kind.as_str(), escape(&d.about)));
            for account in &d.accounts {
                let marks = self.marks(account.evidence.iter());
                let clause = clause(account.evidence.iter());
                self.line(&format!("    - {}{clause}{marks}", escape(&account.value)));
            }
        }
    }

    fn utterances(&mut self) {
        let differ = |r: Relation| r != Relation::Identical;
        if self.index.record.utterances.is_empty() {
            return;
        }
        self.heading("The same words in several reports");
        for u in &self.index.record.utterances {
            let who = u.speaker.as_ref().map_or("somebody", |s| self.index.name(s));
            let how = if differ(u.relation) { format!(" ({})", u.relation.as_str()) } else { String::new() };
            let words = format!("**{}**{how}: “{}”", escape(who), escape(&u.text));
            let index = self.index;
            self.item(&words, u.statements.iter().filter_map(|id| index.statement(id)).map(|s| &s.content));
        }
    }

    fn statements(&mut self) {
        if self.index.record.statements.is_empty() {
            return;
        }
        self.heading("Who said what");
        for s in &self.index.record.statements {
            let named = s.speaker.as_ref().map(|e| self.index.name(e));
            let who = named.or(s.speaker_span.as_ref().map(|c| c.exact())).unwrap_or("somebody");
            let (open, close) = if s.mode == rapporteur_schema::Mode::Direct { ("“", "”") } else { ("", "") };
            let medium = s.medium.as_ref().map(|m| format!(", {}", escape(m))).unwrap_or_default();
            let via = s.via.as_ref().map(|v| format!(", via {}", escape(v))).unwrap_or_default();
            let words = format!(
                "**{}** ({}{medium}{via}){}: {open}{}{close}",
                escape(who),
                s.mode.as_str(),
                on(s.date),
                escape(s.content.exact())
            );
            self.item(&words, [&s.content]);
        }
    }

    fn corrections(&mut self) {
        if self.index.record.corrections.is_empty() {
            return;
        }
        self.heading("Corrected by people");
        for c in &self.index.record.corrections {
            let was = c.was.as_ref().map(|w| format!(", was {}", escape(w))).unwrap_or_default();
            let now = c.now.as_ref().map(|n| format!(", now {}", escape(n))).unwrap_or_default();
            let why = c.why.as_ref().map(|w| format!(" ({})", escape(w))).unwrap_or_default();
            let aim = match c.aim {
                _ if c.what == "note" => "",
                Aim::Reading => ", misread",
                Aim::World => ", the report is wrong",
            };
            self.line(&format!("- {} {}: {}{was}{now}{aim}{why}", escape(&c.at), escape(&c.who), escape(&c.about)));
        }
    }

    /// The footnotes: outlet, day, the exact words, the place.
    fn footnotes(&mut self) {
        if !self.notes.is_empty() {
            self.line("");
        }
        for (n, at) in std::mem::take(&mut self.notes).into_iter().enumerate() {
            let head = self.index.report(at.report());
            let day = head.and_then(|h| h.published).map(|d| format!(", {d}")).unwrap_or_default();
            let source = head.map_or("", |h| h.url.as_deref().unwrap_or(&h.source));
            let (start, end) = (at.span().start(), at.span().end());
            let words = escape(at.exact());
            let outlet = escape(self.index.outlet(at.report()));
            let note =
                format!("[^{}]: {outlet}{day}: “{words}” ({}, `{}` {start}–{end})", n + 1, escape(source), at.report());
            self.line(&note);
        }
    }
}

/// The words behind a label, for none stands without them: of several places the longest.
fn clause<'c>(places: impl Iterator<Item = &'c Citation>) -> String {
    let longest = places.max_by_key(|c| (c.span().len(), std::cmp::Reverse(c.span().start())));
    longest.map(|c| format!(" — “{}”", escape(c.exact()))).unwrap_or_default()
}

fn on(date: Option<Edtf>) -> String {
    date.map(|d| format!(", {d}")).unwrap_or_default()
}

/// Words on one line of which nothing is markup, for CommonMark, GitHub and Obsidian.
fn escape(words: &str) -> String {
    let line = one_line(words);
    let mut out = String::with_capacity(line.len() + 8);
    for c in line.chars() {
        // Obsidian's are among them: [[links]], #tags, ==marks==, %%comments%%, $formulas$, ^blocks.
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '^' | '=' | '$' | '%' | '&' | '!'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// An address in the brackets of a link.
fn target(url: &str) -> String {
    let mut out = String::new();
    for c in url.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '\\' | '"' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c if c.is_control() => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// A string of YAML in double quotes, which is one of JSON too.
fn yaml(words: &str) -> String {
    escaped_json(serde_json::Value::String(words.to_owned()).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser};

    /// What a reader of Markdown with all extensions shows of a line.
    fn shown(markdown: &str) -> String {
        let mut out = String::new();
        for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(text) => out.push_str(&text),
                Event::SoftBreak | Event::HardBreak => out.push('\n'),
                Event::Start(_) | Event::End(_) => {}
                other => panic!("{other:?} came of {markdown:?}"),
            }
        }
        out
    }

    proptest! {
        #[test]
        fn any_words_are_shown_as_they_are(
            words in "(\\PC|[-+*_`#<>\\[\\]()!|~^=$%&:;.\"'\\\\\n\r\t\u{202e}é中🦀 ]|https://x.example/|\\[\\[a\\]\\]|1. ){1,40}"
        ) {
            prop_assert_eq!(shown(&format!("- so “{}” it is", escape(&words))), format!("so “{}” it is", one_line(&words)));
        }
    }
}
