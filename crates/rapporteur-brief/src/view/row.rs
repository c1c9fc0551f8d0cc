//! Lines of a section: a label, and clauses or answers with the reports that have them.

use std::collections::BTreeMap;
use std::ops::Range;

/// A line with a label and some answers, each with its reports.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The facts it shows.
    pub ids: Vec<String>,
    /// Party, kind of difference, state: the first column.
    pub label: String,
    /// What it is about, where the label does not say it.
    pub about: String,
    /// The answers.
    pub parts: Vec<Part>,
    /// Indices of citations.
    pub cites: Vec<usize>,
    /// Whether it is not sure: not in a short brief, and marked where it is shown.
    pub doubtful: bool,
    /// Whether a line above shows these very words: not in a short brief.
    pub told: bool,
}

/// Some words and the reports that have them.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// The facts it shows, where the line shows several.
    pub ids: Vec<String>,
    /// The words.
    pub text: String,
    /// The words in it that differ from the other answers, in bytes.
    pub marks: Vec<Range<usize>>,
    /// Words in it that stay where it is cut, in bytes: the term of an issue.
    pub kept: Option<Range<usize>>,
    /// Whose words they are, where a line is about another: what the mayor says that the union wants.
    pub says: Option<String>,
    /// The reports.
    pub reports: Vec<usize>,
    /// Indices of citations.
    pub cites: Vec<usize>,
    /// Whether it is not sure, or words that a line above shows: not in a short brief.
    pub told: bool,
}

impl Part {
    /// The words piece by piece, each with whether it is marked as differing.
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        pieces(&self.text, &self.marks)
    }
}

/// A text piece by piece, each with whether it is marked.
pub(crate) fn pieces<'t>(text: &'t str, marks: &[Range<usize>]) -> Vec<(&'t str, bool)> {
    let mut all = Vec::new();
    let mut at = 0;
    for mark in marks {
        all.extend(text.get(at..mark.start).filter(|t| !t.is_empty()).map(|t| (t, false)));
        all.extend(text.get(mark.clone()).map(|t| (t, true)));
        at = mark.end;
    }
    all.extend(text.get(at..).filter(|t| !t.is_empty()).map(|t| (t, false)));
    all
}

fn add_new<T: PartialEq>(all: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}

/// Puts values that several citations share into one part with all their reports.
pub(super) fn parts(answers: impl IntoIterator<Item = Part>) -> Vec<Part> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut parts: Vec<Part> = Vec::new();
    for Part { ids, text, marks, kept, says, reports, cites, told } in answers {
        let place = *places.entry(text.clone()).or_insert_with(|| {
            parts.push(Part { text, marks, kept, says, told, ..Part::default() });
            parts.len() - 1
        });
        let part = &mut parts[place];
        part.reports.extend(reports);
        part.reports.sort_unstable();
        part.reports.dedup();
        add_new(&mut part.cites, cites);
        add_new(&mut part.ids, ids);
    }
    parts
}
