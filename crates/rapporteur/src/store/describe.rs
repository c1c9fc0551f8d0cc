//! What people say of a report itself: its outlet, its title, its day. It is read anew by that.

use rapporteur_dossier::{DeedKind, StoredReport};
use rapporteur_record::cluster::Profile;
use rapporteur_schema::{Basis, Edtf, Report, ReportHead, ReportId};

use super::Store;
use crate::{Error, ErrorKind};

/// What a report is said to be; what is `None` is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// Who published it.
    pub outlet: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
}

impl Description {
    /// What is known of a report now.
    pub fn of(head: &ReportHead) -> Self {
        Description { outlet: head.outlet.clone(), title: head.title.clone(), published: head.published }
    }
}

impl Store {
    /// Describes a report otherwise than it was read; "Monday" in it is then that of its new day. What was read of it is kept
    /// ([`Dossier::described`](rapporteur_dossier::Dossier::described)), and [`describe_as_read`](Store::describe_as_read) brings it
    /// back. The report keeps its id, its story and its versions. False where nothing was another.
    ///
    /// # Errors
    /// There is no such report or it is damaged, or the dossier cannot be written.
    ///
    /// # Example
    /// ```
    /// use rapporteur::{Description, Options, Store, read};
    ///
    /// let dir = tempfile::tempdir()?;
    /// let mut store = Store::create(&dir.path().join("wages.dossier"))?;
    /// let story = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/wages");
    /// let mut ingest = store.ingest("add", "2025-11-26T08:00:00Z")?;
    /// let _ = read(&[story.into()], &Options::default(), &mut std::io::empty(), &mut |item| ingest.take(item));
    /// let report = ingest.finish()?[0].head.clone();
    ///
    /// let otherwise = Description { outlet: Some("Night Desk".into()), ..Description::of(&report) };
    /// assert!(store.describe(&report.id, &otherwise, "Ada", "2025-11-27T09:00:00Z")?);
    /// assert_eq!(store.dossier().described()?[0].as_read.outlet, report.outlet);
    /// store.describe_as_read(&report.id, "Night desk", "2025-11-27T09:05:00Z")?;
    /// assert_eq!(store.dossier().report(report.id.as_str())?.about.head, report);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn describe(&mut self, id: &ReportId, otherwise: &Description, who: &str, at: &str) -> Result<bool, Error> {
        let kept = self.kept(id)?;
        let mut head = kept.about.head.clone();
        if Description::of(&head) == *otherwise {
            return Ok(false);
        }
        head.outlet.clone_from(&otherwise.outlet);
        head.title.clone_from(&otherwise.title);
        if head.published != otherwise.published {
            (head.published, head.published_basis) = (otherwise.published, otherwise.published.map(|_| Basis::Given));
        }
        self.keep_description(Report { head, ..kept.report }, Some((who, at)), (who, at))?;
        Ok(true)
    }

    /// Describes a report as it was read; who wished it so, and when, is kept ([`Dossier::deeds`](rapporteur_dossier::Dossier::deeds)).
    ///
    /// # Errors
    /// Nobody described it otherwise, or the dossier cannot be written.
    pub fn describe_as_read(&mut self, id: &ReportId, who: &str, at: &str) -> Result<(), Error> {
        let first = self.dossier.described()?.into_iter().find(|one| one.report == *id);
        let first = first.ok_or_else(|| {
            Error::new(ErrorKind::NoSuchReport, format!("no report {id} is described otherwise than it was read"))
        })?;
        let kept = self.kept(id)?;
        self.keep_description(Report { head: first.as_read, ..kept.report }, None, (who, at))
    }

    /// The report of this very id.
    fn kept(&self, id: &ReportId) -> Result<StoredReport, Error> {
        let kept = self.dossier.report(id.as_str())?;
        match kept.report.id() == id {
            true => Ok(kept),
            false => Err(Error::new(ErrorKind::NoSuchReport, format!("there is no report {id}"))),
        }
    }

    /// Keeps another head of a report, with who says so and when; without that, it is the one that was read.
    fn keep_description(
        &mut self,
        report: Report,
        by: Option<(&str, &str)>,
        (who, at): (&str, &str),
    ) -> Result<(), Error> {
        let findings = crate::findings(&report);
        let mut writing = self.dossier.writing()?;
        writing.describe(&report, &findings, &self.producer, by)?;
        writing.keep_profile(report.id(), &Profile::of(&report, Some(&findings)).to_bytes())?;
        if by.is_none() {
            writing.keep_deed(DeedKind::AsRead, report.id().as_str(), who, at)?;
        }
        writing.commit()?;
        Ok(())
    }
}
