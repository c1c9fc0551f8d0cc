//! What a feed holds: RSS, Atom and JSON Feed in one form.

use std::sync::{Arc, Mutex};

use feed_rs::model;
use rapporteur_schema::{Edtf, sha256};

use crate::known::Known;
use crate::markup::{self, Event};
use crate::{date, fragment};

/// A feed.
#[derive(Debug, Default)]
pub(super) struct Feed {
    pub(super) entries: Vec<Entry>,
    /// How many minutes it wants between two visits.
    pub(super) ttl: Option<u32>,
    /// What could not be read in it.
    pub(super) warnings: Vec<String>,
}

/// A text as an entry has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Body {
    Html(String),
    Plain(String),
}

/// An entry of a feed.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// Its id; one made of its link and words where it has none, always the same.
    pub(super) id: String,
    /// The address of its page.
    pub(super) link: Option<String>,
    pub(super) known: Known,
    /// Its full text.
    pub(super) content: Option<Body>,
    /// What it says shortly of itself.
    pub(super) summary: Option<Body>,
}

/// Reads a feed; `url` is where it was found.
pub(super) fn parse(bytes: &[u8], url: Option<&str>) -> Result<Feed, String> {
    // Not all feeds are XML.
    let xml = bytes.trim_ascii_start().first() != Some(&b'{');
    let sources = if xml { sources(bytes)? } else { Vec::new() };
    // The library drops a date that it cannot read without a word, and gives all others in the time of Greenwich.
    let unread: Arc<Mutex<Vec<String>>> = Arc::default();
    let told = unread.clone();
    let parser = feed_rs::parser::Builder::new()
        .base_uri(url)
        .sanitize_content(false)
        // By default an entry without id and link gets one by chance, another in every run.
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(move |written| match date::read(written).filter(|d| d.is_day()) {
            Some(day) => format!("{day}T00:00:00Z").parse().ok(),
            None => {
                if let Ok(mut unread) = told.lock() {
                    unread.push(written.trim().to_owned());
                }
                None
            }
        })
        .build();
    let feed = parser.parse(bytes).map_err(|e| e.to_string())?;
    let title = feed.title.as_ref().map(|t| fragment::line(&t.content)).filter(|t| !t.is_empty());
    let aligned = sources.len() == feed.entries.len();
    let mut out = Feed { ttl: feed.ttl, ..Feed::default() };
    for (index, mut entry) in feed.entries.into_iter().enumerate() {
        let source = sources.get(index).filter(|_| aligned).cloned().flatten();
        entry.language = entry.language.or_else(|| feed.language.clone());
        out.entries.push(self::entry(entry, source.or_else(|| title.clone())));
    }
    if let Ok(unread) = unread.lock() {
        out.warnings
            .extend(unread.iter().map(|d| format!("the date {d:?} cannot be read; the entry is read without it")));
    }
    Ok(out)
}

fn entry(entry: model::Entry, outlet: Option<String>) -> Entry {
    let day = |date: Option<String>| date.and_then(|d| d.parse::<Edtf>().ok());
    let published = day(entry.published.map(|d| d.date_naive().to_string()));
    let updated = day(entry.updated.map(|d| d.date_naive().to_string()));
    let web = |s: &str| s.starts_with("https://") || s.starts_with("http://");
    let is_page =
        |l: &&model::Link| matches!(l.rel.as_deref(), None | Some("alternate")) && l.target.is_none() && web(&l.href);
    let link = entry.links.iter().find(is_page).map(|l| l.href.clone());
    let link = link.or_else(|| Some(entry.id.clone()).filter(|id| web(id))); // RSS: an id that is the page's address
    let names: Vec<String> = entry.authors.iter().filter_map(|a| a.name.as_deref()).map(fragment::line).collect();
    let some = |s: String| Some(s).filter(|s| !s.is_empty());
    let known = Known {
        outlet,
        url: link.clone(),
        published: published.or(updated),
        modified: updated.filter(|u| published.is_some_and(|p| p != *u)),
        title: entry.title.as_ref().and_then(|t| some(fragment::line(&t.content))),
        byline: some(names.into_iter().filter(|n| !n.is_empty()).collect::<Vec<String>>().join(", ")),
        language: entry.language.and_then(some),
        credits: Vec::new(),
    };
    let content = entry.content.and_then(|c| Some((c.body?, c.content_type.to_string())));
    let summary = entry.summary.map(|s| (s.content, s.content_type.to_string()));
    let body = |(text, media): (String, String)| match media.starts_with("text/plain") {
        _ if text.trim().is_empty() => None,
        true => Some(Body::Plain(text)),
        false => Some(Body::Html(text)),
    };
    let (content, summary) = (content.and_then(body), summary.and_then(body));
    let mut id = entry.id.trim().to_owned();
    if id.is_empty() {
        let words = |b: &Option<Body>| match b {
            Some(Body::Html(s) | Body::Plain(s)) => s.clone(),
            None => String::new(),
        };
        let title = known.title.clone().unwrap_or_default();
        let parts = [link.clone().unwrap_or_default(), title, words(&content), words(&summary)];
        id = sha256(parts.join("\n").as_bytes())[..32].to_owned();
    }
    Entry { id, link, known, content, summary }
}

/// The `<source>` of each entry, which the library leaves out: whose report it is, where a feed collects those of many.
fn sources(bytes: &[u8]) -> Result<Vec<Option<String>>, String> {
    let mut out: Vec<Option<String>> = Vec::new();
    // Where we are: the elements around, from the root. In RSS the source is the name itself, in Atom a feed in small, of
    // which the title counts.
    let mut path: Vec<String> = Vec::new();
    let mut named = String::new();
    let is_entry = |name: &str| name == "item" || name == "entry";
    markup::walk(bytes, |event| match event {
        Event::Open(name, _) => {
            if is_entry(name) {
                out.push(None);
            }
            if name == "source" {
                named.clear();
            }
            path.push(name.to_owned());
        }
        Event::Text(text) => match path.as_slice() {
            [.., entry, source] if is_entry(entry) && source == "source" => named.push_str(text),
            [.., entry, source, title] if is_entry(entry) && source == "source" && title == "title" => {
                named.push_str(text);
            }
            _ => {}
        },
        Event::Close => {
            if let [.., entry, source] = path.as_slice()
                && is_entry(entry)
                && source == "source"
                && let Some(last) = out.last_mut()
            {
                *last = Some(fragment::line(&named)).filter(|name| !name.is_empty());
            }
            path.pop();
        }
    })?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_found_in_both_forms() {
        let feed = b"<rss><item><source url='x'>Harbour &amp; Post</source></item><item/><entry><source>\n<id>1</id>\
            <title>Lund Daily</title><updated>x</updated></source></entry></rss>";
        let found: Vec<Option<String>> = sources(feed).unwrap();
        assert_eq!(found, [Some("Harbour & Post".into()), None, Some("Lund Daily".into())]);
    }

    #[test]
    fn ids_are_made_of_what_is_there_and_stay() {
        let feed = b"<rss version='2.0'><channel><title>x</title><item><description>Words.</description></item>\
            <item><description>Others.</description></item></channel></rss>";
        let ids = |_| parse(feed, None).unwrap().entries.iter().map(|e| e.id.clone()).collect::<Vec<String>>();
        assert_eq!(ids(0), ids(1));
        assert_ne!(ids(0)[0], ids(0)[1]);
    }

    #[test]
    fn days_are_those_of_the_outlet() {
        let feed =
            b"<rss version='2.0'><channel><title>x</title><item><pubDate>Sat, 03 May 2031 23:30:00 -0500</pubDate>\
            <description>Words.</description></item><item><pubDate>5/11/2031</pubDate></item></channel></rss>";
        let feed = parse(feed, None).unwrap();
        assert_eq!(feed.entries[0].known.published.unwrap().to_string(), "2031-05-03");
        assert_eq!(feed.entries[1].known.published, None);
        assert!(feed.warnings[0].contains("5/11/2031"));
    }
}
