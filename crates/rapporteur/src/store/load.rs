//! The record of the reports that are meant: the same as if they had all been read at once.

use jiff::civil::Date;
use rapporteur_dossier::{Scope, StoredHead, StoredReport};
use rapporteur_findings::Reference;
use rapporteur_schema::{Basis, Findings, Record, Report};

use super::Store;
use crate::{Error, infer_dates, on_threads};

impl Store {
    /// The record of the reports of a scope, with what people corrected.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn record(&mut self, scope: &Scope) -> Result<Record, Error> {
        Ok(self.record_of(scope)?.0)
    }

    /// As [`record`](Store::record), with the reports it is of, for what wants the words around a citation.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn record_of(&mut self, scope: &Scope) -> Result<(Record, Vec<Report>), Error> {
        Ok(self.check_context(scope)?.into_record())
    }

    /// The reports of a scope and what was found in them.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn load(&mut self, scope: &Scope) -> Result<(Vec<Report>, Vec<Findings>), Error> {
        let mut kept = self.dossier.reports(scope)?;
        if let Some(day) = scope.as_of {
            kept.extend(self.undated_by(scope, day)?);
            kept.sort_by_key(|k| k.about.seq);
            kept.dedup_by_key(|k| k.about.seq);
        }
        let mut stored = Vec::with_capacity(kept.len());
        for one in &kept {
            stored.push(self.dossier.findings(one.report.id(), None)?.and_then(|s| s.findings));
        }
        let reports: Vec<Report> = kept.into_iter().map(|StoredReport { report, .. }| report).collect();
        let work: Vec<(&Report, Option<Findings>)> = reports.iter().zip(stored).collect();
        // What an older version found and this one can no longer read is found anew, though not kept: that is for
        // `refresh`.
        let own =
            on_threads(&work, self.threads, |(report, found)| found.clone().unwrap_or_else(|| crate::findings(report)));
        let findings = infer_dates::infer(&reports, own, |report, shared| self.read_again(report, shared))?;
        Ok((reports, findings))
    }

    /// The reports without a date of their own that were out by this day going by the reports beside them.
    fn undated_by(&mut self, scope: &Scope, day: Date) -> Result<Vec<StoredReport>, Error> {
        let whole = Scope { as_of: None, ..scope.clone() };
        let undated = |k: &StoredHead| k.reported.is_none();
        if !self.dossier.heads(&whole)?.iter().any(undated) {
            return Ok(Vec::new());
        }
        let (_, findings) = self.load(&whole)?;
        let all = self.dossier.reports(&whole)?;
        let out = |f: &Findings| {
            f.published_basis == Some(Basis::Inferred) && f.published.is_some_and(|d| d.last_day() <= day)
        };
        let by_then = all.into_iter().zip(&findings).filter(|(k, f)| undated(&k.about) && out(f));
        Ok(by_then.map(|(k, _)| k).collect())
    }

    /// What a report without a date of its own says with the shared one at hand; read once and kept.
    fn read_again(&mut self, report: &Report, shared: Reference) -> Result<Findings, Error> {
        if let Some(kept) = self.dossier.findings(report.id(), Some(shared.date))?
            && kept.made_with == self.producer
            && let Some(findings) = kept.findings
        {
            return Ok(findings);
        }
        let findings = infer_dates::read_again(report, shared);
        let mut writing = self.dossier.writing()?;
        writing.keep_findings(report, Some(shared.date), &findings, &self.producer)?;
        writing.commit()?;
        Ok(findings)
    }
}
