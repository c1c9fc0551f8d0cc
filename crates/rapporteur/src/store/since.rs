//! What "since" means: a day, a time, or the last command that brought reports in.

use rapporteur_dossier::Scope;
use rapporteur_schema::Edtf;

use super::Store;
use crate::Error;

impl Store {
    /// What was known of a scope then: at the end of a day (by when reports were published), at a time (RFC 3339, by when
    /// they came in), or before the `last` command that brought reports in. `None` where `since` is none of these.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn earlier(&self, scope: &Scope, since: &str) -> Result<Option<Scope>, Error> {
        let mut earlier = scope.clone();
        if since == "last" {
            earlier.before_run = Some(self.dossier.runs()?.last().map_or(0, |run| run.id));
            return Ok(Some(earlier));
        }
        if let Ok(time) = since.parse::<jiff::Timestamp>() {
            let time = time.round(jiff::Unit::Second).unwrap_or(time).to_string();
            // Nothing came in since then: everything was known.
            earlier.before_run = self.dossier.first_run_since(&time)?;
            return Ok(Some(earlier));
        }
        let Ok(day) = since.parse::<Edtf>().map(Edtf::last_day) else { return Ok(None) };
        earlier.as_of = Some(scope.as_of.map_or(day, |d| d.min(day)));
        Ok(Some(earlier))
    }
}
