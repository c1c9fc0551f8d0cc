//! Text for a terminal: each line of the draft that something is said of, the words underlined, the verdicts below.

use rapporteur_schema::phrase::{clean, clip};
use unicode_width::UnicodeWidthChar;

use crate::verdict::{Checked, DraftRange, Judgement, Severity, Step, Verdict};

/// How the text is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns to use.
    pub width: usize,
    /// Whether to write ANSI colours.
    pub color: bool,
    /// Show what is in order and worth a note as well.
    pub all: bool,
    /// Under each verdict, the exact words of the reports, with their place.
    pub citations: bool,
}

impl Default for Style {
    /// Plain text of 96 columns, faults alone.
    fn default() -> Self {
        Style { width: 96, color: false, all: false, citations: false }
    }
}

/// A check as text.
pub fn text(checked: &Checked, style: &Style) -> String {
    let mut out = String::new();
    let shown: Vec<&Verdict> = checked.verdicts.iter().filter(|v| style.all || v.is_flagged()).collect();
    let lines: Vec<Vec<char>> = match shown.is_empty() {
        true => Vec::new(),
        false => checked.text.split('\n').map(|line| line.chars().collect()).collect(),
    };
    for verdict in &shown {
        one(&mut out, checked, &lines, verdict, style);
    }
    sentences(&mut out, checked, style);
    for missing in checked.missing() {
        out.push_str(&format!("{missing}\n"));
    }
    out.push_str(&summary(checked, style));
    out
}

/// Each sentence in a line: where, what the reports make of it, how it begins; what is to be compared below it.
fn sentences(out: &mut String, checked: &Checked, style: &Style) {
    let Some(counted) = checked.sentences_in_words() else { return };
    let widest = |f: &dyn Fn(&Verdict) -> usize| checked.sentences.iter().map(f).max().unwrap_or(0);
    let line = widest(&|v| v.at.line.to_string().len());
    let word = widest(&|v| v.judgement.of_a_sentence().len());
    for v in &checked.sentences {
        let severity = match v.judgement {
            Judgement::Contradicted => v.severity.min(Severity::Warning),
            _ => v.severity,
        };
        let judgement = format!("{:word$}", v.judgement.of_a_sentence());
        let room = style.width.saturating_sub(line + word + 4).max(20);
        let begins = clip(&clean(&v.at.exact.chars().map(safe).collect::<String>()), room);
        out.push_str(&format!("{:>line$}  {}  {begins}\n", v.at.line, paint(style, severity, &judgement)));
        if v.judgement == Judgement::Unclear && style.all {
            out.push_str(&format!("{:line$}  {}\n", "", clean(&v.says)));
        }
        if style.citations {
            citations(out, checked, v, line);
        }
    }
    out.push_str(&format!("{counted}\n\n"));
}

/// The exact words of the reports with their places.
fn citations(out: &mut String, checked: &Checked, verdict: &Verdict, margin: usize) {
    for (sign, cites) in [("+", &verdict.sources), ("!", &verdict.against)] {
        for c in cites {
            let report = checked.report(c.report());
            let name = report.map_or_else(String::new, |r| format!("{} [{}]", r.name(), r.number));
            let (span, words) = (c.span(), clean(c.exact()));
            out.push_str(&format!("{:margin$} {sign} {} {}–{}: {words}\n", "", clean(&name), span.start(), span.end()));
        }
    }
}

fn paint(style: &Style, severity: Severity, words: &str) -> String {
    if !style.color {
        return words.to_owned();
    }
    let code = match severity {
        Severity::Error => "31;1",
        Severity::Warning => "33;1",
        Severity::Note => "36",
        Severity::Fine => "32",
    };
    format!("\u{1b}[{code}m{words}\u{1b}[0m")
}

/// A character as it is safe to print, in the columns it takes.
fn safe(c: char) -> char {
    // A mark that turns the direction of writing takes no column; in its place stands one that is seen.
    match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        c if c.is_control() && c != '\n' => ' ',
        c => c,
    }
}

fn one(out: &mut String, checked: &Checked, lines: &[Vec<char>], verdict: &Verdict, style: &Style) {
    let place = &verdict.at;
    let head = format!("{} ({})", verdict.judgement.as_str(), verdict.kind.as_str());
    out.push_str(&format!(
        "{}: {head}: {}\n",
        paint(style, verdict.severity, verdict.severity.as_str()),
        clean(&verdict.says)
    ));
    let source: String = checked.draft.chars().map(safe).collect();
    out.push_str(&format!("  --> {source}:{}:{}\n", place.line, place.column));
    let (line, first, last) = window(lines, place, style.width);
    let margin = place.line.to_string().len();
    out.push_str(&format!("{:margin$} |\n{} | {line}\n", "", place.line));
    let marks = format!("{}{}", " ".repeat(first), "^".repeat((last - first).max(1)));
    out.push_str(&format!("{:margin$} | {}\n", "", paint(style, verdict.severity, &marks)));
    for change in verdict.changes.iter().filter(|c| c.step != Step::Same) {
        let draft = change.draft.as_ref().map_or("", |p| &p.exact);
        let report = change.report.as_ref().map_or("", |r| r.exact());
        let weight = change.weight.map_or("", |w| w.as_str());
        let left = if report.is_empty() { String::new() } else { format!(" [-{}-]", clean(report)) };
        let put = if draft.is_empty() { String::new() } else { format!(" {{+{}+}}", clean(draft)) };
        out.push_str(&format!("{:margin$} = {weight}:{left}{put}\n", ""));
    }
    if style.citations {
        citations(out, checked, verdict, margin);
    }
    out.push('\n');
}

/// The part of the line that shows the words, and the columns at which they begin and end in it.
fn window(lines: &[Vec<char>], place: &DraftRange, width: usize) -> (String, usize, usize) {
    let line = lines.get(place.line as usize - 1).map_or(&[][..], Vec::as_slice);
    let column = place.column as usize - 1;
    let end = (column + (place.end - place.start) as usize).min(line.len());
    let room = width.saturating_sub(10).max(20);
    // Some words before, and as many behind as fit.
    let from = if end <= room { 0 } else { column.saturating_sub(room / 4) };
    let to = line.len().min(from + room);
    let mut shown = String::new();
    let (mut first, mut last, mut at) = (0, 0, 0);
    if from > 0 {
        shown.push_str("… ");
        at = 2;
    }
    for (i, c) in line.iter().enumerate().take(to).skip(from) {
        if i == column {
            first = at;
        }
        let c = safe(*c);
        let wide = c.width().unwrap_or(0);
        shown.push(c);
        at += wide;
        if i < end {
            last = at;
        }
    }
    if to < line.len() {
        shown.push_str(" …");
    }
    (shown, first, last.max(first))
}

/// The last lines: how many of each.
fn summary(checked: &Checked, style: &Style) -> String {
    let count = |s: Severity| checked.count(s);
    let several = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let faults = match errors + warnings {
        0 => paint(style, Severity::Fine, "nothing contradicted or altered"),
        _ => format!(
            "{}, {}",
            paint(style, Severity::Error, &several(errors, "error", "errors")),
            paint(style, Severity::Warning, &several(warnings, "warning", "warnings"))
        ),
    };
    let day = checked.date.map_or_else(
        || "no date: relative dates were not read".to_owned(),
        |d| {
            let basis = match checked.date_basis {
                Some(rapporteur_schema::Basis::Given) => "given",
                Some(rapporteur_schema::Basis::Stated) => "stated",
                _ => "inferred",
            };
            format!("draft of {d} ({basis})")
        },
    );
    format!(
        "{faults} · {} · {} in order · {} · {day}\n",
        several(count(Severity::Note), "note", "notes"),
        count(Severity::Fine),
        several(checked.reports.len(), "report", "reports")
    )
}
