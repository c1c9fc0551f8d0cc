//! What is on the cache: the records asked for lately, made once and kept while the dossier stays as it is.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use rapporteur::brief::{News, view::View, words};
use rapporteur::dossier::{Dossier, Error, Scope};
use rapporteur::{Change, Edtf, Fact, Record, Store, Story, StoryId};

use crate::lru::Lru;
use crate::reply::Page;

/// Records kept at once; one of 2,000 reports takes tens of megabytes.
const RECORDS: usize = 8;
/// Pages kept at once, at most 150 KB each but for long reports.
const PAGES: usize = 256;

/// Which record is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    /// One story, or all there is.
    pub story: Option<StoryId>,
    /// As it was known at the end of this day.
    pub as_of: Option<Date>,
    /// With what is new since then: a day, a time, or `last`.
    pub since: Option<String>,
}

impl Asked {
    /// The reports that are meant.
    pub fn scope(&self) -> Scope {
        Scope { story: self.story.clone(), as_of: self.as_of, before_run: None }
    }
}

/// A record and how it is shown.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub asked: Asked,
    /// What the story is called; for all of the dossier, nothing.
    pub name: Option<String>,
    pub record: Record,
    pub view: View,
    pub facts: Vec<Fact>,
    /// What changed since then, where that was asked for.
    pub changes: Vec<Change>,
    /// The first and the last day on which reports of it were published, whatever was known by when.
    pub days: Option<(Date, Date)>,
}

/// Everything that pages are made from.
#[derive(Debug)]
pub(crate) struct RecordCache {
    store: Mutex<Store>,
    watch: Mutex<Watch>,
    snapshots: Mutex<Lru<Asked, Snapshot>>,
    stories: Mutex<Option<Arc<Vec<Story>>>>,
    pages: Mutex<Lru<String, Page>>,
}

/// Looks whether somebody wrote: a connection of its own sees also what this process writes.
#[derive(Debug)]
struct Watch {
    dossier: Dossier,
    data_version: i64,
    state: String,
}

/// A panic of one request does not take the others with it: what a lock guards here is whole after every step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl RecordCache {
    pub fn new(path: &std::path::Path) -> Result<Self, Error> {
        let store = Store::open(path)?;
        let dossier = Dossier::open(path)?;
        let watch = Watch { data_version: dossier.data_version()?, state: dossier.state()?, dossier };
        Ok(RecordCache {
            store: Mutex::new(store),
            watch: Mutex::new(watch),
            snapshots: Mutex::new(Lru::new(RECORDS)),
            stories: Mutex::new(None),
            pages: Mutex::new(Lru::new(PAGES)),
        })
    }

    /// The dossier itself, for what is not worth keeping.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        lock(&self.store)
    }

    /// Forgets what is no longer so.
    fn fresh(&self) -> Result<(), Error> {
        let mut watch = lock(&self.watch);
        let data_version = watch.dossier.data_version()?;
        if data_version == watch.data_version {
            return Ok(());
        }
        let state = watch.dossier.state()?;
        watch.data_version = data_version;
        if state != watch.state {
            watch.state = state;
            lock(&self.snapshots).clear();
            *lock(&self.stories) = None;
            lock(&self.pages).clear();
        }
        Ok(())
    }

    /// A page that was made before and is still true.
    pub fn page(&self, address: &str) -> Option<Arc<Page>> {
        self.fresh().ok()?;
        lock(&self.pages).get(&address.to_owned())
    }

    /// Keeps a page, unless the dossier changed while it was made.
    pub fn keep_page(&self, address: String, page: Arc<Page>, state: &str) {
        if self.fresh().is_ok() && lock(&self.watch).state == state {
            lock(&self.pages).put(address, page);
        }
    }

    /// The state that a page is about to be made of.
    pub fn state(&self) -> Result<String, Error> {
        self.fresh()?;
        Ok(lock(&self.watch).state.clone())
    }

    /// The stories, the one with the latest report first.
    pub fn stories(&self) -> Result<Arc<Vec<Story>>, Error> {
        self.fresh()?;
        if let Some(stories) = lock(&self.stories).clone() {
            return Ok(stories);
        }
        let store = self.store();
        let stories = Arc::new(store.stories()?);
        *lock(&self.stories) = Some(stories.clone());
        Ok(stories)
    }

    /// The record that is asked for; `None` where there is no such story or `since` makes no sense.
    pub fn snapshot(&self, asked: &Asked) -> Result<Option<Arc<Snapshot>>, Error> {
        self.fresh()?;
        if let Some(snapshot) = lock(&self.snapshots).get(asked) {
            return Ok(Some(snapshot));
        }
        let stories = self.stories()?;
        let story = asked.story.as_ref().map(|id| stories.iter().find(|s| s.row.id == *id));
        let name = match story {
            Some(None) => return Ok(None),
            Some(Some(story)) => Some(words::clean(&story.name)),
            None => None,
        };
        let mut store = self.store();
        // Somebody else may have waited for the same.
        if let Some(snapshot) = lock(&self.snapshots).get(asked) {
            return Ok(Some(snapshot));
        }
        let record = store.record(&asked.scope())?;
        let changes = match &asked.since {
            None => Vec::new(),
            Some(since) => match store.earlier(&asked.scope(), since)? {
                Some(earlier) => store.changes(&earlier, &record)?,
                None => return Ok(None),
            },
        };
        let days = days(&store, asked)?;
        drop(store);
        let told = asked.since.as_deref().map(since_told);
        let news = told.as_deref().map(|since| News { since, changes: &changes });
        let view = View::new(&record, news.as_ref());
        let facts = rapporteur::facts(&record);
        let snapshot = Arc::new(Snapshot { asked: asked.clone(), name, view, facts, record, changes, days });
        lock(&self.snapshots).put(asked.clone(), snapshot.clone());
        Ok(Some(snapshot))
    }
}

/// "24 Nov 2025", "24 Nov 2025, 18:00", "the last time reports came in".
fn since_told(since: &str) -> String {
    match since.parse::<Edtf>() {
        Ok(day) => match since.get(11..16) {
            Some(time) => format!("{}, {time} UTC", words::date(day)),
            None => words::date(day),
        },
        Err(_) => "before the last reports came in".into(),
    }
}

/// The first and last day of the reports, whatever was known by when: the ends of the scale on which a day is picked. A
/// report that tells no day counts only where none tells any.
fn days(store: &Store, asked: &Asked) -> Result<Option<(Date, Date)>, Error> {
    let heads = store.dossier().heads(&Scope { as_of: None, ..asked.scope() })?;
    let mut days: Vec<Date> = heads.iter().filter_map(|h| h.reported.as_deref()?.parse().ok()).collect();
    if days.is_empty() {
        days = heads.iter().filter_map(|h| h.added.get(..10)?.parse().ok()).collect();
    }
    Ok(days.iter().min().copied().zip(days.iter().max().copied()))
}
