//! The record of the reports that are meant: the same as if they had all been read at once.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rapporteur_dossier::{Scope, StoredHead, StoredReport};
use rapporteur_findings::Reference;
use rapporteur_schema::{Basis, ErrorKind, Findings, LeftOut, Record, Report};

use super::Store;
use crate::{Error, infer_dates, on_threads};

/// Reports with what was found in them, in the same order.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    heads: Vec<StoredHead>,
    pub(super) reports: Vec<Report>,
    pub(super) findings: Vec<Findings>,
    /// What is damaged.
    pub(super) left_out: Vec<LeftOut>,
    /// The models that the reports were read with.
    pub(super) models: BTreeSet<String>,
}

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

    /// The reports of a scope and what was found in them; what is damaged is left out.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn load(&mut self, scope: &Scope) -> Result<(Vec<Report>, Vec<Findings>), Error> {
        let loaded = self.load_whole(scope)?;
        Ok((loaded.reports, loaded.findings))
    }

    /// As [`load`](Store::load), with what was left out.
    pub(super) fn load_whole(&mut self, scope: &Scope) -> Result<Loaded, Error> {
        let mut survey = self.dossier.survey(scope)?;
        if let Some(day) = scope.as_of {
            survey.heads.extend(self.undated_by(scope, day)?);
            survey.heads.sort_by_key(|about| about.seq);
            survey.heads.dedup_by_key(|about| about.seq);
        }
        let mut loaded = Loaded { left_out: survey.left_out, ..Loaded::default() };
        let mut kept: Vec<(StoredReport, Option<Findings>)> = Vec::with_capacity(survey.heads.len());
        for about in survey.heads {
            match self.one(about.clone()) {
                Ok((one, found, made_with)) => {
                    // What this version cannot read is read anew, with its own models.
                    let by = found.as_ref().map_or(self.producer.as_str(), |_| &made_with);
                    loaded.models.insert(crate::models_of(by).to_owned());
                    kept.push((one, found));
                }
                Err(e) if e.is_damaged() => loaded.left_out.push(left_out(&about, e.what())),
                Err(e) => return Err(e),
            }
        }
        // What an older version found and this one can no longer read is found anew, though not kept: that is for
        // `refresh`.
        let own = on_threads(&kept, self.threads, |(one, found)| {
            found.clone().unwrap_or_else(|| crate::findings(&one.report))
        });
        let (heads, reports): (Vec<StoredHead>, Vec<Report>) =
            kept.into_iter().map(|(StoredReport { about, report, .. }, _)| (about, report)).unzip();
        loaded.findings = infer_dates::infer(&reports, own, |report, shared| self.read_again(report, shared))?;
        (loaded.heads, loaded.reports) = (heads, reports);
        Ok(loaded)
    }

    /// A report with its findings, where this version can read them, and what made those.
    fn one(&self, about: StoredHead) -> Result<(StoredReport, Option<Findings>, String), Error> {
        let kept = self.dossier.with_text(about)?;
        match self.dossier.findings_of(&kept, None)? {
            Some(found) => Ok((kept, found.findings, found.made_with)),
            None => Err(Error::new(ErrorKind::Damaged, "what was found in it is missing")),
        }
    }

    /// The reports without a date of their own that were out by this day going by the reports beside them.
    fn undated_by(&mut self, scope: &Scope, day: Date) -> Result<Vec<StoredHead>, Error> {
        let whole = Scope { as_of: None, ..scope.clone() };
        let undated = |k: &StoredHead| k.reported.is_none();
        if !self.dossier.heads(&whole)?.iter().any(undated) {
            return Ok(Vec::new());
        }
        let loaded = self.load_whole(&whole)?;
        let out = |f: &Findings| {
            f.published_basis == Some(Basis::Inferred) && f.published.is_some_and(|d| d.last_day() <= day)
        };
        let by_then = loaded.heads.into_iter().zip(&loaded.findings).filter(|(about, f)| undated(about) && out(f));
        Ok(by_then.map(|(about, _)| about).collect())
    }

    /// What a report without a date of its own says with the shared one at hand; read once and kept, where that is
    /// possible.
    fn read_again(&mut self, report: &Report, shared: Reference) -> Result<Findings, Error> {
        let kept = match self.dossier.findings(report.id(), Some(shared.date)) {
            // It follows from the report, which is whole.
            Err(e) if e.kind() == ErrorKind::Damaged => None,
            kept => kept?,
        };
        if let Some(kept) = kept
            && kept.made_with == self.producer
            && let Some(findings) = kept.findings
        {
            return Ok(findings);
        }
        let findings = infer_dates::read_again(report, shared);
        // Kept for speed alone.
        if !self.dossier.is_read_only() && !self.is_held {
            let mut writing = self.dossier.writing()?;
            writing.keep_findings(report, Some(shared.date), &findings, &self.producer)?;
            writing.commit()?;
        }
        Ok(findings)
    }
}

/// A report that cannot be read whole.
pub(super) fn left_out(about: &StoredHead, why: &str) -> LeftOut {
    let head = &about.head;
    LeftOut {
        report: Some(head.id.clone()),
        outlet: head.outlet.clone(),
        title: head.title.clone(),
        why: why.strip_prefix("is damaged: ").unwrap_or(why).to_owned(),
    }
}
