//! Walks through the tags of XML, enough of it to find lists of feeds and what the feed library leaves out.

use crate::fragment;

/// What comes next in a document.
#[derive(Debug, PartialEq)]
pub(super) enum Event<'d> {
    /// `<name …>`: the name without its prefix, in lower case; the attributes; whether it ends at once.
    Open(String, &'d str, bool),
    /// `</name>`
    Close(String),
    /// What stands between tags, as it is written.
    Text(&'d str),
    /// The same in a section where nothing is a tag.
    Verbatim(&'d str),
}

/// The events of a document; what is no proper XML ends it or is passed over.
pub(super) struct Events<'d> {
    rest: &'d str,
}

impl<'d> Events<'d> {
    pub(super) fn of(document: &'d str) -> Self {
        Events { rest: document }
    }

    /// Takes up to and with `end`, gives what is before it.
    fn until(&mut self, end: &str) -> Option<&'d str> {
        let at = self.rest.find(end)?;
        let before = &self.rest[..at];
        self.rest = &self.rest[at + end.len()..];
        Some(before)
    }
}

impl<'d> Iterator for Events<'d> {
    type Item = Event<'d>;

    fn next(&mut self) -> Option<Event<'d>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if !self.rest.starts_with('<') {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Some(Event::Text(text));
            }
            if self.rest.starts_with("<!--") {
                self.until("-->")?;
            } else if let Some(rest) = self.rest.strip_prefix("<![CDATA[") {
                self.rest = rest;
                return self.until("]]>").map(Event::Verbatim);
            } else if self.rest.starts_with("<?") {
                self.until("?>")?;
            } else if self.rest.starts_with("<!") {
                // A document type may hold declarations of its own in brackets.
                let end = self.rest.find('>')?;
                self.until(if self.rest[..end].contains('[') { "]>" } else { ">" })?;
            } else {
                let inner = &self.rest[1..];
                let end = tag_end(inner)?;
                let tag = &inner[..end];
                self.rest = &inner[end + 1..];
                if let Some(name) = tag.strip_prefix('/') {
                    return Some(Event::Close(local(name)));
                }
                let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |t| (t, true));
                let (name, attributes) = tag.split_once(|c: char| c.is_whitespace()).unwrap_or((tag, ""));
                return Some(Event::Open(local(name), attributes, empty));
            }
        }
    }
}

/// Where a tag ends: at the first `>` that stands in no quotes.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn local(name: &str) -> String {
    name.trim().rsplit(':').next().unwrap_or_default().to_lowercase()
}

/// The value of an attribute; the case of its name does not matter, for lists of feeds write it in many ways.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, next) = after[1..].split_once(quote)?;
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(unescape(value));
        }
        rest = next;
    }
}

/// Text as it is meant.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (letter, length) = fragment::entity(rest).unwrap_or(('&', 1));
        out.push(letter);
        rest = &rest[length..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_in_order() {
        let document = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b \"c\">]><A:b c=\"1 > 0\" d='x&amp;y'/>t<!-- <no> --><![CDATA[<x>]]></a>";
        let events: Vec<Event<'_>> = Events::of(document).collect();
        let Event::Open(name, attributes, true) = &events[0] else { panic!("{events:?}") };
        assert_eq!(
            (name.as_str(), attribute(attributes, "C"), attribute(attributes, "d")),
            ("b", Some("1 > 0".into()), Some("x&y".into()))
        );
        assert_eq!(attribute(attributes, "e"), None);
        assert_eq!(events[1..], [Event::Text("t"), Event::Verbatim("<x>"), Event::Close("a".into())]);
    }

    #[test]
    fn broken_documents_end() {
        for document in ["<", "<a", "<!--", "<![CDATA[", "<!x", "<?", "<a b=\"", "</", "<!DOCTYPE a [", "<é"] {
            assert!(Events::of(document).count() <= 1, "{document}");
        }
    }
}
