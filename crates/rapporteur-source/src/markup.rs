//! Walks through the tags of XML with the reader that the feed library is built on: to find what the library leaves out,
//! and to refuse what it does not survive.
//!
//! It climbs groups inside groups by calling itself, and compares each attribute of a tag with all others; so towers of
//! tags and tags of thousands of attributes are refused before it sees them.

use quick_xml::Reader;
use quick_xml::encoding::DecodingReader;
use quick_xml::events::{BytesStart, Event as Xml};

/// Elements inside elements: far more than any feed has.
const MAX_DEPTH: usize = 200;

/// Attributes of one element.
const MAX_ATTRIBUTES: usize = 200;

/// What comes next in a document; names are without their prefix.
pub(crate) enum Event<'e> {
    Open(&'e str, &'e BytesStart<'e>),
    Close,
    Text(&'e str),
}

/// Hands over the events of a document in order; gives what is wrong with it as XML first, if anything. After that the
/// walk goes on as far as the reader does, for so might the library.
///
/// # Errors
/// What makes the document too much to be read.
pub(crate) fn walk(document: &[u8], mut each: impl FnMut(Event<'_>)) -> Result<Option<String>, String> {
    let mut reader = Reader::from_reader(DecodingReader::new(document));
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.trim_markup_names_in_closing_tags = true;
    let (mut buffer, mut depth, mut wrong, mut at) = (Vec::new(), 0, None, None);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Err(e) => {
                wrong.get_or_insert_with(|| format!("{e} (at byte {})", reader.error_position()));
                if at.replace(reader.buffer_position()) == Some(reader.buffer_position()) {
                    return Ok(wrong);
                }
            }
            Ok(Xml::Eof) => return Ok(wrong),
            Ok(Xml::Decl(declaration)) => {
                if let Some(encoding) = declaration.encoder() {
                    reader.get_mut().set_encoding(encoding);
                }
            }
            Ok(Xml::Start(tag)) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(format!("more than {MAX_DEPTH} elements stand inside each other"));
                }
                if tag.attributes().with_checks(false).take(MAX_ATTRIBUTES + 1).count() > MAX_ATTRIBUTES {
                    return Err(format!("an element has more than {MAX_ATTRIBUTES} attributes"));
                }
                each(Event::Open(local(tag.name().as_ref()), &tag));
            }
            Ok(Xml::End(_)) => {
                depth = depth.saturating_sub(1);
                each(Event::Close);
            }
            Ok(Xml::Text(text)) => each(Event::Text(&text)),
            Ok(Xml::CData(text)) => each(Event::Text(&text)),
            Ok(Xml::GeneralRef(entity)) => {
                let letter = entity.resolve_char_ref().ok().flatten().map(String::from);
                let known = || quick_xml::escape::resolve_predefined_entity(&entity).map(str::to_owned);
                each(Event::Text(&letter.or_else(known).unwrap_or_else(|| format!("&{};", &*entity))));
            }
            Ok(_) => {}
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or_default()
}

/// The value of an attribute; the case of its name does not matter, for lists of feeds write it in many ways.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.as_ref().eq_ignore_ascii_case(name))?;
    // A bare `&` in an address is wrong, and common.
    let value = quick_xml::escape::unescape(&found.value);
    Some(value.map_or_else(|_| found.value.to_string(), |v| v.into_owned()))
}

/// The value of an attribute, whatever prefix its name has.
#[cfg(feature = "documents")]
pub(crate) fn local_attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| local(a.key.as_ref()) == name)?;
    Some(quick_xml::escape::unescape(&found.value).map_or_else(|_| found.value.to_string(), |v| v.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_in_order() {
        let document = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b \"c\">]><A:b c=\"1 > 0\" d='x&amp;y'/>t<!-- <no> -->\
                        <z>&lt;<![CDATA[<x>]]></z>";
        let mut told = Vec::new();
        walk(document.as_bytes(), |event| {
            told.push(match event {
                Event::Open(name, tag) => format!("+{name} {:?} {:?}", attribute(tag, "C"), attribute(tag, "e")),
                Event::Close => "-".to_owned(),
                Event::Text(text) => text.to_owned(),
            });
        })
        .unwrap();
        assert_eq!(told, ["+b Some(\"1 > 0\") None", "-", "t", "+z None None", "<", "<x>", "-"]);
    }

    #[test]
    fn broken_documents_end() {
        for document in ["<", "<a", "<!--", "<![CDATA[", "<!x", "<?", "<a b=\"", "</", "<!DOCTYPE a [", "<é", "<a></b>"]
        {
            assert!(walk(document.as_bytes(), |_| {}).unwrap().is_some(), "{document}");
        }
        assert!(walk("<a>".repeat(MAX_DEPTH + 1).as_bytes(), |_| {}).is_err());
        assert!(walk(format!("<a {}>", "b='' ".repeat(MAX_ATTRIBUTES + 1)).as_bytes(), |_| {}).is_err());
    }
}
