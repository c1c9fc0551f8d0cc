//! schema.org as JSON-LD: a NewsArticle a report, a Quotation for words in marks, a Claim for the rest, an Event a meeting.
//!
//! What schema.org has no word for is left out rather than bent: a meeting that is only denied has no `eventStatus`.

use std::collections::BTreeSet;

use rapporteur_schema::{Citation, Edtf, Entity, EntityId, EntityKind, Meeting, MeetingKind, MeetingStatus, Mode};
use serde_json::{Map, Value, json};

use crate::file::{json as pretty, urn};
use crate::index::ReportIndex;

/// Writes one graph.
pub(crate) fn write(index: &ReportIndex<'_>) -> Vec<u8> {
    let record = index.record;
    let mut graph: Vec<Value> = record.reports.iter().map(article).collect();
    let agents: BTreeSet<&EntityId> = record
        .statements
        .iter()
        .filter_map(|s| s.speaker.as_ref())
        .chain(record.meetings.iter().flat_map(|m| &m.participants))
        .collect();
    graph.extend(record.entities.iter().map(|e| entity(index, e, agents.contains(&e.id))));
    for s in &record.statements {
        graph.push(statement(index, s));
    }
    for u in &record.utterances {
        let mut of = Map::new();
        of.insert("@type".into(), json!("Quotation"));
        of.insert("@id".into(), json!(urn("utterance", u.id.as_str())));
        of.insert("text".into(), json!(u.text));
        of.insert(
            "description".into(),
            json!(format!(
                "put together from {} reports' words, which are {}",
                u.statements.len(),
                u.relation.as_str()
            )),
        );
        insert(&mut of, "spokenByCharacter", u.speaker.as_ref().map(link));
        let parts: Vec<Value> = u.statements.iter().map(|s| json!({ "@id": urn("statement", s.as_str()) })).collect();
        of.insert("hasPart".into(), json!(parts));
        graph.push(of.into());
    }
    graph.extend(record.meetings.iter().map(|m| event(index, m)));
    pretty(&json!({ "@context": "https://schema.org", "@graph": graph }))
}

fn insert(of: &mut Map<String, Value>, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        of.insert(name.into(), value.into());
    }
}

fn link(id: &EntityId) -> Value {
    json!({ "@id": urn("entity", id.as_str()) })
}

fn article(r: &rapporteur_schema::ReportHead) -> Value {
    let mut of = Map::new();
    of.insert("@type".into(), json!("NewsArticle"));
    of.insert("@id".into(), json!(urn("report", r.id.as_str())));
    insert(&mut of, "headline", r.title.clone());
    insert(&mut of, "url", r.url.clone());
    insert(&mut of, "datePublished", r.published.map(iso));
    insert(&mut of, "dateModified", r.modified.map(iso));
    insert(&mut of, "publisher", r.outlet.as_ref().map(|o| json!({ "@type": "NewsMediaOrganization", "name": o })));
    insert(&mut of, "author", r.byline.as_ref().map(|b| json!({ "@type": "Person", "name": b })));
    insert(&mut of, "creditText", (!r.credits.is_empty()).then(|| r.credits.join("; ")));
    of.insert("inLanguage".into(), json!(r.language));
    of.insert(
        "identifier".into(),
        json!([
            { "@type": "PropertyValue", "propertyID": "sha256", "value": r.sha256 },
            { "@type": "PropertyValue", "propertyID": "source", "value": r.source },
        ]),
    );
    of.into()
}

/// schema.org takes a day, a month or a year of ISO 8601; of an interval the first of it is the date.
fn iso(date: Edtf) -> String {
    let all = date.to_string();
    all.split_once('/').map_or(all.clone(), |(first, _)| first.to_owned())
}

fn entity(index: &ReportIndex<'_>, e: &Entity, acts: bool) -> Value {
    let mut of = Map::new();
    let kind = match e.kind {
        EntityKind::Person => json!("Person"),
        EntityKind::Organization | EntityKind::Group => json!("Organization"),
        // Only people and bodies can speak or attend; a country or a place that does is both.
        EntityKind::Country if acts => json!(["Country", "Organization"]),
        EntityKind::Country => json!("Country"),
        EntityKind::Place if acts => json!(["Place", "Organization"]),
        EntityKind::Place => json!("Place"),
    };
    of.insert("@type".into(), kind);
    of.insert("@id".into(), json!(urn("entity", e.id.as_str())));
    of.insert("name".into(), json!(e.name));
    let others: Vec<&str> = e.names.iter().map(|n| n.form.as_str()).filter(|f| *f != e.name).collect();
    insert(&mut of, "alternateName", (!others.is_empty()).then_some(others));
    let code = e.iso3166.as_ref().map(|c| json!({ "@type": "PropertyValue", "propertyID": "ISO 3166-1", "value": c }));
    insert(&mut of, "identifier", code);
    if e.kind == EntityKind::Person && !e.offices.is_empty() {
        let title = |o: &rapporteur_schema::Office| match &o.of {
            Some(of) => format!("{}, {}", o.title, index.name(of)),
            None => o.title.clone(),
        };
        let titles: BTreeSet<String> = e.offices.iter().map(title).collect();
        of.insert("jobTitle".into(), json!(titles));
    }
    of.into()
}

/// The place of some words in a report: the report, the code points, the words.
fn place(at: &Citation) -> Map<String, Value> {
    let (start, end) = (at.span().start(), at.span().end());
    let mut of = Map::new();
    of.insert("text".into(), json!(at.exact()));
    of.insert("isPartOf".into(), json!({ "@id": urn("report", at.report().as_str()) }));
    of.insert(
        "identifier".into(),
        json!({
            "@type": "PropertyValue",
            "propertyID": "http://www.w3.org/ns/oa#TextPositionSelector",
            "description": "first and last code point of the text as kept, the last not included",
            "value": format!("{start},{end}"),
            "minValue": start,
            "maxValue": end,
        }),
    );
    of
}

fn statement(index: &ReportIndex<'_>, s: &rapporteur_schema::Statement) -> Value {
    let mut of = place(&s.content);
    of.insert("@id".into(), json!(urn("statement", s.id.as_str())));
    let speaker = s.speaker.as_ref().map(link);
    if s.mode == Mode::Indirect {
        // The reporter's words: what was said, not how.
        of.insert("@type".into(), json!("Claim"));
        of.insert("appearance".into(), json!({ "@id": urn("report", s.report.as_str()) }));
        insert(&mut of, "author", speaker);
    } else {
        of.insert("@type".into(), json!("Quotation"));
        insert(&mut of, "spokenByCharacter", speaker);
    }
    insert(&mut of, "dateCreated", s.date.map(iso));
    if s.speaker.is_none() {
        insert(&mut of, "creditText", s.speaker_span.as_ref().map(|c| c.exact()));
    }
    let corrected = index.corrected(s.id.as_str());
    insert(&mut of, "description", (!corrected.is_empty()).then(|| corrected.trim().to_owned()));
    of.into()
}

fn event(index: &ReportIndex<'_>, m: &Meeting) -> Value {
    let corrected = index.corrected(m.id.as_str());
    let description = format!("{}, as reported: {}{corrected}", m.kind.as_str(), m.status.as_str());
    let mut of = Map::new();
    of.insert("@type".into(), json!("Event"));
    of.insert("@id".into(), json!(urn("meeting", m.id.as_str())));
    of.insert("name".into(), json!(index.title_of(m)));
    of.insert("description".into(), json!(description));
    insert(&mut of, "startDate", m.date.map(iso));
    insert(&mut of, "endDate", m.date.filter(|d| !d.is_day()).map(|d| d.last_day().to_string()));
    let has_status = matches!(m.status, MeetingStatus::Held | MeetingStatus::UnderWay | MeetingStatus::Planned);
    insert(&mut of, "eventStatus", has_status.then_some("https://schema.org/EventScheduled"));
    let remote = matches!(m.kind, MeetingKind::Call | MeetingKind::VideoCall);
    insert(&mut of, "eventAttendanceMode", remote.then_some("https://schema.org/OnlineEventAttendanceMode"));
    let location = match &m.place {
        Some(id) => Some(json!({ "@type": "Place", "@id": urn("entity", id.as_str()), "name": index.name(id) })),
        None => remote.then(|| json!({ "@type": "VirtualLocation", "name": m.kind.as_str() })),
    };
    insert(&mut of, "location", location);
    let who: Vec<Value> = m.participants.iter().map(link).collect();
    insert(&mut of, "attendee", (!who.is_empty()).then_some(who));
    let accounts: Vec<Value> = index
        .accounts(m)
        .map(|at| {
            let mut of = place(at);
            of.insert("@type".into(), json!("CreativeWork"));
            of.into()
        })
        .collect();
    of.insert("subjectOf".into(), json!(accounts));
    of.into()
}
