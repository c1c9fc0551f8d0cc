//! Which paragraphs of a page are the report: the extractor's, with the prose it passed over, less what is furniture.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use rapporteur_schema::PassageKind;

use super::date::Custom;
use super::published::about_publication;
use super::reduce::Head;
use super::render::Block;
use super::sign::{Around, Marks};

/// Fewer letters are no article.
const LEAST: usize = 60;

/// The paragraphs of the report, with their kinds where the page tells them; none where the page has no article.
pub(super) fn select<'b>(blocks: &'b [Block], head: &Head) -> Vec<(&'b Block, Option<PassageKind>)> {
    let mut page =
        Selection { blocks, taken: blocks.iter().map(|b| b.kept).collect(), letters: HashMap::new(), all: 0 };
    page.count();
    if page.all < LEAST {
        page.take_all_prose();
    } else {
        page.add_prose();
    }
    page.count();
    if page.all < LEAST {
        return Vec::new();
    }
    page.drop_furniture();
    page.drop_links();
    page.drop_repeats();
    page.add_title(head);
    page.drop_empty_headings();
    page.blocks.iter().zip(&page.taken).filter(|(_, taken)| **taken).map(|(b, _)| (b, page.kind(b))).collect()
}

struct Selection<'b> {
    blocks: &'b [Block],
    taken: Vec<bool>,
    /// How many letters of the article each element holds (elements are told apart by where their signs are kept).
    letters: HashMap<*const Around, usize>,
    /// How many letters the whole article has.
    all: usize,
}

/// How many letters a block has.
fn length(block: &Block) -> usize {
    block.chars
}

/// The part of a block that is in links.
fn linked(block: &Block) -> f64 {
    block.linked as f64 / length(block).max(1) as f64
}

/// A paragraph of sentences.
fn is_prose(block: &Block) -> bool {
    // not words: marks, tag names of HTML
    let ends = [".", "!", "?", "”", "\"", "…", "。", "」", ")", ":", "»", "؟", "।"];
    length(block) >= 80 && linked(block) < 0.3 && ends.iter().any(|e| block.text.ends_with(e)) && !block.hidden
}

fn words(block: &Block) -> usize {
    block.text.split_whitespace().count()
}

impl Selection<'_> {
    /// Counts the letters of the article in each element.
    fn count(&mut self) {
        self.letters.clear();
        self.all = 0;
        for (block, _) in self.blocks.iter().zip(&self.taken).filter(|(_, taken)| **taken) {
            self.all += length(block);
            for around in &block.around {
                *self.letters.entry(around.key()).or_default() += length(block);
            }
        }
    }

    /// Whether an element holds a good part of the article.
    fn is_main(&self, around: &Rc<Around>) -> bool {
        self.letters.get(&around.key()).is_some_and(|letters| letters * 10 >= self.all * 3)
    }

    /// Whether an element that is around a block, and holds no good part of the article, has one of these signs.
    fn signed(&self, block: &Block, marks: Marks) -> bool {
        block.around.iter().any(|a| (a.is_aside() || a.marks.has(marks)) && !self.is_main(a))
    }

    /// Whether one of the innermost elements around a block, holding no good part of the article, has one of these signs.
    fn near(&self, block: &Block, levels: usize, marks: Marks) -> bool {
        block.around.iter().rev().take(levels).any(|a| a.marks.has(marks) && !self.is_main(a))
    }

    /// A line about the article, not of it: who wrote it, when it was published. What it tells is in the report's head.
    fn is_line(&self, block: &Block) -> bool {
        let dated = || Custom::default().find(&block.text).is_some();
        let by = || ["by ", "von ", "par ", "por "].iter().any(|by| block.text.to_lowercase().starts_with(by));
        match words(block) {
            // The line under an embedded post is part of it.
            _ if block.inside("blockquote")
                || block.text.contains('\t')
                || block.text.starts_with(['—', '–', '“', '"']) =>
            {
                false
            }
            1..=25 if self.near(block, 3, Marks::LINE) => words(block) <= 8 || by() || dated(),
            1..=14 => !block.text.ends_with('.') && (about_publication(&block.text) || words(block) <= 9) && dated(),
            _ => false,
        }
    }

    /// Takes prose that stands beside the article's: in an element that holds some of it, at most three levels up.
    /// An extractor that weighs elements may take a long list or table of an article for the whole of it.
    fn add_prose(&mut self) {
        let mut added = Vec::new();
        for (at, block) in self.blocks.iter().enumerate().filter(|(at, _)| !self.taken[*at]) {
            let near = block.around.iter().skip(2).rev().take(4).any(|a| self.letters.contains_key(&a.key()));
            if is_prose(block) && near && !self.signed(block, Marks::DROP.and(Marks::FOREIGN)) {
                added.push(at);
            }
        }
        let prose = self.blocks.iter().zip(&self.taken).filter(|(b, taken)| **taken && is_prose(b));
        let kept: usize = prose.map(|(b, _)| length(b)).sum();
        let more: usize = added.iter().filter_map(|at| self.blocks.get(*at)).map(length).sum();
        // A stray paragraph is rather a teaser; much of it says that the extractor was wrong.
        if more * 5 >= kept {
            added.into_iter().for_each(|at| self.taken[at] = true);
        }
    }

    /// Takes whatever is prose on a page in which the extractor found nothing.
    fn take_all_prose(&mut self) {
        for (at, block) in self.blocks.iter().enumerate() {
            self.taken[at] |= is_prose(block) && !self.signed(block, Marks::DROP);
        }
    }

    /// Takes the title and the standfirst that stand before the article.
    fn add_title(&mut self, head: &Head) {
        let Some(first) = self.taken.iter().position(|taken| *taken) else { return };
        let fold = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let said: Vec<String> = [head.meta(&["og:title"]), head.meta(&["twitter:title"]), Some(head.title.as_str())]
            .into_iter()
            .flatten()
            .map(fold)
            .filter(|t| !t.is_empty())
            .collect();
        let is_title = |b: &Block| {
            if !matches!(&*b.element, "h1" | "h2") {
                return false;
            }
            let own = fold(&b.text);
            own.len() >= 10 && said.iter().any(|s| s.contains(&own) || (s.len() >= 10 && own.contains(s.as_str())))
        };
        let before = self.blocks.get(..first).unwrap_or_default();
        let Some(title) = before.iter().rposition(|b| is_title(b) && !b.hidden) else { return };
        let already = self.blocks.iter().zip(&self.taken).any(|(b, taken)| *taken && is_title(b));
        if !already {
            self.taken[title] = true;
        }
        for (at, block) in self.blocks.iter().enumerate().take(first).skip(title + 1) {
            let sentence = length(block) >= 30 && linked(block) < 0.3 && !block.hidden;
            if self.near(block, 3, Marks::LEAD) && sentence && !self.signed(block, Marks::DROP) {
                self.taken[at] = true;
            }
        }
    }

    fn drop_furniture(&mut self) {
        for (at, block) in self.blocks.iter().enumerate() {
            let credit = self.near(block, 2, Marks::CREDIT) && words(block) <= 12;
            if self.taken[at] && &*block.element != "h1" && (block.hidden || credit || self.signed(block, Marks::DROP))
            {
                self.taken[at] = false;
            }
        }
    }

    /// Drops paragraphs that are nothing but a link, where the article has enough others.
    fn drop_links(&mut self) {
        let prose = self.blocks.iter().zip(&self.taken).filter(|(b, taken)| **taken && is_prose(b)).count();
        for (at, block) in self.blocks.iter().enumerate() {
            let heading = block.element.starts_with('h') && block.element.len() == 2;
            if self.taken[at] && prose >= 3 && linked(block) > 0.85 && !(heading && length(block) < 20) {
                self.taken[at] = false;
            }
        }
    }

    /// Drops what was said before word for word: captions of galleries, teasers, the quote pulled out of a paragraph.
    fn drop_repeats(&mut self) {
        let mut seen = HashSet::new();
        for (at, block) in self.blocks.iter().enumerate() {
            if self.taken[at] && length(block) >= 60 && !seen.insert(block.text.as_str()) {
                self.taken[at] = false;
            }
        }
    }

    /// Drops headings of sections that were dropped, and headings at the end.
    fn drop_empty_headings(&mut self) {
        // not words: marks, tag names of HTML
        let is_heading = |b: &Block| matches!(&*b.element, "h2" | "h3" | "h4" | "h5" | "h6");
        let mut text_below = false;
        let mut dropped_below = true;
        for at in (0..self.blocks.len()).rev() {
            let Some(block) = self.blocks.get(at) else { continue };
            if is_heading(block) {
                if self.taken[at] && !text_below && dropped_below {
                    self.taken[at] = false;
                }
                // A heading over a heading is no heading of nothing.
                (text_below, dropped_below) = (self.taken[at] && text_below, false);
            } else if self.taken[at] {
                text_below = true;
            } else {
                dropped_below = true;
            }
        }
    }

    /// What the page's own markup says of a paragraph.
    fn kind(&self, block: &Block) -> Option<PassageKind> {
        if self.is_line(block) {
            Some(PassageKind::Boilerplate)
        } else if &*block.element == "figcaption" || block.inside("figcaption") {
            Some(PassageKind::Caption)
        // not words: marks, tag names of HTML
        } else if matches!(&*block.element, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            Some(PassageKind::Heading)
        } else if block.text.contains('\t') {
            Some(PassageKind::Body) // a row of a table
        } else {
            None
        }
    }
}
