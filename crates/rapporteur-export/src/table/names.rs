//! Tables of who and what is named, and of times.

use super::build::{Row, list};
use super::types::Table;
use crate::index::ReportIndex;

/// Who and what reports name, one row each; the citation is the first mention.
pub(super) fn entities(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("entities", "Who and what reports name; the citation is the first mention.")
        .text("entity", "Its id.")
        .text("kind", "What it is: person, organization, country, place, group.")
        .text("name", "The name it is shown under.")
        .text("iso3166", "For a country, its ISO 3166-1 alpha-2 code.")
        .int("spellings", "How many spellings of its name there are.")
        .int("mentions", "In how many places it is mentioned.")
        .int("reports", "How many reports mention it.")
        .cited();
    for e in &index.record.entities {
        let reports: std::collections::BTreeSet<_> = e.mentions.iter().map(|m| &m.report).collect();
        let row = Row::new().text(e.id.as_str()).text(e.kind.as_str()).text(&e.name).maybe(e.iso3166.as_ref());
        let row = row.int(e.names.len()).int(e.mentions.len()).int(reports.len());
        table.add(match e.mentions.first() {
            Some(m) => {
                let source = index.report(&m.report).map(|h| &h.source);
                let row = row.text(m.report.as_str()).text(index.outlet(&m.report)).maybe(source);
                row.number(Some(m.start)).number(Some(m.end)).maybe(index.words(&m.report, m.start, m.end))
            }
            None => row.cite_first(index, None),
        });
    }
    table
}

/// Every spelling in every report that uses it.
pub(super) fn names(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("names", "A spelling in a report that uses it.")
        .text("entity", "The entity.")
        .text("name", "The name it is shown under.")
        .text("spelling", "The name as written.")
        .text("report", "A report that writes it so.")
        .text("outlet", "Who published it; where it is not known, its file.");
    for e in &index.record.entities {
        for form in &e.names {
            for report in &form.reports {
                let row = Row::new().text(e.id.as_str()).text(&e.name).text(&form.form);
                table.add(row.text(report.as_str()).text(index.outlet(report)));
            }
        }
    }
    table
}

/// The offices that reports give entities, a row a citation.
pub(super) fn offices(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("offices", "An office that a report gives somebody, a row a citation.")
        .text("entity", "Who holds it.")
        .text("name", "The holder's name.")
        .text("title", "The title as written.")
        .text("of", "Of which entity, where reported.")
        .text("of_name", "That entity's name.")
        .cited();
    for e in &index.record.entities {
        for office in &e.offices {
            for at in office.evidence.iter() {
                let row = Row::new().text(e.id.as_str()).text(&e.name).text(&office.title);
                let row = row.maybe(office.of.as_ref().map(|o| o.as_str()));
                table.add(row.maybe(office.of.as_ref().map(|o| index.name(o))).cite(index, at));
            }
        }
    }
    table
}

/// Every place where an entity is mentioned.
pub(super) fn mentions(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("mentions", "A place where an entity is mentioned.")
        .text("entity", "The entity.")
        .text("name", "The name it is shown under.")
        .text("kind", "How it is mentioned: name, description, pronoun.")
        .cited();
    for e in &index.record.entities {
        for m in &e.mentions {
            let source = index.report(&m.report).map(|h| &h.source);
            let row = Row::new().text(e.id.as_str()).text(&e.name).text(m.kind.as_str());
            let row = row.text(m.report.as_str()).text(index.outlet(&m.report)).maybe(source);
            table.add(row.number(Some(m.start)).number(Some(m.end)).maybe(index.words(&m.report, m.start, m.end)));
        }
    }
    table
}

/// Expressions of time and what they mean.
pub(super) fn dates(index: &ReportIndex<'_>) -> Table {
    let mut table = Table::new("dates", "An expression of time and what it means.")
        .date("value", "Its value in EDTF, where it has one.")
        .cited();
    for d in &index.record.dates {
        table.add(Row::new().date(d.value).cite(index, &d.at));
    }
    table
}

/// Ids of several entities, and their names.
pub(super) fn who(index: &ReportIndex<'_>, ids: &[rapporteur_schema::EntityId]) -> (String, String) {
    (list(ids), index.names(ids, "; "))
}
