//! CSL-JSON: an item a report, of type `article-newspaper`.

use jiff::civil::Date;
use rapporteur_schema::{Edtf, ReportHead};
use serde_json::{Map, Value, json};

use super::{byline, key};
use crate::index::RecordIndex;
use crate::json as pretty;

/// Writes an array with an item for every report.
pub(crate) fn write(index: &RecordIndex<'_>) -> Vec<u8> {
    let items: Vec<Value> = index.record.reports.iter().map(item).collect();
    pretty(&items.into())
}

fn item(report: &ReportHead) -> Value {
    let mut of = Map::new();
    of.insert("id".into(), json!(key(report)));
    of.insert("type".into(), json!("article-newspaper"));
    of.insert("title".into(), json!(report.title.as_deref().unwrap_or(&report.source)));
    let mut add = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            of.insert(name.to_owned(), value);
        }
    };
    add("author", byline(report).map(|b| json!([{ "literal": b }])));
    add("container-title", report.outlet.as_ref().map(|o| json!(o)));
    add("issued", report.published.map(|d| json!({ "date-parts": parts(d) })));
    add("URL", report.url.as_ref().map(|u| json!(u)));
    add("language", Some(json!(report.language)));
    add("custom", Some(json!({ "report": report.id, "source": report.source, "sha256": report.sha256 })));
    of.into()
}

/// `[[2025, 11, 25]]`, as precise as it was given; an interval has two.
fn parts(date: Edtf) -> Vec<Vec<i64>> {
    let text = date.to_string();
    let point = |s: &str, day: Date| {
        let all = [i64::from(day.year()), i64::from(day.month()), i64::from(day.day())];
        all[..s.split('-').count().min(3)].to_vec()
    };
    match text.split_once('/') {
        None => vec![point(&text, date.first_day())],
        Some((from, to)) => vec![point(from, date.first_day()), point(to, date.last_day())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_precise_as_it_was_given() {
        let of = |s: &str| parts(s.parse().unwrap());
        assert_eq!(of("2025-11-25"), [[2025, 11, 25]]);
        assert_eq!(of("2025-11"), [[2025, 11]]);
        assert_eq!(of("2025"), [[2025]]);
        assert_eq!(of("2025-11-24/2025-12"), [vec![2025, 11, 24], vec![2025, 12]]);
    }
}
