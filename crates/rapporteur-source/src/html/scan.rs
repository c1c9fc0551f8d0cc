//! Cuts a page into tags and text with their places, as a browser's tokenizer would; it can not fail.

use std::borrow::Cow;
use std::ops::Range;

/// A part of a page.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'p> {
    /// Text between tags, its references not yet read.
    Text(Range<usize>),
    /// A start tag.
    Start(Tag<'p>),
    /// An end tag, its name in lower case.
    End(Cow<'p, str>),
}

/// A start tag.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Tag<'p> {
    /// In lower case.
    pub(super) name: Cow<'p, str>,
    /// Names and values as written; values may hold references.
    pub(super) attributes: Vec<(&'p str, &'p str)>,
}

impl<'p> Tag<'p> {
    /// The value of an attribute as written.
    pub(super) fn get(&self, name: &str) -> Option<&'p str> {
        self.attributes.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }
}

/// More attributes than any real tag has; the rest of a tag's are passed over.
const ATTRIBUTES: usize = 64;

/// Walks over a page.
#[derive(Clone, Debug)]
pub(super) struct Scanner<'p> {
    page: &'p str,
    at: usize,
}

impl<'p> Scanner<'p> {
    pub(super) fn new(page: &'p str) -> Self {
        Scanner { page, at: 0 }
    }

    fn byte(&self) -> Option<u8> {
        self.page.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'p str {
        self.page.get(self.at..).unwrap_or_default()
    }

    /// Moves behind the next `what`, or to the end.
    fn pass(&mut self, what: &str) {
        let found = memchr::memmem::find(self.rest().as_bytes(), what.as_bytes());
        self.at = found.map_or(self.page.len(), |i| self.at + i + what.len());
    }

    /// What stands up to the end tag of this name, and moves there: the text of a script. `None`, and it stays where
    /// it is, if there is no such end tag.
    pub(super) fn raw(&mut self, name: &str) -> Option<Range<usize>> {
        let (start, bytes) = (self.at, self.rest().as_bytes());
        // Scripts are the better part of many pages, so it is worth while to be quick here.
        for end in memchr::memchr_iter(b'<', bytes) {
            let after = end + 2 + name.len();
            if bytes.get(end + 1) == Some(&b'/')
                && bytes.get(end + 2..after).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
                && bytes.get(after).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
            {
                self.at = start + end;
                return Some(start..start + end);
            }
        }
        None
    }

    /// Moves to the end: nothing more is read.
    pub(super) fn stop(&mut self) {
        self.at = self.page.len();
    }

    fn is_name(b: u8) -> bool {
        !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>')
    }

    fn spaces(&mut self) {
        while self.byte().is_some_and(|b| b.is_ascii_whitespace() || b == b'/') {
            self.at += 1;
        }
    }

    /// A name up to where `ends` says so.
    fn word(&mut self, goes_on: impl Fn(u8) -> bool) -> &'p str {
        let start = self.at;
        while self.byte().is_some_and(&goes_on) {
            self.at += 1;
        }
        self.page.get(start..self.at).unwrap_or_default()
    }

    /// The attributes of a tag and its `>`; `None` where the page ends before.
    fn attributes(&mut self, mut take: impl FnMut(&'p str, &'p str)) -> Option<()> {
        loop {
            self.spaces();
            if self.byte()? == b'>' {
                self.at += 1;
                return Some(());
            }
            let start = self.at;
            self.at += 1; // a name may begin with "="
            self.word(|b| Self::is_name(b) && b != b'=');
            let name = self.page.get(start..self.at).unwrap_or_default();
            while self.byte().is_some_and(|b| b.is_ascii_whitespace()) {
                self.at += 1;
            }
            let mut value = "";
            if self.byte()? == b'=' {
                self.at += 1;
                while self.byte().is_some_and(|b| b.is_ascii_whitespace()) {
                    self.at += 1;
                }
                value = match self.byte()? {
                    mark @ (b'"' | b'\'') => {
                        self.at += 1;
                        let start = self.at;
                        self.at += memchr::memchr(mark, self.rest().as_bytes())?;
                        let value = self.page.get(start..self.at).unwrap_or_default();
                        self.at += 1;
                        value
                    }
                    b'>' => "",
                    _ => self.word(|b| !b.is_ascii_whitespace() && b != b'>'),
                };
            }
            take(name, value);
        }
    }
}

/// A name in lower case, as most are written.
fn lower(name: &str) -> Cow<'_, str> {
    match name.bytes().any(|b| b.is_ascii_uppercase()) {
        true => Cow::Owned(name.to_ascii_lowercase()),
        false => Cow::Borrowed(name),
    }
}

impl<'p> Iterator for Scanner<'p> {
    type Item = Token<'p>;

    fn next(&mut self) -> Option<Token<'p>> {
        loop {
            let rest = self.rest();
            let bytes = rest.as_bytes();
            let second = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
            match *bytes.first()? {
                b'<' if rest.starts_with("<!--") => {
                    // "<!-->" and "<!--->" are whole comments.
                    self.at += 2;
                    if !rest.starts_with("<!-->") && !rest.starts_with("<!--->") {
                        self.at += 2;
                    }
                    self.pass("-->");
                }
                b'<' if matches!(second(1), b'!' | b'?') => self.pass(">"),
                b'<' if second(1) == b'/' && second(2).is_ascii_alphabetic() => {
                    self.at += 2;
                    let name = lower(self.word(Self::is_name));
                    if self.attributes(|_, _| ()).is_none() {
                        self.stop();
                        return None;
                    }
                    return Some(Token::End(name));
                }
                b'<' if second(1) == b'/' => self.pass(">"),
                b'<' if second(1).is_ascii_alphabetic() => {
                    self.at += 1;
                    let name = lower(self.word(Self::is_name));
                    let mut attributes = Vec::new();
                    let whole = self.attributes(|name, value| {
                        if attributes.len() < ATTRIBUTES {
                            attributes.push((name, value));
                        }
                    });
                    if whole.is_none() {
                        self.stop();
                        return None;
                    }
                    return Some(Token::Start(Tag { name, attributes }));
                }
                _ => {
                    // A "<" that opens no tag is text.
                    let first = rest.chars().next().map_or(1, char::len_utf8);
                    let length =
                        bytes.get(first..).and_then(|r| memchr::memchr(b'<', r)).map_or(rest.len(), |i| i + first);
                    let start = self.at;
                    self.at += length;
                    return Some(Token::Text(start..self.at));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(page: &str) -> String {
        let tokens = Scanner::new(page).map(|token| match token {
            Token::Text(range) => format!("[{}]", &page[range]),
            Token::End(name) => format!("/{name}"),
            Token::Start(tag) => {
                let with: String = tag.attributes.iter().map(|(n, v)| format!(" {n}={v}")).collect();
                format!("{}{with}", tag.name)
            }
        });
        tokens.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn tags_and_text_are_told_apart() {
        assert_eq!(show("<P Class='a b'>x</p >"), "p Class=a b|[x]|/p");
        assert_eq!(show("<a href=/x/y>é</a>"), "a href=/x/y|[é]|/a");
        assert_eq!(show("a < b <3 <é"), "[a ]|[< b ]|[<3 ]|[<é]");
        assert_eq!(show("<!doctype html><!-- <p> -->x<!-->y<?php ?>z</>"), "[x]|[y]|[z]");
        assert_eq!(show("<br/><img src=\"a>b\" alt>"), "br|img src=a>b alt=");
        assert_eq!(show("x<p class=\"open"), "[x]");
        assert_eq!(show("x<!-- open"), "[x]");
    }

    #[test]
    fn scripts_end_at_their_end_tag() {
        let page = "if (a </b> c) '</scripty>' </SCRIPT >x";
        let mut scanner = Scanner::new(page);
        assert_eq!(scanner.raw("script").map(|r| &page[r]), Some("if (a </b> c) '</scripty>' "));
        assert_eq!(scanner.raw("style"), None);
    }
}
