//! What is known of an upload: of each part of it, what became of it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rapporteur::{ReportId, StoryId};

use super::receive::{Order, Part};

/// An upload from when it was received on.
#[derive(Debug)]
pub(crate) struct Job {
    pub number: u64,
    /// When it was received: RFC 3339, UTC.
    pub at: String,
    /// Who sent it, where people have names.
    pub who: Option<String>,
    progress: Mutex<Progress>,
}

/// How far it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress {
    pub items: Vec<Item>,
    pub done: bool,
    /// Why the rest of it was not read.
    pub broken: Option<String>,
}

/// A file, a text or an address.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub name: String,
    pub step: Step,
    pub lines: Vec<Line>,
}

/// How far an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Waiting,
    Reading,
    Done,
}

/// What became of an item, or of a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A report that is kept. `word` says what is known of it: new, known already, a new version.
    Kept { id: ReportId, word: String, is_known: bool, story: Option<StoryId> },
    /// What was not read; `what` where it is not the item itself.
    NotRead { what: Option<String>, why: String, help: String },
    /// Something worth a word.
    Note(String),
}

impl Job {
    pub fn new(number: u64, at: String, who: Option<String>, order: &Order) -> Self {
        let item = |part: &Part| Item { name: part.name(), step: Step::Waiting, lines: Vec::new() };
        let progress = Progress { items: order.parts.iter().map(item).collect(), ..Progress::default() };
        Job { number, at, who, progress: Mutex::new(progress) }
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        // Whole after every step.
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far it is now.
    pub fn now(&self) -> Progress {
        self.progress().clone()
    }

    pub fn is_done(&self) -> bool {
        self.progress().done
    }

    pub(super) fn step(&self, at: usize, step: Step) {
        if let Some(item) = self.progress().items.get_mut(at) {
            item.step = step;
        }
    }

    pub(super) fn say(&self, at: usize, line: Line) {
        if let Some(item) = self.progress().items.get_mut(at) {
            item.lines.push(line);
        }
    }

    /// It is over; `broken` says why the items that are not done were not read.
    pub(super) fn end(&self, broken: Option<String>) {
        let mut progress = self.progress();
        for item in &mut progress.items {
            if item.step != Step::Done {
                let why = broken.clone().unwrap_or_else(|| "it was not come to".into());
                item.lines.push(Line::NotRead { what: None, why, help: "bring it in again".into() });
                item.step = Step::Done;
            }
        }
        (progress.done, progress.broken) = (true, broken);
    }
}

impl Progress {
    /// How many items are done.
    pub fn done_items(&self) -> usize {
        self.items.iter().filter(|item| item.step == Step::Done).count()
    }

    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.items.iter().flat_map(|item| &item.lines)
    }

    /// How many reports came in; how many were known; how many things were not read.
    pub fn tally(&self) -> (usize, usize, usize) {
        let count = |is: fn(&&Line) -> bool| self.lines().filter(is).count();
        (
            count(|l| matches!(l, Line::Kept { is_known: false, .. })),
            count(|l| matches!(l, Line::Kept { is_known: true, .. })),
            count(|l| matches!(l, Line::NotRead { .. })),
        )
    }
}

impl Part {
    /// What it is called.
    pub(super) fn name(&self) -> String {
        match self {
            Part::File { name, .. } | Part::TooLarge { name } => name.clone(),
            Part::Text(pasted) if !pasted.title.is_empty() => format!("pasted: {}", pasted.title),
            Part::Text(_) => "pasted text".into(),
            Part::Address(url) => url.chars().take(300).collect(),
        }
    }
}
