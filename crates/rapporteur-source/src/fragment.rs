//! A piece of HTML, such as the content of a feed's entry, as paragraphs of text: all of it, for it is no page with menus.

use rapporteur_schema::{PassageKind, SourceMap, SourcePiece};

use crate::raw_article::{Block, RawArticle};

/// Elements that end the paragraph before them and after them.
// not words: tag names of HTML
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements of which nothing is text.
// not words: tag names of HTML
const HIDDEN: &[&str] = &[
    "audio", "button", "canvas", "head", "iframe", "math", "noscript", "object", "script", "select", "style", "svg",
    "template", "textarea", "title", "video",
];

/// The names of letters that are met most, beyond those that XML has.
#[rustfmt::skip]
const NAMES: &[(&str, char)] = &[
    ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{a0}'), ("shy", '\u{ad}'),
    ("ndash", '–'), ("mdash", '—'), ("lsquo", '‘'), ("rsquo", '’'), ("sbquo", '‚'), ("ldquo", '“'), ("rdquo", '”'),
    ("bdquo", '„'), ("laquo", '«'), ("raquo", '»'), ("lsaquo", '‹'), ("rsaquo", '›'), ("hellip", '…'), ("bull", '•'),
    ("middot", '·'), ("deg", '°'), ("sect", '§'), ("para", '¶'), ("copy", '©'), ("reg", '®'), ("trade", '™'), ("euro", '€'),
    ("pound", '£'), ("yen", '¥'), ("cent", '¢'), ("times", '×'), ("frac12", '½'), ("frac14", '¼'), ("frac34", '¾'),
    ("iexcl", '¡'), ("iquest", '¿'), ("ordf", 'ª'), ("ordm", 'º'), ("thinsp", '\u{2009}'), ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'), ("zwnj", '\u{200c}'), ("zwj", '\u{200d}'), ("agrave", 'à'), ("aacute", 'á'), ("acirc", 'â'),
    ("atilde", 'ã'), ("auml", 'ä'), ("aring", 'å'), ("aelig", 'æ'), ("ccedil", 'ç'), ("egrave", 'è'), ("eacute", 'é'),
    ("ecirc", 'ê'), ("euml", 'ë'), ("igrave", 'ì'), ("iacute", 'í'), ("icirc", 'î'), ("iuml", 'ï'), ("ntilde", 'ñ'),
    ("ograve", 'ò'), ("oacute", 'ó'), ("ocirc", 'ô'), ("otilde", 'õ'), ("ouml", 'ö'), ("oslash", 'ø'), ("oelig", 'œ'),
    ("ugrave", 'ù'), ("uacute", 'ú'), ("ucirc", 'û'), ("uuml", 'ü'), ("yacute", 'ý'), ("yuml", 'ÿ'), ("szlig", 'ß'),
    ("Agrave", 'À'), ("Aacute", 'Á'), ("Acirc", 'Â'), ("Atilde", 'Ã'), ("Auml", 'Ä'), ("Aring", 'Å'), ("AElig", 'Æ'),
    ("Ccedil", 'Ç'), ("Egrave", 'È'), ("Eacute", 'É'), ("Ecirc", 'Ê'), ("Euml", 'Ë'), ("Iacute", 'Í'), ("Ntilde", 'Ñ'),
    ("Oacute", 'Ó'), ("Ouml", 'Ö'), ("Oslash", 'Ø'), ("Uacute", 'Ú'), ("Uuml", 'Ü'), ("scaron", 'š'), ("Scaron", 'Š'),
];

/// The paragraphs of a piece of HTML; the map leads to its bytes as UTF-8.
pub(crate) fn draft(html: &str) -> RawArticle {
    // Behind the last `>` no tag ends: without this, many open tags would each be looked for to the end.
    let last = html.rfind('>').unwrap_or(0);
    let tag = |at: usize| (at < last).then(|| tag(&html[at..])).flatten();
    let tagged = html.match_indices('<').any(|(at, _)| tag(at).is_some());
    let mut out = Writer::default();
    let mut at = 0;
    while let Some(first) = html[at..].chars().next() {
        let rest = &html[at..];
        let length = match first {
            '<' if rest.starts_with("<!--") => rest.find("-->").map_or(rest.len(), |end| end + 3),
            '<' if rest.starts_with("<!") || rest.starts_with("<?") => rest.find('>').map_or(rest.len(), |end| end + 1),
            '<' => match tag(at) {
                Some(tag) => out.tag(rest, &tag),
                None => out.letter('<', at, 1),
            },
            '&' => match entity(rest) {
                Some((letter, length)) => out.letter(letter, at, length),
                None => out.letter('&', at, 1),
            },
            // Without any tags, the lines are all there is to tell the paragraphs.
            '\n' if !tagged => out.end(None, 1),
            letter => out.letter(letter, at, letter.len_utf8()),
        };
        at += length.max(1);
    }
    out.end(None, 0);
    RawArticle { text: out.text, map: out.map, blocks: out.blocks, encoding: "UTF-8".into(), ..RawArticle::default() }
}

/// The same as one line, for a title.
pub(crate) fn line(html: &str) -> String {
    draft(html).text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// A tag: its name in lower case, whether it ends an element, and its length.
struct Tag {
    name: String,
    closes: bool,
    length: usize,
}

fn tag(rest: &str) -> Option<Tag> {
    let inner = rest.strip_prefix('<')?;
    let (inner, closes) = inner.strip_prefix('/').map_or((inner, false), |i| (i, true));
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name: String = inner.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == ':').collect();
    let (name, mut quote) = (name.to_ascii_lowercase(), None);
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (None, b'>') => return Some(Tag { name, closes, length: at + 1 }),
            (None, b'"' | b'\'') if rest.as_bytes().get(at - 1) == Some(&b'=') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    // A quote that is never closed is none.
    rest.find('>').map(|at| Tag { name, closes, length: at + 1 })
}

/// The letter that an entity at the beginning stands for, and the entity's length.
pub(crate) fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.bytes().take(12).position(|b| b == b';')?;
    let name = rest.get(1..end)?;
    let letter = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')?
        }
        None => NAMES.iter().find(|(n, _)| *n == name)?.1,
    };
    Some((letter, end + 1))
}

/// What was written so far.
#[derive(Default)]
struct Writer {
    text: String,
    chars: u32,
    map: SourceMap,
    blocks: Vec<Block>,
    /// Where the present paragraph begins.
    begun: Option<usize>,
    /// White space that stands between words, if another word follows: its first byte and the first after it.
    space: Option<(usize, usize)>,
    kind: Option<PassageKind>,
}

impl Writer {
    fn letter(&mut self, letter: char, from: usize, length: usize) -> usize {
        if letter.is_whitespace() && letter != '\u{a0}' {
            let begun = self.space.map_or(from, |(begun, _)| begun);
            self.space = Some((begun, from + length));
            return length;
        }
        if self.begun.is_none() {
            self.space = None;
            if !self.text.is_empty() {
                self.text.push('\n');
                self.chars += 1;
            }
            self.begun = Some(self.text.len());
        }
        if let Some((space, end)) = self.space.take() {
            self.push(' ', space, end);
        }
        self.push(letter, from, from + length);
        length
    }

    fn push(&mut self, letter: char, from: usize, to: usize) {
        let (start, from, to) = (self.chars, from as u32, to as u32);
        self.text.push(letter);
        self.chars += 1;
        // A run of letters of a byte each is one piece, for there place leads to place.
        match self.map.pieces.last_mut() {
            Some(last)
                if last.end == start
                    && last.to == from
                    && to - from == 1
                    && last.end - last.start == last.to - last.from =>
            {
                (last.end, last.to) = (start + 1, to);
            }
            _ => self.map.pieces.push(SourcePiece { start, end: start + 1, from, to }),
        }
    }

    /// Ends the paragraph; gives back the length of what ended it.
    fn end(&mut self, kind: Option<PassageKind>, length: usize) -> usize {
        self.space = None;
        if let Some(begun) = self.begun.take() {
            self.blocks.push(Block { range: begun..self.text.len(), kind: self.kind });
        }
        self.kind = kind;
        length
    }

    fn tag(&mut self, rest: &str, tag: &Tag) -> usize {
        let name = tag.name.as_str();
        if HIDDEN.contains(&name) && !tag.closes && !rest[..tag.length].ends_with("/>") {
            let inside = &rest[tag.length..];
            let named =
                |at: &usize| inside.get(at + 2..at + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
            let close = inside.match_indices("</").map(|(at, _)| at).find(named);
            return close.map_or(rest.len(), |at| tag.length + at);
        }
        if BLOCKS.contains(&name) {
            let kind = match name {
                _ if tag.closes => None,
                // not words: tag names of HTML
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(PassageKind::Heading),
                "figcaption" => Some(PassageKind::Caption),
                _ => None,
            };
            return self.end(kind, tag.length);
        }
        tag.length
    }
}

#[cfg(test)]
mod tests {
    use rapporteur_schema::Span;

    use super::*;

    #[test]
    fn paragraphs_are_kept_and_the_rest_is_not_text() {
        let html = "<h2>Port</h2>\n<p>The <b>board</b>\n met &amp; left.</p><script>var a = '<p>';</script><!-- <p>no -->\
                    She said &ldquo;no&rdquo;:<br/>1 < 2 & 3 &bogus; <img alt='a > b'>&#233;&#x2014;";
        let draft = draft(html);
        let blocks: Vec<&str> = draft.blocks.iter().map(|b| &draft.text[b.range.clone()]).collect();
        assert_eq!(blocks, ["Port", "The board met & left.", "She said “no”:", "1 < 2 & 3 &bogus; é—"]);
        assert_eq!(draft.blocks[0].kind, Some(PassageKind::Heading));
        assert_eq!(draft.text, blocks.join("\n"));
        let text = rapporteur_schema::Text::new(draft.text.clone());
        let at = draft.text.find("met & left").unwrap() as u32;
        let original = draft.map.original(Span::new(at, at + 10)).unwrap();
        assert_eq!(&html[original.start as usize..original.end as usize], "met &amp; left");
        assert!(text.chars() > 0);
    }

    #[test]
    fn text_without_tags_keeps_its_lines() {
        let draft = draft("One &amp; two.\n\nThree.");
        assert_eq!(draft.text, "One & two.\nThree.");
        assert_eq!(line("<b>A</b>\n &lt;b&gt;"), "A <b>");
    }

    #[test]
    fn open_ends_are_no_harm() {
        for html in
            ["<", "</", "<p", "<a href=\"x", "<!--", "<script>", "<script", "&", "&#", "&#x110000;", "&#0;", "<é>"]
        {
            draft(html);
        }
        assert_eq!(draft("").text, "");
        let (open, hidden) = ("<a ".repeat(300_000), "<svg></svg><b x='>".repeat(50_000));
        assert!(draft(&open).text.len() > 300_000 && draft(&hidden).text.len() < 300_000, "and in no long time");
    }
}
