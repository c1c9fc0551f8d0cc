//! Lines of a section: a label, and answers with the reports that have them.

use std::collections::BTreeMap;

/// A line with a label and some answers, each with its reports.
#[derive(Clone, Debug)]
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
}

/// Some words and the reports that have them.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// The facts it shows, where the line shows several.
    pub ids: Vec<String>,
    /// The words.
    pub text: String,
    /// The reports.
    pub reports: Vec<usize>,
    /// Indices of citations.
    pub cites: Vec<usize>,
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
    for Part { ids, text, reports, cites } in answers {
        let place = *places.entry(text.clone()).or_insert_with(|| {
            parts.push(Part { text, ..Part::default() });
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
