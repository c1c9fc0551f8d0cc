//! Facts as JSON with the exact words they rest on.

use rapporteur::brief::words::clean;
use rapporteur::{Aim, Citation, EntityId, Record, RecordIndex, ReportHead, web_address};
use serde_json::{Value, json};

/// Makes cited JSON of the facts of one record.
#[derive(Clone, Debug)]
pub(crate) struct Labeler<'r> {
    index: RecordIndex<'r>,
}

impl<'r> Labeler<'r> {
    pub fn new(record: &'r Record) -> Self {
        Labeler { index: RecordIndex::new(record) }
    }

    pub fn index(&self) -> &RecordIndex<'r> {
        &self.index
    }

    /// Some words of a report: who published them, when, where they stand, and how they read.
    pub fn cite(&self, cited: &Citation) -> Value {
        let head = self.index.report(cited.report());
        json!({
            "outlet": head.map(outlet),
            "published": head.and_then(|h| h.published).map(|d| d.to_string()),
            "url": head.and_then(url),
            "report": cited.report(),
            "start": cited.span().start(),
            "end": cited.span().end(),
            "exact": cited.exact(),
        })
    }

    pub fn cites<'c>(&self, cited: impl IntoIterator<Item = &'c Citation>) -> Vec<Value> {
        cited.into_iter().map(|c| self.cite(c)).collect()
    }

    /// What people corrected of a fact, if anything.
    pub fn corrections(&self, id: &str) -> Vec<Value> {
        let corrected = |c: &rapporteur::AppliedCorrection| {
            let what = match c.aim {
                Aim::Reading => "the reading: the report says something else than what was found",
                Aim::World => "the report: it says so, but a person knows better",
            };
            json!({
                "corrects": what, "do": c.what, "was": c.was, "now": c.now, "who": c.who, "at": c.at, "why": c.why,
            })
        };
        self.index.corrections(id).filter(|c| c.applied).map(corrected).collect()
    }

    pub fn name(&self, id: &EntityId) -> Option<String> {
        self.index.entity(id).map(|e| clean(&e.name))
    }

    pub fn names(&self, ids: &[EntityId]) -> Vec<String> {
        ids.iter().filter_map(|id| self.name(id)).collect()
    }

    /// Whether an entity is called so, by any part of any spelling.
    pub fn is_called(&self, id: &EntityId, wanted: &str) -> bool {
        self.index.entity(id).is_some_and(|e| e.names.iter().any(|n| n.form.to_lowercase().contains(wanted)))
    }

    /// Whether a report is of this outlet.
    pub fn is_of(&self, cited: &Citation, wanted: &str) -> bool {
        self.index.report(cited.report()).is_some_and(|h| outlet(h).to_lowercase().contains(wanted))
    }
}

/// The address of a report, where it is one that a link may lead to.
pub(crate) fn url(head: &ReportHead) -> Option<String> {
    head.url.as_deref().and_then(web_address).map(|url| url.into_owned())
}

/// What a report's outlet is called: by the end of its path where it names none.
pub(crate) fn outlet(head: &ReportHead) -> String {
    clean(head.outlet.as_deref().unwrap_or_else(|| head.source.rsplit('/').next().unwrap_or(&head.source)))
}
