//! A draft against the reports that are kept.

use rapporteur_check::Checked;
use rapporteur_dossier::{Error, Scope};
use rapporteur_schema::{Edtf, Report};

use super::Keeper;
use crate::{assemble, check_against};

impl Keeper {
    /// Checks a draft against the reports of a scope, with what people corrected; `date` is the day the draft is of.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn check(&mut self, draft: &Report, scope: &Scope, date: Option<Edtf>) -> Result<Checked, Error> {
        let (reports, findings) = self.load(scope)?;
        let corrections = self.dossier.corrections()?;
        let record = rapporteur_record::correct(assemble(&reports, &findings), &corrections);
        Ok(check_against(draft, &reports, &findings, &record, date))
    }
}
