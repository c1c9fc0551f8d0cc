//! The page of a brief as it is written, line by line.

use unicode_width::UnicodeWidthStr;

use super::piece::{GLUE, Paint, Piece, dim, fit, fit_middle, plain, width, wrap, wrap_after, write};
use crate::Style;
use crate::view::{Part, REPORTS_SHOWN, ReportLine, View, pieces};
use crate::words::{cut_around, encode, runs};

/// The page being written.
pub(super) struct Page<'p> {
    pub(super) view: &'p View,
    pub(super) style: &'p Style,
    pub(super) width: usize,
    pub(super) out: String,
    /// Whether something was left out for length.
    pub(super) cut: bool,
}

impl<'p> Page<'p> {
    pub(super) fn new(view: &'p View, style: &'p Style) -> Self {
        Page { view, style, width: style.width.max(24), out: String::new(), cut: false }
    }

    /// Whether names have no room for a column of their own beside clauses.
    pub(super) fn is_narrow(&self) -> bool {
        self.width < 72
    }

    /// Writes one line, without white space at its end.
    pub(super) fn line(&mut self, indent: usize, pieces: &[Piece]) {
        self.out.extend(std::iter::repeat_n(' ', indent));
        write(&mut self.out, pieces, self.style);
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
    }

    /// Writes pieces over as many lines as they need; lines after the first are indented by `hang`.
    pub(super) fn wrapped(&mut self, indent: usize, hang: usize, pieces: &[Piece]) {
        let first = wrap(pieces, self.width.saturating_sub(indent.max(hang)));
        for (i, line) in first.iter().enumerate() {
            self.line(if i == 0 { indent } else { hang }, line);
        }
    }

    /// A label in a column of its own, and beside it pieces over as many lines as they need.
    pub(super) fn labelled(&mut self, label: Piece, column: usize, pieces: &[Piece]) {
        // On a narrow screen the label stands above.
        if self.width < column + 24 {
            self.wrapped(1, 3, &[label]);
            return self.wrapped(3, 3, pieces);
        }
        // A label wider than its column begins the first line, and the words go on after it.
        let gap = column.saturating_sub(label.text.width()).max(if label.text.is_empty() { 0 } else { 2 });
        let over = (label.text.width() + gap).saturating_sub(column);
        let lines = wrap_after(over, pieces, self.width - 1 - column);
        for (i, line) in lines.iter().enumerate() {
            if i == 0 {
                let all: Vec<Piece> =
                    [label.clone(), plain(" ".repeat(gap))].into_iter().chain(line.iter().cloned()).collect();
                self.line(1, &all);
            } else {
                self.line(1 + column, line);
            }
        }
    }

    /// The words of a clause, those that differ marked; longer ones are cut to so many letters, around what is marked.
    pub(super) fn clause(&mut self, part: &Part, most: usize) -> Vec<Piece> {
        let most = if self.style.all { usize::MAX } else { most };
        let (text, marks) = match (&part.kept, part.marks.is_empty()) {
            (Some(kept), true) => (cut_around(&part.text, std::slice::from_ref(kept), most).0, Vec::new()),
            _ => cut_around(&part.text, &part.marks, most),
        };
        self.cut |= text.len() != part.text.len();
        let piece = |(words, marked): (&str, bool)| match (marked, self.style.color) {
            (false, _) => plain(words),
            (true, true) => Piece::new(words, Paint::Marked),
            (true, false) => Piece::new(format!("[{words}]"), Paint::Marked),
        };
        pieces(&text, &marks).into_iter().map(piece).collect()
    }

    /// A heading, with a remark at the right margin.
    pub(super) fn heading(&mut self, title: &str, remark: &str) {
        self.out.push('\n');
        let title = Piece::new(title, Paint::Heading);
        let gap = self.width.saturating_sub(title.text.width() + remark.width());
        match remark {
            "" => self.line(0, &[title]),
            _ if gap < 2 => {
                self.line(0, &[title]);
                self.wrapped(1, 1, &[dim(remark)]);
            }
            _ => self.line(0, &[title, plain(" ".repeat(gap)), dim(remark)]),
        }
    }

    /// `[1 3–5]`, each number linked to its report where the style wants links.
    pub(super) fn numbers(&self, numbers: &[usize]) -> Vec<Piece> {
        let mut pieces = vec![dim("[")];
        for (i, (a, b)) in runs(numbers).into_iter().enumerate() {
            if i > 0 {
                pieces.push(plain(GLUE));
            }
            pieces.push(self.number(a));
            if a != b {
                pieces.push(dim("–"));
                pieces.push(self.number(b));
            }
        }
        pieces.push(dim("]"));
        pieces
    }

    pub(super) fn number(&self, number: usize) -> Piece {
        let link = if self.style.links { self.file_url(number) } else { None };
        Piece { link, ..Piece::new(number.to_string(), Paint::Number) }
    }

    /// The address of a report's file, where it is one and its place is known.
    pub(super) fn file_url(&self, number: usize) -> Option<String> {
        let source = self.view.report(number)?.source.as_str();
        let folder = self.style.folder.trim_end_matches('/');
        match source {
            "-" => None,
            _ if source.starts_with('/') => Some(format!("file://{}", encode(source, true))),
            _ if source.contains("://") || folder.is_empty() => None,
            _ => Some(format!("file://{}/{}", encode(folder, true), encode(source.trim_start_matches("./"), true))),
        }
    }

    /// The exact words under a line, where the style wants them.
    pub(super) fn cites(&mut self, indent: usize, cites: &[usize]) {
        if !self.style.citations {
            return;
        }
        let view = self.view;
        for &index in cites {
            let Some(cite) = view.cites.get(index) else { continue };
            let report = view.report(cite.report);
            let file = report.map_or("", |r| r.file.as_str());
            let outlet = report.and_then(|r| r.outlet.as_ref()).map(|o| format!("{o} · ")).unwrap_or_default();
            let mut pieces = self.numbers(&[cite.report]);
            let part = cite.part.as_ref().map(|part| format!(" ({part})")).unwrap_or_default();
            pieces.push(dim(format!(" {outlet}{file} {}–{}{part} “{}”", cite.start, cite.end, cite.exact)));
            self.wrapped(indent, indent + 2, &pieces);
        }
    }

    pub(super) fn head(&mut self) {
        let right = format!("rapporteur {}", self.view.version);
        let gap = self.width.saturating_sub(self.view.headline.width() + right.width());
        let headline = Piece::new(self.view.headline.as_str(), Paint::Name);
        if gap < 2 {
            return self.wrapped(0, 1, &[headline]);
        }
        self.line(0, &[headline, plain(" ".repeat(gap)), dim(right)]);
    }

    /// The reports by their numbers, on as few lines as they need: who is who before the first number.
    pub(super) fn listed(&mut self) {
        const LONGEST: usize = 24;
        let view = self.view;
        let shown = if self.style.all { view.reports.len() } else { view.reports.len().min(REPORTS_SHOWN) };
        let mut lines: Vec<Vec<Piece>> = vec![Vec::new()];
        for r in &view.reports[..shown] {
            let name = fit_middle(&r.name, LONGEST.min(self.width - 6));
            let paint = if r.outlet.is_some() { Paint::Plain } else { Paint::Dim };
            let entry = [self.number(r.number), plain(" "), Piece::new(name, paint)];
            let room = self.width - 1;
            let line = lines.last().map_or(0, |l| width(l));
            if line > 0 && line + 3 + width(&entry) > room {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut() {
                line.extend((!line.is_empty()).then(|| plain("   ")));
                line.extend(entry);
            }
        }
        for line in lines.iter().filter(|l| !l.is_empty()) {
            self.line(1, line);
        }
        self.more(1, view.reports.len() - shown, "more report", "more reports");
    }

    /// The reports read: number, outlet, date and how it is known, title, file.
    pub(super) fn reports(&mut self) {
        let view = self.view;
        // Files without outlets and titles are listed at the beginning.
        let known = view.reports.iter().any(|r| r.outlet.is_some() || r.title.is_some());
        if view.reports.is_empty() || !(known || self.style.all) {
            return;
        }
        self.heading("SOURCES", "");
        let shown = if self.style.all { view.reports.len() } else { view.reports.len().min(REPORTS_SHOWN) };
        let reports = &view.reports[..shown];
        let wide = |of: &dyn Fn(&ReportLine) -> usize| reports.iter().map(of).max().unwrap_or(0);
        let number = wide(&|r| r.number.to_string().len());
        let date = wide(&|r| r.date.as_deref().map_or(7, |d| d.width()));
        // On a narrow screen what does not fit stands on a line below.
        let narrow = self.width < 44;
        let basis = if narrow { 0 } else { wide(&|r| r.basis.map_or(0, str::len)) };
        let name = wide(&|r| r.name.width()).min(self.width.saturating_sub(6 + number + date + basis).clamp(6, 28));
        // A report of an unknown outlet goes by its file.
        let file_of = |r: &ReportLine| if r.outlet.is_some() { r.file.clone() } else { String::new() };
        let file = wide(&|r| file_of(r).width()).min((self.width / 5).max(14));
        let titled = reports.iter().any(|r| r.title.is_some());
        // What is left of the line is the title's.
        let fixed = 1 + number + 2 + name + 2 + date + 1 + basis + 2 + file;
        let title = if titled { self.width.saturating_sub(fixed + 2) } else { 0 };
        for r in reports {
            let mut pieces = vec![plain(" ".repeat(number - r.number.to_string().len())), self.number(r.number)];
            let mut column = |text: &str, columns: usize, gap: usize, paint: Paint| {
                pieces.push(plain(" ".repeat(gap)));
                let text = fit(text, columns);
                let rest = columns.saturating_sub(text.width());
                pieces.push(Piece::new(text, paint));
                pieces.push(plain(" ".repeat(rest)));
            };
            column(&fit_middle(&r.name, name), name, 2, if r.outlet.is_some() { Paint::Name } else { Paint::Dim });
            column(r.date.as_deref().unwrap_or("undated"), date, 2, Paint::Plain);
            if basis > 0 {
                column(r.basis.unwrap_or(""), basis, 1, Paint::Dim);
            }
            if title >= 16 {
                column(r.title.as_deref().unwrap_or(""), title, 2, Paint::Plain);
            }
            let room = self.width.saturating_sub(1 + width(&pieces) + 2);
            let beside = room >= file.min(14) && (title >= 16 || !titled);
            if beside {
                pieces.push(plain("  "));
                pieces.push(dim(fit_middle(&file_of(r), room.min(file))));
            }
            self.line(1, &pieces);
            if !beside && (r.title.is_some() || r.outlet.is_some()) {
                let mut below: Vec<Piece> = r.title.iter().map(|t| plain(format!("{t} · "))).collect();
                below.push(dim(&r.file));
                below.extend(r.basis.filter(|_| narrow).map(|b| dim(format!(" · date {b}"))));
                self.wrapped(number + 3, number + 3, &below);
            }
        }
        self.more(1, view.reports.len() - shown, "more report", "more reports");
    }

    /// "3 more …" where a list was cut.
    pub(super) fn more(&mut self, indent: usize, n: usize, one: &str, many: &str) {
        if n > 0 {
            self.cut = true;
            self.line(indent, &[dim(format!("+ {}", crate::words::count(n, one, many)))]);
        }
    }

    pub(super) fn footer(&mut self) {
        self.out.push('\n');
        if self.view.is_bare() {
            self.wrapped(0, 0, &[plain("No quotations and no names in several reports were found.")]);
            return;
        }
        let mut parts = vec!["Numbers in brackets are reports."];
        if !self.style.citations {
            parts.push("-c prints the exact words and their places.");
        }
        if self.cut {
            parts.push("--all leaves nothing out.");
        }
        self.wrapped(0, 0, &[dim(parts.join(" "))]);
    }
}
