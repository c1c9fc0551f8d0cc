//! Facts as JSON with the exact words they rest on.

use rapporteur::brief::words::clean;
use rapporteur::{Citation, EntityId, Record, ReportHead};
use serde_json::{Value, json};

/// Makes cited JSON of the facts of one record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labeler<'r> {
    pub record: &'r Record,
}

impl<'r> Labeler<'r> {
    fn head(self, cited: &Citation) -> Option<&'r ReportHead> {
        self.record.reports.iter().find(|r| r.id == *cited.report())
    }

    /// Some words of a report: who published them, when, where they stand, and how they read.
    pub fn cite(self, cited: &Citation) -> Value {
        let head = self.head(cited);
        json!({
            "outlet": head.map(outlet),
            "published": head.and_then(|h| h.published).map(|d| d.to_string()),
            "url": head.and_then(|h| h.url.clone()),
            "report": cited.report(),
            "start": cited.span().start(),
            "end": cited.span().end(),
            "exact": cited.exact(),
        })
    }

    pub fn cites<'c>(self, cited: impl IntoIterator<Item = &'c Citation>) -> Vec<Value> {
        cited.into_iter().map(|c| self.cite(c)).collect()
    }

    pub fn name(self, id: &EntityId) -> Option<String> {
        self.record.entities.iter().find(|e| e.id == *id).map(|e| clean(&e.name))
    }

    pub fn names(self, ids: &[EntityId]) -> Vec<String> {
        ids.iter().filter_map(|id| self.name(id)).collect()
    }

    /// Whether an entity is called so, by any part of any spelling.
    pub fn is_called(self, id: &EntityId, wanted: &str) -> bool {
        let entity = self.record.entities.iter().find(|e| e.id == *id);
        entity.is_some_and(|e| e.names.iter().any(|n| n.form.to_lowercase().contains(wanted)))
    }

    /// Whether a report is of this outlet.
    pub fn is_of(self, cited: &Citation, wanted: &str) -> bool {
        self.head(cited).is_some_and(|h| outlet(h).to_lowercase().contains(wanted))
    }
}

/// What a report's outlet is called: by the end of its path where it names none.
pub(crate) fn outlet(head: &ReportHead) -> String {
    clean(head.outlet.as_deref().unwrap_or_else(|| head.source.rsplit('/').next().unwrap_or(&head.source)))
}
