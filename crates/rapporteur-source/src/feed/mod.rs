//! Feeds: RSS, Atom and JSON Feed, read once or visited again and again; and OPML, the list of feeds.
//!
//! An entry with its full text is a report; of one that only points to a page, the page is.

mod opml;
mod parse;
mod poll;

use std::ops::ControlFlow;
use std::path::PathBuf;

pub use opml::feeds_in;
use parse::{Body, Entry};
pub use poll::{FeedState, poll};

use crate::format::Format;
use crate::http::{Answer, FetchError};
use crate::raw_article::RawArticle;
use crate::read::{InputLocation, Reader, Via, article};
use crate::{ErrorKind, fragment};

/// What came of an entry.
enum Done {
    /// All that can come of it.
    Yes,
    /// Its page could not be fetched now.
    Later(FetchError),
}

impl Reader<'_, '_, '_> {
    /// Reads a feed that was not fetched for being visited again.
    pub(crate) fn feed(&mut self, place: &InputLocation, bytes: &[u8]) -> ControlFlow<()> {
        let feed = match parse::parse(bytes, place.fallback.url.as_deref()) {
            Ok(feed) => feed,
            Err(why) => return self.failed(&place.path, ErrorKind::Feed(why)),
        };
        for warning in feed.warnings {
            self.warn(format!("{}: {warning}", place.source))?;
        }
        if feed.entries.is_empty() {
            self.warn(format!("{}: the feed has no entries", place.source))?;
        }
        for entry in feed.entries {
            if let Done::Later(error) = self.entry(&place.source, &entry)? {
                self.summary(&place.source, &entry, Some(error.into()))?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Reads an entry: its full text, or the page it points to, or what it says shortly of itself.
    fn entry(&mut self, feed: &str, entry: &Entry) -> ControlFlow<(), Done> {
        if let Some(content) = &entry.content {
            self.body(feed, entry, content)?;
            return ControlFlow::Continue(Done::Yes);
        }
        let Some((link, web)) = entry.link.as_ref().zip(self.web.as_mut()) else {
            self.summary(feed, entry, None)?;
            return ControlFlow::Continue(Done::Yes);
        };
        if !self.asked.insert(link.clone()) {
            return ControlFlow::Continue(Done::Yes);
        }
        match web.get(link, None) {
            Ok(Answer::Fetched(fetched)) => {
                for note in &fetched.notes {
                    self.warn(note.clone())?;
                }
                let place = InputLocation {
                    fallback: entry.known.clone(),
                    via: Some(via(feed, entry)),
                    ..InputLocation::web(link)
                };
                let (place, bytes) = place.fetched(fetched);
                let read = match Format::of(&bytes, &place.name, place.media.as_deref()) {
                    format @ (Format::Html | Format::Plain) => {
                        article(format, &bytes, place.fallback.url.as_deref(), place.charset.as_deref())
                    }
                    // Another feed, or an archive, is not what an entry stands for.
                    _ => Err(ErrorKind::Feed("an entry should lead to a page".into())),
                };
                match read {
                    Ok((draft, media)) => self.deliver(place, draft, bytes, media)?,
                    Err(kind) => self.summary(feed, entry, Some(kind))?,
                }
            }
            Ok(Answer::NotModified) => {}
            Err(error) if error.is_temporary() => {
                self.asked.remove(link);
                return ControlFlow::Continue(Done::Later(error));
            }
            Err(error) => self.summary(feed, entry, Some(error.into()))?,
        }
        ControlFlow::Continue(Done::Yes)
    }

    /// Takes what an entry says shortly of itself for its text; `wrong` is what is wrong with its page.
    fn summary(&mut self, feed: &str, entry: &Entry, wrong: Option<ErrorKind>) -> ControlFlow<()> {
        let link = entry.link.as_deref().unwrap_or(&entry.id);
        match (&entry.summary, wrong) {
            (Some(summary), wrong) => {
                let why =
                    wrong.map_or_else(|| "its page was not fetched".to_owned(), |kind| format!("its page {kind}"));
                self.warn(format!("{link}: {why}; only the summary in the feed is read"))?;
                self.body(feed, entry, summary)
            }
            (None, Some(kind)) => self.failed(&PathBuf::from(link), kind),
            (None, None) => {
                let why = format!("the entry {:?} has no text, only a link that was not fetched", entry.id);
                self.failed(&PathBuf::from(feed), ErrorKind::Feed(why))
            }
        }
    }

    /// Makes a report of a text in a feed.
    fn body(&mut self, feed: &str, entry: &Entry, body: &Body) -> ControlFlow<()> {
        let source = entry.link.clone().unwrap_or_else(|| format!("{feed}#{}", entry.id));
        let place = InputLocation {
            path: PathBuf::from(&source),
            name: source.clone(),
            source,
            fallback: entry.known.clone(),
            via: Some(via(feed, entry)),
            ..InputLocation::default()
        };
        match body {
            Body::Html(html) => self.deliver(place, fragment::draft(html), html.clone().into_bytes(), "text/html"),
            Body::Plain(text) => match RawArticle::plain(text.as_bytes(), Some("utf-8")) {
                Ok(draft) => self.deliver(place, draft, text.clone().into_bytes(), "text/plain"),
                Err(kind) => self.failed(&place.path, kind),
            },
        }
    }
}

fn via(feed: &str, entry: &Entry) -> Via {
    Via { feed: feed.to_owned(), entry: entry.id.clone() }
}
