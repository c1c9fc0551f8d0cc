//! Titles before names and in descriptions: "Port Secretary", "Lt. Col.", "the prime minister's spokesman".

use std::ops::Range;

use crate::doc::Doc;
use rapporteur_lexicon::{Title, facts};

/// The longest title that begins at token `t`: its tokens and what it is.
pub(crate) fn title_from(doc: &Doc<'_>, p: usize, t: usize) -> Option<(Range<usize>, Title)> {
    let facts = facts();
    let longest = longest_from(doc, p, t)?;
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
        if words.ends_with([',', ';', '"', '”']) || last > t + 1 && words.len() > longest && words.is_ascii() {
            break;
        }
    }
    found
}

/// How many bytes a title has at most that could begin at a token; `None` where none begins so, which nearly all words
/// tell by themselves.
fn longest_from(doc: &Doc<'_>, p: usize, t: usize) -> Option<usize> {
    let token = doc.tokens(p).get(t)?;
    let word = doc.lower(p, t);
    let all = word.find(|c: char| !c.is_alphanumeric());
    // What is glued to the word behind it ("can", "not") has more letters than its own.
    let glued = || doc.paragraph(p)[token.end as usize..].starts_with(char::is_alphanumeric);
    if all.is_none() && glued() {
        return Some(usize::MAX);
    }
    let beginning = &word[..all.unwrap_or(word.len())];
    let singular = beginning.trim_end_matches('s');
    let longest = facts().longest_title_from(beginning);
    let longest = if singular == beginning { longest } else { longest.max(facts().longest_title_from(singular)) };
    Some(longest).filter(|&bytes| bytes > 0)
}

/// The title that ends just before token `t`, however long: "special envoy" before "Steve"; an editor's bracket between does not count.
pub(crate) fn title_before(doc: &Doc<'_>, p: usize, t: usize) -> Option<(Range<usize>, Title)> {
    let t = t.checked_sub(1).filter(|&b| doc.word(p, b) == "[").unwrap_or(t);
    let first = t.saturating_sub(facts().longest_title() + 3);
    (first..t).find_map(|s| title_from(doc, p, s).filter(|(tokens, _)| tokens.end == t))
}
