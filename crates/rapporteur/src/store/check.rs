//! The reports that a draft is to be checked against, or that are to be asked.

use std::sync::{Arc, OnceLock};

use rapporteur_check::{Checked, ReportIndex};
use rapporteur_dossier::Scope;
use rapporteur_record::ask::{Answer, AskIndex};
use rapporteur_record::{Refusal, Request};
use rapporteur_schema::{self as schema, AppliedCorrection, Correction, Edtf, Findings, LeftOut, Record, Report};

use super::Store;
use super::load::Loaded;
use crate::against::{check_indexed, report_index};
use crate::{CheckOptions, Error, assemble_corrected};

/// Reports of a dossier with what is known of them: all that a check or a question needs, so that the dossier can be let go.
#[derive(Debug)]
#[non_exhaustive]
pub struct CheckContext {
    reports: Arc<Vec<Report>>,
    findings: Arc<Vec<Findings>>,
    pub(super) record: Arc<Record>,
    /// What checks look up of the reports; made for the first draft.
    index: OnceLock<ReportIndex>,
    /// Their sentences, ready to be asked; made for the first question.
    asked: OnceLock<AskIndex>,
}

impl Store {
    /// What drafts are checked against: the reports of a scope, with what people corrected. What is damaged is left out, and
    /// named in the record.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn check_context(&mut self, scope: &Scope) -> Result<CheckContext, Error> {
        let mut loaded = self.load_whole(scope)?;
        let (corrections, hurt) = self.dossier.survey_corrections()?;
        loaded.left_out.extend(hurt);
        let record = proven(&mut loaded, &corrections)?;
        let Loaded { reports, findings, .. } = loaded;
        Ok(CheckContext::over(Arc::new(reports), Arc::new(findings), record))
    }

    /// What the reports of a scope say to a question, as [`ask()`](crate::ask()): so many answers at most. Who asks more than once
    /// keeps the [`check_context`](Store::check_context).
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn ask(&mut self, question: &str, scope: &Scope, most: usize) -> Result<Answer, Error> {
        Ok(self.check_context(scope)?.ask(question, most))
    }
}

/// The record of these reports, of which every citation was compared with the text it cites. A report that does not read as
/// it is cited is left out of both.
fn proven(loaded: &mut Loaded, corrections: &[Correction]) -> Result<Record, Error> {
    loop {
        let mut record = assemble_corrected(&loaded.reports, &loaded.findings, corrections);
        let Err(error) = record.verify(&loaded.reports) else {
            record.left_out = std::mem::take(&mut loaded.left_out);
            // Kept findings say themselves what made them; this process may read with other models.
            if !loaded.models.is_empty() {
                record.made_with.model = Some(Vec::from_iter(std::mem::take(&mut loaded.models)).join("; "));
            }
            return Ok(record);
        };
        let schema::Error::NotThere { report, .. } = &error else { return Err(error.into()) };
        let Some(at) = loaded.reports.iter().position(|r| r.id() == report) else { return Err(error.into()) };
        let head = loaded.reports.remove(at).head;
        loaded.findings.retain(|found| found.report != head.id);
        let why = "what was found in it is cited in words that its text does not have".to_owned();
        loaded.left_out.push(LeftOut { report: Some(head.id), outlet: head.outlet, title: head.title, why });
    }
}

impl CheckContext {
    /// Reports that stand in no dossier, read once for many drafts; `progress` is told how many have been read, from whatever
    /// thread has read one.
    ///
    /// # Example
    /// ```
    /// use rapporteur::{CheckContext, Options, Report, ReportId, gather};
    ///
    /// let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/strait");
    /// let context = CheckContext::of_reports(gather(&[story.into()], &Options::default()).reports, &|_| {});
    /// let draft = |text: &str| Report::plain(ReportId::new("draft"), text);
    /// assert!(context.check(&draft("The Coast Party accepted the plan in parliament."), None).has_errors());
    /// assert!(!context.check(&draft("The Coast Party rejected the plan in parliament."), None).has_errors());
    /// ```
    pub fn of_reports(reports: Vec<Report>, progress: &(dyn Fn(usize) + Sync)) -> Self {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let findings = crate::findings_with(&reports, threads, progress);
        let record = crate::assemble(&reports, &findings);
        CheckContext::over(Arc::new(reports), Arc::new(findings), record)
    }

    fn over(reports: Arc<Vec<Report>>, findings: Arc<Vec<Findings>>, record: Record) -> Self {
        CheckContext { reports, findings, record: Arc::new(record), index: OnceLock::new(), asked: OnceLock::new() }
    }

    /// A correction as it is resolved in this record, what it does there, and what is known then; `corrections` are those that
    /// this record was made with.
    pub(super) fn corrected(
        &self,
        mut corrections: Vec<Correction>,
        request: &mut Request,
    ) -> Result<(Correction, AppliedCorrection, CheckContext), Error> {
        request.number = corrections.len();
        let correction = rapporteur_record::resolve(&self.record, request)?;
        corrections.push(correction.clone());
        let mut record = assemble_corrected(&self.reports, &self.findings, &corrections);
        let applied = record.corrections.iter().find(|c| c.id == correction.id && c.applied).cloned();
        let applied = applied.ok_or(Refusal::NoEffect)?;
        // What was left out of it, and what its findings were made with, is as it was.
        record.left_out.clone_from(&self.record.left_out);
        record.made_with.clone_from(&self.record.made_with);
        record.verify(&self.reports)?;
        Ok((correction, applied, CheckContext::over(self.reports.clone(), self.findings.clone(), record)))
    }

    /// The record of the reports.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The reports that it is of.
    pub fn reports(&self) -> &[Report] {
        &self.reports
    }

    /// The record and the reports it is of.
    pub(super) fn into_record(self) -> (Record, Vec<Report>) {
        (Arc::unwrap_or_clone(self.record), Arc::unwrap_or_clone(self.reports))
    }

    /// What the reports say to a question: so many answers at most.
    ///
    /// # Example
    /// ```
    /// use rapporteur::{Options, Store, dossier::Scope, read};
    ///
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let path = folder.path().join("talks.dossier");
    /// # let mut store = Store::create(&path)?;
    /// # let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/strait");
    /// # let mut ingest = store.ingest("add", "2026-03-20T08:00:00Z")?;
    /// # let _ = read(&[story.into()], &Options::default(), &mut std::io::empty(), &mut |item| ingest.take(item));
    /// # ingest.finish()?;
    /// let context = store.check_context(&Scope::default())?;
    /// let answer = context.ask("Does the water ask for a passport?", 3);
    /// assert!(answer.answers[0].sentences[0].at.exact().contains("passport"));
    /// assert_eq!(store.ask("Does the water ask for a passport?", &Scope::default(), 3)?, answer);
    /// # Ok::<(), rapporteur::Error>(())
    /// ```
    pub fn ask(&self, question: &str, most: usize) -> Answer {
        let index = self.asked.get_or_init(|| AskIndex::new(&self.reports, &self.findings, &self.record));
        index.ask(question, most)
    }

    /// Checks a draft; `date` is the day it is of, where that is known.
    pub fn check(&self, draft: &Report, date: Option<Edtf>) -> Checked {
        self.check_with(draft, &CheckOptions { date, ..CheckOptions::default() })
    }

    /// As [`check`](CheckContext::check), within limits: long work asks now and then whether to go on.
    ///
    /// # Example
    /// ```
    /// use rapporteur::check::Limits;
    /// use rapporteur::{CheckOptions, Options, Report, ReportId, Store, dossier::Scope, read};
    ///
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let path = folder.path().join("talks.dossier");
    /// # let mut store = Store::create(&path)?;
    /// # let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/strait");
    /// # let mut ingest = store.ingest("add", "2026-03-20T08:00:00Z")?;
    /// # let _ = read(&[story.into()], &Options::default(), &mut std::io::empty(), &mut |item| ingest.take(item));
    /// # ingest.finish()?;
    /// let context = store.check_context(&Scope::default())?;
    /// let draft = Report::plain(ReportId::new("draft"), "“Our members will sail on a promise,” Petra Brandt said.");
    /// let begin = std::time::Instant::now();
    /// let in_time = || begin.elapsed().as_secs() < 60;
    /// let limits = Limits { max_quotations: 1_000, go_on: &in_time, ..Limits::default() };
    /// let checked = context.check_with(&draft, &CheckOptions { limits, ..CheckOptions::default() });
    /// assert!(checked.has_errors() && !checked.broken_off && checked.missing().is_empty());
    /// # Ok::<(), rapporteur::Error>(())
    /// ```
    pub fn check_with(&self, draft: &Report, options: &CheckOptions<'_>) -> Checked {
        let index = self.index.get_or_init(|| report_index(&self.reports, &self.findings, &self.record));
        check_indexed(draft, &self.reports, &self.findings, index, &self.record, options)
    }
}
