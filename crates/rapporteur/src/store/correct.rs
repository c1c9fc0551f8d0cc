//! What people corrected, and what changed between two times.

use rapporteur_dossier::{Error, Scope};
use rapporteur_schema::{Aim, Change, Correction, CorrectionId, CorrectionKind, Record};

use super::Store;

impl Store {
    /// Keeps a correction: who makes it, why, when (RFC 3339, UTC).
    ///
    /// # Errors
    /// The dossier cannot be written.
    pub fn correct(
        &mut self,
        change: CorrectionKind,
        aim: Aim,
        who: &str,
        why: Option<&str>,
        now: &str,
    ) -> Result<CorrectionId, Error> {
        let number = self.dossier.corrections()?.len().to_string();
        let id = CorrectionId::from_content(&[now, who, &number, change.as_str()]);
        let (who, why) = (who.to_owned(), why.map(str::to_owned));
        let correction = Correction { id: id.clone(), at: now.to_owned(), who, why, aim, change, undone: None };
        self.dossier.correct(&correction)?;
        Ok(id)
    }

    /// What became of the record of an earlier scope: it is now `after`.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn changes(&mut self, earlier: &Scope, after: &Record) -> Result<Vec<Change>, Error> {
        let before = self.record(earlier)?;
        Ok(rapporteur_record::changes(&before, after))
    }
}
