//! Which reports are versions of one article.

use std::collections::BTreeSet;

use rapporteur_schema::phrase;

/// Parts of a query that say where a reader came from, not what is shown.
// not words: keys in addresses
const TRACKING: &[&str] = &["utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "cmpid", "ref_src"];

/// What the versions of a page share: its URL without scheme, fragment, and the parts that trace readers.
pub(crate) fn key(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (place, query) = bare.split_once('?').unwrap_or((bare, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.to_lowercase();
    let mut key = format!("{}/{}", host.strip_prefix("www.").unwrap_or(&host), path.trim_end_matches('/'));
    let kept: Vec<&str> =
        query.split('&').filter(|part| !part.is_empty() && !TRACKING.iter().any(|t| part.starts_with(t))).collect();
    if !kept.is_empty() {
        key.push('?');
        key.push_str(&kept.join("&"));
    }
    key
}

/// Whether one text is another version of the other: at least half of the shorter one's runs of four words stand in
/// the longer.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let shingles = |text: &str| -> BTreeSet<String> {
        let words: Vec<&str> = phrase::words(text).collect();
        words.windows(4).map(|w| w.join(" ")).collect()
    };
    let (a, b) = (shingles(a), shingles(b));
    let shorter = a.len().min(b.len());
    shorter > 0 && a.intersection(&b).count() * 2 >= shorter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_one_however_it_was_come_to() {
        let page = key("https://www.Harbour-Post.example/talks/?utm_source=x&id=3#top");
        assert_eq!(page, key("http://harbour-post.example/talks?id=3"));
        assert_ne!(page, key("https://harbour-post.example/talks?id=4"));
        assert_ne!(key("https://a.example/Talks"), key("https://a.example/talks"), "paths have case");
    }

    #[test]
    fn a_changed_text_is_a_version_and_another_story_is_not() {
        let first = "The ferry crews will meet the owners on Monday, the port authority said, and the boats sail on.";
        assert!(alike(first, &first.replace("Monday", "Tuesday")));
        assert!(!alike(first, "A night market opens in the old tram depot this summer, with forty stalls and music."));
        assert!(!alike("", ""));
    }
}
