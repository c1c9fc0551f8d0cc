//! Pages of the web: the article's text without the page around it, where each stretch of it stands in the page, and
//! what the page says of itself.
//!
//! 1. `charset` decodes the bytes; `offset` knows the way back.
//! 2. `reduce` reads the page once (`scan`, `entity`) and makes a lean copy with limits for the parser.
//! 3. `render` walks through the parsed page once, `align` saying where each text node stands; then `extract` says which
//!    of them are the article, and `render` makes paragraphs.
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
use crate::limits::MAX_ELEMENTS;
use crate::raw_article::{Block, RawArticle};
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
pub(crate) fn draft(bytes: &[u8], hint: &Hint) -> Result<RawArticle, ErrorKind> {
    let page = charset::decode(bytes, hint.charset.as_deref())?;
    let reduced = reduce::reduce(&page.text);
    let document = Document::from(reduced.html.as_str());
    let outline = render::outline(&document, &reduced);
    let kept = Smoothie.article(document).unwrap_or_default();
    let blocks = outline.blocks(&kept);
    let taken = select::select(&blocks, &reduced.head);
    if taken.is_empty() {
        return Err(ErrorKind::NoArticle);
    }
    let mut draft = RawArticle {
        encoding: page.encoding.name().to_owned(),
        replaced: page.replaced,
        cut: reduced.cut.then(|| format!("only the first {MAX_ELEMENTS} elements of the page were read")),
        known: about::known(&reduced.head, &blocks, hint),
        ..RawArticle::default()
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
                let mut rest = text;
                while let Some(first) = rest.chars().next() {
                    // Letters of a byte each are led back together, any other alone.
                    let reach = (self.page.offsets.linear_until(from) - from) as usize;
                    let ascii = rest.bytes().take(reach).take_while(u8::is_ascii).count();
                    let length = if ascii > 0 { ascii } else { first.len_utf8() };
                    let to = from + length as u32;
                    self.push(ascii.max(1) as u32, self.page.offsets.raw(from, to), true);
                    (from, rest) = (to, rest.get(length..).unwrap_or_default());
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ARTICLE: &str = include_str!("../../tests/pages/article.html");

    /// What each piece of the map leads to reads, decoded, as the kept text does there; and no letter is without one.
    fn check(bytes: &[u8], exact: bool) {
        let Ok(draft) = draft(bytes, &Hint::default()) else { return };
        let encoding = encoding_rs::Encoding::for_label(draft.encoding.as_bytes()).unwrap();
        let kept: Vec<char> = draft.text.chars().collect();
        let mut covered = 0;
        for piece in &draft.map.pieces {
            let raw = encoding.decode_without_bom_handling(&bytes[piece.from as usize..piece.to as usize]).0;
            let text: String = kept[piece.start as usize..piece.end as usize].iter().collect();
            let raw = raw.replace('\0', " "); // a zero byte is read as a space
            let read = entity::unescape(&raw);
            assert!(if exact { raw == text || read == text } else { read.contains(&text) }, "{raw:?} for {text:?}");
            covered += text.chars().filter(|c| !c.is_whitespace()).count();
        }
        assert_eq!(covered, kept.iter().filter(|c| !c.is_whitespace()).count());
    }

    #[test]
    fn every_letter_leads_to_bytes_that_read_as_it() {
        check(ARTICLE.as_bytes(), true);
        let utf16: Vec<u8> =
            "\u{feff}".encode_utf16().chain(ARTICLE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        check(&utf16, true);
        check(&encoding_rs::WINDOWS_1252.encode(&ARTICLE.replace("utf-8", "windows-1252")).0, true);
        let japanese = ARTICLE.replace("Some 1,200 dockers", "港の労働者 1,200 人が").replace("utf-8", "shift_jis");
        check(&encoding_rs::SHIFT_JIS.encode(&japanese).0, false);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

        #[test]
        fn letters_of_any_page_lead_back(
            bits in prop::collection::vec(
                prop::sample::select(&[
                    "<p>", "</p>", "<table>", "<tr><td>", "</table>", "<a>", "</a>", "<br>", "<div>", "</div>", "&amp;", "&eacute;",
                    "&#0;", "&", "<", "\r\n", "\0", "\u{ad}", "é", "<svg>x</svg>", "<script>y</script>", "<pre>", "&nbsp;",
                    "The board of the harbour met on Monday, and again on Tuesday, to look at the offer. ", "one ", "two",
                ][..]),
                0..60,
            ),
        ) {
            check(bits.concat().as_bytes(), true);
        }
    }
}
