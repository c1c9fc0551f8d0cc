//! Finds each text node of the parsed page in the text that was read, and so its place in the original.

use std::collections::HashMap;

use dom_query::{Document, NodeId};

use super::reduce::Reduced;

/// How many nodes may be looked for in the whole text: those that the parser moved (text inside a broken table).
/// There are few, and each may cost a pass over the text.
const SEARCHES: usize = 200;

/// Where the letters of a text node stand in the text that was read, white space around them left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InputLocation {
    /// First byte of the text.
    pub(super) at: usize,
    /// The letters.
    pub(super) letters: String,
    /// Whether white space comes before them.
    pub(super) before: bool,
    /// Whether white space comes after them.
    pub(super) after: bool,
}

/// The places of all text nodes that have letters. A node that cannot be found is left out: nothing is kept that
/// cannot be shown in the original.
pub(super) fn places(page: &Document, reduced: &Reduced) -> HashMap<NodeId, InputLocation> {
    let text = &*reduced.parsed();
    let mut places = HashMap::new();
    let mut searches = 0;
    // Nodes come in the order of the text, but for those that the parser moved before the table they were in.
    let (mut at, mut other) = (0, 0);
    for node in page.root().descendants_it().filter(|node| node.is_text()) {
        let content = node.text();
        let letters = content.trim();
        if letters.is_empty() {
            continue;
        }
        let skip = |from: usize| {
            let rest = text.get(from..).unwrap_or_default();
            text.len() - rest.trim_start().len()
        };
        let here = |from: usize| text.get(from..).is_some_and(|rest| rest.starts_with(letters));
        let found = [skip(at), skip(other)].into_iter().find(|from| here(*from));
        let found = found.or_else(|| {
            searches += 1;
            let rest = text.get(at..).filter(|_| searches <= SEARCHES)?;
            rest.find(letters).map(|i| at + i)
        });
        let Some(found) = found else { continue };
        (other, at) = if found == skip(at) { (other, found + letters.len()) } else { (at, found + letters.len()) };
        let spaced = |c: Option<char>| c.is_some_and(char::is_whitespace);
        let place = InputLocation {
            at: found,
            letters: reduced.text.get(found..found + letters.len()).unwrap_or(letters).to_owned(),
            before: spaced(content.chars().next()),
            after: spaced(content.chars().next_back()),
        };
        places.insert(node.id, place);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::reduce::reduce;

    #[test]
    fn text_that_the_parser_moves_is_found() {
        let page = "<p>One <table>two<tr><td>three</td></tr></table><p> four <p>two<p>five";
        let reduced = reduce(page);
        let document = Document::from(reduced.html.as_str());
        let mut found: Vec<(usize, String)> =
            places(&document, &reduced).into_values().map(|p| (p.at, p.letters)).collect();
        found.sort();
        let words: Vec<&str> = found.iter().map(|(_, w)| w.as_str()).collect();
        assert_eq!(words, ["One", "two", "three", "four", "two", "five"]);
    }
}
