//! Visits a feed again and again: asks only whether it changed, and takes only what is new in it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Done, parse};
use crate::http::{Answer, Fetch, RetryAfter, Validators};
use crate::read::{Options, Reader, Sink};
use crate::{ErrorKind, FetchError};

/// The seconds between two visits, where the feed does not say.
const INTERVAL: i64 = 15 * 60;

/// The seconds that a feed that fails, or that asks for it, is left alone at most.
const MAX_WAIT: i64 = 24 * 60 * 60;

/// The ids that are remembered beyond those that the feed still holds.
const MAX_REMEMBERED: usize = 2_000;

/// The pages that are fetched in one visit; the others wait for the next.
const MAX_PAGES: usize = 100;

/// How often the page of an entry is asked for before its summary has to do.
const MAX_TRIES: u32 = 5;

/// What is remembered of a feed between two visits; a keeper stores it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedState {
    /// To ask whether it changed.
    #[serde(default)]
    pub validators: Validators,
    /// The ids of the entries that were read, the oldest first.
    #[serde(default)]
    pub seen: Vec<String>,
    /// How often the page of an entry was asked for in vain.
    #[serde(default)]
    pub tries: BTreeMap<String, u32>,
    /// How many visits failed in a row.
    #[serde(default)]
    pub failures: u32,
    /// What was wrong at the last visit.
    #[serde(default)]
    pub last_error: Option<String>,
    /// When it should be visited again, in seconds since 1970.
    #[serde(default)]
    pub next_due: Option<i64>,
}

impl FeedState {
    /// Whether it should be visited now, in seconds since 1970.
    pub fn is_due(&self, now: i64) -> bool {
        self.next_due.is_none_or(|due| due <= now)
    }

    fn failed(&mut self, now: i64, what: String, after: Option<RetryAfter>) {
        let back_off = INTERVAL << self.failures.min(10);
        let wished = match after {
            Some(RetryAfter::Wait(wait)) => i64::try_from(wait.as_secs()).unwrap_or(MAX_WAIT),
            Some(RetryAfter::Until(then)) => then.saturating_sub(now),
            None => 0,
        };
        self.failures = self.failures.saturating_add(1);
        self.last_error = Some(what);
        self.next_due = Some(now + back_off.max(wished).clamp(INTERVAL, MAX_WAIT));
    }

    fn succeeded(&mut self, now: i64, ttl: Option<u32>) {
        let interval = ttl.map_or(INTERVAL, |minutes| (i64::from(minutes) * 60).clamp(INTERVAL / 3, MAX_WAIT));
        (self.failures, self.last_error, self.next_due) = (0, None, Some(now + interval));
    }

    /// Forgets the oldest ids, but none that the feed still holds.
    fn forget(&mut self, held: &BTreeSet<String>) {
        let mut spare = self.seen.iter().filter(|id| !held.contains(*id)).count().saturating_sub(MAX_REMEMBERED);
        self.seen.retain(|id| {
            let forget = spare > 0 && !held.contains(id);
            spare -= usize::from(forget);
            !forget
        });
        self.tries.retain(|id, _| held.contains(id));
    }
}

/// Visits a feed and hands over what is new in it since the last visit.
///
/// `now` is the present time in seconds since 1970. Whether the feed is due is for the caller to look at
/// ([`FeedState::is_due`]). A feed that does not answer is an [`crate::Item::Failed`], visited less and less often. Where
/// the sink breaks off, what it was not given stays new.
pub fn poll(
    feed: &str,
    state: &mut FeedState,
    now: i64,
    web: &mut dyn Fetch,
    options: &Options,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let answer = web.get(feed, Some(&state.validators));
    let path = PathBuf::from(feed);
    let mut reader = Reader::new(options, Some(web), sink);
    let fetched = match answer {
        Ok(Answer::NotModified) => {
            state.succeeded(now, None);
            return ControlFlow::Continue(());
        }
        Ok(Answer::Fetched(fetched)) => fetched,
        Err(error) => {
            state.failed(now, error.to_string(), error.retry_after());
            return reader.failed(&path, ErrorKind::Fetch(error));
        }
    };
    let parsed = match parse::parse(&fetched.bytes, Some(&fetched.url)) {
        Ok(parsed) => parsed,
        Err(why) => {
            let kind = ErrorKind::Feed(why);
            state.failed(now, kind.to_string(), None);
            return reader.failed(&path, kind);
        }
    };
    for note in fetched.notes.into_iter().chain(parsed.warnings) {
        reader.warn(format!("{feed}: {note}"))?;
    }
    let held: BTreeSet<String> = parsed.entries.iter().map(|e| e.id.clone()).collect();
    let mut seen: BTreeSet<String> = state.seen.iter().cloned().collect();
    let (mut pages, mut all) = (0, true);
    for entry in &parsed.entries {
        if seen.contains(&entry.id) {
            continue;
        }
        if entry.content.is_none() && entry.link.is_some() {
            if pages == MAX_PAGES {
                all = false;
                continue;
            }
            pages += 1;
        }
        if let Done::Later(error) = reader.entry(feed, entry)? {
            let tries = state.tries.entry(entry.id.clone()).or_default();
            *tries += 1;
            if *tries < MAX_TRIES {
                all = false;
                later(&mut reader, entry.link.as_deref().unwrap_or(feed), error)?;
                continue;
            }
            reader.summary(feed, entry, Some(error.into()))?;
        }
        seen.insert(entry.id.clone());
        state.seen.push(entry.id.clone());
    }
    // Only where nothing is left over may the next visit ask for no more than changes.
    state.validators = if all { fetched.validators } else { Validators::default() };
    state.forget(&held);
    state.succeeded(now, parsed.ttl);
    ControlFlow::Continue(())
}

fn later(reader: &mut Reader<'_, '_, '_>, link: &str, error: FetchError) -> ControlFlow<()> {
    reader.warn(format!("{link}: {error}; it is asked for again at the next visit"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dead_feed_is_visited_less_and_less() {
        let mut state = FeedState::default();
        assert!(state.is_due(0));
        let mut waits = Vec::new();
        for _ in 0..9 {
            state.failed(1000, "x".into(), None);
            waits.push(state.next_due.unwrap() - 1000);
        }
        assert_eq!(waits[..3], [900, 1800, 3600]);
        assert_eq!(waits[8], MAX_WAIT);
        state.failed(1000, "x".into(), Some(RetryAfter::Until(i64::MIN)));
        state.succeeded(2000, Some(60));
        assert!(state.next_due == Some(5600) && state.failures == 0 && !state.is_due(5599));
    }

    #[test]
    fn a_wish_to_be_left_alone_is_heeded() {
        let mut state = FeedState::default();
        state.failed(0, "x".into(), Some(RetryAfter::Wait(std::time::Duration::from_secs(7200))));
        assert_eq!(state.next_due, Some(7200));
    }

    #[test]
    fn only_the_oldest_are_forgotten() {
        let mut state = FeedState { seen: (0..5000).map(|n| n.to_string()).collect(), ..FeedState::default() };
        state.forget(&BTreeSet::from(["0".to_owned()]));
        assert!(state.seen.len() == MAX_REMEMBERED + 1 && state.seen[0] == "0" && state.seen[1] == "3000");
        let json = serde_json::to_string(&state).unwrap();
        assert_eq!(serde_json::from_str::<FeedState>(&json).unwrap(), state);
    }
}
