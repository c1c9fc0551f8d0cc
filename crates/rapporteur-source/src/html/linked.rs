//! What a page says of its article in JSON-LD, however broken that is.

use serde_json::Value;

use crate::json::surrogate;

/// What was found; texts as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Linked {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) url: Option<String>,
    pub(super) authors: Vec<String>,
    /// The name of the publisher.
    pub(super) publisher: Option<String>,
    /// Names of organisations whose report it is (`sourceOrganization`).
    pub(super) sources: Vec<String>,
    /// The language it says it is in.
    pub(super) language: Option<String>,
}

/// Endings of the types that are articles.
// not words: types of schema.org
const ARTICLES: &[&str] = &["article", "report", "posting", "blogposting", "newsarticle", "review", "podcastepisode"];

/// Reads all JSON-LD of a page. An article tells more than the page it is on, the first article more than the next.
pub(super) fn read(scripts: &[String]) -> Linked {
    let mut things: Vec<Value> = Vec::new();
    let mut torn = Linked::default();
    for script in scripts {
        match parse(script) {
            Some(value) => gather(value, &mut things),
            None => torn = merge(torn, scrape(script)),
        }
    }
    let rank = |thing: &Value| {
        let types = types(thing);
        let article = types.iter().any(|t| ARTICLES.iter().any(|a| t.ends_with(a)));
        let page = types.iter().any(|t| t.ends_with("webpage"));
        if article {
            0
        } else if page {
            1
        } else {
            2
        }
    };
    let mut read = Linked::default();
    for wanted in 0..=1 {
        for thing in things.iter().filter(|t| rank(t) == wanted) {
            read = merge(read, linked(thing, &things, wanted == 0));
        }
    }
    merge(read, torn)
}

/// Parses what sites write as JSON: comments of HTML around it, line ends inside texts, commas too many.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim();
    let read = |json: &str| surrogate::parse(json.as_bytes()).ok().map(|(value, _)| value);
    if let Some(value) = read(script) {
        return Some(value);
    }
    let from = script.find(['{', '['])?;
    let to = script.rfind(['}', ']'])?;
    let inner = script.get(from..=to)?;
    // Outside of texts a control character is white space, and inside it ought not be: a space serves both.
    let spaced: String = inner.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if let Some(value) = read(&spaced) {
        return Some(value);
    }
    let mut tidy = String::with_capacity(spaced.len());
    let (mut text, mut escaped) = (false, false);
    for c in spaced.chars() {
        if !text && matches!(c, '}' | ']') {
            let kept = tidy.trim_end().trim_end_matches(',').len();
            tidy.truncate(kept);
        }
        if text && escaped && !matches!(c, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') {
            tidy.pop(); // "\'" is none of JSON's
        }
        text ^= c == '"' && !escaped;
        escaped = text && c == '\\' && !escaped;
        tidy.push(c);
    }
    read(&tidy)
}

/// All objects inside a value, outer ones first.
fn gather(value: Value, things: &mut Vec<Value>) {
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| gather(item, things)),
        Value::Object(mut map) => {
            let inner: Vec<Value> = ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"]
                .iter()
                .filter_map(|k| map.get(*k).cloned())
                .collect();
            map.remove("@graph");
            things.push(Value::Object(map));
            inner.into_iter().for_each(|item| gather(item, things));
        }
        _ => {}
    }
}

fn types(thing: &Value) -> Vec<String> {
    let lower = |v: &Value| v.as_str().map(|s| s.to_lowercase());
    match &thing["@type"] {
        Value::Array(types) => types.iter().filter_map(lower).collect(),
        one => lower(one).into_iter().collect(),
    }
}

fn linked(thing: &Value, all: &[Value], article: bool) -> Linked {
    let text = |key: &str| text(&thing[key]);
    let mut read = Linked {
        headline: text("headline").or_else(|| text("name")).filter(|_| article),
        published: text("datePublished").or_else(|| text("dateCreated")).or_else(|| text("uploadDate")),
        modified: text("dateModified"),
        url: text("url").or_else(|| self::text(&thing["mainEntityOfPage"]["@id"])).filter(|u| u.starts_with("http")),
        language: text("inLanguage"),
        ..Linked::default()
    };
    if article {
        read.authors = names(&thing["author"], all);
        if read.authors.is_empty() {
            read.authors = names(&thing["creator"], all);
        }
        read.publisher = names(&thing["publisher"], all).into_iter().next();
        read.sources = names(&thing["sourceOrganization"], all);
        read.sources.extend(names(&thing["provider"], all));
    }
    read
}

fn text(value: &Value) -> Option<String> {
    let found = match value {
        Value::String(s) => s.clone(),
        Value::Number(n) => n.to_string(),
        Value::Array(items) => return items.iter().find_map(text),
        _ => return None,
    };
    let found = super::entity::unescape(&found).split_whitespace().collect::<Vec<_>>().join(" ");
    (!found.is_empty()).then_some(found)
}

/// The names of people or organisations: texts, objects with a name, lists of these, references to objects elsewhere.
fn names(value: &Value, all: &[Value]) -> Vec<String> {
    let mut out = Vec::new();
    let items = match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    for item in items.iter().take(20) {
        let named = match item {
            Value::Object(map) => text(&item["name"]).or_else(|| {
                let id = map.get("@id")?;
                let there = all.iter().find(|thing| thing.get("@id") == Some(id) && !thing["name"].is_null())?;
                text(&there["name"])
            }),
            Value::String(_) => text(item).filter(|t| !t.starts_with("http")),
            _ => None,
        };
        out.extend(named.filter(|n| n.chars().count() < 100));
    }
    out.dedup();
    out
}

/// Of JSON that cannot be read: the first text after a key.
fn scrape(script: &str) -> Linked {
    let value = |key: &str| {
        let rest = script.split_once(&format!("\"{key}\""))?.1.trim_start().strip_prefix(':')?.trim_start();
        let text = rest.strip_prefix('"')?.split('"').next()?;
        (!text.is_empty() && text.len() < 500).then(|| text.to_owned())
    };
    Linked {
        headline: value("headline"),
        published: value("datePublished"),
        modified: value("dateModified"),
        ..Linked::default()
    }
}

/// Takes from the second what the first does not tell.
fn merge(first: Linked, second: Linked) -> Linked {
    let list = |a: Vec<String>, b| if a.is_empty() { b } else { a };
    Linked {
        headline: first.headline.or(second.headline),
        published: first.published.or(second.published),
        modified: first.modified.or(second.modified),
        url: first.url.or(second.url),
        authors: list(first.authors, second.authors),
        publisher: first.publisher.or(second.publisher),
        sources: list(first.sources, second.sources),
        language: first.language.or(second.language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(script: &str) -> Linked {
        read(&[script.to_owned()])
    }

    #[test]
    fn of_too_many_values_only_what_stands_in_so_many_words_is_read() {
        let many = "0,".repeat(crate::limits::MAX_JSON_VALUES);
        let script = format!("{{\"@type\": \"NewsArticle\", \"datePublished\": \"2031-05-03\", \"y\": [{many}0]}}");
        assert_eq!(parse(&script), None);
        assert!(parse(&script.replace(&many, "")).is_some());
    }

    #[test]
    fn articles_are_found_wherever_they_are() {
        for script in [
            r#"{"@type":"NewsArticle","datePublished":"2031-05-03"}"#,
            r#"[{"@type":"WebSite","datePublished":"2001-01-01"},{"@type":["Article"],"datePublished":"2031-05-03"}]"#,
            r#"{"@graph":[{"@type":"WebPage","datePublished":"2030-01-01"},{"@type":"Article","datePublished":"2031-05-03"}]}"#,
            r#"{"@type":"WebPage","mainEntity":{"@type":"BlogPosting","datePublished":"2031-05-03"}}"#,
            "<!-- {\"@type\":\"Report\",\"datePublished\":\"2031-05-03\",} -->",
            "{\"@type\":\"Article\",\"description\":\"two\nlines and it\\'s\",\"datePublished\":\"2031-05-03\"}",
            "{\"@type\":\"Article\",\"description\":\"half \\ud83d a sign\",\"datePublished\":\"2031-05-03\"}",
            "{\"@type\":\"Article\",\"description\":\"a \"torn\" text\",\"datePublished\":\"2031-05-03\"}",
        ] {
            assert_eq!(of(script).published.as_deref(), Some("2031-05-03"), "{script}");
        }
        assert_eq!(of("not json at all"), Linked::default());
        assert_eq!(of("[[[[{}]]]]"), Linked::default());
    }

    #[test]
    fn people_and_publishers_are_named() {
        let read = of(
            r##"{"@graph":[{"@type":"Article","headline":"Talks &amp; ships","author":[{"name":"Jane Doe"},"John Roe"],
            "publisher":{"@id":"#org"},"sourceOrganization":{"name":"Reuters"}},{"@type":"Organization","@id":"#org","name":"Harbour Post"}]}"##,
        );
        assert_eq!(read.headline.as_deref(), Some("Talks & ships"));
        assert_eq!(read.authors, ["Jane Doe", "John Roe"]);
        assert_eq!(read.publisher.as_deref(), Some("Harbour Post"));
        assert_eq!(read.sources, ["Reuters"]);
    }
}
