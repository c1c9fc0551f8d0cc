//! The reports that a draft is to be checked against.

use std::sync::Arc;

use rapporteur_check::Checked;
use rapporteur_dossier::Scope;
use rapporteur_schema::{Edtf, Findings, Record, Report};

use super::Store;
use crate::{Error, assemble_corrected, check_against};

/// Reports of a dossier with what is known of them: all that a check needs, so that the dossier can be let go.
#[derive(Debug)]
#[non_exhaustive]
pub struct CheckContext {
    reports: Vec<Report>,
    findings: Vec<Findings>,
    pub(super) record: Arc<Record>,
}

impl Store {
    /// What drafts are checked against: the reports of a scope, with what people corrected.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn check_context(&mut self, scope: &Scope) -> Result<CheckContext, Error> {
        let (reports, findings) = self.load(scope)?;
        let corrections = self.dossier.corrections()?;
        let record = assemble_corrected(&reports, &findings, &corrections);
        Ok(CheckContext { reports, findings, record: Arc::new(record) })
    }
}

impl CheckContext {
    /// The record of the reports.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The record and the reports it is of.
    pub(super) fn into_record(self) -> (Record, Vec<Report>) {
        (Arc::unwrap_or_clone(self.record), self.reports)
    }

    /// Checks a draft; `date` is the day it is of, where that is known.
    pub fn check(&self, draft: &Report, date: Option<Edtf>) -> Checked {
        check_against(draft, &self.reports, &self.findings, &self.record, date)
    }
}
