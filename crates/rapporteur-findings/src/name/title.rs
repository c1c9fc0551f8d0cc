//! Titles before names and in descriptions: "Port Secretary", "Lt. Col.", "the prime minister's spokesman".

use std::ops::Range;

use crate::doc::Doc;
use rapporteur_lexicon::{Title, facts};

/// The longest title that begins at token `t`: its tokens and what it is.
pub(crate) fn title_from(doc: &Doc<'_>, p: usize, t: usize) -> Option<(Range<usize>, Title)> {
    let facts = facts();
    let end = doc.tokens(p).len().min(t + facts.longest_title() + 3);
    let mut found = None;
    // Hyphens are tokens of their own ("vice-president"), so a title may have more tokens than words.
    for last in t + 1..=end {
        let words = doc.words(p, t..last);
        if let Some(kind) =
            facts.title(words).or_else(|| facts.title(words.trim_end_matches('s')).filter(|_| last == t + 1))
        {
            found = Some((t..last, kind));
        }
        if words.ends_with([',', ';', '"', '”']) {
            break;
        }
    }
    found
}

/// The title that ends just before token `t`, however long: "special envoy" before "Steve".
pub(crate) fn title_before(doc: &Doc<'_>, p: usize, t: usize) -> Option<(Range<usize>, Title)> {
    let first = t.saturating_sub(facts().longest_title() + 3);
    (first..t).find_map(|s| title_from(doc, p, s).filter(|(tokens, _)| tokens.end == t))
}
