//! What comes in is read on all threads, a few reports at a time, and kept one by one.

use std::ops::ControlFlow;

use rapporteur_dossier::{Added, NewReport, Writing};
use rapporteur_schema::{Findings, ReportHead, ReportId, StoryId};
use rapporteur_source::{Incoming, Item};

use super::Store;
use crate::{Error, ErrorKind, on_threads};

/// How many reports a thread reads between two writings: few enough that little is lost when the process is killed.
const BATCH: usize = 4;

/// A report that is now kept for certain: no crash takes it away.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Acknowledged {
    /// What is known about it.
    pub head: ReportHead,
    /// What became of it.
    pub added: Added,
    /// The story it is in.
    pub story: Option<StoryId>,
}

/// Into which story reports go that come in. What is known already stays where it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Destination {
    /// The one that they fit by their words; where they fit none, a new one.
    #[default]
    Fitting,
    /// This one, whatever their words say.
    Story(StoryId),
    /// One of their own, which is called so if a name is given.
    New(Option<String>),
}

/// Reports on their way into a dossier.
#[derive(Debug)]
pub struct Ingest<'s> {
    store: &'s mut Store,
    run: i64,
    now: String,
    destination: Destination,
    waiting: Vec<Incoming>,
    acknowledged: Vec<Acknowledged>,
    error: Option<Error>,
}

impl Store {
    /// Begins to take reports in; `what` names the command, `now` is the time (RFC 3339, UTC).
    ///
    /// # Errors
    /// The dossier cannot be written.
    pub fn ingest(&mut self, what: &str, now: &str) -> Result<Ingest<'_>, Error> {
        self.ingest_by(what, now, None)
    }

    /// As [`ingest`](Store::ingest), where it is known who brings them in.
    ///
    /// # Errors
    /// The dossier cannot be written.
    pub fn ingest_by(&mut self, what: &str, now: &str, who: Option<&str>) -> Result<Ingest<'_>, Error> {
        let run = self.dossier.begin_run(what, now, who)?;
        let (now, destination) = (now.to_owned(), Destination::default());
        Ok(Ingest { store: self, run, now, destination, waiting: Vec::new(), acknowledged: Vec::new(), error: None })
    }
}

impl Ingest<'_> {
    /// Puts what is kept from now on into this story.
    ///
    /// # Errors
    /// There is no such story.
    pub fn put_into(&mut self, destination: Destination) -> Result<(), Error> {
        if let Destination::Story(story) = &destination {
            // The first letters of an id are not enough: another story may come to begin so.
            if self.store.dossier.story(story.as_str())? != *story {
                return Err(Error::new(ErrorKind::NoSuchStory, format!("there is no story {story}")));
            }
        }
        self.destination = destination;
        Ok(())
    }

    /// Takes what a reading hands over: reports are kept, the rest is passed by. Breaks when the dossier cannot be
    /// written any more; [`Ingest::finish`] then tells why.
    pub fn take(&mut self, item: Item) -> ControlFlow<()> {
        let Item::Report(incoming) = item else { return ControlFlow::Continue(()) };
        self.waiting.push(*incoming);
        if self.waiting.len() >= BATCH * self.store.threads { self.flush() } else { ControlFlow::Continue(()) }
    }

    /// Keeps what waits, now.
    pub fn flush(&mut self) -> ControlFlow<()> {
        let waiting = std::mem::take(&mut self.waiting);
        match self.keep(waiting) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.error.get_or_insert(error);
                ControlFlow::Break(())
            }
        }
    }

    /// The reports that were kept since this was last asked.
    pub fn acknowledged(&mut self) -> Vec<Acknowledged> {
        std::mem::take(&mut self.acknowledged)
    }

    /// Keeps what still waits and gives the reports that were kept since [`Ingest::acknowledged`] was last asked.
    ///
    /// # Errors
    /// The dossier could not be written; what was acknowledged before is kept all the same.
    pub fn finish(mut self) -> Result<Vec<Acknowledged>, Error> {
        if self.error.is_none() {
            let _ = self.flush();
        }
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.acknowledged),
        }
    }

    fn keep(&mut self, waiting: Vec<Incoming>) -> Result<(), Error> {
        let mut found: Vec<Option<Findings>> = Vec::new();
        {
            let mut unknown = Vec::new();
            for incoming in &waiting {
                unknown.push(!self.store.dossier.has(incoming.report.id())?);
            }
            let work: Vec<(&Incoming, bool)> = waiting.iter().zip(unknown).collect();
            let read = |&(incoming, unknown): &(&Incoming, bool)| unknown.then(|| crate::findings(&incoming.report));
            found.extend(on_threads(&work, self.store.threads, read));
        }
        for (incoming, findings) in waiting.into_iter().zip(found) {
            let report = &incoming.report;
            let mut writing = self.store.dossier.writing()?;
            let added = match &findings {
                None => writing.compare(report)?,
                Some(findings) => writing.add(&NewReport {
                    report,
                    original: &incoming.original,
                    media: &incoming.media,
                    via: incoming.via.as_ref().map(|v| v.feed.as_str()),
                    findings,
                    made_with: &self.store.producer,
                    run: self.run,
                    now: &self.now,
                })?,
            };
            match (&findings, &added) {
                // Its story stays the same: people may have told others of it, or put it there.
                (Some(findings), Added::Mended) if writing.story_of(report.id())?.is_some() => {
                    self.store.assigner.mend(&mut writing, report, findings)?;
                }
                (Some(findings), Added::New | Added::Revision { .. } | Added::Mended) => {
                    self.store.assigner.place(&mut writing, report, findings)?;
                }
                _ => {}
            }
            let mut destination = None;
            if !matches!(added, Added::Known(_) | Added::Mended) {
                destination = send(&mut writing, report.id(), &self.destination)?;
            }
            let kept = if let Added::Known(kept) = &added { kept } else { report.id() };
            let story = writing.story_of(kept)?;
            writing.commit()?;
            // The story is there now: what follows goes there too.
            self.destination = destination.map_or_else(|| std::mem::take(&mut self.destination), Destination::Story);
            self.acknowledged.push(Acknowledged { head: incoming.report.head, added, story });
        }
        Ok(())
    }
}

/// Puts a report that is being kept where it is to go; gives the story that was made for it.
fn send(writing: &mut Writing<'_>, report: &ReportId, to: &Destination) -> Result<Option<StoryId>, Error> {
    let (story, made) = match to {
        Destination::Fitting => return Ok(None),
        Destination::Story(story) => (story.clone(), None),
        Destination::New(_) => {
            let story = super::story::of_its_own(report);
            (story.clone(), Some(story))
        }
    };
    // Where it fits by its words nobody had to put it.
    if writing.story_of(report)?.as_ref() != Some(&story) {
        writing.move_to_story(report, &story)?;
    }
    if let Destination::New(Some(name)) = to {
        writing.name_story(&story, Some(name))?;
    }
    Ok(made)
}
