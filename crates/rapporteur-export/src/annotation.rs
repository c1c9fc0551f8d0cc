//! W3C Web Annotation: every place that a fact rests on, as an annotation that other tools can show beside the report.
//!
//! A target has two selectors that say the same: TextPositionSelector counts code points of the text as Rapporteur keeps
//! it, TextQuoteSelector finds the words again in any rendering of the page by what stands before and after.

use std::collections::BTreeMap;

use rapporteur_schema::{ReportId, Span};
use serde_json::{Value, json};

use crate::cited::cited;
use crate::index::RecordIndex;
use crate::{json as pretty, urn};

/// Code points of the text on either side of the words that help to find them again.
const AROUND: u32 = 32;

/// Writes a collection with one page.
pub(crate) fn write(index: &RecordIndex<'_>) -> Vec<u8> {
    let mut items: Vec<Value> = cited(index)
        .iter()
        .map(|c| {
            let span = c.at.span();
            let tag = match c.role {
                "evidence" => c.kind.to_owned(),
                role => format!("{}: {role}", c.kind),
            };
            let bodies = json!([
                { "type": "TextualBody", "purpose": "tagging", "value": tag },
                { "type": "TextualBody", "purpose": "describing", "value": c.says, "format": "text/plain" },
                { "type": "SpecificResource", "purpose": "linking", "source": urn(c.kind, &c.id) },
            ]);
            let id = annotation_id(c.kind, &c.id, c.role, c.at.report(), span.start(), span.end());
            let target = target(index, c.at.report(), span.start(), span.end(), Some(c.at.exact()));
            json!({ "id": id, "type": "Annotation", "motivation": "describing", "body": bodies, "target": target })
        })
        .collect();
    items.extend(mentions(index));
    let items = merge(items);
    let made = &index.record.made_with;
    let collection = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": urn("record", &index.id()),
        "type": "AnnotationCollection",
        "label": format!("What {} reports say", index.record.reports.len()),
        "generator": {
            "id": "https://github.com/rapporteur/rapporteur",
            "type": "Software",
            "name": format!("Rapporteur {}", made.version),
        },
        "total": items.len(),
        "first": {
            "id": urn("page", &index.id()),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    });
    pretty(&collection)
}

/// Where an entity is named, one annotation a place.
fn mentions(index: &RecordIndex<'_>) -> Vec<Value> {
    let mut all = Vec::new();
    for entity in &index.record.entities {
        for m in &entity.mentions {
            let exact = index.words(&m.report, m.start, m.end);
            let bodies = json!([
                { "type": "TextualBody", "purpose": "tagging", "value": format!("{}: {}", entity.kind.as_str(), m.kind.as_str()) },
                { "type": "TextualBody", "purpose": "describing", "value": entity.name, "format": "text/plain" },
                { "type": "SpecificResource", "purpose": "identifying", "source": urn("entity", entity.id.as_str()) },
            ]);
            let id = annotation_id("entity", entity.id.as_str(), "mention", &m.report, m.start, m.end);
            let target = target(index, &m.report, m.start, m.end, exact);
            all.push(
                json!({ "id": id, "type": "Annotation", "motivation": "identifying", "body": bodies, "target": target }),
            );
        }
    }
    all
}

/// The same fact may rest on the same place twice in one role, and say two things of it (two offices read off the same
/// words): one annotation then, that says both.
fn merge(items: Vec<Value>) -> Vec<Value> {
    let mut merged: Vec<Value> = Vec::with_capacity(items.len());
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for mut item in items {
        let id = item["id"].as_str().unwrap_or_default().to_owned();
        match places.get(&id).and_then(|&at| merged.get_mut(at)) {
            Some(first) => {
                let more = item["body"].as_array_mut().map(std::mem::take).unwrap_or_default();
                if let Some(bodies) = first["body"].as_array_mut() {
                    bodies.extend(more.into_iter().filter(|body| !bodies.contains(body)).collect::<Vec<_>>());
                }
            }
            None => {
                places.insert(id, merged.len());
                merged.push(item);
            }
        }
    }
    merged
}

fn annotation_id(kind: &str, id: &str, role: &str, report: &ReportId, start: u32, end: u32) -> String {
    urn("annotation", &format!("{kind}:{id}:{}:{report}-{start}-{end}", role.replace(' ', "-")))
}

fn target(index: &RecordIndex<'_>, report: &ReportId, start: u32, end: u32, exact: Option<&str>) -> Value {
    let mut selectors = vec![json!({ "type": "TextPositionSelector", "start": start, "end": end })];
    if let Some(exact) = exact {
        let mut quote = json!({ "type": "TextQuoteSelector", "exact": exact });
        if let Some(text) = index.text(report) {
            let before = text.slice(Span::new(start.saturating_sub(AROUND), start));
            let after = text.slice(Span::new(end, end.saturating_add(AROUND).min(text.chars())));
            for (name, words) in [("prefix", before), ("suffix", after)] {
                if let Some(words) = words.filter(|w| !w.is_empty()) {
                    quote[name] = json!(words);
                }
            }
        }
        selectors.push(quote);
    }
    let head = index.head(report);
    let source = head.and_then(|h| h.url.clone()).unwrap_or_else(|| urn("report", report.as_str()));
    json!({
        "type": "SpecificResource",
        "source": source,
        // The text whose code points are counted, whatever address it was published at.
        "scope": urn("report", report.as_str()),
        "selector": selectors,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_things_said_of_one_place_are_one_annotation() {
        let item = |says: &str| json!({ "id": "a", "body": [{ "value": "office" }, { "value": says }] });
        let merged =
            merge(vec![item("envoy"), item("envoy of Kareth"), item("envoy"), json!({ "id": "b", "body": [] })]);
        assert_eq!(merged.len(), 2);
        assert_eq!(
            merged[0]["body"],
            json!([{ "value": "office" }, { "value": "envoy" }, { "value": "envoy of Kareth" }])
        );
    }
}
