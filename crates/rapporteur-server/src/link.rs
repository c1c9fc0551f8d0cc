//! Addresses of pages, made in this one place; nothing that a report says is ever an address by itself.

use std::collections::BTreeMap;
use std::fmt::Write;

use rapporteur::brief::view::{Cite, View};

/// Places in one report of a brief.
pub(crate) type Places = BTreeMap<usize, Vec<(u32, u32)>>;

/// The places of these citations, report by report.
pub(crate) fn places(view: &View, cites: &[usize]) -> Places {
    let mut places = Places::new();
    for Cite { report, start, end, .. } in cites.iter().filter_map(|c| view.cites.get(*c)) {
        let of = places.entry(*report).or_default();
        if !of.contains(&(*start, *end)) {
            of.push((*start, *end));
        }
    }
    for of in places.values_mut() {
        of.sort_unstable();
    }
    places
}

/// Places of one report that an address holds at most.
const MAX_PLACES: usize = 6;

/// "12-34,50-60"; the first few.
pub(crate) fn at(spans: &[(u32, u32)]) -> String {
    let mut out = String::new();
    for (start, end) in spans.iter().take(MAX_PLACES) {
        let comma = if out.is_empty() { "" } else { "," };
        let _ = write!(out, "{comma}{start}-{end}");
    }
    out
}

/// A report at these places.
pub(crate) fn report(id: &str, spans: &[(u32, u32)]) -> String {
    match spans {
        [] => format!("/report/{id}"),
        spans => format!("/report/{id}?at={}#highlight", at(spans)),
    }
}

/// Accounts shown side by side at most.
const MAX_BESIDE: usize = 6;

/// The accounts of several reports side by side; `None` where only one has any.
pub(crate) fn beside(view: &View, places: &Places) -> Option<String> {
    let mut cited = places.iter().filter_map(|(number, spans)| Some((&view.report(*number)?.id, spans)));
    let (first, spans) = cited.next()?;
    let others: Vec<String> = cited
        .take(MAX_BESIDE - 1)
        .filter_map(|(id, spans)| spans.first().map(|(a, b)| format!("{id}:{a}-{b}")))
        .collect();
    (!others.is_empty()).then(|| format!("/report/{first}?at={}&with={}", at(spans), others.join(",")))
}

/// A value in a query, percent-encoded.
pub(crate) fn encode(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for &b in value.as_bytes() {
        if b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'~' | b'-') {
            out.push(b as char);
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    out
}

/// A path with those of these values that are given.
pub(crate) fn with(path: &str, values: &[(&str, Option<String>)]) -> String {
    let mut out = path.to_owned();
    let mut sign = '?';
    for (key, value) in values {
        if let Some(value) = value {
            let _ = write!(out, "{sign}{key}={}", encode(value));
            sign = '&';
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_holds_whatever_is_searched_for() {
        let q = with("/search", &[("q", Some("a&b=\"ç\"".into())), ("page", None), ("by", Some("x".into()))]);
        assert_eq!(q, "/search?q=a%26b%3D%22%C3%A7%22&by=x");
        assert_eq!(at(&[(1, 2), (5, 9)]), "1-2,5-9");
    }
}
