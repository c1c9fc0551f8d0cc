//! Which stories the kept reports tell.

use rapporteur_dossier::{Error, Scope, StoryRow};
use rapporteur_schema::{ReportId, StoryId};

use super::Keeper;

/// A story of a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Its id and how much of it there is.
    pub row: StoryRow,
    /// The name a person gave it, or else the title of one of its reports.
    pub name: String,
}

impl Keeper {
    /// The stories that have reports, the one with the latest report first.
    ///
    /// # Errors
    /// The dossier cannot be read.
    pub fn stories(&self) -> Result<Vec<Story>, Error> {
        let heads = self.dossier.heads(&Scope::default())?;
        let name = |row: &StoryRow| {
            let of = heads.iter().filter(|h| h.story.as_ref() == Some(&row.id));
            let named = of.clone().find_map(|h| h.head.title.clone());
            named.or_else(|| of.clone().next().map(|h| h.head.source.clone())).unwrap_or_default()
        };
        let rows = self.dossier.stories()?;
        Ok(rows.into_iter().map(|row| Story { name: row.name.clone().unwrap_or_else(|| name(&row)), row }).collect())
    }

    /// Moves a report to a story by hand: to the one whose id begins so, or to one of its own with "new".
    ///
    /// # Errors
    /// There is no such story, or the dossier cannot be written.
    pub fn move_to_story(&mut self, report: &ReportId, to: &str) -> Result<StoryId, Error> {
        let story = match to {
            "new" => StoryId::from_content(&["moved", report.as_str()]),
            id => self.dossier.story(id)?,
        };
        let mut writing = self.dossier.writing()?;
        writing.move_to_story(report, &story)?;
        writing.commit()?;
        Ok(story)
    }
}
