//! Finds each text node of the parsed page in the text that was read, and so its place in the original.

use std::borrow::Cow;

use super::reduce::Reduced;

/// How many nodes may be looked for in the whole text: those that the parser moved (text inside a broken table).
/// There are few, and each may cost a pass over the text.
const SEARCHES: usize = 200;

/// Where the letters of a text node stand in the text that was read, white space around them left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct InputLocation {
    /// First byte of the text.
    pub(super) at: usize,
    /// First byte of the text after them.
    pub(super) end: usize,
    /// Whether white space comes before them.
    pub(super) before: bool,
    /// Whether white space comes after them.
    pub(super) after: bool,
}

/// Finds text nodes one after another, as they come in the page.
pub(super) struct Aligner<'r> {
    text: Cow<'r, str>,
    /// Where the next is looked for; and where, should it be one of those that the parser moved before their table.
    at: usize,
    other: usize,
    searches: usize,
}

impl<'r> Aligner<'r> {
    pub(super) fn new(reduced: &'r Reduced) -> Self {
        Aligner { text: reduced.parsed(), at: 0, other: 0, searches: 0 }
    }

    /// The place of the next text node; nothing where it has no letters. A node that cannot be found is left out: nothing
    /// is kept that cannot be shown in the original.
    pub(super) fn place(&mut self, content: &str) -> Option<InputLocation> {
        let letters = content.trim();
        if letters.is_empty() {
            return None;
        }
        let text = &*self.text;
        let skip = |from: usize| {
            let rest = text.get(from..).unwrap_or_default();
            text.len() - rest.trim_start().len()
        };
        let here = |from: usize| text.get(from..).is_some_and(|rest| rest.starts_with(letters));
        let next = skip(self.at);
        let found = Some(next).filter(|from| here(*from));
        let found = found.or_else(|| Some(skip(self.other)).filter(|from| here(*from)));
        let found = match found {
            Some(found) => found,
            None => {
                self.searches += 1;
                let rest = text.get(self.at..).filter(|_| self.searches <= SEARCHES)?;
                self.at + rest.find(letters)?
            }
        };
        let end = found + letters.len();
        (self.other, self.at) = if found == next { (self.other, end) } else { (self.at, end) };
        let spaced = |c: Option<char>| c.is_some_and(char::is_whitespace);
        let (before, after) = (spaced(content.chars().next()), spaced(content.chars().next_back()));
        Some(InputLocation { at: found, end, before, after })
    }
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;
    use crate::html::reduce::reduce;

    #[test]
    fn text_that_the_parser_moves_is_found() {
        let page = "<p>One <table>two<tr><td>three</td></tr></table><p> four <p>two<p>five";
        let reduced = reduce(page);
        let document = Document::from(reduced.html.as_str());
        let mut aligner = Aligner::new(&reduced);
        let root = document.root();
        let nodes = root.descendants_it().filter(|node| node.is_text());
        let places: Vec<InputLocation> = nodes.filter_map(|node| aligner.place(&node.text())).collect();
        let mut found: Vec<(usize, &str)> = places.iter().map(|p| (p.at, &reduced.text[p.at..p.end])).collect();
        found.sort();
        let words: Vec<&str> = found.iter().map(|(_, w)| *w).collect();
        assert_eq!(words, ["One", "two", "three", "four", "two", "five"]);
    }
}
