//! The text of a page as a reader sees it: paragraphs, white space as a browser collapses it, and where each stands.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use dom_query::{Document, NodeId, NodeRef};

use super::align::InputLocation;
use super::reduce::Run;
use super::sign::{Around, Marks};

/// A stretch of a block and where it stands in the decoded page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// First byte of the block's text.
    pub(super) at: usize,
    /// First byte after it.
    pub(super) end: usize,
    /// First byte of the page.
    pub(super) from: u32,
    /// First byte of the page after it.
    pub(super) to: u32,
    /// Whether it stands there letter for letter.
    pub(super) verbatim: bool,
}

/// A paragraph of the page, of its article or not.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub(super) text: String,
    pub(super) sources: Vec<Source>,
    /// The name of the nearest element that makes a block.
    pub(super) element: String,
    /// The elements it lies in, outermost first.
    pub(super) around: Vec<Rc<Around>>,
    /// How many letters of it are in links.
    pub(super) linked: usize,
    /// Whether the extractor took it for the article.
    pub(super) kept: bool,
    /// Whether it cannot be seen.
    pub(super) hidden: bool,
}

impl Block {
    /// Whether it lies in an element of this name.
    pub(super) fn inside(&self, name: &str) -> bool {
        self.around.iter().any(|a| a.name == name)
    }
}

/// Elements that stay in the line.
// not words: names of HTML
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "img", "kbd", "label", "mark", "q",
    "rb", "rp", "rt", "rtc", "ruby", "samp", "span", "sub", "sup", "time", "var", "td", "th", "br",
];

/// Classes by which common style sheets hide from eyes what is meant for machines that read aloud.
// not words: names of HTML
const UNSEEN: &[&str] = &[
    "sr-only",
    "screen-reader-text",
    "screen-reader-only",
    "visually-hidden",
    "visuallyhidden",
    "u-visually-hidden",
    "a11y-hidden",
];

/// What is put into a block one after another.
enum Item<'t> {
    Text {
        place: &'t InputLocation,
        kept: bool,
        linked: bool,
        hidden: bool,
    },
    /// White space alone.
    Space,
    /// The end of a line.
    Line,
    /// The end of a cell.
    Cell,
}

/// All blocks of a page in order.
pub(super) fn blocks(
    page: &Document,
    places: &HashMap<NodeId, InputLocation>,
    kept: &HashSet<NodeId>,
    text: &str,
    runs: &[Run],
) -> Vec<Block> {
    let mut writer = Writer { text, runs, items: Vec::new(), path: Vec::new(), out: Vec::new(), breaks: 0 };
    let Some(body) = page.body() else { return Vec::new() };
    let mut next = Some(body);
    let mut links = 0usize;
    while let Some(node) = next {
        if node.is_text() {
            if let Some(place) = places.get(&node.id) {
                let kept = kept.contains(&node.id);
                let hidden = writer.path.iter().any(|open| open.hidden);
                writer.items.push(Item::Text { place, kept, linked: links > 0, hidden });
                writer.breaks = 0;
            } else if !node.text().is_empty()
                && let Some(Item::Text { .. }) = writer.items.last()
            {
                writer.items.push(Item::Space);
            }
        } else {
            links += usize::from(node.has_name("a"));
            writer.enter(&node);
        }
        if let Some(child) = node.first_child() {
            next = Some(child);
            continue;
        }
        // To the next in document order, leaving what ends.
        let mut ended = node;
        next = loop {
            if !ended.is_text() {
                links -= usize::from(ended.has_name("a"));
                writer.leave(&ended);
            }
            if ended.id == body.id {
                break None;
            }
            if let Some(sibling) = ended.next_sibling() {
                break Some(sibling);
            }
            match ended.parent() {
                Some(parent) => ended = parent,
                None => break None,
            }
        };
    }
    writer.flush();
    writer.out
}

/// An element that is open.
struct Open {
    around: Rc<Around>,
    block: bool,
    hidden: bool,
}

struct Writer<'t> {
    text: &'t str,
    runs: &'t [Run],
    items: Vec<Item<'t>>,
    path: Vec<Open>,
    out: Vec<Block>,
    /// How many line ends came one after another.
    breaks: usize,
}

impl Writer<'_> {
    fn enter(&mut self, node: &NodeRef<'_>) {
        let name = node.node_name().map(|n| n.to_string()).unwrap_or_default();
        let block = !INLINE.contains(&name.as_str());
        if block {
            self.flush();
        } else if name == "br" {
            self.breaks += 1;
            if self.breaks > 1 { self.flush() } else { self.items.push(Item::Line) }
        } else if matches!(name.as_str(), "td" | "th") && !self.items.is_empty() {
            self.items.push(Item::Cell);
        }
        let mut sign = String::new();
        // not words: names of HTML
        for attribute in ["class", "id", "itemprop", "role", "data-component", "data-testid"] {
            if let Some(value) = node.attr(attribute) {
                sign.push(' ');
                sign.push_str(&value.to_lowercase());
            }
        }
        let style = node.attr("style").map(|s| s.to_lowercase().replace(' ', "")).unwrap_or_default();
        let hidden = node.has_attr("hidden")
            || node.attr("aria-hidden").is_some_and(|v| &*v == "true")
            || style.contains("display:none")
            || style.contains("visibility:hidden")
            || sign.split(' ').any(|word| UNSEEN.contains(&word));
        let around = Rc::new(Around { name, marks: Marks::of(&sign) });
        self.path.push(Open { around, block, hidden });
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        let _ = node;
        if self.path.last().is_some_and(|open| open.block) {
            self.flush();
        }
        self.path.pop();
    }

    /// Ends the block and keeps it.
    fn flush(&mut self) {
        let items = std::mem::take(&mut self.items);
        self.breaks = 0;
        let any = items.iter().any(|i| matches!(i, Item::Text { kept: true, .. }));
        let seen = items.iter().any(|i| matches!(i, Item::Text { hidden: false, .. }));
        let mut block = Block { kept: any, ..Block::default() };
        // What the extractor took out of a paragraph (a button in it) is no part of it.
        let mut gap = Gap::None;
        for item in items {
            match item {
                Item::Space => gap = gap.max(Gap::Space),
                Item::Line => gap = gap.max(Gap::Line),
                Item::Cell => gap = gap.max(Gap::Cell),
                // Nor is what only a machine that reads aloud would say.
                Item::Text { hidden: true, .. } if seen => gap = gap.max(Gap::Space),
                Item::Text { kept, .. } if kept != any => gap = gap.max(Gap::Space),
                Item::Text { place, linked, .. } => {
                    if place.before {
                        gap = gap.max(Gap::Space);
                    }
                    let before = block.text.len();
                    self.put(&mut block, place, gap);
                    if linked {
                        block.linked += block.text.get(before..).map_or(0, |t| t.chars().count());
                    }
                    gap = if place.after { Gap::Space } else { Gap::None };
                }
            }
        }
        if block.text.is_empty() {
            return;
        }
        block.element = self.path.iter().rev().find(|o| o.block).map(|o| o.around.name.clone()).unwrap_or_default();
        block.hidden = !seen;
        block.around = self.path.iter().map(|o| Rc::clone(&o.around)).collect();
        self.out.push(block);
    }

    /// Appends the letters of a text node, white space collapsed.
    fn put(&self, block: &mut Block, place: &InputLocation, gap: Gap) {
        let mut gap = gap;
        let mut run = self.runs.partition_point(|r| r.at as usize <= place.at).saturating_sub(1);
        for (i, c) in place.letters.char_indices() {
            let at = place.at + i;
            if c.is_whitespace() {
                gap = gap.max(Gap::Space);
                continue;
            }
            if matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}') || (c.is_control()) {
                continue; // not to be seen
            }
            while self.runs.get(run + 1).is_some_and(|r| r.at as usize <= at) {
                run += 1;
            }
            let Some(of) = self.runs.get(run) else { return };
            if gap != Gap::None && !block.text.is_empty() {
                let start = block.text.len();
                block.text.push(match gap {
                    Gap::Line => '\n',
                    Gap::Cell => '\t',
                    Gap::Space | Gap::None => ' ',
                });
                // A space that stands as one just before this letter is that space.
                let plain = of.verbatim && at > of.at as usize && self.text.as_bytes().get(at - 1) == Some(&b' ');
                if plain && gap == Gap::Space {
                    let from = of.from + (at - 1 - of.at as usize) as u32;
                    block.cite(start, start + 1, from, from + 1, true);
                }
            }
            gap = Gap::None;
            let start = block.text.len();
            block.text.push(c);
            let end = block.text.len();
            if of.verbatim {
                let from = of.from + (at - of.at as usize) as u32;
                block.cite(start, end, from, from + c.len_utf8() as u32, true);
            } else {
                block.cite(start, end, of.from, of.to, false);
            }
        }
    }
}

/// What parts two words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Cell,
    Line,
}

impl Block {
    /// Says where the bytes `at..end` of the block stand.
    fn cite(&mut self, at: usize, end: usize, from: u32, to: u32, verbatim: bool) {
        match self.sources.last_mut() {
            Some(last) if verbatim && last.verbatim && last.end == at && last.to == from => {
                (last.end, last.to) = (end, to);
            }
            // Two letters of one reference.
            Some(last) if !verbatim && !last.verbatim && last.end == at && (last.from, last.to) == (from, to) => {
                last.end = end;
            }
            _ => self.sources.push(Source { at, end, from, to, verbatim }),
        }
    }
}
