//! Reads a page once: what it says of itself, where its text stands, and a lean copy of it for the parser.
//!
//! The lean copy has no scripts, styles, comments or formatting, few attributes, and limits: [`MAX_DEPTH`] elements inside
//! one another (what lies deeper joins its parent, as in browsers) and [`MAX_ELEMENTS`] in all (what comes after is not
//! read). So neither the parser nor what walks over the tree can be made to overflow or to take quadratic time.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::entity::{reference, unescape};
use super::scan::{Scanner, Tag, Token};
use crate::limits::{MAX_DEPTH, MAX_ELEMENTS};

/// What the copy begins with: pages of all ages are parsed by the rules of today.
const PROLOGUE: &str = "<!DOCTYPE html>";

/// The longest value of an attribute that is of use.
const VALUE: usize = 200;

/// A stretch of the text of a page and where it stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// First byte in [`Reduced::text`].
    pub(super) at: u32,
    /// First byte of the page.
    pub(super) from: u32,
    /// First byte of the page after it.
    pub(super) to: u32,
    /// Whether it stands there letter for letter; else it is what a reference stands for.
    pub(super) verbatim: bool,
}

/// An element that may tell a date by its attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Dated {
    /// The value of `datetime` or `content`.
    pub(super) value: String,
    /// Its name and those of its attributes that say what it is, in lower case.
    pub(super) signs: String,
}

/// What a page says of itself in tags that are not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// Its `title`.
    pub(super) title: String,
    /// The `lang` of its root.
    pub(super) language: Option<String>,
    /// Names (in lower case) and contents of its `meta` tags, in order.
    pub(super) metas: Vec<(String, String)>,
    /// The address it says it has.
    pub(super) canonical: Option<String>,
    /// Its JSON-LD, as written.
    pub(super) linked: Vec<String>,
    /// Elements with a `datetime`, or with a `content` and an `itemprop`.
    pub(super) dated: Vec<Dated>,
}

impl Head {
    /// The first content of a `meta` of one of these names, in the order of the names.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        names
            .iter()
            .find_map(|name| self.metas.iter().find(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str()))
    }
}

/// A page, read once.
#[derive(Debug, Default)]
pub(super) struct Reduced {
    /// The copy for the parser.
    pub(super) html: String,
    /// All text between tags, references read.
    pub(super) text: String,
    /// Where each stretch of it stands.
    pub(super) runs: Vec<Run>,
    /// What the page says of itself.
    pub(super) head: Head,
    /// Whether elements were left unread, for there were too many.
    pub(super) cut: bool,
}

/// What an element is to the reader of the page; several may hold.
#[derive(Clone, Copy, Default)]
struct Kinds(u8);

impl Kinds {
    const SKIPPED: u8 = 1;
    const FORMATTING: u8 = 2;
    const SHALLOW: u8 = 4;
    const INLINE: u8 = 8;

    /// Of the element of this name, in lower case.
    fn of(name: &str) -> Kinds {
        let with = name.bytes().next().and_then(|first| KINDS.get(usize::from(first)));
        with.and_then(|all| all.iter().find(|(known, _)| *known == name)).map_or(Kinds(0), |(_, kinds)| *kinds)
    }

    fn has(self, kind: u8) -> bool {
        self.0 & kind != 0
    }
}

/// The names in the lists below and what they are, by their first byte.
static KINDS: LazyLock<Vec<Vec<(&str, Kinds)>>> = LazyLock::new(|| {
    let mut kinds: Vec<Vec<(&str, Kinds)>> = vec![Vec::new(); 256];
    let lists = [
        (SKIPPED, Kinds::SKIPPED),
        (FORMATTING, Kinds::FORMATTING),
        (SHALLOW, Kinds::SHALLOW),
        (INLINE, Kinds::INLINE),
    ];
    for (name, kind) in lists.iter().flat_map(|(names, kind)| names.iter().map(move |name| (*name, *kind))) {
        let Some(with) = name.bytes().next().and_then(|first| kinds.get_mut(usize::from(first))) else { continue };
        match with.iter_mut().find(|(known, _)| *known == name) {
            Some((_, kinds)) => kinds.0 |= kind,
            None => with.push((name, Kinds(kind))),
        }
    }
    kinds
});

/// Elements whose content is no text of the page, or text for those who cannot see it.
// not words: names of HTML
const SKIPPED: &[&str] = &[
    "audio", "canvas", "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select", "style",
    "svg", "template", "textarea", "title", "video", "xmp",
];

/// Formatting: it parts no text, and left open it would be repeated in every paragraph that follows.
const FORMATTING: &[&str] =
    // not words: names of HTML
    &[
        "b",
        "big",
        "em",
        "font",
        "i",
        "ins",
        "nobr",
        "plaintext",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
        "wbr",
    ];

/// Elements without content, and such as end where the next begins: they are never deep.
// not words: names of HTML
const SHALLOW: &[&str] = &[
    "a", "area", "base", "body", "br", "button", "col", "colgroup", "dd", "dt", "embed", "form", "frame", "head", "hr",
    "html", "img", "input", "keygen", "li", "link", "meta", "optgroup", "option", "p", "param", "rb", "rp", "rt",
    "rtc", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track",
];

/// Elements inside a line: the end tag of one does not close a block it stands in.
// not words: names of HTML
const INLINE: &[&str] = &[
    "abbr", "acronym", "cite", "code", "del", "kbd", "label", "mark", "q", "samp", "span", "sub", "sup", "time", "var",
];

/// The attributes that the parser's copy keeps: what tells content from furniture.
// not words: names of HTML
const KEPT: &[&str] = &[
    "aria-hidden",
    "aria-modal",
    "class",
    "colspan",
    "data-component",
    "data-testid",
    "datetime",
    "dir",
    "hidden",
    "id",
    "itemprop",
    "itemtype",
    "lang",
    "property",
    "rel",
    "role",
    "style",
    "summary",
];

/// Reads a page.
pub(super) fn reduce(page: &str) -> Reduced {
    let mut reader = Reader { page, scanner: Scanner::new(page), ..Reader::default() };
    reader.out.html.reserve(page.len() / 2);
    reader.out.html.push_str(PROLOGUE);
    while let Some(token) = reader.scanner.next() {
        match token {
            Token::Text(range) => reader.text(range),
            Token::Start(tag) => reader.start(&tag),
            Token::End(name) => reader.end(&name),
        }
    }
    reader.out
}

struct Reader<'p> {
    page: &'p str,
    scanner: Scanner<'p>,
    out: Reduced,
    /// The open elements that nest.
    open: Vec<(Cow<'p, str>, Kinds)>,
    /// How many are open beyond the limit.
    beyond: usize,
    elements: usize,
    /// Elements whose end tag does not come any more.
    unended: Vec<&'static str>,
}

impl Default for Reader<'_> {
    fn default() -> Self {
        let (out, open, unended) = (Reduced::default(), Vec::new(), Vec::new());
        Reader { page: "", scanner: Scanner::new(""), out, open, beyond: 0, elements: 0, unended }
    }
}

impl<'p> Reader<'p> {
    /// Text between tags: for the parser, and with its places for us.
    fn text(&mut self, range: Range<usize>) {
        let Some(mut rest) = self.page.get(range.clone()) else { return };
        let mut from = range.start;
        let begin = self.out.text.len();
        while !rest.is_empty() {
            let found = match memchr::memchr(b'&', rest.as_bytes()) {
                Some(0) => reference(rest, false),
                _ => None,
            };
            let (letters, length, verbatim) = match found {
                Some((letters, length)) => (Cow::Owned(letters), length, false),
                None => {
                    let skip = usize::from(rest.starts_with('&'));
                    let next = rest.get(skip..).and_then(|r| memchr::memchr(b'&', r.as_bytes()));
                    let length = next.map_or(rest.len(), |i| i + skip);
                    (Cow::Borrowed(rest.get(..length).unwrap_or_default()), length, true)
                }
            };
            let at = self.out.text.len() as u32;
            // The parser would alter these; each is one byte, so that places stay.
            if memchr::memchr2(b'\r', 0, letters.as_bytes()).is_some() {
                self.out.text.push_str(&letters.replace("\r\n", " \n").replace('\r', "\n").replace('\0', " "));
            } else {
                self.out.text.push_str(&letters);
            }
            let to = from + length;
            self.out.runs.push(Run { at, from: from as u32, to: to as u32, verbatim });
            (rest, from) = (rest.get(length..).unwrap_or_default(), to);
        }
        escape(self.out.text.get(begin..).unwrap_or_default(), &mut self.out.html);
    }

    fn start(&mut self, tag: &Tag<'p>) {
        self.note_head(tag);
        let (name, kinds) = (&*tag.name, Kinds::of(&tag.name));
        if kinds.has(Kinds::SKIPPED)
            && let Some(skipped) = SKIPPED.iter().find(|s| **s == name)
        {
            self.skip(skipped, tag);
            return;
        }
        if kinds.has(Kinds::FORMATTING) || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return;
        }
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            self.out.cut = true;
            self.scanner.stop();
            return;
        }
        if !kinds.has(Kinds::SHALLOW) {
            if self.open.len() >= MAX_DEPTH {
                self.beyond += 1;
                return;
            }
            self.open.push((tag.name.clone(), kinds));
        }
        self.write(tag);
    }

    fn end(&mut self, name: &str) {
        let kinds = Kinds::of(name);
        if kinds.has(Kinds::SKIPPED | Kinds::FORMATTING) {
            return;
        }
        if !kinds.has(Kinds::SHALLOW) {
            if self.beyond > 0 {
                self.beyond -= 1;
                return;
            }
            let inline = kinds.has(Kinds::INLINE);
            let mut above = self.open.iter().enumerate().rev();
            let found = above.find(|(_, (open, kinds))| open == name || (inline && !kinds.has(Kinds::INLINE)));
            match found {
                Some((at, (open, _))) if open == name => self.open.truncate(at),
                _ => return,
            }
        }
        self.out.html.extend(["</", name, ">"]);
    }

    /// Passes over an element and its content, taking what is of use.
    fn skip(&mut self, name: &'static str, tag: &Tag<'_>) {
        if self.unended.contains(&name) {
            return;
        }
        let before = self.scanner.clone();
        match self.scanner.raw(name) {
            Some(range) => {
                let (from, end) = (range.start, range.end);
                let content = self.page.get(range).unwrap_or_default();
                // Some sites put the article where only those without scripts see it.
                if name == "noscript" && content.matches("<p").count() >= 3 && content.len() >= 1000 {
                    self.scanner = before;
                    return;
                }
                if name == "title" && self.out.head.title.is_empty() {
                    self.out.head.title = unescape(content).split_whitespace().collect::<Vec<_>>().join(" ");
                } else if name == "script"
                    && tag.get("type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json"))
                {
                    self.out.head.linked.push(content.to_owned());
                }
                // Words on both sides of a picture or a field are not one word.
                // not words: names of HTML
                if !matches!(name, "script" | "style" | "template" | "noscript" | "title") {
                    let at = self.out.text.len() as u32;
                    self.out.runs.push(Run { at, from: from as u32, to: end as u32, verbatim: false });
                    self.out.text.push(' ');
                    self.out.html.push(' ');
                }
            }
            // An open script swallows the rest, anything else is as if it were not there.
            None if matches!(name, "script" | "style") => self.scanner.stop(),
            None => self.unended.push(name),
        }
    }

    /// Takes what a tag tells of the page.
    fn note_head(&mut self, tag: &Tag<'_>) {
        let head = &mut self.out.head;
        let value = |name: &str| tag.get(name).map(|v| unescape(v).trim().to_owned()).filter(|v| !v.is_empty());
        match &*tag.name {
            "html" if head.language.is_none() => head.language = value("lang").or_else(|| value("xml:lang")),
            "meta" => {
                let content = value("content").or_else(|| value("value"));
                let names = ["property", "name", "itemprop", "http-equiv"];
                if let Some(content) = content.filter(|_| head.metas.len() < 1000) {
                    let named = names.iter().filter_map(|n| value(n)).map(|n| (n.to_lowercase(), content.clone()));
                    head.metas.extend(named);
                }
            }
            "link" if head.canonical.is_none() => {
                let canonical = value("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical"));
                head.canonical = value("href").filter(|_| canonical);
            }
            _ => {}
        }
        if tag.name != "meta"
            && head.dated.len() < 1000
            && let Some(date) = value("datetime").or_else(|| value("content").filter(|_| tag.get("itemprop").is_some()))
        {
            let mut signs = tag.name.to_string();
            for (name, value) in &tag.attributes {
                let name = name.to_ascii_lowercase();
                // not words: names of HTML
                if matches!(name.as_str(), "class" | "id" | "itemprop" | "pubdate" | "property" | "data-testid") {
                    signs.extend([" ", name.as_str(), "=", value.to_lowercase().as_str()]);
                }
            }
            head.dated.push(Dated { value: date, signs });
        }
    }

    /// Writes a start tag for the parser.
    fn write(&mut self, tag: &Tag<'_>) {
        let html = &mut self.out.html;
        html.extend(["<", &*tag.name]);
        let mut add = |name: &str, value: &str| {
            html.extend([" ", name, "=\""]);
            let mut end = value.len().min(VALUE);
            while !value.is_char_boundary(end) {
                end -= 1;
            }
            let value = value.get(..end).unwrap_or_default();
            if value.bytes().any(|b| matches!(b, b'&' | b'"')) {
                html.push_str(&unescape(value).replace('&', "&amp;").replace('"', "&quot;"));
            } else {
                html.push_str(value);
            }
            html.push('"');
        };
        for kept in KEPT.iter().filter(|_| tag.name != "code") {
            if let Some(value) = tag.get(kept) {
                add(kept, value);
            }
        }
        if let Some(href) = tag.get("href") {
            // The extractor would make text of a link that is a script, and lose its place.
            let script = href.trim_start().get(..11).is_some_and(|s| s.eq_ignore_ascii_case("javascript:"));
            add("href", if script { "/" } else { href });
        }
        // not words: names of HTML
        let sources = ["src", "srcset", "data-src", "data-srcset", "data-lazy-src", "data-original"];
        if tag.name == "img" && sources.iter().any(|s| tag.get(s).is_some()) {
            add("src", "i.jpg");
        }
        html.push('>');
    }
}

/// Text for the parser. An ampersand is given as a plus sign: it makes no difference to what is the article, and the
/// extractor takes quadratic time over many of them.
fn escape(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'&', b'<', rest.as_bytes()) {
        html.push_str(&rest[..at]);
        html.push_str(if rest[at..].starts_with('&') { "+" } else { "&lt;" });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

impl Reduced {
    /// The text as the parser was given it, letter for letter in the same place.
    pub(super) fn parsed(&self) -> Cow<'_, str> {
        if self.text.contains('&') { Cow::Owned(self.text.replace('&', "+")) } else { Cow::Borrowed(&self.text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_tells_content_is_kept() {
        let got = reduce(
            "<p onclick='x()' class=a>A <b>b</b>&amp;c<script>evil('<p>')</script><a href='javascript:x()'>d</a>",
        )
        .html;
        assert_eq!(got.strip_prefix(PROLOGUE), Some("<p class=\"a\">A b+c<a href=\"/\">d</a>"));
    }

    #[test]
    fn text_leads_back_to_the_page() {
        let page = "<p>Caf&eacute; &amp; b&ar</p>";
        let got = reduce(page);
        assert_eq!(got.text, "Café & b&ar");
        let back: Vec<&str> = got.runs.iter().map(|r| &page[r.from as usize..r.to as usize]).collect();
        assert_eq!(back, ["Caf", "&eacute;", " ", "&amp;", " b", "&ar"]);
    }

    #[test]
    fn depth_is_bounded_and_what_follows_is_not_lost() {
        let deep = format!("{}x{}<p>after</p>", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let got = reduce(&deep).html;
        assert_eq!(got.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(got.matches("</div>").count(), MAX_DEPTH);
        assert!(got.ends_with("</div><p>after</p>"));
        let misnested = "<section><div><span></section>".repeat(500);
        assert_eq!(reduce(&misnested).html.matches("<div>").count(), 500);
    }

    #[test]
    fn the_head_is_read() {
        let got = reduce(
            "<html lang=en><title>A &amp; B</title><meta property='og:title' content='A'><link rel=canonical href='/a'>\
             <script type='application/ld+json'>{}</script><time class=Published datetime='2031-05-03'>x</time>",
        );
        assert_eq!(got.head.title, "A & B");
        assert_eq!(got.head.language.as_deref(), Some("en"));
        assert_eq!(got.head.meta(&["og:title"]), Some("A"));
        assert_eq!(got.head.canonical.as_deref(), Some("/a"));
        assert_eq!(got.head.linked, ["{}"]);
        assert_eq!(got.head.dated[0].signs, "time class=published");
    }
}
