//! One report on a page: its text with the statements marked, then lists of statements, names and dates.

use rapporteur::phrase::{clean, clip};
use rapporteur::{Actor, Basis, EntityKind, Findings, MentionKind, PassageKind, Report, StatementFinding};

use super::marked::{Look, Marked};

const CONTENT: Look = Look { content: true, cue: false, strong: false, faint: false, marker: false };
const PLAIN: Look = Look { content: false, ..CONTENT };
const STRONG: Look = Look { strong: true, ..PLAIN };
const FAINT: Look = Look { faint: true, ..PLAIN };
const MARKER: Look = Look { marker: true, ..PLAIN };
const CUE: Look = Look { cue: true, ..PLAIN };

/// How many characters of a passage that is set aside are shown.
const GLIMPSE: usize = 40;

/// The page of one report.
pub(super) fn page(report: &Report, found: &Findings, width: usize, color: bool) -> String {
    let mut page = Page { report, found, width, color, out: String::new() };
    page.head();
    page.text();
    page.statements();
    page.names();
    page.dates();
    page.out
}

struct Page<'p> {
    report: &'p Report,
    found: &'p Findings,
    width: usize,
    color: bool,
    out: String,
}

impl Page<'_> {
    /// Writes words in one look, with a hanging indent.
    fn line(&mut self, indent: usize, hang: usize, pieces: &[(&str, Look)]) {
        let mut marked = Marked::default();
        pieces.iter().for_each(|(words, look)| marked.add(words, *look));
        self.out.extend(std::iter::repeat_n(' ', indent));
        marked.write(&mut self.out, indent, hang, self.width, self.color);
    }

    fn heading(&mut self, words: &str) {
        self.out.push('\n');
        self.line(0, 0, &[(words, STRONG)]);
    }

    fn head(&mut self) {
        let head = &self.report.head;
        let date = head.published.map(|d| match head.published_basis {
            Some(Basis::Stated) => format!("{d} as stated"),
            Some(Basis::Inferred) => format!("{d} inferred"),
            _ => d.to_string(),
        });
        let known: Vec<&str> = [head.outlet.as_deref(), date.as_deref()].into_iter().flatten().collect();
        let rest = known.iter().map(|k| format!(" · {k}")).collect::<String>();
        self.line(0, 2, &[(head.source.as_ref(), STRONG), (&rest, PLAIN)]);
        if let Some(title) = &head.title {
            self.line(0, 2, &[(title, PLAIN)]);
        }
    }

    /// The text as kept, a paragraph for a passage, what statements say marked with their numbers.
    fn text(&mut self) {
        let report = self.report;
        let contents: Vec<(u32, u32)> = spans(self.found, |s| Some(s.content.span()));
        let cues: Vec<(u32, u32)> = spans(self.found, |s| s.cue.as_ref().map(|c| c.span()));
        let sources: Vec<(u32, u32)> = spans(self.found, |s| s.speaker_span.as_ref().map(|c| c.span()));
        let mut chars = report.text.as_str().chars();
        for passage in &report.head.passages {
            let (start, end) = (passage.start, passage.end);
            let text: Vec<char> = chars.by_ref().take((end - start) as usize).collect();
            if passage.kind == PassageKind::Boilerplate {
                self.aside(&text);
                continue;
            }
            let mut marked = Marked::default();
            let faint = passage.kind == PassageKind::Credit;
            // Only what reaches into this passage, so that a long report with many statements stays quick.
            let near = |all: &[(u32, u32)]| -> Vec<(u32, u32)> {
                all.iter().copied().filter(|(a, b)| *a < end && *b > start).collect()
            };
            let (contents_here, cues_here, sources_here) = (near(&contents), near(&cues), near(&sources));
            for (at, c) in (start..end).zip(text) {
                if contents_here.iter().any(|s| s.0 == at) {
                    self.open(&mut marked, at);
                }
                let inside = |all: &[(u32, u32)]| all.iter().any(|(a, b)| *a <= at && at < *b);
                let look = Look {
                    content: inside(&contents_here),
                    cue: inside(&cues_here),
                    strong: inside(&sources_here) || passage.kind == PassageKind::Heading,
                    faint,
                    marker: false,
                };
                marked.push(c, look);
                if !self.color {
                    contents_here.iter().filter(|s| s.1 == at + 1).for_each(|_| marked.push(']', MARKER));
                }
            }
            if !marked.is_blank() {
                self.out.push('\n');
                marked.write(&mut self.out, 0, 0, self.width, self.color);
            }
        }
    }

    /// The marks of all statements whose content begins here, longest first.
    fn open(&self, marked: &mut Marked, at: u32) {
        let mut here: Vec<(u32, usize)> = Vec::new();
        for (n, s) in self.found.statements.iter().enumerate().filter(|(_, s)| s.content.span().start() == at) {
            here.push((s.content.span().end(), n + 1));
        }
        here.sort_by_key(|(end, n)| (std::cmp::Reverse(*end), *n));
        for (_, n) in here {
            match self.color {
                true => n.to_string().chars().for_each(|d| marked.push(raised(d), MARKER)),
                false => {
                    marked.add(&format!("[{n}:"), MARKER);
                    marked.push(' ', PLAIN);
                }
            }
        }
    }

    /// A passage that says nothing of the story: only its first words.
    fn aside(&mut self, text: &[char]) {
        let words = clean(&text.iter().collect::<String>());
        if words.is_empty() {
            return;
        }
        self.out.push('\n');
        self.line(0, 0, &[(&format!("(boilerplate: {})", clip(&words, GLIMPSE)), FAINT)]);
    }

    fn statements(&mut self) {
        let found = self.found;
        self.heading(&format!("STATEMENTS {}", found.statements.len()));
        let column = found.statements.len().to_string().len() + 3;
        for (n, s) in found.statements.iter().enumerate() {
            let number = format!("{:>w$}  ", n + 1, w = column - 2);
            self.out.push_str(&number_in(&number, self.color));
            let who = speaker(found, s);
            let mut marked = Marked::default();
            marked.add(s.mode.as_str(), PLAIN);
            marked.add(" · ", FAINT);
            marked.add(&who.0, if who.1 { STRONG } else { FAINT });
            let as_named = s.speaker_span.as_ref().map(|c| c.exact()).filter(|words| *words != who.0);
            if let Some(words) = as_named {
                marked.add(&format!(" (“{words}”)"), PLAIN);
            }
            marked.add(" · ", FAINT);
            match &s.cue {
                Some(cue) => marked.add(cue.exact(), CUE),
                None => marked.add("no cue", FAINT),
            }
            let date = s.date.map(|d| d.to_string());
            for (label, value) in [("medium", &s.medium), ("via", &s.via), ("date", &date)] {
                if let Some(value) = value {
                    marked.add(&format!(" · {label} {value}"), PLAIN);
                }
            }
            marked.write(&mut self.out, column, column, self.width, self.color);
            self.line(column, column, &[(s.content.exact(), CONTENT)]);
        }
    }

    fn names(&mut self) {
        self.heading(&format!("NAMES {}", self.found.actors.len()));
        for kind in
            [EntityKind::Person, EntityKind::Organization, EntityKind::Country, EntityKind::Place, EntityKind::Group]
        {
            let actors: Vec<&Actor> = self.found.actors.iter().filter(|a| a.kind == kind).collect();
            if actors.is_empty() {
                continue;
            }
            self.line(1, 1, &[(kind.as_str(), FAINT)]);
            for actor in actors {
                let mut line: Vec<(String, Look)> = vec![(actor.name.clone(), STRONG)];
                if let Some(code) = &actor.iso3166 {
                    line.push((format!(" ({code})"), PLAIN));
                }
                let spellings = spellings(actor);
                if spellings.len() > 1 || spellings.first().is_some_and(|s| *s != actor.name) {
                    line.push((format!(" · as {}", spellings.join(", ")), PLAIN));
                }
                for office in &actor.offices {
                    let of = office.of.and_then(|of| self.found.actors.get(of.index()));
                    let of = of.map(|of| format!(" of {}", of.name)).unwrap_or_default();
                    line.push((format!(" · {}{of}", office.title), PLAIN));
                }
                let other = actor.mentions.iter().filter(|m| m.kind != MentionKind::Name).count();
                let text = format!(" · {}", times(actor.mentions.len() - other, other));
                line.push((text, FAINT));
                let line: Vec<(&str, Look)> = line.iter().map(|(s, look)| (s.as_str(), *look)).collect();
                self.line(3, 5, &line);
            }
        }
    }

    fn dates(&mut self) {
        let found = self.found;
        self.heading(&format!("DATES {}", found.dates.len()));
        for date in &found.dates {
            let value = date.value.map_or_else(|| "no value".into(), |v| v.to_string());
            self.line(3, 5, &[(date.at.exact(), PLAIN), (" · ", FAINT), (&value, STRONG)]);
        }
    }
}

/// The places of one part of all statements.
fn spans(
    found: &Findings,
    part: impl Fn(&StatementFinding) -> Option<rapporteur::Span<rapporteur::Char>>,
) -> Vec<(u32, u32)> {
    found.statements.iter().filter_map(part).map(|s| (s.start(), s.end())).collect()
}

/// Who speaks as resolved, and whether that is known.
fn speaker(found: &Findings, s: &StatementFinding) -> (String, bool) {
    let known = s.speaker.and_then(|a| found.actors.get(a.index()));
    match (known, &s.speaker_span) {
        (Some(actor), _) => (actor.name.clone(), true),
        (None, Some(words)) => (words.exact().to_owned(), false),
        (None, None) => ("nobody named".into(), false),
    }
}

/// The different forms in which an actor is named, in order of their first use.
fn spellings(actor: &Actor) -> Vec<&str> {
    let mut forms: Vec<&str> = Vec::new();
    for mention in actor.mentions.iter().filter(|m| m.kind == MentionKind::Name) {
        if !forms.contains(&mention.at.exact()) {
            forms.push(mention.at.exact());
        }
    }
    forms
}

fn times(named: usize, meant: usize) -> String {
    match meant {
        0 => format!("{named}×"),
        _ => format!("{named}× by name, {meant}× otherwise"),
    }
}

/// A digit raised, so that it cannot be taken for one of the text.
fn raised(digit: char) -> char {
    match digit {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        other => other,
    }
}

fn number_in(number: &str, color: bool) -> String {
    if color { format!("\u{1b}[36m{number}\u{1b}[0m") } else { number.to_owned() }
}
