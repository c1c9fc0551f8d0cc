//! One HTML page that needs nothing else: the draft with its marks, and beside each paragraph what is said of it.

use askama::Template;
use rapporteur_schema::Citation;
use rapporteur_schema::phrase::{clean, clip, harmless};

use crate::verdict::{Change, Checked, Severity, Verdict};

/// The most letters by which a sentence is told.
const MAX_BEGINNING: usize = 60;

/// A piece of a paragraph: words under the same marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub words: String,
    /// The gravest of the marks over them.
    pub severity: Option<Severity>,
    /// The numbers of the verdicts whose words begin here, counted from 1.
    pub numbers: Vec<usize>,
}

/// A paragraph of the draft with what is said of it.
#[derive(Clone, Debug)]
struct Row<'c> {
    pieces: Vec<Piece>,
    verdicts: Vec<(usize, &'c Verdict)>,
    /// The sentences that begin in it, as a whole.
    sentences: Vec<&'c Verdict>,
}

#[derive(Template)]
#[template(path = "check.html")]
struct Page<'c> {
    checked: &'c Checked,
    /// What is not in it.
    missing: Vec<String>,
    /// How many sentences are judged what.
    counted: Option<String>,
    rows: Vec<Row<'c>>,
    errors: usize,
    warnings: usize,
    notes: usize,
    fine: usize,
}

impl Page<'_> {
    fn name(&self, citation: &Citation) -> String {
        self.checked.report(citation.report()).map_or_else(String::new, |r| format!("{} [{}]", r.name(), r.number))
    }

    /// How a sentence begins.
    fn begins(&self, verdict: &Verdict) -> String {
        clip(&clean(&verdict.at.exact), MAX_BEGINNING)
    }

    fn draft_words<'v>(&self, change: &'v Change) -> &'v str {
        change.draft.as_ref().map_or("", |p| &p.exact)
    }

    fn report_words<'v>(&self, change: &'v Change) -> &'v str {
        change.report.as_ref().map_or("", |r| r.exact())
    }
}

/// A check as one HTML page, without scripts.
pub fn html(checked: &Checked) -> String {
    let shown: Vec<(usize, &Verdict)> = shown(checked);
    let mut rows = Vec::new();
    let chars: Vec<char> = checked.text.chars().collect();
    // Verdicts stand in the order of the draft; those that reach into the next paragraph go on there.
    let (mut at, mut open): (usize, Vec<(usize, &Verdict)>) = (0, Vec::new());
    for (start, end) in paragraphs(&checked.text) {
        open.retain(|(_, v)| v.at.end > start);
        let first = at;
        while shown.get(at).is_some_and(|(_, v)| v.at.start < end) {
            at += 1;
        }
        open.extend(&shown[first..at]);
        let verdicts = shown[first..at].iter().filter(|(_, v)| v.at.start >= start).copied().collect();
        let sentences = checked.sentences.iter().filter(|v| (start..end).contains(&v.at.start)).collect();
        rows.push(Row { pieces: cut(&chars, start, end, &open), verdicts, sentences });
    }
    let count = |s| checked.count(s);
    let page = Page {
        checked,
        missing: checked.missing(),
        counted: checked.sentences_in_words(),
        rows,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        fine: count(Severity::Fine),
    };
    // Writing into a string does not fail. What would turn the direction of the page around words is no part of them.
    let page = page.render().unwrap_or_default();
    harmless(&page).replace(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'), "")
}

/// The whole draft in pieces, for other pages; the numbers are those of the flagged verdicts and notes in their order.
pub fn pieces(checked: &Checked) -> Vec<Piece> {
    let chars: Vec<char> = checked.text.chars().collect();
    cut(&chars, 0, chars.len() as u32, &shown(checked))
}

/// What is shown beside the draft, numbered: all but what is in order.
fn shown(checked: &Checked) -> Vec<(usize, &Verdict)> {
    checked.verdicts.iter().filter(|v| v.severity < Severity::Fine).enumerate().map(|(n, v)| (n + 1, v)).collect()
}

/// The paragraphs as places: what blank lines part, without them.
fn paragraphs(text: &str) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = Vec::new();
    let (mut at, mut open) = (0u32, false);
    for line in text.split_inclusive('\n') {
        let length = line.chars().count() as u32;
        if line.trim().is_empty() {
            open = false;
        } else {
            match out.last_mut().filter(|_| open) {
                Some(last) => last.1 = at + length,
                None => out.push((at, at + length)),
            }
            open = true;
        }
        at += length;
    }
    out
}

/// A stretch of the draft, cut where a mark begins or ends; the verdicts by where they begin.
fn cut(chars: &[char], start: u32, end: u32, verdicts: &[(usize, &Verdict)]) -> Vec<Piece> {
    let mut borders: Vec<u32> = verdicts.iter().flat_map(|(_, v)| [v.at.start, v.at.end]).collect();
    borders.extend([start, end]);
    borders.retain(|b| (start..=end).contains(b));
    borders.sort_unstable();
    borders.dedup();
    let (mut at, mut open): (usize, Vec<&(usize, &Verdict)>) = (0, Vec::new());
    let piece = |w: &[u32]| {
        open.retain(|(_, v)| v.at.end > w[0]);
        while let Some(next) = verdicts.get(at).filter(|(_, v)| v.at.start <= w[0]) {
            open.push(next);
            at += 1;
        }
        Piece {
            words: chars.get(w[0] as usize..w[1] as usize).unwrap_or_default().iter().collect(),
            severity: open.iter().filter(|(_, v)| w[1] <= v.at.end).map(|(_, v)| v.severity).min(),
            numbers: open.iter().filter(|(_, v)| v.at.start == w[0]).map(|(n, _)| *n).collect(),
        }
    };
    borders.windows(2).map(piece).collect()
}
