//! What an older version of the program found is found anew.

use std::ops::ControlFlow;

use rapporteur_record::cluster::Profile;
use rapporteur_schema::{ErrorKind, Report};

use super::Store;
use crate::{Error, on_threads};

/// What a refresh did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refreshed {
    /// How many reports were read anew.
    pub read: usize,
    /// How many were up to date.
    pub current: usize,
    /// How many cannot be read, for they are damaged.
    pub damaged: usize,
    /// How many reports and corrections were missing and are no longer missed; `None` where the count was right.
    pub missing: Option<usize>,
    /// Whether it was stopped before the end.
    pub stopped: bool,
}

impl Store {
    /// Finds anew what was found by another version, or everything; then all reports and corrections are counted anew too. `progress` is told how many of how many are done, and
    /// may break off between two reports.
    ///
    /// # Errors
    /// The dossier cannot be read or written.
    pub fn refresh(
        &mut self,
        everything: bool,
        progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Result<Refreshed, Error> {
        let ids = self.dossier.made_by_others(if everything { "" } else { &self.producer })?;
        let mut done = Refreshed { current: self.dossier.count()? - ids.len(), ..Refreshed::default() };
        for some in ids.chunks(4 * self.threads) {
            let mut reports: Vec<Report> = Vec::with_capacity(some.len());
            for id in some {
                match self.dossier.report(id.as_str()) {
                    Ok(kept) => reports.push(kept.report),
                    // What is damaged cannot be read, only added again.
                    Err(e) if e.kind() == ErrorKind::Damaged => done.damaged += 1,
                    Err(e) => return Err(e.into()),
                }
            }
            for (report, findings) in reports.iter().zip(on_threads(&reports, self.threads, crate::findings)) {
                let mut writing = self.dossier.writing()?;
                writing.forget_findings(report.id())?;
                writing.keep_findings(report, None, &findings, &self.producer)?;
                // The story stays the same: people may have told others of it by its id.
                writing.keep_profile(report.id(), &Profile::of(report, Some(&findings)).to_bytes())?;
                writing.commit()?;
                done.read += 1;
                if progress(done.read, ids.len()).is_break() {
                    done.stopped = true;
                    return Ok(done);
                }
            }
        }
        if everything {
            done.missing = self.dossier.count_anew()?;
        }
        Ok(done)
    }
}
