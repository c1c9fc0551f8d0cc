//! The text of a page as a reader sees it: paragraphs, white space as a browser collapses it, and where each stands.
//!
//! The tree is walked once, before the extractor takes it apart: that gives the [`Outline`], which has all text in blocks.
//! What the extractor kept then says what of each block is read.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use dom_query::{Document, Element, LocalName, NodeData, NodeId};

use super::align::{Aligner, InputLocation};
use super::reduce::{Reduced, Run};
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
    /// How many code points it has.
    pub(super) chars: usize,
    pub(super) sources: Vec<Source>,
    /// The name of the nearest element that makes a block.
    pub(super) element: LocalName,
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
        self.around.iter().any(|a| *a.name == *name)
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
#[derive(Clone, Copy)]
enum Item {
    Text {
        node: NodeId,
        place: InputLocation,
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

/// A block of which it is not yet known what the extractor keeps.
struct Open {
    items: Vec<Item>,
    element: LocalName,
    around: Vec<Rc<Around>>,
}

/// All blocks of a page in order, before the extractor has spoken.
pub(super) struct Outline<'r> {
    reduced: &'r Reduced,
    blocks: Vec<Open>,
}

/// Walks through a page once.
pub(super) fn outline<'r>(page: &Document, reduced: &'r Reduced) -> Outline<'r> {
    let mut walk = Walk {
        aligner: Aligner::new(reduced),
        known: HashMap::new(),
        sign: String::new(),
        items: Vec::new(),
        path: Vec::new(),
        out: Vec::new(),
        breaks: 0,
        links: 0,
        hidden: 0,
    };
    let Some(body) = page.body() else { return Outline { reduced, blocks: Vec::new() } };
    let mut next = Some(body);
    while let Some(node) = next {
        node.query(|n| match &n.data {
            NodeData::Text { contents } => walk.text(n.id, contents),
            NodeData::Element(element) => walk.enter(element),
            _ => {}
        });
        if let Some(child) = node.first_child() {
            next = Some(child);
            continue;
        }
        // To the next in document order, leaving what ends.
        let mut ended = node;
        next = loop {
            if ended.is_element() {
                walk.leave();
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
    walk.flush();
    Outline { reduced, blocks: walk.out }
}

/// An element that is open.
struct Inside {
    around: Rc<Around>,
    block: bool,
    hidden: bool,
    link: bool,
}

struct Walk<'r> {
    aligner: Aligner<'r>,
    /// What the signs of elements say, and whether they hide it: most elements of a page are like others of it.
    known: HashMap<String, (Marks, bool)>,
    /// The signs of the present element; kept for its room.
    sign: String,
    items: Vec<Item>,
    path: Vec<Inside>,
    out: Vec<Open>,
    /// How many line ends came one after another.
    breaks: usize,
    /// How many of the open elements are links, and hidden.
    links: usize,
    hidden: usize,
}

impl Walk<'_> {
    fn text(&mut self, node: NodeId, contents: &str) {
        if let Some(place) = self.aligner.place(contents) {
            self.items.push(Item::Text { node, place, linked: self.links > 0, hidden: self.hidden > 0 });
            self.breaks = 0;
        } else if !contents.is_empty()
            && let Some(Item::Text { .. }) = self.items.last()
        {
            self.items.push(Item::Space);
        }
    }

    fn enter(&mut self, element: &Element) {
        let name = &element.name.local;
        let block = !INLINE.contains(&&**name);
        if block {
            self.flush();
        } else if &**name == "br" {
            self.breaks += 1;
            if self.breaks > 1 { self.flush() } else { self.items.push(Item::Line) }
        } else if matches!(&**name, "td" | "th") && !self.items.is_empty() {
            self.items.push(Item::Cell);
        }
        let attribute = |name: &str| element.attrs.iter().find(|a| *a.name.local == *name).map(|a| &*a.value);
        self.sign.clear();
        // not words: names of HTML
        for name in ["class", "id", "itemprop", "role", "data-component", "data-testid"] {
            if let Some(value) = attribute(name) {
                self.sign.push(' ');
                let from = self.sign.len();
                if value.is_ascii() {
                    self.sign.push_str(value);
                    self.sign[from..].make_ascii_lowercase();
                } else {
                    self.sign.push_str(&value.to_lowercase());
                }
            }
        }
        let (marks, unseen) = match self.known.get(&self.sign) {
            _ if self.sign.is_empty() => (Marks::default(), false),
            Some(known) => *known,
            None => {
                let unseen = self.sign.split(' ').any(|word| UNSEEN.contains(&word));
                let said = (Marks::of(&self.sign), unseen);
                self.known.insert(self.sign.clone(), said);
                said
            }
        };
        let style = || {
            let style = attribute("style").map(|s| s.to_lowercase().replace(' ', "")).unwrap_or_default();
            style.contains("display:none") || style.contains("visibility:hidden")
        };
        let hidden = unseen || attribute("hidden").is_some() || attribute("aria-hidden") == Some("true") || style();
        let link = &**name == "a";
        (self.links, self.hidden) = (self.links + usize::from(link), self.hidden + usize::from(hidden));
        let around = Rc::new(Around { name: name.clone(), marks });
        self.path.push(Inside { around, block, hidden, link });
    }

    fn leave(&mut self) {
        if self.path.last().is_some_and(|open| open.block) {
            self.flush();
        }
        if let Some(left) = self.path.pop() {
            (self.links, self.hidden) = (self.links - usize::from(left.link), self.hidden - usize::from(left.hidden));
        }
    }

    /// Ends the block.
    fn flush(&mut self) {
        self.breaks = 0;
        if !self.items.iter().any(|i| matches!(i, Item::Text { .. })) {
            self.items.clear();
            return;
        }
        let items = std::mem::take(&mut self.items);
        let element = self.path.iter().rev().find(|o| o.block).map(|o| o.around.name.clone()).unwrap_or_default();
        let around = self.path.iter().map(|o| Rc::clone(&o.around)).collect();
        self.out.push(Open { items, element, around });
    }
}

impl Outline<'_> {
    /// The blocks of the page with what the extractor says of them.
    pub(super) fn blocks(self, kept: &HashSet<NodeId>) -> Vec<Block> {
        let Outline { reduced, blocks } = self;
        blocks.into_iter().filter_map(|open| block(open, kept, &reduced.text, &reduced.runs)).collect()
    }
}

/// A block as it is read; nothing where nothing of it can be seen.
fn block(open: Open, kept: &HashSet<NodeId>, text: &str, runs: &[Run]) -> Option<Block> {
    let is_kept = |item: &Item| matches!(item, Item::Text { node, .. } if kept.contains(node));
    let any = open.items.iter().any(is_kept);
    let seen = open.items.iter().any(|i| matches!(i, Item::Text { hidden: false, .. }));
    let mut block = Block { kept: any, ..Block::default() };
    // What the extractor took out of a paragraph (a button in it) is no part of it.
    let mut gap = Gap::None;
    for item in open.items {
        match item {
            Item::Space => gap = gap.max(Gap::Space),
            Item::Line => gap = gap.max(Gap::Line),
            Item::Cell => gap = gap.max(Gap::Cell),
            // Nor is what only a machine that reads aloud would say.
            Item::Text { hidden: true, .. } if seen => gap = gap.max(Gap::Space),
            Item::Text { .. } if any && !is_kept(&item) => gap = gap.max(Gap::Space),
            Item::Text { place, linked, .. } => {
                if place.before {
                    gap = gap.max(Gap::Space);
                }
                let before = block.chars;
                block.put(place, gap, text, runs);
                if linked {
                    block.linked += block.chars - before;
                }
                gap = if place.after { Gap::Space } else { Gap::None };
            }
        }
    }
    if block.text.is_empty() {
        return None;
    }
    block.hidden = !seen;
    (block.element, block.around) = (open.element, open.around);
    Some(block)
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
    /// Appends the letters of a text node, white space collapsed.
    fn put(&mut self, place: InputLocation, gap: Gap, text: &str, runs: &[Run]) {
        let mut gap = gap;
        let mut run = runs.partition_point(|r| r.at as usize <= place.at).saturating_sub(1);
        let letters = text.get(place.at..place.end).unwrap_or_default();
        for (i, c) in letters.char_indices() {
            let at = place.at + i;
            if c.is_whitespace() {
                gap = gap.max(Gap::Space);
                continue;
            }
            if matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}') || c.is_control() {
                continue; // not to be seen
            }
            while runs.get(run + 1).is_some_and(|r| r.at as usize <= at) {
                run += 1;
            }
            let Some(of) = runs.get(run) else { return };
            if gap != Gap::None && !self.text.is_empty() {
                let start = self.text.len();
                self.chars += 1;
                self.text.push(match gap {
                    Gap::Line => '\n',
                    Gap::Cell => '\t',
                    Gap::Space | Gap::None => ' ',
                });
                // A space that stands as one just before this letter is that space.
                let plain = of.verbatim && at > of.at as usize && text.as_bytes().get(at - 1) == Some(&b' ');
                if plain && gap == Gap::Space {
                    let from = of.from + (at - 1 - of.at as usize) as u32;
                    self.cite(start, start + 1, from, from + 1, true);
                }
            }
            gap = Gap::None;
            let start = self.text.len();
            self.text.push(c);
            self.chars += 1;
            let end = self.text.len();
            if of.verbatim {
                let from = of.from + (at - of.at as usize) as u32;
                self.cite(start, end, from, from + c.len_utf8() as u32, true);
            } else {
                self.cite(start, end, of.from, of.to, false);
            }
        }
    }

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
