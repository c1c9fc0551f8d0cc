//! FollowTheMoney: the people, bodies, articles and meetings of a record as entities that Aleph and OpenAleph import.
//!
//! One JSON object a line. A country acts as its government does, so it is a PublicBody with the country's code; a place
//! is an Address. A statement is a Note on its speaker, with the exact words. `proof` leads to the Article.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::phrase::escaped_json;
use rapporteur_schema::{Citation, Edtf, Entity, EntityKind, Meeting, ReportHead, ReportId, Statement, sha256};
use serde_json::json;

use crate::index::{ReportIndex, file};

/// An entity as it is put together: values of each property, each once.
struct Made {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

impl Made {
    fn new(schema: &'static str, id: impl Into<String>) -> Self {
        Made { id: id.into(), schema, properties: BTreeMap::new() }
    }

    fn add(mut self, name: &'static str, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        for value in values {
            let value: String = value.into();
            let all = self.properties.entry(name).or_default();
            if !value.trim().is_empty() && !all.contains(&value) {
                all.push(value);
            }
        }
        self.properties.retain(|_, values| !values.is_empty());
        self
    }

    fn line(&self) -> String {
        escaped_json(json!({ "id": self.id, "schema": self.schema, "properties": self.properties }).to_string())
    }
}

/// Writes an entity a line.
pub(crate) fn write(index: &ReportIndex<'_>) -> Vec<u8> {
    let record = index.record;
    let mut all: Vec<Made> = record.reports.iter().map(|r| article(index, r)).collect();
    let mut posts = BTreeSet::new();
    for entity in &record.entities {
        all.push(actor(index, entity));
        offices(index, entity, &mut posts, &mut all);
        mentions(entity, &mut all);
    }
    all.extend(record.statements.iter().map(|s| statement(index, s)));
    all.extend(record.meetings.iter().map(|m| event(index, m)));
    for p in &record.positions {
        let says = format!("{} {}: {}", index.name(&p.party), p.stance.as_str(), index.subject_or_words(&p.on));
        let note = note(index, p.id().to_string(), &says, p.evidence.iter()).add("entity", [p.party.as_str()]);
        all.push(dated(note, p.date));
    }
    for d in &record.discrepancies {
        for (n, account) in d.accounts.iter().enumerate() {
            let says = format!("Accounts differ ({}), {}: {}", d.kind.as_str(), d.about, account.value);
            all.push(note(index, format!("{}-{}", d.id, n + 1), &says, account.evidence.iter()));
        }
    }
    let lines: Vec<String> = all.iter().map(|m| m.line() + "\n").collect();
    lines.concat().into_bytes()
}

fn article(index: &ReportIndex<'_>, r: &ReportHead) -> Made {
    let named = |kinds: &[EntityKind]| index.named(&r.id, kinds);
    Made::new("Article", r.id.as_str())
        .add("title", r.title.as_ref())
        .add("fileName", [file(&r.source)])
        .add("author", r.byline.as_ref())
        .add("publisher", r.outlet.as_ref())
        .add("sourceUrl", r.url.as_ref())
        .add("publishedAt", r.published.map(first))
        .add("language", language(&r.language))
        .add("peopleMentioned", named(&[EntityKind::Person]))
        .add("companiesMentioned", named(&[EntityKind::Organization, EntityKind::Group]))
        .add("locationMentioned", named(&[EntityKind::Country, EntityKind::Place]))
        .add("crawler", [format!("Rapporteur {}", index.record.made_with.version)])
}

/// FollowTheMoney has three letters for a language.
fn language(code: &str) -> Option<&'static str> {
    code.starts_with("en").then_some("eng")
}

/// A day, a month or a year, as FollowTheMoney takes them: of an interval the first.
fn first(date: Edtf) -> String {
    let all = date.to_string();
    all.split_once('/').map_or(all.clone(), |(first, _)| first.to_owned())
}

/// A Note has no date of its own: it stands in the summary.
fn dated(made: Made, date: Option<Edtf>) -> Made {
    made.add("summary", date.map(|d| format!("of {d}")))
}

fn schema(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "Person",
        EntityKind::Organization => "Organization",
        EntityKind::Country => "PublicBody",
        EntityKind::Place => "Address",
        // Who they are is not reported: any party.
        EntityKind::Group => "LegalEntity",
    }
}

fn actor(index: &ReportIndex<'_>, e: &Entity) -> Made {
    let code = e.iso3166.as_ref().map(|c| c.to_lowercase());
    let made = Made::new(schema(e.kind), e.id.as_str())
        .add("name", [e.name.as_str()])
        .add("alias", e.names.iter().map(|n| n.form.as_str()).filter(|f| *f != e.name))
        .add("country", code)
        .add("proof", e.mentions.iter().map(|m| m.report.as_str()));
    match e.kind {
        EntityKind::Person => made.add("position", e.offices.iter().map(|o| office(index, o))),
        EntityKind::Place => made.add("full", [e.name.as_str()]),
        _ => made,
    }
}

fn office(index: &ReportIndex<'_>, o: &rapporteur_schema::Office) -> String {
    match &o.of {
        Some(of) => format!("{}, {}", o.title, index.name(of)),
        None => o.title.clone(),
    }
}

/// A post for each office of a person, and that the person holds it.
fn offices(index: &ReportIndex<'_>, e: &Entity, posts: &mut BTreeSet<String>, all: &mut Vec<Made>) {
    if e.kind != EntityKind::Person {
        return;
    }
    for o in &e.offices {
        let of = o.of.as_ref().and_then(|of| index.entity(of));
        // An office that belongs to no entity is a title: it stands in `position`.
        let Some(of) = of else { continue };
        let name = office(index, o);
        let id = |what: &str, holder: &str| {
            let hash = sha256(format!("{what} {holder} {} {}", o.title.to_lowercase(), of.id).as_bytes());
            format!("{what}-{}", hash.chars().take(16).collect::<String>())
        };
        let (post, held) = (id("post", ""), id("held", e.id.as_str()));
        let body = matches!(of.kind, EntityKind::Organization | EntityKind::Country).then_some(of.id.as_str());
        let code = of.iso3166.as_ref().map(|c| c.to_lowercase());
        if posts.insert(post.clone()) {
            all.push(Made::new("Position", &post).add("name", [name]).add("organization", body).add("country", code));
        }
        if posts.insert(held.clone()) {
            let held = Made::new("Occupancy", held).add("holder", [e.id.as_str()]).add("post", [post]);
            all.push(cites(index, held, o.evidence.iter()));
        }
    }
}

/// Which report names an entity how.
fn mentions(e: &Entity, all: &mut Vec<Made>) {
    if e.kind == EntityKind::Place {
        // What a Mention resolves to is a party.
        return;
    }
    let reports: BTreeMap<&ReportId, Vec<&str>> = e.names.iter().fold(BTreeMap::new(), |mut all, form| {
        for report in &form.reports {
            all.entry(report).or_default().push(form.form.as_str());
        }
        all
    });
    for (report, forms) in reports {
        let mention = Made::new("Mention", format!("mention-{report}-{}", e.id))
            .add("document", [report.as_str()])
            .add("resolved", [e.id.as_str()])
            .add("name", forms)
            .add("detectedSchema", [schema(e.kind)])
            .add("contextCountry", e.iso3166.as_ref().map(|c| c.to_lowercase()));
        all.push(mention);
    }
}

/// The words of citations with their places, and the articles that prove them.
fn cites<'c>(index: &ReportIndex<'_>, made: Made, places: impl Iterator<Item = &'c Citation>) -> Made {
    places.fold(made, |made, at| {
        let (start, end) = (at.span().start(), at.span().end());
        let words = format!("“{}” ({}, {} {start}–{end})", at.exact(), index.outlet(at.report()), at.report());
        let url = index.report(at.report()).and_then(|h| h.url.as_ref());
        made.add("description", [words]).add("proof", [at.report().as_str()]).add("sourceUrl", url)
    })
}

fn note<'c>(index: &ReportIndex<'_>, id: String, says: &str, places: impl Iterator<Item = &'c Citation>) -> Made {
    cites(index, Made::new("Note", id).add("name", [says]), places)
}

fn statement(index: &ReportIndex<'_>, s: &Statement) -> Made {
    let speaker = s.speaker.as_ref().map(|e| index.name(e)).or(s.speaker_span.as_ref().map(|c| c.exact()));
    let corrected = index.corrected(s.id.as_str());
    let says = format!("{}, {} speech{corrected}", speaker.unwrap_or("Somebody"), s.mode.as_str());
    let made = note(index, s.id.to_string(), &says, std::iter::once(&s.content));
    dated(made.add("entity", s.speaker.as_ref().map(|e| e.as_str())), s.date)
}

fn event(index: &ReportIndex<'_>, m: &Meeting) -> Made {
    // An Event involves parties; a place that is said to take part is none.
    let party = |id: &&rapporteur_schema::EntityId| index.entity(id).is_some_and(|e| e.kind != EntityKind::Place);
    let corrected = index.corrected(m.id.as_str());
    let summary = format!("{}, as reported: {}{corrected}", m.kind.as_str(), m.status.as_str());
    let made = Made::new("Event", m.id.as_str())
        .add("name", [index.title_of(m)])
        .add("summary", [summary])
        .add("involved", m.participants.iter().filter(party).map(|p| p.as_str()))
        .add("location", m.place.as_ref().map(|p| index.name(p)));
    let made = match &m.place {
        Some(place) if index.entity(place).is_some_and(|e| e.kind == EntityKind::Place) => {
            made.add("addressEntity", [place.as_str()])
        }
        _ => made,
    };
    let made = match m.date {
        Some(date) if date.is_day() => made.add("date", [date.to_string()]),
        Some(date) => {
            made.add("startDate", [date.first_day().to_string()]).add("endDate", [date.last_day().to_string()])
        }
        None => made,
    };
    cites(index, made, index.accounts(m))
}
