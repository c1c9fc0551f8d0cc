//! OPML: a list of feeds, as feed readers hand them from one to the other.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;

use crate::ErrorKind;
use crate::markup::{self, Event, attribute};
use crate::read::{InputLocation, Reader};

/// The addresses of the feeds in an OPML list, in order, each once, for one who visits them himself ([`crate::poll`]).
/// Nothing where it is no such list.
pub fn feeds_in(list: &[u8]) -> Vec<String> {
    feeds(list).unwrap_or_default()
}

fn feeds(bytes: &[u8]) -> Result<Vec<String>, ErrorKind> {
    let (mut feeds, mut known) = (Vec::new(), BTreeSet::new());
    let walked = markup::walk(bytes, |event| {
        if let Event::Open(name, tag) = event
            && name.eq_ignore_ascii_case("outline")
            && let Some(url) = attribute(tag, "xmlUrl")
        {
            let url = url.trim().to_owned();
            if !url.is_empty() && known.insert(url.clone()) {
                feeds.push(url);
            }
        }
    });
    // What was found where a list goes wrong is still a list of feeds.
    if let Some(why) = walked.map_err(ErrorKind::Feed)?.filter(|_| feeds.is_empty()) {
        return Err(ErrorKind::Feed(why));
    }
    if feeds.is_empty() { Err(ErrorKind::NoFeeds) } else { Ok(feeds) }
}

impl Reader<'_, '_, '_> {
    /// Reads the feeds that a list names.
    pub(crate) fn opml(&mut self, place: &InputLocation, bytes: &[u8]) -> ControlFlow<()> {
        match feeds(bytes) {
            Err(kind) => self.failed(&place.path, kind),
            Ok(feeds) => {
                for url in feeds {
                    // A list from the web must not name files of this machine: only addresses are followed.
                    if url.contains("://") {
                        self.address(&url)?;
                    } else {
                        self.failed(&PathBuf::from(&url), ErrorKind::Scheme)?;
                    }
                }
                ControlFlow::Continue(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_found_at_any_depth() {
        let list = br#"<opml><body><outline text="News"><outline text="A" xmlUrl="https://a.example/f?x=1&amp;y=2"/>
            <outline xmlurl='https://b.example/'></outline></outline><outline xmlUrl='https://d.example/?a&b'/><!-- <outline xmlUrl="https://c.example/"/> -->
            <outline xmlUrl="https://b.example/"/></body></opml>"#;
        assert_eq!(
            feeds(list).unwrap(),
            ["https://a.example/f?x=1&y=2", "https://b.example/", "https://d.example/?a&b"]
        );
        assert!(matches!(feeds(b"<opml/>"), Err(ErrorKind::NoFeeds)));
    }
}
