//! The records asked for lately, made once and kept while the dossier stays as it is.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use rapporteur::brief::{News, view::View, words};
use rapporteur::dossier::Scope;
use rapporteur::{
    AppliedCorrection, Change, CheckContext, CorrectionRequest, Edtf, Error, Fact, Record, RecordCache, Store, Story,
    StoryId,
};

use crate::link;
use crate::lru::Lru;
use crate::reply::Page;

/// Records kept at once; one of 2,000 reports takes tens of megabytes.
const MAX_RECORDS: usize = 8;
/// Pages kept at once, at most 150 KB each but for long reports.
const MAX_PAGES: usize = 256;

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
    pub record: Arc<Record>,
    pub view: View,
    pub facts: Vec<Fact>,
    /// What changed since then, where that was asked for.
    pub changes: Vec<Change>,
    /// The first and the last day on which reports of it were published, whatever was known by when.
    pub days: Option<(Date, Date)>,
}

impl Snapshot {
    /// The id of its story in an address.
    pub fn id(&self) -> String {
        self.asked.story.as_ref().map_or_else(|| "all".into(), ToString::to_string)
    }

    /// The address of one of its views.
    pub fn view_at(&self, view: &str, more: &[(&str, Option<String>)]) -> String {
        let path =
            if view.is_empty() { format!("/story/{}", self.id()) } else { format!("/story/{}/{view}", self.id()) };
        let mut values = vec![("as_of", self.asked.as_of.map(|d| d.to_string())), ("since", self.asked.since.clone())];
        values.extend(more.iter().cloned());
        link::with(&path, &values)
    }
}

/// Everything that pages are made from.
#[derive(Debug)]
pub(crate) struct PageCache {
    records: RecordCache,
    /// Held while a record is laid out: who asks for the same meanwhile waits for it instead of doing so as well. What was laid out
    /// while somebody wrote is not to be kept, and good enough for who asked before it was begun.
    laying_out: Mutex<Vec<Passing>>,
    /// How many were begun.
    begun: AtomicU64,
    made: Mutex<Made>,
}

/// A snapshot that may lack what was written while it was made, and which of those that were begun it is.
#[derive(Debug)]
struct Passing {
    number: u64,
    snapshot: Arc<Snapshot>,
}

/// What was made of the dossier as it was at a fingerprint.
#[derive(Debug)]
struct Made {
    fingerprint: String,
    snapshots: Lru<Asked, Snapshot>,
    stories: Option<Arc<Vec<Story>>>,
    stars: Option<Arc<BTreeSet<String>>>,
    pages: Lru<String, Page>,
}

impl Made {
    fn at(fingerprint: String) -> Self {
        Made { fingerprint, snapshots: Lru::new(MAX_RECORDS), stories: None, stars: None, pages: Lru::new(MAX_PAGES) }
    }
}

impl PageCache {
    pub fn new(path: &std::path::Path) -> Result<Self, Error> {
        let records = RecordCache::open(path, MAX_RECORDS)?;
        let made = Made::at(records.shown_fingerprint()?);
        Ok(PageCache { records, laying_out: Mutex::new(Vec::new()), begun: AtomicU64::new(0), made: Mutex::new(made) })
    }

    /// The dossier itself, for what is not worth keeping.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        self.records.store()
    }

    /// The dossier itself, for what changes it.
    pub fn writer(&self) -> MutexGuard<'_, Store> {
        self.records.writer()
    }

    /// Keeps a correction; pages that are asked for next have it.
    pub fn correct(&self, scope: &Scope, request: CorrectionRequest) -> Result<AppliedCorrection, Error> {
        self.records.correct(scope, request)
    }

    /// What was made, without what is no longer so.
    fn made(&self) -> Result<MutexGuard<'_, Made>, Error> {
        let fingerprint = self.records.shown_fingerprint()?;
        // A panic of one request does not take the others with it: what the lock guards is whole after every step.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.fingerprint != fingerprint {
            *made = Made::at(fingerprint);
        }
        Ok(made)
    }

    /// A page that was made before and is still true.
    pub fn page(&self, address: &str) -> Option<Arc<Page>> {
        self.made().ok()?.pages.get(&address.to_owned())
    }

    /// Keeps a page, unless the dossier changed while it was made.
    pub fn keep_page(&self, address: String, page: Arc<Page>, fingerprint: &str) {
        if let Ok(mut made) = self.made()
            && made.fingerprint == fingerprint
        {
            made.pages.put(address, page);
        }
    }

    /// What the dossier is like that a page is about to be made of.
    pub fn fingerprint(&self) -> Result<String, Error> {
        self.records.shown_fingerprint()
    }

    /// What drafts are checked against.
    pub fn check_context(&self, asked: &Asked) -> Result<Arc<CheckContext>, Error> {
        self.records.check_context(&asked.scope())
    }

    /// The stories, the one with the latest report first.
    pub fn stories(&self) -> Result<Arc<Vec<Story>>, Error> {
        let fingerprint = {
            let made = self.made()?;
            if let Some(stories) = &made.stories {
                return Ok(stories.clone());
            }
            made.fingerprint.clone()
        };
        let stories = Arc::new(self.store().stories()?);
        let mut made = self.made()?;
        if made.fingerprint == fingerprint {
            made.stories = Some(stories.clone());
        }
        Ok(stories)
    }

    /// The ids of what is starred; none where that cannot be read, for nothing else follows from them.
    pub fn stars(&self) -> Arc<BTreeSet<String>> {
        let read = || -> Result<Arc<BTreeSet<String>>, Error> {
            let fingerprint = {
                let made = self.made()?;
                if let Some(stars) = &made.stars {
                    return Ok(stars.clone());
                }
                made.fingerprint.clone()
            };
            let stars: BTreeSet<String> = self.store().dossier().stars()?.into_iter().map(|s| s.what).collect();
            let stars = Arc::new(stars);
            let mut made = self.made()?;
            if made.fingerprint == fingerprint {
                made.stars = Some(stars.clone());
            }
            Ok(stars)
        };
        read().unwrap_or_default()
    }

    /// Whether there is such a story.
    pub fn has(&self, story: Option<&StoryId>) -> Result<bool, Error> {
        let Some(id) = story else { return Ok(true) };
        Ok(self.stories()?.iter().any(|s| s.row.id == *id))
    }

    /// The record that is asked for; `None` where there is no such story or `since` makes no sense.
    pub fn snapshot(&self, asked: &Asked) -> Result<Option<Arc<Snapshot>>, Error> {
        // Before it is looked what is kept: whatever is begun from here on has all that was written before this was asked.
        let arrived = self.begun.load(Ordering::SeqCst);
        if let Some(snapshot) = self.made()?.snapshots.get(asked) {
            return Ok(Some(snapshot));
        }
        let mut passing = self.laying_out.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have waited for the same.
        let fingerprint = {
            let mut made = self.made()?;
            if let Some(snapshot) = made.snapshots.get(asked) {
                return Ok(Some(snapshot));
            }
            made.fingerprint.clone()
        };
        if let Some(found) = passing.iter().find(|p| p.number > arrived && p.snapshot.asked == *asked) {
            return Ok(Some(found.snapshot.clone()));
        }
        let number = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let stories = self.stories()?;
        let story = asked.story.as_ref().map(|id| stories.iter().find(|s| s.row.id == *id));
        let name = match story {
            Some(None) => return Ok(None),
            Some(Some(story)) => Some(words::clean(&story.name)),
            None => None,
        };
        let record = self.records.record(&asked.scope())?;
        let (changes, days) = {
            let mut store = self.store();
            let changes = match &asked.since {
                None => Vec::new(),
                Some(since) => match store.earlier(&asked.scope(), since)? {
                    Some(earlier) => store.changes(&earlier, &record)?,
                    None => return Ok(None),
                },
            };
            (changes, days(&store, asked)?)
        };
        let since = asked.since.as_deref().map(since_in_words);
        let news = since.as_deref().map(|since| News { since, changes: &changes });
        let view = View::new(&record, news.as_ref());
        let facts = rapporteur::facts(&record);
        let snapshot = Arc::new(Snapshot { asked: asked.clone(), name, view, facts, record, changes, days });
        let mut made = self.made()?;
        if made.fingerprint == fingerprint {
            made.snapshots.put(asked.clone(), snapshot.clone());
        }
        passing.retain(|p| p.snapshot.asked != *asked);
        if made.fingerprint != fingerprint {
            if passing.len() >= MAX_RECORDS {
                passing.remove(0);
            }
            passing.push(Passing { number, snapshot: snapshot.clone() });
        }
        Ok(Some(snapshot))
    }
}

/// "24 Nov 2025", "24 Nov 2025, 18:00", "the last time reports came in".
fn since_in_words(since: &str) -> String {
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
