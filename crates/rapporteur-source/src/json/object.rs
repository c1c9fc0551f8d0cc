//! Finds a report in a JSON object, under the names in use: ours, those of schema.org (NewsArticle) and of IPTC ninjs.

use rapporteur_schema::Edtf;
use serde_json::{Map, Value};

use crate::known::Known;
use crate::{date, fragment};

/// The text of a report.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Words {
    Plain(String),
    Html(String),
}

/// What was found in an object.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) words: Words,
    pub(crate) known: Known,
    /// What was there and could not be used.
    pub(crate) wrong: Vec<String>,
}

/// Reads an object; nothing where it has no text.
pub(crate) fn read(object: &Map<String, Value>) -> Option<Found> {
    // schema.org puts several objects into a graph; the article is the one with the text.
    if let Some(Value::Array(graph)) = object.get("@graph")
        && words(object).is_none()
    {
        return graph.iter().filter_map(Value::as_object).find_map(read);
    }
    let words = words(object)?;
    let mut wrong = Vec::new();
    let text = |names: &[&str]| names.iter().find_map(|name| one(object.get(*name)?));
    let mut day = |names: &[&str]| {
        let (name, written) = names.iter().find_map(|name| Some((name, one(object.get(*name)?)?)))?;
        let day = date::read(&written);
        if day.is_none() {
            wrong.push(format!("its {name:?} {written:?} is no date that can be read"));
        }
        day
    };
    let published: Option<Edtf> =
        // not words: names of JSON fields
        day(&["published", "datePublished", "firstcreated", "published_at", "date", "versioncreated"]);
    let modified = day(&["modified", "dateModified", "versioncreated", "updated"]);
    let known = Known {
        // not words: names of JSON fields
        outlet: text(&["outlet", "publisher", "source", "infosources", "infoSources"]),
        url: text(&["url", "link", "mainEntityOfPage", "uri"]).filter(|u| u.starts_with("http")),
        published,
        modified: modified.filter(|m| published != Some(*m)),
        title: text(&["title", "headline", "headlines", "name"]).map(|t| fragment::line(&t)),
        // not words: names of JSON fields
        byline: text(&["byline", "by", "author", "authors", "creator"]),
        language: text(&["language", "inLanguage", "lang"]),
        credits: many(object.get("credits").or_else(|| object.get("creditText")).or_else(|| object.get("creditline"))),
    };
    // not words: names of JSON fields
    for name in ["published", "modified", "outlet", "title", "byline", "url", "language"] {
        if object.get(name).is_some_and(|v| !v.is_null() && !matches!(v, Value::String(_)) && one(v).is_none()) {
            wrong.push(format!("its {name:?} is not a string"));
        }
    }
    Some(Found { words, known, wrong })
}

/// The text: the plainest there is.
fn words(object: &Map<String, Value>) -> Option<Words> {
    let string = |name: &&str| object.get(*name).and_then(Value::as_str).filter(|s| !s.trim().is_empty());
    // not words: names of JSON fields
    if let Some(text) = ["text", "body", "content", "articleBody", "body_text", "content_text"].iter().find_map(string)
    {
        return Some(as_words(text, false));
    }
    if let Some(html) = ["body_xhtml", "body_html", "content_html"].iter().find_map(string) {
        return Some(Words::Html(html.to_owned()));
    }
    let bodies = object.get("bodies")?.as_array()?;
    let of = |html: bool| {
        bodies.iter().filter_map(Value::as_object).find_map(|body| {
            let media = body.get("contenttype").or_else(|| body.get("contentType")).and_then(Value::as_str);
            let value = body.get("value").and_then(Value::as_str).filter(|v| !v.trim().is_empty())?;
            (media.is_some_and(|m| m.contains("html")) == html).then(|| as_words(value, html))
        })
    };
    of(false).or_else(|| of(true))
}

/// Text under a name that promises none of the two may well be HTML.
fn as_words(text: &str, html: bool) -> Words {
    let lower = text.trim_start().get(..16).unwrap_or(text.trim_start()).to_lowercase();
    // not words: names of JSON fields
    let begins = ["<p>", "<p ", "<div", "<h1", "<h2", "<html", "<!doctype", "<article", "<section", "<br"];
    match html || begins.iter().any(|sign| lower.starts_with(sign)) {
        true => Words::Html(text.to_owned()),
        false => Words::Plain(text.to_owned()),
    }
}

/// The words of a value: a string, or what an object gives as its name, or all of several.
fn one(value: &Value) -> Option<String> {
    let found = many(Some(value));
    (!found.is_empty()).then(|| found.join(", "))
}

fn many(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(s)) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()).into_iter().collect(),
        Some(Value::Object(object)) => {
            // not words: names of JSON fields
            let name = ["name", "value", "@id", "url", "text"].iter().find_map(|n| object.get(*n)?.as_str());
            name.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).into_iter().collect()
        }
        // Deeper than this no name stands; a tower of arrays must not be climbed.
        Some(Value::Array(values)) => values.iter().filter(|v| !v.is_array()).flat_map(|v| many(Some(v))).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Found {
        let Value::Object(object) = serde_json::from_str(json).unwrap() else { panic!("no object") };
        read(&object).unwrap()
    }

    #[test]
    fn ours() {
        let found =
            of(r#"{"text": "The board met.", "outlet": "Harbour Post", "published": "2031-05-03T23:30:00-05:00",
            "modified": "2031-05-04", "byline": "A. B.", "credits": ["Reuters", "AP"], "language": "en", "title": 7}"#);
        assert_eq!(found.words, Words::Plain("The board met.".into()));
        assert_eq!(found.known.published.unwrap().to_string(), "2031-05-03");
        assert_eq!(found.known.credits, ["Reuters", "AP"]);
        assert_eq!(found.wrong, ["its \"title\" is not a string"]);
    }

    #[test]
    fn schema_org() {
        let found = of(r#"{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"},
            {"@type": "NewsArticle", "headline": "Port &amp; board", "articleBody": "The board met.",
            "datePublished": "2031-05-03", "dateModified": "2031-05-03", "author": [{"name": "A. B."}, "C. D."],
            "publisher": {"@type": "Organization", "name": "Lund Daily"}, "inLanguage": "en-GB",
            "mainEntityOfPage": {"@id": "https://lund.example/1"}}]}"#);
        let known = found.known;
        assert_eq!(known.title.as_deref(), Some("Port & board"));
        assert_eq!(known.byline.as_deref(), Some("A. B., C. D."));
        assert_eq!((known.outlet.as_deref(), known.modified), (Some("Lund Daily"), None));
        assert_eq!(known.url.as_deref(), Some("https://lund.example/1"));
    }

    #[test]
    fn ninjs() {
        let found = of(
            r#"{"uri": "tag:agency.example,2031:1", "type": "text", "headlines": [{"value": "Board meets"}],
            "bodies": [{"contenttype": "text/html", "value": "<p>Hi</p>"}, {"contenttype": "text/plain", "value": "Hi"}],
            "versioncreated": "2031-05-04T10:00:00Z", "firstcreated": "2031-05-03T10:00:00Z", "by": "A. B.",
            "infosources": [{"name": "Agency", "role": "source"}], "usageterms": "none"}"#,
        );
        assert_eq!(found.words, Words::Plain("Hi".into()));
        assert_eq!((found.known.url, found.known.outlet.as_deref()), (None, Some("Agency")));
        assert_eq!(found.known.modified.unwrap().to_string(), "2031-05-04");
        assert_eq!(of(r#"{"body_xhtml": "<p>Hi</p>"}"#).words, Words::Html("<p>Hi</p>".into()));
    }

    #[test]
    fn a_date_that_cannot_be_read_is_told() {
        assert!(of(r#"{"text": "x", "published": "5/11/2031"}"#).wrong[0].contains("5/11/2031"));
    }
}
