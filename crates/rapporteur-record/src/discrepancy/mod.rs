//! Where accounts of the same thing differ: one file a kind.
//!
//! Aligned slots are compared, never raw text: quantities of the same noun and context (`number`), versions of one
//! proposal (`points`), the slots of a merged meeting (`date`, `place`, `participant`, `status`), positions of one party
//! on one thing (`status`), the words of one utterance (`wording`) and who spoke
//! them (`attribution`), names and offices of one person (`name`). Every comparator hands over what it found; what has not two
//! answers is dropped here.

mod attribution;
mod date;
mod name;
pub(crate) mod number;
mod participant;
mod place;
mod points;
mod status;
mod wording;

use std::collections::BTreeMap;

use rapporteur_schema::{
    Account, Char, Citation, Cut, Discrepancy, DiscrepancyId, DiscrepancyKind, Evidence, Passage, Record, Report,
    ReportId, Rule, Span, phrase,
};

use crate::claim::Alignment;
use crate::context::MergeContext;

pub use number::{Interval, meaning};

/// Finds them in a record that has everything else, and tells what was not compared because there is too much of it.
pub(crate) fn find(story: &MergeContext<'_>, alignment: &Alignment, record: &Record) -> (Vec<Discrepancy>, Vec<Cut>) {
    let order = Order::of(story);
    let mut raw: Vec<RawDiscrepancy> = Vec::new();
    let mut add = |by: &'static str, found: Vec<RawDiscrepancy>| {
        raw.extend(found.into_iter().map(|one| RawDiscrepancy { by: Rule::new(by), ..one }));
    };
    add("discrepancy/number", number::find(story, alignment));
    add("discrepancy/points", points::find(record));
    add("discrepancy/date", date::find(story, record));
    add("discrepancy/place", place::find(record));
    add("discrepancy/participant", participant::find(story, record));
    add("discrepancy/status", status::find(story, record));
    add("discrepancy/attribution", attribution::find(story, record));
    let (worded, cuts) = wording::find(story, record);
    add("discrepancy/wording", worded);
    add("discrepancy/name", name::find(record));
    let mut all: Vec<Discrepancy> = raw.into_iter().filter_map(|d| d.aggregate(&order)).collect();
    all.sort_by_cached_key(|d| (d.kind, std::cmp::Reverse(reports(d)), d.id.clone()));
    all.dedup_by(|a, b| a.id == b.id);
    (all, cuts)
}

/// Cites a place that lies within one paragraph.
fn cite(report: &Report, span: Span<Char>) -> Option<Citation> {
    let inside = |p: &Passage| p.start <= span.start() && span.end() <= p.end;
    report.head.passages.iter().any(inside).then(|| Citation::new(report.id(), &report.text, span).ok())?
}

/// How many reports a discrepancy rests on.
fn reports(d: &Discrepancy) -> usize {
    let mut all: Vec<&ReportId> = d.accounts.iter().flat_map(|a| a.evidence.iter()).map(Citation::report).collect();
    all.sort_unstable();
    all.dedup();
    all.len()
}

/// The place of each report in the record.
struct Order<'s>(BTreeMap<&'s ReportId, usize>);

impl<'s> Order<'s> {
    fn of(story: &'s MergeContext<'_>) -> Self {
        Order(story.reports.iter().enumerate().map(|(i, r)| (r.id(), i)).collect())
    }

    fn key(&self, c: &Citation) -> (usize, u32, u32) {
        (self.0.get(c.report()).copied().unwrap_or(usize::MAX), c.span().start(), c.span().end())
    }
}

/// A discrepancy as a comparator finds it.
struct RawDiscrepancy {
    by: Rule,
    kind: DiscrepancyKind,
    about: String,
    /// Answers and the words that give them.
    accounts: Vec<(String, Vec<Citation>)>,
}

impl RawDiscrepancy {
    fn new(kind: DiscrepancyKind, about: impl Into<String>, accounts: Vec<(String, Vec<Citation>)>) -> Self {
        RawDiscrepancy { by: Rule::default(), kind, about: about.into(), accounts }
    }

    /// Accounts in the order of their first words in the record; `None` where fewer than two have any.
    fn aggregate(mut self, order: &Order<'_>) -> Option<Discrepancy> {
        self.accounts.retain(|(_, evidence)| !evidence.is_empty());
        self.accounts.sort_by_cached_key(|(value, e)| (e.iter().map(|c| order.key(c)).min(), value.clone()));
        let accounts: Vec<Account> = self
            .accounts
            .into_iter()
            .filter_map(|(value, evidence)| Some(Account { value, evidence: Evidence::collect(evidence)? }))
            .collect();
        if accounts.len() < 2 {
            return None;
        }
        let mut parts = vec![self.kind.as_str().to_owned()];
        for account in &accounts {
            let first = account.evidence.first();
            parts.push(format!("{} {} {}", first.report(), first.span().start(), first.span().end()));
        }
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let id = DiscrepancyId::from_content(&parts);
        Some(Discrepancy { id, by: self.by, kind: self.kind, about: self.about, accounts })
    }
}

/// Words shortened for a label.
fn label(words: &str) -> String {
    const MAX_LABEL: usize = 60;
    phrase::clip(&phrase::clean(words), MAX_LABEL)
}
