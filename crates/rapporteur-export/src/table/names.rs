//! Tables of who and what is named, and of times.

use super::{Row, Table, list};
use crate::story::Story;

/// Who and what reports name, one row each; the citation is the first mention.
pub(super) fn entities(story: &Story<'_>) -> Table {
    let mut table = Table::new("entities")
        .text(&["entity", "kind", "name", "iso3166"])
        .int(&["spellings", "mentions", "reports"])
        .text(&["report", "outlet", "source"])
        .int(&["start", "end"])
        .text(&["exact"]);
    for e in &story.record.entities {
        let reports: std::collections::BTreeSet<_> = e.mentions.iter().map(|m| &m.report).collect();
        let row = Row::new().text(e.id.as_str()).text(e.kind.as_str()).text(&e.name).told(e.iso3166.as_ref());
        let row = row.int(e.names.len()).int(e.mentions.len()).int(reports.len());
        table.add(match e.mentions.first() {
            Some(m) => {
                let source = story.head(&m.report).map(|h| &h.source);
                let row = row.text(m.report.as_str()).text(story.outlet(&m.report)).told(source);
                row.number(Some(m.start)).number(Some(m.end)).told(story.words(&m.report, m.start, m.end))
            }
            None => row.cite_first(story, None),
        });
    }
    table
}

/// Every spelling in every report that uses it.
pub(super) fn names(story: &Story<'_>) -> Table {
    let mut table = Table::new("names").text(&["entity", "name", "spelling", "report", "outlet"]);
    for e in &story.record.entities {
        for form in &e.names {
            for report in &form.reports {
                let row = Row::new().text(e.id.as_str()).text(&e.name).text(&form.form);
                table.add(row.text(report.as_str()).text(story.outlet(report)));
            }
        }
    }
    table
}

/// The offices that reports give entities, a row a citation.
pub(super) fn offices(story: &Story<'_>) -> Table {
    let mut table = Table::new("offices").text(&["entity", "name", "title", "of", "of_name"]).cited();
    for e in &story.record.entities {
        for office in &e.offices {
            for at in office.evidence.iter() {
                let row = Row::new().text(e.id.as_str()).text(&e.name).text(&office.title);
                let row = row.told(office.of.as_ref().map(|o| o.as_str()));
                table.add(row.told(office.of.as_ref().map(|o| story.name(o))).cite(story, at));
            }
        }
    }
    table
}

/// Every place where an entity is mentioned.
pub(super) fn mentions(story: &Story<'_>) -> Table {
    let mut table = Table::new("mentions").text(&["entity", "name", "kind"]).cited();
    for e in &story.record.entities {
        for m in &e.mentions {
            let source = story.head(&m.report).map(|h| &h.source);
            let row = Row::new().text(e.id.as_str()).text(&e.name).text(m.kind.as_str());
            let row = row.text(m.report.as_str()).text(story.outlet(&m.report)).told(source);
            table.add(row.number(Some(m.start)).number(Some(m.end)).told(story.words(&m.report, m.start, m.end)));
        }
    }
    table
}

/// Expressions of time and what they mean.
pub(super) fn dates(story: &Story<'_>) -> Table {
    let mut table = Table::new("dates").date(["value", "first_day", "last_day"]).cited();
    for d in &story.record.dates {
        table.add(Row::new().date(d.value).cite(story, &d.at));
    }
    table
}

/// Ids of several entities, and their names.
pub(super) fn who(story: &Story<'_>, ids: &[rapporteur_schema::EntityId]) -> (String, String) {
    (list(ids), story.names(ids, "; "))
}
