//! Pages of the web: the article's text without the page around it, where each stretch of it stands in the page, and
//! what the page says of itself.
//!
//! 1. `charset` decodes the bytes; `offset` knows the way back.
//! 2. `reduce` reads the page once (`scan`, `entity`) and makes a lean copy with limits for the parser.
//! 3. `extract` says which text nodes are the article, `align` where they stand, `render` makes paragraphs of them.
//! 4. `select` takes the paragraphs of the report.
//! 5. `about` tells title, outlet, author and dates.

mod about;
mod align;
mod charset;
mod date;
mod entity;
mod extract;
mod linked;
mod offset;
mod published;
mod reduce;
mod render;
mod scan;
mod select;
mod sign;

use dom_query::Document;
use rapporteur_schema::{SourceMap, SourcePiece};

use crate::ErrorKind;
use crate::draft::{Block, Draft};
use charset::Page;
use extract::{Extract, Smoothie};

/// What is known of a page from how it was fetched.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hint {
    /// Where it was fetched from.
    pub(crate) url: Option<String>,
    /// The charset of the HTTP header.
    pub(crate) charset: Option<String>,
}

/// The draft of a page.
pub(crate) fn draft(bytes: &[u8], hint: &Hint) -> Result<Draft, ErrorKind> {
    let page = charset::decode(bytes, hint.charset.as_deref())?;
    let reduced = reduce::reduce(&page.text);
    let document = Document::from(reduced.html.as_str());
    let kept = Smoothie.article(&document).unwrap_or_default();
    let places = align::places(&document, &reduced);
    let blocks = render::blocks(&document, &places, &kept, &reduced.text, &reduced.runs);
    let taken = select::select(&blocks, &reduced.head);
    if taken.is_empty() {
        return Err(ErrorKind::NoArticle);
    }
    let mut draft = Draft {
        encoding: page.encoding.name().to_owned(),
        replaced: page.replaced,
        known: about::known(&reduced.head, &blocks, hint),
        ..Draft::default()
    };
    let mut map = Mapper { page: &page, map: SourceMap::default(), at: 0 };
    for (block, kind) in taken {
        if !draft.text.is_empty() {
            draft.text.push('\n');
            map.at += 1;
        }
        let start = draft.text.len();
        draft.text.push_str(&block.text);
        draft.blocks.push(Block { range: start..draft.text.len(), kind });
        map.block(block);
    }
    draft.map = map.map;
    Ok(draft)
}

/// Makes the map from the kept text to the original bytes.
struct Mapper<'p> {
    page: &'p Page,
    map: SourceMap,
    /// The code point of the kept text that comes next.
    at: u32,
}

impl Mapper<'_> {
    fn block(&mut self, block: &render::Block) {
        let mut done = 0;
        for source in &block.sources {
            // White space that stands nowhere as it is kept.
            self.at += block.text.get(done..source.at).map_or(0, |t| t.chars().count() as u32);
            let text = block.text.get(source.at..source.end).unwrap_or_default();
            if source.verbatim {
                let mut from = source.from;
                for c in text.chars() {
                    let to = from + c.len_utf8() as u32;
                    let raw = self.page.offsets.raw(from, to);
                    self.push(1, raw, true);
                    from = to;
                }
            } else {
                self.push(text.chars().count() as u32, self.page.offsets.raw(source.from, source.to), false);
            }
            done = source.end;
        }
        self.at += block.text.get(done..).map_or(0, |t| t.chars().count() as u32);
    }

    /// The next `chars` code points were read from these bytes; neighbours that stand as they are share a piece if
    /// both or neither have a byte a letter.
    fn push(&mut self, chars: u32, (from, to): (u32, u32), verbatim: bool) {
        let (start, end) = (self.at, self.at + chars);
        self.at = end;
        let even = |p: &SourcePiece| p.end - p.start == p.to - p.from;
        match self.map.pieces.last_mut() {
            Some(last) if verbatim && last.end == start && last.to == from && even(last) == (to - from == chars) => {
                (last.end, last.to) = (end, to);
            }
            // A stretch of an encoding in which single letters cannot be told apart.
            Some(last) if verbatim && last.end == start && (last.from, last.to) == (from, to) => last.end = end,
            _ => self.map.pieces.push(SourcePiece { start, end, from, to }),
        }
    }
}
